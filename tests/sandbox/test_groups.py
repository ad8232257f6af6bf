"""Groups: who is in them, what a bot hears there, what becomes of them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import CannotDo
from tests.sandbox.conftest import Village


@pytest.fixture
def inside(village: Village) -> Village:
    """The village with its bot in the group, and everything so far confirmed."""
    village.hands.add_bot(village.pao.id, village.group.id, village.bot.id)
    village.updates()
    return village


def _kinds(updates: list[Any]) -> list[str]:
    return [name for update in updates for name in update if name != "update_id"]


def _texts(updates: list[Any]) -> list[str]:
    return [update["message"]["text"] for update in updates if "text" in update.get("message", {})]


def test_being_added_is_told_twice_as_member_and_as_news_in_the_chat(village: Village) -> None:
    village.hands.add_bot(village.pao.id, village.group.id, village.bot.id)
    member, message = village.updates()
    assert member["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert member["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert message["message"]["new_chat_members"][0]["id"] == village.bot.id


def test_privacy_mode_lets_through_only_what_is_meant_for_the_bot(inside: Village) -> None:
    hands, group = inside.hands, inside.group.id
    number = inside.call("sendMessage", chat_id=group, text="Chào bà con")["message_id"]
    for text in ("chuyện riêng", "/truc", "/truc@to_covid_bot", "/truc@other_bot", "xem /truc"):
        hands.say(inside.mai.id, group, text)
    hands.say(inside.mai.id, group, "Dạ vâng", reply_to=number)
    hands.say(inside.mai.id, group, "Với bác Sùng", reply_to=number + 1)
    assert _texts(inside.updates()) == ["/truc", "/truc@to_covid_bot", "Dạ vâng"]


def test_an_administrator_hears_everything(inside: Village) -> None:
    inside.hands.promote(inside.pao.id, inside.group.id, inside.bot.id)
    inside.hands.say(inside.mai.id, inside.group.id, "chuyện riêng")
    assert _texts(inside.updates()) == ["chuyện riêng"]


def test_no_bot_hears_itself_or_another_bot(inside: Village) -> None:
    other = inside.sandbox.new_bot("2000:other", "Khác", "other_bot", reads_all=True)
    inside.hands.add_bot(inside.pao.id, inside.group.id, other.id)
    other.queue.clear()
    inside.call("sendMessage", chat_id=inside.group.id, text="/help")
    assert other.queue == []
    assert _texts(inside.updates()) == []


def test_changes_of_others_are_told_to_administrators_who_asked(inside: Village) -> None:
    hands, group = inside.hands, inside.group.id
    inside.call("getUpdates", allowed_updates=["chat_member"])
    hands.leave(inside.elder.id, group)
    assert inside.updates() == []
    hands.promote(inside.pao.id, group, inside.bot.id)
    hands.join(inside.elder.id, group)
    hands.promote(inside.pao.id, group, inside.mai.id, ["can_pin_messages"])
    hands.demote(inside.pao.id, group, inside.mai.id)
    changes = [update["chat_member"]["new_chat_member"]["status"] for update in inside.updates()]
    assert changes == ["member", "administrator", "member"]


def test_an_upgraded_group_answers_with_its_new_id(inside: Village) -> None:
    old = inside.group.id
    new = inside.hands.upgrade(inside.pao.id, old)
    there, here = [update["message"] for update in inside.updates()]
    assert (there["chat"]["id"], there["migrate_to_chat_id"]) == (old, new)
    assert (here["chat"]["id"], here["migrate_from_chat_id"]) == (new, old)
    status, words = inside.ask("sendMessage", chat_id=old, text="a")
    assert (status, words) == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert inside.sandbox.calls[-1].description == words
    inside.call("sendMessage", chat_id=new, text="Chào siêu nhóm")
    seen = [shown.text or shown.kind for shown in inside.hands.read(inside.mai.id, new)]
    assert seen[-2:] == ["migrate_from_chat_id", "Chào siêu nhóm"]
    inside.hands.say(inside.mai.id, old, "/truc")
    assert inside.updates()[0]["message"]["chat"]["id"] == new


def test_old_buttons_still_press_after_an_upgrade(inside: Village) -> None:
    keys = {"inline_keyboard": [[{"text": "Đã nhận ✅", "callback_data": "v1"}]]}
    inside.call("sendMessage", chat_id=inside.group.id, text="Chỉ đạo", reply_markup=keys)
    card = inside.hands.read(inside.mai.id, inside.group.id)[-1]
    inside.hands.upgrade(inside.pao.id, inside.group.id)
    inside.updates()
    inside.hands.press(inside.mai.id, card, "Đã nhận")
    assert inside.updates()[0]["callback_query"]["message"]["chat"]["id"] == inside.group.id


def test_each_way_of_losing_a_group_has_its_own_words(inside: Village) -> None:
    hands, group, bot = inside.hands, inside.group.id, inside.bot.id
    hands.kick_bot(inside.pao.id, group, bot)
    assert inside.updates()[0]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert inside.refusal("sendMessage", chat_id=group, text="a") == ("Forbidden: bot was kicked from the group chat")
    hands.add_bot(inside.pao.id, group, bot)
    group = hands.upgrade(inside.pao.id, group)
    hands.kick_bot(inside.pao.id, group, bot)
    assert inside.refusal("getChat", chat_id=group) == "Forbidden: bot was kicked from the supergroup chat"
    hands.add_bot(inside.pao.id, group, bot)
    inside.call("leaveChat", chat_id=group)
    assert inside.refusal("getChat", chat_id=group) == ("Forbidden: bot is not a member of the supergroup chat")
    hands.add_bot(inside.pao.id, group, bot)
    hands.delete_chat(inside.pao.id, group)
    assert inside.refusal("getChat", chat_id=group) == "Forbidden: the group chat was deleted"


def test_a_muted_bot_reads_on_and_is_told_why_it_cannot_write(inside: Village) -> None:
    hands, pao, bot = inside.hands, inside.pao.id, inside.bot.id
    for group in (inside.group.id, hands.upgrade(pao, inside.group.id)):
        hands.mute_bot(pao, group, bot) if group == inside.group.id else None
    group = inside.hands.chats(pao)[0].id
    hands.mute_bot(pao, group, bot)
    assert inside.refusal("sendMessage", chat_id=group, text="a") == (
        "Bad Request: not enough rights to send text messages to the chat"
    )
    assert inside.call("getChatMember", chat_id=group, user_id=bot)["can_send_messages"] is False
    hands.unmute_bot(pao, group, bot)
    inside.call("sendMessage", chat_id=group, text="a")


def test_in_a_basic_group_all_ordinary_members_are_muted_together(inside: Village) -> None:
    hands, pao, group = inside.hands, inside.pao.id, inside.group.id
    hands.mute_bot(pao, group, inside.bot.id)
    assert "not enough rights to send photos" in inside.refusal("sendPhoto", chat_id=group, photo="x")
    with pytest.raises(CannotDo, match="may not write"):
        hands.say(inside.mai.id, group, "Alô")
    hands.say(pao, group, "Quản trị vẫn nói được")


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("pinChatMessage", "not enough rights to manage pinned messages in the chat"),
        ("deleteMessage", "message can't be deleted for everyone"),
        ("banChatMember", "not enough rights to restrict/unrestrict chat member"),
        ("exportChatInviteLink", "not enough rights to manage chat invite link"),
    ],
)
def test_what_needs_a_right_is_refused_without_it(inside: Village, method: str, words: str) -> None:
    number = inside.hands.say(inside.mai.id, inside.group.id, "Alô")
    extra = {
        "pinChatMessage": {"message_id": number},
        "deleteMessage": {"message_id": number},
        "banChatMember": {"user_id": inside.mai.id},
    }.get(method, {})
    assert inside.refusal(method, chat_id=inside.group.id, **extra) == f"Bad Request: {words}"
    inside.hands.promote(inside.pao.id, inside.group.id, inside.bot.id)
    inside.call(method, None, chat_id=inside.group.id, **extra)


def test_an_anonymous_administrator_speaks_in_the_groups_name(inside: Village) -> None:
    hands, group = inside.hands, inside.group.id
    hands.promote(inside.pao.id, group, inside.mai.id, anonymous=True)
    hands.say(inside.mai.id, group, "/chidao Họp tối nay")
    message = inside.updates()[-1]["message"]
    assert message["from"]["id"] == 1087968824
    assert message["sender_chat"]["id"] == group
    (shown,) = [one for one in hands.read(inside.elder.id, group) if one.kind == "text"]
    assert shown.sender == "Bản Hon"


def test_pins_and_titles_are_news_in_the_chat(inside: Village) -> None:
    hands, group = inside.hands, inside.group.id
    hands.promote(inside.pao.id, group, inside.bot.id)
    number = inside.call("sendMessage", chat_id=group, text="Thẻ ghim")["message_id"]
    inside.call("pinChatMessage", chat_id=group, message_id=number, disable_notification=True)
    hands.rename(inside.pao.id, group, "Bản Hon 1")
    pin, title = [update["message"] for update in inside.updates()[-2:]]
    assert pin["pinned_message"]["message_id"] == number
    assert title["new_chat_title"] == title["chat"]["title"] == "Bản Hon 1"
    assert inside.call("getChat", chat_id=group)["pinned_message"]["text"] == "Thẻ ghim"
    line = next(line for line in hands.chats(inside.mai.id) if line.id == group)
    assert line.pinned is not None
    assert (line.title, line.pinned.text) == ("Bản Hon 1", "Thẻ ghim")


def test_a_startgroup_link_adds_the_bot_with_its_rights_and_payload(village: Village) -> None:
    link = "https://t.me/to_covid_bot?startgroup=gan-17&admin=pin_messages+delete_messages"
    village.hands.open_link(village.pao.id, link, chat=village.group.id)
    member, _, command = village.updates()
    assert member["my_chat_member"]["new_chat_member"]["can_pin_messages"] is True
    assert command["message"]["text"] == "/start@to_covid_bot gan-17"
    with pytest.raises(CannotDo, match="adds a bot to a group"):
        village.hands.open_link(village.pao.id, link)
    with pytest.raises(CannotDo, match="payload"):
        village.hands.open_link(village.pao.id, "t.me/to_covid_bot?start=có dấu")
    with pytest.raises(CannotDo, match="no bot"):
        village.hands.open_link(village.pao.id, "https://example.org/x")


def test_people_can_do_only_what_their_standing_allows(inside: Village) -> None:
    hands, group, mai = inside.hands, inside.group.id, inside.mai.id
    stranger = inside.sandbox.new_person("Lạ").id
    for forbidden in (
        lambda: hands.rename(mai, group, "Của tôi"),
        lambda: hands.promote(mai, group, mai),
        lambda: hands.remove(mai, group, inside.elder.id),
        lambda: hands.delete_chat(mai, group),
        lambda: hands.say(stranger, group, "Alô"),
        lambda: hands.read(stranger, group),
        lambda: hands.join(mai, group),
        lambda: hands.promote(inside.pao.id, group, mai, ["can_fly"]),
        lambda: hands.block(mai, inside.bot.id),
        lambda: hands.say(mai, -1, "Alô"),
    ):
        with pytest.raises(CannotDo):
            forbidden()
    hands.remove(inside.pao.id, group, mai)
    with pytest.raises(CannotDo, match="banned"):
        hands.join(mai, group)


def test_a_missing_button_is_named_beside_those_that_are_there(inside: Village) -> None:
    keys = {"inline_keyboard": [[{"text": "Đã nhận ✅", "callback_data": "v1"}]]}
    inside.call("sendMessage", chat_id=inside.group.id, text="Chỉ đạo", reply_markup=keys)
    card = inside.hands.read(inside.mai.id, inside.group.id)[-1]
    with pytest.raises(CannotDo, match="no button “Đã làm xong”; its buttons: “Đã nhận ✅”"):
        inside.hands.press(inside.mai.id, card, "Đã làm xong")
    with pytest.raises(CannotDo):
        inside.hands.press(inside.mai.id, card, "Đã")


def test_whoever_was_put_out_has_nothing_left_to_read(inside: Village) -> None:
    hands, group, mai = inside.hands, inside.group.id, inside.mai.id
    hands.remove(inside.pao.id, group, mai)
    hands.mark_read(mai, group)
    with pytest.raises(CannotDo):
        hands.read(mai, group)


def test_a_person_sees_what_is_new_to_them(inside: Village) -> None:
    hands, group = inside.hands, inside.group.id
    hands.mark_read(inside.mai.id, group)
    inside.call("sendMessage", chat_id=group, text="Một", disable_notification=True)
    hands.say(inside.elder.id, group, "Hai")
    line = next(line for line in hands.chats(inside.mai.id) if line.id == group)
    assert (line.unread, line.members) == (2, 4)
    assert [shown.silent for shown in hands.read(inside.mai.id, group, last=2)] == [True, False]
    hands.edit(inside.elder.id, hands.read(inside.elder.id, group)[-1], "Hai, sửa")
    assert hands.read(inside.mai.id, group)[-1].edited
    assert [member.user.first_name for member in hands.members(inside.mai.id, group)] == [
        "Páo",
        "Mai",
        "Sùng",
        "Tổ Covid",
    ]


def test_everything_survives_being_put_away(inside: Village) -> None:
    from bot.sandbox import Hands, Sandbox

    inside.hands.start(inside.mai.id, inside.bot.id)
    inside.hands.send_photo(inside.mai.id, inside.bot.id)
    again = Sandbox(world=inside.sandbox.dump())
    assert again.world == inside.sandbox.world
    assert again.bot_by_token(inside.bot.token).id == inside.bot.id
    assert Hands(again).read(inside.mai.id, inside.bot.id) == inside.hands.read(inside.mai.id, inside.bot.id)


def test_a_bot_that_is_blocked_or_gone_hears_of_no_press(inside: Village) -> None:
    keys = {"inline_keyboard": [[{"text": "Đã nhận", "callback_data": "v1"}]]}
    inside.call("sendMessage", chat_id=inside.group.id, text="Chỉ đạo", reply_markup=keys)
    card = inside.hands.read(inside.mai.id, inside.group.id)[-1]
    inside.hands.kick_bot(inside.pao.id, inside.group.id, inside.bot.id)
    with pytest.raises(CannotDo, match="hears of no press"):
        inside.hands.press(inside.mai.id, card, "Đã nhận")
