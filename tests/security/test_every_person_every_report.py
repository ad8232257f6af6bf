"""Every person tries every tap and command on every report: only those named here read it and know its sender."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.router import run
from handlers.commands import Place, Sender
from handlers.commands.on_behalf import TellLogged
from handlers.commands.queue import BrowseQueue, ListQueue, SearchReports
from handlers.commands.reports import (
    AboutReport,
    AddToReport,
    EscalateReport,
    HearMessage,
    ListMyReports,
    ResolveReport,
    TakeReport,
)
from models.records import Person, Report
from models.rules.confidential import Ground
from models.rules.policy import Policy
from models.rules.queue import QueueBy
from models.rules.ready_answers import ReadyAnswer
from models.rules.roles import Role
from models.rules.triage import Category, Urgency
from tests.databases import in_memory
from tests.security.test_words_stay import groups, who_sees
from tests.stories.world import MORNING, World

TEAM = {"member", "second_member"}
HEADS = {"village_head", "second_village_head"}
COMMUNE = {"officer", "health", "police", "chair"}
TOP = {"commander", "district_officer"}
COMMANDERS = {"chair", "commander"}
READERS = {"reader", "second_reader"}

#: What only stories give, having asked whose report it is.
INNER = {AddToReport.__name__, TellLogged.__name__}


@dataclass(frozen=True)
class Case:
    """A report, and by hand from the product's description who may read it."""

    words: str
    reads: set[str]  #: Its words.
    knows: set[str]  #: Its sender, too.
    then: Callable[[World, Report], object] = lambda _world, _report: None  #: What has happened to it.
    from_home: bool = True  #: Whether its sender is linked to a home of the community.


def to_the_commune(world: World, report: Report) -> None:
    for _ in range(2):
        world.by(world.commander, EscalateReport, report_id=report.id, words="")


def taken(world: World, report: Report) -> None:
    world.by(world.member, TakeReport, report_id=report.id)


def resolved(world: World, report: Report) -> None:
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã giúp xong")


CASES = {
    "relief": Case("Nhà tôi hết gạo", TEAM | COMMANDERS | {"front"}, TEAM | COMMANDERS),
    "illness": Case("Bà tôi sốt cao từ tối qua", TEAM | COMMANDERS | {"health"}, TEAM | COMMANDERS),
    "arrival": Case("Nhà bên có người mới từ Hà Nội về", TEAM | COMMANDERS | {"police"}, TEAM | COMMANDERS),
    "danger": Case("Bố tôi khó thở, tím tái", TEAM | HEADS | COMMUNE | TOP, TEAM | HEADS | COMMUNE | TOP),
    "violation": Case("Quán bia vẫn tụ tập đông người", COMMUNE | {"commander"}, COMMUNE | {"commander"}),
    "rumour": Case("Nghe nói ngày mai phong toả cả huyện có đúng không",
                   COMMANDERS | {"spokesperson"}, COMMANDERS | {"spokesperson"}),
    "climbed": Case("Xin ít gạo", TEAM | HEADS | COMMUNE | {"commander", "front"}, COMMUNE | {"commander"},
                    to_the_commune),
    "taken": Case("Xin ít mì tôm", TEAM | COMMANDERS | {"front"}, TEAM | COMMANDERS, taken),
    "resolved": Case("Xin ít muối ăn", TEAM | COMMANDERS | {"front"}, TEAM | COMMANDERS, resolved),
    "from nowhere": Case("Trong bản có người ho sốt mấy hôm nay", TOP, TOP, from_home=False),
    "accusing": Case("Ông tổ trưởng ăn chặn gạo cứu trợ của dân", READERS, READERS),
    "at home": Case("Chồng tôi đánh tôi bầm mặt", {"guardian"}, {"guardian"}),
}  # fmt: skip


def people_of(world: World) -> dict[str, Person]:
    """Everybody the bot knows but the reports' own senders."""
    for name, role, unit in (
        ("police", Role.POLICE, world.commune),
        ("front", Role.FRONT, world.commune),
        ("spokesperson", Role.SPOKESPERSON, world.commune),
        ("reader", Role.READER, world.district),
        ("second_reader", Role.READER, world.district),
        ("guardian", Role.GUARDIAN, world.district),
    ):
        setattr(world, name, world.person(f"Người {name}", role, unit))
    return {name: value for name, value in vars(world).items() if isinstance(value, Person)}


def told_by_a_newcomer(world: World, case: Case, mark: str) -> Report:
    """The report, whose sender's name and phone and whose words stand nowhere else."""
    sender = world.person(f"Vàng {mark}")
    sender.phone = "+84977123456"
    if case.from_home:
        world.link(sender, world.household(world.community, "77"))
    world.by(sender, HearMessage, words=f"{case.words}, {mark}")
    report = world.session.scalars(select(Report).where(Report.sender_id == sender.id)).one()
    case.then(world, report)
    return report


def commands_about_a_report(kind: type[AboutReport] = AboutReport) -> Iterator[type[AboutReport]]:
    """Every command of one report that a tap or an answer to a question can give."""
    for each in kind.__subclasses__():
        # A dataclass with slots is made twice: the later class is the one its module knows.
        if each.__name__ not in INNER and getattr(sys.modules[each.__module__], each.__name__) is each:
            yield each
            yield from commands_about_a_report(each)


def tries(world: World, person: Person, report: Report, mark: str) -> None:
    """Everything this person can tap or type to get at the report."""
    given: dict[str, Any] = {
        "words": "Cho tôi xem", "unit_id": world.community.id, "person_id": person.id, "into_id": report.id,
        "household_id": world.homes[0].id, "hours": 2, "category": Category.OTHER, "urgency": Urgency.P4,
        "ground": Ground.ASKED, "answer": ReadyAnswer.COMING, "page": 0, "ready": "", "enclosures": (),
    }  # fmt: skip
    account = world.account(person)
    who: dict[str, Any] = {"sender": Sender(account, person.name), "place": Place(account)}
    work = world.work()
    for command in commands_about_a_report():
        own = {field.name for field in fields(command)} & given.keys()
        run(command(**who, report_id=report.id, **{name: given[name] for name in own}), work)
    for words in (mark, report.code, "77", "Vàng"):
        run(SearchReports(**who, words=words), work)
    run(ListQueue(**who), work)
    run(ListMyReports(**who), work)
    run(BrowseQueue(**who, by=QueueBy.URGENCY, heading=report.urgency.value, page=0), work)
    world.session.commit()


@pytest.fixture
def world() -> Iterator[World]:
    """The small district without a disk under it, for so many tries."""
    with Session(in_memory(), expire_on_commit=False) as session:
        yield World(session, MORNING, Policy())


@pytest.mark.parametrize("name", CASES)
def test_nobody_but_those_named_reads_a_report_or_knows_its_sender_whatever_they_tap(world: World, name: str) -> None:
    case, mark = CASES[name], "cuối dốc cạnh suối"
    people = people_of(world)
    report = told_by_a_newcomer(world, case, mark)
    account = {who: world.account(person) for who, person in people.items()}
    steps = len(world.work().reports.history(report.id))
    for who in people.keys() - case.reads:
        tries(world, people[who], report, mark)
    assert len(world.work().reports.history(report.id)) == steps, "somebody did something about it"
    sender = world.work().people.require(report.sender_id)
    reading = who_sees(world, mark) - {world.account(sender)}
    assert reading <= {account[who] for who in case.reads}
    knowing = who_sees(world, sender.phone, "0977 123 456", "0977123456") - {world.account(sender)}
    assert knowing <= {account[who] for who in case.knows}
    assert not who_sees(world, mark, sender.phone) & groups(world)
    if report.confidential:
        assert who_sees(world, report.code) <= {account[who] for who in case.reads} | {world.account(sender)}
