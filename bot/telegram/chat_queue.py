"""One chat's waiting mail and allowance: what stays in order within it, and when it may be written to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import inf

from bot.telegram.turns import Offer, Waiting
from models.rules.mail import Priority

#: Messages a chat takes at once before its rate holds; Telegram lets "short bursts" pass, however long.
BURST = 3
MINUTE = 60.0  #: Seconds over which a group's messages are counted.
RESERVE = 1  #: Places of either allowance that only alarms may use, so that a busy chat hears them at once.


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast Telegram may be written to; 0 lifts a limit."""

    per_second: int = 30  #: Messages of the whole bot in any second.
    per_chat_second: float = 1.0  #: Messages to one chat a second, beyond a short burst.
    per_group_minute: int = 20  #: Messages, edits, pins and deletions in one group in any minute.


@dataclass(frozen=True, slots=True)
class Queued:
    """A message in its line."""

    mail: Waiting
    since: float  #: When it began to wait, in monotonic seconds.


class Line:
    """The waiting mail of one subject in one chat, first in, first out."""

    __slots__ = ("_by_priority", "_ids", "_mail")

    def __init__(self) -> None:
        self._mail: dict[int, Queued] = {}
        self._ids: list[int] = []  #: A heap; may still name mail that was withdrawn.
        self._by_priority: dict[Priority, int] = {}  #: How many; only of those priorities that wait.

    def __len__(self) -> int:
        return len(self._mail)

    def __iter__(self) -> Iterator[Queued]:
        return iter(self._mail.values())

    def add(self, queued: Queued) -> None:
        """Put a message in its place: by its number, so that one sent again comes before its successors."""
        self._mail[queued.mail.id] = queued
        priority = queued.mail.priority
        self._by_priority[priority] = self._by_priority.get(priority, 0) + 1
        heappush(self._ids, queued.mail.id)

    def remove(self, mail_id: int) -> Queued:
        """Take a message out, wherever it stands."""
        queued = self._mail.pop(mail_id)
        priority = queued.mail.priority
        self._by_priority[priority] -= 1
        if not self._by_priority[priority]:
            del self._by_priority[priority]
        return queued

    @property
    def head(self) -> Queued:
        """The only message of this line that may leave."""
        while self._ids[0] not in self._mail:
            heappop(self._ids)
        return self._mail[self._ids[0]]

    def is_due(self, now: float) -> bool:
        """Whether the head's hour has come."""
        return self.head.mail.not_before <= now

    @property
    def urgency(self) -> Priority:
        """The head is as urgent as the most urgent message that has to follow it."""
        return min(self._by_priority)


@dataclass(slots=True)
class Allowance:
    """How many messages one chat takes, and when."""

    limits: Limits
    is_group: bool
    _level: float = -inf  #: When the burst allowance will be whole again, in monotonic seconds.
    _minute: tuple[float, ...] = ()  #: When the group's last answers came.

    def next_at(self, *, alarm: bool) -> float:
        """When the next message may leave, in monotonic seconds."""
        reserved = 0 if alarm else RESERVE
        earliest = -inf
        if self.limits.per_chat_second:
            earliest = self._level - (BURST + RESERVE - reserved - 1) / self.limits.per_chat_second
        places = max(1, self.limits.per_group_minute - reserved)
        if self._counts_minutes and len(self._minute) >= places:
            earliest = max(earliest, self._minute[-places] + MINUTE)
        return earliest

    def whole_at(self) -> float:
        """When nothing of what was sent counts any more."""
        return max(self._level, self._minute[-1] + MINUTE if self._minute else -inf)

    def left(self, now: float) -> None:
        """A message has left for this chat."""
        if self.limits.per_chat_second:
            self._level = max(self._level, now) + 1 / self.limits.per_chat_second

    def departed(self, now: float) -> None:
        """It left only now, later than it could have."""
        if self.limits.per_chat_second:
            self._level = max(self._level, now + 1 / self.limits.per_chat_second)

    def answered(self, now: float) -> None:
        """Its answer has come: it arrived no later than now."""
        if self._counts_minutes:
            self._minute = (*self._minute, now)[-self.limits.per_group_minute :]

    @property
    def _counts_minutes(self) -> bool:
        return self.is_group and self.limits.per_group_minute > 0


@dataclass(slots=True)
class ChatQueue:
    """One chat: its lines of mail, what is on its way to it, and its allowance."""

    allowance: Allowance
    in_flight: int = 0  #: At most one, except where two chats became one.
    held_until: float = -inf  #: Telegram, or an administrator, asked for silence until then.
    offer: Offer | None = None  #: What it currently offers to send.
    look_at: float = inf  #: When somebody has promised to look whether it can offer something.
    _lines: dict[str, Line] = field(default_factory=dict)
    #: A heap of lines whose head may go, or might.
    _due: list[tuple[Priority, int, str]] = field(default_factory=list)
    #: A heap of lines whose head must wait for its hour.
    _later: list[tuple[float, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self._lines and not self.in_flight

    @property
    def quiet_at(self) -> float:
        """When nothing of what was sent, or of what was asked, keeps it from being written to."""
        return max(self.held_until, self.allowance.whole_at())

    def add(self, queued: Queued) -> None:
        """Queue a message behind the earlier ones of its subject."""
        subject = queued.mail.subject
        line = self._lines.get(subject) or self._lines.setdefault(subject, Line())
        line.add(queued)
        self._queue(subject, line)

    def remove(self, mail: Waiting) -> Queued:
        """Take a message out: it leaves, or was withdrawn. The next of its subject moves up."""
        line = self._lines[mail.subject]
        queued = line.remove(mail.id)
        if line:
            self._queue(mail.subject, line)
        else:
            del self._lines[mail.subject]
        return queued

    def drain(self) -> list[Queued]:
        """Take every message out."""
        everything = [queued for line in self._lines.values() for queued in line]
        self._lines.clear()
        return everything

    def candidate(self, now: float) -> tuple[Queued, Priority] | None:
        """The message this chat should get next, with its urgency; None when nothing is due."""
        while self._later and self._later[0][0] <= now:
            _, subject = heappop(self._later)
            if subject in self._lines:
                self._queue(subject, self._lines[subject], now)
        while self._due:
            urgency, mail_id, subject = self._due[0]
            line = self._lines.get(subject)
            if line and (line.urgency, line.head.mail.id) == (urgency, mail_id) and line.is_due(now):
                return line.head, urgency
            heappop(self._due)
        return None

    def due_at(self) -> float:
        """When a line that is not due will be; infinity when none waits for its hour."""
        return self._later[0][0] if self._later else inf

    def _queue(self, subject: str, line: Line, now: float = -inf) -> None:
        head = line.head.mail
        if line.is_due(now):
            heappush(self._due, (line.urgency, head.id, subject))
        else:
            heappush(self._later, (head.not_before, subject))
