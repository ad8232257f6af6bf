"""What a phrase says about time, in Vietnamese or English: its clues, not yet put together.

Matching is on folded text. Every clue that is found is cut out, so whatever is left over was not understood.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.rules.words import clean, fold


class NoSuchDay(ValueError):
    """A day is named that no calendar has, such as 31/2."""


class NoSuchTime(ValueError):
    """A time is named that no clock shows, such as 25:00."""


@dataclass(slots=True)
class Clues:
    """Everything a phrase says about one moment."""

    today: date  #: The local day on which it is said.
    days: list[date] = field(default_factory=list)  #: Days named.
    clocks: list[timedelta] = field(default_factory=list)  #: Clock times named, as time since midnight.
    parts: list[str] = field(default_factory=list)  #: Parts of the day named: the keys of `PARTS_OF_DAY`.
    spans: list[timedelta] = field(default_factory=list)  #: "in three hours": time from now.
    recurs: bool = False  #: "every day": no single moment.
    before: bool = False  #: "before …".
    whole_day: bool = False  #: "to the end of …".
    left_over: str = ""  #: Words that mean nothing here.


#: When a part of the day is over, for those who name no hour: office hours for morning and afternoon, the start
#: of the quiet hours for the evening.
PARTS_OF_DAY = {
    "sang": timedelta(hours=11, minutes=30),
    "trua": timedelta(hours=12),
    "chieu": timedelta(hours=17),
    "toi": timedelta(hours=21),
    "dem": timedelta(hours=23, minutes=59),
}

_ENGLISH_PARTS = {"morning": "sang", "noon": "trua", "afternoon": "chieu", "evening": "toi", "night": "dem"}
_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "a": 1, "an": 1,
}  # fmt: skip
_MINUTE, _HOUR, _DAY, _WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_LONG_UNITS = {
    "phut": _MINUTE, "minute": _MINUTE, "minutes": _MINUTE, "tieng": _HOUR, "hour": _HOUR, "hours": _HOUR,
    "ngay": _DAY, "hom": _DAY, "day": _DAY, "days": _DAY, "tuan": _WEEK, "week": _WEEK, "weeks": _WEEK,
}  # fmt: skip
#: "2 giờ" alone is a time of the day; only "trong 2 giờ" and "2 giờ nữa" are a span.
_UNITS = _LONG_UNITS | {"h": _HOUR, "gio": _HOUR}
_WEEKDAYS = {
    "thu 2": 0, "thu 3": 1, "thu 4": 2, "thu 5": 3, "thu 6": 4, "thu 7": 5, "chu nhat": 6, "cn": 6,
    "thu hai": 0, "thu ba": 1, "thu tu": 2, "thu nam": 3, "thu sau": 4, "thu bay": 5,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAYS_AHEAD = {
    "hom nay": 0, "ngay nay": 0, "nay": 0, "trong ngay": 0, "today": 0, "tonight": 0,
    "ngay mai": 1, "mai": 1, "tomorrow": 1, "ngay kia": 2, "ngay mot": 2,
}  # fmt: skip
#: Words around a deadline that add nothing to it.
_FILLERS = frozenset(
    "cham nhat la vao luc den toi han cuoi chot nop gui bao cao xong phai trong vong ngay het nhe nha a"  # noqa: SIM905
    " deadline by at on until till the no later than due end of".split()
)


def read_clues(text: str, today: date) -> Clues:
    """Return what a phrase says about time. Raises NoSuchDay or NoSuchTime."""
    clues = Clues(today)
    # "tới" is "until", but without its marks it is also the evening.
    rest = fold(clean(text).lower().replace("tới", "đến"))
    for pattern, note in _PATTERNS:
        for match in pattern.finditer(rest):
            note(clues, match)
        rest = pattern.sub(" ", rest)
    clues.left_over = " ".join(word for word in re.findall(r"\w+", rest) if word not in _FILLERS)
    return clues


def _note_recurring(clues: Clues, match: re.Match[str]) -> None:
    clues.recurs = True


def _note_before(clues: Clues, match: re.Match[str]) -> None:
    clues.before = True


def _note_whole_day(clues: Clues, match: re.Match[str]) -> None:
    clues.whole_day = True


def _note_part_of_day(clues: Clues, match: re.Match[str]) -> None:
    clues.parts.append(_ENGLISH_PARTS.get(match[0], match[0]))


def _note_date(clues: Clues, match: re.Match[str]) -> None:
    named = match.groupdict()
    month = _MONTHS.get(named["month"]) or int(named["month"])
    clues.days.append(_day(clues, named.get("year"), month, int(named["day"])))


def _note_day_of_month(clues: Clues, match: re.Match[str]) -> None:
    clues.days.append(_day(clues, None, clues.today.month, int(match["day"])))


def _note_month(clues: Clues, match: re.Match[str]) -> None:
    _note_last_of(clues, match["year"], int(match["month"] or clues.today.month))


def _note_quarter(clues: Clues, match: re.Match[str]) -> None:
    _note_last_of(clues, match["year"], 3 * _QUARTERS[match["quarter"]])


def _note_last_of(clues: Clues, year: str | None, month: int) -> None:
    first = _day(clues, year, month, 1)
    clues.days.append(first.replace(day=monthrange(first.year, first.month)[1]))
    clues.whole_day = True


def _note_weekday(clues: Clues, match: re.Match[str]) -> None:
    """Note the coming such day, today included; with "next" or "this week", the one of that week."""
    ahead = _WEEKDAYS[match["weekday"]] - clues.today.weekday()
    week = match["before"] or match["after"]
    if week is None:
        ahead %= 7
    elif week not in ("this", "nay"):
        ahead += 7
    clues.days.append(clues.today + timedelta(days=ahead))


def _note_day_ahead(clues: Clues, match: re.Match[str]) -> None:
    clues.days.append(clues.today + timedelta(days=_DAYS_AHEAD[match[0]]))
    if match[0] == "tonight":
        clues.parts.append("toi")


def _note_span(clues: Clues, match: re.Match[str]) -> None:
    number = match["number"]
    count = int(number) if number.isdecimal() else _NUMBERS[number]
    clues.spans.append(count * _UNITS[match["unit"]])


def _note_clock(clues: Clues, match: re.Match[str]) -> None:
    named = match.groupdict()
    hours, minutes = int(named["hours"]), int(named.get("minutes") or 0)
    if hours >= 24 and not named.get("minutes") and not clues.days and not clues.before:
        clues.spans.append(timedelta(hours=hours))  # "24h" by itself is a day from now.
        return
    if half := named.get("half"):
        hours = hours % 12 + (12 if half == "pm" else 0)
    if minutes > 59 or (hours, minutes) > (24, 0):
        raise NoSuchTime(match[0])
    clues.clocks.append(timedelta(hours=hours, minutes=minutes))


def _day(clues: Clues, year: str | None, month: int, day: int) -> date:
    number = int(year) if year else clues.today.year
    try:
        return date(number if number > 99 else 2000 + number, month, day)
    except ValueError as error:
        raise NoSuchDay(f"{day}/{month}") from error


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_NUMBER = rf"(?P<number>[0-9]{{1,4}}|{_any_of(_NUMBERS)})"
_DD, _MM, _YYYY = r"(?P<day>[0-9]{1,2})", r"(?P<month>[0-9]{1,2})", r"(?P<year>[0-9]{4})"
_OF_YEAR = rf"(?:(?: nam |/|,? ){_YYYY})?"

#: In the order in which they are looked for: the longer and surer before the shorter.
_PATTERNS: list[tuple[re.Pattern[str], Callable[[Clues, re.Match[str]], None]]] = [
    (re.compile(rf"\b(?:{pattern})(?![a-z0-9])"), note)
    for pattern, note in (
        (r"(?:hang|moi) (?:ngay|tuan|thang|quy)|every|daily|weekly", _note_recurring),
        (r"truoc|before", _note_before),
        (r"(?:sang|trua|chieu|dem|morning|noon|afternoon|evening|night)", _note_part_of_day),
        (r"toi(?= (?:mai|nay|hom|thu|chu|ngay))|(?<=h )toi|(?<=[0-9]h)toi|(?<=gio )toi", _note_part_of_day),
        (rf"{_YYYY}-{_MM}-{_DD}", _note_date),
        (rf"{_DD}(?P<mark>[/.-]){_MM}(?P=mark)(?P<year>[0-9]{{4}}|[0-9]{{2}})", _note_date),
        (rf"{_DD} ?[/-] ?{_MM}(?![/.-][0-9])", _note_date),
        (rf"{_DD} thang {_MM}{_OF_YEAR}", _note_date),
        (rf"{_DD}(?:st|nd|rd|th)? (?P<month>{_any_of(_MONTHS)}){_OF_YEAR}", _note_date),
        (rf"(?P<month>{_any_of(_MONTHS)}) {_DD}(?:st|nd|rd|th)?{_OF_YEAR}", _note_date),
        (rf"(?:trong|het|cuoi) thang(?: {_MM}| nay)?{_OF_YEAR}", _note_month),
        (rf"quy (?P<quarter>iv|i{{1,3}}|[1-4]){_OF_YEAR}", _note_quarter),
        (rf"(?:trong vong|trong|sau|within|in) {_NUMBER} ?(?P<unit>{_any_of(_UNITS)})(?: nua)?", _note_span),
        (rf"{_NUMBER} ?(?P<unit>{_any_of(_UNITS)}) nua", _note_span),
        (
            rf"(?:(?P<before>next|this) )?(?P<weekday>{_any_of(_WEEKDAYS)})(?: tuan (?P<after>sau|toi|den|nay))?",
            _note_weekday,
        ),
        (_any_of(_DAYS_AHEAD), _note_day_ahead),
        (rf"ngay {_DD}(?! ?(?:h|g|gio|:))", _note_day_of_month),
        (r"(?:het|cuoi) ngay|end of (?:the )?day", _note_whole_day),
        (r"(?P<hours>[0-9]{1,3}) ?(?:gio|g|h)(?: ?(?P<minutes>[0-9]{2})(?: ?phut)?)?", _note_clock),
        (r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-9]{2})(?: ?(?P<half>am|pm))?", _note_clock),
        (r"(?P<hours>[0-9]{1,2}) ?(?P<half>am|pm)", _note_clock),
        (rf"{_NUMBER} ?(?P<unit>{_any_of(_LONG_UNITS)})", _note_span),
    )
]
