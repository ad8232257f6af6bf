"""A million answers in the table: how long the people who work with them wait, on SQLite and on PostgreSQL.

50,000 homes in 1,250 communities answered 25 rounds, four homes in five each time. Whole stories are timed, from the
command to the commit: a community's call list, and the district's completeness as it goes up and as its commander
asks for it by units. PostgreSQL is the real server of the tests. A number as argument takes so many answers.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Engine, case, func, insert, literal, select
from sqlalchemy.orm import Session

from benchmarks.register import COMMANDER, MORNING, POLICY, Register, account_of, member_of
from benchmarks.tables import held_to, show
from bot.migrating import migrate
from bot.router import run
from handlers.commands import Command, Place, Sender
from handlers.commands.checkins import ListSilentUnits, SendFigures, ShowSilent
from models.database import is_sqlite, open_engine
from models.records import CheckinAnswer, CheckinAnswerChange, Household, Round
from models.rules.checkins import Answer, Source
from models.rules.plans import times
from models.rules.rounds import RoundState
from models.work import Work
from tests.databases import postgres_server

ANSWERS, DAYS, ANSWERED_OF_TEN = 1_000_000, 25, 8
TURNS = 20  #: How often each story is timed, every time for another community.
CALL_LIST_MS, COMPLETENESS_MS = 50.0, 200.0
TODAY = MORNING.astimezone(POLICY.timezone).date()


def fill(engine: Engine, answers: int) -> Register:
    """A district whose homes gave so many answers; its newest round is open."""
    register = Register(answers * 10 // ANSWERED_OF_TEN // DAYS)
    migrate(engine)
    register.write(engine)
    with engine.begin() as connection:
        for ago in range(DAYS):
            connection.execute(insert(Round), list(_rounds(register, ago)))
        by = account_of(0)
        ill = (Household.id + Round.id) % 50 == 0
        given = case(
            (ill, literal(Answer.SOMEONE_ILL, CheckinAnswer.answer.type)),
            else_=literal(Answer.ALL_WELL, CheckinAnswer.answer.type),
        )
        source = literal(Source.SELF, CheckinAnswer.source.type)
        answered = (
            select(Round.id, Household.id, given, source, Household.id + by, Round.opens_at, Round.opens_at)
            .join(Household, Household.unit_id == Round.unit_id)
            .where((Household.id + Round.id * 3) % 10 < ANSWERED_OF_TEN)
        )
        names = ["round_id", "household_id", "answer", "source", "by_id", "first_at", "at"]
        connection.execute(insert(CheckinAnswer).from_select(names, answered))
        kept = CheckinAnswer
        history = select(kept.id, kept.answer, kept.source, kept.by_id, kept.at)
        names = ["answer_id", "answer", "source", "by_id", "at"]
        connection.execute(insert(CheckinAnswerChange).from_select(names, history))
    if not is_sqlite(engine):
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
    return register


def _rounds(register: Register, ago: int) -> Iterator[dict[str, object]]:
    """The rounds of the day so many days ago."""
    day = TODAY - timedelta(days=ago)
    planned = times(POLICY.plan, day, POLICY.timezone)
    for unit in register.communities:
        yield {
            "unit_id": unit,
            "day": day,
            "state": RoundState.CLOSED if ago else RoundState.OPEN,
            "opens_at": planned.opens_at,
            "reminds_at": planned.reminds_at,
            "call_list_at": planned.call_list_at,
            "warns_at": planned.warns_at,
            "closes_at": planned.closes_at,
            "expected": register.homes_each,
        }


def stories(engine: Engine, register: Register) -> dict[str, tuple[float, Callable[[int], Command]]]:
    """What is timed: the bar in milliseconds, and the command of each turn."""
    with Session(engine) as session:
        newest = select(Round.unit_id, Round.id).where(Round.state == RoundState.OPEN)
        rounds = dict(row for row in session.execute(newest))

    def call_list(turn: int) -> Command:
        unit = register.communities[turn * len(register.communities) // (TURNS + 1)]
        return ShowSilent(**_by(member_of(unit)), round_id=rounds[unit])

    return {
        "call list of a community": (CALL_LIST_MS, call_list),
        "district's completeness, as it goes up": (COMPLETENESS_MS, lambda _: SendFigures(unit_id=1, day=TODAY)),
        "district's completeness, by units": (
            COMPLETENESS_MS,
            lambda _: ListSilentUnits(**_by(COMMANDER), unit_id=1, day=TODAY),
        ),
    }


def _by(account: int) -> dict[str, Any]:
    return {"sender": Sender(account, f"Người {account}"), "place": Place(account)}


def timed(engine: Engine, command: Callable[[int], Command]) -> list[float]:
    """Milliseconds of each turn, from the command to the commit; the first, which learns, is left out."""
    took = []
    for turn in range(TURNS + 1):
        started = time.perf_counter()
        with Session(engine, expire_on_commit=False) as session, session.begin():
            run(command(turn), Work(session, MORNING, POLICY))
        took.append((time.perf_counter() - started) * 1000)
    return sorted(took[1:])


def measure(who: str, engine: Engine, answers: int) -> Iterator[dict[str, object]]:
    """The lines of one database."""
    register = fill(engine, answers)
    with Session(engine) as session:
        held = session.scalar(select(func.count(CheckinAnswer.id)))
    for what, (bar, command) in stories(engine, register).items():
        took = timed(engine, command)
        most = took[len(took) * 9 // 10 - 1]
        figures = {"half within, ms": median(took), "nine in ten within, ms": most, "worst, ms": took[-1]}
        yield {"database": who, "answers": held, "what": what, **figures, **held_to(bar, most, "ms")}


@contextmanager
def databases() -> Iterator[dict[str, Engine]]:
    """One of each kind, empty."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tocovid-bench-"))
        url = stack.enter_context(stack.enter_context(postgres_server()).new_url())
        urls = {"SQLite": f"sqlite:///{Path(folder).as_posix()}/answers.sqlite3", "PostgreSQL": url}
        engines = {who: open_engine(url) for who, url in urls.items()}
        for engine in engines.values():
            stack.callback(engine.dispose)
        yield engines


def main() -> None:
    """Measure and print."""
    answers = int(sys.argv[1]) if sys.argv[1:] else ANSWERS
    with databases() as engines:
        show("Answers", [line for who, engine in engines.items() for line in measure(who, engine, answers)])


if __name__ == "__main__":
    main()
