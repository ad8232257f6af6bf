"""How much room a disk has left, and from when on somebody must make some."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

MEGABYTE = 1_000_000

#: So much more than a mark must be free before it counts as left behind, so that nobody is told at every wobble.
SLACK = 1.1


class Disk(StrEnum):
    """What lies on a disk that the bot writes to."""

    DATABASE = "database"  #: Everything the bot knows; full, it can keep nothing that comes in.
    LOG = "log"  #: What the bot tells of itself, where that goes to a file; full, lines are lost and nothing else.


class Room(IntEnum):
    """How much room is left; the more the worse."""

    ENOUGH = 0  #: Nobody needs to do anything.
    LITTLE = 1  #: Some must be made in the next days.
    HARDLY_ANY = 2  #: Some must be made now.


@dataclass(frozen=True, slots=True)
class Marks:
    """From how many free bytes downward there is little room, and hardly any."""

    little: int = 2_000 * MEGABYTE
    hardly_any: int = 500 * MEGABYTE


def room_left(free: int, marks: Marks, known: Room) -> Room:
    """What so many free bytes mean, where `known` is what they meant before."""
    for room, mark in ((Room.HARDLY_ANY, marks.hardly_any), (Room.LITTLE, marks.little)):
        if free < mark * (SLACK if known >= room else 1):
            return room
    return Room.ENOUGH
