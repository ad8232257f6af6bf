"""The form of an update, as far as we read it: what is not of it is set aside before any story trips over it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, TypeGuard

import msgspec
from msgspec import UNSET, Meta, UnsetType

Raw = Mapping[str, Any]

#: What we ask the service for; `chat_member` comes only when it is named.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")

#: A number as a database can hold it; the service's own need 52 bits at most.
Number = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
#: The service's own name of a file, never empty: letters no database refuses.
FileId = Annotated[str, Meta(pattern="^[ -~]+$")]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]


class Formless(ValueError):
    """An update, or a part of it, is not as the service describes it."""


class Part(msgspec.Struct, gc=False):
    """A part of an update. What is read from JSON holds nothing that holds it, so nobody need look for such a ring."""


class User(Part):
    """An account."""

    id: Number
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    language_code: str = ""


class Chat(Part):
    """Where something was said."""

    id: Number
    type: str
    title: str = ""


class File(Part):
    """A picture, a recording or a document."""

    file_id: FileId
    file_name: str = ""


class Sticker(Part):
    """A picture that stands for a feeling."""

    emoji: str = ""


class Location(Part):
    """A point on the map."""

    latitude: Latitude
    longitude: Longitude


class Venue(Part):
    """A point on the map with a name."""

    location: Location | UnsetType = UNSET


class Contact(Part):
    """A telephone number somebody shared."""

    phone_number: str = ""
    first_name: str = ""


class Message(Part):
    """What was said, or what happened in a chat."""

    message_id: Number
    chat: Chat
    #: When it was said, and last changed; whatever is no time there is none.
    date: Any = None
    edit_date: Any = None
    sender: User | UnsetType = msgspec.field(default=UNSET, name="from")
    #: The group, or the channel, in whose name it was said.
    sender_chat: Any = None
    #: Where it was forwarded from.
    forward_origin: Any = UNSET
    text: str = ""
    caption: str = ""
    media_group_id: str = ""
    reply_to_message: Message | UnsetType = UNSET
    photo: list[File] | UnsetType = UNSET
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
    new_chat_title: str | UnsetType = UNSET
    new_chat_members: list[User] | UnsetType = UNSET
    left_chat_member: User | UnsetType = UNSET

    @property
    def words(self) -> str:
        """What it says, or what stands under its picture."""
        return self.text or self.caption

    @property
    def replied_to(self) -> int | None:
        """The account whose message it replies to."""
        replied = self.reply_to_message
        return None if replied is UNSET or replied.sender is UNSET else replied.sender.id


class Press(Part):
    """A button was pressed."""

    id: str
    sender: User = msgspec.field(name="from")
    data: str = ""
    message: Message | UnsetType = UNSET


class Member(Part):
    """How somebody belongs to a chat."""

    status: str
    user: User


class Change(Part):
    """Somebody belongs to a chat in another way than before."""

    chat: Chat
    sender: User = msgspec.field(name="from")
    new_chat_member: Member


class Trace(Part):
    """What we keep ourselves of a message whose words are not kept."""

    message_id: Number
    chat: Chat
    sender: User = msgspec.field(name="from")
    is_urgent: bool


class Update(Part):
    """One update; kinds we did not ask for are not looked at."""

    update_id: Number | None = None
    message: Message | UnsetType = UNSET
    edited_message: Message | UnsetType = UNSET
    callback_query: Press | UnsetType = UNSET
    my_chat_member: Change | UnsetType = UNSET
    chat_member: Change | UnsetType = UNSET
    overheard: Trace | UnsetType = UNSET

    @property
    def lane(self) -> int:
        """The chat it belongs to: updates of one chat keep their order. 0 for those of none."""
        for kind in (self.message, self.edited_message, self.my_chat_member, self.chat_member):
            if kind is not UNSET:
                return kind.chat.id
        press = self.callback_query
        if press is UNSET:
            return 0
        return press.sender.id if press.message is UNSET else press.message.chat.id

    @property
    def said_at(self) -> datetime | None:
        """When the message it brings was sent; None when it brings none."""
        message = self.edited_message if self.message is UNSET else self.message
        date = None if message is UNSET else message.edit_date or message.date
        return _instant(date) if isinstance(date, int) else None


@lru_cache(maxsize=128)
def _instant(seconds: int) -> datetime | None:
    """The instant so many seconds after 1970, if there is one; what comes together is mostly of the same few."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


_AS_IT_CAME = msgspec.json.Decoder(Update)


def read(came: bytes) -> Update:
    """What we read of an update as it came. Raises `Formless`, with the place and without anybody's words."""
    try:
        return _AS_IT_CAME.decode(came)
    except msgspec.ValidationError as error:
        raise Formless(str(error)) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return form_of(loosely(came))


def loosely(came: bytes) -> Any:
    """The same as plain values, by a reader that takes what a broken program sends: half a letter; None for no JSON."""
    try:
        return json.loads(came.decode(errors="replace"))
    except (ValueError, RecursionError):
        return None


def form_of(update: object) -> Update:
    """What we read of an update. Raises `Formless`, with the place and without anybody's words."""
    try:
        return msgspec.convert(update, Update)
    except msgspec.ValidationError as error:
        raise Formless(str(error)) from None
    except (UnicodeError, RecursionError) as error:
        # Half a letter where something else belongs, or messages in messages without end.
        raise Formless(type(error).__name__) from None


def number_of(update: object) -> int | None:
    """By what an update, of whatever form, can be known again and confirmed; None where it says no such number."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if _is_number(number) else None


def lane_of_formless(update: Raw) -> int:
    """The chat an update belongs to although it is not of the form we know; 0 where that cannot be told either."""
    message = update.get("message")
    chat = message.get("chat") if isinstance(message, Mapping) else None
    chat_id = chat.get("id") if isinstance(chat, Mapping) else None
    return chat_id if _is_number(chat_id) else 0


def _is_number(value: object) -> TypeGuard[int]:
    """Whether a database holds it as a number; a yes or no is none, though Python says otherwise."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
