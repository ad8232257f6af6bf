"""How the bot tells that a disk runs full."""

from __future__ import annotations

from bot.telegram.render.base import Message, Reader, renders
from models.notices.disks import RoomAgain, RoomRunsOut
from models.rules.room import MEGABYTE


@renders(RoomRunsOut)
def room_runs_out(notice: RoomRunsOut, reader: Reader) -> Message:
    left = "hardly_any" if notice.is_urgent else "little"
    return Message(
        "\n".join(
            (
                reader.say(f"disks.{left}_{notice.disk}", free=_megabytes(notice.free, reader)),
                reader.say(f"disks.full_{notice.disk}"),
                reader.say(f"disks.make_room_{notice.disk}"),
            )
        )
    )


@renders(RoomAgain)
def room_again(notice: RoomAgain, reader: Reader) -> Message:
    return Message(reader.say(f"disks.again_{notice.disk}", free=_megabytes(notice.free, reader)))


def _megabytes(free: int, reader: Reader) -> str:
    return reader.say.number(free // MEGABYTE)
