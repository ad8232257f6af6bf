from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.hours import DayHours, QuietHours, deadline_of, instant, next_time

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours()


def at(text: str, tz: ZoneInfo = VIETNAM) -> datetime:
    """An instant given as the local clock shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=tz)


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("05:59", True), ("06:00", False)],
)
def test_nobody_is_woken_between_nine_in_the_evening_and_six(clock: str, quiet: bool) -> None:
    assert NIGHT.is_quiet(at(f"2021-12-31 {clock}"), VIETNAM) is quiet


def test_the_server_may_stand_in_any_timezone() -> None:
    half_past_nine_in_the_evening = datetime(2021, 11, 2, 14, 30, tzinfo=UTC)
    assert NIGHT.is_quiet(half_past_nine_in_the_evening, VIETNAM)
    assert NIGHT.is_quiet(half_past_nine_in_the_evening.astimezone(ZoneInfo("America/Lima")), VIETNAM)


def test_a_time_without_a_timezone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        NIGHT.is_quiet(datetime(2021, 11, 2, 14, 30), VIETNAM)  # noqa: DTZ001


def test_quiet_hours_within_one_day_work_too() -> None:
    noon_rest = QuietHours(time(12), time(13, 30))
    assert noon_rest.is_quiet(at("2021-11-02 12:10"), VIETNAM)
    assert noon_rest.quiet_ends_at(at("2021-11-02 12:10"), VIETNAM) == at("2021-11-02 13:30")
    assert not noon_rest.is_quiet(at("2021-11-02 22:00"), VIETNAM)


def test_the_quiet_ends_in_the_morning_across_new_year() -> None:
    assert NIGHT.quiet_ends_at(at("2021-12-31 23:00"), VIETNAM) == at("2022-01-01 06:00")
    assert NIGHT.quiet_ends_at(at("2022-01-01 02:00"), VIETNAM) == at("2022-01-01 06:00")


def test_by_day_the_quiet_has_already_ended() -> None:
    assert NIGHT.quiet_ends_at(at("2021-12-31 09:00"), VIETNAM) == at("2021-12-31 09:00")


@pytest.mark.parametrize(
    ("now", "chased"),
    [
        ("2021-11-02 06:10", "2021-11-02 07:00"),
        ("2021-11-02 09:15", "2021-11-02 09:15"),
        ("2021-11-02 17:30", "2021-11-03 07:00"),
        ("2021-11-30 22:00", "2021-12-01 07:00"),
    ],
)
def test_units_are_chased_in_office_hours_only(now: str, chased: str) -> None:
    assert DayHours().next_within(at(now), VIETNAM) == at(chased)


@pytest.mark.parametrize(
    ("now", "hours", "due"),
    [
        ("2021-11-02 09:00", 4, "2021-11-02 13:00"),
        ("2021-11-02 17:00", 4, "2021-11-02 21:00"),
        ("2021-11-02 19:00", 4, "2021-11-03 08:00"),
        ("2021-11-02 23:00", 4, "2021-11-03 10:00"),
        ("2021-11-03 02:00", 4, "2021-11-03 10:00"),
        ("2021-12-31 20:30", 4, "2022-01-01 09:30"),
        ("2022-02-28 20:00", 4, "2022-03-01 09:00"),
        ("2021-11-02 09:00", 24, "2021-11-03 18:00"),
        ("2021-11-02 09:00", 150, "2021-11-12 09:00"),
    ],
)
def test_the_patience_of_a_calm_report_rests_at_night(now: str, hours: int, due: str) -> None:
    assert deadline_of(at(now), timedelta(hours=hours), VIETNAM, pauses=True) == at(due)


def test_an_urgent_report_does_not_wait_for_the_morning() -> None:
    due = deadline_of(at("2021-11-02 22:50"), timedelta(minutes=30), VIETNAM, pauses=False)
    assert due == at("2021-11-02 23:20")
    assert due.tzinfo is UTC


def test_without_quiet_hours_no_clock_pauses() -> None:
    never = QuietHours(time(0), time(0))
    due = deadline_of(at("2021-11-02 22:00"), timedelta(hours=4), VIETNAM, pauses=True, quiet=never)
    assert due == at("2021-11-03 02:00")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2022-03-26 20:00", "2022-03-27 09:00"),
        ("2022-10-29 20:00", "2022-10-30 09:00"),
    ],
)
def test_a_night_with_a_change_of_the_clocks_pauses_just_as_long_on_the_wall(now: str, due: str) -> None:
    assert deadline_of(at(now, BERLIN), timedelta(hours=4), BERLIN, pauses=True) == at(due, BERLIN)


def test_a_night_with_a_change_of_the_clocks_keeps_true_elapsed_time_for_urgent_reports() -> None:
    due = deadline_of(at("2022-03-27 01:30", BERLIN), timedelta(hours=1), BERLIN, pauses=False)
    assert due == at("2022-03-27 03:30", BERLIN)


def test_a_clock_time_left_out_in_spring_still_comes() -> None:
    assert instant(date(2022, 3, 27), time(2, 30), BERLIN) == at("2022-03-27 03:30", BERLIN)


def test_the_next_time_is_always_ahead() -> None:
    for hours in range(0, 24 * 400, 7):
        now = datetime(2021, 10, 1, tzinfo=UTC) + timedelta(hours=hours)
        for tz in (VIETNAM, BERLIN):
            ahead = next_time(time(2, 30), now, tz) - now
            assert timedelta(0) < ahead <= timedelta(hours=25)
