"""The order of November 2021 that asked for this bot, and one of our own: sent by the district, done and followed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.demo.district import Someone
from bot.demo.stage import BOT_ID as BOT
from bot.sandbox import Seen
from models.rules.roles import Role
from tests.documents.files import as_docx
from tests.stories.stage import PLACES, Stage, code_in, raise_curtain
from tests.stories.world import MORNING

HEALTH, CULTURE = "Trung tâm Y tế huyện", "Trung tâm Văn hóa, Thể thao và Truyền thông"
#: Those who report done with photos, and the one that does not.
THREE, LATE = ("X01", "X02", "X03"), "X04"
SHARED = Path(__file__).parents[3] / "shared" / "samples" / "directives" / "33-CV-TTCH.txt"
OWN = """BAN CHỈ ĐẠO PHÒNG, CHỐNG DỊCH COVID-19
HUYỆN MẪU
Số: 57/CV-BCĐ
Huyện Mẫu, ngày 03 tháng 11 năm 2021
V/v tăng cường phòng, chống dịch

Kính gửi:
- Trung tâm Y tế huyện;
- Ủy ban nhân dân các xã, thị trấn.

Ban Chỉ đạo huyện yêu cầu:
2. Trung tâm Y tế huyện: Duy trì xét nghiệm, cập nhật cấp độ dịch.
4. Trung tâm Văn hóa, Thể thao và Truyền thông tăng cường tuyên truyền.
8. UBND các xã, thị trấn
- Lập danh sách người chưa tiêm.
- Vận động Nhân dân đi tiêm.

Nơi nhận:
- Như kính gửi;
- Lưu: VT.

TRƯỞNG BAN
Nguyễn Văn Mẫu
"""


@dataclass(frozen=True, slots=True)
class Order:
    """A document to be sent."""

    name: str
    line: str  #: As its preview begins.
    content: Callable[[], bytes]


SAMPLE = Order("33-CV-TTCH.txt", "Công văn số 33/CV-TTCH ngày 2/11/2021", SHARED.read_bytes)
OURS = Order("57-CV-BCD.docx", "Công văn số 57/CV-BCĐ ngày 3/11/2021", lambda: as_docx(OWN))
ORDERS = [
    pytest.param(SAMPLE, marks=pytest.mark.skipif(not SHARED.exists(), reason="the sample is not here"), id="sample"),
    pytest.param(OURS, id="own"),
]


@pytest_asyncio.fixture
async def wide_stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A running bot in a district with four communes."""
    async with raise_curtain(database_url, tmp_path, MORNING, places=(*PLACES, "X03", LATE)) as stage:
        yield stage
        await stage.quiet()
        assert await stage.parked() == 0


@pytest.mark.parametrize("order", ORDERS)
async def test_an_order_reaches_whom_it_names_is_done_with_photos_chased_and_told_on(
    wide_stage: Stage, order: Order
) -> None:
    stage = wide_stage
    code, board = await sent(stage, order)
    await each_item_is_where_it_belongs(stage, code, order)
    for place in THREE:
        await reports_done_with_a_photo(stage, chair_of(stage, place), code)
    board = await stage.sees(stage.commander, "THEO DÕI", code, "Mục 8.", "xong 3/4", "3 minh chứng đã gửi")
    await the_evidence_is_seen(stage, board)
    await stage.taps(stage.commander, board, "Đôn đốc")
    late = chair_of(stage, LATE)
    await stage.sees(late, "Việc chưa xong", code, "Mục 8.")
    assert not any(stage.said(chair_of(stage, place), "Việc chưa xong", code) for place in THREE)
    await stage.until(7)
    await stage.later(timedelta(hours=3))
    told = await stage.sees(stage.commander, "QUÁ HẠN theo chỉ đạo", code, stage.district.place(LATE).name, "Mục 8.")
    assert not any(stage.district.place(place).name in told.text for place in THREE)
    board = await stage.sees(stage.commander, "THEO DÕI", code, f"{stage.district.place(LATE).name}: ", "QUÁ HẠN")


def chair_of(stage: Stage, place: str) -> Someone:
    return stage.district.holding(Role.COMMANDER, place)[0]


async def sent(stage: Stage, order: Order) -> tuple[str, Seen]:
    """The district knows its two centres, has sent the order, and watches its board."""
    doctor, editor = stage.duty_officer, stage.village_head
    for agency, contact in ((f"{HEALTH} | TTYT", doctor), (f"{CULTURE} | ", editor)):
        stage.writes(stage.commander, f"/coquan {agency} | {contact.name} {contact.phone}")
        await stage.sees(stage.commander, "Đã ghi vào danh bạ", agency.partition(" |")[0])
    stage.hands.send_document(stage.commander.account, BOT, order.content(), order.name, caption="/chidao")
    preview = await stage.sees(stage.commander, "XEM TRƯỚC", order.line, "Kính gửi: ", "Mục 8.", "(cấp xã)")
    assert "Chỉ cán bộ ✅" in preview.labels
    await stage.taps(stage.commander, preview, "Gửi")
    code = code_in(preview)
    return code, await stage.sees(stage.commander, "THEO DÕI", code, "Mục 8.", "xong 0/4", buttons=["Đôn đốc"])


async def each_item_is_where_it_belongs(stage: Stage, code: str, order: Order) -> None:
    for place in (*THREE, LATE):
        chair, group = chair_of(stage, place), stage.group(place)
        card = await stage.sees(
            chair, code, "Mục 8.", at=group, buttons=["Đã nhận 8", "Đã làm xong 8", "Xin hỏi thêm 8"]
        )
        assert "Mục 2." not in card.text
        assert "Mục 4." not in card.text
        assert (await stage.sees(chair, at=group, kind="document")).file_name == order.name
    doctor, editor = stage.duty_officer, stage.village_head
    in_district = await stage.sees(stage.commander, code, "Mục 2.", "Mục 4.", at=stage.group("TD"))
    assert f"{HEALTH} – {doctor.name}, " in in_district.text
    assert f"{CULTURE} – {editor.name}, " in in_district.text
    assert "Mục 8." not in in_district.text
    for contact, own, others in ((doctor, "Mục 2.", "Mục 4."), (editor, "Mục 4.", "Mục 2.")):
        card = await stage.sees(contact, code, own)
        assert others not in card.text
        assert "Mục 8." not in card.text
    await stage.quiet()
    assert not stage.said(stage.neighbour, code, at=stage.group("X01-1"))


async def reports_done_with_a_photo(stage: Stage, chair: Someone, code: str) -> None:
    """A commune's commander has done every task on the card, and shows the last."""
    card = await stage.sees(chair, code, "Mục 8.", buttons=["Đã làm xong 8"])
    for label in [label for label in card.labels if label.startswith("Đã làm xong ")]:
        await stage.taps(chair, card, label)
        await stage.sees(chair, "làm xong", f"mục {label.rpartition(' ')[2]} của", buttons=["Không có"])
    stage.hands.send_photo(chair.account, BOT, caption="Danh sách tiêm của xã")
    await stage.sees(chair, "Đã lưu minh chứng", "mục 8", code)


async def the_evidence_is_seen(stage: Stage, board: Seen) -> None:
    """Whoever follows sees the photos and has the table of every task by every unit."""
    await stage.taps(stage.commander, board, "Minh chứng")
    await stage.sees(stage.commander, "MINH CHỨNG mục 8", "Danh sách tiêm của xã", chair_of(stage, "X03").name)
    assert (await stage.sees(stage.commander, kind="photo")).protected
    await stage.taps(stage.commander, board, "Bảng tổng hợp")
    await stage.sees(stage.commander, "Bảng tổng hợp", kind="document")
