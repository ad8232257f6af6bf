"""What is asked about the talk of a community's group, where its commander lets the bot listen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command, Enclosure, FromPerson, Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferToSend(Command):
    """Somebody wrote in a group what looks like a report; which words, nobody has kept."""

    chat_id: int
    message_id: int
    author_id: int  #: Their account.
    is_urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSaid(FromPerson):
    """[Gửi cho tổ], under a message that is not there any more."""

    verb: ClassVar[str] = "said"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSaid(FromPerson):
    """[Gửi cho tổ]: the tap brings along the message under which it stands."""

    author: Sender
    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOverhearing(FromPerson):
    """`/nghenhom [unit]`: whether the bot listens in a community's group."""

    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchOverhearing(FromPerson):
    """[Bật nghe nhóm] or [Tắt nghe nhóm]."""

    verb: ClassVar[str] = "ears"
    unit_id: int
    on: bool
