"""A change of a check-in plan as typed: `mo 18h30 hom truoc, nhac 5h30, khep 14h30; thu 2 4 6; nghi 30/4-3/5`.

Each part begins with what it is about. What cannot be read is given back as typed; the rest still counts, and
nothing counts before it was read back to whoever typed it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from models.rules.hours import QuietHours
from models.rules.plans import EVERY_DAY, LONGEST_QUESTION, Change, Pause, Preset, Wishes
from models.rules.words import clean, fold

_CLOCK = r"([0-9]{1,2}) ?(?:h|g|gio|:)? ?([0-9]{2})?"
_DAY_NAMES = {
    "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5, "cn": 6,
    "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "chu nhat": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_DAY = "|".join(sorted(_DAY_NAMES, key=len, reverse=True))
_DAYS = rf"(?:(?:thu|t|ngay|va|den|-|,| )*(?:{_DAY})(?![0-9a-z]))+"
#: A question is kept as written, so its part is cut out before the line is folded and parted.
_QUESTION = re.compile(r"(?:^|[;\n,])\s*(?:hỏi thêm|hoi them|hỏi|hoi|ask)\s*:(?P<words>[^;\n]*)", re.IGNORECASE)
_LONGEST_PAUSE = timedelta(days=180)


@dataclass(slots=True)
class _Reading:
    """What has been understood so far."""

    today: date
    change: Change = field(default_factory=Change)
    refused: list[str] = field(default_factory=list)

    def wish(self, **wishes: object) -> None:
        self.change = replace(self.change, wishes=self.change.wishes.updated(Wishes(**wishes)))  # type: ignore[arg-type]


def read_change(line: str, today: date) -> tuple[Change, tuple[str, ...]]:
    """Return the change a line asks for, and the parts of it that could not be read, as typed."""
    reading = _Reading(today)
    rest = clean(line)
    for asked in _QUESTION.finditer(rest):
        _take_question(reading, asked["words"].strip())
    rest = _QUESTION.sub(";", rest)
    for part in _parts(rest):
        _take(reading, part)
    return reading.change, tuple(reading.refused)


def _parts(line: str) -> list[str]:
    """The parts of a line; a list of days goes on over its commas."""
    parts: list[str] = []
    for part in re.split(r"[;,\n]", line):
        goes_on = parts and re.fullmatch(_DAYS, fold(part.strip())) and _is_days(parts[-1])
        if goes_on:
            parts[-1] += f" {part.strip()}"
        elif part.strip():
            parts.append(part.strip())
    return parts


def _is_days(part: str) -> bool:
    return re.fullmatch(rf"(?:tru |except )?{_DAYS}", fold(part)) is not None


def _take(reading: _Reading, part: str) -> None:
    folded = fold(part)
    for pattern, note in _PATTERNS:
        match = pattern.fullmatch(folded)
        if match:
            if not note(reading, match):
                reading.refused.append(part)
            return
    reading.refused.append(part)


def _take_question(reading: _Reading, words: str) -> None:
    if len(words) > LONGEST_QUESTION:
        reading.refused.append(words)
    else:
        reading.wish(question=words)


def _clock(hours: str, minutes: str | None) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _opens(reading: _Reading, match: re.Match[str]) -> bool:
    opens, when = _clock(match[1], match[2]), match[3] or ""
    if opens is None:
        return False
    days_before = int("truoc" in when or "before" in when) if when else None
    reading.wish(opens=opens, opens_days_before=days_before)
    return True


def _at(name: str) -> Callable[[_Reading, re.Match[str]], bool]:
    """Note a clock time under this name."""

    def note(reading: _Reading, match: re.Match[str]) -> bool:
        at = _clock(match[1], match[2])
        if at is None:
            return False
        reading.wish(**{name: at})
        if name == "reminds_at":
            reading.wish(reminds=True)
        return True

    return note


def _wishes(**wishes: object) -> Callable[[_Reading, re.Match[str]], bool]:
    """Note what a word alone says."""

    def note(reading: _Reading, _match: re.Match[str]) -> bool:
        reading.wish(**wishes)
        return True

    return note


def _quiet(reading: _Reading, match: re.Match[str]) -> bool:
    start, end = _clock(match[1], match[2]), _clock(match[3], match[4])
    if start is None or end is None:
        return False
    reading.wish(quiet=QuietHours(start, end))
    return True


def _days(reading: _Reading, match: re.Match[str]) -> bool:
    """Note weekdays, one by one or as a range: `thu 2 4 6`, `t2-t6`, `tru chu nhat`."""
    said = re.sub(rf"({_DAY})(?: *(?:-|den) *(?:thu |t)?)({_DAY})", _spelt_out, match["days"])
    named = frozenset(_DAY_NAMES[day] for day in re.findall(rf"(?:{_DAY})(?![0-9a-z])", said))
    reading.wish(days=EVERY_DAY - named if match["but"] else named)
    return True


def _spelt_out(match: re.Match[str]) -> str:
    first, last = _DAY_NAMES[match[1]], _DAY_NAMES[match[2]]
    by_number = {number: name for name, number in list(_DAY_NAMES.items())[:7]}
    return " ".join(by_number[day] for day in range(first, last + 1))


def _pause(reading: _Reading, match: re.Match[str]) -> bool:
    """Note days without rounds: from a day to a day, until a day, one day, or until somebody ends it."""
    said = match.groupdict()
    first = _coming(said.get("first_day"), said.get("first_month"), reading.today)
    last = _coming(said.get("last_day"), said.get("last_month"), reading.today)
    named = [name for name in ("first_day", "last_day") if said.get(name)]
    if len([day for day in (first, last) if day]) != len(named) or (first and last and last < first):
        return False
    if first and not said.get("last_day"):
        last = first
    reading.change = replace(reading.change, pause=Pause(first or reading.today, last))
    return True


def _resume(reading: _Reading, _match: re.Match[str]) -> bool:
    reading.change = replace(reading.change, resumes=True)
    return True


def _inherit(reading: _Reading, _match: re.Match[str]) -> bool:
    reading.change = replace(reading.change, inherits=True)
    return True


def _coming(day: str | None, month: str | None, today: date) -> date | None:
    """The next such day within the longest pause, or None."""
    if day is None or month is None:
        return None
    for year in (today.year, today.year + 1):
        try:
            coming = date(year, int(month), int(day))
        except ValueError:
            continue
        if today <= coming <= today + _LONGEST_PAUSE:
            return coming
    return None


def _named_date(name: str) -> str:
    return rf"(?:ngay )?(?P<{name}_day>[0-9]{{1,2}})[/-](?P<{name}_month>[0-9]{{1,2}})"


_UNTIL = r"(?: ?(?:-|den|toi|het|den het|to|until)(?: het)? ?)"

#: In the order in which they are tried; each must fit a whole part.
_PATTERNS: list[tuple[re.Pattern[str], Callable[[_Reading, re.Match[str]], bool]]] = [
    (re.compile(pattern), note)
    for pattern, note in (
        (
            rf"(?:mo|bat dau|open|opens)(?: luc| at)? {_CLOCK}"
            r"(?: (hom truoc|toi hom truoc|ngay truoc|hom do|cung ngay|the day before|same day))?",
            _opens,
        ),
        (rf"(?:nhac|remind|reminds)(?: luc| at)? {_CLOCK}", _at("reminds_at")),
        (r"(?:khong|ko|k|bo|thoi) nhac|no reminder", _wishes(reminds=False)),
        (r"co nhac|with reminder", _wishes(reminds=True)),
        (rf"(?:goi|goi dien|danh sach|call|calls)(?: luc| at)? {_CLOCK}", _at("call_list")),
        (rf"(?:khep|dong|chot|het|close|closes)(?: luc| at)? {_CLOCK}", _at("closes")),
        (rf"(?:im|im lang|yen|yen lang|quiet)(?: tu)? {_CLOCK} ?(?:-|den|to) ?{_CLOCK}", _quiet),
        (r"mien nui|nui|mountain", _wishes(preset=Preset.MOUNTAIN)),
        (r"thi tran|pho|town", _wishes(preset=Preset.TOWN)),
        (r"(?:hang|moi) ngay|daily|every day", _wishes(days=EVERY_DAY)),
        (r"(?:khong|ko|k|bo|thoi) hoi them|no question", _wishes(question="")),
        (rf"(?P<but>tru |except )?(?P<days>{_DAYS})", _days),
        (rf"(?:nghi|tam nghi|pause)(?: tu)? {_named_date('first')}(?:{_UNTIL}{_named_date('last')})?", _pause),
        (rf"(?:nghi|tam nghi|pause){_UNTIL}{_named_date('last')}", _pause),
        (r"nghi|tam nghi|pause", _pause),
        (r"hoi lai|het nghi|resume", _resume),
        (r"(?:nhu|theo) (?:cap )?tren|inherit", _inherit),
    )
]
