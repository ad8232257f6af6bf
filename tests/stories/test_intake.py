"""Updates that share a commit: what one of them breaks costs the others nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot import router
from bot.intake import TURN, fitting
from handlers.commands.enrolment import Greet
from models.notices.desks import ReportShrunk
from models.records import EntryState, InboxEntry, Mail, Report
from models.work import Told, Work
from tests.security.raw import arrive, message, tap
from tests.stories.world import World

ILL = "Nhà tôi có người sốt cao từ đêm qua, nhờ tổ xem giúp"
TIRED = "Mẹ tôi hết thuốc huyết áp, không ra trạm được"


def receipts(told: Sequence[Told]) -> Counter[int]:
    return Counter(mail.chat_id for mail in told if isinstance(mail, Mail) and mail.kind == "ReportFiled")


@pytest.fixture
def no_greeting(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_command: Greet, _work: Work) -> None:
        raise KeyError("a story with a mistake in it")

    monkeypatch.setitem(router.STORIES, Greet, fail)


@pytest.mark.usefixtures("no_greeting")
async def test_a_message_that_fails_costs_those_beside_it_nothing(world: World) -> None:
    told = await arrive(
        world,
        message(world.resident, ILL),
        message(world.stranger, "/start"),
        message(world.neighbour, TIRED),
    )
    assert len(world.session.scalars(select(Report)).all()) == 2
    assert receipts(told) == {world.account(world.resident): 1, world.account(world.neighbour): 1}
    states = Counter(world.session.scalars(select(InboxEntry.state)))
    assert states == {EntryState.HANDLED: 2, EntryState.WAITING: 1}


async def test_a_machine_without_memory_is_no_fault_of_the_message_at_hand(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starve(_command: Greet, _work: Work) -> None:
        raise MemoryError

    monkeypatch.setitem(router.STORIES, Greet, starve)
    with pytest.raises(MemoryError):
        await arrive(world, message(world.stranger, "/start"))
    (entry,) = world.session.scalars(select(InboxEntry)).all()
    assert (entry.state, entry.tries) == (EntryState.WAITING, 0)


@pytest.mark.usefixtures("no_greeting")
async def test_a_chat_waits_for_its_message_that_fails_and_keeps_its_order(world: World) -> None:
    told = await arrive(world, message(world.resident, "/start"), message(world.resident, ILL))
    assert not receipts(told)
    assert world.session.scalars(select(InboxEntry.state)).all() == [EntryState.WAITING] * 2


async def test_two_first_words_of_one_stranger_in_one_batch_make_one_person(world: World) -> None:
    await arrive(world, message(world.stranger, ILL), message(world.stranger, TIRED))
    assert not [each for each in world.session.scalars(select(InboxEntry.failure)) if each]
    assert len(world.session.scalars(select(Report)).all()) == 1


async def test_whoever_lost_a_role_gets_nothing_of_what_comes_in_with_the_same_batch(world: World) -> None:
    end_role = f"v1|ungrant|{world.member.id}|{world.community.id}|team"
    await arrive(world, message(world.resident, ILL), tap(world.chair, end_role), message(world.neighbour, TIRED))
    first, second = world.session.scalars(select(Report).order_by(Report.id)).all()
    assert world.card(world.member, first.subject) == ReportShrunk(first.code, is_closed=False)
    assert world.card(world.member, second.subject) is None


async def test_every_message_and_card_knows_which_update_set_it_off(world: World) -> None:
    await arrive(world, message(world.resident, ILL), message(world.neighbour, TIRED))
    told = world.session.scalars(select(Mail)).all()
    requests = {f"in-{number}" for number in world.session.scalars(select(InboxEntry.id))}
    assert {mail.request for mail in told} == requests
    for report in world.session.scalars(select(Report)):
        about = {mail.request for mail in told if mail.subject == report.subject}
        assert len(about) == 1
        assert any(mail.card_id for mail in told if mail.request in about)


def test_the_slower_updates_are_the_fewer_share_a_commit_so_that_messages_leave_in_between() -> None:
    assert fitting(50, entries=50, took=TURN / 2) == 50
    assert fitting(50, entries=50, took=TURN * 30) == 25
    heavy = 50
    for _ in range(8):
        heavy = fitting(heavy, entries=heavy, took=heavy * TURN / 3)
    assert heavy == 3
    assert fitting(heavy, entries=3, took=TURN / 30) == 6
    assert fitting(1, entries=1, took=TURN * 30) == 1
