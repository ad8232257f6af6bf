"""What every method's parameters have in common."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.sandbox.shapes import MessageEntity

Json = dict[str, Any]
ChatId = int | str


class Parameters(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a method can be told."""


class ReplyParameters(Parameters, kw_only=True):
    message_id: int
    chat_id: ChatId | None = None
    allow_sending_without_reply: bool = False
    quote: str | None = None
    quote_parse_mode: str | None = None
    quote_entities: list[MessageEntity] | None = None
    quote_position: int | None = None
    checklist_task_id: int | None = None
    poll_option_id: str | None = None


class InChat(Parameters, kw_only=True):
    """A method that concerns one chat."""

    chat_id: ChatId
