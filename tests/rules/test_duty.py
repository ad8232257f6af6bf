"""Shifts, gaps and how a roster is typed, as plain values."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.duty import (
    Duties,
    Hours,
    Span,
    TypedHandset,
    TypedPost,
    TypedShift,
    following,
    gaps,
    read_post,
    read_shift,
    stands_until,
    week_called,
    weekly,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def span(person: int, start: float, end: float) -> Span:
    return Span(person, NOON + start * HOUR, NOON + end * HOUR)


def test_a_shift_over_midnight_ends_the_next_day() -> None:
    starts_at, ends_at = Hours(time(19), time(7)).on(MONDAY, VIETNAM)
    assert (starts_at, ends_at) == (NOON + 7 * HOUR, NOON + 19 * HOUR)


def test_a_weekly_shift_comes_round_on_its_day_alone() -> None:
    found = weekly(2, Hours(time(7), time(19)), MONDAY, MONDAY + timedelta(days=14), VIETNAM)
    assert [starts_at.astimezone(VIETNAM).date() for starts_at, _ in found] == [date(2026, 11, 25), date(2026, 12, 2)]


def test_hours_without_anybody_are_found_between_and_after_shifts() -> None:
    spans = [span(1, -2, 1), span(2, 3, 4), span(3, 2, 3.5)]
    assert gaps(spans, NOON, NOON + 6 * HOUR) == [
        (NOON + HOUR, NOON + 2 * HOUR),
        (NOON + 4 * HOUR, NOON + 6 * HOUR),
    ]
    assert gaps([span(1, -1, 9)], NOON, NOON + 6 * HOUR) == []
    assert gaps([], NOON, NOON + HOUR) == [(NOON, NOON + HOUR)]


@given(st.lists(st.tuples(st.integers(-5, 30), st.integers(1, 12)), max_size=8))
def test_every_hour_is_covered_or_in_a_gap_and_never_both(shifts: list[tuple[int, int]]) -> None:
    spans = [span(number, start, start + length) for number, (start, length) in enumerate(shifts)]
    bare = gaps(spans, NOON, NOON + 24 * HOUR)
    for hour in range(24):
        now = NOON + hour * HOUR
        is_bare = any(start <= now < end for start, end in bare)
        assert is_bare != any(each.covers(now) for each in spans)


def test_whoever_is_on_duty_takes_over_else_whoever_comes_next() -> None:
    within = 12 * HOUR
    assert following([span(1, -8, 0.2), span(2, 0.2, 8), span(3, 1, 9)], 1, NOON, within) == 2
    assert following([span(1, -8, 0.2), span(3, -1, 9)], 1, NOON, within) == 3
    assert following([span(1, -8, 1), span(2, 20, 28)], 1, NOON, within) is None


def test_somebody_who_stands_in_does_so_until_the_shift_ends_or_the_next_begins() -> None:
    assert stands_until(NOON, NOON + HOUR, NOON + 3 * HOUR) == NOON + HOUR
    assert stands_until(NOON, NOON, NOON + 3 * HOUR) == NOON + 3 * HOUR
    assert stands_until(NOON, NOON, None) == NOON + 12 * HOUR


def test_the_weekly_call_is_due_on_its_day_from_its_hour_on() -> None:
    assert week_called(datetime(2026, 11, 23, 8, 59, tzinfo=VIETNAM), Duties()) is None
    assert week_called(datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM), Duties()) == MONDAY
    assert week_called(datetime(2026, 11, 24, 8, 59, tzinfo=VIETNAM), Duties()) == MONDAY
    assert week_called(datetime(2026, 11, 24, 9, 1, tzinfo=VIETNAM), Duties()) is None
    assert week_called(datetime(2026, 11, 26, 10, 0, tzinfo=VIETNAM), Duties(test_weekday=3)) == MONDAY


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (
            "0912345678 X1 t2-t6 7h-19h",
            TypedShift("0912345678", "X1", (0, 1, 2, 3, 4), None, Hours(time(7), time(19))),
        ),
        (
            "Giàng A Páo X1 24/11 19h-7h",
            TypedShift("Giàng A Páo", "X1", (), date(2026, 11, 24), Hours(time(19), time(7))),
        ),
        (
            "giang a pao X1 hằng ngày 7:30 - 17h30",
            TypedShift("giang a pao", "X1", tuple(range(7)), None, Hours(time(7, 30), time(17, 30))),
        ),
        ("0912 345 678 X1 T7,CN 0h-24h", TypedShift("0912 345 678", "X1", (5, 6), None, Hours(time(0), time(0)))),
        ("0912345678 X1 sat-mon 7-19", TypedShift("0912345678", "X1", (5, 6, 0), None, Hours(time(7), time(19)))),
        ("Páo X1 2/1 7h-19h", TypedShift("Páo", "X1", (), date(2027, 1, 2), Hours(time(7), time(19)))),
    ],
)
def test_a_shift_is_read_as_people_type_it(words: str, typed: TypedShift) -> None:
    assert read_shift(words, MONDAY) == typed


@pytest.mark.parametrize("words", ["", "X1 t2 7h-19h", "Páo X1 t2", "Páo X1 31/2 7h-19h", "Páo X1 t2 25h-7h", "Páo X1"])
def test_a_line_that_does_not_say_everything_sets_nothing(words: str) -> None:
    assert read_shift(words, MONDAY) is None


def test_posts_and_duty_phones_are_read_as_people_type_them() -> None:
    assert read_post("nơi X1 0213 123 456 Phòng trực tầng 1") == TypedPost("X1", "0213 123 456", "Phòng trực tầng 1")
    assert read_post("noi X1 Phòng trực") == TypedPost("X1", "", "Phòng trực")
    assert read_post("place X1 115") == TypedPost("X1", "115", "")
    assert read_post("máy X1 0912345678") == TypedHandset("X1", "0912345678")
    assert read_post("nơi X1") is None
    assert read_post("Páo X1 t2 7h-19h") is None
