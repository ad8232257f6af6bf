"""When somebody must make room on a disk, and that nobody is told at every wobble."""

from __future__ import annotations

import pytest

from models.rules.room import Marks, Room, room_left

MARKS = Marks(little=2000, hardly_any=500)


@pytest.mark.parametrize(
    ("free", "known", "room"),
    [
        (2000, Room.ENOUGH, Room.ENOUGH),
        (1999, Room.ENOUGH, Room.LITTLE),
        (499, Room.ENOUGH, Room.HARDLY_ANY),
        (499, Room.LITTLE, Room.HARDLY_ANY),
        (0, Room.HARDLY_ANY, Room.HARDLY_ANY),
        (520, Room.HARDLY_ANY, Room.HARDLY_ANY),
        (560, Room.HARDLY_ANY, Room.LITTLE),
        (2100, Room.LITTLE, Room.LITTLE),
        (2201, Room.LITTLE, Room.ENOUGH),
        (2201, Room.HARDLY_ANY, Room.ENOUGH),
    ],
)
def test_room_is_little_below_its_mark_and_enough_again_only_well_above_it(free: int, known: Room, room: Room) -> None:
    assert room_left(free, MARKS, known) is room
