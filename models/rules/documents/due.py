"""When a document's deadline falls on the clock."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from models.rules.documents.document import Deadline, Every, PartialDate
from models.rules.hours import instant, local
from models.rules.time_words import PARTS_OF_DAY

_END_OF_DAY = time(23, 59)
_DAYS_LOOKED_AHEAD = 367


def due_at(deadline: Deadline, since: datetime, tz: tzinfo) -> datetime | None:
    """The UTC instant at which the deadline falls; for a duty that comes again, the first one after `since`.

    `since` is when the document arrived, or the instant of the last time. A day without an hour ends at 23:59,
    "trước ngày 5/11" the evening before, "trước tháng 12" on the last evening of November. None when the text names
    no such moment: a day without its year, a duty "hằng tuần" without the day, or any that is over.
    """
    if deadline.within is not None:
        return since + deadline.within
    days = _days(deadline, local(since, tz).date())
    moments = (instant(day, _clock(deadline), tz) for day in days)
    return next((moment for moment in moments if moment > since), None)


def _clock(deadline: Deadline) -> time:
    if deadline.time is not None:
        return deadline.time
    if deadline.part is not None:
        return (datetime.combine(date.min, time()) + PARTS_OF_DAY[deadline.part]).time()
    return _END_OF_DAY


def _days(deadline: Deadline, today: date) -> Iterator[date]:
    if deadline.every is not None:
        ahead = (today + timedelta(days=days) for days in range(_DAYS_LOOKED_AHEAD))
        yield from (day for day in ahead if _falls_on(deadline, day))
    elif deadline.date is not None and (last := last_day(deadline.date)):
        ends_before = deadline.before and deadline.time is None and deadline.part is None
        yield _first_day(deadline.date, last) - timedelta(days=1) if ends_before else last


def _falls_on(deadline: Deadline, day: date) -> bool:
    if deadline.every is Every.DAY:
        return True
    if deadline.every is Every.WEEK:
        return day.isoweekday() == deadline.on
    if deadline.every is Every.MONTH:
        return day.day == min(deadline.on or 0, monthrange(day.year, day.month)[1])
    return False


def _first_day(written: PartialDate, last: date) -> date:
    """The first day of what was written: "trước tháng 12" is over when December begins."""
    if written.day:
        return last
    months = 1 if written.month else 3 if written.quarter else 12
    return date(last.year, last.month - months + 1, 1)


def last_day(written: PartialDate) -> date | None:
    """The last day of the day, month, quarter or year that was written; None without a year."""
    if written.year is None:
        return None
    month = written.month or 3 * (written.quarter or 4)
    return date(written.year, month, written.day or monthrange(written.year, month)[1])
