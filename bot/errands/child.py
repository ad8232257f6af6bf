"""The process `run_apart` starts: it limits itself, does one piece of work, answers on its output, and ends."""

from __future__ import annotations

import sys
from importlib import import_module

import msgspec

from bot.errands.apart import Refused


def main() -> None:
    """Do the work named on the command line with what comes on the input."""
    named, seconds, megabytes = sys.argv[1:]
    given = sys.stdin.buffer.read()
    answers = sys.stdout.buffer
    # A library that prints must not spoil the answer.
    sys.stdout = sys.stderr
    module, _, function = named.partition(":")
    work = getattr(import_module(module), function)
    _limit(int(seconds), int(megabytes))
    try:
        answer = {"done": work(given)}
    except Refused as refusal:
        answer = {"refused": refusal.reason, "values": refusal.values}
    answers.write(msgspec.msgpack.encode(answer))


def _limit(seconds: int, megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows: the parent's clock is the limit.
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
