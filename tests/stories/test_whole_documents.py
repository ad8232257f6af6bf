"""The order of November 2021 that asked for this bot, sent by the district, done and followed item by item."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.stage import BOT_ID as BOT
from bot.sandbox import Seen
from tests.stories.stage import Stage, code_in

ORDER = Path(__file__).parents[3] / "shared" / "samples" / "directives" / "33-CV-TTCH.txt"
HEALTH, CULTURE = "Trung tâm Y tế huyện", "Trung tâm Văn hóa, Thể thao và Truyền thông"
A_PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF"

pytestmark = pytest.mark.skipif(not ORDER.exists(), reason="the sample of the order is not here")


async def sent(stage: Stage) -> tuple[str, Seen]:
    """The district knows its two centres, has sent the order, and watches its board."""
    for agency in (f"{HEALTH} | TTYT | Bs. Lò Văn Mẫu 0912 345 678", f"{CULTURE} | | Chị Vàng Thị Mẫu 0987 654 321"):
        stage.writes(stage.commander, f"/coquan {agency}")
        await stage.sees(stage.commander, "Đã ghi vào danh bạ", agency.partition(" |")[0])
    stage.hands.send_document(stage.commander.account, BOT, ORDER.read_bytes(), "33-CV-TTCH.txt", caption="/chidao")
    preview = await stage.sees(stage.commander, "XEM TRƯỚC", "Công văn số 33/CV-TTCH ngày 2/11/2021", "Mục 8.")
    assert "Chỉ cán bộ ✅" in preview.labels
    await stage.taps(stage.commander, preview, "Gửi")
    code = code_in(preview)
    return code, await stage.sees(stage.commander, "THEO DÕI", code, "Mục 8.", "xong 0/2", buttons=["Bảng tổng hợp"])


async def test_each_item_of_the_order_reaches_whom_it_names_and_nobody_else(stage: Stage) -> None:
    code, _ = await sent(stage)
    for someone, place in ((stage.chair, "X01"), (stage.other_chair, "X02")):
        card = await stage.sees(someone, code, "Mục 8.", at=stage.group(place), buttons=["Đã nhận 8", "Đã làm xong 8"])
        assert "Mục 2." not in card.text
        assert "Mục 4." not in card.text
        file = await stage.sees(someone, at=stage.group(place), kind="document")
        assert file.file_name == "33-CV-TTCH.txt"
    in_district = await stage.sees(stage.commander, code, "Mục 2.", at=stage.group("TD"))
    assert f"{HEALTH} – Bs. Lò Văn Mẫu, 0912 345 678: chưa báo nhận" in in_district.text
    assert f"{CULTURE} – Chị Vàng Thị Mẫu, 0987 654 321: chưa báo nhận" in in_district.text
    assert "Mục 8." not in in_district.text
    await stage.quiet()
    assert not stage.said(stage.neighbour, code, at=stage.group("X01-1"))


async def test_a_commune_reports_done_with_a_photo_and_the_missing_are_chased_and_told_on(stage: Stage) -> None:
    code, _ = await sent(stage)
    card = await stage.sees(stage.chair, code, "Mục 8.", buttons=["Đã làm xong 8"])
    for item in ("1", "8"):
        await stage.taps(stage.chair, card, f"Đã làm xong {item}")
        await stage.sees(stage.chair, "làm xong", f"mục {item}", buttons=["Không có"])
    stage.hands.send_photo(stage.chair.account, BOT, caption="Danh sách tiêm của xã")
    await stage.sees(stage.chair, "Đã lưu minh chứng", "mục 8", code)
    board = await stage.sees(stage.commander, "THEO DÕI", code, "xong 1/2", "1 minh chứng")
    await stage.taps(stage.commander, board, "Minh chứng")
    await stage.sees(stage.commander, "MINH CHỨNG mục 8", "Danh sách tiêm của xã", stage.chair.name)
    assert (await stage.sees(stage.commander, kind="photo")).protected
    await stage.taps(stage.commander, board, "Bảng tổng hợp")
    assert (await stage.sees(stage.commander, "Bảng tổng hợp", code, kind="document")).file_name == f"{code}.xlsx"
    await stage.until(7)
    await stage.sees(stage.other_chair, "Việc chưa xong", code, "Mục 8.")
    assert not stage.said(stage.chair, "Việc chưa xong", code)
    await stage.later(timedelta(hours=3))
    late = await stage.sees(stage.commander, "QUÁ HẠN theo chỉ đạo", code, stage.district.place("X02").name)
    assert stage.district.place("X01").name not in late.text
