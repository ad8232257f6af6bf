"""Heavy or risky work in a process of its own, with a limit on its time and memory.

What people send may be broken, huge or meant to harm: whatever it does to the process that reads it, the bot goes on.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec

#: What the process is given of our environment: nothing that names the token or the database.
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
#: Before each message on the way back stands how many bytes it has, in so many bytes.
SIZE_BYTES = 8


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
    """What one piece of work may take. Windows limits no process that limits itself: there time alone ends it."""

    seconds: float = 60  #: By the clock; then the process is ended.
    core_seconds: int = 60  #: Of processor time, in case nobody is there any more to end it.
    megabytes: int = 2048  #: Of memory it may ask for, libraries included.
    megabytes_of_programs: int = 0  #: Of memory each program it starts may ask for; 0: it starts none.


#: `work(given, *words)`: a function at the top of a module that returns plain values.
Work = Callable[..., Any]
#: Hears what the work tells on its way; answers how many seconds it may take from then on, 0 for as many as before.
Listener = Callable[[Any], float]


async def run_apart(
    work: Work, given: bytes, limits: Limits = Limits(), *words: str, heard: Listener = lambda _: 0
) -> Any:
    """What `work(given, *words)` returns, as plain values (lists, dicts, strings, numbers, bytes).

    Raises `Refused` as the work did, and `TooHeavy` when it came to no end. Cancelling ends the process.
    """
    process = await asyncio.create_subprocess_exec(
        *_command(work, limits, words),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,  # A traceback may quote people's words.
        env=bare_environment(),
    )
    handing_over = asyncio.create_task(_hand_over(process, given))
    try:
        async with asyncio.timeout(limits.seconds) as patience:
            while "told" in (said := await _next_message(process)):
                if seconds := heard(said["told"]):
                    patience.reschedule(asyncio.get_running_loop().time() + seconds)
        return _answer(said)
    except TimeoutError:
        raise TooHeavy("time") from None
    finally:
        handing_over.cancel()
        await asyncio.gather(handing_over, return_exceptions=True)
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def wait_for_apart(work: Work, given: bytes, limits: Limits = Limits()) -> Any:
    """The same for a command of the shell, which has nothing else to do meanwhile."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            _command(work, limits, ()),
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(),
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooHeavy("time") from None
    messages = [*_messages(done.stdout)]
    return _answer(messages[-1] if messages else {})


def bare_environment() -> dict[str, str]:
    """What a process that reads other people's files may know of ours."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"}


def _command(work: Work, limits: Limits, words: tuple[str, ...]) -> list[str]:
    named = f"{work.__module__}:{work.__qualname__}"
    return [sys.executable, "-m", "bot.errands.child", named, msgspec.json.encode(limits).decode(), *words]


async def _hand_over(process: Process, given: bytes) -> None:
    assert process.stdin is not None
    # A process that died over what it was given is told by the missing answer.
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(given)
        await process.stdin.drain()
    process.stdin.close()


async def _next_message(process: Process) -> dict[str, Any]:
    assert process.stdout is not None
    try:
        size = int.from_bytes(await process.stdout.readexactly(SIZE_BYTES), "big")
        return _message(await process.stdout.readexactly(size))
    except asyncio.IncompleteReadError:
        raise TooHeavy("broke down") from None


def _messages(said: bytes) -> Iterator[dict[str, Any]]:
    """Yield every message that came whole."""
    at = 0
    while at + SIZE_BYTES <= len(said):
        begins = at + SIZE_BYTES
        at = begins + int.from_bytes(said[at:begins], "big")
        if at <= len(said):
            yield _message(said[begins:at])


def _message(said: bytes) -> dict[str, Any]:
    try:
        message: dict[str, Any] = msgspec.msgpack.decode(said)
    except msgspec.DecodeError:
        raise TooHeavy("broke down") from None
    return message


def _answer(message: dict[str, Any]) -> Any:
    if "refused" in message:
        raise Refused(message["refused"], **message["values"])
    if "done" not in message:
        raise TooHeavy("broke down")
    return message["done"]
