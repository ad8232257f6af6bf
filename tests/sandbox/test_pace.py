"""The sandbox lets no bot write faster than Telegram allows."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.sandbox import Limits
from bot.sandbox.pace import NO_LIMITS, Pace
from bot.sandbox.refusals import Refusal
from tests.sandbox.conftest import Village


@dataclass
class Watch:
    now: float = 100.0
    pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Pace(Limits(), lambda: self.now)

    def fits(self, chat_id: int = 1, cost: int = 1) -> bool:
        try:
            self.pace.admit(7, chat_id, cost)
        except Refusal as refusal:
            return refusal.parameters != {"retry_after": 3}
        return True


def test_thirty_messages_fit_into_any_second() -> None:
    watch = Watch()
    assert [watch.fits() for _ in range(31)] == [True] * 30 + [False]
    watch.now += 0.999
    assert not watch.fits()
    watch.now += 0.001
    assert watch.fits()


def test_the_second_slides() -> None:
    watch = Watch()
    for _ in range(15):
        watch.fits()
    watch.now += 0.6
    assert [watch.fits() for _ in range(16)] == [True] * 15 + [False]
    watch.now += 0.4
    assert [watch.fits() for _ in range(16)] == [True] * 15 + [False]


def test_twenty_messages_a_minute_fit_into_one_group_and_others_are_not_held() -> None:
    watch = Watch()
    assert [watch.fits(-5) for _ in range(21)] == [True] * 20 + [False]
    assert watch.fits(-6)
    watch.now += 60
    assert watch.fits(-5)


def test_an_album_counts_as_many_as_it_has() -> None:
    watch = Watch()
    assert watch.fits(cost=10)
    assert watch.fits(cost=10)
    assert watch.fits(cost=10)
    assert not watch.fits(cost=2)


def test_limits_can_be_lifted() -> None:
    watch = Watch()
    watch.pace.set(NO_LIMITS)
    assert all(watch.fits(-5) for _ in range(100))


def test_sends_edits_pins_and_deletes_count_answers_and_questions_do_not(village: Village) -> None:
    village.hands.start(village.mai.id, village.bot.id)
    chat = village.mai.id
    village.sandbox.pace.set(Limits(per_second=4))
    village.sandbox.pace.monotonic = lambda: 0.0
    number = village.call("sendMessage", chat_id=chat, text="a")["message_id"]
    where = {"chat_id": chat, "message_id": number}
    village.call("editMessageText", **where, text="b")
    village.call("pinChatMessage", **where)
    village.call("deleteMessage", **where)
    village.call("getChat", chat_id=chat)
    village.call("sendChatAction", chat_id=chat, action="typing")
    status, words = village.ask("sendMessage", chat_id=chat, text="c")
    assert (status, words) == (429, "Too Many Requests: retry after 3")
    assert village.sandbox.counters["answered 429"] == 1


@pytest.mark.parametrize("limit", [1, 5])
def test_other_limits_can_be_set(limit: int) -> None:
    watch = Watch()
    watch.pace.set(Limits(per_second=limit))
    assert [watch.fits() for _ in range(limit + 1)] == [True] * limit + [False]
