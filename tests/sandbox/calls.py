"""Any call a bot might make, sensible or not: what Hypothesis draws a method's parameters from."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from bot.sandbox import DOT
from bot.sandbox.methods.reading import Upload
from bot.sandbox.methods.table import METHODS

NUMBERS = st.integers(0, 6)
TEXTS = st.sampled_from(["", "Chào", "/help", "/help@to_covid_bot", "x" * 5000, "<b>a", "😀 #a @mai https://a.vn"])
#: Files that come along with every call, to be named by `attach://`.
UPLOADS = {
    "picture": Upload("a.png", "image/png", DOT),
    "words": Upload("a.txt", "text/plain", b"abc"),
    "nothing": Upload("a.bin", "application/octet-stream", b""),
}
#: Parameters drawn as a number that stands for a chat, an account, a press or a file, whichever there is by then.
STORIED = frozenset({"chat_id", "from_chat_id", "user_id", "callback_query_id", "file_id"})
#: Stands for the newest file there is by then.
KNOWN = "the newest file"

_FILES = st.sampled_from(["attach://picture", "attach://words", "attach://nothing", "attach://gone", KNOWN, "AgAC"])
_KEYS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"inline_keyboard": [[{"text": "Có", "callback_data": "v1"}, {"text": "Không", "url": "https://a.vn"}]]},
        {"inline_keyboard": [[{"text": "Có"}]]},
        {"inline_keyboard": []},
        {"force_reply": True},
        {"keyboard": [[{"text": "Có"}]], "resize_keyboard": True},
        {"remove_keyboard": True},
    ]
)
_MEDIA = st.fixed_dictionaries(
    {"type": st.sampled_from(["photo", "document", "video", "poem"]), "media": _FILES}, optional={"caption": TEXTS}
)
_SCOPES = st.fixed_dictionaries(
    {"type": st.sampled_from(["default", "all_private_chats", "chat", "chat_member", "nobody"])},
    optional={"chat_id": NUMBERS, "user_id": NUMBERS},
)
#: By the parameter's name, which means the same in every method.
_BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(STORIED, NUMBERS),
    **dict.fromkeys(("photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker"), _FILES),
    "message_ids": st.lists(NUMBERS, max_size=4),
    "reply_markup": _KEYS,
    "reply_parameters": st.fixed_dictionaries(
        {"message_id": NUMBERS}, optional={"allow_sending_without_reply": st.booleans()}
    ),
    "entities": st.just([{"type": "bold", "offset": 0, "length": 2}]),
    "caption_entities": st.just([{"type": "italic", "offset": 1, "length": 90}]),
    "parse_mode": st.sampled_from(["HTML", "MarkdownV2", "Verse"]),
    "action": st.sampled_from(["typing", "dancing"]),
    "url": st.sampled_from(["https://a.vn/hook", "http://a.vn", "nowhere"]),
    "allowed_updates": st.lists(st.sampled_from(["message", "chat_member", "callback_query", "news"]), max_size=3),
    "commands": st.lists(
        st.fixed_dictionaries({"command": st.sampled_from(["help", "Sai"]), "description": TEXTS}), max_size=2
    ),
    "scope": _SCOPES,
    "reaction": st.just([{"type": "emoji", "emoji": "👍"}]),
    "menu_button": st.just({"type": "commands"}),
    "language_code": st.sampled_from(["", "vi", "en"]),
}
_BY_TYPE: tuple[tuple[str, st.SearchStrategy[Any]], ...] = (
    ("bool", st.booleans()),
    ("float", st.floats(-90, 90)),
    ("int", st.integers(-1, 9)),
    ("dict", st.just({})),
    ("str", TEXTS),
)


def _value(name: str, kind: Any) -> st.SearchStrategy[Any]:
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name == "media":
        return st.lists(_MEDIA, max_size=3) if "list" in str(kind) else _MEDIA
    return next(values for word, values in _BY_TYPE if word in str(kind))


def _parameters(method: str) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """The method and what it is told: all it needs, and a little of what it may be told besides."""
    fields = msgspec.structs.fields(METHODS[method].parameters)
    needed = {field.encode_name: _value(field.encode_name, field.type) for field in fields if field.required}
    others = {field.encode_name: _value(field.encode_name, field.type) for field in fields if not field.required}
    extra = st.lists(st.sampled_from(sorted(others)), max_size=3, unique=True) if others else st.just([])
    return extra.flatmap(
        lambda names: st.tuples(
            st.just(method), st.fixed_dictionaries({**needed, **{name: others[name] for name in names}})
        )
    )


#: Any method with any parameters. Edits name their message by two parameters that Telegram calls optional.
CALLS = st.sampled_from(sorted(METHODS)).flatmap(_parameters)
EDITS = st.tuples(
    st.sampled_from(["editmessagetext", "editmessagecaption", "editmessagereplymarkup"]),
    st.fixed_dictionaries({"chat_id": NUMBERS, "message_id": NUMBERS}, optional={"reply_markup": _KEYS}),
    TEXTS,
).map(lambda drawn: (drawn[0], {**drawn[1], **_words_of(drawn[0], drawn[2])}))


def _words_of(method: str, words: str) -> dict[str, str]:
    return {"editmessagetext": {"text": words}, "editmessagecaption": {"caption": words}}.get(method, {})
