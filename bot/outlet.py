"""Where a running bot's lines leave: by threads of their own, so that a reader who stops reading holds up nobody."""

from __future__ import annotations

import io
import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import QueueHandler, QueueListener
from queue import Full, Queue
from typing import TextIO

from bot.log import Tireless, Unfailing

#: Lines that wait at most, some megabytes; those beyond are lost, and counted.
MOST_WAITING = 2_000
#: Seconds that lines still waiting get when the program ends.
LAST_LINES = 2.0
#: Seconds between two looks whether they are written.
LOOK_AGAIN = 0.01


class Whole(io.FileIO):
    """Writes all it is given, and without a buffer: whoever is stuck in one holds its lock when the program ends."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Raises `OSError` when the system does not take it."""
        rest = memoryview(data)
        while rest:
            taken = super().write(rest)
            if taken is None:
                raise BlockingIOError
            rest = rest[taken:]
        return len(data)


class Waiting(Unfailing, QueueHandler):
    """Leaves a finished line for the thread that writes; where too many wait already, the line is lost."""


class Outlet(QueueListener):
    """One of the program's outputs, and the thread that writes to it."""

    queue: Queue[logging.LogRecord]

    def __init__(self, stream: TextIO) -> None:
        super().__init__(Queue(MOST_WAITING))
        self._writer = Tireless(_unlocked(stream))

    def handler(self) -> logging.Handler:
        """What takes the log's lines here."""
        return Waiting(self.queue)

    def say(self, line: str) -> None:
        """Say what a running bot says of itself."""
        with suppress(Full):
            self.queue.put_nowait(logging.makeLogRecord({"msg": line}))

    def handle(self, record: logging.LogRecord) -> None:
        """Write a line, in the thread, without the handler's lock: the end of the program would wait for it."""
        # Without memory even counting the line fails; the thread is needed for what is said at the end.
        with suppress(MemoryError):
            self._writer.emit(record)

    def let_go(self, until: float) -> None:
        """Write what waits, or give it up at that moment: the program ends without whoever takes nothing."""
        while self.queue.unfinished_tasks and time.monotonic() < until:
            time.sleep(LOOK_AGAIN)
        if not self.queue.unfinished_tasks:
            self.stop()


@contextmanager
def outlets() -> Iterator[tuple[Outlet, Outlet]]:
    """Both outputs of this program, for what it has to say and for what is wrong."""
    both = Outlet(sys.stdout), Outlet(sys.stderr)
    for each in both:
        each.start()
    try:
        yield both
    finally:
        until = time.monotonic() + LAST_LINES
        for each in both:
            each.let_go(until)


def _unlocked(stream: TextIO) -> TextIO:
    """The same output, held by nobody else."""
    try:
        own = os.dup(stream.fileno())
    except OSError:
        # What a test listens to is no file of the system's.
        return stream
    return io.TextIOWrapper(Whole(own, "w"), encoding="utf-8", errors="backslashreplace", write_through=True)
