"""What staff know better than triage is a tap away, is kept, and changes who is asked and by when."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from handlers.commands.desks import (
    CorrectCategory,
    CorrectUrgency,
    MakeConfidential,
    OfferCategories,
    OfferGrounds,
    OfferReadyAnswers,
    OfferUrgencies,
    OpenTools,
    SendReadyAnswer,
)
from handlers.commands.reports import HearMessage, TakeReport, ViewReport
from models.notices.desks import AlarmCard, DeskActed, ReportCard, ReportRefused, ReportShrunk
from models.notices.enrolment import PrivateChatNeeded
from models.notices.reports import SenderAnswered
from models.notices.tools import ReadyAnswersOffered, ToolsOffered
from models.records import Aspect, Chat, ChatPurpose, Reach, Report, ReportCorrection
from models.rules.confidential import Ground
from models.rules.ready_answers import ReadyAnswer
from models.rules.reports import Action, ReportState, Step
from models.rules.tools import Tool
from models.rules.triage import Category, Urgency
from tests.stories.reading import last, read, the_report
from tests.stories.rendering import labels
from tests.stories.world import World

HUNGRY = "Nhà tôi xin ít gạo với thuốc"


def filed(world: World) -> Report:
    world.by(world.resident, HearMessage, words=HUNGRY)
    return the_report(world)


def corrections(world: World) -> list[tuple[Aspect, str, str, int]]:
    rows = world.session.scalars(select(ReportCorrection).order_by(ReportCorrection.id))
    return [(row.aspect, row.before, row.after, row.person_id) for row in rows]


def test_everything_less_common_lies_behind_one_button(world: World) -> None:
    report = filed(world)
    world.by(world.member, OpenTools, report_id=report.id)
    offered = world.card(world.member, report.tools_subject)
    assert isinstance(offered, ToolsOffered)
    assert Tool.GIVE_BACK not in offered.tools
    assert {"Trả lời sẵn", "Sửa loại tin", "Sửa mức khẩn", "Giữ kín"} <= set(labels(read(world, offered)))
    world.by(world.member, TakeReport, report_id=report.id)
    world.by(world.member, OpenTools, report_id=report.id)
    offered = world.card(world.member, report.tools_subject)
    assert isinstance(offered, ToolsOffered)
    assert Tool.GIVE_BACK in offered.tools


def test_whoever_never_wrote_to_the_bot_is_led_to_the_private_chat(world: World) -> None:
    world.session.add(
        Chat(id=-900, title="Bàn trực", unit_id=world.community.id, purpose=ChatPurpose.DESK, bound_at=world.now)
    )
    report = filed(world)
    world.member.reach = Reach.NEVER_STARTED
    world.by(world.member, OpenTools, report_id=report.id, chat_id=-900)
    assert world.told(-900)[-1] == PrivateChatNeeded()


def test_the_kind_is_changed_by_a_tap_and_what_was_proposed_is_kept(world: World) -> None:
    report = filed(world)
    world.by(world.member, OfferCategories, report_id=report.id)
    for _ in range(2):
        world.by(world.member, CorrectCategory, report_id=report.id, category=Category.SYMPTOM)
    assert report.category is Category.SYMPTOM
    assert corrections(world) == [(Aspect.CATEGORY, "relief", "symptom", world.member.id)]
    assert world.card(world.member, report.tools_subject) == DeskActed(report.code, Step.CORRECTED)
    card = world.card(world.second_member, report.subject)
    assert isinstance(card, ReportCard)
    assert card.category is Category.SYMPTOM


def test_what_is_more_urgent_than_it_read_gets_a_new_clock(world: World) -> None:
    report = filed(world)
    world.later(timedelta(minutes=20))
    world.by(world.member, OfferUrgencies, report_id=report.id)
    world.by(world.member, CorrectUrgency, report_id=report.id, urgency=Urgency.P2)
    assert report.due_at == world.now + timedelta(minutes=30)
    assert corrections(world) == [(Aspect.URGENCY, "P3", "P2", world.member.id)]


def test_what_staff_find_to_be_a_danger_reaches_every_desk_on_its_way_and_back_again(world: World) -> None:
    report = filed(world)
    world.by(world.member, CorrectUrgency, report_id=report.id, urgency=Urgency.P1)
    assert isinstance(world.card(world.health, report.subject), AlarmCard)
    world.by(world.member, CorrectUrgency, report_id=report.id, urgency=Urgency.P3)
    assert world.card(world.health, report.subject) == ReportShrunk(report.code, is_closed=False)
    assert isinstance(world.card(world.member, report.subject), ReportCard)


def test_what_staff_keep_confidential_leaves_every_desk_but_its_two_readers(world: World) -> None:
    report = filed(world)
    world.by(world.member, TakeReport, report_id=report.id)
    world.by(world.member, OfferGrounds, report_id=report.id)
    assert len(labels(read(world, world.card(world.member, report.tools_subject)))) == len(Ground) + 1
    world.by(world.member, MakeConfidential, report_id=report.id, ground=Ground.OFFICIAL)
    assert report.confidential
    assert (report.holder_id, report.state) == (world.district.id, ReportState.OPEN)
    assert world.card(world.member, report.subject) == ReportShrunk(report.code, is_closed=False)
    assert isinstance(world.card(world.commander, report.subject), ReportCard)
    assert corrections(world) == [(Aspect.CONFIDENTIAL, "False", "True", world.member.id)]
    world.by(world.member, ViewReport, report_id=report.id)
    assert world.card(world.member, report.subject) == ReportShrunk(report.code, is_closed=False)


def test_a_ready_made_answer_goes_at_a_tap_in_the_language_of_its_reader(world: World) -> None:
    report = filed(world)
    world.resident.language = "en"
    world.by(world.member, OfferReadyAnswers, report_id=report.id)
    offered = world.card(world.member, report.tools_subject)
    assert isinstance(offered, ReadyAnswersOffered)
    assert offered.answers[0] is ReadyAnswer.BRINGING
    world.by(world.member, SendReadyAnswer, report_id=report.id, answer=ReadyAnswer.BRINGING)
    told = last(world, world.resident)
    assert isinstance(told, SenderAnswered)
    assert "bring it to you today" in read(world, told, "en").text
    assert (report.state, report.taken_by_id) == (ReportState.TAKEN, world.member.id)
    assert "mang đến cho bác trong hôm nay" in read(world, world.card(world.second_member, report.subject)).text


def test_nobody_but_its_desk_changes_anything(world: World) -> None:
    report = filed(world)
    world.by(world.far_member, CorrectUrgency, report_id=report.id, urgency=Urgency.P4)
    world.by(world.far_member, CorrectCategory, report_id=report.id, category=Category.OTHER)
    world.by(world.far_member, MakeConfidential, report_id=report.id, ground=Ground.OFFICIAL)
    assert isinstance(last(world, world.far_member), ReportRefused)
    assert (report.urgency, report.category, report.confidential) == (Urgency.P3, Category.RELIEF, False)
    assert corrections(world) == []


def test_who_took_a_danger_up_from_above_gives_it_back_once_it_is_none(world: World) -> None:
    world.by(world.resident, HearMessage, words="Bố tôi khó thở, tím tái")
    report = the_report(world)
    world.by(world.officer, TakeReport, report_id=report.id)
    world.by(world.officer, CorrectUrgency, report_id=report.id, urgency=Urgency.P3)
    assert (report.state, report.taken_by_id, report.holder_id) == (ReportState.OPEN, None, world.community.id)
    assert isinstance(world.card(world.officer, report.subject), ReportShrunk)
    card = world.card(world.member, report.subject)
    assert isinstance(card, ReportCard)
    assert Action.TAKE in card.actions
