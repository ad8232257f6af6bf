"""Administrators hear that a disk runs full while there is time to make room: once, again when it is worse."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.disks import NoteRoom
from models.notices.disks import RoomAgain, RoomRunsOut
from models.rules.room import Room, room_left
from models.work import Work


def note_room(command: NoteRoom, work: Work) -> None:
    """Remember how much room is left, and tell the administrators when it became less than that, or enough again."""
    known = work.facts.room_on(command.disk)
    room, administrators = room_left(command.free, work.policy.room, known), work.people.administrators()
    if room is known or not administrators:
        # On a first start nobody can be told yet; whoever becomes administrator is.
        return
    work.facts.set_room_on(command.disk, room)
    if room > known:
        may_wait = room is Room.LITTLE and work.policy.quiet.is_quiet(work.now, work.policy.timezone)
        work.tell_each(
            administrators, RoomRunsOut(command.disk, room is Room.HARDLY_ANY, command.free), silent=may_wait
        )
    elif room is Room.ENOUGH:
        work.tell_each(administrators, RoomAgain(command.disk, command.free), silent=True)


STORIES: Stories = {NoteRoom: note_room}
