"""Which desk works on a report: the lowest one that can, and the next one above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.reports import Rung, Seat
from models.rules.roles import OFFICE_DESK, TEAM_DESK, VILLAGE_DESK, Role
from models.rules.triage import Category

#: Whose roles make up the desk of each rung.
SITS_AT = {Rung.TEAM: TEAM_DESK, Rung.VILLAGE_HEAD: VILLAGE_DESK, Rung.OFFICE: OFFICE_DESK}
AT_A_DESK = TEAM_DESK | VILLAGE_DESK | OFFICE_DESK

#: Whom a resident is told to call first at a desk; a commander last, who has all the others to lead.
_SPEAKS_FIRST = (Role.TEAM, Role.VILLAGE_HEAD, Role.OFFICER, Role.HEALTH, Role.POLICE, Role.COMMANDER)
_ILLNESS = frozenset({Category.EMERGENCY, Category.SYMPTOM, Category.CONTACT, Category.VACCINE})


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk on the way up, as it stands now for one report."""

    seat: Seat
    reachable: int  #: How many of its people a private message reaches, the report's own people left out.
    has_chat: bool = False  #: Whether its unit works in a staff-only chat.

    def is_ready(self, needed: int) -> bool:
        """Whether it can be relied on: by its chat, or by at least `needed` people."""
        return self.has_chat or self.reachable >= needed

    @property
    def has_anyone(self) -> bool:
        return self.has_chat or self.reachable > 0


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a report goes, and what was found on the way there."""

    seat: Seat
    passed_over: tuple[Seat, ...]  #: Desks below it that were not ready.
    is_ready: bool  #: False: held where at least somebody is, or by nobody at all.
    has_anyone: bool  #: False: nobody on the whole way up can be reached.


def place(desks: Sequence[Desk], needed: int) -> Placement:
    """The first ready desk on the way up; else the lowest with anybody at all; else the top.

    `desks` runs from the lowest rung to the top. Raises ValueError when it is empty.
    """
    if not desks:
        raise ValueError("A report needs at least one desk; import the units first.")
    ready = [desk for desk in desks if desk.is_ready(needed)]
    manned = [desk for desk in desks if desk.has_anyone]
    chosen = (ready or manned or [desks[-1]])[0]
    below = desks[: desks.index(chosen)]
    return Placement(
        seat=chosen.seat,
        passed_over=tuple(desk.seat for desk in below),
        is_ready=bool(ready),
        has_anyone=bool(manned),
    )


def speaking_order(category: Category) -> tuple[Role, ...]:
    """The roles of a desk in the order in which a resident is given their number; illness asks for health staff."""
    if category in _ILLNESS:
        return (Role.HEALTH, *(role for role in _SPEAKS_FIRST if role is not Role.HEALTH))
    return _SPEAKS_FIRST
