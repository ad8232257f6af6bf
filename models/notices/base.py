"""What every notice is: a frozen value in the past tense that says what somebody is to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar

import msgspec

from models.rules.mail import Priority

#: How many names of a longer list a message has room for.
NAMES_SHOWN = 10


class IfUnsure(StrEnum):
    """What to do when a message may or may not have arrived."""

    REPEAT = "repeat"  #: Send again: it shows a code, or showing it twice does no harm.
    ASK_AGAIN = "ask_again"  #: Send again: it asks something, and one answer settles both copies.
    LEAVE = "leave"  #: Never blindly again (files): mark it uncertain for a person to look at.


@dataclass(frozen=True, slots=True)
class Notice:
    """Something we can say. Subclasses carry every value their sentence needs, so that rendering asks nobody."""

    #: Which mail goes first.
    priority: ClassVar[Priority] = Priority.REPLY
    #: What happens after an ambiguous send.
    if_unsure: ClassVar[IfUnsure] = IfUnsure.REPEAT
    #: Personal cards cannot be forwarded or saved.
    protected: ClassVar[bool] = False
    #: Whether what it says is erased from the outbox once it has arrived, as a token must be.
    erased: ClassVar[bool] = False
    #: Whether the phone keeps quiet.
    silent: ClassVar[bool] = False
    #: As a card: so long after a change that is shown, further ones gather into one edit.
    rest: ClassVar[timedelta] = timedelta()
    #: Whether its story wants to hear that it arrived (as the command `MailDelivered`).
    confirms: ClassVar[bool] = False
    #: Every kind of notice by its class name.
    kinds: ClassVar[dict[str, type[Notice]]] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        # A dataclass with slots is made twice, so the later class replaces the earlier one; another's name never.
        known = Notice.kinds.get(cls.__name__, cls)
        assert known.__module__ == cls.__module__, f"two notices are called {cls.__name__}"
        Notice.kinds[cls.__name__] = cls

    @property
    def kind(self) -> str:
        return type(self).__name__

    @property
    def under_message_id(self) -> int | None:
        """The message of somebody's under which it stands in that chat; None: it stands by itself."""
        return None

    def to_json(self) -> str:
        return msgspec.json.encode(self).decode()

    @staticmethod
    def from_json(kind: str, text: str) -> Notice:
        """The notice as it was told. Raises KeyError for a kind this version does not know."""
        return msgspec.json.decode(text, type=Notice.kinds[kind])


@dataclass(frozen=True, slots=True)
class Contact:
    """A person as others may see them: who, and where to call."""

    name: str
    phone: str = ""
    role: str = ""  #: A role's name, for the catalogue; empty when it does not matter.
    unit: str = ""  #: The unit's name; empty when it does not matter.


@dataclass(frozen=True, slots=True)
class Names:
    """The first names of a list, and how many more there are."""

    first: tuple[str, ...] = ()
    more: int = 0

    @classmethod
    def of(cls, names: Sequence[str]) -> Names:
        """As many of these as a message has room for."""
        return cls(tuple(names[:NAMES_SHOWN]), max(0, len(names) - NAMES_SHOWN))


@dataclass(frozen=True, slots=True)
class Passed(Notice):
    """A picture, voice, file or place goes along by the service's own id; its bytes never touch us."""

    if_unsure: ClassVar[IfUnsure] = IfUnsure.LEAVE
    protected: ClassVar[bool] = True

    media: str  #: "photo", "voice", "video", "document" or "location".
    file_id: str = ""
    latitude: float | None = None
    longitude: float | None = None
    about: str = ""  #: The code of what it belongs to, shown as its caption.


@dataclass(frozen=True, slots=True)
class FileHanded(Notice):
    """A file the bot made; what its kind says is the caption. Each mail has a file of its own."""

    if_unsure: ClassVar[IfUnsure] = IfUnsure.LEAVE
    protected: ClassVar[bool] = False  # It is there to be printed, filled in, passed on.

    file_id: int  #: The `StoredFile`, which is erased once it has arrived.


@dataclass(frozen=True, slots=True)
class MessageRemoved(Notice):
    """A message in a group is taken away, such as a report typed where neighbours read."""

    message_id: int


@dataclass(frozen=True, slots=True)
class CopyRetired(Notice):
    """An unknown copy of one of our cards loses its buttons; the known card goes on."""

    message_id: int


@dataclass(frozen=True, slots=True)
class CardPinned(Notice):
    """A card that was just sent is pinned in its chat."""

    silent: ClassVar[bool] = True

    message_id: int


@dataclass(frozen=True, slots=True)
class RightsAsked(Notice):
    """The service is asked what we may do in a chat; its answer comes back through the inbox."""


@dataclass(frozen=True, slots=True)
class MenuOffered(Notice):
    """The list of commands of one chat: a person's by the roles they hold, a bound group's by its tier."""

    priority: ClassVar[Priority] = Priority.BULK

    roles: tuple[str, ...] = ()
    language: str = ""
    group: str = ""  #: "community_group" or "office_group"; empty for a person's private chat.
