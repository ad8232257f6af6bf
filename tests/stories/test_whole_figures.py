"""A day's figures and a homecoming, from hand to screen: what a team types climbs to the district by evening."""

from __future__ import annotations

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
