"""Who is on duty: shifts, weekly patterns, gaps in a roster, and how a shift is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from models.rules.hours import instant
from models.rules.words import clean, fold

DAY = timedelta(days=1)
MIDNIGHT = 24  #: The hour at which a day that is typed as 24h ends.
_LONGEST_STAND_IN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Duties:
    """The numbers of the roster."""

    plan_ahead: timedelta = timedelta(days=14)  #: So far ahead weekly patterns become shifts.
    warn_before: timedelta = DAY  #: So long before nobody is on duty, the tier above is told.
    ends_soon: timedelta = timedelta(minutes=15)  #: So long before a shift ends, handing over is offered.
    hand_over_within: timedelta = timedelta(minutes=15)  #: A hand-over not taken by then is raised.
    ring_next_after: timedelta = timedelta(minutes=2)  #: An alarm nobody takes up rings the next person then.
    test_weekday: int = 0  #: The day of the weekly test call; 0 is Monday.
    test_at: time = time(9)  #: Its local time.
    test_within: timedelta = timedelta(hours=1)  #: A test call not tapped by then is raised.


@dataclass(frozen=True, slots=True)
class Span:
    """A time during which one person is on duty."""

    person_id: int
    starts_at: datetime
    ends_at: datetime

    def covers(self, now: datetime) -> bool:
        """Whether it has begun and not ended."""
        return self.starts_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Hours:
    """When a shift begins and ends on the clock; one that ends at or before its beginning ends the next day."""

    start: time
    end: time

    def on(self, day: date, tz: tzinfo) -> tuple[datetime, datetime]:
        """The instants at which it begins and ends when it begins that day."""
        last = day if self.end > self.start else day + DAY
        return instant(day, self.start, tz), instant(last, self.end, tz)


def weekly(weekday: int, hours: Hours, first: date, until: date, tz: tzinfo) -> list[tuple[datetime, datetime]]:
    """Every time a weekly shift comes round, from the day `first` until before the day `until`."""
    days = (first + timedelta(days=count) for count in range((until - first).days))
    return [hours.on(day, tz) for day in days if day.weekday() == weekday]


def gaps(spans: Iterable[Span], start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The stretches between `start` and `end` in which nobody is on duty, in their order."""
    found, covered_until = [], start
    for span in sorted(spans, key=lambda span: span.starts_at):
        if span.starts_at > covered_until:
            found.append((covered_until, min(span.starts_at, end)))
        covered_until = max(covered_until, span.ends_at)
        if covered_until >= end:
            return found
    return [*found, (covered_until, end)] if covered_until < end else found


def following(spans: Sequence[Span], giver_id: int, now: datetime, within: timedelta) -> int | None:
    """Who takes over from the giver: whoever else is on duty now, else whoever comes next; None when nobody does."""
    others = [span for span in spans if span.person_id != giver_id and span.ends_at > now]
    coming = [span for span in others if span.starts_at <= now + within]
    return min(coming, key=lambda span: (span.starts_at, span.ends_at)).person_id if coming else None


def stands_until(now: datetime, given_until: datetime, next_starts_at: datetime | None) -> datetime:
    """How long somebody without a shift of their own stands in.

    To the end of the shift they took over, if it lies ahead; else until the next one begins, twelve hours at most.
    """
    if given_until > now:
        return given_until
    return min(next_starts_at or now + _LONGEST_STAND_IN, now + _LONGEST_STAND_IN)


def week_called(now_local: datetime, duties: Duties) -> date | None:
    """The Monday of the week whose test call is due at this local time; None before its hour."""
    monday = now_local.date() - timedelta(days=now_local.weekday())
    called_at = datetime.combine(monday + timedelta(days=duties.test_weekday), duties.test_at)
    lateness = now_local.replace(tzinfo=None) - called_at
    return monday if timedelta() <= lateness < DAY else None


# How it is typed: "0912345678 X1 t2-t6 7h-19h".

_DAY_NAMES = {"t2": 0, "t3": 1, "t4": 2, "t5": 3, "t6": 4, "t7": 5, "cn": 6}
_DAY_NAMES |= {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_EVERY_DAY = frozenset({"hangngay", "hang ngay", "daily"})
_ONE_DAY = "|".join(_DAY_NAMES)
_DAYS = rf"hang ?ngay|daily|(?:{_ONE_DAY})(?:[-,](?:{_ONE_DAY}))*|\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?"
_CLOCK = r"\d{1,2}(?:[:h]\d{0,2})?"
_SHIFT = re.compile(rf"(?P<who>.+?) +(?P<unit>\S+) +(?P<days>{_DAYS}) +(?P<start>{_CLOCK}) ?- ?(?P<end>{_CLOCK})")
_NUMBER = re.compile(r"\+?\d[\d .-]{2,}\d")


@dataclass(frozen=True, slots=True)
class TypedShift:
    """A shift to set, as it was typed; on weekdays every week, or once on a day."""

    who: str  #: A phone, an account's number or a name.
    unit_code: str
    weekdays: tuple[int, ...]  #: Empty: once.
    day: date | None  #: None: every week.
    hours: Hours

    @property
    def is_number(self) -> bool:
        """Whether the person was named by a number."""
        return _NUMBER.fullmatch(self.who) is not None


def read_shift(words: str, today: date) -> TypedShift | None:
    """What `/truc …` sets: who, which unit, which days, from when until when; None when it does not say all of it."""
    said = " ".join(clean(words).split())
    found = _SHIFT.fullmatch(fold(said))
    if found is None:
        return None
    weekdays, day = read_days(found["days"], today)
    start, end = read_clock(found["start"]), read_clock(found["end"])
    if start is None or end is None or not (weekdays or day):
        return None
    # A cleaned text keeps its length when it is folded, so places in one are places in the other.
    who, unit_code = (said[slice(*found.span(part))] for part in ("who", "unit"))
    return TypedShift(who, unit_code, weekdays, day, Hours(start, end))


@dataclass(frozen=True, slots=True)
class TypedPost:
    """Where a unit's duty is and how it is called, as it was typed."""

    unit_code: str
    phone: str
    place: str


@dataclass(frozen=True, slots=True)
class TypedHandset:
    """Whose account a unit's duty phone is, as it was typed."""

    unit_code: str
    number: str


_POST = re.compile(r"(?:noi|place) +(?P<unit>\S+)(?: +(?P<phone>\+?\d[\d .-]{1,}\d))?(?: +(?P<place>\D.*))?")
_HANDSET = re.compile(r"(?:may|handset) +(?P<unit>\S+) +(?P<number>\+?\d[\d .-]{2,}\d)")


def read_post(words: str) -> TypedPost | TypedHandset | None:
    """What "nơi X1 0213123456 Phòng trực" or "máy X1 0912345678" sets; None when it is neither."""
    said = " ".join(clean(words).split())
    folded = fold(said)
    handset = _HANDSET.fullmatch(folded)
    if handset is not None:
        return TypedHandset(said[slice(*handset.span("unit"))], handset["number"].strip())
    post = _POST.fullmatch(folded)
    if post is None or not (post["phone"] or post["place"]):
        return None
    unit_code, place = (said[slice(*post.span(part))] if post[part] else "" for part in ("unit", "place"))
    return TypedPost(unit_code, (post["phone"] or "").strip(), place)


def read_days(words: str, today: date) -> tuple[tuple[int, ...], date | None]:
    """Weekdays, as "t2-t6" or "t2,t4", or one date, as "24/11"; a date without its year is the next one to come."""
    said = fold(words).strip()
    if said in _EVERY_DAY:
        return tuple(range(7)), None
    if "/" in said:
        return (), _read_date(said, today)
    weekdays: list[int] = []
    for part in said.split(","):
        first, _, last = part.partition("-")
        if first not in _DAY_NAMES or (last or first) not in _DAY_NAMES:
            return (), None
        start, length = _DAY_NAMES[first], (_DAY_NAMES[last or first] - _DAY_NAMES[first]) % 7
        weekdays += [(start + count) % 7 for count in range(length + 1)]
    return tuple(dict.fromkeys(weekdays)), None


def read_clock(words: str) -> time | None:
    """A time of day, as "7h", "7h30", "19:00" or "19"; None for what is none. "24h" is midnight."""
    hour, _, minute = words.strip().replace("h", ":").partition(":")
    if not hour.isdecimal() or (minute and not minute.isdecimal()):
        return None
    try:
        return time(0 if int(hour) == MIDNIGHT else int(hour), int(minute or 0))
    except ValueError:
        return None


def _read_date(words: str, today: date) -> date | None:
    numbers = [int(part) for part in words.split("/") if part.isdecimal()]
    try:
        if len(numbers) == 3:
            return date(numbers[2], numbers[1], numbers[0])
        this_year = date(today.year, numbers[1], numbers[0])
        return this_year if this_year >= today else this_year.replace(year=today.year + 1)
    except (ValueError, IndexError):
        return None
