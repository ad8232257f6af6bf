from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.checkins import Answer, Source
from models.rules.plans import CLOCKS, Plan, Preset
from models.rules.roles import Role
from models.rules.rounds import (
    RoundState,
    RoundStep,
    credited,
    is_settled,
    may_answer_for,
    passed_by,
    round_after,
    standing,
    takes_answers,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2021, 11, 3, 0, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WELL, ILL, HELP = Answer.ALL_WELL, Answer.SOMEONE_ILL, Answer.NEED_HELP


def test_a_round_opens_reminds_hands_over_warns_and_closes_in_this_order() -> None:
    steps = [RoundStep.OPEN]
    while following := steps[-1].following():
        steps.append(following)
    assert steps == list(RoundStep)
    assert steps[-1] is RoundStep.CLOSE


@pytest.mark.parametrize(("late", "passed"), [(timedelta(), False), (2 * HOUR, False), (3 * HOUR, True)])
def test_a_reminder_comes_at_most_two_hours_late(late: timedelta, passed: bool) -> None:
    assert passed_by(RoundStep.REMIND, MORNING, MORNING + 8 * HOUR, MORNING + late) is passed


def test_a_step_is_left_out_when_the_one_after_it_is_due_already() -> None:
    assert passed_by(RoundStep.REMIND, MORNING, MORNING + HOUR, MORNING + HOUR)


def test_closing_is_never_left_out() -> None:
    assert not passed_by(RoundStep.CLOSE, MORNING, None, MORNING + 30 * DAY)


def test_a_day_that_had_its_round_is_not_asked_again_when_the_plan_changes() -> None:
    evening = datetime(2021, 11, 2, 12, 0, tzinfo=UTC)
    in_town = Plan(CLOCKS[Preset.TOWN])
    days = [round_after(in_town, evening, last_day, VIETNAM) for last_day in (date(2021, 11, 3), None)]
    assert [coming.day for coming in days if coming] == [date(2021, 11, 4), date(2021, 11, 3)]


@pytest.mark.parametrize(
    ("state", "after_closing", "counts"),
    [
        (RoundState.SCHEDULED, -2 * DAY, False),
        (RoundState.OPEN, -HOUR, True),
        (RoundState.CLOSED, 23 * HOUR, True),
        (RoundState.CLOSED, 24 * HOUR, False),
        (RoundState.SKIPPED, HOUR, False),
    ],
)
def test_answers_count_while_open_and_for_a_day_after_closing(
    state: RoundState, after_closing: timedelta, counts: bool
) -> None:
    assert takes_answers(state, MORNING, MORNING + after_closing) is counts


def test_the_worst_answer_given_stands_and_not_being_reached_is_no_answer() -> None:
    assert standing(None, None) is None
    assert standing(None, WELL) is WELL
    assert standing(ILL, WELL) is ILL
    assert standing(WELL, HELP) is HELP
    assert standing(WELL, None) is WELL


def test_after_a_day_only_bad_news_changes_an_answer() -> None:
    assert not is_settled(WELL, HELP, MORNING, MORNING + 2 * DAY, DAY)
    assert is_settled(HELP, WELL, MORNING, MORNING + 2 * DAY, DAY)
    assert not is_settled(HELP, WELL, MORNING, MORNING + 23 * HOUR, DAY)
    assert not is_settled(None, WELL, MORNING, MORNING + 2 * DAY, DAY)


def test_once_a_home_has_spoken_the_answer_is_its_own() -> None:
    assert credited(Source.CALLED, Source.SELF) is Source.SELF
    assert credited(Source.SELF, Source.CALLED) is Source.SELF
    assert credited(Source.CALLED, Source.MET) is Source.MET


@pytest.mark.parametrize(
    ("here", "parent", "above", "may"),
    [
        ({Role.TEAM}, set(), set(), True),
        ({Role.VILLAGE_HEAD}, set(), set(), True),
        (set(), {Role.OFFICER}, {Role.OFFICER}, True),
        (set(), {Role.HEALTH}, {Role.HEALTH}, True),
        (set(), set(), {Role.COMMANDER}, True),
        (set(), set(), {Role.OFFICER}, False),
        (set(), {Role.POLICE}, {Role.POLICE}, False),
        (set(), {Role.CLERK}, {Role.CLERK}, False),
        (set(), set(), set(), False),
    ],
)
def test_the_team_and_those_above_it_answer_for_its_homes_and_nobody_else(
    here: set[Role], parent: set[Role], above: set[Role], may: bool
) -> None:
    assert may_answer_for(here, parent, above) is may
