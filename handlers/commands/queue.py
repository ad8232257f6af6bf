"""What staff ask of many reports at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command, FromPerson
from models.rules.queue import QueueBy


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQueue(FromPerson):
    """`/tindangcho`."""

    verb: ClassVar[str] = "queue"


@dataclass(frozen=True, slots=True, kw_only=True)
class SortQueue(FromPerson):
    """Count what waits under the headings of age, urgency or kind."""

    verb: ClassVar[str] = "q-by"
    by: QueueBy


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowseQueue(FromPerson):
    """List what waits under one heading, or all of it, page by page."""

    verb: ClassVar[str] = "q"
    by: QueueBy
    heading: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchReports(FromPerson):
    """`/timtin`: by code, words without marks, a home's number or head, or a day."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchVillage(Command):
    """A report came in, or turned out to be of another kind: do several of one village tell of the same?"""

    report_id: int
