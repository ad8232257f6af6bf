"""The clock on the wall, and one that only counts. Nobody else asks the computer what time it is."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

#: The system's clock that goes on while the machine sleeps: Linux calls it so, macOS its monotonic one. Python's own
#: does not everywhere; on Windows, which has neither name, it does.
_GOES_ON_ASLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def seconds_passed() -> float:
    """Seconds since some moment in the past: nobody can put them back, and a suspended machine counts on."""
    return time.monotonic() if _GOES_ON_ASLEEP is None else time.clock_gettime(_GOES_ON_ASLEEP)


class WallClock:
    """Now, in UTC; the demo moves it forward, and what is due happens in front of the visitor."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead  #: How much later it is than this machine believes.

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move(self, span: timedelta) -> None:
        """Let it be so much later."""
        self.ahead += span

    def set(self, moment: datetime) -> None:
        """Let it be this moment, and go on from there."""
        self.ahead = moment - datetime.now(UTC)
