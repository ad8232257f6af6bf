"""What pacing promises, judged by a strict server at the far end of a trembling road."""

import random
from collections.abc import Iterable
from itertools import pairwise
from math import ceil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.pacing import Limits, Pacer, Waiting
from models.rules.mail import STRANGERS, Priority
from tests.telegram.strict_road import Road

UNPACED = Limits(per_second=0, per_chat_second=0, per_group_minute=0)
NEVER_MORE_THAN_A_BURST = 3


def road(seed: int = 1, *, base: float = 0.0, jitter: float = 0.02, **fields: Any) -> Road:
    """A road on which each way takes `base` seconds and up to `jitter` more."""
    chance = random.Random(seed)
    return Road(lambda: base + chance.uniform(0, jitter), **fields)


def fan_out(size: int, *, first_id: int = 1, **fields: object) -> list[Waiting]:
    """One directive's messages, each to a person of its own."""
    details = {"priority": Priority.DIRECTIVE, "job": "directive 1"} | fields
    return [Waiting(id=number, chat_id=number, **details) for number in range(first_id, first_id + size)]  # type: ignore[arg-type]


def ids(mail: Iterable[Waiting]) -> list[int]:
    return [one.id for one in mail]


# The whole bot


def test_a_thousand_strangers_at_once_keep_nobody_who_is_known_waiting_for_a_receipt() -> None:
    world = road()
    world.add(*fan_out(1_000, job=STRANGERS))
    known = {}
    for number in range(60):
        receipt = Waiting(id=50_000 + number, chat_id=50_000 + number, unit=50_000 + number)
        known[receipt.id] = 1000.0 + number / 4
        world.at(known[receipt.id], lambda _, receipt=receipt: world.add(receipt))  # type: ignore[misc]
        more = Waiting(id=90_000 + number, chat_id=number + 1, job=STRANGERS)
        world.at(known[receipt.id], lambda _, more=more: world.add(more))  # type: ignore[misc]
    world.run()
    arrived = {mail.id: moment for moment, mail in world.arrivals}
    assert max(arrived[mail_id] - at for mail_id, at in known.items()) <= 3.0
    assert (len(world.arrivals), world.refused) == (1_120, 0)


def test_one_stranger_alone_is_answered_as_fast_as_anybody() -> None:
    world = road()
    world.add(Waiting(id=1, chat_id=1, job=STRANGERS))
    world.run()
    assert world.left[1] == 1000.0


@pytest.mark.parametrize(("size", "share"), [(311, 0.93), (3_000, 0.95)])
def test_a_fan_out_runs_at_nearly_the_fastest_pace_telegram_allows_without_one_refusal(size: int, share: float) -> None:
    world = road()
    world.add(*fan_out(size))
    world.run()
    took = world.now - min(world.left.values())
    assert (len(world.arrivals), world.refused) == (size, 0)
    assert (ceil(size / 30) - 1) / took >= share


@pytest.mark.parametrize("lease", [0.05, 0.2, 0.4])
def test_leased_ahead_a_fan_out_keeps_its_pace_while_the_database_is_busy(lease: float) -> None:
    paces = {}
    for ahead in (0.0, 2 * lease):
        world = road(lease=lease, ahead=ahead)
        world.add(*fan_out(900))
        world.run()
        assert (len(world.arrivals), world.refused) == (900, 0)
        paces[ahead] = (ceil(900 / 30) - 1) / (world.now - 1000.0)
    assert paces[2 * lease] >= 0.93
    assert paces[2 * lease] > paces[0.0]


@pytest.mark.parametrize(("base", "jitter"), [(0.0, 0.2), (0.1, 0.02), (0.2, 0.3), (0.0, 0.0), (1.5, 0.1)])
def test_a_long_or_trembling_road_earns_no_refusal(base: float, jitter: float) -> None:
    world = road(base=base, jitter=jitter)
    world.add(*fan_out(900))
    world.run()
    assert (len(world.arrivals), world.refused) == (900, 0)


@pytest.mark.parametrize("base", [0.003, 0.04])
def test_a_road_that_becomes_shorter_is_believed_from_its_first_answer(base: float) -> None:
    world = road(base=0.05, jitter=0.005)
    shorter = road(base=base, jitter=0.005).delay
    world.add(*fan_out(3_000))
    world.at(1050.0, lambda _: setattr(world, "delay", shorter))
    world.run()
    assert len(world.arrivals) == 3_000
    # What left before that answer came: a place's second was counted by the longer road.
    assert world.refused <= 3


def test_the_first_thirty_start_a_thirtieth_of_a_second_apart() -> None:
    world = road()
    world.add(*fan_out(60))
    world.run()
    departures = sorted(world.left.values())[:30]
    assert departures[0] == 1000.0
    assert min(later - earlier for earlier, later in pairwise(departures)) >= 0.033


def test_twenty_alarms_pass_three_thousand_waiting_messages_within_a_second() -> None:
    world = road()
    world.add(*fan_out(3_000))
    alarms = [Waiting(id=10_000 + number, chat_id=10_000 + number, priority=Priority.ALARM) for number in range(20)]
    world.at(1005.0, lambda _: world.add(*alarms))
    world.run(until=1008.0)
    waits = [world.left[alarm.id] - 1005.0 for alarm in alarms]
    assert max(waits) <= 1.0


def test_a_lone_alarm_waits_about_a_tenth_of_a_second() -> None:
    world = road()
    world.add(*fan_out(3_000))
    moments = {20_000 + number: 1003.0 + 0.37 * number for number in range(200)}
    for number, moment in moments.items():
        alarm = Waiting(id=number, chat_id=number, priority=Priority.ALARM)
        world.at(moment, lambda _, alarm=alarm: world.add(alarm))  # type: ignore[misc]
    world.run(until=1090.0)
    waits = sorted(world.left[number] - moment for number, moment in moments.items())
    assert waits[len(waits) * 9 // 10] <= 0.1
    assert waits[-1] <= 0.2


def test_an_alarm_borrows_no_place_from_a_message_that_has_yet_to_leave() -> None:
    pacer = Pacer(Limits(per_second=2))
    pacer.ahead = 0.8
    for one in fan_out(2):
        pacer.add(one, 0.0)
    first, second = pacer.take(0.0, most=10)
    pacer.add(Waiting(id=9, chat_id=9, priority=Priority.ALARM), 0.1)
    pacer.departed(second.id, 5.0)
    assert not pacer.take(6.9, most=10), "the first has its place since long, and has not left"
    assert pacer.wake_at(6.9) == 7.0
    assert {mail.id: at for mail, at in pacer.take(7.0, most=10).items()} == {9: 7.0}
    pacer.departed(first.id, 7.5)
    pacer.add(Waiting(id=10, chat_id=10, priority=Priority.ALARM), 7.5)
    assert not pacer.take(9.4, most=10)


def test_an_alarm_does_not_wait_for_answers_that_do_not_come() -> None:
    pacer = Pacer(Limits())
    for mail in fan_out(60):
        pacer.add(mail, 0.0)
    gone = [mail for tick in range(300) for mail in pacer.take(tick / 100, most=100)]
    assert len(gone) == 30
    pacer.add(Waiting(id=99, chat_id=99, priority=Priority.ALARM), 3.0)
    assert ids(pacer.take(3.0, most=100)) == [99]


def test_nothing_is_paced_where_pacing_is_switched_off() -> None:
    pacer = Pacer(UNPACED)
    for mail in fan_out(500):
        pacer.add(mail, 0.0)
    assert len(pacer.take(0.0, most=1_000)) == 500


# One chat


def test_a_chat_never_has_two_messages_on_their_way() -> None:
    pacer = Pacer(UNPACED)
    pacer.add(Waiting(id=1, chat_id=7, subject="report 1"), 0.0)
    pacer.add(Waiting(id=2, chat_id=7, subject="report 2"), 0.0)
    assert ids(pacer.take(0.0, most=10)) == [1]
    pacer.add(Waiting(id=3, chat_id=7, subject="report 3", priority=Priority.ALARM), 1.0)
    pacer.hold_chat(7, until=2.0, now=1.0)
    assert not pacer.take(50.0, most=10)
    pacer.answered(1, 51.0)
    assert ids(pacer.take(51.0, most=10)) == [3]
    pacer.answered(3, 51.0)
    assert ids(pacer.take(51.0, most=10)) == [2]


def test_a_person_gets_a_short_burst_and_then_one_message_a_second() -> None:
    world = road(jitter=0.001)
    world.add(*[Waiting(id=number, chat_id=7) for number in range(10)])
    world.run()
    first = min(world.left.values())
    within_half_a_second = [number for number, moment in world.left.items() if moment < first + 0.5]
    assert len(within_half_a_second) == NEVER_MORE_THAN_A_BURST
    assert 6.9 <= max(world.left.values()) - first <= 7.2


def test_a_busy_group_gets_at_most_twenty_messages_in_any_minute_and_loses_none() -> None:
    world = road(base=0.05)
    world.add(*[Waiting(id=number, chat_id=-7, priority=Priority.CHECKIN) for number in range(50)])
    world.run()
    assert (len(world.arrivals), world.refused) == (50, 0)


def test_a_group_that_used_up_its_minute_still_hears_an_alarm() -> None:
    world = road()
    world.add(*[Waiting(id=number, chat_id=-7, subject="board", priority=Priority.CHECKIN) for number in range(50)])
    alarm = Waiting(id=99, chat_id=-7, subject="report 5", priority=Priority.ALARM)
    world.at(1030.0, lambda _: world.add(alarm))
    world.run()
    assert world.left[99] - 1030.0 <= 0.2
    assert world.refused == 0


def test_messages_about_one_matter_arrive_in_their_order_even_before_an_alarm() -> None:
    pacer = Pacer(UNPACED)
    pacer.add(Waiting(id=1, chat_id=7, subject="report 1", priority=Priority.BULK), 0.0)
    pacer.add(Waiting(id=2, chat_id=7, subject="report 1", priority=Priority.ALARM), 0.0)
    pacer.add(Waiting(id=3, chat_id=8, priority=Priority.REPLY), 0.0)
    assert ids(pacer.take(0.0, most=1)) == [1], "the alarm behind it makes it urgent"
    pacer.answered(1, 0.1)
    assert ids(pacer.take(0.1, most=1)) == [2]


def test_an_alarm_overtakes_other_matters_in_the_same_chat() -> None:
    pacer = Pacer(UNPACED)
    for number in range(5):
        pacer.add(Waiting(id=number, chat_id=7, subject=f"report {number}"), 0.0)
    pacer.add(Waiting(id=9, chat_id=7, subject="report 9", priority=Priority.ALARM), 0.0)
    assert ids(pacer.take(0.0, most=1)) == [9]


def test_a_message_sent_again_still_comes_before_its_successors() -> None:
    pacer = Pacer(UNPACED)
    first = Waiting(id=1, chat_id=7, subject="report 1")
    pacer.add(first, 0.0)
    pacer.add(Waiting(id=2, chat_id=7, subject="report 1"), 0.0)
    pacer.take(0.0, most=1)
    pacer.answered(1, 1.0)
    pacer.add(Waiting(id=1, chat_id=7, subject="report 1", not_before=5.0), 1.0)
    assert not pacer.take(4.0, most=10)
    assert pacer.wake_at(4.0) == 5.0
    assert ids(pacer.take(5.0, most=10)) == [1]


def test_a_message_that_waits_for_its_hour_does_not_hold_up_other_matters() -> None:
    pacer = Pacer(UNPACED)
    pacer.add(Waiting(id=1, chat_id=7, subject="report 1", not_before=60.0), 0.0)
    pacer.add(Waiting(id=2, chat_id=7, subject="report 2"), 0.0)
    assert ids(pacer.take(0.0, most=10)) == [2]
    pacer.answered(2, 0.1)
    assert pacer.wake_at(0.1) == 60.0


def test_a_place_comes_free_a_second_after_the_answer_however_long_settling_takes() -> None:
    pacer = Pacer(Limits(per_second=1))
    pacer.add(Waiting(id=1, chat_id=7), 0.0)
    pacer.add(Waiting(id=2, chat_id=7), 0.0)
    pacer.add(Waiting(id=3, chat_id=8), 0.0)
    assert ids(pacer.take(0.0, most=10)) == [1]
    pacer.heard(1, 0.1)
    assert ids(pacer.take(1.1, most=10)) == [3], "the other chat need not wait for the settling"
    pacer.heard(3, 1.2)
    pacer.answered(1, 5.0)
    assert ids(pacer.take(5.0, most=10)) == [2]


# Between jobs and units


def test_a_short_job_leaves_before_a_long_one_that_came_first() -> None:
    world = road()
    world.add(*fan_out(900, job="long"))
    short = fan_out(30, first_id=5_000, job="short")
    world.at(1002.0, lambda _: world.add(*short))
    world.run()
    assert max(world.left[mail.id] for mail in short) <= 1003.5


def test_a_long_job_is_not_put_off_for_ever_by_short_ones() -> None:
    world = road()
    world.add(*fan_out(300, job="long"))
    for number in range(200):
        batch = fan_out(30, first_id=10_000 + 30 * number, job=f"short {number}")
        world.at(1000.0 + number, lambda _, batch=batch: world.add(*batch))  # type: ignore[misc]
    world.run(until=1150.0)
    assert max(world.left.get(number, 9e9) for number in range(1, 301)) <= 1060.0


def test_a_unit_with_much_to_say_does_not_keep_another_waiting() -> None:
    pacer = Pacer(Limits(per_second=0))
    for number in range(500):
        pacer.add(Waiting(id=number, chat_id=number + 1, unit=1), 0.0)
    pacer.add(Waiting(id=900, chat_id=900, unit=2), 0.5)
    assert ids(pacer.take(0.5, most=1)) == [900]


def test_units_take_turns_within_one_directive() -> None:
    pacer = Pacer(Limits(per_second=0))
    for number in range(300):
        pacer.add(Waiting(id=number, chat_id=number + 1, unit=number // 100, job="directive 1"), 0.0)
    assert [mail.unit for mail in pacer.take(0.0, most=6)] == [0, 1, 2, 0, 1, 2]


# Told by Telegram


def test_a_chat_that_is_too_fast_rests_and_the_others_go_on() -> None:
    pacer = Pacer(UNPACED)
    pacer.refused(7, now=0.0, seconds=3.0)
    pacer.add(Waiting(id=1, chat_id=7), 0.0)
    pacer.add(Waiting(id=2, chat_id=8), 0.0)
    assert ids(pacer.take(0.0, most=10)) == [2]
    assert pacer.wake_at(0.0) == 3.0
    assert ids(pacer.take(3.0, most=10)) == [1]


def test_the_whole_bot_rests_when_a_second_chat_is_too_fast() -> None:
    pacer = Pacer(UNPACED)
    pacer.refused(7, now=0.0, seconds=3.0)
    pacer.refused(8, now=1.0, seconds=3.0)
    pacer.add(Waiting(id=1, chat_id=9, priority=Priority.ALARM), 1.0)
    assert not pacer.take(3.9, most=10)
    assert pacer.wake_at(3.9) == 4.0
    assert ids(pacer.take(4.0, most=10)) == [1]


def test_mail_for_a_group_follows_it_when_it_becomes_a_supergroup() -> None:
    pacer = Pacer(UNPACED)
    for number in range(3):
        pacer.add(Waiting(id=number, chat_id=-7, subject="board"), 0.0)
    assert ids(pacer.take(0.0, most=10)) == [0]
    pacer.move_chat(-7, -1007, 0.1)
    pacer.answered(0, 0.2)
    pacer.add(Waiting(id=0, chat_id=-1007, subject="board"), 0.2)
    order = []
    for _ in range(3):
        (mail,) = pacer.take(0.3, most=10)
        order.append((mail.id, mail.chat_id))
        pacer.answered(mail.id, 0.3)
    assert order == [(0, -1007), (1, -1007), (2, -1007)]


def test_withdrawn_mail_never_leaves() -> None:
    pacer = Pacer(UNPACED)
    pacer.add(Waiting(id=1, chat_id=7), 0.0)
    pacer.add(Waiting(id=2, chat_id=7), 0.0)
    pacer.remove(1, 0.0)
    assert 1 not in pacer
    assert ids(pacer.take(0.0, most=10)) == [2]


def test_the_same_message_added_twice_leaves_once() -> None:
    pacer = Pacer(UNPACED)
    mail = Waiting(id=1, chat_id=7)
    pacer.add(mail, 0.0)
    pacer.add(mail, 0.0)
    assert ids(pacer.take(0.0, most=10)) == [1]
    pacer.add(mail, 0.0)
    pacer.answered(1, 0.1)
    assert not pacer.take(9.0, most=10)
    assert pacer.wake_at(9.0) is None


def test_memory_follows_the_mail_and_not_every_chat_ever_written_to() -> None:
    pacer = Pacer(Limits())
    for number in range(100):
        now = 10.0 * number
        pacer.add(Waiting(id=number, chat_id=number + 1), now)
        pacer.take(now, most=10)
        pacer.answered(number, now + 0.1)
    assert len(pacer._chats) <= 2


def test_a_hundred_thousand_waiting_messages_are_handled_in_seconds() -> None:
    pacer = Pacer(UNPACED)
    for number in range(100_000):
        subject = f"report {number}" if number % 2 else "board"
        pacer.add(Waiting(id=number, chat_id=number % 1_000, subject=subject, unit=number % 13), 0.0)
    gone = 0
    while leaving := pacer.take(0.0, most=1_000):
        gone += len(leaving)
        for mail in leaving:
            pacer.answered(mail.id, 0.0)
    assert gone == 100_000


# Whatever happens


mail = st.builds(
    Waiting,
    id=st.integers(1, 10_000),
    chat_id=st.sampled_from([1, 2, 3, 4, -1, -2]),
    priority=st.sampled_from(Priority),
    subject=st.sampled_from(["", "report 1", "report 2"]),
    job=st.sampled_from(["", "directive 1", "round 1"]),
    unit=st.integers(0, 3),
    not_before=st.one_of(st.just(0.0), st.floats(1000, 1020)),
)


@settings(max_examples=150, deadline=None)
@given(
    batches=st.lists(st.tuples(st.floats(0, 10), st.lists(mail, max_size=30)), max_size=6),
    per_second=st.integers(1, 8),
    seed=st.integers(0, 1_000),
    base=st.sampled_from([0.0, 0.05, 0.4]),
    jitter=st.sampled_from([0.0, 0.02, 0.3]),
)
def test_whatever_waits_all_of_it_arrives_in_order_and_nothing_is_refused(
    batches: list[tuple[float, list[Waiting]]], per_second: int, seed: int, base: float, jitter: float
) -> None:
    world = road(seed, base=base, jitter=jitter, limits=Limits(per_second=per_second))
    added: dict[int, tuple[float, Waiting]] = {}
    for after, batch in batches:
        fresh = [one for one in {one.id: one for one in batch}.values() if one.id not in added]
        added |= {one.id: (1000.0 + after, one) for one in fresh}
        world.at(1000.0 + after, lambda _, fresh=fresh: world.add(*fresh))  # type: ignore[misc]
    world.run()
    assert {one.id for _, one in world.arrivals} == set(added)
    assert len(world.arrivals) == len(added)
    assert world.refused == 0
    for number, (came_at, one) in added.items():
        assert world.left[number] >= max(came_at, one.not_before)
        for other_number, (other_at, other) in added.items():
            same_matter = (one.chat_id, one.subject) == (other.chat_id, other.subject)
            if same_matter and number < other_number and came_at <= other_at:
                assert world.left[number] < world.left[other_number]
