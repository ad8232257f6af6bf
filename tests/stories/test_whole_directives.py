"""Directives, from the commander's hand to every group and back to the commander's board."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.stage import BOT_ID as BOT
from bot.sandbox import Seen
from tests.stories.stage import Stage, code_in

WORDS = "Các tổ rà soát người về từ vùng dịch và báo về xã."
BOARD = ["Đơn vị chưa nhận", "Đôn đốc", "Đính chính", "Thu hồi"]
#: Where a directive of the district counts as received: every unit below it.
BELOW = ("X01", "X01-1", "X01-2", "X02", "X02-1")


async def previewed(stage: Stage, words: str = WORDS) -> tuple[str, Seen]:
    """The commander has typed a directive: its code, and the preview."""
    stage.writes(stage.commander, f"/chidao {words}")
    preview = await stage.sees(stage.commander, "XEM TRƯỚC", buttons=["Tất cả nhóm ✅", "Chỉ cán bộ", "Gửi", "Huỷ"])
    return code_in(preview), preview


async def sent(stage: Stage, words: str = WORDS) -> tuple[str, Seen]:
    """The directive has left for everywhere: its code, and the commander's board."""
    code, preview = await previewed(stage, words)
    await stage.taps(stage.commander, preview, "Gửi")
    await stage.sees(stage.commander, "ĐÃ GỬI", code)
    board = await stage.sees(stage.commander, "THEO DÕI", code, "Đã gửi đến 5/5", buttons=BOARD)
    return code, board


async def test_a_directive_goes_from_the_commander_to_every_group_and_answers_come_back(stage: Stage) -> None:
    code, _ = await sent(stage)
    in_community = await stage.sees(stage.member, code, WORDS, at=stage.group("X01-1"), buttons=["Đã nhận"])
    assert in_community.labels == ["Đã nhận", "Xin hỏi thêm"]
    in_office = await stage.sees(stage.chair, code, at=stage.group("X01"), buttons=["Đã nhận", "Đã làm xong"])
    await stage.taps(stage.member, in_community, "Đã nhận")
    await stage.taps(stage.chair, in_office, "Đã làm xong")
    await stage.sees(stage.commander, "THEO DÕI", "Đã nhận 2/5", "Làm xong 1/5")
    await stage.sees(stage.neighbour, code, "đã nhận lúc", stage.member.name, at=stage.group("X01-1"))


async def test_a_neighbours_tap_is_counted_apart_and_acknowledges_nothing(stage: Stage) -> None:
    code, _ = await sent(stage)
    card = await stage.sees(stage.neighbour, code, at=stage.group("X01-1"), buttons=["Đã nhận"])
    for someone in (stage.neighbour, stage.resident, stage.neighbour):
        await stage.taps(someone, card, "Đã nhận")
    await stage.sees(stage.neighbour, code, "2 người khác đã xem", "chưa báo nhận", at=stage.group("X01-1"))
    board = await stage.sees(stage.commander, "THEO DÕI", "2 người khác đã xem")
    assert "Đã nhận 0/5" in board.text


async def test_the_deadline_can_be_typed_and_is_read_from_the_words(stage: Stage) -> None:
    code, preview = await previewed(stage, f"{WORDS} Chậm nhất 16 giờ ngày 25/11.")
    assert "Thời hạn: 16:00 ngày 25/11" in preview.text
    await stage.taps(stage.commander, preview, "Nhập hạn khác")
    await stage.sees(stage.commander, "nhập thời hạn", code)
    stage.writes(stage.commander, "30/2")
    await stage.sees(stage.commander, "Ngày này không có trong lịch")
    stage.writes(stage.commander, "17 giờ ngày 24/11")
    await stage.sees(stage.commander, "Đã đặt thời hạn", code, "17:00 ngày 24/11")
    await stage.sees(stage.commander, "XEM TRƯỚC", code, "Thời hạn: 17:00 ngày 24/11")


async def test_a_document_goes_on_as_it_is_and_by_default_to_staff_alone(stage: Stage) -> None:
    content = "Lịch họp tuần này".encode()
    stage.hands.send_document(stage.commander.account, BOT, content, "lich-hop.txt", caption="/chidao")
    preview = await stage.sees(stage.commander, "XEM TRƯỚC", "lich-hop.txt", buttons=["Chỉ cán bộ ✅"])
    await stage.sees(stage.commander, "Chưa đọc được nhiệm vụ")
    await stage.taps(stage.commander, preview, "Gửi")
    code = code_in(preview)
    for someone, at in ((stage.chair, stage.group("X01")), (stage.member, BOT)):
        await stage.sees(someone, code, at=at, buttons=["Đã nhận"])
        passed = await stage.sees(someone, at=at, kind="document")
        assert passed.file_name == "lich-hop.txt"
        assert not passed.protected
    await stage.quiet()
    assert not stage.said(stage.neighbour, code, at=stage.group("X01-1"))


async def test_the_commander_chooses_which_places_receive_it(stage: Stage) -> None:
    code, preview = await previewed(stage)
    await stage.taps(stage.commander, preview, "Chọn nơi nhận")
    name = stage.district.place("X02").name
    choosing = await stage.sees(stage.commander, code, buttons=[name])
    await stage.taps(stage.commander, choosing, name)
    choosing = await stage.sees(stage.commander, code, buttons=[f"{name} ✅"])
    await stage.taps(stage.commander, choosing, "Gửi")
    await stage.sees(stage.far_member, code, at=stage.group("X02-1"), buttons=["Đã nhận"])
    await stage.sees(stage.commander, "THEO DÕI", code, "/2 · Đã nhận")
    await stage.quiet()
    assert not stage.said(stage.chair, code)
    assert not stage.said(stage.chair, code, at=stage.group("X01"))


async def test_only_the_missing_are_named_and_chased_and_once(stage: Stage) -> None:
    code, board = await sent(stage, f"{WORDS} Chậm nhất 17 giờ hôm nay.")
    card = await stage.sees(stage.member, code, at=stage.group("X01-1"), buttons=["Đã nhận"])
    await stage.taps(stage.member, card, "Đã nhận")
    await stage.taps(stage.commander, board, "Đơn vị chưa nhận")
    missing = await stage.sees(stage.commander, "4 đơn vị chưa nhận", code)
    places = {place: stage.district.place(place).name for place in BELOW}
    assert places["X02-1"] in missing.text
    assert stage.far_member.phone[-3:] in missing.text
    assert places["X01-1"] not in missing.text
    await stage.until(13, 30)
    await stage.sees(stage.far_member, "Nhắc", code, places["X02-1"], at=stage.group("X02-1"))
    assert not stage.said(stage.member, "Nhắc", code, at=stage.group("X01-1"))
    await stage.later(timedelta(hours=1))
    assert len(stage.said(stage.far_member, "Nhắc", code, at=stage.group("X02-1"))) == 1
    board = await stage.sees(stage.commander, "THEO DÕI", "Đã đôn đốc", buttons=BOARD)
    await stage.taps(stage.commander, board, "Đôn đốc")
    await stage.quiet()
    await stage.taps(stage.commander, board, "Đôn đốc")
    await stage.sees(stage.commander, "vừa được đôn đốc", code)
    await stage.quiet()
    assert len(stage.said(stage.far_member, "Nhắc", code, at=stage.group("X02-1"))) == 2


async def test_a_correction_edits_every_card_and_a_withdrawal_marks_them(stage: Stage) -> None:
    code, board = await sent(stage)
    await stage.answers(stage.commander, board, "Đính chính", "Báo trước 16 giờ, không phải 17 giờ.")
    for someone, place in ((stage.member, "X01-1"), (stage.chair, "X01"), (stage.far_member, "X02-1")):
        await stage.sees(someone, code, "ĐÍNH CHÍNH", "Báo trước 16 giờ", WORDS, at=stage.group(place))
    await stage.taps(stage.commander, board, "Thu hồi")
    asked = await stage.sees(stage.commander, "Thu hồi chỉ đạo", code, buttons=["Thu hồi", "Không thu hồi"])
    await stage.taps(stage.commander, asked, "Thu hồi")
    for someone, place in ((stage.member, "X01-1"), (stage.chair, "X01"), (stage.far_member, "X02-1")):
        await stage.sees(someone, code, "ĐÃ THU HỒI", at=stage.group(place), without=["Đã nhận"])
    await stage.quiet()
    assert len([seen for seen in stage.said(stage.member, code, at=stage.group("X01-1")) if not seen.reply_to]) == 1


async def test_a_question_reaches_the_issuer_with_who_asks(stage: Stage) -> None:
    code, _ = await sent(stage)
    card = await stage.sees(stage.member, code, at=stage.group("X01-1"), buttons=["Xin hỏi thêm"])
    await stage.answers(stage.member, card, "Xin hỏi thêm", "Người về từ tỉnh bên có tính không?")
    await stage.sees(stage.commander, "HỎI VỀ", code, "Người về từ tỉnh bên", stage.member.name)
    await stage.sees(stage.member, "Đã chuyển câu hỏi", code, stage.commander.name)


async def test_at_night_a_directive_arrives_without_a_sound(stage: Stage) -> None:
    await stage.until(22)
    code, _ = await sent(stage)
    assert (await stage.sees(stage.member, code, at=stage.group("X01-1"))).silent
    await stage.until(10)
    other = (await sent(stage))[0]
    assert not (await stage.sees(stage.member, other, at=stage.group("X01-1"))).silent


async def test_whoever_may_not_direct_is_told_who_can(stage: Stage) -> None:
    for someone in (stage.resident, stage.member):
        stage.start(someone)
        stage.writes(someone, f"/chidao {WORDS}")
        refused = await stage.sees(someone, "Việc này do chỉ huy thực hiện")
        assert stage.chair.name in refused.text
    code, board = await sent(stage)
    own = await stage.sees(stage.resident, "Việc này do chỉ huy")
    forged = stage.data_of(stage.commander, board, "Thu hồi")
    await stage.hands.wait_for_toast(stage.hands.press_data(stage.resident.account, own, forged))
    await stage.sees(stage.resident, "Việc này do chỉ huy thực hiện", stage.commander.name)
    assert not stage.said(stage.commander, "Thu hồi chỉ đạo", code)


async def test_a_directive_sent_by_two_taps_and_repeated_updates_arrives_once(stage: Stage) -> None:
    code, preview = await previewed(stage)
    stage.sandbox.faults.duplicate_updates = 10
    for press in [stage.hands.press(stage.commander.account, preview, "Gửi") for _ in range(2)]:
        await stage.hands.wait_for_toast(press)
    await stage.sees(stage.commander, "THEO DÕI", code)
    await stage.quiet()
    for someone, place in ((stage.member, "X01-1"), (stage.chair, "X01"), (stage.far_member, "X02-1")):
        assert len(stage.said(someone, code, at=stage.group(place))) == 1
