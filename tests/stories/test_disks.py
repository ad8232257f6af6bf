"""The administrator hears that a disk runs full while there is time to make room."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.commands.disks import NoteRoom
from models.notices.disks import RoomAgain, RoomRunsOut
from models.records import Grant, Mail
from models.rules.roles import Role
from models.rules.room import MEGABYTE, Disk
from tests.stories.rendering import read
from tests.stories.world import World


def look(world: World, *megabytes: int, disk: Disk = Disk.DATABASE) -> list[object]:
    """Look at a disk that has so much room each time; what the administrator was told."""
    before = len(world.told(world.administrator))
    for free in megabytes:
        world.do(NoteRoom(disk=disk, free=free * MEGABYTE))
    return list(world.told(world.administrator)[before:])


def test_each_time_it_is_worse_is_told_once_and_then_that_there_is_room_again(world: World) -> None:
    assert look(world, 90_000, 2_000) == []
    little = RoomRunsOut(Disk.DATABASE, False, 1_900 * MEGABYTE)
    assert look(world, 1_900, 1_800, 2_050, 1_700) == [little]
    hardly_any = RoomRunsOut(Disk.DATABASE, True, 400 * MEGABYTE)
    assert look(world, 400, 0, 400, 510) == [hardly_any]
    assert look(world, 1_000, 1_500) == []
    assert look(world, 60_000, 60_000) == [RoomAgain(Disk.DATABASE, 60_000 * MEGABYTE)]
    assert look(world, 450) == [RoomRunsOut(Disk.DATABASE, True, 450 * MEGABYTE)]


def test_whoever_becomes_administrator_later_is_told_of_a_disk_that_is_nearly_full(world: World) -> None:
    grant = world.session.scalars(select(Grant).where(Grant.role == Role.ADMINISTRATOR)).one()
    grant.ended_at = world.now
    world.session.commit()
    assert look(world, 1_900) == []
    world.grant(world.administrator, Role.ADMINISTRATOR, None)
    assert len(look(world, 1_900)) == 1


def test_each_disk_is_told_of_by_itself(world: World) -> None:
    assert len(look(world, 1_900)) == 1
    assert len(look(world, 1_900, disk=Disk.LOG)) == 1
    assert look(world, 1_900) == []


def test_nobody_but_administrators_hears_of_disks(world: World) -> None:
    look(world, 100)
    assert set(world.session.scalars(select(Mail.chat_id))) == {world.account(world.administrator)}


def test_a_disk_that_fills_slowly_wakes_nobody_at_night_and_one_that_is_nearly_full_does(world: World) -> None:
    world.later(timedelta(hours=15))
    look(world, 1_900, 400)
    assert world.session.scalars(select(Mail.silent).order_by(Mail.id)).all() == [True, False]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("disk", list(Disk))
def test_every_warning_says_how_much_is_left_and_what_to_do(disk: Disk, language: str) -> None:
    for is_urgent in (False, True):
        lines = read(RoomRunsOut(disk, is_urgent, 412 * MEGABYTE), language).text.splitlines()
        assert len(lines) == 3
        assert "412 MB" in lines[0]
    assert "412 MB" in read(RoomAgain(disk, 412 * MEGABYTE), language).text
