"""After an outage: how long it was, what came late, and once more the questions whose answers may be lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from handlers.commands.directive_following import AcknowledgeDirective
from handlers.commands.outages import NoteHeard, TellOutages
from handlers.commands.reports import FileReport, ResolveReport, TakeReport
from models.notices.outages import AskedAgain, BackAgain
from models.records import Card, InboxEntry, Mail, Person, Report
from models.rules.checkins import Answer
from models.rules.outages import Due
from tests.stories.checkin_day import Day
from tests.stories.directive_day import sent
from tests.stories.rendering import read
from tests.stories.world import World

HALF_AN_HOUR = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def everything_arrives(world: World) -> None:
    """The service has every card there is."""
    world.session.execute(update(Card).values(message_id=500 + Card.id, shown_version=Card.version))
    world.session.commit()


def be_away(world: World, span: timedelta = HALF_AN_HOUR) -> None:
    """Hear the service, be away, be started again, and let everything come in."""
    world.do(NoteHeard())
    everything_arrives(world)
    world.later(span)
    world.do(NoteHeard())
    world.later(MINUTE)
    world.do(TellOutages())


def asked(world: World, chat: Person | int) -> list[Due]:
    return [each.due for each in world.told(chat) if isinstance(each, AskedAgain)]


def backs(world: World, chat: Person | int) -> list[BackAgain]:
    return [each for each in world.told(chat) if isinstance(each, BackAgain)]


def test_whoever_has_not_acknowledged_is_asked_again_and_nobody_else(world: World) -> None:
    directive = sent(world)
    world.by(world.chair, AcknowledgeDirective, directive_id=directive.id)
    be_away(world)
    assert asked(world, world.other_chair) == [Due.ACKNOWLEDGEMENT]
    assert asked(world, world.chair) == []


def test_silent_homes_are_asked_again_on_the_board_and_in_private_and_those_who_answered_are_not(day: Day) -> None:
    world = day.world
    for home in world.homes[:2]:
        home.prompted_privately = True
    day.begin()
    day.tap(world.neighbour, Answer.ALL_WELL)
    be_away(world, timedelta(minutes=5))
    assert asked(world, day.group) == [Due.ANSWERS]
    assert asked(world, world.resident) == [Due.ANSWER]
    assert asked(world, world.neighbour) == []


def test_who_was_told_a_result_is_asked_again_whether_it_helped(world: World) -> None:
    world.by(world.resident, FileReport, words="Nhà tôi hết gạo")
    report = world.session.query(Report).one()
    world.by(world.member, TakeReport, report_id=report.id)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã mang gạo đến")
    be_away(world)
    assert asked(world, world.resident) == [Due.RESULT]


def test_the_district_hears_for_how_long_what_came_late_and_what_was_asked_again(world: World) -> None:
    sent(world)
    world.do(NoteHeard())
    began_at = world.now
    everything_arrives(world)
    world.later(HALF_AN_HOUR)
    world.do(NoteHeard())
    said = (began_at - MINUTE, began_at + MINUTE, world.now - MINUTE, None)
    for number, moment in enumerate(said):
        entry = InboxEntry(update_id=number, chat_id=1, payload=None, received_at=world.now, said_at=moment)
        world.session.add(entry)
    world.session.commit()
    assert backs(world, world.administrator) == []
    world.later(MINUTE)
    world.do(TellOutages())
    (told,) = backs(world, world.administrator)
    assert (told.began_at, told.ended_at, told.late) == (began_at, began_at + HALF_AN_HOUR, 2)
    assert [each.due for each in told.asked] == [Due.ACKNOWLEDGEMENT]
    assert "30 phút" in read(told).text
    assert "2 tin nhắn" in read(told).text
    assert backs(world, world.district_officer) == [told]
    assert backs(world, world.resident) == []


def test_an_outage_is_told_once_however_often_the_clock_looks(world: World) -> None:
    sent(world)
    be_away(world)
    before = len(world.session.scalars(select(Mail)).all())
    for _ in range(3):
        world.later(MINUTE)
        world.do(TellOutages())
    assert len(world.session.scalars(select(Mail)).all()) == before


def test_a_short_silence_is_nobodys_business(world: World) -> None:
    sent(world)
    be_away(world, timedelta(seconds=150))
    assert backs(world, world.administrator) == []
    assert asked(world, world.other_chair) == []


def test_a_clock_put_forward_while_the_bot_runs_is_no_outage(world: World) -> None:
    world.do(NoteHeard())
    world.later(timedelta(days=1))
    world.do(NoteHeard(silent_for=timedelta(seconds=25)))
    world.later(MINUTE)
    world.do(TellOutages())
    assert backs(world, world.administrator) == []


def test_an_outage_of_the_network_counts_though_the_bot_went_on_running(world: World) -> None:
    world.do(NoteHeard())
    world.later(timedelta(hours=2))
    world.do(NoteHeard(silent_for=timedelta(hours=2)))
    world.later(MINUTE)
    world.do(TellOutages())
    (told,) = backs(world, world.administrator)
    assert told.ended_at - told.began_at == timedelta(hours=2)


@pytest.mark.parametrize("due", list(Due))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_question_is_put_again_in_words(due: Due, language: str, world: World) -> None:
    assert read(AskedAgain(due, world.now, world.now + HALF_AN_HOUR), language).text
