"""What one poll, or one call, brought: kept together, or apart when the database refuses something of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.telegram import overhearing
from bot.telegram.form import Update
from bot.writer import is_of_the_machine
from models.store.entrance import Entrance, NewEntry

#: Letters of an update that are kept at least: enough for a person to see what it was.
WORTH_A_LOOK = 2_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """Updates that may be kept, before anybody asked the database."""

    now: datetime
    entries: list[NewEntry] = field(default_factory=list)  #: What is for us.
    talk: dict[int, Update] = field(default_factory=dict)  #: What people said in groups, by number.

    def keep(self, connection: Connection) -> None:
        """Keep what is for us, and of talk that looks like a report, where somebody lets us listen, only a trace."""
        Entrance(connection).keep(self._all(connection))

    def keep_apart(self, connection: Connection) -> dict[int, str]:
        """The same, each by itself: one that the database refuses is kept in a form it takes. Those, and why.

        Raises `OperationalError` when the database is away, and whatever it says when it takes no form at all: then
        no value is to blame.
        """
        kept = {entry.update_id: _keep_in_some_form(connection, entry) for entry in self._all(connection)}
        return {number: why for number, why in kept.items() if why}

    def _all(self, connection: Connection) -> list[NewEntry]:
        return [*self.entries, *self._traces(Entrance(connection))] if self.talk else self.entries

    def _traces(self, entrance: Entrance) -> Iterator[NewEntry]:
        listened_to = entrance.overhearing_among({update.lane for update in self.talk.values()})
        for number, update in self.talk.items():
            if update.lane in listened_to and (found := overhearing.trace(number, update)) is not None:
                yield NewEntry(number, update.lane, found, self.now)


def _keep_in_some_form(connection: Connection, entry: NewEntry) -> str:
    """Keep the entry as it came, or else in the first form that the database takes; why it refused it, "" if not."""
    refusal = _try_to_keep(connection, entry)
    if refusal is None:
        return ""
    # The kind of the error alone: its text may hold people's words.
    why = type(getattr(refusal, "orig", None) or refusal).__name__
    for form in _other_forms(entry._replace(failure=f"{why} at the door")):
        refusal = _try_to_keep(connection, form)
        if refusal is None:
            return why
    raise refusal


def _try_to_keep(connection: Connection, entry: NewEntry) -> Exception | None:
    """Keep the entry, or nothing of it and say why not. Raises when the database is away."""
    try:
        with connection.begin_nested():
            Entrance(connection).keep([entry])
    except Exception as error:
        if is_of_the_machine(error):
            raise
        return error
    return None


def _other_forms(entry: NewEntry) -> Iterable[NewEntry]:
    """In letters that every database takes, so that it may still be handled; then with nothing it could refuse."""
    plain = entry._replace(payload=_in_plain_letters(entry.payload))
    return plain, plain._replace(chat_id=0, payload=plain.payload[:WORTH_A_LOOK], said_at=None)


def _in_plain_letters(payload: str) -> str:
    """The same JSON in ASCII; what is no JSON as a string of it."""
    try:
        return json.dumps(json.loads(payload, strict=False))
    except (ValueError, RecursionError):
        return json.dumps(payload)
