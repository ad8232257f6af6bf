"""Where a bot dies by its own hand: `kill -9` at a moment that no clock outside it could hit.

Armed in the bot's own process, before it becomes the bot; the signal is the kernel's, and nothing runs after it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from bot.telegram.envelope import Envelope
from bot.telegram.send import Outcome, Sender
from bot.writer import Writer


class Part(StrEnum):
    """What the bot is doing; each is known by the code whose change is committed."""

    START = "App._begin"  #: Beginning its epoch.
    INTAKE = "Door."  #: Keeping updates.
    HANDLING = "Intake."  #: Letting stories happen.
    DELIVERY = "Deliverer."  #: Leasing mail, sending it, marking it.
    TICKS = "App.do"  #: Letting what is due happen.


class Edge(StrEnum):
    """Which side of the commit."""

    BEFORE = "before"  #: All is written, nothing is committed.
    AFTER = "after"  #: It is committed, and nobody has heard of it.
    ANSWERED = "answered"  #: The service has the message, its mark is not even begun.


#: Where a kill may fall. What follows an answer happens in delivery alone.
MOMENTS = (*((part, edge) for part in Part for edge in (Edge.BEFORE, Edge.AFTER)), (Part.DELIVERY, Edge.ANSWERED))


@dataclass(frozen=True, slots=True)
class Trap:
    """The bot dies when it comes there for the `nth` time."""

    part: Part
    edge: Edge
    nth: int = 1


def arm(trap: Trap) -> None:
    """From now on this process dies there."""
    passes = count(1)

    def strike() -> None:
        if next(passes) == trap.nth:
            os.kill(os.getpid(), signal.SIGKILL)

    if trap.edge is Edge.ANSWERED:
        _strike_when_answered(strike)
    else:
        _name_every_change()
        _strike_at_commits(trap, strike)


def _strike_when_answered(strike: Callable[[], None]) -> None:
    send = Sender.send

    async def send_and_strike(sender: Sender, envelope: Envelope) -> Outcome:
        outcome = await send(sender, envelope)
        strike()
        return outcome

    Sender.send = send_and_strike  # type: ignore[method-assign, assignment]


def _name_every_change() -> None:
    """Let each transaction know whose it is."""
    transact = Writer.transact

    async def transact_named(writer: Writer, change: Callable[[Session], Any], *, at_the_door: bool = False) -> Any:
        def change_named(session: Session) -> Any:
            session.info["whose"] = change.__qualname__
            return change(session)

        return await transact(writer, change_named, at_the_door=at_the_door)

    Writer.transact = transact_named  # type: ignore[method-assign, assignment]


def _strike_at_commits(trap: Trap, strike: Callable[[], None]) -> None:
    """Only where something was written: most ticks find nothing to do."""

    def strike_there(session: Session) -> None:
        is_there = session.info.get("whose", "").startswith(trap.part) and session.info.get("has_written")
        if is_there and not session.in_nested_transaction():
            strike()

    def note_flush(session: Session, _context: object) -> None:
        session.info["has_written"] = True

    def note_statement(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            state.session.info["has_written"] = True

    event.listen(Session, "after_flush", note_flush)
    event.listen(Session, "do_orm_execute", note_statement)
    event.listen(Session, f"{trap.edge}_commit", strike_there)
