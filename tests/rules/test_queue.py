"""Lists of what waits, as plain values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.rules.days import day_in
from models.rules.pages import page_of
from models.rules.patterns import is_pattern, kinds_like
from models.rules.queue import Age, age_of
from models.rules.triage import Category

NOON = datetime(2021, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "age"),
    [(0, Age.UNDER_2H), (2, Age.UNDER_6H), (6, Age.UNDER_24H), (24, Age.OLDER), (500, Age.OLDER)],
)
def test_each_report_has_its_band_of_age(hours: int, age: Age) -> None:
    assert age_of(NOON - timedelta(hours=hours), NOON) is age


def test_a_page_that_is_gone_is_the_last_one() -> None:
    page = page_of(range(9), 5, 8)
    assert (page.items, page.number, page.of) == ((8,), 1, 2)
    assert page_of((), 3, 8).of == 1
    assert page_of(range(9), 2, 8, around=True).number == 0


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("hôm nay", date(2021, 11, 22)),
        ("hom qua", date(2021, 11, 21)),
        ("20/11", date(2021, 11, 20)),
        ("25/12", date(2020, 12, 25)),
        ("1-2-2021", date(2021, 2, 1)),
        ("31/2", None),
        ("29/2", None),
        ("hết gạo", None),
    ],
)
def test_a_day_is_read_as_people_type_it(words: str, day: date | None) -> None:
    assert day_in(words, NOON.date()) == day


def test_one_home_is_no_pattern_however_often_it_writes() -> None:
    assert not is_pattern(["home:1"] * 5, 3)
    assert is_pattern(["home:1", "home:2", "person:3"], 3)


def test_whoever_is_in_danger_is_ill() -> None:
    assert kinds_like(Category.EMERGENCY) == kinds_like(Category.SYMPTOM)
    assert kinds_like(Category.RELIEF) == {Category.RELIEF}
