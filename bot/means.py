"""What the bot stands on: a machine's clocks and threads, a database, a way to the service."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.clock import Run, Ticks
from bot.config import TelegramSettings
from bot.looking import Looks
from bot.moments import seconds_passed
from bot.telegram.connect import Connection, connect
from bot.writer import one_thread
from models.database import open_engine


@dataclass(frozen=True, slots=True)
class Means:
    """A real machine's, unless somebody brings others: under virtual time nothing may ask the real ones."""

    open_engine: Callable[[str], Engine] = open_engine
    connect: Callable[[TelegramSettings], AbstractAsyncContextManager[Connection]] = connect
    writer_thread: Callable[[], Executor] = one_thread  #: Runs what it is given one after the other.
    ticks: Callable[[Run], Ticks] = Ticks
    looks: Callable[[float], Looks] = Looks  #: When the loops look again, every so many seconds.
    passed: Callable[[], float] = seconds_passed  #: Seconds since some moment in the past.
