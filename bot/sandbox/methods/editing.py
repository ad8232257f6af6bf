"""Changes bots make to messages: edits, deletions, pins."""

from __future__ import annotations

import msgspec

from bot.sandbox import members, rooms
from bot.sandbox.methods import texts
from bot.sandbox.methods.addresses import lacking, require_kept, require_room
from bot.sandbox.methods.keyboards import read_inline
from bot.sandbox.methods.parameters.chats import (
    DeleteMessage,
    DeleteMessages,
    Edit,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    PinChatMessage,
    UnpinAllChatMessages,
    UnpinChatMessage,
)
from bot.sandbox.methods.reading import Uploads
from bot.sandbox.methods.sending import fill_media
from bot.sandbox.privacy import is_service
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import Message
from bot.sandbox.state import Sandbox
from bot.sandbox.world import BotAccount, Kept, Room

#: After this long a message can be deleted only by an administrator of its group.
DELETABLE = 48 * 3600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_MEDIA = ("photo", "video", "document", "audio", "animation")


def _open(sandbox: Sandbox, bot: BotAccount, asked: Edit) -> tuple[Room, Kept, Message]:
    """The chat, the message as kept and a copy to change, with the new buttons already in place."""
    if asked.chat_id is None:
        raise bad_request("message identifier is not specified")
    room = require_room(sandbox, bot, asked.chat_id)
    kept = require_kept(room, asked.message_id, "message to edit")
    if kept.author != bot.id or is_service(kept.message):
        raise bad_request("message can't be edited")
    changed = msgspec.structs.replace(kept.message, reply_markup=read_inline(asked.reply_markup))
    return room, kept, changed


def _close(sandbox: Sandbox, room: Room, kept: Kept, changed: Message) -> Message:
    if changed == kept.message:
        raise bad_request(_NOT_MODIFIED)
    return rooms.edit(sandbox, room, kept, changed)


def edit_text(sandbox: Sandbox, bot: BotAccount, asked: EditMessageText, uploads: Uploads) -> Message:
    """editMessageText."""
    room, kept, changed = _open(sandbox, bot, asked)
    words, entities = texts.message_text(asked.text or "", asked.parse_mode, asked.entities)
    if kept.message.text is None:
        raise bad_request("there is no text in the message to edit")
    changed.text, changed.entities = words, entities
    return _close(sandbox, room, kept, changed)


def edit_caption(sandbox: Sandbox, bot: BotAccount, asked: EditMessageCaption, uploads: Uploads) -> Message:
    """editMessageCaption."""
    room, kept, changed = _open(sandbox, bot, asked)
    if not any(getattr(changed, kind) for kind in (*_MEDIA, "voice")):
        raise bad_request("there is no caption in the message to edit")
    words, entities = texts.caption_text(asked.caption, asked.parse_mode, asked.caption_entities)
    changed.caption, changed.caption_entities = words, entities
    return _close(sandbox, room, kept, changed)


def edit_buttons(sandbox: Sandbox, bot: BotAccount, asked: EditMessageReplyMarkup, uploads: Uploads) -> Message:
    """editMessageReplyMarkup."""
    return _close(sandbox, *_open(sandbox, bot, asked))


def edit_media(sandbox: Sandbox, bot: BotAccount, asked: EditMessageMedia, uploads: Uploads) -> Message:
    """editMessageMedia."""
    room, kept, changed = _open(sandbox, bot, asked)
    if not any(getattr(changed, kind) for kind in _MEDIA):
        raise bad_request("message can't be edited")
    for kind in _MEDIA:
        setattr(changed, kind, None)
    fill_media(sandbox, changed, asked.media, uploads, frozenset(_MEDIA))
    return _close(sandbox, room, kept, changed)


def delete(sandbox: Sandbox, bot: BotAccount, asked: DeleteMessage, uploads: Uploads) -> bool:
    """deleteMessage."""
    room = require_room(sandbox, bot, asked.chat_id)
    kept = require_kept(room, asked.message_id, "message to delete")
    if not _may_delete(sandbox, room, bot, kept):
        raise bad_request("message can't be deleted for everyone")
    rooms.delete(sandbox, room, asked.message_id)
    return True


def delete_many(sandbox: Sandbox, bot: BotAccount, asked: DeleteMessages, uploads: Uploads) -> bool:
    """deleteMessages: those that are gone already are passed over, those that must stay stay."""
    room = require_room(sandbox, bot, asked.chat_id)
    if not 1 <= len(asked.message_ids) <= 100:
        raise bad_request("message identifiers are not specified")
    for message_id in asked.message_ids:
        kept = room.messages.get(message_id)
        if kept and _may_delete(sandbox, room, bot, kept):
            rooms.delete(sandbox, room, message_id)
    return True


def _may_delete(sandbox: Sandbox, room: Room, bot: BotAccount, kept: Kept) -> bool:
    if members.may(room.member(bot.id), "can_delete_messages"):
        return True
    young = sandbox.now() - kept.message.date < DELETABLE
    return young and (room.kind == "private" or kept.author == bot.id)


def pin(sandbox: Sandbox, bot: BotAccount, asked: PinChatMessage, uploads: Uploads) -> bool:
    """pinChatMessage."""
    room = _require_pinnable(sandbox, bot, asked.chat_id)
    require_kept(room, asked.message_id, "message to pin")
    if room.pinned[-1:] != [asked.message_id]:
        rooms.pin(sandbox, room, asked.message_id, bot.user, silent=asked.disable_notification)
    return True


def unpin(sandbox: Sandbox, bot: BotAccount, asked: UnpinChatMessage, uploads: Uploads) -> bool:
    """unpinChatMessage: the named one, or the newest."""
    room = _require_pinnable(sandbox, bot, asked.chat_id)
    message_id = asked.message_id or (room.pinned[-1] if room.pinned else 0)
    if message_id not in room.pinned:
        raise bad_request("message to unpin not found")
    rooms.unpin(sandbox, room, message_id)
    return True


def unpin_all(sandbox: Sandbox, bot: BotAccount, asked: UnpinAllChatMessages, uploads: Uploads) -> bool:
    """unpinAllChatMessages."""
    room = _require_pinnable(sandbox, bot, asked.chat_id)
    for message_id in tuple(room.pinned):
        rooms.unpin(sandbox, room, message_id)
    return True


def _require_pinnable(sandbox: Sandbox, bot: BotAccount, chat_id: int | str) -> Room:
    room = require_room(sandbox, bot, chat_id)
    if room.kind != "private" and not members.may(room.member(bot.id), "can_pin_messages"):
        raise lacking("manage pinned messages in the chat")
    return room
