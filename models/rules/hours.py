"""Day and night on the clocks of the place: when to keep quiet, when to chase, when a paused patience ends.

Instants go in and come out aware; those that come out are UTC. A clock time that summer time leaves out
counts as the same distance past midnight; one that comes twice counts at its first coming.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


def instant(day: date, clock: time, tz: tzinfo) -> datetime:
    """Return the UTC instant at which clocks in `tz` show `clock` on that day."""
    return datetime.combine(day, clock, tzinfo=tz).astimezone(UTC)


def local(now: datetime, tz: tzinfo) -> datetime:
    """Return `now` on the clocks of `tz`. Raises ValueError for a time that names no timezone."""
    if now.tzinfo is None:
        raise ValueError("A time without a timezone would be read on the server's clock; pass an aware one.")
    return now.astimezone(tz)


def next_time(clock: time, now: datetime, tz: tzinfo) -> datetime:
    """Return the first UTC instant after `now` at which clocks in `tz` show `clock`."""
    today = local(now, tz).date()
    candidates = (instant(today + timedelta(days=days), clock, tz) for days in (0, 1, 2))
    return next(candidate for candidate in candidates if candidate > now)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The night, when nothing rings but an alarm: by default 21:00 to 06:00."""

    start: time = time(21)  #: From this local time on it is quiet.
    end: time = time(6)  #: At this local time it is quiet no more.

    def is_quiet(self, now: datetime, tz: tzinfo) -> bool:
        """Tell whether `now` lies in the quiet hours of `tz`. Equal start and end mean: never."""
        clock = local(now, tz).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def quiet_ends_at(self, now: datetime, tz: tzinfo) -> datetime:
        """Return the UTC instant at which the quiet around `now` ends; `now` when it is not quiet."""
        if not self.is_quiet(now, tz):
            return now.astimezone(UTC)
        return next_time(self.end, now, tz)


@dataclass(frozen=True, slots=True)
class DayHours:
    """The part of the day when units may be chased for an answer. Default: 07:00 to 17:30."""

    start: time = time(7)  #: From this local time on chasing is allowed.
    end: time = time(17, 30)  #: From this local time on it is too late for today.

    def next_within(self, now: datetime, tz: tzinfo) -> datetime:
        """Return `now` if it lies within these hours, else when they next begin; in UTC."""
        if self.start <= local(now, tz).time() < self.end:
            return now.astimezone(UTC)
        return next_time(self.start, now, tz)


def deadline_of(
    now: datetime, patience: timedelta, tz: tzinfo, quiet: QuietHours = QuietHours(), *, pauses: bool
) -> datetime:
    """Return the UTC instant at which `patience` runs out.

    With `pauses` the clock stands still in the quiet hours, as it does for reports of urgency P3 and P4.
    """
    if not pauses or quiet.start == quiet.end:
        return local(now, tz).astimezone(UTC) + patience
    wakes_at = quiet.quiet_ends_at(now, tz)
    night_at = next_time(quiet.start, wakes_at, tz)
    while wakes_at + patience > night_at:
        patience -= night_at - wakes_at
        wakes_at = next_time(quiet.end, night_at, tz)
        night_at = next_time(quiet.start, wakes_at, tz)
    return wakes_at + patience
