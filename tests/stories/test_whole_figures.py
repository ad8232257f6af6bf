"""A day's figures and a homecoming, from hand to screen: what a team types climbs to the district by evening."""

from __future__ import annotations

import io

import openpyxl

from bot.demo.stage import BOT_ID
from tests.stories.stage import Stage


async def test_what_a_team_types_is_on_the_districts_screen_by_evening(stage: Stage) -> None:
    stage.writes(stage.member, "/nguoive 1 Giàng A Páo về từ Hà Nội hôm qua, xe khách, tiêm 2 mũi")
    read_back = await stage.sees(stage.member, "Giàng A Páo", "Hà Nội", buttons=["Gửi", "Huỷ"])
    await stage.taps(stage.member, read_back, "Gửi")
    came = await stage.sees(stage.second_member, "Giàng A Páo", buttons=["Theo dõi", "Không theo dõi"])
    await stage.taps(stage.second_member, came, "Theo dõi")
    await stage.sees(stage.member, "Giàng A Páo", "Đang theo dõi sức khỏe", buttons=["Xem theo dõi"])

    stage.writes(stage.member, "bc tổ 1: 42 hộ 187 khẩu, k ai sốt")
    figures = await stage.sees(stage.member, "Số hộ: 42", "Mới về: 1 (Hà Nội 1) (Tổ đã có sẵn)", buttons=["Gửi"])
    await stage.taps(stage.member, figures, "Gửi")
    await stage.sees(stage.member, "Đã nhận số liệu")

    await stage.until(14, 30)
    await stage.sees(stage.neighbouring_member, "chưa gửi số liệu", buttons=["Nhập số liệu"])
    assert stage.said(stage.member, "chưa gửi số liệu") == []
    await stage.until(15)
    await stage.sees(stage.chair, "1/2 tổ đã gửi", "Chưa gửi")
    await stage.until(16)
    await stage.until(17)
    await stage.sees(stage.commander, "1/3 tổ đã gửi", "Số hộ: 42", "Mới về: 1 (Hà Nội 1)", "Đã chốt lúc 17:00")


async def test_a_province_form_is_sent_once_and_comes_back_filled(stage: Stage) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Đơn vị", "Số hộ", "Tổng số tổ"])
    sheet.append([stage.district.place("X01").name, None, None])
    sheet.append(["Cộng", "{số hộ}", None])
    empty = io.BytesIO()
    book.save(empty)
    stage.writes(stage.clerk, "/bieumau")
    await stage.sees(stage.clerk, "chưa có biểu mẫu")
    stage.hands.send_document(stage.clerk.account, BOT_ID, empty.getvalue(), "Bieu 01.xlsx")
    form = await stage.sees(stage.clerk, "Sheet, B3: Số hộ", buttons=["Đặt tên ô", "Điền biểu mẫu"])
    asked = stage.last_id(stage.clerk)
    await stage.taps(stage.clerk, form, "Đặt tên ô")
    await stage.sees(stage.clerk, "Ô nào điền gì", after=asked)
    stage.writes(stage.clerk, "cột B số hộ, C3 số tổ")
    named = await stage.sees(stage.clerk, "Cột B: Số hộ", "C3: tổng số tổ", buttons=["Điền biểu mẫu"])

    stage.writes(stage.member, "bc tổ 1: 42 hộ 187 khẩu, k ai sốt")
    figures = await stage.sees(stage.member, "Số hộ: 42", buttons=["Gửi"])
    await stage.taps(stage.member, figures, "Gửi")
    await stage.sees(stage.member, "Đã nhận số liệu")
    await stage.taps(stage.clerk, named, "Điền biểu mẫu")
    handed = await stage.sees(stage.clerk, "Biểu mẫu của", "số liệu ngày", kind="document")
    filled = openpyxl.load_workbook(io.BytesIO(stage.hands.download(stage.clerk.account, handed))).worksheets[0]
    assert [[cell.value for cell in row[1:]] for row in filled.iter_rows(min_row=2)] == [[42, None], [42, 3]]
