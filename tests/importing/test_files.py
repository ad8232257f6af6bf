"""Lists are read as people save them, and a file that cannot be read says why."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

from bot.catalogue import Catalogues
from bot.errands.apart import Refused
from bot.importing.table import ListUnreadable
from bot.importing.telling import unreadable
from tests.databases import SqliteFiles
from tests.importing.conftest import UNITS, Office
from tests.importing.ole import locked_workbook


@pytest.fixture
def database_url(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[str]:
    """An SQLite file: how a file is read does not depend on the database."""
    with sqlite_files.new_url() as url:
        yield url


def refusal(office: Office, content: str | bytes) -> str:
    with pytest.raises(ListUnreadable) as refused:
        office.give("units", content)
    return unreadable(refused.value, Catalogues.load(strict=True).in_language("en"))


@pytest.mark.parametrize(
    "content",
    [
        UNITS.encode(),
        b"\xef\xbb\xbf" + UNITS.encode(),
        UNITS.replace(",", ";").encode(),
        UNITS.replace("\n", "\r\n").encode(),
        UNITS.replace("code,name", " CODE , Name").encode(),
        ("\n\n" + UNITS + ",,,,,,\n\n").encode(),
    ],
)
def test_a_list_may_be_saved_in_any_usual_way(office: Office, content: bytes) -> None:
    assert office.give("units", content) == 0
    assert office.total == "New 4, changed 0, same 0, refused 0."


def test_columns_may_stand_in_any_order_and_others_are_named(office: Office) -> None:
    assert office.give("units", "tier,ghi chú,code,name\ndistrict,x,TD,Tam Đường\n") == 0
    assert "Columns not used: ghi chú" in office.said


def test_a_cell_may_hold_commas_and_line_breaks_within_quotation_marks(office: Office) -> None:
    office.give("units", 'code,name,tier\nTD,"Tam Đường,\nLai Châu",district\nXX,x,commune\n')
    assert office.said[1].startswith("line 4: refused, XX")


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (UNITS.encode("utf-16"), "perhaps UTF-16"),
        (b"code,name,tier\nTD,Tam \xd0u\xf6ng,district\n", "line 2; perhaps Windows-1258"),
        ("code,name\nTD,Tam Đường\n", "lacks a column: tier"),
        ("mã,tên\n", "lacks a column: code, name, tier"),
        ("", "lacks a column"),
        ("code,code,name,tier\n", "names a column twice: code"),
        ('code,name,tier\nTD,"Tam Đường,district\n', "left open or misplaced, from line 2"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(office: Office, content: str | bytes, advice: str) -> None:
    assert advice in refusal(office, content)
    assert office.work().units.root() is None


def test_letters_are_composed_whatever_the_keyboard_sent(office: Office) -> None:
    office.give("units", "code,name,tier\nTD,Tam \u0110u\u031bo\u031b\u0300ng,district\n")
    root = office.work().units.root()
    assert root is not None
    assert root.name == "Tam Đường"


def spreadsheet(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_list_may_be_a_spreadsheet_with_a_title_and_numbers(office: Office) -> None:
    title = ("DANH SÁCH ĐƠN VỊ HUYỆN TAM ĐƯỜNG",)
    heading = ("Tier", "Code", "Name", "chat_id", "ghi chú")
    content = spreadsheet(title, (), heading, ("district", "TD", "Tam Đường", -1001234567890, "x"))
    assert office.give("units", content) == 0
    chat = office.work().chats.find(-1001234567890)
    assert chat is not None
    assert "Columns not used: ghi chú" in office.said


def test_people_come_in_a_spreadsheet_with_phones_that_lost_their_zero(office: Office) -> None:
    office.give("units", UNITS)
    heading = ("unit", "role", "name", "phone", "telegram_id")
    rows = ("BL-1", "team", "Lò Thị Mỷ", 912345678, 7001), ("BL-9", "team", "Giàng A Páo", None, None)
    assert office.give("people", spreadsheet(heading, *rows)) == 1
    person = office.work().people.find_by_account(7001)
    assert person is not None
    assert (person.name, person.phone) == ("Lò Thị Mỷ", "+84912345678")
    assert office.total == "New 1, changed 0, same 0, refused 1."


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (spreadsheet(("mã", "tên")), "lacks a column: code, name, tier"),
        (locked_workbook(), "password"),
        (b"PK\x03\x04 torn in two", "no spreadsheet"),
    ],
    ids=["heading", "locked", "torn"],
)
def test_a_spreadsheet_that_cannot_be_taken_says_why(office: Office, content: bytes, advice: str) -> None:
    with pytest.raises(Refused) as refused:
        office.give("units", content)
    assert advice in unreadable(refused.value, Catalogues.load(strict=True).in_language("en"))
