from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.followup_words import TypedFollowUp, read_days, read_follow_up
from models.rules.followups import (
    MEASURED_AT,
    FollowUpStep,
    ends_at,
    is_missed,
    isolates_until,
    last_day,
    next_ask,
)
from models.rules.protocols import Subject, Vaccinated, protocol_for, protocol_named, protocols

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 11, 23)
FULL, PART, NONE = Vaccinated


@pytest.mark.parametrize(
    ("subject", "vaccinated", "begins_on", "isolate", "monitor"),
    [
        (Subject.F1, FULL, date(2021, 8, 1), 14, 14),
        (Subject.F1, FULL, date(2021, 12, 15), 7, 7),
        (Subject.F1, NONE, date(2021, 12, 15), 14, 14),
        (Subject.F1, FULL, date(2022, 2, 20), 7, 7),
        (Subject.F1, FULL, date(2022, 2, 21), 5, 5),
        (Subject.F1, PART, date(2022, 2, 21), 7, 3),
        (Subject.RETURNEE, FULL, date(2021, 10, 10), 0, 7),
        (Subject.RETURNEE, PART, date(2021, 10, 10), 7, 7),
        (Subject.RETURNEE, NONE, date(2021, 10, 10), 14, 14),
        (Subject.F0, NONE, date(2022, 3, 1), 10, 0),
    ],
)
def test_the_rule_is_the_one_in_force_on_the_first_day(
    subject: Subject, vaccinated: Vaccinated, begins_on: date, isolate: int, monitor: int
) -> None:
    rule = protocol_for(subject, vaccinated, begins_on)
    assert (rule.isolate, rule.monitor) == (isolate, monitor)


def test_every_rule_is_found_by_its_name_and_names_are_given_once() -> None:
    assert {protocol_named(rule.key) for rule in protocols()} == set(protocols())
    assert {rule.subject for rule in protocols()} == set(Subject)


def test_seven_days_from_the_first_of_december_last_through_the_seventh() -> None:
    assert last_day(date(2021, 12, 1), 7) == date(2021, 12, 7)
    assert last_day(date(2022, 2, 25), 7) == date(2022, 3, 3)
    assert ends_at(date(2021, 12, 7), VIETNAM) == datetime(2021, 12, 7, 17, tzinfo=UTC)


def test_isolation_lies_inside_the_days_followed() -> None:
    rule = protocol_for(Subject.F1, FULL, date(2022, 3, 1))
    assert isolates_until(date(2022, 3, 1), rule) == date(2022, 3, 5)
    assert last_day(date(2022, 3, 1), rule.days) == date(2022, 3, 10)


@given(
    st.datetimes(datetime(2021, 12, 1), datetime(2022, 3, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(0, 20),
    st.integers(1, 2),
    st.sampled_from([VIETNAM, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/New_York")]),
)
def test_every_hour_of_every_day_is_asked_once_and_then_it_is_over(
    now: datetime, days: int, readings: int, tz: ZoneInfo
) -> None:
    last = now.astimezone(tz).date() + timedelta(days=days)
    asked = []
    due = next_ask(now, last, readings, tz)
    while due.step is FollowUpStep.ASK:
        asked.append(due.at.astimezone(tz))
        due = next_ask(due.at, last, readings, tz)
    assert due.at.astimezone(tz).date() == last + timedelta(days=1)
    assert due.at.astimezone(tz).time() == time()
    assert len(asked) == len(set(asked))
    whole_days = [at.date() for at in asked if at.date() > now.astimezone(tz).date()]
    assert len(whole_days) == days * readings
    assert all(at.time() in MEASURED_AT for at in asked)


def test_a_reading_shortly_before_the_question_answers_it() -> None:
    asked_at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert is_missed(asked_at, None)
    assert is_missed(asked_at, asked_at - timedelta(hours=4))
    assert not is_missed(asked_at, asked_at - timedelta(hours=2))
    assert not is_missed(asked_at, asked_at + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        (
            "12 Giàng A Páo F1 đủ mũi từ 20/11",
            TypedFollowUp("12", "Giàng A Páo", Subject.F1, FULL, date(2026, 11, 20)),
        ),
        ("nha 3 pao f0", TypedFollowUp("3", "pao", Subject.F0, NONE, MONDAY)),
        ("nhà số 12A, bà Lò Thị Ươm, F1, chưa tiêm", TypedFollowUp("12a", "Lò Thị Ươm", Subject.F1, NONE, MONDAY)),
        ("5 Nguyễn Văn Anh mới về 1 mũi", TypedFollowUp("5", "Nguyễn Văn Anh", Subject.RETURNEE, PART, MONDAY)),
        ("7 Páo sau tiêm", TypedFollowUp("7", "Páo", Subject.DOSE, NONE, MONDAY)),
        ("12 f1", None),
        ("Páo f1", None),
        ("12 Páo", None),
        ("12 Páo f1 từ 31/2", None),
        ("12 Páo f1 từ 1/6", None),
    ],
)
def test_whom_to_follow_is_read_as_staff_type_it(line: str, typed: TypedFollowUp | None) -> None:
    assert read_follow_up(line, MONDAY) == typed


@pytest.mark.parametrize(
    ("line", "days"), [("3 ngày, còn dương tính", 3), ("them 10 hom", 10), ("31 ngày", None), ("còn", None)]
)
def test_by_how_many_days_is_read_with_its_reason(line: str, days: int | None) -> None:
    assert read_days(line) == days
