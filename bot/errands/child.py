"""The process `run_apart` starts: it limits itself, does one piece of work, answers on its output, and ends.

The work itself may use `tell` and `lift`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import msgspec

from bot.errands.apart import SIZE_BYTES, Limits, Refused

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]

_BYTES = 1024 * 1024


def main() -> None:
    """Do the work named on the command line, with what comes on the input and the words that follow."""
    named, limits, *words = sys.argv[1:]
    given = sys.stdin.buffer.read()
    module, _, function = named.partition(":")
    work = getattr(import_module(module), function)
    _limit(msgspec.json.decode(limits, type=Limits))
    try:
        answer = {"done": work(given, *words)}
    except Refused as refusal:
        answer = {"refused": refusal.reason, "values": refusal.values}
    _say(answer)


def tell(so_far: Any) -> None:
    """Let whoever waits for the work hear how far it has come."""
    _say({"told": so_far})


def lift(limits: Limits) -> Callable[[], None] | None:
    """What a program that the work starts calls first, to have another limit of memory than the work itself."""
    if resource is None:
        return None
    memory = limits.megabytes_of_programs * _BYTES
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _say(message: dict[str, Any]) -> None:
    said = msgspec.msgpack.encode(message)
    assert sys.__stdout__ is not None
    sys.__stdout__.buffer.write(len(said).to_bytes(SIZE_BYTES, "big") + said)
    sys.__stdout__.buffer.flush()


def _limit(limits: Limits) -> None:
    if resource is None:
        return  # The parent's clock is the limit.
    memory = limits.megabytes * _BYTES
    resource.setrlimit(resource.RLIMIT_AS, (memory, max(memory, limits.megabytes_of_programs * _BYTES)))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.core_seconds, limits.core_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    # Whoever imports this module meets this very one.
    sys.modules["bot.errands.child"] = sys.modules["__main__"]
    # A library that prints must not spoil the answer.
    sys.stdout = sys.stderr
    main()
