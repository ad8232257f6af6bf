"""What is said about who somebody is: welcomes, help, duty, codes and invitations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Notice


@dataclass(frozen=True, slots=True)
class Post:
    """One role in one unit."""

    role: str  #: A role's name, for the catalogue.
    unit: str  #: The unit's name; empty for an administrator.


# Meeting people.


@dataclass(frozen=True, slots=True)
class ResidentWelcomed(Notice):
    """Someone without a role pressed Start."""

    place: str  #: Whose team this is: their community, or the whole district.
    hotline: str
    remark: str = ""  #: A word for the catalogue about the link they followed; empty when all was well.


@dataclass(frozen=True, slots=True)
class StaffWelcomed(Notice):
    """Someone who holds a role pressed Start, or asked for help."""

    name: str
    posts: tuple[Post, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ResidentHelped(Notice):
    """Someone without a role asked what the bot is for."""

    hotline: str


@dataclass(frozen=True, slots=True)
class PrivateChatNeeded(Notice):
    """In a group: what was asked for goes on in the private chat, which this link opens."""

    payload: str = ""  #: What the link carries there, such as "ask-12" or "baotin"; empty: nothing.


@dataclass(frozen=True, slots=True)
class LanguageAsked(Notice):
    """Which language would they read?"""

    has_voices: bool = False  #: Prompts can be heard, too, in languages that may have no letters here.


@dataclass(frozen=True, slots=True)
class LanguageChosen(Notice):
    """From now on they read this one."""


@dataclass(frozen=True, slots=True)
class ButtonTooOld(Notice):
    """A button or command this version does not know was used."""


@dataclass(frozen=True, slots=True)
class DraftCancelled(Notice):
    """The open question was given up."""


# Codes and invitations.


@dataclass(frozen=True, slots=True)
class AdministratorMade(Notice):
    """The first start's code was sent: its sender installs, imports and binds from now on."""

    protected: ClassVar[bool] = True

    name: str


@dataclass(frozen=True, slots=True)
class Joined(Notice):
    """The account now belongs to the listed person."""

    protected: ClassVar[bool] = True

    name: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class CodeRefused(Notice):
    """A code or link opens nothing: mistyped, used, or expired."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class CodesPaused(Notice):
    """Too many wrong codes: this account's codes are ignored until then."""

    until: datetime
