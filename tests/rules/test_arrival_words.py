"""Whoever came is read from a line as people type it; nobody without a name or a place is made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.arrival_words import read_arrival, read_arrivals, read_place
from models.rules.arrivals import Travel, is_same
from models.rules.origins import as_place
from models.rules.protocols import Vaccinated
from models.rules.words import clean

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("line", "name", "origin", "on"),
    [
        ("12 Giàng A Páo về từ Hà Nội hôm qua, xe khách, tiêm 2 mũi", "Giàng A Páo", "Hà Nội", date(2026, 11, 22)),
        ("con trai tôi Páo mới về từ Bình Dương tối qua", "Páo", "Bình Dương", date(2026, 11, 22)),
        ("12 pao ve tu hn 20/11 may bay", "pao", "Hà Nội", date(2026, 11, 20)),
        ("nhà 7 Sùng A Chu về từ TP HCM", "Sùng A Chu", "TP. Hồ Chí Minh", TODAY),
        ("Lò Thị La từ Mường Mẫu, đi bộ", "Lò Thị La", "Mường Mẫu", TODAY),
        ("Lò Văn A, từ Hà Nội, về tổ 1 bản Mẫu nhà 3", "Lò Văn A", "Hà Nội", TODAY),
        ("Páo from Hà Nội, yesterday, bus, fully vaccinated", "Páo", "Hà Nội", date(2026, 11, 22)),
    ],
)
def test_who_came_from_where_and_when(line: str, name: str, origin: str, on: date) -> None:
    read = read_arrival(line, TODAY)
    assert read is not None
    assert (read.name, read.origin, read.arrived_on) == (name, origin, on)


def test_how_they_came_how_far_they_are_protected_and_where_they_stay() -> None:
    read = read_arrival("Lò Văn A, từ Hà Nội, về tổ 1 bản Mẫu nhà 3, xe máy, 2 mũi, 0912345678", TODAY)
    assert read is not None
    assert (read.how, read.vaccinated, read.phone) == (Travel.MOTORBIKE, Vaccinated.FULL, "0912345678")
    assert (read.number, read.destination) == ("3", "tổ 1 bản Mẫu")
    by_code = read_arrival("Lò A, từ SG, về X1-1, xe khách", TODAY)
    assert by_code is not None
    assert (by_code.destination, by_code.number) == ("X1-1", "")


def test_whoever_speaks_of_themselves_needs_no_name() -> None:
    read = read_arrival("tôi mới về từ HN", TODAY)
    assert read is not None
    assert read.name == ""


@pytest.mark.parametrize("line", ["Giàng A Sì về quê", "từ Hà Nội", "Páo về từ Hà Nội 30/2", "Dạ vâng"])
def test_without_a_name_a_place_or_a_day_that_was_nobody_came(line: str) -> None:
    assert read_arrival(line, TODAY) is None


def test_a_batch_is_a_line_for_each_and_the_rest_is_given_back() -> None:
    people, unread = read_arrivals("Páo từ Hà Nội\nabc\nMỷ từ Bắc Giang", TODAY)
    assert [each.name for each in people] == ["Páo", "Mỷ"]
    assert unread == ("abc",)


def test_a_place_to_stay_is_a_team_and_a_home() -> None:
    assert read_place("tổ 1 nhà 12a") == ("1", "12A")
    assert read_place("nha 7") == ("", "7")
    assert read_place("không biết") == ("", "")


def test_the_same_person_is_known_however_the_name_was_typed_and_a_later_journey_is_another() -> None:
    known = ("Giàng A Páo", "Hà Nội", TODAY)
    assert is_same("giang a pao", "Hà Nội", date(2026, 11, 21), *known)
    assert not is_same("Giàng A Páo", "Bắc Giang", TODAY, *known)
    assert not is_same("Giàng A Páo", "Hà Nội", date(2026, 10, 1), *known)


def test_places_are_known_by_their_short_names() -> None:
    assert [as_place(typed) for typed in ("sg", "TP HCM", "ha noi", "mường mẫu", "Bản Xa")] == [
        "TP. Hồ Chí Minh",
        "TP. Hồ Chí Minh",
        "Hà Nội",
        "Mường Mẫu",
        "Bản Xa",
    ]


@given(st.text(max_size=120))
def test_nothing_anybody_types_breaks_the_reader(line: str) -> None:
    people, unread = read_arrivals(line, TODAY)
    assert len(people) + len(unread) == len([each for each in clean(line).split("\n") if each.strip()])
    assert all(each.origin and each.arrived_on <= TODAY for each in people)
