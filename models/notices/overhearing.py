"""What is said where the bot listens for reports in a community's group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.notices.base import Contact, IfUnsure, Names, Notice


@dataclass(frozen=True, slots=True)
class SendingOffered(Notice):
    """Under somebody's message in the group: does the team need to know of it? Nothing of theirs is repeated."""

    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN
    silent: ClassVar[bool] = True

    message_id: int
    emergency: str  #: The ambulance's number.

    @property
    def under_message_id(self) -> int | None:
        return self.message_id


@dataclass(frozen=True, slots=True)
class NotYoursToSend(Notice):
    """To whoever tapped under somebody else's message."""


@dataclass(frozen=True, slots=True)
class OverhearingShown(Notice):
    """Whether the bot listens in a community's group, and what it would lack there."""

    unit_id: int
    unit: str
    is_on: bool
    lacks_administrator: bool = False  #: Only as the group's administrator does it get to read all messages.


@dataclass(frozen=True, slots=True)
class OverhearingExplained(Notice):
    """How a community is named, and in whose groups the bot listens."""

    listening: Names


@dataclass(frozen=True, slots=True)
class OverhearingRefused(Notice):
    """Only a unit's commanders decide whether the bot listens: these are."""

    who_can: tuple[Contact, ...]
