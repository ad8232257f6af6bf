"""A check-in round, from the board in the group to the figures that go up the tiers."""

from __future__ import annotations

from bot.sandbox import Seen
from tests.stories.stage import HOMES_EACH, Stage

THREE = ["Cả nhà khỏe", "Có người ốm", "Cần hỗ trợ"]


async def opened(stage: Stage) -> Seen:
    """The evening's round has begun: the board in the group."""
    await stage.until(18, 30)
    return await stage.sees(stage.resident, "nhà đã báo", at=stage.group("X01-1"), buttons=THREE)


async def board_shows(stage: Stage, answered: int) -> Seen:
    return await stage.sees(stage.resident, f"{answered}/{HOMES_EACH} nhà đã báo", at=stage.group("X01-1"))


async def test_one_tap_on_the_board_is_a_whole_answer_and_the_board_counts_it_once(stage: Stage) -> None:
    board = await opened(stage)
    assert board.labels == THREE
    for someone in (stage.resident, stage.neighbour, stage.resident):
        await stage.taps(someone, board, "Cả nhà khỏe")
    counted = await board_shows(stage, 2)
    assert counted.id == board.id
    assert "ốm" not in counted.text


async def test_someone_ill_is_reported_at_the_tap_and_the_board_does_not_tell(stage: Stage) -> None:
    stage.start(stage.resident)
    board = await opened(stage)
    await stage.taps(stage.resident, board, "Có người ốm")
    code = await stage.code(stage.resident, "ai ốm, ốm từ khi nào")
    await stage.sees(stage.member, code, "có người ốm", stage.resident.name, buttons=["Tôi nhận việc"])
    assert "ốm" not in (await board_shows(stage, 1)).text
    stage.writes(stage.resident, "Cháu bé sốt 39 độ từ sáng")
    await stage.sees(stage.member, code, "Cháu bé sốt 39 độ")
    await stage.taps(stage.resident, board, "Có người ốm")
    await stage.quiet()
    assert len(stage.said(stage.resident, "Tổ đã nhận tin", code)) == 1


async def test_a_home_can_answer_in_private_and_change_its_mind(stage: Stage) -> None:
    stage.start(stage.resident)
    await opened(stage)
    stage.writes(stage.resident, "/hoitham")
    asked = await stage.sees(stage.resident, "nhà số 1", buttons=THREE)
    await stage.taps(stage.resident, asked, "Cả nhà khỏe")
    kept = await stage.sees(stage.resident, "Tổ đã ghi", "cả nhà khỏe", buttons=THREE)
    await stage.taps(stage.resident, kept, "Cần hỗ trợ")
    await stage.sees(stage.resident, "Tổ đã ghi", "cần hỗ trợ")
    await stage.sees(stage.member, "có nhà cần hỗ trợ", stage.resident.name)
    await board_shows(stage, 1)


async def test_silent_homes_are_reminded_then_called_then_answered_for_and_the_figures_go_up(stage: Stage) -> None:
    board = await opened(stage)
    await stage.taps(stage.resident, board, "Cả nhà khỏe")
    await stage.until(5, 30)
    await stage.sees(stage.resident, "Còn 3 nhà chưa báo", at=stage.group("X01-1"))
    await stage.until(7)
    calls = await stage.sees(stage.member, "còn 3 nhà chưa báo", stage.neighbour.phone[-3:])
    assert stage.resident.name not in calls.text
    await answer_by_taps(stage, calls)
    await board_shows(stage, 2)
    stage.writes(stage.member, "khoe 3, om 4")
    read = await stage.sees(stage.member, "Tổ hiểu như sau", "Khỏe: 3", "Có người ốm: 4", buttons=["Gửi", "Huỷ"])
    await stage.taps(stage.member, read, "Gửi")
    await stage.sees(stage.member, "đã ghi 2 nhà")
    await board_shows(stage, HOMES_EACH)
    await stage.sees(stage.second_member, "TD-", "có người ốm", "nhà số 4", buttons=["Tôi nhận việc"])
    await stage.until(14, 31)
    await stage.sees(stage.resident, "đã khép: 4/4", at=stage.group("X01-1"), without=THREE)
    await stage.sees(stage.chair, "Đã báo 4/8", "Tự báo 1, báo giúp 3", at=stage.group("X01"))
    await stage.sees(stage.chair, "Đã báo 4/8", "Nhà có người ốm: 1")
    await stage.sees(stage.commander, "Đã báo 4/12", at=stage.group("TD"))


async def answer_by_taps(stage: Stage, calls: Seen) -> None:
    """Answer for the home at the top of the call list, by two taps and the source."""
    await stage.taps(stage.member, calls, calls.labels[0])
    home = await stage.sees(stage.member, stage.neighbour.phone[-3:], buttons=THREE)
    await stage.taps(stage.member, home, "Cả nhà khỏe")
    asked = await stage.sees(stage.member, "biết bằng cách nào", buttons=["Gặp", "Gọi", "Hàng xóm"])
    await stage.taps(stage.member, asked, "Gọi")


async def test_an_answer_clears_what_was_still_to_be_asked(stage: Stage) -> None:
    board = await opened(stage)
    for someone in stage.residents:
        await stage.taps(someone, board, "Cả nhà khỏe")
    await board_shows(stage, 3)
    await stage.until(7)
    calls = await stage.sees(stage.member, "còn 1 nhà chưa báo")
    for someone in stage.residents:
        assert someone.name not in calls.text


async def test_who_belongs_to_no_home_chooses_one_and_the_team_confirms(stage: Stage) -> None:
    board = await opened(stage)
    stage.start(stage.stranger)
    stage.hands.join(stage.stranger.account, stage.group("X01-1"))
    await stage.taps(stage.stranger, board, "Cả nhà khỏe")
    asked = await stage.sees(stage.stranger, "nhà số mấy", buttons=["Nhà 4"])
    await stage.taps(stage.stranger, asked, "Nhà 4")
    claimed = await stage.sees(stage.member, stage.stranger.name, "nhà số 4", buttons=["Đúng nhà này", "Không phải"])
    assert "0/4" in (await board_shows(stage, 0)).text
    await stage.taps(stage.member, claimed, "Đúng nhà này")
    await stage.sees(stage.stranger, "Tổ đã xác nhận", "nhà số 4")
    await board_shows(stage, 1)


async def test_a_tap_after_closing_explains_itself_and_illness_is_still_heard(stage: Stage) -> None:
    stage.start(stage.resident)
    board = await opened(stage)
    forged = stage.data_of(stage.resident, board, "Có người ốm")
    await stage.until(14, 31)
    await stage.until(18, 31)
    own = await stage.sees(stage.resident, buttons=["Cần giúp gấp"])
    await stage.hands.wait_for_toast(stage.hands.press_data(stage.resident.account, own, forged))
    await stage.sees(stage.member, "TD-", stage.resident.name, "có người ốm", buttons=["Tôi nhận việc"])


async def test_every_tap_counts_once_however_often_the_service_repeats_it(stage: Stage) -> None:
    stage.start(stage.resident)
    board = await opened(stage)
    stage.sandbox.faults.duplicate_updates = 12
    stage.sandbox.faults.reorder_updates = 4
    for someone in (*stage.residents, *stage.residents):
        await stage.taps(someone, board, "Có người ốm" if someone is stage.resident else "Cả nhà khỏe")
    await board_shows(stage, 3)
    await stage.quiet()
    assert len(stage.said(stage.resident, "Tổ đã nhận tin")) == 1
