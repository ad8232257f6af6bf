"""Whom staff look for, and what they type about homes and people, is understood as they mean it."""

from __future__ import annotations

import pytest

from models.rules.home_lines import TypedHome, TypedResident, Wanted, fits_name, read_home, read_resident, read_search
from models.rules.households import by_number, is_at_risk, next_number, number_beside


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("12", Wanted(number="12")),
        ("nhà 12a", Wanted(number="12A")),
        ("0912 345 678", Wanted(digits="912345678")),
        ("Giàng A Páo", Wanted(names=("giang", "a", "pao"))),
        ("giang a pao 1960", Wanted(names=("giang", "a", "pao"), birth_year=1960)),
        ("ông Páo", Wanted(names=("pao",))),
        ("con ông Páo", Wanted(names=("pao",), is_relative=True)),
        ("vợ anh Tủa sinh năm 1985", Wanted(names=("tua",), birth_year=1985, is_relative=True)),
    ],
)
def test_a_home_is_looked_for_as_people_speak_of_it(words: str, wanted: Wanted) -> None:
    assert read_search(words) == wanted


def test_a_name_fits_without_marks_and_before_its_end_is_typed() -> None:
    assert fits_name(("pao",), "Giàng A Páo")
    assert fits_name(("giang", "pa"), "Giàng A Páo")
    assert not fits_name(("pa", "giang"), "Giàng A Páo")
    assert not fits_name(("mao",), "Giàng A Páo")


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("41 Giàng A Páo 0912345678 5 người", TypedHome("41", "Giàng A Páo", "0912345678", 5)),
        ("12a GIÀNG A PÁO, 3 khẩu", TypedHome("12A", "Giàng A Páo", "", 3)),
        ("Lò Thị Mỷ", TypedHome("", "Lò Thị Mỷ", "", None)),
        ("0912 345 678", TypedHome("", "", "0912 345 678", None)),
        ("4 người", TypedHome("", "", "", 4)),
    ],
)
def test_a_home_is_typed_in_one_line(words: str, typed: TypedHome) -> None:
    assert read_home(words) == typed


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (
            "Lò Thị Mỷ 1950, tăng huyết áp, không điện thoại",
            TypedResident("Lò Thị Mỷ", 1950, "tăng huyết áp", no_phone=True),
        ),
        ("Giàng A Tủa", TypedResident("Giàng A Tủa", None, "", no_phone=False)),
        ("Giàng A Tủa sinh năm 2001; hen, tim", TypedResident("Giàng A Tủa", 2001, "hen, tim", no_phone=False)),
    ],
)
def test_somebody_is_typed_in_one_line(words: str, typed: TypedResident) -> None:
    assert read_resident(words) == typed


def test_numbers_go_on_where_the_list_ends_and_split_homes_stay_beside_their_origin() -> None:
    assert next_number(["1", "2", "12A"]) == "13"
    assert next_number([]) == "1"
    assert number_beside("12", ["12", "12A"]) == "12B"
    assert sorted(["10", "2", "12A", "12"], key=by_number) == ["2", "10", "12", "12A"]


def test_age_and_illness_both_raise_the_risk() -> None:
    assert is_at_risk(1950, "", 2026)
    assert is_at_risk(2000, "hen", 2026)
    assert not is_at_risk(2000, "", 2026)
    assert not is_at_risk(None, "", 2026)
