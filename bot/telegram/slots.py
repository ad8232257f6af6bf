"""When the bot as a whole may send again: so many messages in any second, counted where they arrive."""

from heapq import heappop, heappush
from math import inf

ALARM_PATIENCE = 2.0  #: Seconds an alarm waits for somebody's answer before it borrows that message's slot.
WINDOW = 1.0  #: Seconds over which Telegram counts.
CLOSEST = 0.7  #: Departures keep this part of the even distance; without it they clot over time (measured).
CATCH_UP = 0.25  #: Seconds of departures that were missed and may follow each other at once.
LESSONS = 100  #: Answers heard before the round trip is trusted enough to be discounted.


class RoundTrip:
    """The part of a round trip that every message surely spends on its way."""

    def __init__(self) -> None:
        self._heard = 0  #: Answers so far.
        self._usual = 0.0  #: Seconds, a moving average.
        self._shortest = inf  #: Seconds; creeps up slowly, so that a longer road is learned too.

    def heard(self, seconds: float) -> None:
        """Learn from one answer."""
        self._heard += 1
        self._usual += (seconds - self._usual) / min(self._heard, 32)
        self._shortest = min(seconds, self._shortest + max(0.0, self._usual - self._shortest) / 1024)

    @property
    def certain(self) -> float:
        """Seconds that may be taken off the wait: the shortest trip less what the usual one has above it.

        The shortest trip seen is a little longer than the shortest possible one; how much is unknown, but the
        spread of the trips bounds it well enough. A road that trembles as much as it is long earns nothing.
        """
        if self._heard < LESSONS:
            return 0.0
        return max(0.0, 2 * self._shortest - self._usual)


class Slots:
    """The bot's places in Telegram's sliding second.

    Each message holds a place until its answer is a second old. Its arrival lies somewhere between its
    departure and its answer, so two messages that used one place arrived at least a second apart, and no
    second holds more messages than there are places: whatever the network does to their order.
    """

    def __init__(self, per_second: int) -> None:
        self._gap = WINDOW / per_second
        self._idle_since = [-inf] * per_second  #: A heap: when the answer came for each place that is not in flight.
        self._in_flight: dict[int, float] = {}  #: Mail → when it left, infinity while it only has its place.
        self._last_left_at = -inf
        self._trip = RoundTrip()

    def next_at(self, now: float) -> float:
        """When the next message may leave, in monotonic seconds; infinity while only an answer can tell."""
        free_at = self._free_at()
        # Departures are spread, most of all those from places that lay idle: otherwise every place would come
        # free in the same moment of every second, and an alarm would have to wait for that moment.
        distance = self._gap if free_at < now - self._gap else CLOSEST * self._gap
        return max(free_at, self._last_left_at + distance)

    def borrow_at(self) -> float:
        """When an alarm may use the place of the message that has waited longest for its answer."""
        return min(self._in_flight.values(), default=inf) + ALARM_PATIENCE

    def take(self, mail_id: int, at: float, since: float) -> None:
        """Let this message leave then; `next_at` or `borrow_at` has allowed it, and it could have left `since` then.

        Where it leaves late, for the database was busy, those behind it need not keep their distance from it.
        """
        due_at = max(since, self.next_at(at), at - CATCH_UP)
        if self._free_at() <= at:
            heappop(self._idle_since)
        else:
            del self._in_flight[min(self._in_flight, key=self._in_flight.__getitem__)]
        self._in_flight[mail_id] = inf
        self._last_left_at = min(at, due_at)

    def departed(self, mail_id: int, now: float) -> None:
        """The message that has this place leaves now: its trip begins."""
        if mail_id in self._in_flight:
            self._in_flight[mail_id] = now

    def answered(self, mail_id: int, now: float) -> None:
        """Start the second after which the place is free; nothing happens if an alarm has borrowed it."""
        left_at = self._in_flight.pop(mail_id, None)
        if left_at is None:
            return
        if left_at < inf:
            self._trip.heard(now - left_at)
        heappush(self._idle_since, now)

    def _free_at(self) -> float:
        """When the first place may be used again, by what is known of the road now: it may just have become shorter."""
        return self._idle_since[0] + WINDOW - self._trip.certain if self._idle_since else inf
