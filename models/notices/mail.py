"""What is said when the mail itself has a problem."""

from __future__ import annotations

from dataclasses import dataclass

from models.notices.base import Notice


@dataclass(frozen=True, slots=True)
class MessageKept(Notice):
    """To its sender: we could not read the last message; it is kept, and this is whom to call meanwhile."""

    hotlines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryParked(Notice):
    """To the administrator: an update failed five times and waits for a person."""

    entry: str  #: As `tocovid parked` and `tocovid replay` call it, "in-7".
    failure: str


@dataclass(frozen=True, slots=True)
class MailParked(Notice):
    """To the administrator: the service refused a message as wrong, and it waits for a person."""

    mail: str  #: "out-9".
    failure: str
