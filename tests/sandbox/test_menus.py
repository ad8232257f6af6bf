"""The command menu somebody sees is the narrowest one meant for them."""

from __future__ import annotations

from typing import Any

from tests.sandbox.conftest import Village


def _set(village: Village, name: str, language: str = "", **scope: Any) -> None:
    commands = [{"command": name, "description": name}]
    village.call("setMyCommands", commands=commands, scope=scope or None, language_code=language)


def _menu(village: Village, user: int, chat: int) -> list[str]:
    return [command.command for command in village.hands.menu(user, chat)]


def test_in_private_the_persons_own_menu_wins_then_the_language_then_the_rest(village: Village) -> None:
    mai, bot = village.mai.id, village.bot.id
    village.hands.start(mai, bot)
    assert _menu(village, mai, bot) == []
    _set(village, "chung")
    assert _menu(village, mai, bot) == ["chung"]
    _set(village, "rieng", type="all_private_chats")
    assert _menu(village, mai, bot) == ["rieng"]
    _set(village, "tieng_viet", "vi", type="all_private_chats")
    assert _menu(village, mai, bot) == ["tieng_viet"]
    _set(village, "cua_mai", type="chat", chat_id=mai)
    assert _menu(village, mai, bot) == ["cua_mai"]
    assert _menu(village, village.elder.id, bot) == ["tieng_viet"]


def test_in_a_group_administrators_can_have_another_menu(village: Village) -> None:
    group = village.group.id
    village.hands.add_bot(village.pao.id, group, village.bot.id)
    _set(village, "nhom", type="all_group_chats")
    _set(village, "quan_tri", type="all_chat_administrators")
    assert _menu(village, village.pao.id, group) == ["quan_tri"]
    assert _menu(village, village.mai.id, group) == ["nhom"]
    _set(village, "nhom_nay", type="chat", chat_id=group)
    _set(village, "mai", type="chat_member", chat_id=group, user_id=village.mai.id)
    assert _menu(village, village.elder.id, group) == ["nhom_nay"]
    assert _menu(village, village.mai.id, group) == ["mai"]
    scope = {"type": "chat_member", "chat_id": group, "user_id": village.mai.id}
    village.call("deleteMyCommands", scope=scope)
    assert village.call("getMyCommands", scope=scope) == []
    assert _menu(village, village.mai.id, group) == ["nhom_nay"]
