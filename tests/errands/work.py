"""Work for a process apart: what it answers, refuses, and breaks down over."""

from __future__ import annotations

import os
import time

from bot.errands.apart import Refused


def count(given: bytes) -> dict[str, int]:
    print("a library that chatters")
    return {"bytes": len(given)}


def refuse(_given: bytes) -> None:
    raise Refused("import.empty", column="phone")


def die(_given: bytes) -> None:
    os._exit(3)


def fail(_given: bytes) -> None:
    raise RuntimeError("lời của dân")


def take_too_long(_given: bytes) -> None:
    time.sleep(60)


def take_too_much(_given: bytes) -> int:
    return len(bytearray(3 * 1024**3))


def see_environment(_given: bytes) -> list[str]:
    return sorted(os.environ)
