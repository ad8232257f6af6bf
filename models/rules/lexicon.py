"""The lexicon: which ways of saying something carry which meaning, read from `lexicon.txt` beside this file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from models.rules.keyboard import STOPS, bare, spellings, whole_spellings
from models.rules.spoken import NUMBER_WORDS
from models.rules.weighing import Rules

_FAMILY = re.compile(r"\[(?P<meaning>\w+)(?: → (?P<category>\w+))?(?: (?P<points>\d+))?\]")
_GROUP = re.compile(r"<\w+>")
_RULES = re.compile(r"\{(\w+)\}")
_SLOT = re.compile(r"\([^)]*\)|\{[^}]*\}|\S+")
_GAPS = {"…": 3, "……": 10}  #: Words of any kind that a gap stands for, at most.
_EITHER_ORDER = " & "
_GOES_ON = ","  #: At the end of a line: the next one belongs to it.
_NUMBER = "0"
_CLAUSE_END = "."  #: Nothing more is said in the clause.
_SILENT = {*_GAPS, _CLAUSE_END}
#: So many words that are never missing tell enough by themselves; of others there must be so many together.
_TELLING, _TELLING_TOGETHER = 2, 3
_MARKS_NEEDED = "!"
_NEGATIONS = frozenset({"không", "chưa", "hết", "khỏi", "đỡ", "đừng", "đâu", "đâu!", "khỏi!"})

#: One place of a phrase: the spellings that fit there, a group's name, a clause's end, or how many words a gap spans.
Place = frozenset[str] | str | int

#: Where the members of each group that begin at a word end, by that word's place.
Members = Mapping[int, Mapping[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say something."""

    words: str  #: As written in the lexicon.
    meaning: str  #: The family it stands in.
    category: str  #: The category the family speaks for; empty if it speaks for none by itself.
    points: int  #: How much it counts for that category.
    places: tuple[Place, ...]
    denies: bool  #: It has a negation of its own: "không thở được".
    needs: tuple[frozenset[str], ...]  #: Besides the words it begins with, a word of each must be in the message.

    def may_be_in(self, spelt: frozenset[str]) -> bool:
        """Tell whether every word it needs stands somewhere among those."""
        return not any(map(spelt.isdisjoint, self.needs))


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in a message."""

    phrase: Phrase
    start: int  #: The first word of it, counted from 0.
    end: int  #: The first word after it.


class _Index:
    """Phrases by the two bare words they begin with, so that few are tried at each word of a message."""

    def __init__(self) -> None:
        self._by_first: defaultdict[str, list[Phrase]] = defaultdict(list)
        self._by_both: defaultdict[tuple[str, str], list[Phrase]] = defaultdict(list)

    def add(self, phrase: Phrase) -> None:
        """Keep a phrase; one that goes on with a gap or a group is found by its first word alone."""
        firsts, *rest = map(_keys, phrase.places)
        for first in firsts:
            if not rest or not isinstance(phrase.places[1], frozenset):
                self._by_first[first].append(phrase)
            for second in rest[0] if rest and isinstance(phrase.places[1], frozenset) else ():
                self._by_both[first, second].append(phrase)

    def at(self, first: str, seconds: Iterable[str]) -> Iterator[Phrase]:
        """Yield the phrases that may begin with this word or group and go on with one of those."""
        yield from self._by_first.get(first, ())
        for second in seconds:
            yield from self._by_both.get((first, second), ())


class Lexicon:
    """Phrases, groups and rules; a message is read once, word by word.

    Raises ValueError, with the line, at what cannot be understood.
    """

    def __init__(self, text: str) -> None:
        self._phrases, self._groups = _Index(), _Index()
        self.rules = Rules()
        self._heading, self._category, self._points = "", "", 0
        unfinished = ""
        for number, line in enumerate(text.splitlines(), 1):
            unfinished = f"{unfinished} {line.partition('#')[0]}".strip()
            if unfinished and not unfinished.endswith(_GOES_ON):
                self._learn(number, unfinished)
                unfinished = ""

    def _learn(self, number: int, line: str) -> None:
        family = _FAMILY.fullmatch(line)
        if family:
            self._heading, self._category = family["meaning"], family["category"] or ""
            self._points = int(family["points"] or 0)
        elif _GROUP.fullmatch(line) or _RULES.fullmatch(line):
            self._heading, self._category, self._points = line, "", 0
        elif not self._heading:
            raise ValueError(f"Line {number} of the lexicon stands before the first [family].")
        elif rules := _RULES.fullmatch(self._heading):
            self.rules.learn(rules[1], line, number)
        else:
            for phrase in self._read(line, number):
                (self._groups if _GROUP.fullmatch(self._heading) else self._phrases).add(phrase)

    def _read(self, line: str, number: int) -> Iterator[Phrase]:
        ways, _, points = line.partition(" = ")
        for words in filter(None, map(str.strip, ways.split(","))):
            denies = not _NEGATIONS.isdisjoint(re.findall(r"[^\W_]+!?", words))
            variants = list(_variants(words))
            if not variants:
                raise ValueError(f"Line {number} of the lexicon holds a phrase that nobody can say: {words}")
            for places in variants:
                needs = tuple(place for place in places[2:] if isinstance(place, frozenset))
                yield Phrase(words, self._heading, self._category, int(points or self._points), places, denies, needs)

    def find(self, words: Sequence[str]) -> list[Found]:
        """Return every phrase in the message, in the order they begin."""
        typed = [frozenset({bare(word), bare(_plain(word))}) for word in [*words, ""]]
        spelt = frozenset({*words, *map(_plain, words)})
        members = _members(self._groups, words, typed)
        found: dict[tuple[str, str, int, int], Found] = {}
        for start in range(len(words)):
            for first in (*typed[start], *members.get(start, ())):
                # Whatever follows a group is known only when the group's end is.
                seconds = typed[start + 1] if first in typed[start] else _seconds(members[start][first], typed)
                for phrase in self._phrases.at(first, seconds):
                    if not phrase.may_be_in(spelt):
                        continue
                    if (end := _end_of(phrase.places, words, start, members)) is not None:
                        found.setdefault((phrase.words, phrase.meaning, start, end), Found(phrase, start, end))
        return list(found.values())


def _seconds(ends: Iterable[int], typed: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*(typed[end] for end in ends))


def _members(groups: _Index, words: Sequence[str], typed: Sequence[frozenset[str]]) -> Members:
    """Find groups from the last word to the first, so that one may hold another that begins later in it."""
    members: dict[int, dict[str, list[int]]] = {}
    for start in reversed(range(len(words))):
        for first in typed[start]:
            for phrase in groups.at(first, typed[start + 1]):
                if (end := _end_of(phrase.places, words, start, members)) is not None:
                    ends = members.setdefault(start, {}).setdefault(phrase.meaning, [])
                    ends.append(end)
                    ends.sort(reverse=True)
    return members


def _keys(place: Place) -> frozenset[str]:
    return frozenset(map(bare, place)) if isinstance(place, frozenset) else frozenset({str(place)})


@cache
def shipped() -> Lexicon:
    """Return the lexicon that comes with the program."""
    return Lexicon(Path(__file__).with_name("lexicon.txt").read_text(encoding="utf-8"))


def _variants(words: str) -> Iterator[tuple[Place, ...]]:
    """Yield the phrase with and without each part that may be missing, and with each of several ways to say one.

    What is missing never leaves too little to tell, nor a gap with nothing behind it.
    """
    if _EITHER_ORDER in words:
        one, _, other = words.partition(_EITHER_ORDER)
        yield from _variants(f"{one} … {other}")
        yield from _variants(f"{other} … {one}")
        return
    slots = _SLOT.findall(words)
    sure = sum(not slot.startswith("(") and slot not in _SILENT for slot in slots)
    words_long = sum(slot.strip("()") not in _SILENT for slot in slots)
    for chosen in product(*map(_choices, slots)):
        places = tuple(_place(word) for part in chosen for word in part.split())
        said = sum(bool(part) and part not in _SILENT for part in chosen)
        if sure < _TELLING and said < min(words_long, _TELLING_TOGETHER):
            continue
        if not isinstance(places[0], int) and not isinstance(places[-1], int):
            yield places


def _choices(slot: str) -> list[str]:
    """Return the ways to fill a slot; single words stand together, as "tôi/em", groups and several words apart."""
    ways = slot.strip("(){}").split("/")
    single = "/".join(way for way in ways if not _stands_apart(way))
    return [way for way in (single, *filter(_stands_apart, ways)) if way] + [""] * slot.startswith("(")


def _stands_apart(way: str) -> bool:
    return " " in way or _GROUP.fullmatch(way) is not None


def _place(word: str) -> Place:
    if word in _GAPS:
        return _GAPS[word]
    if word == _CLAUSE_END or _GROUP.fullmatch(word):
        return word
    return frozenset[str]().union(*(_typed(choice) for choice in word.split("/")))


@cache
def _typed(word: str) -> frozenset[str]:
    return whole_spellings(word[:-1]) if word.endswith(_MARKS_NEEDED) else spellings(word)


def _plain(word: str) -> str:
    return _NUMBER if word[:1].isdigit() or word in NUMBER_WORDS else word


def _end_of(places: tuple[Place, ...], words: Sequence[str], start: int, members: Members) -> int | None:
    """Return where a phrase that begins at `start` ends, or None if it does not stand there."""
    if not places:
        return start
    place, rest = places[0], places[1:]
    ends = (_end_of(rest, words, begin, members) for begin in _after(place, words, start, members))
    return next((end for end in ends if end is not None), None)


def _after(place: Place, words: Sequence[str], start: int, members: Members) -> Sequence[int]:
    """Return where the rest of a phrase may begin if this place of it stands at `start`."""
    if isinstance(place, int):
        return range(start, min(_clause_end(words, start), start + place + 1))
    if place == _CLAUSE_END:
        return (start,) if _clause_end(words, start) == start else ()
    if isinstance(place, str):
        return members.get(start, {}).get(place, ())
    if start < len(words) and (words[start] in place or _plain(words[start]) in place):
        return (start + 1,)
    return ()


def _clause_end(words: Sequence[str], start: int) -> int:
    return next((end for end in range(start, len(words)) if words[end] in STOPS), len(words))
