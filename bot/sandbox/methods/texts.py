"""Words of a message: their length as Telegram counts it, and the entities it finds in them by itself."""

from __future__ import annotations

import re

from bot.sandbox.methods import markup
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import MessageEntity

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200

_FOUND = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"]+|\bt\.me/[^\s<>\"]+)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@.])(?P<email>[\w.+-]+@[\w-]+\.[\w.-]+)"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{3,31})\b"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)
_TRIGGERS = re.compile(r"[/@#]|www\.")


def units(text: str) -> int:
    """The length in UTF-16 units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def find_entities(text: str) -> list[MessageEntity]:
    """Commands, links, mentions, hashtags and addresses written as plain text."""
    if not _TRIGGERS.search(text):
        return []
    return [
        MessageEntity(type=found.lastgroup or "", offset=units(text[: found.start()]), length=units(found.group()))
        for found in _FOUND.finditer(text)
    ]


def compose(
    text: str, parse_mode: str | None, entities: list[MessageEntity] | None
) -> tuple[str, list[MessageEntity] | None]:
    """The words without their mark-up, and every entity in them, or a refusal when the mark-up is broken."""
    if parse_mode:
        text, given = markup.parse(text, parse_mode)
    else:
        given = list(entities or [])
        _check(text, given)
    text, given = _trim(text, given)
    taken = [(entity.offset, entity.offset + entity.length) for entity in given]
    for found in find_entities(text):
        if not any(start < found.offset + found.length and found.offset < end for start, end in taken):
            given.append(found)
    return text, sorted(given, key=lambda entity: entity.offset) or None


def _check(text: str, entities: list[MessageEntity]) -> None:
    length = units(text)
    for entity in entities:
        if entity.offset < 0 or entity.length <= 0 or entity.offset + entity.length > length:
            raise bad_request(f"can't parse entities: entity {entity.type} is outside the text")


def _trim(text: str, entities: list[MessageEntity]) -> tuple[str, list[MessageEntity]]:
    """Cut white space at both ends, as Telegram does, and move the entities along."""
    bare = text.strip()
    if bare == text:
        return text, entities
    shift = units(text) - units(text.lstrip())
    end = units(bare)
    kept = []
    for entity in entities:
        start = max(0, entity.offset - shift)
        stop = min(end, entity.offset - shift + entity.length)
        if stop > start:
            kept.append(MessageEntity(type=entity.type, offset=start, length=stop - start, url=entity.url))
    return bare, kept


def message_text(
    text: str, parse_mode: str | None, entities: list[MessageEntity] | None
) -> tuple[str, list[MessageEntity] | None]:
    """The words of a text message: 1 to 4096 units."""
    words, found = compose(text, parse_mode, entities)
    if not words:
        raise bad_request("message text is empty")
    if units(words) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return words, found


def caption_text(
    text: str, parse_mode: str | None, entities: list[MessageEntity] | None
) -> tuple[str | None, list[MessageEntity] | None]:
    """The words below a file: at most 1024 units; none at all is None."""
    words, found = compose(text, parse_mode, entities)
    if units(words) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return words or None, found
