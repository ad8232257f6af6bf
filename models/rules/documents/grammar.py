"""The grammar: how official documents say things, read from `grammar.txt` beside this file.

Each family of lines becomes one pattern. Places in what is found are places in the text that was searched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from models.rules.documents.notation import STARTS, compile_phrase
from models.rules.words import fold

_FAMILY = re.compile(r"\[(?P<name>[^\]]+)\]")

#: The tone stands on either vowel: "hoà" is "hòa".
_TONES = dict(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),  # noqa: SIM905
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),  # noqa: SIM905
        strict=True,
    )
)
_LATE_TONE = re.compile("|".join(_TONES), re.IGNORECASE)


@lru_cache(maxsize=4096)
def spell(text: str) -> str:
    """The text with each tone mark where the grammar expects it; every letter keeps its place."""
    return _LATE_TONE.sub(lambda found: _in_the_case_of(found[0], _TONES[found[0].lower()]), text)


def _in_the_case_of(written: str, letters: str) -> str:
    return "".join(new.upper() if old.isupper() else new for old, new in zip(written, letters, strict=True))


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the grammar found in a text."""

    start: int  #: The first letter of it.
    end: int  #: The first letter after it.
    stands_for: str  #: What the line stands for; empty where it says nothing.
    values: dict[str, str]  #: Its `$values` as they stand there, without those that are missing.

    def number(self, value: str) -> int | None:
        """The value as a number, or None where it is missing."""
        return int(self.values[value]) if value in self.values else None


@dataclass(slots=True)
class Family:
    """The lines of one family, and their patterns once somebody asks for them."""

    phrases: list[str] = field(default_factory=list)  #: As written.
    stands_for: list[str] = field(default_factory=list)  #: What each stands for.
    anywhere: re.Pattern[str] | None = None  #: Any of them.
    each: list[re.Pattern[str]] = field(default_factory=list)  #: One by one, their values in groups.


class Grammar:
    """Families of phrases, and where they stand in a text."""

    def __init__(self, text: str, write: Callable[[str], str] = spell) -> None:
        """`write` puts texts, and the grammar's own, in the spelling in which they are compared, letter by letter."""
        self._write = write
        self._families = _families(write(text))

    def find(self, name: str, text: str) -> Iterator[Found]:
        """Yield the phrases of a family in the text, from left to right."""
        found = self.search(name, text)
        while found:
            yield found
            found = self.search(name, text, found.end)

    def search(self, name: str, text: str, start: int = 0) -> Found | None:
        """The first phrase of a family that begins at `start` or later."""
        match = self._family(name).search(self._write(text), start)
        return self._longest(name, text, match.start()) if match else None

    def at(self, name: str, text: str, start: int = 0) -> Found | None:
        """The phrase of a family that begins at `start`."""
        return self._longest(name, text, start) if self._family(name).match(self._write(text), start) else None

    def whole(self, name: str, text: str) -> Found | None:
        """The phrase of a family that is the whole text."""
        found = self.at(name, text)
        return found if found and found.end == len(text.rstrip()) else None

    def _longest(self, name: str, text: str, start: int) -> Found:
        family, written = self._families[name], self._write(text)
        if not family.each:
            phrases = self._phrases()
            family.each = [re.compile(compile_phrase(phrase, phrases, with_values=True)) for phrase in family.phrases]
        matches = [(line, match) for line, each in enumerate(family.each) if (match := each.match(written, start))]
        line, match = max(matches, key=lambda one: one[1].end())
        values = {name: value for name, value in match.groupdict().items() if value is not None}
        return Found(start, start + len(match[0].rstrip()), family.stands_for[line], values)

    def _family(self, name: str) -> re.Pattern[str]:
        family = self._families[name]
        if family.anywhere is None:
            phrases = self._phrases()
            ways = "|".join(compile_phrase(phrase, phrases) for phrase in family.phrases)
            family.anywhere = re.compile(f"{STARTS}(?:{ways})")
        return family.anywhere

    def _phrases(self) -> dict[str, list[str]]:
        return {name: family.phrases for name, family in self._families.items()}


@cache
def shipped(*, without_marks: bool = False) -> Grammar:
    """The grammar that comes with the program; `without_marks` for documents that have none."""
    text = Path(__file__).with_name("grammar.txt").read_text(encoding="utf-8")
    return Grammar(text, fold_marks if without_marks else spell)


@lru_cache(maxsize=4096)
def fold_marks(text: str) -> str:
    """The text without marks, its capitals kept; every letter keeps its place."""
    return "".join(map(_fold_letter, text))


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    folded = fold(letter)
    if len(folded) != 1:
        return letter
    return folded.upper() if letter.isupper() and len(folded.upper()) == 1 else folded


def _families(text: str) -> dict[str, Family]:
    families: defaultdict[str, Family] = defaultdict(Family)
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if begun := _FAMILY.fullmatch(line.strip()):
            name = begun["name"]
            continue
        if not name:
            raise ValueError(f"Line {number} of the grammar stands before the first [family].")
        phrase, _, stands_for = line.strip().partition(" = ")
        families[name].phrases.append(phrase)
        families[name].stands_for.append(stands_for)
    return dict(families)
