"""Whose turn it is among the mail that may leave: by urgency and share, then short jobs, then every unit in turn."""

from collections import Counter
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from bot.telegram.shares import SHARES, Shares
from models.rules.mail import Priority

PACE = 30.0  #: Messages a second by which a job's remaining length is judged; only the proportion matters.
COURTESY = 3.0  #: A job lets shorter ones pass for this many times the seconds it still needs itself.


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """One message that waits to be sent, from being announced to leaving."""

    id: int  #: The outbox row; within one subject a smaller id always arrives first.
    chat_id: int  #: Telegram numbers groups, supergroups and channels below zero, people above.
    priority: Priority = Priority.REPLY
    subject: str = ""  #: What must stay in order within its chat: a report, a directive, a round.
    job: str = ""  #: The fan-out it belongs to, such as one directive to 1,400 groups; empty for single mail.
    unit: int = 0  #: Whose turn it uses up among equals; 0 when nobody's in particular.
    not_before: float = 0.0  #: Monotonic seconds; keeps the later mail of its subject waiting as well.


@dataclass(slots=True)
class Offer:
    """A message that could leave this moment, as far as its chat is concerned."""

    mail: Waiting
    urgency: Priority  #: Its own priority, or that of a more urgent message which must follow it.
    since: float  #: When it began to wait.
    standing: bool = True  #: False once its chat took it back.


@dataclass(slots=True)
class Job:
    """The offers of one fan-out, or of one unit's single mail, at one urgency."""

    name: str | int
    offers: dict[int, list[tuple[int, int, Offer]]] = field(default_factory=dict)  #: Unit → heap by mail id.
    ranked: float | None = None  #: The rank under which it stands in its queue.

    def front(self) -> Offer | None:
        """The offer whose turn it is: the oldest of the unit that has waited longest for its turn."""
        while self.offers:
            unit, offers = next(iter(self.offers.items()))
            while offers and not offers[0][2].standing:
                heappop(offers)
            if offers:
                return offers[0][2]
            del self.offers[unit]
        return None

    def step(self) -> None:
        """Take the front offer away and give the next unit its turn."""
        unit, offers = next(iter(self.offers.items()))
        heappop(offers)
        del self.offers[unit]
        if offers:
            self.offers[unit] = offers


class Turns:
    """Every standing offer, in the order in which they should leave."""

    def __init__(self) -> None:
        self._remaining: Counter[str | int] = Counter()  #: Job → messages it still has waiting, offered or not.
        self._jobs: dict[Priority, dict[str | int, Job]] = {priority: {} for priority in Priority}
        self._ranks: dict[Priority, list[tuple[float, int, Job]]] = {priority: [] for priority in Priority}
        self._ticket = count()  #: Settles ties by the order of arrival.
        self._shares = Shares()

    def expect(self, mail: Waiting) -> None:
        """Count a message that waits towards the length of its job."""
        self._remaining[_job_of(mail)] += 1

    def forget(self, mail: Waiting) -> None:
        """Count it no longer: it has left or was withdrawn."""
        job = _job_of(mail)
        self._remaining[job] -= 1
        if not self._remaining[job]:
            del self._remaining[job]

    def offer(self, mail: Waiting, urgency: Priority, since: float) -> Offer:
        """Let a message stand for its turn until it is taken or its `standing` is set to False."""
        offer = Offer(mail, urgency, since)
        name = _job_of(mail)
        jobs = self._jobs[urgency]
        job = jobs.get(name) or jobs.setdefault(name, Job(name))
        heappush(job.offers.setdefault(mail.unit, []), (mail.id, next(self._ticket), offer))
        self._rank(urgency, job)
        return offer

    def next(self) -> Offer | None:
        """The offer whose turn it is, left standing; None when there is none."""
        for urgency in self._shares.order:
            front = self._front(urgency)
            if front is not None:
                return front
        return None

    def take(self, offer: Offer) -> None:
        """Remove the offer that `next` has just named."""
        self._shares.departed(offer.urgency, [urgency for urgency in SHARES if self._front(urgency)])
        ranks = self._ranks[offer.urgency]
        rank, _, job = heappop(ranks)
        job.step()
        self._settle(offer.urgency, job, rank, job.front())

    def _front(self, urgency: Priority) -> Offer | None:
        """The offer whose turn it is among equally urgent ones."""
        ranks = self._ranks[urgency]
        while ranks:
            rank, _, job = ranks[0]
            front = job.front() if rank == job.ranked else None
            if front is not None and rank >= self._rank_of(job, front):
                return front
            heappop(ranks)
            self._settle(urgency, job, rank, front)
        return None

    def _settle(self, urgency: Priority, job: Job, rank: float, front: Offer | None) -> None:
        """Rank a job anew after its entry was popped; drop it once it has nothing to offer."""
        if rank != job.ranked:
            return  # A better entry of the same job is still in the queue.
        job.ranked = None
        if front is not None:
            self._rank(urgency, job)
        else:
            self._jobs[urgency].pop(job.name, None)

    def _rank(self, urgency: Priority, job: Job) -> None:
        front = job.front()
        assert front is not None
        rank = self._rank_of(job, front)
        if job.ranked is None or rank < job.ranked:
            job.ranked = rank
            heappush(self._ranks[urgency], (rank, next(self._ticket), job))

    def _rank_of(self, job: Job, front: Offer) -> float:
        """When it began to wait plus what it still needs, in seconds; time passing changes no order."""
        return front.since + COURTESY * self._remaining[job.name] / PACE


def _job_of(mail: Waiting) -> str | int:
    """Single mail counts as its unit's: a unit with much to say is a long job and lets the others pass."""
    return mail.job or mail.unit
