"""The lexicon: which ways of saying something carry which meaning, read from `lexicon.txt` beside this file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from models.rules.keyboard import STOPS, spell, spellings

_FAMILY = re.compile(r"\[(?P<meaning>\w+)(?: (?P<points>\d+))?\]")
_POINTS_IF_NOT_SAID = 2
_GAP = "…"
_LONGEST_GAP = 3  #: Words of any kind that "…" stands for, at most.
_NUMBER = "0"
_MARKS_NEEDED = "!"

#: One place of a phrase: the spellings that fit there, or None for a gap.
Place = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say something."""

    words: str  #: As written in the lexicon.
    meaning: str  #: The family it stands in.
    points: int  #: How much it counts for that meaning.
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in a message."""

    phrase: Phrase
    start: int  #: The first word of it, counted from 0.
    end: int  #: The first word after it.


class Lexicon:
    """Phrases by the words they begin with, so that a message is read once, word by word."""

    def __init__(self, text: str) -> None:
        self._by_first: defaultdict[str, list[Phrase]] = defaultdict(list)
        for phrase in _phrases(text):
            for spelling in phrase.places[0] or ():
                self._by_first[spelling].append(phrase)

    def find(self, words: Sequence[str]) -> list[Found]:
        """Return every phrase in the message, in the order they begin."""
        return [
            Found(phrase, start, end)
            for start, word in enumerate(words)
            for phrase in self._by_first.get(_plain(word), ())
            if (end := _end_of(phrase.places, words, start)) is not None
        ]


@cache
def shipped() -> Lexicon:
    """Return the lexicon that comes with the program."""
    return Lexicon(Path(__file__).with_name("lexicon.txt").read_text(encoding="utf-8"))


def _phrases(text: str) -> Iterator[Phrase]:
    meaning, family_points = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if family := _FAMILY.fullmatch(line):
            meaning, family_points = family["meaning"], int(family["points"] or _POINTS_IF_NOT_SAID)
            continue
        if not meaning:
            raise ValueError(f"Line {number} of the lexicon stands before the first [family].")
        words, _, points = line.partition(" = ")
        for places in _variants(words):
            yield Phrase(words, meaning, int(points or family_points), places)


def _variants(words: str) -> Iterator[tuple[Place, ...]]:
    """Yield the phrase with and without each word that may be missing."""
    choices = [(word.strip("()"), "") if word.startswith("(") else (word,) for word in _slots(words)]
    for chosen in product(*choices):
        yield tuple(_place(word) for word in chosen if word)


def _slots(words: str) -> list[str]:
    return re.findall(r"\([^)]*\)|\S+", words)


def _place(word: str) -> Place:
    if word == _GAP:
        return None
    return frozenset[str]().union(*(_typed(choice) for choice in word.split("/")))


def _typed(word: str) -> frozenset[str]:
    return frozenset({spell(word[:-1])}) if word.endswith(_MARKS_NEEDED) else spellings(word)


def _plain(word: str) -> str:
    return _NUMBER if word[0].isdigit() else word


def _end_of(places: tuple[Place, ...], words: Sequence[str], start: int) -> int | None:
    """Return where a phrase that begins at `start` ends, or None if it does not stand there."""
    if not places:
        return start
    place, rest = places[0], places[1:]
    if place is None:
        clause = _clause_end(words, start)
        ends = (_end_of(rest, words, begin) for begin in range(start, min(clause, start + _LONGEST_GAP + 1)))
        return next((end for end in ends if end is not None), None)
    if start == len(words) or not (_plain(words[start]) in place or words[start] in place):
        return None
    return _end_of(rest, words, start + 1)


def _clause_end(words: Sequence[str], start: int) -> int:
    return next((end for end in range(start, len(words)) if words[end] in STOPS), len(words))
