"""A simulated network and a strict server: what pacing promises is judged where messages arrive."""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count, takewhile

from bot.telegram.pacing import Limits, Pacer, Waiting

Act = Callable[[float], None]


@dataclass
class Road:
    """Carries mail to a server that counts arrivals in sliding windows, and the answers back."""

    delay: Callable[[], float]  #: Seconds of one way, drawn anew for every way.
    limits: Limits = field(default_factory=Limits)
    lease: float = 0.0  #: Seconds that the database takes to lease mail, one lease after the other.
    ahead: float = 0.0  #: Seconds that mail is leased before it leaves.
    now: float = 1000.0
    arrivals: list[tuple[float, Waiting]] = field(default_factory=list)  #: In the order of arrival.
    left: dict[int, float] = field(default_factory=dict)  #: Mail → when it departed.
    refused: int = 0  #: How many arrivals a strict server would have answered with 429.

    def __post_init__(self) -> None:
        self.pacer = Pacer(self.limits)
        self.pacer.ahead = self.ahead
        self._events: list[tuple[float, int, Act]] = []
        self._ticket = count()
        self._leased_at = self.now  #: When the newest lease is there.

    def add(self, *mail: Waiting) -> None:
        for one in mail:
            self.pacer.add(one, self.now)

    def at(self, moment: float, act: Act) -> None:
        """Do something at a moment of the simulation."""
        heappush(self._events, (moment, next(self._ticket), act))

    def run(self, until: float = 1e9) -> None:
        """Let time pass until nothing can happen any more, or until a moment."""
        while self.now < until:
            if self.now >= self._leased_at:
                self._lease()
            wake = self.pacer.wake_at(self.now) if self.now >= self._leased_at else self._leased_at
            moments = [moment for moment in (wake, self._events[0][0] if self._events else None) if moment]
            if not moments:
                return
            # A departure is never asked for twice in one moment: the clock of a real loop moves on as well.
            self.now = max(self.now + 1e-6, min(moments))
            while self._events and self._events[0][0] <= self.now:
                heappop(self._events)[2](self.now)

    def _lease(self) -> None:
        leaving = self.pacer.take(self.now, most=100)
        if leaving:
            self._leased_at = self.now + self.lease
        for mail, at in leaving.items():
            if max(at, self._leased_at) <= self.now:
                self._carry(mail)
            else:
                self.at(max(at, self._leased_at), lambda _, mail=mail: self._carry(mail))  # type: ignore[misc]

    def _carry(self, mail: Waiting) -> None:
        self.left[mail.id] = self.now
        self.pacer.departed(mail.id, self.now)
        arrival = self.now + self.delay()
        self.at(arrival, lambda moment: self._arrive(mail, arrival))
        self.at(arrival + self.delay(), lambda moment: self.pacer.answered(mail.id, moment))

    def _arrive(self, mail: Waiting, moment: float) -> None:
        too_fast = self._seen(moment - 1.0) >= self.limits.per_second > 0
        group_full = mail.chat_id < 0 and self._seen(moment - 60.0, mail.chat_id) >= self.limits.per_group_minute
        self.refused += too_fast or group_full
        self.arrivals.append((moment, mail))

    def _seen(self, since: float, chat_id: int | None = None) -> int:
        recent = takewhile(lambda pair: pair[0] > since + 1e-9, reversed(self.arrivals))
        return sum(1 for _, mail in recent if chat_id in (None, mail.chat_id))
