"""What a person sees on their screen: chats and the messages in them."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.sandbox.shapes import FileShape, Message
from bot.sandbox.state import Sandbox
from bot.sandbox.world import Kept, Member, Person, Room

#: Every kind of content but text, in the order in which a message is looked through.
CONTENT = (
    "photo",
    "document",
    "voice",
    "audio",
    "video",
    "video_note",
    "animation",
    "sticker",
    "venue",
    "location",
    "contact",
)
SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "group_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
)


class Button(msgspec.Struct, frozen=True, omit_defaults=True):
    """An inline button."""

    label: str
    url: str = ""  #: Set for a button that opens a link instead of telling the bot.


class Seen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A message as somebody in the chat sees it."""

    chat: int  #: The chat's id on this person's screen: a bot's id, or a group's.
    id: int
    date: int
    sender_id: int
    sender: str
    text: str = ""  #: The words, or those below a file, or of a service message: the new title, the names.
    kind: str = "text"  #: text, a name of CONTENT, or a name of SERVICE.
    buttons: list[list[Button]] = []
    mine: bool = False
    edited: bool = False
    silent: bool = False
    protected: bool = False  #: It can be neither forwarded nor saved.
    pinned: bool = False
    reply_to: int | None = None
    reply_sender: str = ""
    reply_text: str = ""
    forwarded_from: str = ""
    file: str = ""  #: The file's id, for `Sandbox.world.files`.
    file_name: str = ""
    file_size: int = 0
    seconds: int = 0  #: How long a recording lasts.
    place: tuple[float, float] | None = None
    album: str = ""  #: The same for the messages of one album.
    entities: list[dict[str, Any]] = []
    by_bot: bool = False

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons, row by row."""
        return [button.label for row in self.buttons for button in row]


class SeenChat(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line in somebody's list of chats."""

    id: int
    kind: str
    title: str
    unread: int
    members: int = 0
    last: Seen | None = None
    started: bool = True  #: False for a bot this person has not met yet.
    blocked: bool = False
    pinned: Seen | None = None
    leads: bool = False  #: This person is the group's creator or an administrator.
    shelf: str = ""  #: The column of the page in which a group stands.
    migrated_from: int = 0  #: The group a supergroup was; 0 for every other chat.
    bots: dict[int, str] = {}  #: Every bot that is or was in a group: leading, inside, muted or out.


def seen(sandbox: Sandbox, room: Room, kept: Kept, viewer: Person) -> Seen:
    """The message as this person sees it."""
    message = kept.message
    kind = _kind(message)
    return Seen(
        chat=room.bot_id or room.id,
        id=message.message_id,
        date=message.date,
        sender_id=message.sender.id if message.sender else 0,
        sender=_sender(message),
        text=_words(message, kind),
        kind=kind,
        buttons=_buttons(message),
        mine=kept.author == viewer.id,
        by_bot=kept.author in sandbox.world.bots,
        edited=message.edit_date is not None,
        silent=kept.silent,
        protected=bool(message.has_protected_content),
        pinned=message.message_id in room.pinned,
        forwarded_from=_origin(message),
        place=(message.location.latitude, message.location.longitude) if message.location else None,
        album=message.media_group_id or "",
        entities=msgspec.to_builtins(message.entities or message.caption_entities or []),
        **_reply_of(message),
        **_file_of(message, kind),
    )


def _reply_of(message: Message) -> dict[str, Any]:
    """What is shown of the message this one answers."""
    reply = message.reply_to_message
    if reply is None:
        return {}
    return {
        "reply_to": reply.message_id,
        "reply_sender": _sender(reply),
        "reply_text": _words(reply, _kind(reply)),
    }


def _file_of(message: Message, kind: str) -> dict[str, Any]:
    """What is shown of the file in the message."""
    found = getattr(message, kind, None)
    file = found[-1] if kind == "photo" and found else found
    if not isinstance(file, FileShape):
        return {}
    return {
        "file": file.file_id,
        "file_name": getattr(file, "file_name", None) or "",
        "file_size": file.file_size or 0,
        "seconds": getattr(file, "duration", 0),
    }


def _kind(message: Message) -> str:
    if message.text is not None:
        return "text"
    return next((name for name in (*CONTENT, *SERVICE) if getattr(message, name) is not None), "text")


def _sender(message: Message) -> str:
    if message.sender_chat is not None:
        return message.sender_chat.title or ""
    if message.sender is None:
        return ""
    return f"{message.sender.first_name} {message.sender.last_name or ''}".strip()


def _words(message: Message, kind: str) -> str:
    if kind == "new_chat_members":
        return ", ".join(user.first_name for user in message.new_chat_members or [])
    if message.left_chat_member is not None:
        return message.left_chat_member.first_name
    if message.pinned_message is not None:
        return _words(message.pinned_message, _kind(message.pinned_message))
    if message.contact is not None:
        return f"{message.contact.first_name} {message.contact.phone_number}"
    if message.venue is not None:
        return f"{message.venue.title}, {message.venue.address}"
    return message.text or message.caption or message.new_chat_title or ""


def _buttons(message: Message) -> list[list[Button]]:
    if message.reply_markup is None:
        return []
    return [
        [Button(label=button.text, url=button.url or "") for button in row]
        for row in message.reply_markup.inline_keyboard
    ]


def _origin(message: Message) -> str:
    origin = message.forward_origin
    if origin is None:
        return ""
    if origin.sender_chat is not None:
        return origin.sender_chat.title or ""
    user = origin.sender_user
    return f"{user.first_name} {user.last_name or ''}".strip() if user else ""


def chats_of(sandbox: Sandbox, person: Person) -> list[SeenChat]:
    """Every chat on this person's screen, the newest message first; bots not met yet come last."""
    rooms = [
        *(bot.private[person.id] for bot in sandbox.world.bots.values() if person.id in bot.private),
        *(sandbox.world.groups[room_id] for room_id in person.groups),
    ]
    lines = [chat_line(sandbox, room, person) for room in rooms]
    lines.sort(key=lambda line: line.last.date if line.last else 0, reverse=True)
    met = {line.id for line in lines}
    new = [bot for bot in sandbox.world.bots.values() if bot.id not in met]
    return lines + [
        SeenChat(id=bot.id, kind="private", title=bot.user.first_name, unread=0, started=False) for bot in new
    ]


def chat_line(sandbox: Sandbox, room: Room, person: Person) -> SeenChat:
    """One chat in this person's list."""
    member = room.member(person.id)
    last = room.messages[next(reversed(room.messages))] if room.messages else None
    pinned = room.messages[room.pinned[-1]] if room.pinned else None
    bot = sandbox.world.bots.get(room.bot_id)
    return SeenChat(
        id=room.bot_id or room.id,
        kind=room.kind,
        title=bot.user.first_name if bot else room.title,
        unread=_unread(room, member.read_up_to, person.id),
        members=sum(other.inside for other in room.members.values()),
        last=seen(sandbox, room, last, person) if last else None,
        blocked=bot is not None and not room.member(bot.id).inside,
        pinned=seen(sandbox, room, pinned, person) if pinned else None,
        leads=member.leads,
        shelf=room.shelf,
        migrated_from=room.migrated_from or 0,
        bots={} if bot else {other.user_id: _standing(room, other) for other in _bots_of(sandbox, room)},
    )


def _bots_of(sandbox: Sandbox, room: Room) -> list[Member]:
    return [member for member in room.members.values() if member.user_id in sandbox.world.bots]


def _standing(room: Room, bot: Member) -> str:
    if not bot.inside:
        return "out"
    if bot.leads:
        return "leading"
    return "muted" if bot.status == "restricted" or room.muted else "inside"


def _unread(room: Room, read_up_to: int, person_id: int) -> int:
    """How many messages of others are newer than the newest this person has read."""
    newer = range(read_up_to + 1, room.last_message_id + 1)
    found = (room.messages.get(number) for number in newer)
    return sum(kept is not None and kept.author != person_id for kept in found)
