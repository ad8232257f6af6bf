"""Where a report comes from, when its sender is linked to no home: they are asked, and tap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command
from handlers.commands.reports import AboutReport


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPlace(Command):
    """Nobody knows where the report comes from: ask its sender."""

    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePlace(AboutReport):
    """A place was tapped: what lies below it is offered next, until there is nothing below."""

    verb: ClassVar[str] = "where"
    unit_id: int
    page: int  #: Of what lies below it.
