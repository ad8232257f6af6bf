"""What the door asks of the database: on the connection itself, for nothing of it becomes an object."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.database import insert_new, instants_for
from models.records import Chat, ChatPurpose, EntryState, InboxEntry


class NewEntry(NamedTuple):
    """An update as it is kept in the inbox; what each field says stands at `InboxEntry`."""

    update_id: int
    chat_id: int
    payload: str
    received_at: datetime
    said_at: datetime | None = None
    failure: str = ""


class Entrance:
    """Where updates come into the inbox, and which groups may be listened to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, entries: Iterable[NewEntry]) -> None:
        """Keep those not kept before, in the given order."""
        stored, waiting = instants_for(self._connection), EntryState.WAITING.value
        rows = [
            (number, chat_id, payload, stored(received_at), stored(said_at), failure, waiting, 0)
            for number, chat_id, payload, received_at, said_at, failure in entries
        ]
        insert_new(self._connection, InboxEntry.__tablename__, (*NewEntry._fields, "state", "tries"), rows)

    def overhearing_among(self, chat_ids: Collection[int]) -> frozenset[int]:
        """Those of these groups in which somebody lets us listen."""
        asked = select(Chat.id).where(Chat.id.in_(chat_ids), Chat.overhears, Chat.purpose == ChatPurpose.GROUP)
        return frozenset(self._connection.scalars(asked))
