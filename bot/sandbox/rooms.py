"""Messages in a chat: written, edited, deleted, pinned, and told to the bots that may see them."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.sandbox import privacy, updates
from bot.sandbox.shapes import Message, MessageOrigin, User
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import ANONYMOUS, Kept, Room

#: The fields of a message that travel along when it is copied or forwarded.
CONTENT = (
    "text",
    "entities",
    "animation",
    "audio",
    "document",
    "photo",
    "sticker",
    "video",
    "video_note",
    "voice",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "contact",
    "venue",
    "location",
)


def draft(sandbox: Sandbox, room: Room, sender: User) -> Message:
    """A message without content; an anonymous administrator's carries the group's name."""
    chat = sandbox.chat_shape(room)
    if room.member(sender.id).anonymous:
        return Message(message_id=0, date=0, chat=chat, sender=ANONYMOUS, sender_chat=chat)
    return Message(message_id=0, date=0, chat=chat, sender=sender)


def post(
    sandbox: Sandbox,
    room: Room,
    message: Message,
    author: int,
    *,
    silent: bool = False,
    keyboard: dict[str, Any] | None = None,
) -> Message:
    """Give the message its number and date, keep it, and deliver it."""
    room.last_message_id += 1
    message.message_id = room.last_message_id
    message.date = sandbox.now()
    kept = Kept(message=message, author=author, silent=silent, keyboard=keyboard)
    room.messages[message.message_id] = kept
    if author in room.members:
        room.members[author].read_up_to = message.message_id
    _deliver(sandbox, room, kept, "message")
    sandbox.tell(Event("message", room=room, kept=kept))
    return message


def _deliver(sandbox: Sandbox, room: Room, kept: Kept, kind: str) -> None:
    """Queue the message for the bots here. No bot hears a bot, itself included, but for service messages."""
    if kept.author in sandbox.world.bots and not privacy.is_service(kept.message):
        return
    for bot_id in room.bots:
        bot = sandbox.world.bots[bot_id]
        if privacy.sees(room, bot, kept.message):
            updates.queue(sandbox, bot, room.id, **{kind: kept.message})


def service(sandbox: Sandbox, room: Room, actor: User, *, silent: bool = False, **content: Any) -> Message:
    """Write a service message: somebody joined, the title changed, …"""
    message = draft(sandbox, room, actor)
    for name, value in content.items():
        setattr(message, name, value)
    return post(sandbox, room, message, actor.id, silent=silent)


def snapshot(message: Message) -> Message:
    """The message as a reply or a pin shows it: without what it replied to in its turn."""
    return msgspec.structs.replace(message, reply_to_message=None, pinned_message=None)


def origin(message: Message) -> MessageOrigin:
    """Whom a forwarded message names as its author."""
    if message.forward_origin is not None:
        return message.forward_origin
    if message.sender_chat is not None:
        return MessageOrigin(type="chat", date=message.date, sender_chat=message.sender_chat)
    return MessageOrigin(type="user", date=message.date, sender_user=message.sender)


def edit(sandbox: Sandbox, room: Room, kept: Kept, changed: Message) -> Message:
    """Put `changed` in the place of a kept message; the old one stays what earlier updates said."""
    changed.edit_date = sandbox.now()
    changed.chat = sandbox.chat_shape(room)
    kept.message = changed
    _deliver(sandbox, room, kept, "edited_message")
    sandbox.tell(Event("edited", room=room, kept=kept))
    return changed


def delete(sandbox: Sandbox, room: Room, message_id: int) -> None:
    """Take a message out of the chat, and off the pins."""
    kept = room.messages.pop(message_id)
    if message_id in room.pinned:
        room.pinned.remove(message_id)
    sandbox.tell(Event("deleted", room=room, kept=kept))


def pin(sandbox: Sandbox, room: Room, message_id: int, actor: User, *, silent: bool = False) -> None:
    """Pin a message on top of the others and say so in the chat."""
    if message_id in room.pinned:
        room.pinned.remove(message_id)
    room.pinned.append(message_id)
    kept = room.messages[message_id]
    sandbox.tell(Event("pinned", room=room, kept=kept))
    service(sandbox, room, actor, silent=silent, pinned_message=snapshot(kept.message))


def unpin(sandbox: Sandbox, room: Room, message_id: int) -> None:
    """Take one message off the pins."""
    room.pinned.remove(message_id)
    sandbox.tell(Event("room", room=room))
