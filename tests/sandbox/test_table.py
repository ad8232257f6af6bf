"""The table of methods says what Telegram's documentation says."""

from __future__ import annotations

from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
import pytest

from bot.sandbox import DOT
from bot.sandbox.methods.answering import ANSWERS
from bot.sandbox.methods.reading import Upload
from bot.sandbox.methods.table import METHODS, Method
from tests.sandbox.conftest import Village
from tests.sandbox.schema import description, faults

_SCALARS = {"int": "Integer", "str": "String", "bool": "Boolean", "float": "Float"}


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_every_parameter_is_the_one_telegram_documents(method: Method) -> None:
    documented = {field["name"]: field for field in description()["methods"][method.name].get("fields", [])}
    ours = {field.encode_name: field for field in msgspec.structs.fields(method.parameters)}
    assert ours.keys() == documented.keys()
    for name, field in ours.items():
        assert field.required == documented[name]["required"], name
        assert _plain(field.type) == _documented(documented[name]["types"]), name


def _plain(kind: Any) -> set[str]:
    """The plain types a parameter of ours may have."""
    choices = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    return {_SCALARS[one.__name__] for one in choices if isinstance(one, type) and one.__name__ in _SCALARS}


def _documented(kinds: list[str]) -> set[str]:
    """The plain types Telegram documents; an uploaded file is named by an attach:// string."""
    found = {"String" if kind == "InputFile" else kind for kind in kinds}
    return found & set(_SCALARS.values())


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_every_method_returns_what_telegram_documents(method: Method) -> None:
    assert method.returns == " or ".join(description()["methods"][method.name]["returns"])


def test_every_method_in_the_table_is_answered() -> None:
    assert {method.name for method in METHODS.values()} == set(ANSWERS)


def test_every_answer_has_the_shape_telegram_documents(village: Village) -> None:
    done = set()

    def call(method: str, uploads: dict[str, Upload] | None = None, **parameters: Any) -> Any:
        result = village.call(method, uploads, **parameters)
        assert faults(result, description()["methods"][method]["returns"], method) == []
        done.add(method)
        return result

    _play(village, call)
    assert done == set(ANSWERS)


def _play(village: Village, call: Any) -> None:
    """Call every method at least once."""
    hands, mai, pao = village.hands, village.mai, village.pao
    call("getMe")
    hands.start(mai.id, village.bot.id)
    hands.add_bot(pao.id, village.group.id, village.bot.id)
    group = hands.upgrade(pao.id, village.group.id)
    hands.promote(pao.id, group, village.bot.id)
    _write(village, call, group)
    _change(village, call, group)
    _ask(village, call, group)
    _settle(village, call, group)


def _write(village: Village, call: Any, group: int) -> None:
    chat = village.mai.id
    text = call("sendMessage", chat_id=chat, text="Chào /help", reply_markup=_KEYS)
    call("sendMessage", chat_id=chat, text="Đây", reply_parameters={"message_id": text["message_id"]})
    photo = call("sendPhoto", {"photo": Upload("a.png", "image/png", DOT)}, chat_id=chat, photo="attach://photo")
    for kind in ("Document", "Voice", "Audio", "Video", "VideoNote", "Animation", "Sticker"):
        name = "video_note" if kind == "VideoNote" else kind.lower()
        call(f"send{kind}", {"x": Upload("a.bin", "x/y", b"abc")}, chat_id=chat, **{name: "attach://x"})
    call("sendLocation", chat_id=chat, latitude=22.3, longitude=103.6)
    call("sendVenue", chat_id=chat, latitude=22.3, longitude=103.6, title="Trạm", address="Bản Hon")
    call("sendContact", chat_id=chat, phone_number="0912", first_name="Páo")
    call("sendChatAction", chat_id=chat, action="typing")
    file_id = photo["photo"][0]["file_id"]
    item = {"type": "photo", "media": file_id}
    call("sendMediaGroup", chat_id=chat, media=[item, {**item, "caption": "hai"}])
    call("getFile", file_id=file_id)
    number = text["message_id"]
    for name in ("copyMessage", "forwardMessage"):
        call(name, chat_id=group, from_chat_id=chat, message_id=number)
    for name in ("copyMessages", "forwardMessages"):
        call(name, chat_id=group, from_chat_id=chat, message_ids=[number])


_KEYS = {"inline_keyboard": [[{"text": "Đã nhận", "callback_data": "v1|1"}]]}


def _change(village: Village, call: Any, group: int) -> None:
    sent = call("sendMessage", chat_id=group, text="Bảng", reply_markup=_KEYS)
    where = {"chat_id": group, "message_id": sent["message_id"]}
    call("editMessageText", **where, text="Bảng mới", reply_markup=_KEYS)
    (card,) = [shown for shown in village.hands.read(village.mai.id, group) if shown.text == "Bảng mới"]
    press = village.hands.press(village.mai.id, card, "Đã nhận")
    call("answerCallbackQuery", callback_query_id=press, text="Tổ đã ghi")
    call("editMessageReplyMarkup", **where)
    call("pinChatMessage", **where)
    call("getChat", chat_id=group)
    call("unpinChatMessage", **where)
    call("unpinAllChatMessages", chat_id=group)
    call("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
    photo = call("sendPhoto", {"p": Upload("a.png", "image/png", DOT)}, chat_id=group, photo="attach://p")
    there = {"chat_id": group, "message_id": photo["message_id"]}
    call("editMessageCaption", **there, caption="Ảnh")
    call("editMessageMedia", **there, media={"type": "photo", "media": photo["photo"][0]["file_id"]})
    call("deleteMessage", **there)
    call("deleteMessages", chat_id=group, message_ids=[sent["message_id"], 999])


def _ask(village: Village, call: Any, group: int) -> None:
    call("getChat", chat_id=village.mai.id)
    for user in (village.pao.id, village.mai.id, village.bot.id):
        call("getChatMember", chat_id=group, user_id=user)
    call("getChatAdministrators", chat_id=group)
    call("getChatMemberCount", chat_id=group)
    call("exportChatInviteLink", chat_id=group)
    call("createChatInviteLink", chat_id=group, name="Mời")
    village.hands.say(village.mai.id, village.bot.id, "Alô")
    call("getUpdates", allowed_updates=["message", "chat_member", "my_chat_member", "callback_query"])


def _settle(village: Village, call: Any, group: int) -> None:
    call("setMyCommands", commands=[{"command": "help", "description": "Trợ giúp"}])
    call("getMyCommands")
    call("deleteMyCommands")
    call("setMyName", name="Tổ")
    call("setMyDescription", description="Tổ Covid cộng đồng")
    call("setMyShortDescription", short_description="Tổ Covid")
    call("setChatMenuButton", menu_button={"type": "commands"})
    call("banChatMember", chat_id=group, user_id=village.elder.id)
    call("getChatMember", chat_id=group, user_id=village.elder.id)
    call("unbanChatMember", chat_id=group, user_id=village.elder.id)
    call("getChatMember", chat_id=group, user_id=village.elder.id)
    call("getUpdates")
    call("leaveChat", chat_id=group)
    call("setWebhook", url="https://example.org/hook")
    call("getWebhookInfo")
    call("deleteWebhook")
    call("logOut")
    call("close")
