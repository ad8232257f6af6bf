"""Messages passed on: copied in the bot's own name or forwarded in the author's."""

from __future__ import annotations

from bot.sandbox import rooms
from bot.sandbox.methods import texts
from bot.sandbox.methods.addresses import require_kept, require_no_thread, require_room, require_writable
from bot.sandbox.methods.keyboards import read_any
from bot.sandbox.methods.parameters.sends import (
    CopyMessage,
    CopyMessages,
    Delivery,
    ForwardMessage,
    ForwardMessages,
)
from bot.sandbox.methods.reading import Uploads
from bot.sandbox.methods.sending import attach_reply
from bot.sandbox.privacy import is_service
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import Message, MessageId, MessageOrigin
from bot.sandbox.state import Sandbox
from bot.sandbox.world import BotAccount, Kept, Room


def copy(sandbox: Sandbox, bot: BotAccount, asked: CopyMessage, uploads: Uploads) -> MessageId:
    """copyMessage."""
    kept = _original(sandbox, bot, asked.from_chat_id, asked.message_id, "copy")
    room, message = _open(sandbox, bot, asked, kept)
    if asked.caption is not None and kept.message.text is None:
        words, entities = texts.caption_text(asked.caption, asked.parse_mode, asked.caption_entities)
        message.caption, message.caption_entities = words, entities
    if asked.reply_parameters:
        attach_reply(room, message, asked.reply_parameters)
    message.reply_markup, keyboard = read_any(asked.reply_markup)
    rooms.post(sandbox, room, message, bot.id, silent=asked.disable_notification, keyboard=keyboard)
    return MessageId(message_id=message.message_id)


def forward(sandbox: Sandbox, bot: BotAccount, asked: ForwardMessage, uploads: Uploads) -> Message:
    """forwardMessage."""
    kept = _original(sandbox, bot, asked.from_chat_id, asked.message_id, "forward")
    room, message = _open(sandbox, bot, asked, kept)
    message.forward_origin = rooms.origin(kept.message)
    return rooms.post(sandbox, room, message, bot.id, silent=asked.disable_notification)


def copy_many(sandbox: Sandbox, bot: BotAccount, asked: CopyMessages, uploads: Uploads) -> list[MessageId]:
    """copyMessages: what cannot be copied is passed over."""
    return [
        _pass_on(sandbox, bot, asked, kept, without_caption=asked.remove_caption)
        for kept in _originals(sandbox, bot, asked)
    ]


def forward_many(sandbox: Sandbox, bot: BotAccount, asked: ForwardMessages, uploads: Uploads) -> list[MessageId]:
    """forwardMessages: what cannot be forwarded is passed over."""
    return [
        _pass_on(sandbox, bot, asked, kept, origin=rooms.origin(kept.message))
        for kept in _originals(sandbox, bot, asked)
    ]


def _pass_on(
    sandbox: Sandbox,
    bot: BotAccount,
    asked: CopyMessages | ForwardMessages,
    kept: Kept,
    *,
    origin: MessageOrigin | None = None,
    without_caption: bool = False,
) -> MessageId:
    room, message = _open(sandbox, bot, asked, kept)
    message.forward_origin = origin
    if without_caption:
        message.caption = message.caption_entities = None
    rooms.post(sandbox, room, message, bot.id, silent=asked.disable_notification)
    return MessageId(message_id=message.message_id)


def _open(sandbox: Sandbox, bot: BotAccount, asked: Delivery, kept: Kept) -> tuple[Room, Message]:
    """The chat to write to and a message with the original's content."""
    room = require_writable(sandbox, bot, asked.chat_id, "messages")
    require_no_thread(asked.message_thread_id)
    message = rooms.draft(sandbox, room, bot.user)
    for name in rooms.CONTENT:
        setattr(message, name, getattr(kept.message, name))
    message.has_protected_content = asked.protect_content or None
    return room, message


def _original(sandbox: Sandbox, bot: BotAccount, chat_id: int | str, message_id: int, verb: str) -> Kept:
    room = require_room(sandbox, bot, chat_id)
    kept = require_kept(room, message_id, f"message to {verb}")
    if not _may_be_passed_on(kept):
        raise bad_request("message can't be copied" if verb == "copy" else "message can't be forwarded")
    return kept


def _originals(sandbox: Sandbox, bot: BotAccount, asked: CopyMessages | ForwardMessages) -> list[Kept]:
    if not 1 <= len(asked.message_ids) <= 100:
        raise bad_request("message identifiers are not specified")
    room = require_room(sandbox, bot, asked.from_chat_id)
    found = [room.messages.get(message_id) for message_id in asked.message_ids]
    kept = [one for one in found if one is not None and _may_be_passed_on(one)]
    if not kept:
        raise bad_request("there are no messages to pass on")
    return kept


def _may_be_passed_on(kept: Kept) -> bool:
    return not (is_service(kept.message) or kept.message.has_protected_content)
