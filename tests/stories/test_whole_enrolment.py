"""Who belongs where: the first administrator, groups bound, moved, lost and found, roles given and ended."""

from __future__ import annotations

from bot.demo.stage import BOT_ID as BOT
from tests.stories.stage import Stage, link

RIGHTS = ["can_pin_messages", "can_delete_messages"]
WELCOME = ["Báo tin cho tổ", "Cần giúp gấp"]


def new_group(stage: Stage, *, supergroup: bool = True) -> int:
    """A group of the administrator's that the bot does not know yet."""
    members = [stage.member.account, stage.resident.account]
    room = stage.sandbox.new_group("Nhóm mới", owner=stage.administrator.account, members=members)
    return stage.hands.upgrade(stage.administrator.account, room.id) if supergroup else room.id


async def test_the_first_code_makes_one_administrator_and_opens_nothing_twice(stage: Stage) -> None:
    await stage.become_administrator()
    stage.writes(stage.administrator, "/donvi")
    await stage.sees(stage.administrator, "Mọi đơn vị đều có nhóm và đủ người nhận tin")
    stage.start(stage.stranger)
    stage.writes(stage.stranger, "/donvi")
    await stage.sees(stage.stranger, "Việc này do quản trị phụ trách", stage.administrator.name)


async def test_a_startgroup_link_adds_the_bot_binds_the_group_and_releases_the_old_one(stage: Stage) -> None:
    await stage.become_administrator()
    group = new_group(stage)
    stage.writes(stage.administrator, "/gannhom X02-1")
    offered = await stage.sees(stage.administrator, "Đường dẫn dùng một lần", buttons=["Thêm vào nhóm"])
    stage.follow(stage.administrator, offered, "Thêm vào nhóm", into=group)
    asked = await stage.sees(stage.administrator, "Gắn nhóm “Nhóm mới”", buttons=["Vẫn gắn"])
    await stage.taps(stage.administrator, asked, "Vẫn gắn")
    place = stage.district.place("X02-1")
    await stage.sees(stage.resident, place.name, "Tổ không bao giờ hỏi tiền", at=group, buttons=WELCOME)
    await stage.sees(stage.far_member, "không còn là nhóm của", at=place.chat)


async def test_the_bot_says_in_one_message_which_rights_it_lacks_and_is_content_once_it_has_them(stage: Stage) -> None:
    await stage.become_administrator()
    group = new_group(stage)
    stage.hands.add_bot(stage.administrator.account, group, BOT)
    stage.writes(stage.administrator, "/gannhom X02-1", at=group)
    asked = await stage.sees(stage.administrator, "Gắn nhóm “Nhóm mới”", buttons=["Vẫn gắn"])
    await stage.taps(stage.administrator, asked, "Vẫn gắn")
    await stage.sees(stage.resident, "Bot chưa phải quản trị viên nhóm", at=group)
    stage.hands.promote(stage.administrator.account, group, BOT, rights=RIGHTS)
    await stage.sees(stage.resident, "Nhóm này là nhóm của", at=group)
    await stage.quiet()
    assert not stage.said(stage.resident, "Bot chưa", at=group)
    assert any(seen.pinned for seen in stage.read(stage.resident, group))


async def test_a_resident_cannot_bind_a_group_and_is_told_who_can(stage: Stage) -> None:
    await stage.become_administrator()
    stage.start(stage.resident)
    stage.writes(stage.resident, "/gannhom X02-1", at=stage.group("X01-1"))
    await stage.sees(stage.resident, "Gắn nhóm là việc của quản trị", stage.administrator.name)


async def test_an_administrator_who_hides_is_asked_for_one_tap_in_private(stage: Stage) -> None:
    await stage.become_administrator()
    group = new_group(stage)
    stage.hands.add_bot(stage.administrator.account, group, BOT, rights=RIGHTS)
    owner = stage.administrator.account
    stage.hands.promote(owner, group, owner, anonymous=True)
    stage.writes(stage.administrator, "/gannhom X02-1", at=group)
    asked = await stage.sees(stage.administrator, "đang ẩn danh", at=group, buttons=["Xác nhận"])
    stage.follow(stage.administrator, asked, "Xác nhận")
    replacing = await stage.sees(stage.administrator, "Gắn nhóm “Nhóm mới”", buttons=["Vẫn gắn"])
    await stage.taps(stage.administrator, replacing, "Vẫn gắn")
    await stage.sees(stage.resident, stage.district.place("X02-1").name, at=group, buttons=WELCOME)


async def test_a_group_that_becomes_a_supergroup_goes_on_where_it_was(stage: Stage) -> None:
    await stage.become_administrator()
    place = stage.district.place("X01-1")
    await stage.until(18, 30)
    await stage.sees(stage.resident, "0/4 nhà đã báo", at=place.chat)
    moved_to = stage.hands.upgrade(stage.member.account, place.chat)
    await stage.sees(stage.resident, place.name, at=moved_to, buttons=WELCOME)
    await stage.quiet()
    board = stage.said(stage.resident, "0/4 nhà đã báo", at=moved_to)[-1]
    assert board.chat == moved_to
    await stage.taps(stage.resident, board, "Cả nhà khỏe")
    await stage.sees(stage.resident, "1/4 nhà đã báo", at=moved_to)
    await stage.quiet()
    assert len(stage.said(stage.administrator, "đã thành siêu nhóm")) == 1


async def test_a_group_the_bot_was_put_out_of_is_reported_and_taken_up_again_on_return(stage: Stage) -> None:
    await stage.become_administrator()
    group = stage.group("X01-1")
    stage.hands.kick_bot(stage.member.account, group, BOT)
    await stage.sees(stage.administrator, "Bot bị đưa ra khỏi nhóm", stage.district.place("X01-1").name)
    await stage.until(18, 30)
    stage.hands.add_bot(stage.member.account, group, BOT, rights=RIGHTS)
    await stage.sees(stage.administrator, "Bot lại gửi tin được")
    await stage.sees(stage.resident, "0/4 nhà đã báo", at=group, buttons=["Cả nhà khỏe"])


async def test_a_new_title_is_noted_and_told(stage: Stage) -> None:
    await stage.become_administrator()
    stage.hands.rename(stage.member.account, stage.group("X01-1"), "Bản Mẫu đoàn kết")
    await stage.sees(stage.administrator, "nay có tên “Bản Mẫu đoàn kết”")


async def test_a_commander_gives_a_role_and_takes_it_back_with_its_claims(stage: Stage) -> None:
    stage.start(stage.neighbour)
    stage.writes(stage.chair, f"/phanquyen {stage.neighbour.account} tổ viên X01-1")
    question = await stage.sees(stage.chair, stage.neighbour.name, buttons=["Giao vai trò"])
    await stage.taps(stage.chair, question, "Giao vai trò")
    await stage.sees(stage.neighbour, "Đồng chí nhận vai trò", stage.chair.name)
    stage.start(stage.resident)
    stage.writes(stage.resident, "Nhà tôi xin ít gạo với thuốc")
    card = await stage.sees(stage.neighbour, "TD-", buttons=["Tôi nhận việc"])
    await stage.taps(stage.neighbour, card, "Tôi nhận việc")
    await stage.sees(stage.resident, "đã có người nhận lo", stage.neighbour.name)
    granted = await stage.sees(stage.chair, "đã nhận vai trò", buttons=["Hoàn tác"])
    await stage.taps(stage.chair, granted, "Hoàn tác")
    await stage.sees(stage.neighbour, "Đồng chí thôi vai trò")
    await stage.sees(stage.member, "TD-", "trả lại việc", buttons=["Tôi nhận việc"])
    await stage.sees(stage.neighbour, "không còn thuộc phần việc", without=["Trả lời"])


async def test_who_may_not_give_roles_is_told_who_does(stage: Stage) -> None:
    stage.start(stage.member)
    stage.writes(stage.member, f"/phanquyen {stage.neighbour.account} tổ viên X01-1")
    await stage.sees(stage.member, "do người chỉ huy giao", stage.commander.name)


async def test_a_member_who_administers_a_group_is_only_proposed(stage: Stage) -> None:
    owner = stage.member.account
    stage.hands.promote(owner, stage.group("X01-1"), stage.neighbour.account)
    proposed = await stage.sees(stage.chair, stage.neighbour.name, "quản trị nhóm", buttons=["Tổ viên", "Không"])
    await stage.taps(stage.chair, proposed, "Không")
    await stage.sees(stage.chair, "không giữ vai trò", stage.neighbour.name, without=["Tổ viên"])


async def test_old_links_and_wrong_codes_say_what_to_do(stage: Stage) -> None:
    stage.hands.open_link(stage.stranger.account, link("moi-nothing"))
    await stage.sees(stage.stranger, "Mã hoặc đường dẫn này không đúng", "lần thử")
    stage.hands.open_link(stage.stranger.account, link("nowhere"))
    await stage.sees(stage.stranger, "có thể nó đã cũ")


async def test_everybody_is_shown_the_commands_of_their_roles_alone(stage: Stage) -> None:
    stage.start(stage.resident)
    stage.start(stage.commander)
    await stage.sees(stage.resident, "Kính chào bác")
    await stage.sees(stage.commander, "Chào đồng chí")
    await stage.quiet()
    residents = {command.command for command in stage.hands.menu(stage.resident.account, BOT)}
    commanders = {command.command for command in stage.hands.menu(stage.commander.account, BOT)}
    assert residents == {"baotin", "hoitham", "cachhoi", "tincuatoi", "nguoive", "truc", "ngonngu", "help"}
    assert {"chidao", "dondoc", "tindangcho", "phanquyen"} <= commanders
    in_group = {command.command for command in stage.hands.menu(stage.resident.account, stage.group("X01-1"))}
    assert in_group == {"baotin", "ghitin", "truc", "help"}


async def test_whoever_chooses_english_is_answered_in_english(stage: Stage) -> None:
    stage.start(stage.resident)
    stage.writes(stage.resident, "/ngonngu")
    asked = await stage.sees(stage.resident, buttons=["English"])
    await stage.taps(stage.resident, asked, "English")
    await stage.sees(stage.resident, "English")
    await stage.quiet()
    stage.writes(stage.resident, "/tincuatoi")
    await stage.sees(stage.resident, "You have")
