"""What benchmarks read off a process: its memory, and for how long its event loop stood still."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")

LOOK = 0.002  #: Seconds between two looks whether the loop still turns.


def alone(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it in a fresh process, so that nothing done before is in its memory."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as fresh:
        return fresh.submit(work, *args, **kwargs).result()


def memory_mb() -> dict[str, float]:
    """Resident memory of this process in MB: now, and at its highest."""
    status = Path("/proc/self/status").read_text()
    found = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status))
    return {"now": int(found["VmRSS"]) / 1024, "highest": int(found["VmHWM"]) / 1024}


@dataclass
class Stall:
    """The longest time for which the event loop did nothing else."""

    seconds: float = 0.0


@asynccontextmanager
async def watching() -> AsyncIterator[Stall]:
    """Watch the running loop for the length of the block."""
    stall = Stall()

    async def watch() -> None:
        before = time.perf_counter()
        while True:
            await asyncio.sleep(LOOK)
            now = time.perf_counter()
            stall.seconds = max(stall.seconds, now - before - LOOK)
            before = now

    watcher = asyncio.create_task(watch())
    await asyncio.sleep(0)
    try:
        yield stall
        # A loop that never turned was never seen to stand still.
        await asyncio.sleep(2 * LOOK)
    finally:
        watcher.cancel()
