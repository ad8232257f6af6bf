"""Confidential reports: why one is, who reads it, and whom it may never reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.rules.roles import OFFICE_DESK, Role

#: How many named people read a confidential report.
READERS = 2


class Ground(StrEnum):
    """What makes a report confidential."""

    ASKED = "asked"  #: Its sender asks for it, or points at a neighbour.
    OFFICIAL = "official"  #: It speaks of an officer or a team.
    HOME = "home"  #: It tells of violence at home, or of harm to a child.


@dataclass(frozen=True, slots=True)
class Confidant:
    """Someone at a unit who could be given a confidential report to read, and whom a message reaches."""

    person_id: int
    roles: frozenset[Role]  #: Held in that unit.


def readers(people: Sequence[Confidant], ground: Ground | None, *, is_danger: bool) -> tuple[int, ...]:
    """Who reads the report; somebody always does while anybody can be reached.

    `people` are in the order in which they would be called. For a danger they are the first health worker and one
    commander; else the two who are named for it, and where nobody is named the commander and whoever comes first.
    What is about a home goes to the officer named for that.
    """
    guardians = _holding(people, Role.GUARDIAN)[:1] if ground is Ground.HOME else []
    named = _holding(people, Role.READER)[:READERS]
    if is_danger:
        chosen = guardians + (_commander_and_first(people) or named)
    else:
        chosen = guardians or named or _commanders_first(people)[:READERS]
    return tuple(dict.fromkeys(chosen or [each.person_id for each in people[:READERS]]))


def stays_apart(words: Ground | None, ground: Ground | None, *, is_confidential: bool) -> bool:
    """Whether words must not join a report, since somebody may read along there whom they concern."""
    if words is Ground.HOME:
        return ground is not Ground.HOME
    return words is not None and not is_confidential


def may_choose_reader(ground: Ground | None) -> bool:
    """Whether its sender is asked which tier reads it; what is about a home is for its named officer alone."""
    return ground is not Ground.HOME


def is_out_of_reach(path: str, concerned_path: str | None) -> bool:
    """Whether a unit lies at or below the one a report speaks of, so that it must never be given the report."""
    return concerned_path is not None and path.startswith(concerned_path)


def _holding(people: Sequence[Confidant], role: Role) -> list[int]:
    return [each.person_id for each in people if role in each.roles]


def _commanders_first(people: Sequence[Confidant]) -> list[int]:
    at_desk = [each for each in people if each.roles & OFFICE_DESK]
    return [each.person_id for each in sorted(at_desk, key=lambda each: Role.COMMANDER not in each.roles)]


def _commander_and_first(people: Sequence[Confidant]) -> list[int]:
    """One commander, and the first of the others: for a danger that is a health worker."""
    at_desk = [each for each in people if each.roles & OFFICE_DESK]
    leading = [each.person_id for each in at_desk if Role.COMMANDER in each.roles]
    serving = [each.person_id for each in at_desk if Role.COMMANDER not in each.roles]
    if not leading or not serving:
        return (leading + serving)[:READERS]
    return [leading[0], serving[0]]
