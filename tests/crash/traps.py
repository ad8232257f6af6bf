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

from sqlalchemy import Connection, Engine, event

from bot.telegram.envelope import Envelope
from bot.telegram.send import Outcome, Sender
from bot.writer import Writer


class Part(StrEnum):
    """What the bot is doing; each is known by the code whose change is committed."""

    START = "App._begin"  #: Beginning its epoch.
    INTAKE = "Incoming."  #: Keeping updates.
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


@dataclass
class _Change:
    """The change whose transaction is running; the writer has one at a time."""

    whose: str = ""  #: The code it is of.
    has_written: bool = False  #: Most ticks find nothing to do.


def arm(trap: Trap) -> None:
    """From now on this process dies there."""
    passes = count(1)

    def strike() -> None:
        if next(passes) == trap.nth:
            os.kill(os.getpid(), signal.SIGKILL)

    if trap.edge is Edge.ANSWERED:
        _strike_when_answered(strike)
    else:
        _strike_at_commits(trap, strike)


def _strike_when_answered(strike: Callable[[], None]) -> None:
    send = Sender.send

    async def send_and_strike(sender: Sender, envelope: Envelope) -> Outcome:
        outcome = await send(sender, envelope)
        strike()
        return outcome

    Sender.send = send_and_strike  # type: ignore[method-assign, assignment]


def _strike_at_commits(trap: Trap, strike: Callable[[], None]) -> None:
    """Know whose transaction runs, and whether it wrote, by whatever way: the statements themselves are watched."""
    transact, running = Writer._transact, _Change()

    def strike_at(edge: Edge) -> None:
        if trap.edge is edge and running.whose.startswith(trap.part) and running.has_written:
            strike()

    def transact_watched(writer: Writer, change: Callable[[Connection], Any]) -> Any:
        running.whose, running.has_written = change.__qualname__, False
        done = transact(writer, change)
        strike_at(Edge.AFTER)
        return done

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        running.has_written |= statement.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))

    Writer._transact = transact_watched  # type: ignore[method-assign, assignment]
    event.listen(Engine, "before_cursor_execute", note)
    event.listen(Engine, "commit", lambda _connection: strike_at(Edge.BEFORE))
