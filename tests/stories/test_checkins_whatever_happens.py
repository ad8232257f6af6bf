"""Whatever people tap and however the clock runs, every home is counted once and nobody is asked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.commands.called_homes import MoveHomeOut, NoteAway
from handlers.commands.checkins import ConfirmLine, EnterLine, NoteUnreached, ProposeHome
from handlers.commands.households import AddHome, EndResident, MergeHome, MoveHome, MoveOut, ReturnHome, SplitHome
from handlers.commands.imports import AdvanceImport, ConfirmImport, ProposeImport, UndoImport
from handlers.commands.outages import NoteHeard, TellOutages
from handlers.commands.plans import SavePlan, ShowPlans
from models.notices import Notice
from models.notices.checkins import HomeClaimed, HomePrompted, RoundReminded
from models.records import (
    Card,
    CheckinAnswer,
    CheckinAnswerChange,
    CheckinSilence,
    Household,
    ListImport,
    Mail,
    Report,
    Resident,
    Round,
)
from models.rules.checkins import Answer, Source, worst
from models.rules.households import Ending, ImportState
from models.rules.policy import Policy
from models.rules.rounds import RoundState
from models.store.imports import Change
from tests.databases import in_memory
from tests.stories.checkin_day import Day
from tests.stories.world import World

Happening = Callable[[Day], None]
HOMES = st.integers(min_value=0, max_value=4)
ANSWERS = st.sampled_from(Answer)
WELL = Answer.ALL_WELL
SOURCES = st.sampled_from([Source.MET, Source.CALLED, Source.NEIGHBOUR])


def _tap(who: str, answer: Answer) -> Happening:
    return lambda day: day.tap(getattr(day.world, who), answer)


def _answer_for(home: int, answer: Answer, source: Source) -> Happening:
    return lambda day: day.tap_home(day.world.member, home, answer, source)


def _fail_to_reach(home: int) -> Happening:
    return lambda day: day.by(day.world.member, NoteUnreached, household_id=day.world.homes[home].id)


def _type_line(words: str) -> Happening:
    def typed(day: Day) -> None:
        day.world.by(day.world.member, EnterLine, words=words)
        day.by(day.world.member, ConfirmLine)

    return typed


def _propose_and_confirm(home: int, answer: Answer, agreed: bool) -> Happening:
    def proposed(day: Day) -> None:
        household = day.world.homes[home]
        day.tap(day.world.stranger, answer)
        day.by(day.world.stranger, ProposeHome, household_id=household.id, answer=answer)
        if isinstance(day.world.card(day.world.member, f"claim:{household.id}:{day.world.stranger.id}"), HomeClaimed):
            day.confirm_home(day.world.member, day.world.stranger, home, agreed=agreed)

    return proposed


def _pass(hours: int) -> Happening:
    return lambda day: day.later(timedelta(hours=hours))


def _fail_for(hours: int) -> Happening:
    """Nothing runs for so long; then one tick finds what is due, and what was missed is asked about again."""

    def failed(day: Day) -> None:
        day.world.do(NoteHeard())
        day.world.now += timedelta(hours=hours)
        day.world.do(NoteHeard())
        day.tick()
        day.world.later(timedelta(minutes=10))
        day.world.do(TellOutages())

    return failed


def _settle_in(number: int) -> Happening:
    def settled(day: Day) -> None:
        world = day.world
        if world.work().households.find(world.community.id, str(number)) is None:
            world.by(world.chair, AddHome, unit_id=world.community.id, words=f"{number} Nhà Mới")
            home = world.work().households.find(world.community.id, str(number))
            assert home is not None
            world.homes.append(home)
            day.tap_home(world.member, -1, Answer.ALL_WELL, Source.MET)

    return settled


def _edit_plan(words: str) -> Happening:
    def edited(day: Day) -> None:
        day.world.by(day.world.member, ShowPlans, words=words)
        day.world.by(day.world.member, SavePlan, unit_id=day.world.community.id)
        day.tick()

    return edited


def _go_to_the_fields(home: int, days: int) -> Happening:
    def gone(day: Day) -> None:
        until = day.world.work().today + timedelta(days=days)
        day.by(day.world.member, NoteAway, household_id=day.world.homes[home].id, until=until)

    return gone


def _move_away(home: int) -> Happening:
    return lambda day: day.by(day.world.member, MoveHomeOut, household_id=day.world.homes[home].id, is_sure=True)


def _change_register(change: str, one: int, other: int) -> Happening:
    """The commune's chair changes the register; any home of it, gone ones too."""

    def changed(day: Day) -> None:
        world = day.world
        homes = world.session.scalars(select(Household).order_by(Household.id)).all()
        home, second = homes[one % len(homes)], homes[other % len(homes)]
        units = [world.community, world.second_community]
        match change:
            case "move":
                world.by(world.chair, MoveHome, household_id=home.id, unit_id=units[other % 2].id)
            case "merge":
                world.by(world.chair, MergeHome, household_id=home.id, into_id=second.id)
            case "split":
                world.by(world.chair, SplitHome, household_id=home.id, words="Người Mới 2 người")
            case "out":
                world.by(world.chair, MoveOut, household_id=home.id)
            case "back":
                world.by(world.chair, ReturnHome, household_id=home.id)
            case "die" | "leave":
                somebody = Resident(household_id=home.id, name=home.head, birth_year=1950)
                world.session.add(somebody)
                world.session.flush()
                ending = Ending.DIED if change == "die" else Ending.LEFT
                world.by(world.chair, EndResident, resident_id=somebody.id, ending=ending)
            case "add":
                world.by(world.chair, AddHome, unit_id=units[one % 2].id, words="Nhà Mới")
            case "answer":
                day.tap_home(world.chair, world.homes.index(home) if home in world.homes else 0, WELL, Source.MET)

    return changed


def _bring_list(number: int, *, takes_back: bool) -> Happening:
    """A list brings a home; perhaps it is taken back at once."""

    def brought(day: Day) -> None:
        world, work = day.world, day.world.work()
        kept = work.imports.begin(world.chair.id, "a.xlsx", world.now)
        values = {"head": (None, "Nhà Trong Danh Sách")}
        work.imports.stage(kept.id, [Change("", 2, world.community.id, str(number), "", True, values)], [])
        world.do(ProposeImport(import_id=kept.id, new=1, changed=0, same=0, refused=0, unused=()))
        world.by(world.chair, ConfirmImport, import_id=kept.id)
        _work_through(kept, day)
        if takes_back:
            world.by(world.chair, UndoImport, import_id=kept.id, is_sure=True)
            _work_through(kept, day)

    return brought


def _work_through(kept: ListImport, day: Day) -> None:
    while kept.state in (ImportState.APPLYING, ImportState.UNDOING):
        day.world.do(AdvanceImport(import_id=kept.id))


HAPPENINGS = st.one_of(
    st.builds(_edit_plan, st.sampled_from(["khép 16h", "không nhắc", "thị trấn", "thứ 2 4 6", "như cấp trên"])),
    st.builds(_go_to_the_fields, HOMES, st.integers(min_value=0, max_value=3)),
    st.builds(_move_away, HOMES),
    st.builds(_tap, st.sampled_from(["resident", "neighbour", "stranger", "member"]), ANSWERS),
    st.builds(_answer_for, HOMES, ANSWERS, SOURCES),
    st.builds(_fail_to_reach, HOMES),
    st.builds(_type_line, st.sampled_from(["khoe 1-5", "om 3", "kgd 2 4", "nuong 1, can 5", "xyz"])),
    st.builds(_propose_and_confirm, HOMES, ANSWERS, st.booleans()),
    st.builds(_pass, st.integers(min_value=1, max_value=12)),
    st.builds(_fail_for, st.integers(min_value=1, max_value=40)),
    st.builds(_settle_in, st.integers(min_value=6, max_value=8)),
    st.builds(
        _change_register,
        st.sampled_from(["move", "merge", "split", "out", "back", "die", "leave", "add", "answer"]),
        st.integers(0, 12),
        st.integers(0, 12),
    ),
    st.builds(_bring_list, st.integers(min_value=9, max_value=10), takes_back=st.booleans()),
)


@contextmanager
def a_day() -> Iterator[Day]:
    engine = in_memory()
    with Session(engine, expire_on_commit=False) as session:
        world = World(session, datetime(2026, 11, 23, 2, 0, tzinfo=UTC), Policy())
        world.homes[0].prompted_privately = world.homes[1].prompted_privately = True
        world.homes += [world.household(world.second_community, number) for number in ("1", "2")]
        yield Day(world)
    engine.dispose()


@settings(max_examples=40, deadline=None)
@given(st.lists(HAPPENINGS, max_size=14))
def test_whatever_happens_the_figures_add_up_and_nobody_is_asked_twice(happenings: list[Happening]) -> None:
    with a_day() as day:
        day.begin()
        witness = Witness(day)
        for happening in happenings:
            happening(day)
            witness.look()
        _the_worst_answer_stands(day)
        _illness_is_reported_once(day)
        _nobody_is_reminded_twice(day, witness)
        _one_round_a_day_is_planned(day)


@dataclass
class Witness:
    """Who goes from home to home, counts by hand, and remembers."""

    day: Day
    silent: dict[int, set[int]] = field(default_factory=dict)  #: Of each closed round, when it closed.
    prompts: set[tuple[str, bool, int]] = field(default_factory=set)  #: Subject, whether again, chat.

    def look(self) -> None:
        rounds = self.day.world.session.scalars(select(Round)).all()
        counted = {round_.id: self._counts(round_) for round_ in rounds if round_.state is not RoundState.SCHEDULED}
        self._no_home_counts_in_two_communities(rounds, counted)
        self._see_prompts()

    def _counts(self, round_: Round) -> set[int]:
        """The homes that count in it, by hand; they are as many as its figures say, each in one of them."""
        answers = {kept.household_id: kept for kept in self._of(round_)}
        tally = self.day.world.work().checkins.tallies.of(round_)
        assert tally.expected == tally.self_reported + tally.on_behalf + tally.unreachable + tally.silent
        assert tally.on_time <= tally.answered
        silent = self._silent(round_, set(answers))
        if round_.state is not RoundState.SKIPPED:
            assert (tally.expected, tally.silent) == (len(silent | set(answers)), len(silent))
            self._the_board_says_so(round_)
        return silent | set(answers)

    def _silent(self, round_: Round, answered: set[int]) -> set[int]:
        """Of an open round: who lives there and said nothing. Of a closed one: who of those is still silent."""
        session = self.day.world.session
        if round_.state is RoundState.CLOSED and round_.id in self.silent:
            kept = set(session.scalars(select(CheckinSilence.household_id).where(CheckinSilence.round_id == round_.id)))
            assert kept <= self.silent[round_.id]
            return kept - answered
        homes = session.scalars(
            select(Household).where(Household.unit_id == round_.unit_id, Household.ended_at.is_(None))
        )
        silent = {home.id for home in homes if home.is_asked_on(round_.day)} - answered
        if round_.state is RoundState.CLOSED:
            self.silent[round_.id] = silent
        return silent

    def _of(self, round_: Round) -> list[CheckinAnswer]:
        kept = self.day.world.session.scalars(select(CheckinAnswer).where(CheckinAnswer.round_id == round_.id)).all()
        assert len({each.household_id for each in kept}) == len(kept)
        return list(kept)

    def _the_board_says_so(self, round_: Round) -> None:
        board: Any = self.day.world.card(
            self.day.world.group_of(self.day.world.work().units.require(round_.unit_id)), round_.subject
        )
        tally = self.day.world.work().checkins.tallies.of(round_)
        if board is not None:
            assert (board.answered, board.expected) == (tally.answered, tally.expected)

    def _no_home_counts_in_two_communities(self, rounds: Sequence[Round], counted: dict[int, set[int]]) -> None:
        """On one day, in communities that keep the same hours."""
        seen: dict[object, set[int]] = {}
        for round_ in rounds:
            here = counted.get(round_.id, set())
            hours = (round_.day, round_.opens_at, round_.closes_at, round_.state)
            assert seen.setdefault(hours, set()).isdisjoint(here)
            seen[hours] |= here

    def _see_prompts(self) -> None:
        for card in self.day.world.session.scalars(select(Card).where(Card.kind == HomePrompted.__name__)):
            prompt = Notice.from_json(card.kind, card.notice)
            assert isinstance(prompt, HomePrompted)
            self.prompts.add((card.subject, prompt.again, card.chat_id))


def _the_worst_answer_stands(day: Day) -> None:
    for kept in day.world.session.scalars(select(CheckinAnswer)):
        given_answers = day.world.session.scalars(
            select(CheckinAnswerChange.answer).where(CheckinAnswerChange.answer_id == kept.id)
        )
        assert kept.answer == worst(answer for answer in given_answers if answer is not None)


def _illness_is_reported_once(day: Day) -> None:
    """Each home said to be ill has at most one report of its own, and none is said so without any."""
    ill = day.world.session.scalars(select(CheckinAnswer).where(CheckinAnswer.answer == Answer.SOMEONE_ILL)).all()
    linked = [kept.report_id for kept in ill if kept.report_id is not None]
    assert len(linked) == len(set(linked))
    assert bool(ill) <= bool(day.world.session.scalars(select(Report.id)).all())


def _nobody_is_reminded_twice(day: Day, witness: Witness) -> None:
    """A home has at most one prompt and one reminder a round, and a group one reminder."""
    asked = [(subject, again) for subject, again, _ in witness.prompts]
    assert len(asked) == len(set(asked))
    reminders = select(Mail.subject, func.count(Mail.id)).where(Mail.kind == RoundReminded.__name__)
    assert all(times == 1 for _, times in day.world.session.execute(reminders.group_by(Mail.subject)))


def _one_round_a_day_is_planned(day: Day) -> None:
    planned = day.world.session.scalars(select(Round).where(Round.unit_id == day.world.community.id)).all()
    assert len({round_.day for round_ in planned}) == len(planned)
    assert sum(round_.state is RoundState.SCHEDULED for round_ in planned) <= 1
