"""What people who tell the team something are promised."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.catalogue import Catalogues
from bot.telegram.render import Message, Reader, render
from handlers.commands.reports import (
    BeginReply,
    BeginResult,
    ConfirmHelped,
    HearMessage,
    TakeReport,
)
from models.notices import Notice
from models.notices.desks import ReportCard, ReportLine, ReportShrunk
from models.notices.reports import (
    HelpConfirmed,
    ReportFiled,
    ReportTakenUp,
    ResultTold,
    SenderAnswered,
)
from models.records import Person, Report
from models.rules.reports import ReportState, Rung
from tests.stories.world import World

ILL = "Bà tôi sốt cao từ tối qua, nhờ tổ giúp"
HUNGRY = "Nhà tôi xin ít gạo với thuốc"


def the_report(world: World) -> Report:
    (report,) = world.session.query(Report).all()
    return report


def read(world: World, notice: Notice) -> Message:
    return render(notice, Reader(Catalogues.load(strict=True).in_language("vi"), world.policy.timezone, "tobot"))


def last(world: World, chat: Person | int) -> Notice:
    return world.told(chat)[-1]


def test_a_private_message_is_a_report_with_a_receipt_at_once(world: World) -> None:
    world.by(world.resident, HearMessage, words=ILL)
    report = the_report(world)
    receipt = last(world, world.resident)
    assert isinstance(receipt, ReportFiled)
    assert re.fullmatch(r"[A-Z]{2,4}-\d{5,}", receipt.code)
    assert (report.holder_id, report.rung) == (world.community.id, Rung.TEAM)
    assert receipt.holder.name == world.member.name
    assert receipt.holder.phone == world.member.phone
    assert receipt.answer_by == world.now + timedelta(minutes=30)


def test_every_member_of_the_team_gets_a_card_and_the_neighbours_group_nothing(world: World) -> None:
    world.by(world.resident, HearMessage, words=ILL)
    subject = the_report(world).subject
    for member in (world.member, world.second_member):
        card = world.card(member, subject)
        assert isinstance(card, ReportCard)
        assert card.words == ILL
        assert card.sender is not None
        assert card.sender.phone == world.resident.phone
    assert world.card(world.officer, subject) is None
    assert world.card(world.group_of(world.community), subject) is None


def test_a_group_sees_one_line_without_names_words_or_health(world: World) -> None:
    world.by(world.resident, HearMessage, words=ILL)
    line = world.card(world.group_of(world.commune), the_report(world).subject)
    assert isinstance(line, ReportLine)
    shown = read(world, line)
    assert "\n" not in shown.text
    for unsaid in (world.resident.name, "sốt", "ốm", ILL, world.resident.phone):
        assert unsaid not in shown.text
    assert the_report(world).code in shown.text
    assert shown.rows[0][0].url.endswith(f"view-{the_report(world).id}")
    assert world.card(world.group_of(world.district), the_report(world).subject) is None


def test_from_the_report_to_having_been_helped(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.member, TakeReport, report_id=report.id)
    assert isinstance(last(world, world.resident), ReportTakenUp)
    world.by(world.member, BeginReply, report_id=report.id)
    world.by(world.member, HearMessage, words="Chiều nay tổ mang gạo đến")
    told = last(world, world.resident)
    assert isinstance(told, SenderAnswered)
    assert told.words == "Chiều nay tổ mang gạo đến"
    world.by(world.member, BeginResult, report_id=report.id)
    world.by(world.member, HearMessage, words="Đã giao 10 kg gạo")
    question = world.card(world.resident, report.result_subject)
    assert isinstance(question, ResultTold)
    assert question.asks
    world.by(world.resident, ConfirmHelped, report_id=report.id)
    world.session.refresh(report)
    assert report.state is ReportState.CLOSED
    assert isinstance(world.card(world.resident, report.result_subject), HelpConfirmed)
    assert isinstance(world.card(world.member, report.subject), ReportShrunk)
