"""Whatever people tap and however the clock runs, every home is counted once and nobody is asked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.commands.called_homes import MoveHomeOut, NoteAway
from handlers.commands.checkins import ConfirmLine, EnterLine, NoteUnreached, ProposeHome
from handlers.commands.plans import SavePlan, ShowPlans
from models.notices.checkins import HomeClaimed, RoundReminded
from models.records import Card, CheckinAnswer, CheckinAnswerChange, Household, Mail, Report, Round
from models.rules.checkins import Answer, Source, worst
from models.rules.policy import Policy
from models.rules.rounds import RoundState
from tests.databases import in_memory
from tests.stories.checkin_day import Day
from tests.stories.world import World

Happening = Callable[[Day], None]
HOMES = st.integers(min_value=0, max_value=4)
ANSWERS = st.sampled_from(Answer)
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
    """Nothing runs for so long; then one tick finds what is due."""

    def failed(day: Day) -> None:
        day.world.now += timedelta(hours=hours)
        day.tick()

    return failed


def _settle_in(number: int) -> Happening:
    def settled(day: Day) -> None:
        if day.world.work().households.find(day.world.community.id, str(number)) is None:
            day.world.homes.append(day.world.household(day.world.community, str(number)))
            day.tap_home(day.world.member, -1, Answer.ALL_WELL, Source.MET)

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
)


@contextmanager
def a_day() -> Iterator[Day]:
    engine = in_memory()
    with Session(engine, expire_on_commit=False) as session:
        world = World(session, datetime(2026, 11, 23, 2, 0, tzinfo=UTC), Policy())
        world.homes[0].prompted_privately = world.homes[1].prompted_privately = True
        yield Day(world)
    engine.dispose()


@settings(max_examples=25, deadline=None)
@given(st.lists(HAPPENINGS, max_size=12))
def test_whatever_happens_the_figures_add_up_and_nobody_is_asked_twice(happenings: list[Happening]) -> None:
    with a_day() as day:
        day.begin()
        for happening in happenings:
            happening(day)
            _every_home_is_counted_once(day)
        _the_worst_answer_stands(day)
        _illness_is_reported_once(day)
        _nobody_is_asked_twice(day)
        _one_round_a_day_is_planned(day)


def _every_home_is_counted_once(day: Day) -> None:
    tally = day.tally()
    assert tally.expected == tally.answered + tally.unreachable + tally.silent
    assert tally.silent >= 0
    assert tally.on_time <= tally.answered
    rows = day.world.session.execute(
        select(CheckinAnswer.household_id, func.count(CheckinAnswer.id))
        .where(CheckinAnswer.round_id == day.round.id)
        .group_by(CheckinAnswer.household_id)
    )
    assert all(answers == 1 for _, answers in rows)
    if day.round.state is not RoundState.SKIPPED:
        assert (day.board().answered, day.board().expected) == (tally.answered, tally.expected)


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


def _nobody_is_asked_twice(day: Day) -> None:
    for home in day.world.session.scalars(select(Household)):
        prompts = select(func.count(Card.id)).where(Card.subject == f"round:{day.round.id}:{home.id}")
        accounts = day.world.work().people.accounts_of(home.id)
        assert (day.world.session.scalar(prompts) or 0) <= len(accounts)
    reminders = select(Mail.subject, func.count(Mail.id)).where(Mail.kind == RoundReminded.__name__)
    assert all(times == 1 for _, times in day.world.session.execute(reminders.group_by(Mail.subject)))


def _one_round_a_day_is_planned(day: Day) -> None:
    planned = day.world.session.scalars(select(Round).where(Round.unit_id == day.world.community.id)).all()
    assert len({round_.day for round_ in planned}) == len(planned)
    assert sum(round_.state is RoundState.SCHEDULED for round_ in planned) == 1
