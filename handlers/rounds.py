"""How a round lives by the clock: planned, opened, reminded of, handed to the team, closed; and its board."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from handlers import Stories
from handlers.commands.called_homes import RaiseSilent
from handlers.commands.checkins import (
    AdvanceRounds,
    RecountRounds,
    RefreshBoard,
    RefreshCallLists,
    RefreshRound,
    SendCallLists,
    SendFigures,
    TellMissed,
    WithdrawPrompts,
)
from handlers.commands.plans import PlanRounds
from models.notices import Notice
from models.notices.checkin_figures import StepsSkipped
from models.notices.checkins import (
    HomePrompted,
    LeftInPeace,
    RoundClosed,
    RoundOpened,
    RoundReminded,
)
from models.records import Chat, Round
from models.rules.clips import Prompt
from models.rules.rounds import RoundState, RoundStep, passed_by
from models.store.checkins import AskedHome, Expected
from models.store.units import ancestor_ids, ids_above
from models.work import Showing, Work


def advance(command: AdvanceRounds, work: Work) -> None:
    """Take the steps that are due, until about `most` messages are told, and plan the rounds after those that opened.

    What is left stays due and is taken at the next tick. One that finds nothing due looks whom no round lies ahead of.
    """
    due = work.checkins.due(work.now, command.most)
    if not due:
        work.also(PlanRounds())
        return
    tick = _Tick(work, [round_ for round_, _ in due])
    for round_, path in due:
        if tick.messages >= command.most:
            break
        _take_due_steps(tick, round_, path)
    work.counted.settle(tick.closed)
    _tell(tick)
    for unit_id, day in sorted(tick.ready_figures):
        work.also(SendFigures(unit_id=unit_id, day=day))
    if tick.skipped:
        _tell_of_skipped(work)
    if tick.begun:
        work.also(PlanRounds(unit_ids=tuple(tick.begun)))
    for round_id in tick.missed:
        work.also(TellMissed(round_id=round_id))


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


def recount(command: RecountRounds, work: Work) -> None:
    """Homes came, left or went up in others: the rounds that run there expect whoever lives there now."""
    for round_ in work.counted.open_in(command.unit_ids):
        work.counted.recount(round_)
        work.also(RefreshRound(round_id=round_.id))


def withdraw_prompts(command: WithdrawPrompts, work: Work) -> None:
    """A question that is out turns into whom to call, where the home is not asked any more."""
    home = work.households.require(command.household_id)
    left = LeftInPeace(work.checkins.whom_to_call(work.units.require(home.unit_id)))
    for round_ in work.counted.open_in([home.unit_id]):
        cards = work.outbox.cards_about(round_.home_subject(home.id)) if not home.is_asked_on(round_.day) else []
        for card in cards:
            if isinstance(Notice.from_json(card.kind, card.notice), HomePrompted):
                work.show(card.chat_id, card.subject, left)


def refresh_board(command: RefreshBoard, work: Work) -> None:
    """Show the open round's board at the bottom of the unit's present group."""
    round_ = work.checkins.find_current(command.unit_id, work.now)
    group = work.units.chat_of(command.unit_id)
    if group and round_ and round_.state is RoundState.OPEN:
        _show_board(work, round_, group, afresh=True)


class _Tick:
    """What the due rounds have in common, asked once for all of them, and what they leave to be done."""

    def __init__(self, work: Work, due: Sequence[Round]) -> None:
        self.work = work
        ids = [round_.id for round_ in due]
        self.groups: dict[int, int] = work.units.groups_of([round_.unit_id for round_ in due])
        self.homes: dict[int, Expected] = work.checkins.count_expected(ids)
        self.answered: dict[int, int] = work.checkins.count_answered(ids)
        self.boards: list[Round] = []  #: To be shown in their groups.
        self.asking: dict[int, Round] = {}  #: By id: those whose homes are to be asked in private.
        self.again: set[int] = set()  #: Those of them whose homes were asked before.
        self.begun: list[int] = []  #: The communities whose round lies ahead no more.
        self.closed: list[int] = []  #: Rounds of which it is kept now who was silent.
        self.ready_figures: set[tuple[int, date]] = set()
        self.skipped = 0
        self.missed: list[int] = []  #: Rounds that lay in an outage from beginning to end.
        self.messages = 0  #: About how many will be told.

    def ask(self, round_: Round, *, again: bool = False) -> None:
        """Let the homes that prefer it be asked in private; where there is no group, all."""
        homes = self.homes.get(round_.id, Expected())
        self.messages += homes.privately if round_.unit_id in self.groups else homes.homes
        self.asking[round_.id] = round_
        if again:
            self.again.add(round_.id)

    def show_board(self, round_: Round) -> None:
        if round_.unit_id in self.groups:
            self.messages += 1
            self.boards.append(round_)


def _take_due_steps(tick: _Tick, round_: Round, path: str) -> None:
    """Take what is due, in order; count and leave out what an outage let pass."""
    now = tick.work.now
    if round_.state is RoundState.SCHEDULED:
        tick.begun.append(round_.unit_id)
        if round_.closes_at <= now:
            _skip_all(tick, round_, path)
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
            _STEPS[step](tick, round_, path)
        round_.next_step, round_.due_at = following, next_at


def _skip_all(tick: _Tick, round_: Round, path: str) -> None:
    """The whole round lay in an outage: nobody is asked about a day that is over, but its homes are not forgotten."""
    round_.state, round_.next_step, round_.due_at = RoundState.SKIPPED, None, None
    round_.skipped_steps = len(RoundStep)
    tick.skipped += round_.skipped_steps
    tick.missed.append(round_.id)
    tick.messages += 1
    tick.ready_figures.update((above, round_.day) for above in ids_above(path))


def _admit_answers(tick: _Tick, round_: Round) -> None:
    """From now on homes can answer, even when the board could not be shown in time."""
    round_.state = RoundState.OPEN
    round_.expected = tick.homes.get(round_.id, Expected()).homes


def _open(tick: _Tick, round_: Round, path: str) -> None:
    """Show the board, and ask in private those who prefer it or have no group."""
    tick.show_board(round_)
    tick.ask(round_)


def _remind(tick: _Tick, round_: Round, path: str) -> None:
    """Remind the homes that have not answered: one line in the group, and those asked in private there."""
    work, group, answered = tick.work, tick.groups.get(round_.unit_id), tick.answered.get(round_.id, 0)
    if answered >= round_.expected:
        return
    if group:
        board = work.show(group, round_.subject, _board(round_, answered))
        reminded = RoundReminded(waiting_for=round_.expected - answered, closes_at=round_.closes_at)
        work.tell(group, reminded, subject=board.subject, reply_to=board, key=f"{board.subject}:reminded")
        tick.messages += 1
    tick.ask(round_, again=True)


def _hand_to_team(tick: _Tick, round_: Round, path: str) -> None:
    tick.work.also(SendCallLists(round_id=round_.id, closes_soon=False))


def _warn(tick: _Tick, round_: Round, path: str) -> None:
    tick.work.also(SendCallLists(round_id=round_.id, closes_soon=True))


def _close(tick: _Tick, round_: Round, path: str) -> None:
    """Count, show the board closed, and let the figures go up tier by tier."""
    round_.state = RoundState.CLOSED
    tick.closed.append(round_.id)
    tick.show_board(round_)
    tick.work.also(RefreshCallLists(round_id=round_.id))
    tick.work.also(RaiseSilent(round_id=round_.id))
    tick.ready_figures.update((above, round_.day) for above in ids_above(path))


_STEPS: dict[RoundStep, Callable[[_Tick, Round, str], None]] = {
    RoundStep.OPEN: _open,
    RoundStep.REMIND: _remind,
    RoundStep.CALL_LIST: _hand_to_team,
    RoundStep.WARN: _warn,
    RoundStep.CLOSE: _close,
}


def _tell(tick: _Tick) -> None:
    """Show all boards of the tick and ask its homes, each once.

    A card shows the newest state only, so whoever answered gets no reminder.
    """
    work = tick.work
    showings = [
        Showing(tick.groups[each.unit_id], each.subject, _board(each, tick.answered.get(each.id, 0)))
        for each in tick.boards
    ]
    ungrouped = [each.unit_id for each in tick.asking.values() if each.unit_id not in tick.groups]
    asked = work.checkins.asked_in_private(list(tick.asking), ungrouped) if tick.asking else ()
    work.show_all([*showings, *(_prompt(tick, home) for home in asked)])
    if asked:
        _let_hear(tick, asked)


def _let_hear(tick: _Tick, asked: Sequence[AskedHome]) -> None:
    """Let those hear the question whose home chose a language there is a clip in."""
    work = tick.work
    clips = {again: work.clips.files(Prompt.REMINDER if again else Prompt.CHECKIN) for again in (False, True)}
    for home in asked:
        again, subject = home.round_id in tick.again, tick.asking[home.round_id].home_subject(home.household_id)
        work.let_hear(home.account_id, clips[again].get(home.language), subject, key=f"{subject}:{int(again)}")


def _prompt(tick: _Tick, home: AskedHome) -> Showing:
    round_, again = tick.asking[home.round_id], home.round_id in tick.again
    prompt = HomePrompted(
        round_id=round_.id,
        household_id=home.household_id,
        number=home.number,
        closes_at=round_.closes_at,
        question=round_.question,
        again=again,
    )
    return Showing(home.account_id, round_.home_subject(home.household_id), prompt, afresh=again)


def _board(round_: Round, answered: int) -> RoundOpened | RoundClosed:
    """How many homes answered, never how many are ill."""
    if round_.state is RoundState.CLOSED:
        return RoundClosed(day=round_.day, answered=answered, expected=round_.expected)
    return RoundOpened(
        round_id=round_.id,
        unit_id=round_.unit_id,
        answered=answered,
        expected=round_.expected,
        closes_at=round_.closes_at,
        question=round_.question,
    )


def _show_board(work: Work, round_: Round, group: Chat, *, afresh: bool = False) -> None:
    answered = work.checkins.count_answered([round_.id]).get(round_.id, 0)
    work.show(group.id, round_.subject, _board(round_, answered), afresh=afresh)


def _tell_of_skipped(work: Work) -> None:
    """One line to the administrators, however many rounds an outage reached; it grows instead of repeating."""
    steps, units = work.checkins.count_skipped(work.today - timedelta(days=1))
    work.show_each(work.people.administrators(), f"skipped:{work.today}", StepsSkipped(steps=steps, units=units))


STORIES: Stories = {
    AdvanceRounds: advance,
    RefreshRound: refresh,
    RecountRounds: recount,
    WithdrawPrompts: withdraw_prompts,
    RefreshBoard: refresh_board,
}
