"""Where a commander lets the bot listen: one quiet offer, and nothing is kept unless its author taps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import inspect, text

from bot.intake import Intake
from bot.telegram.door import Door
from bot.telegram.translate import translate
from handlers.commands.overhearing import ShowOverhearing, SwitchOverhearing
from models.notices import MessageRemoved, Notice
from models.notices.binding import CommunityIntroduced
from models.notices.enrolment import PrivateChatNeeded
from models.notices.overhearing import (
    NotYoursToSend,
    OverhearingExplained,
    OverhearingRefused,
    OverhearingShown,
    SendingOffered,
)
from models.notices.reports import ReportFiled, WritingInvited
from models.records import Chat, Person, Reach, Report, Unit
from models.rules.triage import Urgency
from tests.security.raw import BOT, OnOneSession, group, message, tap
from tests.stories.reading import last, read, the_report
from tests.stories.rendering import labels
from tests.stories.world import World

HUNGRY = "Nhà tôi hết gạo mấy hôm rồi bà con ơi"
DANGER = "Bà con ơi bố tôi khó thở tím tái rồi"
CHAT = "Tối nay ai đi xem bóng không"


def sent(*updates: dict[str, Any]) -> list[bytes]:
    """The updates as the service sends them, their words to be found in whatever is kept of them."""
    return [json.dumps(update, ensure_ascii=False).encode() for update in updates]


async def happens(world: World, *updates: dict[str, Any]) -> None:
    """The updates come in by the door and have their effects."""

    async def no_toast(_query_id: str) -> None:
        return

    writer = OnOneSession(world.session)
    intake = Intake(writer, world.policy, lambda raw: translate(raw, BOT), lambda: world.now, lambda _told: None)
    await Door(writer, BOT, lambda: world.now, intake.wake, no_toast).accept(sent(*updates))
    while (await intake.handle_batch()).entries:
        pass


def listen(world: World, on: bool = True) -> None:
    world.by(world.chair, SwitchOverhearing, unit_id=world.community.id, on=on)


def here(world: World) -> dict[str, Any]:
    return group(world.group_of(world.community))


def talk(world: World, by: Person, words: str, **more: Any) -> dict[str, Any]:
    """Something said among neighbours."""
    return message(by, words, here(world), **more)


def sends(by: Person, said: dict[str, Any], offer_id: int = 500) -> dict[str, Any]:
    """A tap on [Gửi cho tổ] under a message, as the service tells of it."""
    pressed = tap(by, "v1|said", said["message"]["chat"])
    pressed["callback_query"]["message"] |= {"message_id": offer_id, "reply_to_message": said["message"]}
    return pressed


def offers(world: World) -> list[Notice]:
    return [told for told in world.told(world.group_of(world.community)) if isinstance(told, SendingOffered)]


def everything_kept(world: World) -> str:
    """Every value of every table."""
    session = world.session
    tables: Sequence[str] = inspect(session.connection()).get_table_names()
    rows = [list(session.execute(text(f'SELECT * FROM "{table}"'))) for table in tables]
    return json.dumps(rows, default=str, ensure_ascii=False)


async def test_by_itself_the_bot_hears_nothing_in_a_group(world: World) -> None:
    await happens(world, talk(world, world.neighbour, HUNGRY))
    assert offers(world) == []


async def test_what_looks_like_a_report_gets_one_quiet_offer_that_repeats_nothing(world: World) -> None:
    listen(world)
    said = talk(world, world.neighbour, HUNGRY)
    await happens(world, said)
    await happens(world, said)
    (offered,) = offers(world)
    assert offered == SendingOffered(said["message"]["message_id"], "115")
    assert offered.silent
    shown = read(world, offered)
    assert labels(shown) == ["Gửi cho tổ"]
    assert "gạo" not in shown.text


async def test_nothing_is_kept_of_what_was_said_nor_of_who_said_it(world: World) -> None:
    listen(world)
    unknown = Person(account_id=987654321, name="Người Chưa Ai Biết", reach=Reach.NEVER_STARTED, language="", phone="")
    before = everything_kept(world)
    await happens(world, talk(world, unknown, HUNGRY), talk(world, unknown, CHAT))
    kept = everything_kept(world)
    assert len(offers(world)) == 1
    assert len(kept) > len(before)
    for mark in (HUNGRY, "gạo", unknown.name, str(unknown.account_id)):
        assert mark not in kept


async def test_while_it_waits_for_its_turn_the_inbox_holds_no_word_of_it(world: World) -> None:
    listen(world)

    async def no_toast(_query_id: str) -> None:
        return

    door = Door(OnOneSession(world.session), BOT, lambda: world.now, lambda: None, no_toast)
    await door.accept(sent(talk(world, world.neighbour, HUNGRY)))
    kept = everything_kept(world)
    assert '"overheard\\"' in kept
    assert HUNGRY not in kept
    assert "gạo" not in kept


async def test_mere_talk_gets_no_offer(world: World) -> None:
    listen(world)
    hidden = talk(world, world.neighbour, HUNGRY, sender_chat={"id": -5, "type": "channel"})
    forwarded = talk(world, world.neighbour, HUNGRY, forward_origin={"type": "user"})
    await happens(world, talk(world, world.neighbour, CHAT), hidden, forwarded)
    assert offers(world) == []


async def test_its_author_taps_and_it_is_their_report_with_a_receipt_in_private(world: World) -> None:
    listen(world)
    said = talk(world, world.neighbour, HUNGRY)
    await happens(world, said)
    await happens(world, sends(world.neighbour, said))
    report = the_report(world)
    assert (report.words, report.sender_id, report.household_id) == (HUNGRY, world.neighbour.id, world.homes[1].id)
    assert isinstance(last(world, world.neighbour), ReportFiled)
    assert MessageRemoved(500) in world.told(world.group_of(world.community))


async def test_an_author_linked_to_no_home_is_known_to_come_from_that_group(world: World) -> None:
    listen(world)
    said = talk(world, world.stranger, HUNGRY)
    await happens(world, said, sends(world.stranger, said))
    assert the_report(world).origin_id == world.community.id


async def test_an_author_who_never_pressed_start_is_left_a_link(world: World) -> None:
    listen(world)
    world.stranger.reach = Reach.NEVER_STARTED
    said = talk(world, world.stranger, HUNGRY)
    await happens(world, said, sends(world.stranger, said))
    assert the_report(world).words == HUNGRY
    assert PrivateChatNeeded("baotin") in world.told(world.group_of(world.community))


async def test_a_second_tap_sends_nothing_twice(world: World) -> None:
    listen(world)
    said = talk(world, world.neighbour, HUNGRY)
    await happens(world, said, sends(world.neighbour, said), sends(world.neighbour, said))
    report = the_report(world)
    assert [step.words for step in world.work().reports.history(report.id)] == [""]


async def test_nobody_but_its_author_sends_it_and_their_tap_keeps_no_word_of_it(world: World) -> None:
    listen(world)
    said = talk(world, world.neighbour, HUNGRY)
    await happens(world, said)

    async def no_toast(_query_id: str) -> None:
        return

    pressed = sends(world.resident, said)
    await Door(OnOneSession(world.session), BOT, lambda: world.now, lambda: None, no_toast).accept(sent(pressed))
    assert HUNGRY not in everything_kept(world)
    await happens(world)
    assert last(world, world.resident) == NotYoursToSend()
    assert world.session.query(Report).count() == 0


async def test_when_the_message_is_gone_its_author_is_asked_to_write_in_private(world: World) -> None:
    listen(world)
    await happens(world, tap(world.neighbour, "v1|said", here(world)))
    assert last(world, world.neighbour) == WritingInvited()
    assert world.session.query(Report).count() == 0


async def test_a_group_is_asked_three_times_a_day_and_in_danger_always(world: World) -> None:
    listen(world)
    for _ in range(5):
        await happens(world, talk(world, world.neighbour, HUNGRY))
    assert len(offers(world)) == 3
    await happens(world, talk(world, world.neighbour, DANGER))
    assert len(offers(world)) == 4


async def test_staff_are_not_asked_about_their_own_announcements(world: World) -> None:
    listen(world)
    for member in (world.member, world.village_head, world.chair):
        await happens(world, talk(world, member, HUNGRY))
    assert offers(world) == []


async def test_what_staff_logged_before_its_author_tapped_is_one_report(world: World) -> None:
    listen(world)
    said = talk(world, world.neighbour, HUNGRY)
    await happens(world, said)
    log = message(world.member, "/ghitin", here(world), reply_to_message=said["message"])
    await happens(world, log, sends(world.neighbour, said))
    assert the_report(world).sender_id == world.neighbour.id


async def test_in_danger_a_tap_is_an_alarm_like_any_other(world: World) -> None:
    listen(world)
    said = talk(world, world.neighbour, DANGER)
    await happens(world, said, sends(world.neighbour, said))
    assert the_report(world).urgency is Urgency.P1


def test_the_commander_switches_it_and_the_pinned_card_says_so(world: World) -> None:
    world.by(world.chair, ShowOverhearing, code="X1-1")
    shown = world.card(world.chair, "overhearing")
    assert isinstance(shown, OverhearingShown)
    assert labels(read(world, shown)) == ["Bật nghe nhóm"]
    listen(world)
    assert labels(read(world, world.card(world.chair, "overhearing"))) == ["Tắt nghe nhóm"]
    pinned = world.card(world.group_of(world.community), "welcome")
    assert isinstance(pinned, CommunityIntroduced)
    assert pinned.overhears
    world.by(world.chair, ShowOverhearing)
    explained = last(world, world.chair)
    assert isinstance(explained, OverhearingExplained)
    assert explained.listening.first == (world.community.name,)
    listen(world, on=False)
    pinned = world.card(world.group_of(world.community), "welcome")
    assert isinstance(pinned, CommunityIntroduced)
    assert not pinned.overhears


def test_typed_in_the_group_it_is_answered_in_private(world: World) -> None:
    world.by(world.chair, ShowOverhearing, chat_id=world.group_of(world.community))
    assert isinstance(world.card(world.chair, "overhearing"), OverhearingShown)
    assert world.told(world.group_of(world.community)) == []


def test_where_the_bot_may_not_read_the_commander_is_told_what_it_lacks(world: World) -> None:
    chat = world.session.get_one(Chat, world.group_of(world.community))
    chat.is_administrator = False
    world.by(world.chair, ShowOverhearing, code="X1-1")
    assert "quản trị" in read(world, world.card(world.chair, "overhearing")).text


@pytest.mark.parametrize("name", ["resident", "member", "village_head", "officer", "other_chair", "administrator"])
def test_nobody_else_lets_the_bot_listen(world: World, name: str) -> None:
    world.by(getattr(world, name), SwitchOverhearing, unit_id=world.community.id, on=True)
    assert isinstance(last(world, getattr(world, name)), OverhearingRefused)
    assert not world.session.get_one(Chat, world.group_of(world.community)).overhears


def test_no_group_but_a_communitys_is_listened_to(world: World) -> None:
    world.by(world.chair, SwitchOverhearing, unit_id=world.commune.id, on=True)
    assert not world.session.get_one(Chat, world.group_of(world.commune)).overhears


def test_a_group_that_becomes_another_units_is_listened_to_no_more(world: World) -> None:
    listen(world)
    chat = world.session.get_one(Chat, world.group_of(world.community))
    other: Unit = world.second_community
    world.work().chats.bind(chat, other.id, world.now)
    assert not chat.overhears


def test_a_group_with_a_new_id_is_listened_to_as_before(world: World) -> None:
    listen(world)
    moved = world.work().chats.move(world.group_of(world.community), -999)
    assert moved is not None
    assert moved.overhears
