"""What many changes in one commit have in common is shown once, and a showing that fails takes nothing with it."""

from __future__ import annotations

import pytest

from bot import router
from bot.router import PutOff, run
from bot.showing import show_newest_apart
from handlers.commands import Command, Place, PlaceKind, Sender
from handlers.commands.checkins import AnswerRound, RefreshRound
from models.records import Person
from models.rules.checkins import Answer
from models.work import Work
from tests.stories.checkin_day import Day


def put_off_taps(day: Day) -> PutOff:
    """Two homes tap the board in one transaction; what it leaves to be shown."""
    put_off: PutOff = {}
    for person in (day.world.resident, day.world.neighbour):
        run(tap(day, person), day.world.work(), put_off)
    return put_off


def tap(day: Day, person: Person) -> Command:
    sender = Sender(day.world.account(person), person.name)
    place = Place(day.group, PlaceKind.GROUP)
    return AnswerRound(sender=sender, place=place, round_id=day.round.id, answer=Answer.ALL_WELL)


def test_the_board_is_shown_once_for_all_taps_that_share_a_commit(day: Day) -> None:
    day.begin()
    put_off = put_off_taps(day)
    assert list(put_off) == [RefreshRound(round_id=day.round.id)]
    assert day.board().answered == 0
    show_newest_apart(put_off, day.world.session, day.world.now, day.world.policy)
    assert day.board().answered == 2
    assert not put_off


def test_a_board_that_cannot_be_shown_takes_no_answer_with_it(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_command: Command, _work: Work) -> None:
        raise RuntimeError

    day.begin()
    put_off = put_off_taps(day)
    with monkeypatch.context() as patched:
        patched.setitem(router.STORIES, RefreshRound, fail)
        assert show_newest_apart(put_off, day.world.session, day.world.now, day.world.policy) == []
    assert day.answer_of(0) is not None
    day.tap(day.world.resident, Answer.NEED_HELP)
    assert day.board().answered == 2
