"""Heavy or risky work in a process of its own, with a limit on its time and memory.

What people send may be broken, huge or meant to harm: whatever it does to the process that reads it, the bot goes on.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec

#: What the process is given of our environment: nothing that names the token or the database.
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


class Refused(Exception):
    """The work cannot be done with what was given; `reason` is the id of the sentence that says why."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values  #: What fills the sentence.


class TooHeavy(Exception):
    """The work took more time or memory than it may, or the process broke down over it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take."""

    seconds: int = 60  #: By the clock, and of processor time; then the process is ended.
    megabytes: int = 2048  #: Of memory it may ask for. Windows knows no such limit: there time alone ends it.


Work = Callable[[bytes], Any]


async def run_apart(work: Work, given: bytes, limits: Limits = Limits()) -> Any:
    """What `work(given)` returns, as plain values (lists, dicts, strings, numbers, bytes).

    `work` is a function at the top of a module. Raises `Refused` as it did, and `TooHeavy` when it came to no end.
    """
    process = await asyncio.create_subprocess_exec(
        *_command(work, limits),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # A traceback may quote people's words.
        env=bare_environment(),
    )
    try:
        async with asyncio.timeout(limits.seconds):
            said, _ = await process.communicate(given)
    except TimeoutError:
        raise TooHeavy("time") from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return _answer(said)


def wait_for_apart(work: Work, given: bytes, limits: Limits = Limits()) -> Any:
    """The same for a command of the shell, which has nothing else to do meanwhile."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            _command(work, limits),
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(),
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooHeavy("time") from None
    return _answer(done.stdout)


def _command(work: Work, limits: Limits) -> list[str]:
    named = f"{work.__module__}:{work.__qualname__}"
    return [sys.executable, "-m", "bot.errands.child", named, str(limits.seconds), str(limits.megabytes)]


def bare_environment() -> dict[str, str]:
    """What a process that reads other people's files may know of ours."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"}


def _answer(said: bytes) -> Any:
    try:
        answer = msgspec.msgpack.decode(said)
    except msgspec.DecodeError:
        raise TooHeavy("broke down") from None
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["values"])
    return answer["done"]
