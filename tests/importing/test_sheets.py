"""Lists as offices really keep them, and files that are none: the first are understood, the rest answered."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

import openpyxl
import pytest

from bot.catalogue import Catalogues
from bot.errands.apart import Limits, Refused, TooHeavy, run_apart
from bot.importing.comparing import Compared, Comparison
from bot.importing.places import Places
from bot.importing.reading import stretches
from bot.importing.sheets import Sheet, read, sheets_from
from bot.importing.table import Outcome
from bot.importing.telling import unreadable
from tests.databases import SqliteFiles
from tests.importing.ole import excel_97, locked_workbook
from tests.stories.world import World, small_district

Cell = str | int | float | date | None


@pytest.fixture
def world(sqlite_files: SqliteFiles) -> Iterator[World]:
    """A small district: how a list is read does not depend on the database."""
    with sqlite_files.new_url() as url, small_district(url) as world:
        yield world


def workbook(*sheets: tuple[str, Sequence[Sequence[Cell]]], merged: Sequence[str] = ()) -> bytes:
    """An XLSX file with these sheets; `merged` are areas of the first."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def packed(**parts: str) -> bytes:
    """A file packed as spreadsheets are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


#: A file of a word processor, and a spreadsheet that LibreOffice locked.
DOCUMENT = packed(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
LOCKED_ODS = packed(
    **{
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>",
        "content.xml": "encrypted",
    }
)


def opened(content: bytes) -> list[Sheet]:
    return sheets_from(read(content))


def compared(world: World, content: bytes) -> list[Compared]:
    """What each row would do in the small district, for the shell."""
    work = world.work()
    units = work.units.all()
    listed = [unit for unit in units if unit.tier == "community"]
    comparison = Comparison(Places.of(units, listed, "community"), 2026)
    return [each for sheet, rows in stretches(opened(content)) for each in comparison.compare(sheet, rows, work)]


def said(each: Compared) -> dict[str, object]:
    """What a row would set, whatever was there."""
    return {column: after for change in each.changes for column, (_, after) in change.values.items()}


def test_a_heading_may_stand_below_titles_over_two_rows_with_merged_cells(world: World) -> None:
    content = workbook(
        (
            "Danh sách",
            [
                ("UBND XÃ MẪU MỘT", None, None, None, None),
                ("DANH SÁCH HỘ DÂN TỔ 1 BẢN MẪU", None, None, None, None),
                (),
                ("STT", "Chủ hộ", "Liên hệ", None, "Số khẩu"),
                (None, None, "SĐT", "Địa chỉ", None),
                ("(1)", "(2)", "(3)", "(4)", "(5)"),
                (41, "GIÀNG A PÁO", 912345678, "Đầu bản", "4 người"),
            ],
        ),
        merged=("A1:E1", "A2:E2", "A4:A5", "B4:B5", "C4:D4", "E4:E5"),
    )
    (only,) = compared(world, content)
    assert (only.key, only.outcome) == ("X1-1 41", Outcome.NEW)
    assert said(only) == {"head": "Giàng A Páo", "phone": "+84912345678", "address": "Đầu bản", "members": 4}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (912345678, "+84912345678"),
        ("0912.345.678", "+84912345678"),
        ("01234567890", "+84834567890"),
        ("+84 912 345 678", "+84912345678"),
        ("0912345678 (con trai)", "+84912345678"),
        ("0912345678 / 0987654321", "+84912345678"),
    ],
)
def test_phones_come_in_every_form(world: World, written: Cell, kept: str) -> None:
    content = workbook(("A", [("Mã tổ", "Số nhà", "Điện thoại"), ("X1-1", 41, written)]))
    (only,) = compared(world, content)
    assert said(only)["phone"] == kept


@pytest.mark.parametrize(
    "written", [1960, "1960", "5/3/1960", "05-03-1960", "03/1960", date(1960, 3, 5), "1960.0", "sinh 1960", "5/3/60"]
)
def test_the_year_of_birth_comes_in_every_form(world: World, written: Cell) -> None:
    content = workbook(("A", [("Mã tổ", "Số nhà", "Họ và tên", "Ngày sinh"), ("X1-1", 1, "Lò Thị Mỷ", written)]))
    (only,) = compared(world, content)
    assert said(only) == {"birth_year": 1960}


def test_two_communes_may_share_a_file_each_on_its_sheet(world: World) -> None:
    heading = ("Tổ", "Số nhà", "Chủ hộ")
    content = workbook(
        ("Xã Mẫu Một", [heading, ("Tổ 2", 7, "Lò Văn Hặc")]),
        ("Mẫu Hai", [heading, ("Tổ 1", 7, "Vàng Thị Sua"), ("Tổ 1 bản Mẫu", 8, "Sùng A Dính")]),
    )
    assert [each.key for each in compared(world, content)] == ["X1-2 7", "X2-1 7", "X1-1 8"]


def test_a_name_that_fits_several_communities_is_refused_with_their_codes(world: World) -> None:
    content = workbook(("A", [("Tổ", "Số nhà"), ("Tổ 1", 7)]))
    (only,) = compared(world, content)
    assert only.reasons["unit"].reason == "import.several_units"
    assert only.reasons["unit"].values == {"codes": "X1-1, X2-1"}


def test_a_row_for_each_person_names_its_home_once_in_merged_cells(world: World) -> None:
    content = workbook(
        (
            "Tổ 1 bản Mẫu",
            [
                ("Số nhà", "Chủ hộ", "Họ và tên", "Năm sinh", "Quan hệ", "Bệnh nền"),
                (41, "Giàng A Páo", "Giàng A Páo", 1950, "Chủ hộ", "tăng huyết áp"),
                (None, None, "Lò Thị Mỷ", 1952, "Vợ", "không"),
                (None, None, "Giàng A Tủa", 1980, "Con", None),
            ],
        ),
        merged=("A2:A4", "B2:B4"),
    )
    rows = compared(world, content)
    assert [each.outcome for each in rows] == [Outcome.NEW] * 3
    people = [change for each in rows for change in each.changes if change.resident]
    assert [(each.number, each.resident) for each in people] == [
        ("41", "Giàng A Páo"), ("41", "Lò Thị Mỷ"), ("41", "Giàng A Tủa"),
    ]  # fmt: skip
    assert people[0].values["conditions"] == (None, "tăng huyết áp")
    assert len([change for each in rows for change in each.changes if not change.resident]) == 1


def test_the_same_row_twice_counts_once(world: World) -> None:
    row = ("X1-1", 41, "Giàng A Páo")
    content = workbook(("A", [("Mã tổ", "Số nhà", "Chủ hộ"), row, row]))
    assert [each.outcome for each in compared(world, content)] == [Outcome.NEW, Outcome.SAME]


def test_everything_wrong_with_a_row_is_said_at_once(world: World) -> None:
    heading = ("Mã tổ", "Số nhà", "SĐT", "Số người", "Loại hộ", "Ngôn ngữ")
    content = workbook(("A", [heading, ("X9-9", None, "123", "đông", "lều", "sao Hoả")]))
    (only,) = compared(world, content)
    assert set(only.reasons) == {"unit", "number", "phone", "members", "kind", "language"}


def test_two_hundred_columns_are_looked_through_for_those_that_count(world: World) -> None:
    heading = [f"Cột {number}" for number in range(200)]
    heading[150], heading[160], heading[170] = "Mã tổ", "Số nhà", "Chủ hộ"
    row: list[Cell] = ["?"] * 200
    row[150], row[160], row[170] = "X1-1", 41, "Giàng A Páo"
    content = workbook(("A", [heading, row]))
    (only,) = compared(world, content)
    assert said(only) == {"head": "Giàng A Páo"}
    assert len(opened(content)[0].unused) == 197


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(content)
    return refused.value.reason


def test_formulas_nobody_calculated_are_asked_to_be_saved_again() -> None:
    content = workbook(("A", [("Mã tổ", "Số nhà"), ("X1-1", '=IF(A1="",1,2)')]))
    assert refusal(content) == "import.uncalculated"


def test_a_calculated_formula_counts_as_what_it_gave() -> None:
    content = workbook(("A", [("Mã tổ", "Số nhà"), ("X1-1", "=40+1")]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    page = "xl/worksheets/sheet1.xml"
    parts[page] = re.sub(rb"<v\s*/>|<v></v>", b"<v>41</v>", parts[page])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert opened(target.getvalue())[0].rows[0].cells["number"] == "41"


@pytest.mark.parametrize(
    ("content", "reason", "advice"),
    [
        (locked_workbook(), "import.password", "mật khẩu"),
        (excel_97([("Mã tổ", "Số nhà"), ("X1-1", 41.0)], has_password=True), "import.password", "mật khẩu"),
        (excel_97([("Mã tổ", "Số nhà")])[:1500], "import.no_spreadsheet", "lưu dạng .xlsx"),
        (b"PK\x03\x04 torn in two", "import.no_spreadsheet", "lưu dạng .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", "import.no_spreadsheet", "lưu dạng .xlsx"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF a picture", "import.no_spreadsheet", "lưu dạng .xlsx"),
        (b"<html><table><tr><td>S\xe1\xbb\x91 nh\xc3\xa0</td></tr></table>", "import.no_spreadsheet", "lưu dạng .xlsx"),
        (DOCUMENT, "import.no_spreadsheet", "lưu dạng .xlsx"),
        (LOCKED_ODS, "import.password", "mật khẩu"),
    ],
    ids=["locked", "locked xls", "cut off", "torn", "no workbook", "picture", "web page", "document", "locked ods"],
)
def test_what_cannot_be_read_is_answered_with_what_to_do(content: bytes, reason: str, advice: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content)
    assert refused.value.reason == reason
    assert advice in unreadable(refused.value, Catalogues.load(strict=True).in_language("vi"))


def test_a_workbook_of_the_older_kind_is_read_whatever_its_name(world: World) -> None:
    content = excel_97([("Mã tổ", "Số nhà", "Chủ hộ", "SĐT"), ("X1-1", 41.0, "Giàng A Páo", 912345678.0)])
    (only,) = compared(world, content)
    assert (only.key, said(only)) == ("X1-1 41", {"head": "Giàng A Páo", "phone": "+84912345678"})


def test_a_sheet_without_a_heading_is_answered_with_where_the_form_is() -> None:
    assert refusal(workbook(("A", [("Kính gửi", "UBND"), ("abc", "def")]))) == "import.no_heading"


async def test_ten_megabytes_of_styles_neither_hurt_nor_hide_the_list() -> None:
    content = workbook(("A", [("Mã tổ", "Số nhà"), ("X1-1", 41)]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    styles = parts["xl/styles.xml"]
    padding = b'<font><sz val="11"/><name val="Arial"/></font>' * 220_000
    parts["xl/styles.xml"] = styles.replace(b"</fonts>", padding + b"</fonts>")
    assert len(parts["xl/styles.xml"]) > 10_000_000
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    sheets = sheets_from(await run_apart(read, target.getvalue()))
    assert sheets[0].rows[0].cells == {"unit": "X1-1", "number": "41"}


async def test_a_sheet_as_large_as_the_world_is_given_up() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Số nhà"
    book.worksheets[0]["XFD1048576"] = "x"
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(TooHeavy):
        await run_apart(read, target.getvalue(), Limits(megabytes=1024))


def test_a_spreadsheet_broken_anywhere_is_read_or_refused_with_a_reason() -> None:
    sound = workbook(("Tổ 1", [("Mã tổ", "Số nhà", "Chủ hộ"), ("X1-1", 41, "Giàng A Páo")]))
    for at in range(0, len(sound), 61):
        broken = bytearray(sound)
        broken[at] ^= 0xFF
        with suppress(Refused):
            opened(bytes(broken))
