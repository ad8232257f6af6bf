"""A directive in words for where the bot does not reach: a message to paste elsewhere, a text to read out loud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

#: What Zalo takes in one message, in characters.
ZALO_LONGEST = 2000
#: How long people listen to a loudspeaker before they walk on.
READ_OUT_FOR = timedelta(seconds=30)
#: Read slowly, as over a village's loudspeakers; a newsreader says four.
SYLLABLES_A_SECOND = 2.5


class Channel(StrEnum):
    """Where a directive goes by hand."""

    ZALO = "zalo"  #: Pasted into a group of another service.
    LOUDSPEAKER = "loud"  #: Read out over the village's loudspeakers.


#: What is written short and read in full; the longer first where one begins another.
_READ_IN_FULL = {
    "TTCH": "Trung tâm chỉ huy",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "TTYT": "Trung tâm Y tế",
    "BCĐ": "Ban Chỉ đạo",
    "TDP": "tổ dân phố",
    "TT.": "thị trấn",
    "v.v": "vân vân",
    "P/c": "phòng, chống",
}
_SHORT = re.compile("|".join(rf"(?<!\w){re.escape(short)}(?!\w)" for short in _READ_IN_FULL))
_SIGNS = re.compile(r"^[\s\-+*•–.]+|[*_#\"“”()\[\]]", re.M)
_SENTENCE = re.compile(r"[^.;!?\n]+(?:[.](?=\d)[^.;!?\n]*)*[.;!?]*")
_CLAUSE = re.compile(r"[^,:]+[,:]?")


def syllables_read_in(span: timedelta) -> int:
    """How many syllables are read out in that time."""
    return int(span.total_seconds() * SYLLABLES_A_SECOND)


def count_syllables(text: str) -> int:
    """How many syllables it has: in Vietnamese each is a word of its own, and each digit is one."""
    return sum(len(word) if word.isdecimal() else 1 for word in re.findall(r"\d+|[^\W\d]+", text))


def to_read_out(words: str, syllables: int) -> str:
    """The first whole sentences of the words that are read in so many syllables, nothing in them written short.

    Of a first sentence that is too long the clauses that fit, or in the end the words.
    """
    spoken = _SIGNS.sub("", _SHORT.sub(lambda short: _READ_IN_FULL[short[0]], words))
    kept = ""
    for parts in (_SENTENCE, _CLAUSE, re.compile(r"\S+")):
        kept = " ".join(_first(parts.findall(spoken), syllables))
        if kept:
            break
    return f"{kept.rstrip(' ,;:.')}." if kept else ""


def _first(parts: list[str], syllables: int) -> Iterator[str]:
    """The first parts that have together no more than so many syllables."""
    for part in (part.strip() for part in parts):
        syllables -= count_syllables(part)
        if syllables < 0:
            return
        if part:
            yield part
