from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.checkins import (
    Act,
    Answer,
    Plan,
    Preset,
    Skip,
    Tally,
    Wait,
    Zone,
    next_round,
    times,
    when_due,
    worst,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    """An instant given as Vietnam's clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_in_the_mountains_homes_are_asked_the_evening_before_they_leave_for_the_fields() -> None:
    round_ = times(Preset.MOUNTAIN, date(2021, 11, 3), VIETNAM)
    assert round_.opens_at == at("2021-11-02 18:30")
    assert round_.reminds_at == at("2021-11-03 05:30")
    assert round_.call_list_at == at("2021-11-03 07:00")
    assert round_.warns_at == at("2021-11-03 12:30")
    assert round_.closes_at == at("2021-11-03 14:30")
    assert round_.opens_at.tzinfo is UTC


def test_in_town_a_round_opens_and_closes_on_the_same_day() -> None:
    round_ = times(Preset.TOWN, date(2021, 11, 3), VIETNAM)
    assert round_.opens_at == at("2021-11-03 07:00")
    assert round_.reminds_at == at("2021-11-03 16:00")
    assert round_.call_list_at == at("2021-11-03 16:30")
    assert round_.closes_at == at("2021-11-03 18:00")


@pytest.mark.parametrize("preset", Preset)
def test_no_step_of_a_round_comes_before_the_one_it_follows(preset: Preset) -> None:
    round_ = times(preset, date(2022, 1, 1), VIETNAM)
    assert round_.opens_at < round_.reminds_at < round_.call_list_at < round_.closes_at
    assert round_.closes_at - round_.warns_at == timedelta(hours=2)


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        (None, 7),
        (Zone.GREEN, 1),
        (Zone.YELLOW, 2),
        (Zone.ORANGE, 7),
        (Zone.RED, 7),
    ],
)
def test_the_colour_of_the_zone_decides_how_often_homes_are_asked(zone: Zone | None, days: int) -> None:
    week = [date(2021, 11, 1) + timedelta(days=day) for day in range(7)]
    assert sum(Plan(Preset.MOUNTAIN, zone).has_round_on(day) for day in week) == days


def test_a_green_zone_is_asked_on_the_same_weekday_every_week() -> None:
    plan = Plan(Preset.TOWN, Zone.GREEN)
    first = next_round(plan, at("2021-11-02 09:00"), VIETNAM)
    second = next_round(plan, first.opens_at, VIETNAM)
    assert (first.day, second.day) == (date(2021, 11, 8), date(2021, 11, 15))


def test_the_next_round_is_tonights_while_todays_is_open() -> None:
    assert next_round(Plan(), at("2021-12-31 09:00"), VIETNAM).day == date(2022, 1, 1)


def test_at_the_very_minute_a_round_opens_the_next_one_is_tomorrows() -> None:
    assert next_round(Plan(), at("2021-12-31 18:30"), VIETNAM).day == date(2022, 1, 2)


def test_what_an_outage_delayed_is_skipped_and_never_sent_late() -> None:
    due, grace = at("2021-11-03 05:30"), timedelta(minutes=30)
    assert when_due(due, at("2021-11-03 05:00"), grace) == Wait(timedelta(minutes=30))
    assert when_due(due, at("2021-11-03 05:59"), grace) == Act()
    assert when_due(due, at("2021-11-03 08:30"), grace) == Skip(timedelta(hours=3))


def test_the_worst_answer_of_a_home_stands() -> None:
    assert worst([Answer.ALL_WELL, Answer.SOMEONE_ILL, Answer.NEED_HELP]) is Answer.SOMEONE_ILL
    assert worst([Answer.ALL_WELL, Answer.NEED_HELP]) is Answer.NEED_HELP
    assert worst([]) is None


def test_figures_add_up_from_the_teams_to_the_district() -> None:
    one = Tally(expected=40, self_reported=20, on_behalf=10, unreachable=4, silent=6, ill=1, on_time=25)
    other = Tally(expected=10, self_reported=10, need_help=2, on_time=10)
    both = sum((one, other), Tally())
    assert both == Tally(50, 30, 10, 4, 6, 1, 2, 35)
    assert both.completeness == 0.8
    assert both.timeliness == 0.7


def test_a_unit_where_nobody_was_asked_has_no_completeness_rather_than_zero() -> None:
    assert Tally().completeness is None
    assert Tally().timeliness is None
