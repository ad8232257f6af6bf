"""The table of a directive's tasks: everybody who has one against every task, as a spreadsheet people can open."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import openpyxl

from bot.catalogue import Catalogues
from bot.directing.matrix import workbook_of
from bot.errands.workbook import pack, write
from models.notices.tasks import Part, TaskLine
from models.rules.policy import Policy

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LISTS = TaskLine(
    8,
    "8",
    "UBND các xã\n- Lập danh sách",
    NOW + timedelta(days=1),
    None,
    (
        Part("Xã Mẫu Một", acknowledged_at=NOW, acknowledged_by="Chị Mẫu", done_at=NOW, done_by="Anh Mẫu"),
        Part("Xã Mẫu Hai", acknowledged_at=NOW, acknowledged_by="Chị Mẫu"),
    ),
)
TESTS = TaskLine(2, "2", "Duy trì xét nghiệm", NOW - timedelta(hours=1), None, (Part("Trung tâm Y tế"),))


def test_every_unit_and_agency_stands_against_every_task_and_what_is_late_says_so() -> None:
    say = Catalogues.load(strict=True).in_language("vi")
    workbook = workbook_of((TESTS, LISTS), NOW, say, Policy())
    sheet = openpyxl.load_workbook(io.BytesIO(write(pack(workbook))))["Nhiệm vụ"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [str(heading).partition("\n")[0] for heading in rows[0]] == [
        "Đơn vị",
        "Mục 2. Duy trì xét nghiệm",
        "Mục 8. UBND các xã",
    ]
    assert rows[1:] == [
        ["Trung tâm Y tế", "Chưa nhận\nQUÁ HẠN", None],
        ["Xã Mẫu Một", None, "Xong 09:00 ngày 23/11 – Anh Mẫu"],
        ["Xã Mẫu Hai", None, "Đã nhận 09:00 ngày 23/11 – Chị Mẫu"],
    ]
