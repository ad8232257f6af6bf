"""What is read once a transaction, however many stories need it: rows by what makes them unique, and what is asked
of tables that seldom change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, event, select
from sqlalchemy.orm import Session

from models.records import Record

R = TypeVar("R", bound=Record)
T = TypeVar("T")


def find_by(session: Session, record: type[R], **key: Any) -> R | None:
    """The row with this unique key; None when there is none yet.

    What was found is remembered until the session ends or anything is undone; that there was nothing is asked again.
    """
    known = _known(session)
    row = known.get((record, *key.items()))
    if row is None or not _still_is(session, row, key):
        row = session.scalars(_having(record, *key), key).first()
        if row is not None:
            known[(record, *key.items())] = row
    return row


def look_up(session: Session, record: type[R], name: str, values: Iterable[Any]) -> None:
    """Read the rows with these values of a unique column at once, so that `find_by` has them at hand."""
    known, wanted = _known(session), set(values)
    if not wanted:
        return
    for row in session.scalars(_among(record, name), {"wanted": list(wanted)}):
        known[(record, (name, getattr(row, name)))] = row


def every(session: Session, record: type[R]) -> Sequence[R]:
    """All rows of a table that is small and seldom changes; read again once one of them changed."""
    return answer(session, (record,), [record], lambda: session.scalars(select(record)).all())


def answer(session: Session, key: tuple[Any, ...], of: Iterable[type[Record]], ask: Callable[[], T]) -> T:
    """What `ask` finds in these tables, under this key; asked again once a row of them was added, changed or deleted.

    Whoever is given it changes nothing of it, for the next one is given the same. A statement that changes rows without
    reading them goes unnoticed: the tables asked of here have none.
    """
    answers = _answers(session)
    answers.forget_touched(session)
    if key not in answers.found:
        answers.keep(key, of, ask())
    found: T = answers.found[key]
    return found


def remember(session: Session, key: tuple[Any, ...], of: Iterable[type[Record]], found: object) -> None:
    """Let this be the answer: it was asked for together with others."""
    _answers(session).keep(key, of, found)


class _Answers:
    """What was found, and in which tables."""

    def __init__(self) -> None:
        self.found: dict[tuple[Any, ...], Any] = {}
        self._keys: defaultdict[type[Record], set[tuple[Any, ...]]] = defaultdict(set)

    def keep(self, key: tuple[Any, ...], of: Iterable[type[Record]], found: object) -> None:
        self.found[key] = found
        for record in of:
            self._keys[record].add(key)

    def forget_touched(self, session: Session) -> None:
        """Forget what was found in the tables of rows that are new, changed or deleted, whether or not written yet."""
        if not self._keys:
            return
        for record in {type(row) for rows in (session.new, session.dirty, session.deleted) for row in rows}:
            for key in self._keys.pop(record, ()):
                self.found.pop(key, None)

    def forget_all(self) -> None:
        self.found.clear()
        self._keys.clear()


def _answers(session: Session) -> _Answers:
    answers: _Answers = session.info.setdefault("answers", _Answers())
    return answers


def _known(session: Session) -> dict[tuple[Any, ...], Any]:
    known: dict[tuple[Any, ...], Any] = session.info.setdefault("known", {})
    return known


@event.listens_for(Session, "after_flush")
def _forget_touched(session: Session, _context: object) -> None:
    _answers(session).forget_touched(session)


@event.listens_for(Session, "after_soft_rollback")
def _forget_undone(session: Session, _transaction: object) -> None:
    # What was read may be what is undone, also when only a savepoint is.
    _known(session).clear()
    _answers(session).forget_all()


@event.listens_for(Session, "after_commit")
def _ask_anew(session: Session) -> None:
    _answers(session).forget_all()


# Putting a statement together costs more than running it (measured), and these are asked in every transaction.
@cache
def _having(record: type[R], *names: str) -> Select[Any]:
    return select(record).where(*(getattr(record, name) == bindparam(name) for name in names))


@cache
def _among(record: type[R], name: str) -> Select[Any]:
    return select(record).where(getattr(record, name).in_(bindparam("wanted", expanding=True)))


def _still_is(session: Session, row: Record, key: dict[str, Any]) -> bool:
    # A story may have ended the row, or moved it to another key.
    return row in session and all(getattr(row, name) == value for name, value in key.items())
