"""Deadlines as commanders type them: `16h ngày 20/7`, `trước 17h mai`, `24h`, `thứ 6`, `in 3 hours`.

Nothing is invented: a phrase is understood whole, or it is no deadline and the reason is said. A day without an
hour ends at 23:59; "trước ngày 20/7" ends with the day before; a part of the day ends as `PARTS_OF_DAY` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from models.rules.hours import instant, local
from models.rules.time_words import PARTS_OF_DAY, Clues, NoSuchDay, NoSuchTime, read_clues
from models.rules.words import clean, fold


class Reason(StrEnum):
    """Why a phrase is no deadline."""

    NOT_UNDERSTOOD = "not_understood"  #: It names no time, or has words beside it that mean something else.
    NO_SUCH_DAY = "no_such_day"  #: 31/2.
    NO_SUCH_TIME = "no_such_time"  #: 25:00.
    CONTRADICTION = "contradiction"  #: Two different days or times.
    RECURRING = "recurring"  #: "hằng ngày": many moments, not one.
    PASSED = "passed"  #: It is over; a day without a year is one of this year.
    TOO_FAR = "too_far"  #: More than two years ahead: a slip of the finger.


@dataclass(frozen=True, slots=True)
class NotADeadline:
    """What was typed is no deadline."""

    reason: Reason


_LONGEST = timedelta(days=731)
_END_OF_DAY = timedelta(hours=23, minutes=59)
_NOON = timedelta(hours=12)


def read(text: str, now: datetime, tz: tzinfo) -> datetime | NotADeadline:
    """Return the UTC instant a typed deadline names on the clocks of `tz`, or why it names none."""
    try:
        clues = read_clues(text, local(now, tz).date())
    except NoSuchDay:
        return NotADeadline(Reason.NO_SUCH_DAY)
    except NoSuchTime:
        return NotADeadline(Reason.NO_SUCH_TIME)
    if objection := _objection(clues) or _out_of_reach(clues):
        return NotADeadline(objection)
    due_at = now.astimezone(UTC) + clues.spans[0] if clues.spans else _moment(clues, tz)
    return due_at if due_at > now else NotADeadline(Reason.PASSED)


def _objection(clues: Clues) -> Reason | None:
    """What keeps the clues from naming one moment, if anything does."""
    if clues.recurs:
        return Reason.RECURRING
    named = len(set(clues.days)) + len(set(clues.clocks)) + len(clues.parts) + len(clues.spans)
    if clues.left_over or not (named or clues.whole_day):
        return Reason.NOT_UNDERSTOOD
    several = max(len(set(clues.days)), len(set(clues.clocks)), len(set(clues.parts))) > 1
    if several or (clues.spans and (named > 1 or clues.before)):
        return Reason.CONTRADICTION
    return None


def _out_of_reach(clues: Clues) -> Reason | None:
    """What keeps a moment from being one of the time to come, as far as its day or span tells."""
    spans = clues.spans + [day - clues.today for day in clues.days]
    if any(span > _LONGEST for span in spans):
        return Reason.TOO_FAR
    return Reason.PASSED if any(span < timedelta(0) for span in spans) else None


def _moment(clues: Clues, tz: tzinfo) -> datetime:
    """The instant that day, clock and part of the day name together."""
    day = clues.days[0] if clues.days else clues.today
    if clues.clocks:
        return _at(day, _on_the_day(clues.clocks[0], clues.parts), tz)
    if clues.parts:
        return _at(day, PARTS_OF_DAY[clues.parts[0]], tz)
    if clues.before and not clues.whole_day:
        day -= timedelta(days=1)
    return _at(day, _END_OF_DAY, tz)


def _on_the_day(clock: timedelta, parts: list[str]) -> timedelta:
    """4h with "chiều" is 16:00, 12h with "đêm" is midnight."""
    part = parts[0] if parts else ""
    if part in ("toi", "dem") and clock == _NOON:
        return 2 * _NOON
    is_late = part in ("chieu", "toi") or (part == "dem" and clock >= timedelta(hours=8))
    return clock + _NOON if is_late and clock < _NOON else clock


def _at(day: date, since_midnight: timedelta, tz: tzinfo) -> datetime:
    moment = datetime.combine(day, time()) + since_midnight
    return instant(moment.date(), moment.time(), tz)


#: Words that announce a deadline in a directive's text. A date without one is not a deadline.
_ANNOUNCES = re.compile(
    r"\b(?:cham nhat|truoc|den het|het ngay|trong (?=vong|thang|quy|hom nay|[0-9])"
    r"|thoi han|han (?:cuoi|chot|nop)|han|deadline|by|before|within|no later than)\b"
)
_RECURRING_BEFORE = re.compile(r"\b(?:hang|moi) (?:ngay|tuan|thang|quy) ?$")
_LONGEST_PHRASE = 12  #: Words.
#: Whether a phrase names a moment does not depend on the day, if the year has a 29 February.
_SOME_DAY = date(2000, 1, 1)


def find_phrase(text: str) -> str | None:
    """Return the first phrase of a directive's text that states a deadline, as written, or None."""
    written = clean(text)
    folded = fold(written)
    for announced in _ANNOUNCES.finditer(folded):
        if _RECURRING_BEFORE.search(folded[: announced.start()]):
            continue
        if phrase := _longest_understood(written[announced.start() :]):
            return phrase
    return None


def find(text: str, now: datetime, tz: tzinfo) -> datetime | None:
    """Return the UTC instant of the deadline a directive's text states; None when it states none still ahead."""
    phrase = find_phrase(text)
    due_at = read(phrase, now, tz) if phrase else None
    return due_at if isinstance(due_at, datetime) else None


def _longest_understood(text: str) -> str | None:
    """The beginning of a text that names one moment and is understood whole, without idle words at its end."""
    clause = re.split(r"[;\n]|[.,] ", text, maxsplit=1)[0]
    words = list(re.finditer(r"\S+", clause))[:_LONGEST_PHRASE]
    beginnings = [clause[: word.end()].rstrip(".,:)") for word in words]
    understood = {beginning: clues for beginning in beginnings if (clues := _understood(beginning))}
    fullest = next(reversed(understood.values()), None)
    if fullest is None or fullest.recurs:
        return None
    return next(beginning for beginning, clues in understood.items() if clues == fullest)


def _understood(phrase: str) -> Clues | None:
    """The clues of a phrase that says a moment, or a recurring one, and nothing else."""
    try:
        clues = read_clues(phrase, _SOME_DAY)
    except (NoSuchDay, NoSuchTime):
        return None
    return clues if not clues.left_over and _objection(clues) in (None, Reason.RECURRING) else None
