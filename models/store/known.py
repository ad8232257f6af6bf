"""What is read once a transaction, however many stories need it: rows by what makes them unique, and small tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from models.records import Record

R = TypeVar("R", bound=Record)


def find_by(session: Session, record: type[R], **key: Any) -> R | None:
    """The row with this unique key; None when there is none yet.

    What was found is remembered until the session ends or anything is undone; that there was nothing is asked again.
    """
    known = _known(session)
    row = known.get((record, *key.items()))
    if row is None or not _still_is(session, row, key):
        row = session.scalar(select(record).filter_by(**key))
        if row is not None:
            known[(record, *key.items())] = row
    return row


def look_up(session: Session, record: type[R], name: str, values: Iterable[Any]) -> None:
    """Read the rows with these values of a unique column at once, so that `find_by` has them at hand."""
    known = _known(session)
    for row in session.scalars(select(record).where(getattr(record, name).in_(set(values)))):
        known[(record, (name, getattr(row, name)))] = row


def every(session: Session, record: type[R]) -> Sequence[R]:
    """All rows of a table that is small and seldom changes; read again once one was added or deleted."""
    known = _known(session)
    rows: Sequence[R] | None = known.get((record,))
    if rows is None:
        rows = known[(record,)] = session.scalars(select(record)).all()
    return rows


def _known(session: Session) -> dict[tuple[Any, ...], Any]:
    known: dict[tuple[Any, ...], Any] | None = session.info.get("known")
    if known is None:
        session.info["known"] = known = {}
        # What was read may be what is undone, also when only a savepoint is.
        event.listen(session, "after_soft_rollback", lambda *_: known.clear())
        event.listen(session, "after_flush", lambda flushed, _context: _forget_tables(known, flushed))
    return known


def _forget_tables(known: dict[tuple[Any, ...], Any], session: Session) -> None:
    for record in {type(row) for row in (*session.new, *session.deleted)}:
        known.pop((record,), None)


def _still_is(session: Session, row: Record, key: dict[str, Any]) -> bool:
    # A story may have ended the row, or moved it to another key.
    return row in session and all(getattr(row, name) == value for name, value in key.items())
