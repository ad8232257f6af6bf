"""What is said of how complete and how timely rounds were, to those above the communities."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from models.notices.base import Notice
from models.rules.checkins import Tally
from models.rules.mail import Priority


@dataclass(frozen=True, slots=True)
class FiguresSent(Notice):
    """A unit's figures in its group: homes and units counted, nobody's health."""

    # Commanders decide by them: they do not wait behind the boards and lists they were counted from.
    priority: ClassVar[Priority] = Priority.DIRECTIVE
    silent: ClassVar[bool] = True

    unit_id: int
    unit: str
    day: dt.date
    closed: int  #: Communities whose round is closed.
    rounds: int  #: Communities with a round that day.
    skipped: int  #: Communities whose round lay in an outage.
    expected: int
    self_reported: int
    on_behalf: int
    unreachable: int
    silent_homes: int
    on_time: int


@dataclass(frozen=True, slots=True)
class FiguresTold(Notice):
    """The same in private, with how many are ill or in need, for those who answer for it."""

    # Commanders decide by them: they do not wait behind the boards and lists they were counted from.
    priority: ClassVar[Priority] = Priority.DIRECTIVE
    protected: ClassVar[bool] = True

    unit_id: int
    unit: str
    day: dt.date
    closed: int
    rounds: int
    skipped: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class UnitPart:
    """One unit right below, and what it lacks."""

    unit_id: int
    unit: str
    waiting_for: int  #: Homes neither answered nor tried.
    expected: int
    round_id: int | None  #: The round, when the unit is a community.
    skipped: int = 0  #: Communities whose round lay in an outage: none of their homes was asked.


@dataclass(frozen=True, slots=True)
class UnitsListed(Notice):
    """The units behind on a day, by name."""

    protected: ClassVar[bool] = True

    unit: str
    day: dt.date
    parts: tuple[UnitPart, ...]


@dataclass(frozen=True, slots=True)
class StepsSkipped(Notice):
    """An outage let steps of rounds pass; they are not sent late."""

    steps: int
    units: int
