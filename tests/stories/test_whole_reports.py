"""Reports, from the hand that writes to the screens of everybody concerned."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.stage import BOT_ID as BOT
from bot.sandbox import Seen
from tests.stories.stage import CODE, Stage

ILL = "Bà tôi sốt cao từ tối qua, nhờ tổ giúp"
HUNGRY = "Nhà tôi xin ít gạo với thuốc"
DESK = ["Tôi nhận việc", "Trả lời", "Báo cấp trên", "Ghi kết quả"]
#: Longer than a P2 report's patience.
TOO_LONG = timedelta(minutes=31)


async def reported(stage: Stage, words: str = ILL) -> tuple[str, Seen]:
    """A resident has told the team something: its code, and the card at the desk."""
    stage.start(stage.resident)
    stage.writes(stage.resident, words)
    code = await stage.code(stage.resident, stage.member.name)
    return code, await stage.sees(stage.member, code, buttons=DESK)


async def test_a_report_is_received_taken_answered_and_closed_by_its_sender(stage: Stage) -> None:
    code, card = await reported(stage)
    assert ILL in card.text
    assert card.protected
    await stage.taps(stage.member, card, "Tôi nhận việc")
    await stage.sees(stage.second_member, code, stage.member.name, without=["Tôi nhận việc"])
    await stage.sees(stage.resident, code, "đã có người nhận lo", stage.member.name)
    await stage.answers(stage.member, card, "Trả lời", "Chiều nay tổ đến nhà bác")
    await stage.sees(stage.resident, code, "Chiều nay tổ đến nhà bác")
    await stage.answers(stage.member, card, "Ghi kết quả", "Đã đưa bà đi khám")
    told = await stage.sees(stage.resident, code, "Đã đưa bà đi khám", buttons=["Đã được giúp", "Vẫn chưa được"])
    await stage.taps(stage.resident, told, "Đã được giúp")
    await stage.sees(stage.member, code, "đã xong", without=["Ghi kết quả"])
    stage.writes(stage.resident, "/tincuatoi")
    await stage.sees(stage.resident, "Tin bác đã báo", code, "đã xong")


async def test_who_was_not_helped_opens_the_report_again_and_its_card_keeps_every_step(stage: Stage) -> None:
    code, card = await reported(stage)
    await stage.answers(stage.member, card, "Ghi kết quả", "Đã nhắn trạm y tế")
    told = await stage.sees(stage.resident, code, buttons=["Đã được giúp", "Vẫn chưa được"])
    await stage.taps(stage.resident, told, "Vẫn chưa được")
    card = await stage.sees(stage.member, code, "mở lại: người báo chưa được giúp", buttons=DESK)
    assert "ghi kết quả" in card.text
    assert "Đã nhắn trạm y tế" in card.text
    await stage.sees(stage.resident, "Tổ mở lại tin", code, without=["Vẫn chưa được"])


async def test_baotin_in_a_group_is_taken_away_from_the_neighbours_and_answered_in_private(stage: Stage) -> None:
    stage.start(stage.resident)
    group = stage.group("X01-1")
    stage.writes(stage.resident, f"/baotin {ILL}", at=group)
    code = await stage.code(stage.resident)
    await stage.sees(stage.member, code, ILL, buttons=DESK)
    await stage.quiet()
    on_screen = [seen.text for seen in stage.hands.read(stage.neighbour.account, group)]
    assert not any(ILL in text or code in text for text in on_screen)


async def test_who_never_pressed_start_is_left_a_link_and_nothing_of_what_they_wrote(stage: Stage) -> None:
    group = stage.group("X01-1")
    stage.writes(stage.resident, f"/baotin {ILL}", at=group)
    card = await stage.sees(stage.member, ILL, buttons=DESK)
    left = await stage.sees(stage.neighbour, "Mời bà con bấm nút", at=group, buttons=["Báo tin cho tổ"])
    await stage.quiet()
    assert stage.said(stage.neighbour, "Mời bà con bấm nút", at=group) == [left]
    assert not any(ILL in seen.text for seen in stage.hands.read(stage.neighbour.account, group))
    stage.follow(stage.resident, left, "Báo tin cho tổ")
    await stage.sees(stage.resident, "Bác cứ nhắn", buttons=["Cần giúp gấp"])
    assert CODE.search(card.text)


async def test_one_tap_for_urgent_help_says_first_whom_to_call_and_wakes_every_tier(stage: Stage) -> None:
    await stage.until(23, 30)
    stage.start(stage.resident)
    welcome = await stage.sees(stage.resident, buttons=["Cần giúp gấp"])
    await stage.taps(stage.resident, welcome, "Cần giúp gấp")
    receipt = await stage.sees(stage.resident, "TD-")
    assert receipt.text.startswith("Bác gọi ngay 115!")
    assert stage.health.phone[-3:] in receipt.text.split("\n")[0]
    code = CODE.findall(receipt.text)[0]
    for someone in (stage.member, stage.village_head, stage.officer, stage.health, stage.duty_officer):
        rung = await stage.sees(someone, code, "tin khẩn")
        assert not rung.silent
        assert rung.reply_to


async def test_a_picture_a_voice_and_a_place_go_along_to_the_desk(stage: Stage) -> None:
    stage.start(stage.resident)
    stage.hands.send_voice(stage.resident.account, BOT)
    code = await stage.code(stage.resident, stage.member.name)
    card = await stage.sees(stage.member, code, "Chưa nghe, chưa xem", buttons=DESK)
    assert "gấp" in card.text.split("\n")[0]
    stage.hands.send_photo(stage.resident.account, BOT, caption="Thuốc bà đang uống")
    stage.hands.send_location(stage.resident.account, BOT)
    for kind in ("voice", "photo", "location"):
        passed = await stage.sees(stage.member, kind=kind)
        assert passed.protected
    await stage.quiet()
    assert not [seen for seen in stage.read(stage.member, stage.group("X01")) if seen.kind == "photo"]


async def test_a_reply_to_a_card_reaches_the_sender_only_at_a_tap(stage: Stage) -> None:
    code, card = await reported(stage)
    both = ["Gửi người báo", "Ghi chú nội bộ"]
    stage.writes(stage.member, "Nhà này năm ngoái cũng báo", reply_to=card)
    asked = await stage.sees(stage.member, code, "gửi cho ai", buttons=both)
    await stage.taps(stage.member, asked, "Ghi chú nội bộ")
    await stage.sees(stage.second_member, "ghi chú nội bộ", "Nhà này năm ngoái cũng báo")
    stage.writes(stage.member, "Tổ đang đến", reply_to=card)
    asked = await stage.sees(stage.member, "gửi cho ai", buttons=both, after=asked.id)
    await stage.taps(stage.member, asked, "Gửi người báo")
    await stage.sees(stage.resident, code, "Tổ đang đến")
    await stage.taps(stage.member, asked, "Gửi người báo")
    await stage.quiet()
    assert not stage.said(stage.resident, "Nhà này năm ngoái")
    assert len(stage.said(stage.resident, "Tổ đang đến")) == 1


async def test_staff_pass_a_report_up_with_a_reason_and_the_commune_hands_it_down(stage: Stage) -> None:
    code, card = await reported(stage)
    await stage.answers(stage.member, card, "Báo cấp trên", "Cần xe của xã")
    await stage.sees(stage.village_head, code, "Cần xe của xã", buttons=DESK)
    await stage.sees(stage.resident, "đã chuyển đến", code, stage.village_head.name)
    card = await stage.sees(stage.village_head, code, buttons=DESK)
    await stage.answers(stage.village_head, card, "Báo cấp trên", "Bản không có xe")
    card = await stage.sees(stage.officer, code, "Cần xe của xã", "Bản không có xe", buttons=[*DESK, "Giao cấp dưới"])
    await stage.taps(stage.officer, card, "Giao cấp dưới")
    below = stage.district.place("X01-2").name
    offered = await stage.sees(stage.officer, "cho đơn vị nào", code, buttons=[below])
    await stage.taps(stage.officer, offered, below)
    await stage.sees(stage.neighbouring_member, code, ILL, buttons=DESK)


async def test_an_unanswered_report_climbs_by_the_clock_and_at_night_wakes_nobody_above_the_commune(
    stage: Stage,
) -> None:
    await stage.until(20, 10)
    code, _ = await reported(stage)
    await stage.later(TOO_LONG)
    await stage.sees(stage.village_head, code, buttons=DESK)
    await stage.later(TOO_LONG)
    await stage.sees(stage.officer, code, buttons=DESK)
    await stage.later(TOO_LONG)
    await stage.sees(stage.officer, code, "quá giờ mà chưa ai nhận việc")
    assert not stage.said(stage.duty_officer, code)
    await stage.until(6, 40)
    await stage.later(TOO_LONG)
    await stage.sees(stage.duty_officer, code, buttons=["Tôi nhận việc"])


async def test_what_can_wait_sleeps_at_night(stage: Stage) -> None:
    await stage.until(20, 30)
    code, _ = await reported(stage, HUNGRY)
    await stage.until(5, 59)
    assert not stage.said(stage.village_head, code)
    await stage.until(9, 31)
    await stage.sees(stage.village_head, code, buttons=DESK)


async def test_a_group_reads_one_line_without_names_words_or_health_and_the_link_opens_for_staff_alone(
    stage: Stage,
) -> None:
    code, _ = await reported(stage)
    group = stage.group("X01")
    line = await stage.sees(stage.officer, code, at=group, buttons=["Xem"])
    assert "\n" not in line.text
    for unsaid in (stage.resident.name, "sốt", "ốm", stage.resident.phone[-6:]):
        assert unsaid not in line.text
    assert not stage.said(stage.resident, code, at=stage.group("X01-1"))
    stage.follow(stage.member, line, "Xem")
    await stage.sees(stage.member, code, ILL, buttons=DESK)
    stage.follow(stage.neighbouring_member, line, "Xem")
    refused = await stage.sees(stage.neighbouring_member, code, "do nơi khác phụ trách")
    assert stage.member.name in refused.text
    assert not stage.said(stage.neighbouring_member, ILL)


async def test_a_stranger_is_accepted_by_the_district_first_and_asked_where_they_are_after(stage: Stage) -> None:
    stage.start(stage.stranger)
    stage.writes(stage.stranger, "Trong bản có người ho sốt mấy hôm nay")
    receipt = await stage.sees(stage.stranger, "TD-", "số điện thoại")
    code = CODE.findall(receipt.text)[0]
    await stage.sees(stage.duty_officer, code, "Chưa rõ địa bàn", buttons=["Tôi nhận việc", "Giao cấp dưới"])
    stage.writes(stage.stranger, "Bản Mẫu 1, số 0912345678")
    await stage.sees(stage.duty_officer, code, "Bản Mẫu 1")
    commune, community = stage.district.place("X01").name, stage.district.place("X01-1").name
    asked = await stage.sees(stage.stranger, "Bác đang ở đâu", buttons=[commune])
    await stage.taps(stage.stranger, asked, commune)
    asked = await stage.sees(stage.stranger, f"Ở {commune}", buttons=[community, "Chọn lại"])
    await stage.taps(stage.stranger, asked, community)
    await stage.sees(stage.stranger, "Tổ đã ghi", code, community)
    await stage.sees(stage.member, code, "ho sốt", buttons=["Tôi nhận việc"])
    await stage.sees(stage.duty_officer, code, "không còn thuộc phần việc")


async def test_talk_in_a_group_is_offered_once_and_only_its_authors_tap_sends_it(stage: Stage) -> None:
    group = stage.group("X01-1")
    stage.writes(stage.resident, "Nhà tôi hết gạo mấy hôm rồi", at=group)
    stage.writes(stage.chair, "/nghenhom X01-1")
    shown = await stage.sees(stage.chair, "đang tắt", buttons=["Bật nghe nhóm"])
    assert stage.said(stage.neighbour, "không giữ gì", at=group) == []
    await stage.taps(stage.chair, shown, "Bật nghe nhóm")
    await stage.sees(stage.neighbour, "Tổ đọc tin trong nhóm", at=group)
    for who in (stage.resident, stage.neighbour):
        stage.start(who)
    said = stage.writes(stage.resident, "Nhà tôi hết gạo mấy hôm rồi bà con ơi", at=group)
    offered = await stage.sees(stage.neighbour, "không bấm thì Tổ không giữ gì", at=group, buttons=["Gửi cho tổ"])
    assert offered.reply_to == said
    await stage.taps(stage.neighbour, offered, "Gửi cho tổ")
    await stage.sees(stage.neighbour, "dành cho người viết tin đó")
    await stage.taps(stage.resident, offered, "Gửi cho tổ")
    code = await stage.code(stage.resident)
    await stage.sees(stage.member, code, "hết gạo mấy hôm rồi bà con ơi", buttons=DESK)
    await stage.quiet()
    assert stage.said(stage.neighbour, "không giữ gì", at=group) == []


async def test_mere_chat_is_asked_about_once_and_nothing_is_thrown_away(stage: Stage) -> None:
    stage.start(stage.resident)
    stage.hands.send_sticker(stage.resident.account, BOT)
    stage.writes(stage.resident, "Dạ vâng")
    asked = await stage.sees(stage.resident, "Bác có cần tổ giúp không ạ?", buttons=["Có", "Không"])
    await stage.quiet()
    assert len(stage.said(stage.resident, "Bác có cần tổ giúp")) == 1
    await stage.taps(stage.resident, asked, "Có")
    code = await stage.code(stage.resident)
    await stage.sees(stage.member, code, "Dạ vâng", buttons=DESK)


async def test_a_resident_who_blocked_the_bot_is_to_be_telephoned(stage: Stage) -> None:
    code, card = await reported(stage, HUNGRY)
    stage.hands.block(stage.resident.account, BOT)
    await stage.answers(stage.member, card, "Trả lời", "Chiều nay có gạo")
    await stage.sees(stage.member, "không nhận được tin nhắn, xin gọi", code, stage.resident.phone[-3:])
    await stage.sees(stage.second_member, code, "xin gọi điện")
    stage.start(stage.resident)
    await stage.answers(stage.member, card, "Trả lời", "Bác ra nhà văn hóa nhận gạo nhé")
    await stage.sees(stage.resident, code, "Bác ra nhà văn hóa nhận gạo nhé")


async def test_staff_elsewhere_who_forge_a_button_are_told_who_can_and_a_resident_learns_nothing(stage: Stage) -> None:
    code, card = await reported(stage)
    take = stage.data_of(stage.member, card, "Tôi nhận việc")
    for someone in (stage.neighbour, stage.far_member):
        stage.start(someone)
        own = await stage.sees(someone)
        await stage.hands.wait_for_toast(stage.hands.press_data(someone.account, own, take))
    await stage.sees(stage.far_member, code, "do nơi khác phụ trách", stage.member.name)
    await stage.sees(stage.neighbour, "dành cho người đang phụ trách tin")
    await stage.sees(stage.member, code, buttons=DESK)
    assert not stage.said(stage.neighbour, code)


async def test_two_taps_and_repeated_or_disordered_updates_have_one_effect(stage: Stage) -> None:
    stage.sandbox.faults.duplicate_updates = 20
    stage.sandbox.faults.reorder_updates = 5
    stage.start(stage.resident)
    await stage.sees(stage.resident, buttons=["Cần giúp gấp"])
    stage.writes(stage.resident, ILL)
    code = await stage.code(stage.resident)
    card = await stage.sees(stage.member, code, buttons=DESK)
    await stage.sees(stage.second_member, code, buttons=DESK)
    presses = [stage.hands.press(stage.member.account, card, "Tôi nhận việc") for _ in range(3)]
    for press in presses:
        await stage.hands.wait_for_toast(press)
    await stage.sees(stage.resident, "đã có người nhận lo")
    await stage.quiet()
    assert len(stage.said(stage.resident, "đã có người nhận lo")) == 1
    assert len(stage.said(stage.resident, "Tổ đã nhận tin của bác")) == 1
    assert len([seen for seen in stage.read(stage.member) if code in seen.text and seen.labels]) == 1


async def test_old_buttons_explain_themselves(stage: Stage) -> None:
    code, card = await reported(stage)
    await stage.answers(stage.member, card, "Ghi kết quả", "Đã xong việc")
    told = await stage.sees(stage.resident, code, buttons=["Đã được giúp"])
    await stage.taps(stage.resident, told, "Đã được giúp")
    await stage.sees(stage.second_member, code, "đã xong")
    await stage.hands.wait_for_toast(stage.hands.press_data(stage.second_member.account, card, "v1|take|1"))
    await stage.sees(stage.second_member, code, "đã có kết quả, không cần làm gì thêm")
    await stage.hands.wait_for_toast(stage.hands.press_data(stage.second_member.account, card, "v0|gone|1"))
    await stage.sees(stage.second_member, "đã cũ", buttons=["Trợ giúp"])
