"""Remembered values about the installation."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.records import Fact
from models.rules.room import Disk, Room


class Facts:
    """Names and their values."""

    #: How many owners this database has had; every lease names the one that took it.
    EPOCH = "epoch"
    BOT_USERNAME = "bot_username"
    BOT_ID = "bot_id"
    #: When the chat service was last heard from, in ISO 8601.
    HEARD_AT = "contact_at"

    def __init__(self, session: Session) -> None:
        self._session = session

    def room_on(self, disk: Disk) -> Room:
        """How much room that disk had when somebody was last told."""
        return Room[self.get(f"room_{disk}", Room.ENOUGH.name)]

    def set_room_on(self, disk: Disk, room: Room) -> None:
        self.set(f"room_{disk}", room.name)

    def get(self, name: str, default: str = "") -> str:
        fact = self._session.get(Fact, name)
        return fact.value if fact else default

    def set(self, name: str, value: str) -> None:
        fact = self._session.get(Fact, name)
        if fact is None:
            self._session.add(Fact(name=name, value=value))
        else:
            fact.value = value
