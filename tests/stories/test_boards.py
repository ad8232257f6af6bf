"""However many homes tap, their group's board changes quietly: what comes soon after a change leaves with the next."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from handlers.commands.checkins import RefreshBoard
from models.notices.checkins import RoundClosed, RoundOpened
from models.records import Mail, MailState
from models.rules.checkins import Answer, Source
from tests.stories.checkin_day import Day

WELL = Answer.ALL_WELL
REST = RoundOpened.rest
A_MOMENT = timedelta(seconds=1)


def all_arrive(day: Day) -> None:
    """Nothing waits any more: the service has it all."""
    day.world.session.execute(update(Mail).values(state=MailState.SENT, settled_at=day.world.now))


def edits(day: Day) -> list[datetime | None]:
    """When each edit of the board that waits may leave; None: at once."""
    waiting = select(Mail).where(Mail.chat_id == day.group, Mail.state == MailState.WAITING).order_by(Mail.id)
    return [mail.not_before for mail in day.world.session.scalars(waiting)]


@pytest.fixture
def open_day(day: Day) -> Day:
    """The board has been in the group for longer than it rests."""
    day.begin()
    all_arrive(day)
    day.world.later(REST)
    return day


def test_the_first_tap_shows_at_once(open_day: Day) -> None:
    open_day.tap(open_day.world.resident, WELL)
    assert edits(open_day) == [None]


def test_taps_soon_after_a_change_leave_together_when_the_board_has_rested(open_day: Day) -> None:
    open_day.tap(open_day.world.resident, WELL)
    rested = open_day.world.now + REST
    all_arrive(open_day)
    for home in (1, 2, 3):
        open_day.world.later(A_MOMENT)
        open_day.tap_home(open_day.world.member, home, WELL, Source.CALLED)
    assert edits(open_day) == [rested]
    assert open_day.board().answered == 4


def test_a_board_that_has_rested_shows_the_next_tap_at_once(open_day: Day) -> None:
    open_day.tap(open_day.world.resident, WELL)
    all_arrive(open_day)
    open_day.world.later(REST)
    open_day.tap(open_day.world.neighbour, WELL)
    assert edits(open_day) == [None]


def test_taps_right_after_the_board_appeared_wait_for_it_to_rest(day: Day) -> None:
    day.begin()
    all_arrive(day)
    day.tap(day.world.resident, WELL)
    assert edits(day) == [day.world.now + REST]


def test_however_far_the_clock_is_put_back_the_board_rests_no_longer(open_day: Day) -> None:
    open_day.tap(open_day.world.resident, WELL)
    all_arrive(open_day)
    open_day.world.later(-timedelta(hours=5))
    open_day.tap(open_day.world.neighbour, WELL)
    assert edits(open_day) == [open_day.world.now + REST]


def test_a_board_shown_at_the_bottom_of_its_chat_does_not_wait(open_day: Day) -> None:
    open_day.tap(open_day.world.resident, WELL)
    all_arrive(open_day)
    open_day.world.do(RefreshBoard(unit_id=open_day.world.community.id))
    assert edits(open_day) == [None]


def test_the_closed_board_says_so_at_once(open_day: Day) -> None:
    open_day.until(open_day.round.closes_at - A_MOMENT)
    open_day.tap(open_day.world.resident, WELL)
    all_arrive(open_day)
    open_day.world.later(A_MOMENT)
    open_day.tick()
    assert isinstance(open_day.board(), RoundClosed)
    assert edits(open_day) == [None]
