"""By when: the deadlines that a piece of a document states.

Words about time that stand together are a run: "trước 17 giờ 00, ngày 05/11/2021". What a run is made of tells whether
it is a deadline. A date alone is none: it may be a holiday, or when a cited document was issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import product

from models.rules.documents.dates import date_of
from models.rules.documents.document import Deadline, Every, PartialDate
from models.rules.documents.due import last_day
from models.rules.documents.grammar import Found, Grammar

#: What a run is made of; of two that fit at a place, the one named first counts.
_PIECES = (
    "no deadline", "within", "span", "from", "by", "throughout", "every", "weekday", "clock", "ahead", "part",
    "day named", "month", "quarter", "year", "month day", "between",
)  # fmt: skip
#: "17h" is an hour of the day, but "trong vòng 17h" is a span.
_ONLY_BEHIND = {"span": "within", "from": "span"}
_MOMENTS = frozenset({"clock", "part", "day named", "month", "quarter", "year", "weekday", "ahead", "month day"})
_WIDE = frozenset({"month", "quarter", "day named", "ahead"})
_LATE_PARTS = ("chieu", "toi")
_SPANS = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "weeks": timedelta(weeks=1),
    "months": timedelta(days=30),
}
_BETWEEN = re.compile(r"[\s,(]*")
_MORE_OF_A_DATE = re.compile(r"[/.]\w| (?:(?:của|cua) )?th[áa]ng\b")
_CLAUSE = re.compile(r"[.;:(–]|,| - ")
_ANNOUNCED = "hạn: "
_ONE_SENTENCE = 120  #: "hằng ngày" and its hour stand no further apart, in letters.
_A_YEAR_ON = timedelta(days=200)  #: A day without a year that is over by more than this is one of next year.


@dataclass(frozen=True, slots=True)
class _Run:
    """Words about time that stand together."""

    start: int  #: Its first letter.
    text: str  #: As written.
    pieces: tuple[tuple[str, Found], ...]  #: The family of each piece, in order.
    begins_clause: bool  #: Nothing stands before it in its clause.
    is_reported: bool  #: Its clause asks to report, or to do something again and again.

    def all(self, *families: str) -> list[Found]:
        return [found for family, found in self.pieces if family in families]

    def has(self, *families: str) -> bool:
        return any(family in families for family, _ in self.pieces)

    @property
    def says_before(self) -> bool:
        """Whether it says "before …" rather than "by …"."""
        return "before" in (found.stands_for for found in self.all("by", "throughout"))

    @property
    def only_recurs(self) -> bool:
        """Whether it says how often and nothing else: the hour may stand later in the sentence."""
        return {family for family, _ in self.pieces} == {"every"}

    @property
    def only_which(self) -> bool:
        """Whether it says the hour or the day and nothing else: how often may stand earlier in the sentence."""
        families = {family for family, _ in self.pieces}
        days = {"clock", "weekday", "month day"}
        return self.has(*days) and families <= {"by", "part", "between"} | days


def deadlines(text: str, issued: PartialDate | None, grammar: Grammar) -> tuple[Deadline, ...]:
    """The deadlines a text states, each once, in order; `issued` tells the year of those that name none."""
    stated = (
        deadline
        for run in _put_together(text, [*_runs(text, grammar)])
        if _states_a_deadline(run)
        for deadline in _deadlines(run, issued)
        if _lies_ahead(deadline, issued)
    )
    return tuple(dict.fromkeys(stated))


def deadlines_in_column(text: str, issued: PartialDate | None, grammar: Grammar) -> tuple[Deadline, ...]:
    """The deadlines in a table's column for them, where a date needs no word before it."""
    announced = deadlines(f"{_ANNOUNCED}{text}", issued, grammar)
    return tuple(replace(deadline, text=deadline.text.removeprefix(_ANNOUNCED)) for deadline in announced)


def _runs(text: str, grammar: Grammar) -> Iterator[_Run]:
    at = 0
    while begins := grammar.search("about time", text, at):
        pieces = _pieces(text, begins.start, grammar)
        end = pieces[-1][1].end if pieces else begins.end
        if pieces:
            clause = _CLAUSE.split(text[: begins.start])[-1]
            yield _Run(
                start=begins.start,
                text=_balanced(text[begins.start : end], text[end : end + 1]),
                pieces=tuple(pieces),
                begins_clause=not clause.strip(),
                is_reported=grammar.search("again and again", f"{clause} {_CLAUSE.split(text[end:])[0]}") is not None,
            )
        at = max(end, begins.end)


def _put_together(text: str, runs: list[_Run]) -> Iterator[_Run]:
    """Yield the runs; "hằng ngày" and the hour that follows in its sentence are one: "Hằng ngày báo cáo trước 15h"."""
    while runs:
        run = runs.pop(0)
        if run.only_recurs and runs and runs[0].only_which:
            end = runs[0].start + len(runs[0].text)
            between = text[run.start + len(run.text) : runs[0].start]
            if not re.search(r"[.;] ", between) and len(between) <= _ONE_SENTENCE:
                run = replace(run, text=text[run.start : end], pieces=run.pieces + runs.pop(0).pieces)
        yield run


def _balanced(text: str, sign_behind: str) -> str:
    """The run, with the bracket behind it where it opened one."""
    return text + sign_behind if sign_behind == ")" and text.count("(") > text.count(")") else text


def _pieces(text: str, at: int, grammar: Grammar) -> list[tuple[str, Found]]:
    pieces: list[tuple[str, Found]] = []
    while piece := _piece(text, at, pieces[-1][0] if pieces else "", grammar):
        if piece[0] == "no deadline":
            return pieces
        pieces.append(piece)
        between = _BETWEEN.match(text, piece[1].end)
        at = between.end() if between else piece[1].end
    while pieces and pieces[-1][0] in ("between", "by", "throughout"):
        pieces.pop()
    return pieces


def _piece(text: str, at: int, before: str, grammar: Grammar) -> tuple[str, Found] | None:
    families = (family for family in _PIECES if _ONLY_BEHIND.get(family, before) == before)
    pieces = ((family, found) for family in families if (found := grammar.at(family, text, at)))
    return next((piece for piece in pieces if not _is_cut_short(text, *piece)), None)


def _is_cut_short(text: str, family: str, found: Found) -> bool:
    """Whether more of an hour or a date follows that cannot be read: "17h3O", "05/11/20Z1", "ngày 05 tháng 1l"."""
    if family == "clock" and "minute" not in found.values:
        return text[found.end : found.end + 1].isdigit()
    is_day = family in ("day named", "month day") and "year" not in found.values
    return is_day and _MORE_OF_A_DATE.match(text, found.end) is not None


def _states_a_deadline(run: _Run) -> bool:
    if run.has("within"):
        return run.has("span", *_WIDE)
    if run.has("every"):
        return run.has("by", *_MOMENTS) or run.begins_clause or run.is_reported
    if run.has("by"):
        return run.has(*_MOMENTS)
    if run.has("throughout"):
        return run.has(*_WIDE)
    return run.has("ahead") and run.has("part", "clock", "day named")


def _deadlines(run: _Run, issued: PartialDate | None) -> Iterator[Deadline]:
    """One deadline, or one for each of several hours or days: "10h00 và 16h00 hằng ngày", "thứ 2, thứ 5 hằng tuần"."""
    part = next((found.stands_for for found in run.all("part")), None)
    clocks = [clock for found in run.all("clock") if (clock := _clock(found, part))]
    day = _date(run, issued)
    every = next((Every(found.stands_for) for found in run.all("every")), None)
    span = next(iter(run.all("span")), None)
    deadline = Deadline(
        text=run.text,
        date=day if every is None else None,
        part=part if not clocks else None,
        every=every,
        within=_SPANS[span.stands_for] * (span.number("count") or 0) if span else None,
        before=every is None and day is not None and run.says_before,
    )
    hours: list[time | None] = [*clocks] or [None]
    for clock, on in product(hours, _days_of(run, every) or [None]):
        timed = replace(deadline, time=clock, on=on)
        if timed.date or timed.time or timed.part or timed.every or timed.within:
            yield timed


def _clock(found: Found, part: str | None) -> time | None:
    hour, minute = found.number("hour") or 0, found.number("minute") or 0
    if part in _LATE_PARTS and hour < 12:
        hour += 12
    if hour == 24 and minute == 0:
        return time(23, 59)
    return time(hour, minute) if hour < 24 else None


def _date(run: _Run, issued: PartialDate | None) -> PartialDate | None:
    today = issued.whole if issued else None
    for found in run.all("day named", "quarter", "month"):
        if named := date_of(found):
            return _in_its_year(named, run, issued)
    for found in run.all("ahead"):
        return _of_day(today + timedelta(days=int(found.stands_for))) if today else None
    for found in run.all("month day"):
        day = found.number("day")
        if issued and issued.month and day:
            return _valid(replace(issued, day=day))
    for found in run.all("weekday"):
        ahead = (int(found.stands_for) - today.isoweekday()) % 7 if today else 0
        return _of_day(today + timedelta(days=ahead)) if today else None
    year = next((found.number("year") for found in run.all("year")), None)
    return PartialDate(year) if year else None


def _of_day(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _valid(written: PartialDate) -> PartialDate | None:
    try:
        return written if last_day(written) else None
    except ValueError:
        return None


def _in_its_year(named: PartialDate, run: _Run, issued: PartialDate | None) -> PartialDate | None:
    """The date with the year that stands beside it, or else that of the document or the one after it."""
    beside = next((found.number("year") for found in run.all("year")), None)
    if named.year or beside:
        return _valid(replace(named, year=named.year or beside))
    if issued is None or issued.year is None:
        return named
    this_year = _valid(replace(named, year=issued.year))
    first, last = PartialDate(issued.year, issued.month or 1, issued.day or 1), this_year and last_day(this_year)
    if last and first.whole and first.whole - last > _A_YEAR_ON:
        return _valid(replace(named, year=issued.year + 1))
    return this_year


def _days_of(run: _Run, every: Every | None) -> list[int | None]:
    """Of what comes again every week the days of the week, of what does every month those of the month."""
    if every is Every.WEEK:
        return [int(found.stands_for) for found in run.all("weekday")]
    if every is Every.MONTH:
        return [day for found in run.all("month day", "every") if (day := found.number("day"))]
    return []


def _lies_ahead(deadline: Deadline, issued: PartialDate | None) -> bool:
    """Whether it is not over when the document is issued: a day that is over, without an hour, was only told of."""
    last = last_day(deadline.date) if deadline.date else None
    if last is None or deadline.time or issued is None or issued.year is None:
        return True
    return last >= date(issued.year, issued.month or 1, issued.day or 1)
