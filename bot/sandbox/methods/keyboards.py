"""Buttons under a message, checked as Telegram checks them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import msgspec

from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import InlineKeyboardButton, InlineKeyboardMarkup

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_DATA_BYTES = 64

Json = dict[str, Any]
_ACTIONS = tuple(
    name for name in InlineKeyboardButton.__struct_fields__ if name not in ("text", "style", "icon_custom_emoji_id")
)
_OTHER_MARKUPS = frozenset({"keyboard", "remove_keyboard", "force_reply"})
_SCHEMES = frozenset({"http", "https", "tg", "tel", "mailto"})


def read_inline(raw: Json | None) -> InlineKeyboardMarkup | None:
    """The inline keyboard given; an empty one is none."""
    if not raw or not raw.get("inline_keyboard"):
        return None
    try:
        keyboard = msgspec.convert(raw, InlineKeyboardMarkup)
    except msgspec.ValidationError as error:
        raise bad_request(f"can't parse inline keyboard: {error}") from error
    rows = [row for row in keyboard.inline_keyboard if row]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check(button)
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def read_any(raw: Json | None) -> tuple[InlineKeyboardMarkup | None, Json | None]:
    """The inline keyboard, and whatever else a message may bring up: a reply keyboard, a forced reply."""
    if raw and _OTHER_MARKUPS & raw.keys():
        return None, raw
    if raw and "inline_keyboard" not in raw:
        raise bad_request("can't parse reply keyboard markup JSON object")
    return read_inline(raw), None


def _check(button: InlineKeyboardButton) -> None:
    if not button.text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    given = [name for name in _ACTIONS if getattr(button, name) is not None]
    if not given:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(given) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be specified")
    if button.callback_data is not None and not 1 <= len(button.callback_data.encode()) <= MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.url is not None and not _is_link(button.url):
        raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")


def _is_link(url: str) -> bool:
    parts = urlsplit(url if "://" in url or ":" in url.split("/")[0] else f"http://{url}")
    if parts.scheme not in _SCHEMES:
        return False
    return parts.scheme not in ("http", "https") or "." in parts.netloc or parts.netloc.startswith("localhost")
