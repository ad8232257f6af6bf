from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.hours import QuietHours
from models.rules.plans import (
    CLOCKS,
    Change,
    Clocks,
    Objection,
    Pause,
    Plan,
    PlanBook,
    Preset,
    RoundTimes,
    Wishes,
    Zone,
    may_plan,
    next_round,
    objection,
    preview,
    times,
)
from models.rules.roles import Role

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEDNESDAY = date(2021, 11, 3)
MOUNTAIN, TOWN = Plan(CLOCKS[Preset.MOUNTAIN]), Plan(CLOCKS[Preset.TOWN])


def at(text: str) -> datetime:
    """An instant given as Vietnam's clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def coming(plan: Plan, now: datetime) -> RoundTimes:
    found = next_round(plan, now, VIETNAM)
    assert found is not None
    return found


def test_in_the_mountains_homes_are_asked_the_evening_before_they_leave_for_the_fields() -> None:
    round_ = times(MOUNTAIN, WEDNESDAY, VIETNAM)
    assert round_.opens_at == at("2021-11-02 18:30")
    assert round_.reminds_at == at("2021-11-03 05:30")
    assert round_.call_list_at == at("2021-11-03 07:00")
    assert round_.warns_at == at("2021-11-03 12:30")
    assert round_.closes_at == at("2021-11-03 14:30")
    assert round_.opens_at.tzinfo is UTC


def test_in_town_a_round_opens_and_closes_on_the_same_day() -> None:
    round_ = times(TOWN, WEDNESDAY, VIETNAM)
    assert round_.opens_at == at("2021-11-03 07:00")
    assert round_.reminds_at == at("2021-11-03 16:00")
    assert round_.call_list_at == at("2021-11-03 16:30")
    assert round_.closes_at == at("2021-11-03 18:00")


@pytest.mark.parametrize("preset", Preset)
def test_both_presets_can_be_held(preset: Preset) -> None:
    assert objection(Plan(CLOCKS[preset]), date(2022, 1, 1), VIETNAM) is None


@pytest.mark.parametrize(
    ("zone", "days"), [(None, 7), (Zone.GREEN, 1), (Zone.YELLOW, 2), (Zone.ORANGE, 7), (Zone.RED, 7)]
)
def test_the_colour_of_the_zone_decides_how_often_homes_are_asked(zone: Zone | None, days: int) -> None:
    assert sum(day.is_asked for day in preview(Plan(zone=zone), WEDNESDAY)) == days


def test_a_green_zone_is_asked_on_the_same_weekday_every_week() -> None:
    plan = Plan(CLOCKS[Preset.TOWN], Zone.GREEN)
    first = coming(plan, at("2021-11-02 09:00"))
    second = coming(plan, first.opens_at)
    assert (first.day, second.day) == (date(2021, 11, 8), date(2021, 11, 15))


def test_the_next_round_is_tonights_while_todays_is_open() -> None:
    assert coming(MOUNTAIN, at("2021-12-31 09:00")).day == date(2022, 1, 1)


def test_at_the_very_minute_a_round_opens_the_next_one_is_tomorrows() -> None:
    assert coming(MOUNTAIN, at("2021-12-31 18:30")).day == date(2022, 1, 2)


def test_a_holiday_has_no_rounds_and_the_day_after_it_has() -> None:
    tet = Plan(CLOCKS[Preset.TOWN], pauses=(Pause(date(2022, 1, 31), date(2022, 2, 4)),))
    assert coming(tet, at("2022-01-30 09:00")).day == date(2022, 2, 5)
    assert [day.is_paused for day in preview(tet, date(2022, 2, 3))] == [True, True, *[False] * 5]


def test_while_a_pause_has_no_end_no_round_is_near() -> None:
    assert next_round(Plan(pauses=(Pause(WEDNESDAY),)), at("2021-11-03 09:00"), VIETNAM) is None


def test_nobody_is_asked_or_reminded_in_quiet_hours() -> None:
    late = Plan(Clocks(time(22), 1, time(4), time(7), time(14, 30)), quiet=QuietHours(time(21), time(5)))
    round_ = times(late, WEDNESDAY, VIETNAM)
    assert round_.opens_at == at("2021-11-03 05:00")


@pytest.mark.parametrize(
    ("wishes", "why"),
    [
        (Wishes(reminds_at=time(15)), Objection.ORDER),
        (Wishes(closes=time(6, 30)), Objection.ORDER),
        (Wishes(opens=time(5), opens_days_before=1), Objection.TOO_LONG),
        (Wishes(opens=time(13), opens_days_before=0, reminds=False, call_list=time(14)), Objection.TOO_SHORT),
        (Wishes(days=frozenset()), Objection.NO_DAY),
        (Wishes(reminds_at=time(15), reminds=False), None),
    ],
)
def test_a_plan_that_cannot_be_held_is_objected_to(wishes: Wishes, why: Objection | None) -> None:
    assert objection(wishes.over(MOUNTAIN), WEDNESDAY, VIETNAM) is why


def test_an_hour_alone_says_by_itself_whether_it_is_the_evening_before() -> None:
    assert Wishes(opens=time(19)).over(MOUNTAIN).clocks.opens_days_before == 1
    assert Wishes(opens=time(6)).over(MOUNTAIN).clocks.opens_days_before == 0


def test_a_unit_overrides_one_thing_and_inherits_the_rest() -> None:
    book = PlanBook(
        otherwise=MOUNTAIN,
        wishes={
            1: Wishes(preset=Preset.TOWN, question="Nhà có ai mới về không ạ?"),
            4: Wishes(closes=time(17)),
            17: Wishes(reminds=False),
        },
    )
    plan = book.plan_of("/1/4/17/")
    assert (plan.clocks.opens, plan.clocks.closes, plan.reminds) == (time(7), time(17), False)
    assert plan.question == "Nhà có ai mới về không ạ?"
    assert book.plan_of("/1/5/18/") == Wishes(question="Nhà có ai mới về không ạ?").over(TOWN)
    assert book.plan_of("/2/") == MOUNTAIN


def test_a_pause_above_pauses_everything_below_and_ends_with_it() -> None:
    book = PlanBook().changed(1, Change(pause=Pause(WEDNESDAY)))
    assert not book.plan_of("/1/4/").has_round_on(WEDNESDAY)
    assert book.changed(4, Change(resumes=True)).plan_of("/1/4/").is_paused_on(WEDNESDAY)
    assert book.changed(1, Change(resumes=True)).plan_of("/1/4/").has_round_on(WEDNESDAY)


def test_as_above_forgets_what_the_unit_wished() -> None:
    book = PlanBook().changed(4, Change(Wishes(closes=time(17), days=frozenset({0}))))
    assert book.changed(4, Change(inherits=True)).plan_of("/1/4/") == book.otherwise


def test_choosing_a_preset_anew_sets_every_hour_anew() -> None:
    wished = Wishes(closes=time(17), question="?").updated(Wishes(preset=Preset.MOUNTAIN))
    assert wished == Wishes(preset=Preset.MOUNTAIN, question="?")


def test_a_colour_given_nearer_outweighs_days_named_above() -> None:
    book = PlanBook(wishes={1: Wishes(days=frozenset({6})), 4: Wishes(zone=Zone.GREEN)})
    assert book.plan_of("/1/4/").weekdays == frozenset({0})


CLOCK = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
PLANS = st.builds(
    Plan,
    clocks=st.builds(Clocks, CLOCK, st.integers(0, 1), CLOCK, CLOCK, CLOCK),
    zone=st.none() | st.sampled_from(Zone),
    days=st.none() | st.frozensets(st.integers(0, 6), min_size=1),
    reminds=st.booleans(),
    quiet=st.builds(QuietHours, CLOCK, CLOCK),
    pauses=st.tuples() | st.tuples(st.builds(Pause, st.dates(date(2021, 12, 1), date(2022, 3, 10)), st.none())),
)
ZONES = st.sampled_from([VIETNAM, ZoneInfo("Etc/UTC"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/New_York")])
MOMENTS = st.datetimes(datetime(2021, 12, 25), datetime(2022, 3, 5), timezones=st.just(UTC))  # noqa: DTZ001


@given(PLANS, ZONES, MOMENTS)
def test_local_days_are_right_across_midnights_month_ends_and_zones(plan: Plan, tz: ZoneInfo, now: datetime) -> None:
    found = next_round(plan, now, tz)
    if found is None:
        return
    assert found.opens_at > now
    assert plan.has_round_on(found.day)
    assert found.closes_at.astimezone(tz).date() == found.day
    assert not plan.quiet.is_quiet(found.opens_at, tz)
    if objection(plan, found.day, tz) is None:
        assert found.opens_at < found.call_list_at < found.closes_at
        assert timedelta(hours=2) <= found.closes_at - found.opens_at <= timedelta(hours=25)
        assert found.opens_at.astimezone(tz).date() in (found.day, found.day - timedelta(days=1))


@pytest.mark.parametrize(
    ("here", "parent", "above", "may"),
    [
        ({Role.TEAM}, set(), {Role.TEAM}, True),
        ({Role.VILLAGE_HEAD}, set(), {Role.VILLAGE_HEAD}, True),
        ({Role.OFFICER}, set(), {Role.OFFICER}, True),
        (set(), {Role.OFFICER}, {Role.OFFICER}, True),
        (set(), set(), {Role.COMMANDER}, True),
        (set(), set(), {Role.OFFICER}, False),
        ({Role.HEALTH}, set(), {Role.HEALTH}, False),
        (set(), set(), set(), False),
    ],
)
def test_those_who_look_after_a_unit_or_direct_it_decide_when_it_is_asked(
    here: set[Role], parent: set[Role], above: set[Role], may: bool
) -> None:
    assert may_plan(here, parent, above) is may
