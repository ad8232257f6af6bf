"""How a round lives by the clock: planned, opened, reminded of, handed to the team, closed; and its board."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from handlers import Stories
from handlers.commands.called_homes import RaiseSilent
from handlers.commands.checkins import (
    AdvanceRounds,
    RefreshBoard,
    RefreshCallLists,
    RefreshRound,
    SendCallLists,
    SendFigures,
)
from handlers.commands.plans import PlanRounds
from models.notices.checkin_figures import StepsSkipped
from models.notices.checkins import (
    HomePrompted,
    RoundClosed,
    RoundOpened,
    RoundReminded,
)
from models.records import Card, Chat, Household, Person, Round, Unit
from models.rules.clips import Prompt
from models.rules.rounds import RoundState, RoundStep, passed_by
from models.store.units import ancestor_ids
from models.work import Work


def advance(command: AdvanceRounds, work: Work) -> None:
    """Take the steps that are due, until about `most` messages are told, then plan the coming rounds.

    What is left stays due and is taken at the next tick.
    """
    due = work.checkins.due(work.now, command.most)
    tick = _Tick(work, [round_ for round_, _ in due])
    for round_, unit in due:
        if len(work.told) >= command.most:
            break
        _take_due_steps(tick, round_, unit)
    for unit_id, day in sorted(tick.ready_figures):
        work.also(SendFigures(unit_id=unit_id, day=day))
    if tick.skipped:
        _tell_of_skipped(work)
    work.also(PlanRounds())


def refresh(command: RefreshRound, work: Work) -> None:
    """Let everything that shows the round show the answers that came in."""
    round_ = work.checkins.require_round(command.round_id)
    unit = work.units.require(round_.unit_id)
    group = work.units.chat_of(unit.id)
    if group and work.outbox.find_card(group.id, round_.subject):
        _show_board(work, round_, group)
    work.also(RefreshCallLists(round_id=round_.id))
    if round_.state is RoundState.CLOSED:
        for above in ancestor_ids(unit):
            work.also(SendFigures(unit_id=above, day=round_.day))


def refresh_board(command: RefreshBoard, work: Work) -> None:
    """Show the open round's board at the bottom of the unit's present group."""
    round_ = work.checkins.find_current(command.unit_id, work.now)
    group = work.units.chat_of(command.unit_id)
    if group and round_ and round_.state is RoundState.OPEN:
        _show_board(work, round_, group, afresh=True)


class _Tick:
    """What the due rounds have in common, asked once for all of them, and what they leave to be done."""

    def __init__(self, work: Work, due: list[Round]) -> None:
        self.work = work
        self.groups: dict[int, Chat] = work.units.groups_of([round_.unit_id for round_ in due]) if due else {}
        self.homes: dict[int, int] = work.checkins.count_expected([round_.id for round_ in due]) if due else {}
        self.clips = {prompt: work.clips.files(prompt) for prompt in (Prompt.CHECKIN, Prompt.REMINDER)} if due else {}
        self.ready_figures: set[tuple[int, date]] = set()
        self.skipped = 0


def _take_due_steps(tick: _Tick, round_: Round, unit: Unit) -> None:
    """Take what is due, in order; count and leave out what an outage let pass."""
    now = tick.work.now
    if round_.state is RoundState.SCHEDULED and round_.closes_at <= now:
        _skip_all(tick, round_, unit)
    while round_.next_step and round_.due_at and round_.due_at <= now:
        step, following = round_.next_step, round_.step_after(round_.next_step)
        next_at = round_.at(following) if following else None
        is_skipped = passed_by(step, round_.due_at, next_at, now)
        if is_skipped:
            round_.skipped_steps += 1
            tick.skipped += 1
        if step is RoundStep.OPEN:
            _admit_answers(tick, round_)
        if not is_skipped:
            _STEPS[step](tick, round_, unit)
        round_.next_step, round_.due_at = following, next_at


def _skip_all(tick: _Tick, round_: Round, unit: Unit) -> None:
    """The whole round lay in an outage: nobody is asked about a day that is over."""
    round_.state, round_.next_step, round_.due_at = RoundState.SKIPPED, None, None
    round_.skipped_steps = len(RoundStep)
    tick.skipped += round_.skipped_steps
    tick.ready_figures.update((above, round_.day) for above in ancestor_ids(unit))


def _admit_answers(tick: _Tick, round_: Round) -> None:
    """From now on homes can answer, even when the board could not be shown in time."""
    round_.state = RoundState.OPEN
    round_.expected = tick.homes.get(round_.id, 0)


def _open(tick: _Tick, round_: Round, unit: Unit) -> None:
    """Show the board, and ask in private those who prefer it or have no group."""
    group = tick.groups.get(unit.id)
    if group:
        _show_board(tick.work, round_, group)
    asked = tick.work.checkins.asked_in_private(round_, everyone=group is None)
    _prompt(tick, round_, asked)


def _remind(tick: _Tick, round_: Round, unit: Unit) -> None:
    """Remind the homes that have not answered: one line in the group, and those asked in private there."""
    work, group = tick.work, tick.groups.get(unit.id)
    tally = work.checkins.tallies.of(round_)
    if tally.answered >= round_.expected:
        return
    if group:
        board = _show_board(work, round_, group)
        reminded = RoundReminded(waiting_for=tally.expected - tally.answered, closes_at=round_.closes_at)
        work.tell(group.id, reminded, subject=board.subject, reply_to=board, key=f"{board.subject}:reminded")
    known = work.checkins.answers_of(round_.id)
    asked = work.checkins.asked_in_private(round_, everyone=group is None)
    silent = [(home, person) for home, person in asked if home.id not in known or known[home.id].answer is None]
    _prompt(tick, round_, silent, again=True)


def _hand_to_team(tick: _Tick, round_: Round, unit: Unit) -> None:
    tick.work.also(SendCallLists(round_id=round_.id, closes_soon=False))


def _warn(tick: _Tick, round_: Round, unit: Unit) -> None:
    tick.work.also(SendCallLists(round_id=round_.id, closes_soon=True))


def _close(tick: _Tick, round_: Round, unit: Unit) -> None:
    """Count, show the board closed, and let the figures go up tier by tier."""
    round_.state = RoundState.CLOSED
    group = tick.groups.get(unit.id)
    if group:
        _show_board(tick.work, round_, group)
    tick.work.also(RefreshCallLists(round_id=round_.id))
    tick.work.also(RaiseSilent(round_id=round_.id))
    tick.ready_figures.update((above, round_.day) for above in ancestor_ids(unit))


_STEPS: dict[RoundStep, Callable[[_Tick, Round, Unit], None]] = {
    RoundStep.OPEN: _open,
    RoundStep.REMIND: _remind,
    RoundStep.CALL_LIST: _hand_to_team,
    RoundStep.WARN: _warn,
    RoundStep.CLOSE: _close,
}


def _show_board(work: Work, round_: Round, group: Chat, *, afresh: bool = False) -> Card:
    tally = work.checkins.tallies.of(round_)
    if round_.state is RoundState.CLOSED:
        closed = RoundClosed(day=round_.day, answered=tally.answered, expected=tally.expected)
        return work.show(group.id, round_.subject, closed)
    opened = RoundOpened(
        round_id=round_.id,
        unit_id=round_.unit_id,
        answered=tally.answered,
        expected=tally.expected,
        closes_at=round_.closes_at,
        question=round_.question,
    )
    return work.show(group.id, round_.subject, opened, afresh=afresh)


def _prompt(tick: _Tick, round_: Round, asked: Iterable[tuple[Household, Person]], *, again: bool = False) -> None:
    """Ask each home in private, and let it be heard where the home chose a language there is a clip in.

    A card shows the newest state only, so whoever answered gets no reminder.
    """
    clips = tick.clips[Prompt.REMINDER if again else Prompt.CHECKIN]
    for home, person in asked:
        prompt = HomePrompted(
            round_id=round_.id,
            household_id=home.id,
            number=home.number,
            closes_at=round_.closes_at,
            question=round_.question,
            again=again,
        )
        if person.account_id is not None:
            subject = round_.home_subject(home.id)
            tick.work.show(person.account_id, subject, prompt, afresh=again)
            tick.work.let_hear(person.account_id, clips.get(home.language), subject, key=f"{subject}:{int(again)}")


def _tell_of_skipped(work: Work) -> None:
    """One line to the administrators, however many rounds an outage reached; it grows instead of repeating."""
    steps, units = work.checkins.count_skipped(work.today - timedelta(days=1))
    work.show_each(work.people.administrators(), f"skipped:{work.today}", StepsSkipped(steps=steps, units=units))


STORIES: Stories = {
    AdvanceRounds: advance,
    RefreshRound: refresh,
    RefreshBoard: refresh_board,
}
