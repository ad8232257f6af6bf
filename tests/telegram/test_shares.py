"""No kind of mail waits for ever behind more urgent mail: an order reaches its groups behind thousands of answers."""

from dataclasses import dataclass, field
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.pacing import Limits, Pacer, Waiting
from bot.telegram.shares import LONGEST_WAIT, SHARES, WHOLE
from models.rules.mail import Priority

UNPACED = Limits(per_second=0, per_chat_second=0, per_group_minute=0)


@dataclass
class Departures:
    """Mail to people who get one message each, and the order in which it left."""

    pacer: Pacer = field(default_factory=lambda: Pacer(UNPACED))
    taken: list[Priority] = field(default_factory=list)
    waiting: list[frozenset[Priority]] = field(default_factory=list)  #: What waited before each departure.
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    left: dict[Priority, int] = field(default_factory=lambda: dict.fromkeys(Priority, 0))

    def add(self, priority: Priority, messages: int) -> None:
        self.left[priority] += messages
        for _ in range(messages):
            number = next(self.numbers)
            self.pacer.add(Waiting(number, number, priority), 0.0)

    def depart(self, messages: int) -> None:
        for _ in range(min(messages, len(self.pacer))):
            self.waiting.append(frozenset(priority for priority, left in self.left.items() if left))
            (mail,) = self.pacer.take(0.0, most=1)
            self.pacer.answered(mail.id, 0.0)
            self.left[mail.priority] -= 1
            self.taken.append(mail.priority)

    def spells(self, priority: Priority) -> list[list[bool]]:
        """Whether each departure was of this kind, alarms aside, for every time it waited without a break."""
        found: list[list[bool]] = [[]]
        for taken, waiting in zip(self.taken, self.waiting, strict=True):
            if priority not in waiting:
                found.append([])
            elif taken != Priority.ALARM:
                found[-1].append(taken == priority)
        return found


def longest_wait(spell: list[bool]) -> int:
    """The most departures of others in a row."""
    longest = now = 0
    for own in spell:
        now = 0 if own else now + 1
        longest = max(longest, now)
    return longest


arrivals = st.lists(
    st.tuples(st.sampled_from(Priority), st.integers(1, 350), st.integers(0, 300)), min_size=1, max_size=9
)


@settings(max_examples=60, deadline=None)
@given(arrivals)
def test_alarms_go_first_and_no_kind_of_mail_waits_longer_than_is_stated(
    story: list[tuple[Priority, int, int]],
) -> None:
    departures = Departures()
    for priority, messages, pause in story:
        departures.add(priority, messages)
        departures.depart(pause)
    departures.depart(len(departures.pacer))
    for taken, waiting in zip(departures.taken, departures.waiting, strict=True):
        assert (taken == Priority.ALARM) == (Priority.ALARM in waiting)
    for priority in SHARES:
        assert max(longest_wait(spell) for spell in departures.spells(priority)) <= LONGEST_WAIT
    for spell in departures.spells(Priority.DIRECTIVE):
        assert sum(spell) >= len(spell) * SHARES[Priority.DIRECTIVE] // WHOLE - 5


def test_behind_everything_at_once_each_kind_of_mail_has_its_turn_within_the_stated_wait() -> None:
    departures = Departures()
    for priority in (Priority.REPLY, Priority.DESK, Priority.DIRECTIVE, Priority.CHECKIN, Priority.BULK):
        departures.add(priority, 1_000)
    departures.depart(LONGEST_WAIT + 1)
    assert set(departures.taken) == set(Priority) - {Priority.ALARM}


def test_people_who_write_now_and_then_are_answered_at_once_while_an_order_goes_to_all_groups() -> None:
    departures = Departures()
    departures.add(Priority.DIRECTIVE, 1_400)
    for _ in range(300):
        departures.depart(3)
        departures.add(Priority.REPLY, 1)
        departures.depart(1)
        assert departures.taken[-1] == Priority.REPLY


def test_behind_answers_desks_cards_have_one_departure_in_two_hundred() -> None:
    departures = Departures()
    departures.add(Priority.REPLY, 1_100)
    departures.add(Priority.DESK, 1_000)
    departures.depart(1_001)
    assert departures.taken.count(Priority.DESK) == 5
