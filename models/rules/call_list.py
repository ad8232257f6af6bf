"""One typed line that answers for many homes: `khoe 1-12 14-40, om 13`.

A line that begins with a word is read word first (`om 13 14`), one that begins with a number, number first
(`13 14 om`). What cannot be read is refused with its place; the rest of the line still counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from models.rules.checkins import Answer
from models.rules.words import clean, fold


class Absence(StrEnum):
    """Why staff have no answer for a home they tried."""

    IN_FIELDS = "in_fields"  #: They sleep at the fields (đi nương), perhaps until a known day.
    UNREACHABLE = "unreachable"  #: Nobody answered (không gọi được).


Said = Answer | Absence

#: How each is typed, folded; the longest phrase that fits is taken, so "k goi dc" is not "k" (khỏe).
_PHRASES: dict[Said, str] = {
    Answer.ALL_WELL: "khoe, ok, oke, k, kh, on, bt, binh thuong, khong sao, khong om, ko om, k om,"
    "khong ai om, khong sot, ko sot, k sot, het om, het sot",
    Answer.SOMEONE_ILL: "om, benh, sot, co nguoi om, khong khoe, ko khoe, k khoe",
    Answer.NEED_HELP: "can, can ho tro, ho tro, ht, can giup, giup",
    Absence.UNREACHABLE: "kgd, khong goi duoc, ko goi duoc, ko goi dc, k goi dc, khong lien lac duoc,"
    "khong nghe may, k nghe may",
    Absence.IN_FIELDS: "nuong, di nuong, o nuong, len nuong, di lam nuong",
}
_SAID: dict[str, Said] = {phrase.strip(): said for said, phrases in _PHRASES.items() for phrase in phrases.split(",")}

#: Said twice about one home, the later in this order stands: nobody ill is lost in a range typed around them.
_FROM_CALM_TO_GRAVE: tuple[Said, ...] = (
    Answer.ALL_WELL,
    Absence.IN_FIELDS,
    Absence.UNREACHABLE,
    Answer.NEED_HELP,
    Answer.SOMEONE_ILL,
)

#: Words that may stand anywhere and say nothing.
_FILLERS = frozenset({"nha", "ho", "so", "va", "cac", "ca", "la", "thi", "a", "nhe"})

#: A stay in the fields ends within this time; a day further off is a slip of the finger.
_LONGEST_STAY = timedelta(days=180)

#: A longer range is a slip of the finger; teams look after 20 to 70 homes (DOMAIN.md, scale).
_LONGEST_RANGE = 1_000

_TOKEN = re.compile(
    r"(?P<until>(?:den|toi|het)\s+(?:het\s+)?(?:ngay\s+)?(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})(?![0-9/]))"
    r"|(?P<first>[0-9]{1,6})\s*(?:[-–—]|den|toi)\s*(?P<last>[0-9]{1,6})(?![0-9a-z/])"
    r"|(?P<number>[0-9]{1,6}[a-z]?)(?![0-9a-z/])"
    rf"|(?P<said>{'|'.join(sorted(_SAID, key=len, reverse=True))})(?![a-z])"
    r"|(?P<other>[^\s,;:.+&]+)"
)


class Reason(StrEnum):
    """Why a part of the line was not taken."""

    UNKNOWN_WORD = "unknown_word"  #: Neither an answer nor a number.
    WORD_WITHOUT_HOMES = "word_without_homes"  #: An answer, but for which homes?
    HOMES_WITHOUT_WORD = "homes_without_word"  #: Homes, but what about them?
    NO_SUCH_HOME = "no_such_home"  #: A number, or some of a range, is not on this community's list.
    NO_SUCH_DAY = "no_such_day"  #: Not a day of the months ahead, or no word before it to belong to.


@dataclass(frozen=True, slots=True)
class Entry:
    """What the line says about one home."""

    number: str  #: The home's number, as on the list.
    said: Said
    until: date | None = None  #: In the fields until this day; None when not said.


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of the line that was not taken."""

    reason: Reason
    words: str  #: The part as typed.
    at: int  #: Where it begins in the cleaned line, in letters from 0.


def read_line(line: str, numbers: Sequence[str], today: date | None = None) -> tuple[list[Entry], list[Refusal]]:
    """Return one entry for each home the line speaks of, in the order of `numbers`, and what was refused.

    `numbers` are those on the community's list. `today` places "đến 25/12" in a year; without it, no day.
    """
    reading = _Reading({_plain(number): number for number in numbers}, today)
    place = 0
    for part in clean(line).split("\n"):
        reading.take(part, place)
        place += len(part) + 1
    entries = [reading.entries[number] for number in numbers if number in reading.entries]
    return entries, sorted(reading.refusals, key=lambda refusal: refusal.at)


def looks_like_line(words: str) -> bool:
    """Whether the words are nothing but answers and numbers of homes, so that a line may be meant."""
    said = numbers = False
    for match in _TOKEN.finditer(fold(clean(words))):
        if match["other"] and match["other"] not in _FILLERS:
            return False
        said = said or match["said"] is not None
        numbers = numbers or match["number"] is not None or match["first"] is not None
    return said and numbers


def in_ranges(numbers: Sequence[str]) -> str:
    """The numbers as they are read back, neighbours drawn together: "1-12, 14, 15A"."""
    runs: list[list[str]] = []
    for number in numbers:
        follows = runs and number.isdecimal() and runs[-1][-1].isdecimal()
        if follows and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _plain(number: str) -> str:
    """The number as typed in a hurry: `007A` is `7a`."""
    return fold(number).lstrip("0")


@dataclass(slots=True)
class _Token:
    """A part of the line: a word that says something, or homes it may be said of."""

    words: str
    at: int
    said: Said | None = None
    until: date | None = None
    homes: list[str] = field(default_factory=list)


def _statements(tokens: list[_Token]) -> Iterator[tuple[_Token | None, list[_Token]]]:
    """Yield each word with the homes it is said of; homes nothing is said of come with None."""
    number_first = bool(tokens) and tokens[0].said is None
    word: _Token | None = None
    homes: list[_Token] = []
    for token in reversed(tokens) if number_first else tokens:
        if token.said is None:
            homes.append(token)
            continue
        if word or homes:
            yield word, homes
        word, homes = token, []
    if word or homes:
        yield word, homes


@dataclass(slots=True)
class _Reading:
    """What has been understood so far."""

    listed: dict[str, str]  #: Plain number → number as on the list.
    today: date | None
    entries: dict[str, Entry] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def take(self, part: str, place: int) -> None:
        """Credit the homes of one line of the text, which begins at `place`; refuse what cannot be read."""
        for word, homes in _statements(list(self._tokens(part, place))):
            if word is None:
                for token in homes:
                    self._refuse(Reason.HOMES_WITHOUT_WORD, token)
            elif homes:
                self._credit(word, [number for token in homes for number in token.homes])
            else:
                self._refuse(Reason.WORD_WITHOUT_HOMES, word)

    def _tokens(self, part: str, place: int) -> Iterator[_Token]:
        word: _Token | None = None
        for match in _TOKEN.finditer(fold(part)):
            token = _Token(part[match.start() : match.end()], place + match.start())
            if match["said"]:
                token.said = _SAID[match["said"]]
                word = token
                yield token
            elif match["until"]:
                self._date(word, token, int(match["day"]), int(match["month"]))
            elif match["other"] is None:
                token.homes = self._homes(token, match)
                yield token
            elif match["other"] not in _FILLERS:
                self._refuse(Reason.UNKNOWN_WORD, token)

    def _homes(self, token: _Token, match: re.Match[str]) -> list[str]:
        """Look up the homes a number or a range names, and refuse those that are not on the list."""
        if match["number"]:
            wanted = [match["number"]]
        else:
            first, last = sorted((int(match["first"]), int(match["last"])))
            wanted = [str(number) for number in range(first, min(last, first + _LONGEST_RANGE) + 1)]
        homes = [self.listed[number] for number in map(_plain, wanted) if number in self.listed]
        if len(homes) < len(wanted):
            self._refuse(Reason.NO_SUCH_HOME, token)
        return homes

    def _date(self, word: _Token | None, token: _Token, day: int, month: int) -> None:
        """Let the word before hold until the next such day, or refuse it."""
        until = _coming(day, month, self.today) if self.today else None
        if word is None or until is None:
            self._refuse(Reason.NO_SUCH_DAY, token)
        else:
            word.until = until

    def _credit(self, word: _Token, homes: list[str]) -> None:
        for number in homes:
            earlier = self.entries.get(number)
            if word.said and (earlier is None or _gravity(word.said) >= _gravity(earlier.said)):
                self.entries[number] = Entry(number, word.said, word.until)

    def _refuse(self, reason: Reason, token: _Token) -> None:
        self.refusals.append(Refusal(reason, token.words, token.at))


def _gravity(said: Said) -> int:
    return _FROM_CALM_TO_GRAVE.index(said)


def _coming(day: int, month: int, today: date) -> date | None:
    """The next such day within the longest stay, or None."""
    for year in (today.year, today.year + 1):
        try:
            coming = date(year, month, day)
        except ValueError:
            continue
        if today <= coming <= today + _LONGEST_STAY:
            return coming
    return None
