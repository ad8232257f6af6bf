"""Seven hundred districts at once, a directive behind 15,000 private messages, and receipts in a rush, in virtual time.

Our pacer and a naive queue (first in, first out, a thirtieth of a second apart) send the same mail over the same
trembling road to a far end that counts arrivals. No clock of this machine is read, so a run says the same on any
machine, busy or not. One JSON line for each of them and each load.
"""

from __future__ import annotations

import json
import random
import sys
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import ceil, inf
from statistics import median
from typing import Protocol

from benchmarks.pacing import JITTER, PER_SECOND, PROMISED
from bot.telegram.pacing import Limits, Pacer, Waiting
from models.rules.mail import Priority

DISTRICTS, CHATS_EACH = 700, 311
PRIVATE, GROUPS = 15_000, 1_400
ALARMS = 1_000
ALARMS_APART = 0.47  #: Seconds between two alarms; no multiple of the distance between two slots.
FIRST_ALARM, FIRST_PRIVATE, FIRST_GROUP = 10_000_000, 1, 1_000_000
#: What `benchmarks.reports` makes the bot say: alarms, and answers to people, within its minute, and cards of desks.
RUSH_ALARMS, RUSH_ANSWERS, RUSH_CARDS, RUSH_SECONDS = 1_100, 2_200, 8_000, 60.0
#: How many messages the loop that delivers may have under way at once.
MOST_IN_FLIGHT = 40


class Queue(Protocol):
    """Decides what may leave when; all times are in seconds."""

    def add(self, mail: Waiting, now: float) -> None: ...
    def take(self, now: float, most: int) -> Iterable[Waiting]: ...
    def wake_at(self, now: float) -> float | None: ...
    def answered(self, mail_id: int, now: float) -> None: ...


class FirstInFirstOut:
    """The control: one line, one message every thirtieth of a second, whoever waits behind it."""

    def __init__(self) -> None:
        self._line: deque[Waiting] = deque()
        self._next_at = -inf

    def add(self, mail: Waiting, now: float) -> None:
        self._line.append(mail)

    def take(self, now: float, most: int) -> Sequence[Waiting]:
        if not self._line or now < self._next_at or most < 1:
            return []
        self._next_at = now + 1 / PER_SECOND
        return [self._line.popleft()]

    def wake_at(self, now: float) -> float | None:
        return max(now, self._next_at) if self._line else None

    def answered(self, mail_id: int, now: float) -> None:
        return


@dataclass
class Road:
    """Carries what leaves to the far end, and the answers back; a little later each way."""

    queue: Queue
    seed: int = 1
    now: float = 0.0
    arrivals: list[float] = field(default_factory=list)  #: When each message came, in no order.
    asked: dict[int, float] = field(default_factory=dict)  #: Mail → when it began to wait.
    left: dict[int, float] = field(default_factory=dict)  #: Mail → when it left.
    ended: float = 0.0  #: When the last answer was back.

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._ticket = count()
        self._events: list[tuple[float, int, Waiting, bool]] = []  #: A heap of answers, and of mail still to come.
        self._under_way = 0

    def expect(self, mail: Waiting, at: float) -> None:
        """Let a message begin to wait at that moment."""
        heappush(self._events, (at, next(self._ticket), mail, False))

    def run(self) -> None:
        """Until everything has been answered."""
        while True:
            for mail in self.queue.take(self.now, MOST_IN_FLIGHT - self._under_way):
                self._carry(mail)
            wake = self.queue.wake_at(self.now) if self._under_way < MOST_IN_FLIGHT else None
            event = self._events[0][0] if self._events else None
            moments = [moment for moment in (wake, event) if moment is not None]
            if not moments:
                return
            # A real loop's clock moves on as well before it asks again.
            self.now = max(self.now + 1e-6, min(moments))
            while self._events and self._events[0][0] <= self.now:
                self._happen()

    def _carry(self, mail: Waiting) -> None:
        self._under_way += 1
        self.left[mail.id] = self.now
        arrival = self.now + self._chance.uniform(0, JITTER)
        self.arrivals.append(arrival)
        back = arrival + self._chance.uniform(0, JITTER)
        heappush(self._events, (back, next(self._ticket), mail, True))

    def _happen(self) -> None:
        at, _, mail, is_answer = heappop(self._events)
        if is_answer:
            self._under_way -= 1
            self.ended = at
            self.queue.answered(mail.id, at)
        else:
            self.asked[mail.id] = at
            self.queue.add(mail, at)


def queues() -> dict[str, Queue]:
    """Ours and the control."""
    return {"tocovid": Pacer(Limits(per_second=PER_SECOND)), "first in, first out": FirstInFirstOut()}


def fleet(districts: int) -> Iterator[Waiting]:
    """One message to each chat of so many districts, all in the same moment."""
    for number in range(districts * CHATS_EACH):
        job = f"directive:{number // CHATS_EACH}"
        yield Waiting(number + 1, -(number + 1), Priority.DIRECTIVE, job, job=job, unit=-(number + 1))


def private(priority: Priority) -> Iterator[Waiting]:
    """One message to each of 15,000 people: a question to every home, an order's copy, or an answer to each."""
    job = "" if priority == Priority.REPLY else "private"
    for number in range(FIRST_PRIVATE, FIRST_PRIVATE + PRIVATE):
        yield Waiting(number, number, priority, "private", job=job, unit=number)


def directive() -> Iterator[Waiting]:
    """One directive to every group of a district."""
    for number in range(FIRST_GROUP, FIRST_GROUP + GROUPS):
        yield Waiting(number, -number, Priority.DIRECTIVE, "directive:1", job="directive:1", unit=-number)


def alarms() -> Iterator[Waiting]:
    """Alarms to people who are no part of anything else."""
    for number in range(FIRST_ALARM, FIRST_ALARM + ALARMS):
        yield Waiting(number, number, Priority.ALARM, "alarm", unit=number)


def rush() -> Iterator[tuple[float, Waiting]]:
    """2,000 reports in a minute: each message with the moment at which it begins to wait."""
    kinds = ((Priority.ALARM, RUSH_ALARMS), (Priority.REPLY, RUSH_ANSWERS), (Priority.DESK, RUSH_CARDS))
    numbers = count(1)
    for priority, messages in kinds:
        for place in range(messages):
            number = next(numbers)
            yield place * RUSH_SECONDS / messages, Waiting(number, number, priority, unit=number)


def peak(arrivals: Iterable[float]) -> int:
    """The most arrivals in any one second."""
    times = sorted(arrivals)
    return max(bisect_left(times, start + 1.0) - index for index, start in enumerate(times))


def bound(messages: int) -> float:
    """The fewest seconds in which so many messages can arrive, thirty in any second."""
    return ceil(messages / PER_SECOND) - 1


def measure_fleet(who: str, queue: Queue, districts: int) -> dict[str, object]:
    """All districts give their directive at once, through one bot."""
    road = Road(queue)
    for mail in fleet(districts):
        road.expect(mail, 0.0)
    road.run()
    chats = districts * CHATS_EACH
    return {
        "bench": "fleet",
        "who": who,
        "districts": districts,
        "chats": chats,
        "arrived": len(road.arrivals),
        "bound_s": bound(chats),
        "seconds": round(road.ended, 1),
        "times_the_bound": round(road.ended / bound(chats), 4),
        "peak_in_any_second": peak(road.arrivals),
    }


def measure_waits(who: str, queue: Queue, behind: Priority) -> dict[str, object]:
    """15,000 private messages wait already; then comes a directive, and an alarm now and then."""
    road = Road(queue)
    for mail in private(behind):
        road.expect(mail, 0.0)
    for mail in directive():
        road.expect(mail, 1.0)
    for number, mail in enumerate(alarms()):
        road.expect(mail, 2.0 + number * ALARMS_APART)
    road.run()
    waited = {mail: road.left[mail] - asked for mail, asked in road.asked.items()}
    ordered = sorted(seconds for mail, seconds in waited.items() if mail >= FIRST_ALARM)
    groups = [seconds for mail, seconds in waited.items() if FIRST_GROUP <= mail < FIRST_ALARM]
    return {
        "bench": "waits",
        "who": who,
        "private_messages": PRIVATE,
        "sent_as": behind.name.lower(),
        "directive_to": GROUPS,
        "directive_median_s": round(median(groups), 2),
        "directive_last_s": round(max(groups), 2),
        "alarms": ALARMS,
        "alarm_median_s": round(median(ordered), 3),
        "alarm_p99_s": round(ordered[ceil(0.99 * ALARMS) - 1], 3),
        "alarm_worst_s": round(ordered[-1], 3),
        "bound_s": bound(PRIVATE + GROUPS + ALARMS),
        "seconds": round(road.ended, 1),
        "peak_in_any_second": peak(road.arrivals),
    }


def measure_receipts(who: str, queue: Queue) -> dict[str, object]:
    """How much later the last answer leaves than if nothing but alarms and answers did, at the promised pace."""
    road, answers = Road(queue), set[int]()
    for at, mail in rush():
        road.expect(mail, at)
        if mail.priority == Priority.REPLY:
            answers.add(mail.id)
    road.run()
    ended = max(road.left[mail] for mail in answers)
    return {
        "bench": "receipts",
        "who": who,
        "answers": RUSH_ANSWERS,
        "ahead": RUSH_ALARMS,
        "cards": RUSH_CARDS,
        "last_answer_s": round(ended, 1),
        "beyond_the_pace_s": round(ended - (RUSH_ALARMS + RUSH_ANSWERS) / (PER_SECOND * PROMISED), 1),
    }


def main() -> None:
    """700 districts, or as many as the argument says, then the waits."""
    districts = int(sys.argv[1]) if len(sys.argv) > 1 else DISTRICTS
    for who, queue in queues().items():
        print(json.dumps(measure_fleet(who, queue, districts)), flush=True)
    for behind in (Priority.DIRECTIVE, Priority.CHECKIN, Priority.DESK, Priority.REPLY):
        for who, queue in queues().items():
            print(json.dumps(measure_waits(who, queue, behind)), flush=True)
    for who, queue in queues().items():
        print(json.dumps(measure_receipts(who, queue)), flush=True)


if __name__ == "__main__":
    main()
