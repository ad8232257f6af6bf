"""The roster on a list becomes shifts, once and every week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.records import DutyShift
from tests.importing.conftest import Office

PEOPLE = (
    "telegram_id,name,phone,unit,role\n7001,Giàng A Páo,0912345678,BL,officer\n7002,Lò Thị Mỷ,0987654321,BL,health\n"
)
HEADING = "unit,name,phone,days,from,until\n"


def shifts(office: Office) -> list[DutyShift]:
    return list(office.work().session.scalars(select(DutyShift).order_by(DutyShift.starts_at)))


@pytest.fixture
def staffed(district: Office) -> Office:
    district.give("people", PEOPLE)
    return district


def test_a_weekly_pattern_and_a_single_shift_are_put_on_the_roster(staffed: Office) -> None:
    rows = "BL,Giàng A Páo,,t2-t6,7h,19h\nBL,,0987654321,1/1/2030,19:00,07:00\n"
    assert staffed.give("shifts", HEADING + rows) == 0
    assert staffed.total == "New 2, changed 0, same 0, refused 0."
    found = shifts(staffed)
    assert len(found) >= 10
    assert all(each.ends_at - each.starts_at == timedelta(hours=12) for each in found)


def test_the_same_list_twice_changes_nothing(staffed: Office) -> None:
    rows = HEADING + "BL,Giàng A Páo,,hằng ngày,7h,19h\n"
    staffed.give("shifts", rows)
    before = len(shifts(staffed))
    assert staffed.give("shifts", rows) == 0
    assert staffed.total == "New 0, changed 0, same 1, refused 0."
    assert len(shifts(staffed)) == before


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("XX,Giàng A Páo,,t2,7h,19h", "XX"),
        ("BL,Giàng A Páo,,someday,7h,19h", "someday"),
        ("BL,Giàng A Páo,,t2,7h,29h", "29h"),
        ("BL,Ai Đó,,t2,7h,19h", "Ai Đó"),
    ],
)
def test_a_row_that_cannot_be_a_shift_is_refused_with_its_reason(staffed: Office, row: str, reason: str) -> None:
    assert staffed.give("shifts", HEADING + row + "\n") == 1
    assert any(reason in line for line in staffed.said)
    assert shifts(staffed) == []
