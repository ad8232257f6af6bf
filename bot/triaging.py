"""`tocovid triage`: what the bot would propose for each message, for programs and for whoever teaches it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from bot.catalogue import Say
from models.rules.triage import read


class Message(msgspec.Struct, frozen=True):
    """One line of the input."""

    id: Any  #: Given back as it came.
    text: str


class Proposal(msgspec.Struct, frozen=True):
    """One line of the output."""

    id: Any
    category: str
    urgency: str
    confidential: bool
    because: tuple[str, ...]  #: The words that decided it.


class LineRefused(Exception):
    """A line of the input is no message; `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


def propose(lines: Iterable[bytes]) -> Iterator[bytes]:
    """A JSON line for each JSON line, in the same order. Raises `LineRefused` at the first that is no message."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield msgspec.json.encode(_proposal(number, line))


def propose_in_words(lines: Iterable[bytes], say: Say) -> Iterator[bytes]:
    """A line to read for each line of plain text: urgency, category, and the words that decided it."""
    for line in lines:
        found = read(line.decode(errors="replace"))
        because = ", ".join(found.because) or "–"
        kind = say(f"category.{found.category.value}") + (" · !" if found.confidential else "")
        yield f"{say(f'urgency.{found.urgency.value}')} · {kind} · {because}".encode()


def _proposal(number: int, line: bytes) -> Proposal:
    try:
        message = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=Message)
    except msgspec.DecodeError as error:
        raise LineRefused(number, str(error)) from None
    found = read(message.text)
    return Proposal(message.id, found.category.value, found.urgency.value, found.confidential, found.because)
