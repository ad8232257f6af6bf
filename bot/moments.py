"""The clock on the wall. Nobody else asks the computer what time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


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
