"""What staff do with words that somebody said in a group instead of to the team."""

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
class TellLogged(AboutReport):
    """Tell who logged a message what became of it, and ask which home it concerns when that is not known."""

    key: str  #: Names the logged message, so that it becomes one report however many log it.
