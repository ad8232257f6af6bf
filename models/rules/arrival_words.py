"""Who came, as typed: `12 Giàng A Páo về từ Hà Nội hôm qua, xe khách, tiêm 2 mũi`; at a checkpoint a line for each.

What cannot be read is given back as typed, and nothing counts before it was read back to whoever typed it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from models.rules.arrivals import Travel
from models.rules.followup_words import VACCINATED, cut, find_kind, past_day
from models.rules.origins import as_place
from models.rules.protocols import Vaccinated
from models.rules.words import clean, fold

K = TypeVar("K", bound=Hashable)

_TRAVEL = {
    Travel.BUS: r"(?:di |bang )?(?:xe khach|xe giuong nam|xe buyt|bus|coach)",
    Travel.CAR: r"(?:di |bang )?(?:o ?to|xe con|xe rieng|taxi|xe tai|car)",
    Travel.MOTORBIKE: r"(?:di |bang )?(?:xe may|motorbike)",
    Travel.TRAIN: r"(?:di |bang )?(?:tau hoa|tau|train)",
    Travel.PLANE: r"(?:di |bang )?(?:may bay|plane)",
    Travel.BOAT: r"(?:di |bang )?(?:thuyen|pha|boat)",
    Travel.ON_FOOT: r"(?:di bo|on foot)",
}
_DAYS_AGO = {0: r"hom nay|hnay|sang nay|trua nay|chieu nay|toi nay|vua xong|today", 2: r"hom kia"}
_YESTERDAY = r"(?:sang |trua |chieu |toi |dem )?(?:hom qua|hqua|qua)|yesterday"
_NAMED_DAYS = {**_DAYS_AGO, 1: _YESTERDAY}
_DATE = re.compile(
    r"(?<![0-9a-z/-])(?:(?:tu |hom )?ngay )?([0-9]{1,2})[/-]([0-9]{1,2})(?:[/-](?:20)?[0-9]{2})?(?![0-9])"
)
_PHONE = re.compile(r"(?<![0-9])(?:(?:sdt|dt|so dien thoai|phone)[: ]*)?(\+?[0-9][0-9 .]{7,12}[0-9])(?![0-9])")
_NUMBER = r"(?:so )?([0-9]{1,6}[a-z]?)(?![0-9a-z/])"
_HOME = re.compile(rf"^ *(?:nha |ho )?{_NUMBER}|(?<![a-z])(?:nha|ho) {_NUMBER}")
#: Where from; it goes on to the next comma, or to where they came to.
_FROM = re.compile(
    r"(?<![a-z])(?:(?:moi |vua )?(?:ve|den|toi) )?(?:tu|from) (?P<place>(?:(?!(?:ve|den|toi|vao) )[^,;|])+)"
)
#: Where to: a community or a commune, as a checkpoint hears it.
_TO = re.compile(r"(?<![a-z])(?:ve|den|toi|vao|to) (?P<place>(?:to|xa|thi tran|tt|ban|thon|huyen|[a-z]+[0-9])[^,;|]*)")
#: What is said around a name. Inside one the same letters are a part of it: Giàng A Páo, Lò Thị La.
_BEFORE_NAMES = re.compile(
    r"^(?:(?:toi |em )?(?:xin )?(?:bao|khai)|co nguoi|nguoi ve|co|nha toi|o nha|nha em|nha|ten la|ten|la|moi|vua|da|"
    r"[.: -])+ +"
)
_AFTER_NAMES = re.compile(r" +(?:(?:moi|vua|da|ve|den|toi noi|luc|bang|di|roi|nhe|nha|came|back|returned) *)+$")
#: Whoever says this speaks of themselves.
_SELF = re.compile(r"^(?:toi|em|chau|minh|con|i)$")
#: How people are spoken of before their name.
_TITLES = re.compile(
    r"^(?:(?:con trai|con gai|con re|con dau|con|chau|em|chong|vo|bo|me|anh|chi|ong|ba|co|chu|bac)(?: toi| em)? )+"
)


@dataclass(frozen=True, slots=True)
class TypedArrival:
    """One person who came, as it was understood."""

    name: str  #: Empty: whoever writes speaks of themselves.
    origin: str
    arrived_on: date
    how: Travel | None
    vaccinated: Vaccinated
    number: str  #: The home's number; empty: not said.
    destination: str  #: The community or commune they came to, as typed; empty: not said.
    phone: str  #: As typed; empty: not said.
    words: str  #: The whole line, as typed.


def read_arrivals(words: str, today: date) -> tuple[list[TypedArrival], tuple[str, ...]]:
    """Return everybody the lines tell of, and the lines that could not be read, as typed."""
    lines = [line for line in clean(words).split("\n") if line.strip()]
    read = [(line, read_arrival(line, today)) for line in lines]
    return [arrival for _, arrival in read if arrival], tuple(line for line, arrival in read if arrival is None)


def read_arrival(line: str, today: date) -> TypedArrival | None:
    """Return who came; None when the name or where from is missing, or the day lies ahead."""
    rest = _Rest(clean(line))
    phone = rest.take(_PHONE)
    number = rest.take(_HOME)
    how, vaccinated = rest.take_kind(_TRAVEL), rest.take_kind(VACCINATED)
    arrived_on = _day(rest, today)
    origin = rest.take(_FROM, "place")
    destination = rest.take(_TO, "place")
    if arrived_on is None or not origin:
        return None
    name = rest.name()
    if not name and not rest.is_self:
        return None
    said = vaccinated or Vaccinated.NONE
    return TypedArrival(name, as_place(origin), arrived_on, how, said, number.upper(), destination, phone, line)


def read_place(words: str) -> tuple[str, str]:
    """Return the number of the team and of the home that words name, "tổ 1 nhà 12"; empty where not said."""
    folded = fold(clean(words))
    team = re.search(r"(?<![a-z])(?:to|team) (?:so )?([0-9]{1,3})(?![0-9a-z])", folded)
    rest = folded.replace(team[0], " ") if team else folded
    home = re.search(r"(?<![0-9a-z])([0-9]{1,6}[a-z]?)(?![0-9a-z])", rest)
    return team[1] if team else "", home[1].upper() if home else ""


class _Rest:
    """What is left of a line while its parts are taken out of it; a comma stands where each was."""

    def __init__(self, written: str) -> None:
        self._written, self._folded = written, fold(written)
        self.is_self = False

    def take(self, pattern: re.Pattern[str], group: str | int = 0) -> str:
        """Take out what fits, and return its group, or the first one that took part, as typed."""
        found = pattern.search(self._folded)
        if found is None:
            return ""
        place = group or next((number for number, part in enumerate(found.groups(), 1) if part), 0)
        start, end = found.span(place)
        taken = self._written[start:end].strip(" .")
        self._cut(found.span())
        return taken

    def take_kind(self, kinds: Mapping[K, str]) -> K | None:
        """Take out the longest of some phrases; which one it was."""
        found = find_kind(kinds, self._folded)
        if found is None:
            return None
        self._cut(found[1])
        return found[0]

    def take_date(self) -> tuple[str, str] | None:
        """Take out a date; its day and month."""
        found = _DATE.search(self._folded)
        if found is None:
            return None
        self._cut(found.span())
        return found[1], found[2]

    def name(self) -> str:
        """The first words left over that can be a name, without titles; notes whether they mean the writer."""
        for part in re.split(r"[,;|()]", self._written):
            said = _bare(part.strip())
            self.is_self = self.is_self or _SELF.match(fold(said)) is not None
            title = _TITLES.match(fold(said))
            said = said[title.end() :] if title else said
            if re.search(r"[^\W\d_]", said) and not _SELF.match(fold(said)):
                return said
        return ""

    def _cut(self, span: tuple[int, int]) -> None:
        self._written, self._folded = cut(self._written, self._folded, span, " , ")


def _bare(said: str) -> str:
    """The words without what is said around a name."""
    for around in (_BEFORE_NAMES, _AFTER_NAMES):
        found = around.search(fold(said))
        if found is not None:
            said = said[: found.start()] + said[found.end() :]
    return said.strip(" .:-")


def _day(rest: _Rest, today: date) -> date | None:
    """The day they came, today where none is said; None for one that lies ahead or long ago."""
    days_ago = rest.take_kind(_NAMED_DAYS)
    if days_ago is not None:
        return today - timedelta(days=days_ago)
    named = rest.take_date()
    return past_day(*named, today) if named else today
