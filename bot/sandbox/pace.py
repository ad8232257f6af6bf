"""How fast a bot may write: what Telegram documents, enforced to the letter.

Thirty sends in any second for a bot and twenty in any minute for one group, counted when the call arrives.
Sends, edits, pins and deletes count; answers to presses and get… do not. A refused call does not count.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.refusals import too_many

#: Seconds a bot is told to wait, whatever it has done.
RETRY_AFTER = 3


@dataclass(frozen=True)
class Limits:
    """What one bot may send. None lifts a limit."""

    per_second: int | None = 30
    per_group_minute: int | None = 20


NO_LIMITS = Limits(per_second=None, per_group_minute=None)


class Window:
    """At most `limit` arrivals in any span of `seconds`."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self.arrivals: deque[float] = deque()

    def has_room(self, now: float, cost: int) -> bool:
        """Whether `cost` more arrivals fit at `now`."""
        while self.arrivals and now - self.arrivals[0] >= self.seconds:
            self.arrivals.popleft()
        return len(self.arrivals) + cost <= self.limit

    def add(self, now: float, cost: int) -> None:
        """Count `cost` arrivals."""
        self.arrivals.extend([now] * cost)


class Pace:
    """The windows of every bot and group."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self.limits = limits
        self.monotonic = monotonic
        self._bots: dict[int, Window] = {}
        self._groups: dict[tuple[int, int], Window] = {}

    def set(self, limits: Limits) -> None:
        """Use other limits from now on; what was counted is forgotten."""
        self.limits = limits
        self._bots.clear()
        self._groups.clear()

    def admit(self, bot_id: int, chat_id: int | None, cost: int = 1) -> None:
        """Count a call that writes `cost` messages, or refuse it with 429."""
        now = self.monotonic()
        windows = self._windows(bot_id, chat_id)
        if not all(window.has_room(now, cost) for window in windows):
            raise too_many(RETRY_AFTER)
        for window in windows:
            window.add(now, cost)

    def _windows(self, bot_id: int, chat_id: int | None) -> list[Window]:
        windows = []
        if self.limits.per_second is not None:
            windows.append(self._bots.setdefault(bot_id, Window(self.limits.per_second, 1.0)))
        if self.limits.per_group_minute is not None and chat_id is not None and chat_id < 0:
            minute = Window(self.limits.per_group_minute, 60.0)
            windows.append(self._groups.setdefault((bot_id, chat_id), minute))
        return windows
