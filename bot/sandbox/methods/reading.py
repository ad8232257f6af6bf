"""From what arrived over HTTP to the typed parameters of a method, or a refusal."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import msgspec

from bot.sandbox.methods.parameters.base import (
    Parameters,
)
from bot.sandbox.methods.table import Method
from bot.sandbox.refusals import Refusal, bad_request


class Upload(NamedTuple):
    """A file that came along in a multipart body."""

    name: str
    mime: str
    data: bytes


Uploads = dict[str, Upload]

#: Telegram's words for a missing parameter, where it has words of its own.
_MISSING = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
    "file_id": "file_id is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "from_chat_id": "from_chat_id is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "audio": "there is no audio in the request",
    "video": "there is no video in the request",
    "video_note": "there is no video note in the request",
    "animation": "there is no animation in the request",
    "sticker": "there is no sticker in the request",
}
_SCALARS = ({"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"})


class Form(NamedTuple):
    """What is known of a method's parameters beforehand."""

    known: frozenset[str]
    required: tuple[str, ...]
    structured: frozenset[str]  #: Those that travel as JSON inside a form field.


@cache
def _form(kind: type[Parameters]) -> Form:
    fields = msgspec.structs.fields(kind)
    return Form(
        known=frozenset(field.encode_name for field in fields),
        required=tuple(field.encode_name for field in fields if field.required),
        structured=frozenset(field.encode_name for field in fields if _is_structured(field.type)),
    )


def _is_structured(kind: Any) -> bool:
    """Whether a value of this type is an object or a list."""
    words = str(kind)
    return "list" in words or "dict" in words or "ReplyParameters" in words


def read(method: Method, raw: dict[str, Any]) -> Parameters:
    """The parameters of a call; 400 names the first that is unknown, missing or of the wrong kind."""
    form = _form(method.parameters)
    for name in raw:
        if name not in form.known:
            raise bad_request(f"unknown parameter {name}")
    for name in form.required:
        if raw.get(name) in (None, ""):
            raise _missing(method, name)
    try:
        given = {name: _decoded(form, name, value) for name, value in raw.items() if value != ""}
        return msgspec.convert(given, method.parameters, strict=False)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise bad_request(f"can't parse parameters: {error}") from error


def _decoded(form: Form, name: str, value: Any) -> Any:
    if name in form.structured and isinstance(value, str):
        return msgspec.json.decode(value)
    return value


def _missing(method: Method, name: str) -> Refusal:
    if name == "url" and method.name == "setWebhook":
        return bad_request("bad webhook: URL host is empty")
    return bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
