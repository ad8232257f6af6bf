"""The sandbox refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import DOT, CannotDo
from bot.sandbox.methods.reading import Upload
from tests.sandbox.conftest import Village


def _keys(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def _key(text: str = "Đã nhận", **action: str) -> dict[str, Any]:
    return {"text": text, **(action or {"callback_data": "v1"})}


@pytest.fixture
def chat(village: Village) -> int:
    """A private chat in which the bot may write."""
    village.hands.start(village.mai.id, village.bot.id)
    return village.mai.id


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "message text is empty"),
        ("  \n ", "message text is empty"),
        ("a" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
def test_a_text_has_1_to_4096_utf16_units(village: Village, chat: int, text: str, words: str) -> None:
    assert village.refusal("sendMessage", chat_id=chat, text=text) == f"Bad Request: {words}"


def test_the_longest_text_is_counted_without_its_markup(village: Village, chat: int) -> None:
    assert village.call("sendMessage", chat_id=chat, text="😀" * 2048)
    marked = village.call("sendMessage", chat_id=chat, text=f"<b>{'a' * 4096}</b>", parse_mode="HTML")
    assert len(marked["text"]) == 4096


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (_keys([_key(callback_data="é" * 33)]), "BUTTON_DATA_INVALID"),
        (_keys([_key(callback_data="")]), "BUTTON_DATA_INVALID"),
        (_keys(*[[_key()]] * 101), "reply markup is too long"),
        (_keys([_key()] * 9), "reply markup is too long"),
        (_keys([{"text": "Chỉ có chữ"}]), "Text buttons are unallowed in the inline keyboard"),
        (_keys([_key(url="javascript:alert(1)")]), "Wrong HTTP URL"),
        (_keys([_key(text=" ")]), "text must be non-empty"),
        (_keys([_key(callback_data="a", url="https://a.vn")]), "exactly one action"),
        (_keys([_key(colour="red")]), "can't parse inline keyboard"),
        ({"keys": []}, "can't parse reply keyboard markup"),
    ],
)
def test_wrong_buttons_are_refused(village: Village, chat: int, markup: dict[str, Any], words: str) -> None:
    assert words in village.refusal("sendMessage", chat_id=chat, text="Chào", reply_markup=markup)
    assert len(village.hands.read(village.mai.id, village.bot.id)) == 1


def test_64_bytes_of_data_and_100_buttons_are_taken(village: Village, chat: int) -> None:
    rows = [[_key(callback_data="é" * 32)] * 8] * 12 + [[_key()] * 4]
    sent = village.call("sendMessage", chat_id=chat, text="Chào", reply_markup=_keys(*rows))
    assert len(sent["reply_markup"]["inline_keyboard"]) == 13


def test_a_caption_has_at_most_1024_units(village: Village, chat: int) -> None:
    photo = {"photo": Upload("a.png", "image/png", DOT)}
    status, words = village.ask("sendPhoto", photo, chat_id=chat, photo="attach://photo", caption="a" * 1025)
    assert (status, words) == (400, "Bad Request: message caption is too long")


def test_a_photo_must_be_a_picture(village: Village, chat: int) -> None:
    words = village.ask("sendPhoto", {"p": Upload("a.png", "image/png", b"no")}, chat_id=chat, photo="attach://p")
    assert words == (400, "Bad Request: IMAGE_PROCESS_FAILED")


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendMessage", {"chat_id": 5, "text": "a"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "a"}, "chat not found"),
        ("sendMessage", {"text": "a"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 5, "text": "a", "reply_to": 1}, "unknown parameter reply_to"),
        ("sendMessage", {"chat_id": 5, "text": ["a"]}, "can't parse parameters"),
        ("sendMessage", {"chat_id": 5, "text": "a", "entities": "[{"}, "can't parse parameters"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired"),
        ("setMyCommands", {"commands": [{"command": "Báo", "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope"),
        ("setMyName", {"name": "a" * 65}, "NAME_TOO_LONG"),
    ],
)
def test_wrong_calls_are_told_what_is_wrong(
    village: Village, method: str, parameters: dict[str, Any], words: str
) -> None:
    assert words in village.refusal(method, **parameters)


def test_a_bot_never_speaks_first(village: Village) -> None:
    words = village.refusal("sendMessage", chat_id=village.mai.id, text="Chào")
    assert words == "Forbidden: bot can't initiate conversation with a user"


def test_a_bot_is_not_heard_by_those_who_blocked_it_or_are_gone(village: Village, chat: int) -> None:
    village.hands.block(village.mai.id, village.bot.id)
    words = village.refusal("sendMessage", chat_id=chat, text="Chào")
    assert words == "Forbidden: bot was blocked by the user"
    with pytest.raises(CannotDo, match="blocked"):
        village.hands.say(village.mai.id, village.bot.id, "Alô")
    village.hands.start(village.mai.id, village.bot.id)
    village.call("sendMessage", chat_id=chat, text="Chào")
    village.hands.deactivate(village.mai.id)
    assert village.refusal("sendMessage", chat_id=chat, text="a") == "Forbidden: user is deactivated"


def test_an_edit_that_changes_nothing_is_refused(village: Village, chat: int) -> None:
    number = village.call("sendMessage", chat_id=chat, text="Chào", reply_markup=_keys([_key()]))["message_id"]
    words = village.refusal(
        "editMessageText", chat_id=chat, message_id=number, text=" Chào ", reply_markup=_keys([_key()])
    )
    assert words.startswith("Bad Request: message is not modified: specified new message content")
    village.call("editMessageText", chat_id=chat, message_id=number, text="Chào")


def test_only_its_own_messages_are_a_bots_to_edit(village: Village, chat: int) -> None:
    assert village.refusal("editMessageText", chat_id=chat, message_id=99, text="a").endswith(
        "message to edit not found"
    )
    assert village.refusal("editMessageText", chat_id=chat, message_id=1, text="a").endswith("message can't be edited")
    number = village.call("sendLocation", chat_id=chat, latitude=1, longitude=2)["message_id"]
    for method, what in (("editMessageText", "text"), ("editMessageCaption", "caption")):
        words = village.refusal(method, chat_id=chat, message_id=number, **{what: "a"})
        assert words.endswith(f"there is no {what} in the message to edit")


def test_a_reply_to_a_deleted_message_is_refused_or_stands_alone(village: Village, chat: int) -> None:
    village.hands.delete(village.mai.id, village.hands.read(village.mai.id, village.bot.id)[0])
    reply = {"message_id": 1}
    words = village.refusal("sendMessage", chat_id=chat, text="Vâng", reply_parameters=reply)
    assert words == "Bad Request: message to be replied not found"
    reply["allow_sending_without_reply"] = True
    sent = village.call("sendMessage", chat_id=chat, text="Vâng", reply_parameters=reply)
    assert "reply_to_message" not in sent


def test_there_are_no_topics(village: Village, chat: int) -> None:
    words = village.refusal("sendMessage", chat_id=chat, text="a", message_thread_id=7)
    assert words == "Bad Request: message thread not found"


def test_a_press_is_answered_within_150_seconds_with_at_most_200_letters(village: Village, chat: int) -> None:
    village.call("sendMessage", chat_id=chat, text="Chào", reply_markup=_keys([_key()]))
    card = village.hands.read(village.mai.id, village.bot.id)[-1]
    press = village.hands.press(village.mai.id, card, "Đã nhận")
    assert "MESSAGE_TOO_LONG" in village.refusal("answerCallbackQuery", callback_query_id=press, text="a" * 201)
    village.clock.forward(seconds=150)
    village.call("answerCallbackQuery", callback_query_id=press, text="a" * 200)
    village.clock.forward(seconds=1)
    words = village.refusal("answerCallbackQuery", callback_query_id=press)
    assert words == ("Bad Request: query is too old and response timeout expired or query ID is invalid")


def test_old_messages_stay(village: Village, chat: int) -> None:
    number = village.call("sendMessage", chat_id=chat, text="Chào")["message_id"]
    village.clock.forward(hours=48)
    words = village.refusal("deleteMessage", chat_id=chat, message_id=number)
    assert words == "Bad Request: message can't be deleted for everyone"
    assert "not found" in village.refusal("deleteMessage", chat_id=chat, message_id=99)


def test_a_protected_message_is_passed_on_by_nobody(village: Village, chat: int) -> None:
    village.call("sendMessage", chat_id=chat, text="Riêng", protect_content=True)
    card = village.hands.read(village.mai.id, village.bot.id)[-1]
    assert card.protected
    with pytest.raises(CannotDo, match="protected"):
        village.hands.forward(village.mai.id, card, village.group.id)
    words = village.refusal("copyMessage", chat_id=chat, from_chat_id=chat, message_id=card.id)
    assert words == "Bad Request: message can't be copied"


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [
        ("<b>Chào", "HTML", "can't find end of the entity"),
        ("<blink>a</blink>", "HTML", 'unsupported start tag "blink"'),
        ("1 < 2", "HTML", "can't parse entities"),
        ("Chào.", "MarkdownV2", "character '.' is reserved"),
        ("*Chào", "MarkdownV2", "can't find end of the entity"),
        ("Chào", "Word", "unsupported parse_mode"),
    ],
)
def test_broken_markup_is_refused(village: Village, chat: int, text: str, mode: str, words: str) -> None:
    assert words in village.refusal("sendMessage", chat_id=chat, text=text, parse_mode=mode)


def test_an_album_with_a_broken_picture_leaves_nothing_behind(village: Village, chat: int) -> None:
    uploads = {"whole": Upload("a.png", "image/png", DOT), "broken": Upload("b.png", "image/png", b"no")}
    album = [{"type": "photo", "media": f"attach://{name}"} for name in uploads]
    before = village.sandbox.dump()
    status, words = village.ask("sendMediaGroup", uploads, chat_id=chat, media=album)
    assert (status, words) == (400, "Bad Request: IMAGE_PROCESS_FAILED")
    assert village.sandbox.dump() == before
    sent = village.call("sendPhoto", uploads, chat_id=chat, photo="attach://whole")
    assert village.call("getFile", file_id=sent["photo"][0]["file_id"])
