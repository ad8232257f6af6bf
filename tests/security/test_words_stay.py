"""A report's words, its sender and anybody's health reach nobody but those who work on it."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest
from sqlalchemy import select

from bot.catalogue import Catalogues
from bot.telegram.render import Reader, render
from handlers.commands.reports import (
    AnswerSender,
    AskForHelp,
    EscalateReport,
    HandDownReport,
    HearMessage,
    NoteOnReport,
    ReportInPlace,
    ResolveReport,
    SayNotHelped,
    TakeReport,
    ViewReport,
)
from models.notices import Notice
from models.records import Card, Chat, ChatPurpose, Mail, Person
from tests.stories.reading import the_report
from tests.stories.world import World

#: What the sender wrote and what the desk wrote: no part of either may be read anywhere else.
WORDS = "người hầm hập như hòn than, nhà ở cuối dốc"
ILL = f"Cháu nhà tôi sốt cao 39 độ, {WORDS}"
IN_DANGER = f"Mẹ tôi khó thở, tím tái, {WORDS}"
ACCUSING = f"Tổ viên đòi tiền mới cho lấy gạo, {WORDS}"
NOTE = "Nhà này từng có F0 nặng"
HEALTH = ("sốt", "khó thở", "triệu chứng", "F0", "ốm")

Step = Callable[[World], object]


def shown(world: World) -> dict[int, str]:
    """Everything any chat was told or is shown, as its reader reads it."""
    reader = Reader(Catalogues.load(strict=True).in_language("vi"), world.policy.timezone, "to_bot")
    told = world.session.execute(select(Mail.chat_id, Mail.kind, Mail.notice).where(Mail.kind != "")).all()
    cards = world.session.execute(select(Card.chat_id, Card.kind, Card.notice)).all()
    texts: dict[int, list[str]] = {}
    for chat_id, kind, notice in (*told, *cards):
        texts.setdefault(chat_id, []).append(_as_read(Notice.from_json(kind, notice), notice, reader))
    return {chat_id: "\n".join(parts) for chat_id, parts in texts.items()}


def _as_read(notice: Notice, stored: str, reader: Reader) -> str:
    try:
        return f"{render(notice, reader).text}\n{stored}"
    except KeyError:  # a menu, a pin: nothing to read
        return stored


def who_sees(world: World, *marks: str) -> set[int]:
    return {chat for chat, text in shown(world).items() if any(mark in text for mark in marks)}


def accounts(world: World, people: Collection[Person]) -> set[int]:
    return {world.account(person) for person in people}


def groups(world: World) -> set[int]:
    return set(world.session.scalars(select(Chat.id).where(Chat.purpose == ChatPurpose.GROUP)))


@pytest.fixture
def sender(world: World) -> Person:
    """A resident whose name and phone appear nowhere else."""
    world.resident.name, world.resident.phone = "Lò Thị Duy Nhất", "+84987654321"
    world.session.commit()
    return world.resident


def of_sender(sender: Person) -> tuple[str, ...]:
    return sender.name, sender.phone, "0987 654 321", "0987654321"


def from_start_to_end(world: World, words: str) -> list[Step]:
    """Everything that can happen to a report, one thing after the other."""
    return [
        lambda w: w.by(w.resident, HearMessage, words=words),
        lambda w: w.by(w.member, TakeReport, report_id=the_report(w).id),
        lambda w: w.by(w.member, NoteOnReport, report_id=the_report(w).id, words=NOTE),
        lambda w: w.by(w.member, AnswerSender, report_id=the_report(w).id, words="Tổ đến ngay"),
        lambda w: w.by(w.member, EscalateReport, report_id=the_report(w).id, words=NOTE),
        lambda w: w.by(w.commander, EscalateReport, report_id=the_report(w).id, words=""),
        lambda w: w.by(w.chair, HandDownReport, report_id=the_report(w).id, unit_id=w.community.id),
        lambda w: w.by(w.member, ResolveReport, report_id=the_report(w).id, words="Đã đưa thuốc"),
        lambda w: w.by(w.resident, SayNotHelped, report_id=the_report(w).id),
    ]


@pytest.mark.parametrize("words", [ILL, IN_DANGER, f"Xin ít gạo, {WORDS}", f"Có người lạ về bản, {WORDS}"])
def test_words_and_sender_are_seen_by_the_desks_on_the_way_and_by_nobody_else(
    world: World, sender: Person, words: str
) -> None:
    on_the_way = {
        world.member, world.second_member, world.village_head, world.second_village_head, world.officer,
        world.health, world.chair, world.commander, world.district_officer,
    }  # fmt: skip
    for step in from_start_to_end(world, words):
        step(world)
        for person in (world.far_member, world.other_chair, world.stranger, world.neighbour, world.administrator):
            world.by(person, ViewReport, report_id=the_report(world).id)
        assert who_sees(world, WORDS, NOTE) <= accounts(world, on_the_way)
        assert who_sees(world, *of_sender(sender)) <= accounts(world, on_the_way)


@pytest.mark.parametrize("words", [ILL, IN_DANGER, ACCUSING])
def test_groups_never_learn_who_it_was_what_was_said_or_that_anybody_is_ill(
    world: World, sender: Person, words: str
) -> None:
    for step in from_start_to_end(world, words):
        step(world)
    assert not who_sees(world, WORDS, NOTE, *HEALTH, *of_sender(sender)) & groups(world)


def test_a_report_typed_in_a_group_is_repeated_there_by_nobody(world: World, sender: Person) -> None:
    group = world.group_of(world.community)
    world.by(world.resident, ReportInPlace, words=ILL, chat_id=group)
    assert not who_sees(world, WORDS, *HEALTH, *of_sender(sender)) & groups(world)


def test_a_desk_a_report_has_left_keeps_no_sender(world: World, sender: Person) -> None:
    world.by(world.resident, HearMessage, words=ILL)
    world.by(world.member, EscalateReport, report_id=the_report(world).id, words="")
    below = accounts(world, [world.member, world.second_member])
    cards = world.session.scalars(select(Card).where(Card.chat_id.in_(below)))
    assert not any(mark in card.notice for card in cards for mark in of_sender(sender))


@pytest.mark.parametrize("urgent", [False, True])
def test_a_confidential_report_is_read_by_two_people_and_shown_to_no_other(
    world: World, sender: Person, urgent: bool
) -> None:
    world.by(world.resident, HearMessage, words=ACCUSING)
    if urgent:
        world.by(world.resident, AskForHelp)
    report = the_report(world)
    readers = world.work().desks.readers_of(report)
    everyone = world.session.scalars(select(Person).where(Person.account_id.is_not(None))).all()
    for person in everyone:
        for command in (ViewReport, TakeReport):
            world.by(person, command, report_id=report.id)
    assert report.confidential
    assert len(readers) == 2
    assert who_sees(world, WORDS) == accounts(world, readers)
    assert who_sees(world, *of_sender(sender)) == accounts(world, readers)
    # That there is one at all is known to its sender and its readers alone.
    knowing = accounts(world, [*readers, world.resident])
    assert who_sees(world, report.code) <= knowing


def test_the_rest_of_the_home_learns_nothing_of_a_confidential_report(world: World, sender: Person) -> None:
    spouse = world.person("Chồng bà Mẫu")
    world.link(spouse, world.homes[0])
    world.by(world.resident, HearMessage, words="Chồng tôi đánh tôi, đừng nói ai biết")
    report = the_report(world)
    assert report.confidential
    world.by(spouse, ViewReport, report_id=report.id)
    assert world.account(spouse) not in who_sees(world, report.code, *of_sender(sender))


def test_numbers_tried_one_after_the_other_tell_a_stranger_no_code_and_no_holder(world: World) -> None:
    world.by(world.resident, HearMessage, words=ILL)
    report = the_report(world)
    for person in (world.stranger, world.neighbour, world.administrator):
        world.by(person, ViewReport, report_id=report.id)
        world.by(person, TakeReport, report_id=report.id)
        assert world.account(person) not in who_sees(world, report.code, world.member.name)
