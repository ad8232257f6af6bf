"""What staff do with words that did not reach the team by their sender's own hand."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.commands.base import Enclosure, FromPerson, Sender
from handlers.commands.reports import AboutReport


@dataclass(frozen=True, slots=True, kw_only=True)
class LogMessage(FromPerson):
    """`/ghitin` as a reply to a message of a community's group: it becomes a report of whoever wrote it."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    reply_to_id: int | None = None  #: The message it replies to.
    author: Sender | None = None  #: Who wrote that message; None: it replies to none, or to one of ours.


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportForHome(FromPerson):
    """What a home told its team, on the phone or at the door: it becomes a report of that home."""

    household_id: int
    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TellLogged(AboutReport):
    """Tell who logged a message what became of it, and ask which home it concerns when that is not known."""

    key: str  #: Names the logged message, so that it becomes one report however many log it.
