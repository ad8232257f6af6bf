"""What is said about check-in plans, to those who may change them."""

from __future__ import annotations

from dataclasses import dataclass

from models.notices.base import Contact, Notice
from models.rules.plans import Change, Objection, Pause, Plan, PlannedDay


@dataclass(frozen=True, slots=True)
class PlanUnit:
    """A unit whose plan can be looked at."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class PlanShown(Notice):
    """How a unit's homes are asked, and on which of the coming days."""

    unit_id: int
    unit: str
    plan: Plan
    days: tuple[PlannedDay, ...]
    has_own: bool  #: The unit wishes something itself; otherwise all is as in the unit above.
    own_pauses: tuple[Pause, ...]  #: Pauses of the unit itself, which it may end.
    above: PlanUnit | None  #: None at the top.
    has_below: bool
    was_saved: bool = False  #: It was just changed.


@dataclass(frozen=True, slots=True)
class PlanProposed(Notice):
    """A change is read back, as the plan would be with it, before it counts."""

    unit_id: int
    unit: str
    change: Change
    plan: Plan
    days: tuple[PlannedDay, ...]
    refused: tuple[str, ...]  #: Parts that could not be read, as typed.
    open_rounds: int  #: Rounds open now whose steps still ahead would move.


@dataclass(frozen=True, slots=True)
class PlanNotThus(Notice):
    """The change was read, but no round could be held by it; nothing is different."""

    unit_id: int
    unit: str
    objection: Objection


@dataclass(frozen=True, slots=True)
class PlanUnread(Notice):
    """Nothing could be read of what was typed; nothing is different."""

    unit_id: int
    unit: str
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanAsked(Notice):
    """What is to be different?"""

    unit: str


@dataclass(frozen=True, slots=True)
class PlansOffered(Notice):
    """Units whose plan can be looked at."""

    unit_id: int | None  #: The unit right above them; None: the units one serves.
    unit: str
    units: tuple[PlanUnit, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PlanRefused(Notice):
    """Only those who look after a unit, or direct it, may change how it is asked."""

    unit: str
    contacts: tuple[Contact, ...]
