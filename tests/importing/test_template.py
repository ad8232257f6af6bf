"""The form people fill in: the bot reads its own headings, and nothing in it is ever a formula."""

from __future__ import annotations

import io

import openpyxl
import pytest

from bot.catalogue import Catalogues, languages
from bot.errands.workbook import FORMULA_SIGNS, Column, Sheet, Workbook, pack, write
from bot.importing.template import workbook_of
from models.records import Household, Resident, Unit
from models.rules.headings import HOME_COLUMNS, RESIDENT_COLUMNS, column_of
from models.rules.households import HouseholdKind
from models.rules.registry_words import kind_of

UNIT = Unit(id=1, code="X1-1", name="Tổ 1 bản Mẫu")


def opened(workbook: Workbook) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write(pack(workbook))))


@pytest.mark.parametrize("language", languages())
def test_the_bot_recognises_every_heading_of_its_own_form(language: str) -> None:
    say = Catalogues.load(strict=True).in_language(language)
    for name in (*HOME_COLUMNS, *RESIDENT_COLUMNS):
        assert column_of(say(f"list.column.{name}")) == name
    for kind in HouseholdKind:
        assert kind_of(say(f"list.kind.{kind.value}")) is kind


def test_the_form_holds_the_homes_and_people_that_are_known() -> None:
    home = Household(
        id=5, unit_id=1, number="12A", head="Giàng A Páo", phone="+84912345678", members=4,
        address="Đầu bản", language="hmn", kind=HouseholdKind.FAMILY, no_phone=False,
    )  # fmt: skip
    person = Resident(household_id=5, name="Lò Thị Mỷ", birth_year=1950, conditions="Tăng huyết áp", language="")
    say = Catalogues.load(strict=True).in_language("vi")
    book = opened(workbook_of([UNIT], [home], [person], say))
    assert book.sheetnames == ["Hộ dân", "Nhân khẩu", "Hướng dẫn", "Các tổ"]
    homes = [[cell.value for cell in row] for row in book["Hộ dân"].iter_rows()]
    assert homes[1] == ["X1-1", "12A", "Giàng A Páo", "0912 345 678", None, 4, "Đầu bản", "hmn", "Gia đình"]
    people = [[cell.value for cell in row] for row in book["Nhân khẩu"].iter_rows()]
    assert people[1][:5] == ["X1-1", "12A", "Lò Thị Mỷ", 1950, "Tăng huyết áp"]


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_what_begins_like_a_formula_is_written_as_words(sign: str) -> None:
    cell = f"{sign}HYPERLINK(0)"
    sheet = Sheet("A", (Column("Chủ hộ"), Column("Lý do", is_reason=True)), ((cell, "sai"),))
    written = opened(Workbook((sheet,)))["A"]["A2"]
    assert written.data_type == "s"
    assert written.quotePrefix
    assert str(written.value).strip() == cell.strip()
