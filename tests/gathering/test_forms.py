"""An office's own form comes back as it was, with the day's figures in the cells that ask for them."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from bot.catalogue import Catalogues
from bot.errands.apart import Refused
from bot.errands.workbook import FORMULA_SIGNS
from bot.gathering.filling import MOST_BYTES, Filling, UnitValues, Value, fill, look_through, pack
from bot.gathering.forms import FillInForm, ReadForm
from bot.moments import WallClock
from bot.writer import Writer
from handlers.commands.day_forms import FormFound, FormNotFilled, HandForm, RefuseForm
from models.database import open_engine
from models.rules.figure_words import read_figures
from models.rules.form_cells import FormCell
from models.rules.policy import Policy
from tests.stories.world import small_district

DAY = date(2026, 11, 23)


def form() -> bytes:
    """A province's form: a merged title, a row for each commune, a sum of its own, and some names in braces."""
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    sheet.title = "Biểu 01"
    sheet["A1"] = "BÁO CÁO NHANH"
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("C2:D2")
    sheet.append(["Ngày", "{ngày}"])
    sheet.append(["TT", "Đơn vị", "Số hộ", "Mới về"])
    sheet.append([1, "Xã Mẫu Một"])
    sheet.append([2, "MẪU HAI"])
    sheet.append(["", "Cộng", "=SUM(C5:C6)", "{mới về}"])
    return saved(book)


def sheet_of(book: openpyxl.Workbook) -> Worksheet:
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def filled(cells: tuple[FormCell, ...], total: dict[str, int | str], *units: UnitValues) -> Worksheet:
    return sheet_of(openpyxl.load_workbook(io.BytesIO(fill(pack(Filling(form(), cells, total, units))))))


def test_the_cells_that_name_themselves_are_found() -> None:
    titles, asked = look_through(form())
    assert titles == ["Biểu 01"]
    assert [(cell["column"], cell["row"], cell["content"]) for cell in asked] == [
        ("B", 3, "day"),
        ("D", 7, "returnees"),
    ]


def test_each_unit_has_its_row_the_sum_its_cell_and_all_else_stays() -> None:
    cells = (FormCell("", "C", 0, "homes"), FormCell("", "D", 5, "returnees"), FormCell("", "D", 7, "returnees"))
    first, second = UnitValues("Xã Mẫu Một", {"homes": 72, "returnees": 3}), UnitValues("Xã Mẫu Hai", {"homes": 40})
    sheet = filled(cells, {"homes": 112, "returnees": 3}, first, second)
    assert [sheet["C5"].value, sheet["C6"].value, sheet["C7"].value] == [72, 40, "=SUM(C5:C6)"]
    assert [sheet["D5"].value, sheet["D6"].value, sheet["D7"].value] == [3, None, 3]
    assert sheet["A1"].value == "BÁO CÁO NHANH"
    assert sheet["A1"].font.bold


def test_what_nobody_said_stays_empty_and_is_not_zero() -> None:
    sheet = filled((FormCell("", "D", 7, "returnees"),), {})
    assert sheet["D7"].value is None


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_words_are_never_a_formula_where_they_are_filled_in_nor_where_they_stood(sign: str) -> None:
    words = f"{sign}HYPERLINK(1)"
    book = openpyxl.load_workbook(io.BytesIO(form()))
    stood = sheet_of(book)["F1"]
    stood.value = words
    stood.data_type = "s"
    total: dict[str, Value] = {"origins": words}
    packed = pack(Filling(saved(book), (FormCell("", "D", 2, "origins"),), total, ()))
    sheet = sheet_of(openpyxl.load_workbook(io.BytesIO(fill(packed))))
    for cell in (sheet["C2"], sheet["F1"]):
        assert (cell.value, cell.data_type) == (words, "s")


def test_words_are_never_a_formula_and_a_merged_cell_takes_them_at_its_corner() -> None:
    sheet = filled((FormCell("", "D", 2, "origins"),), {"origins": "=HYPERLINK(1)"})
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 nothing", "import.no_spreadsheet"),
        (b"TT;Ten\n1;Pao", "import.no_spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "figures.form_not_xlsx"),
        (b"PK" + b"\0" * MOST_BYTES, "figures.form_too_big"),
    ],
)
def test_what_is_no_form_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        look_through(content)
    assert refusal.value.reason == reason


async def test_a_form_that_was_sent_is_kept_and_filled_with_what_the_teams_counted(
    database_url: str,
) -> None:
    async def fetch(file_id: str) -> bytes:
        return form()

    with small_district(database_url) as world:
        person, unit_id = world.commander, world.district.id
        figures = read_figures("42 ho, 1 ng ve tu HN").figures
        world.work().day_sheets.keep(world.community.id, DAY, figures, "", world.member, world.now)
        world.session.commit()
        sent = {"person_id": person.id, "account_id": 7, "unit_id": unit_id, "file_id": "f", "file_name": "01.xlsx"}
        found = await ReadForm(fetch).do(sent)
        assert isinstance(found, FormFound)
        world.do(found)
        kept = world.work().day_sheets.form_of(unit_id)
        assert kept is not None
        kept.cells = (*kept.cells, FormCell("", "C", 0, "homes"))
        world.session.commit()
    engine = open_engine(database_url)
    clock = WallClock()
    writer = Writer(engine)
    doer = FillInForm(writer, Catalogues.load(), Policy(), clock)
    handed = await doer.do({"unit_id": unit_id, "day": DAY.isoformat(), "account_ids": [7]})
    assert isinstance(handed, HandForm)
    sheet = sheet_of(openpyxl.load_workbook(io.BytesIO(handed.content)))
    assert [sheet["B3"].value, sheet["C5"].value, sheet["C6"].value, sheet["D7"].value] == ["23/11/2026", 42, None, 1]
    nothing = await doer.do({"unit_id": unit_id + 1, "day": DAY.isoformat(), "account_ids": [7]})
    assert isinstance(nothing, FormNotFilled)
    writer.close()
    engine.dispose()


async def test_a_file_that_cannot_be_fetched_or_read_is_told() -> None:
    async def refuse(file_id: str) -> bytes:
        raise Refused("import.not_handed_over")

    told = await ReadForm(refuse).do({"account_id": 7, "file_id": "f"})
    assert told == RefuseForm(account_id=7, reason="import.not_handed_over")
