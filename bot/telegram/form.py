"""The form of an update, as far as we read it: what is not of it is set aside before any story trips over it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

Raw = Mapping[str, Any]

#: What we ask the service for; `chat_member` comes only when it is named.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")

#: A number as a database can hold it; the service's own need 52 bits at most.
Number = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
#: The service's own name of a file: letters no database refuses.
FileId = Annotated[str, Meta(pattern="^[ -~]*$")]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]


class Formless(ValueError):
    """An update, or a part of it, is not as the service describes it."""


class User(msgspec.Struct):
    """An account."""

    id: Number
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    language_code: str = ""


class Chat(msgspec.Struct):
    """Where something was said."""

    id: Number
    type: str
    title: str = ""


class File(msgspec.Struct):
    """A picture, a recording or a document."""

    file_id: FileId
    file_name: str = ""


class Sticker(msgspec.Struct):
    """A picture that stands for a feeling."""

    emoji: str = ""


class Location(msgspec.Struct):
    """A point on the map."""

    latitude: Latitude
    longitude: Longitude


class Venue(msgspec.Struct):
    """A point on the map with a name."""

    location: Location | UnsetType = UNSET


class Contact(msgspec.Struct):
    """A telephone number somebody shared."""

    phone_number: str = ""
    first_name: str = ""


class Message(msgspec.Struct):
    """What was said, or what happened in a chat."""

    message_id: Number
    chat: Chat
    sender: User | UnsetType = msgspec.field(default=UNSET, name="from")
    text: str = ""
    caption: str = ""
    reply_to_message: Message | UnsetType = UNSET
    photo: list[File] = []
    voice: File | UnsetType = UNSET
    audio: File | UnsetType = UNSET
    video: File | UnsetType = UNSET
    video_note: File | UnsetType = UNSET
    document: File | UnsetType = UNSET
    sticker: Sticker | UnsetType = UNSET
    location: Location | UnsetType = UNSET
    venue: Venue | UnsetType = UNSET
    contact: Contact | UnsetType = UNSET
    migrate_to_chat_id: Number | UnsetType = UNSET
    migrate_from_chat_id: Number | UnsetType = UNSET
    new_chat_title: str = ""
    new_chat_members: list[User] = []
    left_chat_member: User | UnsetType = UNSET


class Press(msgspec.Struct):
    """A button was pressed."""

    id: str
    sender: User = msgspec.field(name="from")
    data: str = ""
    message: Message | UnsetType = UNSET


class Member(msgspec.Struct):
    """How somebody belongs to a chat."""

    status: str
    user: User


class Change(msgspec.Struct):
    """Somebody belongs to a chat in another way than before."""

    chat: Chat
    sender: User = msgspec.field(name="from")
    new_chat_member: Member


class Trace(msgspec.Struct):
    """What we keep ourselves of a message whose words are not kept."""

    message_id: Number
    chat: Chat
    sender: User = msgspec.field(name="from")
    is_urgent: bool


class Update(msgspec.Struct):
    """One update; kinds we did not ask for are not looked at."""

    message: Message | UnsetType = UNSET
    edited_message: Message | UnsetType = UNSET
    callback_query: Press | UnsetType = UNSET
    my_chat_member: Change | UnsetType = UNSET
    chat_member: Change | UnsetType = UNSET
    overheard: Trace | UnsetType = UNSET


def require_form(update: Raw) -> None:
    """Raise `Formless`, with the place and without anybody's words, unless everything we read of it can be read."""
    try:
        msgspec.convert(update, Update)
    except msgspec.ValidationError as error:
        raise Formless(str(error)) from None
    except (UnicodeError, RecursionError) as error:
        # Half a letter where something else belongs, or messages in messages without end.
        raise Formless(type(error).__name__) from None


def has_number(update: object) -> bool:
    """Whether it is an update that can be known again, and confirmed."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**63


def lane(update: Raw) -> int:
    """The chat an update belongs to: updates of one chat keep their order. 0 for those of none."""
    value: Raw = next((update[kind] for kind in ALLOWED_UPDATES if kind in update), {})
    chat = value.get("chat") or value.get("message", {}).get("chat") or value.get("from")
    return int(chat["id"]) if chat else 0


def lane_of_formless(update: Raw) -> int:
    """The chat an update belongs to although it is not of the form we know; 0 where that cannot be told either."""
    message = update.get("message")
    chat = message.get("chat") if isinstance(message, Mapping) else None
    chat_id = chat.get("id") if isinstance(chat, Mapping) else None
    return chat_id if isinstance(chat_id, int) and abs(chat_id) < 2**63 else 0


def said_at(update: Raw) -> datetime | None:
    """When the message an update brings was sent; None when it brings none."""
    message = update.get("message") or update.get("edited_message")
    date = message.get("edit_date") or message.get("date") if isinstance(message, Mapping) else None
    try:
        return datetime.fromtimestamp(date, UTC) if isinstance(date, int) else None
    except (OverflowError, OSError, ValueError):
        return None
