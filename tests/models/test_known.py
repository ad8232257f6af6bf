"""What is asked once a transaction is never older than what the transaction itself has done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from models.records import Draft, Fact
from models.store.known import answer, remember
from tests.databases import in_memory


@pytest.fixture
def session() -> Iterator[Session]:
    with Session(in_memory(), expire_on_commit=False) as session:
        yield session


def count_facts(session: Session) -> int:
    """Ask, as a store does."""

    def ask() -> int:
        return session.scalar(select(func.count(Fact.name))) or 0

    return answer(session, ("facts",), [Fact], ask)


def asked(session: Session) -> list[str]:
    """The statements from now on."""
    statements: list[str] = []
    event.listen(
        session.get_bind(), "before_cursor_execute", lambda _c, _cursor, statement, *_: statements.append(statement)
    )
    return statements


def test_what_was_asked_once_is_not_asked_again(session: Session) -> None:
    count_facts(session)
    statements = asked(session)
    assert count_facts(session) == 0
    assert statements == []


@pytest.mark.parametrize("is_written", [False, True])
def test_a_new_row_is_seen_whether_or_not_it_was_written_yet(session: Session, is_written: bool) -> None:
    count_facts(session)
    session.add(Fact(name="bot", value="1"))
    if is_written:
        session.flush()
    assert count_facts(session) == 1


def test_a_deleted_row_is_missed(session: Session) -> None:
    fact = Fact(name="bot", value="1")
    session.add(fact)
    assert count_facts(session) == 1
    session.delete(fact)
    assert count_facts(session) == 0


def test_a_changed_row_is_asked_for_again(session: Session) -> None:
    fact = Fact(name="bot", value="1")
    session.add(fact)
    session.flush()

    def ones() -> int:
        return session.scalar(select(func.count(Fact.name)).where(Fact.value == "1")) or 0

    assert answer(session, ("ones",), [Fact], ones) == 1
    fact.value = "2"
    assert answer(session, ("ones",), [Fact], ones) == 0


def test_rows_of_other_tables_change_nothing(session: Session) -> None:
    remember(session, ("facts",), [Fact], 7)
    session.add(Draft(account_id=1, kind="reply", data="{}", expires_at=datetime(2026, 11, 23, tzinfo=UTC)))
    assert count_facts(session) == 7


def test_what_was_undone_is_forgotten(session: Session) -> None:
    with session.begin_nested() as savepoint:
        session.add(Fact(name="bot", value="1"))
        assert count_facts(session) == 1
        savepoint.rollback()
    assert count_facts(session) == 0


def test_another_transaction_asks_anew(session: Session) -> None:
    remember(session, ("facts",), [Fact], 7)
    session.commit()
    assert count_facts(session) == 0
