"""When those who owe an answer are reminded of it, and when their superior hears."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.rules.chasing import Chase, Postpone, TellOn, may_chase_by_hand_at, next_chase_at, when_chase_is_due
from models.rules.policy import Policy

POLICY = Policy()


def clock(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """An instant of November 2026 as the clocks of Vietnam show it."""
    return datetime(2026, 11, day, hour, minute, tzinfo=POLICY.timezone).astimezone(UTC)


def looks(sent_at: datetime, deadline_at: datetime) -> list[datetime]:
    """Every moment at which the clock looks after the missing, the last of them when superiors are told."""
    moments = [next_chase_at(sent_at, deadline_at, None, POLICY)]
    while moments[-1] < deadline_at:
        moments.append(next_chase_at(sent_at, deadline_at, moments[-1], POLICY))
    return moments


def test_the_missing_are_chased_at_half_time_and_two_hours_before() -> None:
    assert looks(clock(7), clock(17)) == [clock(12), clock(15), clock(17)]


def test_a_half_time_that_is_two_hours_before_is_one_chase() -> None:
    assert looks(clock(8), clock(12)) == [clock(10), clock(12)]


def test_of_a_deadline_days_ahead_they_are_reminded_a_day_before_too() -> None:
    assert looks(clock(9), clock(17, day=27)) == [
        *(clock(13, day=25), clock(17, day=26), clock(15, day=27)),
        clock(17, day=27),
    ]


def test_a_deadline_beyond_seven_days_is_not_chased_at_half_time() -> None:
    assert looks(clock(9, day=1), clock(9, day=9)) == [clock(9, day=8), clock(7, day=9), clock(9, day=9)]


def test_a_half_time_at_night_waits_for_the_morning() -> None:
    assert next_chase_at(clock(9), clock(9, day=24), None, POLICY) == clock(7, day=24)


def test_after_a_deadline_at_night_superiors_hear_in_the_morning() -> None:
    assert looks(clock(17), clock(23)) == [clock(7, day=24)]


def test_a_chase_an_outage_delayed_into_the_evening_waits_for_the_morning() -> None:
    assert when_chase_is_due(clock(10), clock(12), POLICY) == Chase()
    assert when_chase_is_due(clock(20), clock(12, day=24), POLICY) == Postpone(until=clock(7, day=24))


def test_a_chase_an_outage_delayed_past_the_deadline_is_told_to_the_superior_by_day() -> None:
    assert when_chase_is_due(clock(13), clock(12), POLICY) == TellOn()
    assert when_chase_is_due(clock(20), clock(12), POLICY) == Postpone(until=clock(7, day=24))


def test_a_chase_by_hand_waits_an_hour_after_the_last() -> None:
    assert may_chase_by_hand_at(None, clock(9), POLICY) == clock(9)
    assert may_chase_by_hand_at(clock(9), clock(9, 20), POLICY) == clock(10)
    assert may_chase_by_hand_at(clock(9), clock(11), POLICY) == clock(11)


@given(
    st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 30)),  # noqa: DTZ001
    st.timedeltas(timedelta(minutes=5), timedelta(days=20)),
)
def test_whatever_the_deadline_chases_come_by_day_an_hour_apart_and_end(sent: datetime, allowed: timedelta) -> None:
    sent_at = sent.replace(tzinfo=UTC)
    moments = looks(sent_at, sent_at + allowed)
    assert len(moments) <= 4
    for earlier, later in pairwise(moments):
        assert later - earlier >= POLICY.chase_by_hand_every or later >= sent_at + allowed
    assert all(POLICY.chase_hours.next_within(moment, POLICY.timezone) == moment for moment in moments)
