"""What a private message means: nothing people write is thrown away, and nothing goes where it should not."""

from __future__ import annotations

from datetime import timedelta

from handlers.commands import Enclosure
from handlers.commands.confidential import BeginConfidential
from handlers.commands.desks import MergeReport
from handlers.commands.followups import ConfirmFollowUp, ShowFollowUps
from handlers.commands.reports import (
    AnswerSender,
    BeginReply,
    BeginResult,
    ConfirmNeed,
    DismissNeed,
    FileReport,
    HearMessage,
)
from models.notices.desks import ReportCard, WordsWanted
from models.notices.reports import NeedAsked, NeedDismissed, ResultTold
from models.records import Mail, Person, Report
from models.rules.reports import Step
from tests.stories.reading import last, read, the_report
from tests.stories.world import World

HUNGRY = "Nhà tôi xin ít gạo với thuốc"


def reports(world: World) -> list[Report]:
    return world.session.query(Report).order_by(Report.id).all()


def test_mere_chat_is_asked_about_once(world: World) -> None:
    world.by(world.resident, HearMessage, words="Dạ vâng")
    world.by(world.resident, HearMessage, words="ok")
    assert world.told(world.resident) == [NeedAsked()]
    assert [row[0].label for row in read(world, NeedAsked()).rows] == ["Có", "Không"]
    assert reports(world) == []


def test_who_does_need_help_loses_no_word_of_it(world: World) -> None:
    world.by(world.resident, HearMessage, words="Dạ vâng")
    world.by(world.resident, HearMessage, words="ok")
    for _ in range(2):
        world.by(world.resident, ConfirmNeed)
    assert the_report(world).words == "Dạ vâng\nok"
    assert [told.kind for told in world.told(world.resident)] == ["NeedAsked", "ReportFiled"]


def test_who_needs_nothing_is_left_in_peace(world: World) -> None:
    world.by(world.resident, HearMessage, words="Dạ vâng")
    for _ in range(2):
        world.by(world.resident, DismissNeed)
    assert world.told(world.resident) == [NeedAsked(), NeedDismissed()]
    assert reports(world) == []


def test_a_real_message_after_chat_is_filed_with_it(world: World) -> None:
    world.by(world.resident, HearMessage, words="Dạ vâng")
    world.by(world.resident, HearMessage, words=HUNGRY)
    assert the_report(world).words == f"Dạ vâng\n{HUNGRY}"


def test_a_forwarded_clip_is_asked_about_first(world: World) -> None:
    clip = (Enclosure("video", "clip"),)
    world.by(world.resident, HearMessage, enclosures=clip, was_forwarded=True)
    assert last(world, world.resident) == NeedAsked()
    world.by(world.resident, ConfirmNeed)
    (attachment,) = world.work().reports.attachments(the_report(world).id)
    assert attachment.file_id == "clip"


def test_a_forwarded_cry_for_help_is_not_asked_about(world: World) -> None:
    world.by(world.resident, HearMessage, words="Bố tôi khó thở, tím tái", was_forwarded=True)
    assert the_report(world).urgency.value == "P1"


def test_an_open_question_takes_the_next_words_whatever_else_is_going_on(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.member, BeginResult, report_id=report.id)
    world.by(world.member, HearMessage, words="Dạ vâng")
    assert report.result == "Dạ vâng"
    assert isinstance(world.card(world.resident, report.result_subject), ResultTold)


def test_a_question_for_words_waits_when_a_picture_comes(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.member, BeginResult, report_id=report.id)
    world.by(world.member, HearMessage, enclosures=(Enclosure("photo", "receipt"),))
    assert last(world, world.member) == WordsWanted()
    world.by(world.member, HearMessage, words="Đã giao gạo")
    assert report.result == "Đã giao gạo"


def test_a_question_nobody_answered_in_time_takes_no_words(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.member, BeginReply, report_id=the_report(world).id)
    world.later(timedelta(hours=3))
    world.by(world.member, HearMessage, words="Nhà tôi có người sốt")
    assert [report.sender_id for report in reports(world)] == [world.resident.id, world.member.id]


def test_a_reply_to_something_said_about_an_old_report_joins_that_report(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    first = the_report(world)
    receipt = world.session.query(Mail).filter_by(chat_id=world.resident.account_id, subject=first.subject).one()
    receipt.message_id = 4321
    world.later(timedelta(hours=6))
    world.by(world.resident, HearMessage, words="Bố tôi bị ngã gãy chân")
    world.by(world.resident, HearMessage, words="Gạo vẫn chưa thấy đâu", reply_to_id=4321)
    card = world.card(world.member, first.subject)
    assert isinstance(card, ReportCard)
    assert card.added == ("Gạo vẫn chưa thấy đâu",)


def test_two_days_after_the_desk_last_spoke_it_is_something_new(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.member, BeginReply, report_id=the_report(world).id)
    world.by(world.member, HearMessage, words="Tổ mang đến chiều nay")
    world.later(timedelta(hours=49))
    world.by(world.resident, HearMessage, words="Nhà tôi hết gạo rồi")
    assert len(reports(world)) == 2


def test_staff_are_residents_too(world: World) -> None:
    world.by(world.officer, HearMessage, words="Nhà tôi có người sốt cao")
    report = the_report(world)
    assert report.sender_id == world.officer.id
    assert world.card(world.officer, report.subject) is None


def test_talk_among_neighbours_is_no_report_but_clear_need_is(world: World) -> None:
    group = world.group_of(world.community)
    world.by(world.resident, HearMessage, words="Vâng cảm ơn tổ", chat_id=group, reply_to_id=1)
    assert reports(world) == []
    world.by(world.resident, HearMessage, words="Nhà tôi hết gạo rồi", chat_id=group, reply_to_id=1)
    assert len(reports(world)) == 1
    assert world.told(group) == []


def said_of(world: World, person: Person, report: Report) -> int:
    """The number, in a person's chat, of a message of ours about a report."""
    mail = world.session.query(Mail).filter_by(chat_id=person.account_id, subject=report.subject).first()
    assert mail is not None
    mail.message_id = 4321
    return 4321


def test_an_open_question_comes_before_a_reply_and_a_reply_before_everything_else(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    first = the_report(world)
    replied = said_of(world, world.resident, first)
    world.later(timedelta(hours=1))
    world.by(world.resident, HearMessage, words="Bố tôi bị ngã gãy chân")
    world.by(world.resident, BeginConfidential, unit_id=world.district.id)
    world.by(world.resident, HearMessage, words="Xin giữ kín giúp tôi", reply_to_id=replied)
    assert [report.confidential for report in reports(world)] == [False, False, True]
    world.by(world.resident, HearMessage, words="Gạo đã có rồi", reply_to_id=replied)
    assert "Gạo đã có rồi" in added_to(world, first)


def test_measured_values_that_reply_to_a_report_belong_to_it(world: World) -> None:
    world.by(world.second_member, ShowFollowUps, words="1 Bà Mẫu F1")
    world.by(world.second_member, ConfirmFollowUp)
    world.by(world.resident, HearMessage, words="Bà tôi sốt cao từ tối qua, nhờ tổ giúp")
    report = the_report(world)
    world.later(timedelta(hours=3))
    world.by(world.resident, HearMessage, words="38.2 97 18", reply_to_id=said_of(world, world.resident, report))
    assert "38.2 97 18" in added_to(world, report)


def test_words_join_the_report_whose_desk_spoke_last_though_another_is_newer(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    first = the_report(world)
    world.by(world.member, AnswerSender, report_id=first.id, words="Nhà bác mấy khẩu ạ?")
    world.later(timedelta(hours=20))
    world.by(world.resident, FileReport, words="Bố tôi bị ngã gãy chân")
    world.later(timedelta(minutes=5))
    world.by(world.resident, HearMessage, words="Chân sưng to lắm")
    world.later(timedelta(hours=1))
    world.by(world.resident, HearMessage, words="Nhà năm khẩu")
    newer = reports(world)[1]
    assert added_to(world, newer) == ["Chân sưng to lắm"]
    assert added_to(world, first) == ["Nhà năm khẩu"]


def test_who_sent_a_merged_report_replies_to_what_was_said_of_it(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.neighbour, HearMessage, words="Cả xóm hết gạo")
    first, second = reports(world)
    world.by(world.member, MergeReport, report_id=second.id, into_id=first.id)
    replied = said_of(world, world.neighbour, second)
    world.by(world.neighbour, HearMessage, words="Thêm cả muối nữa ạ", reply_to_id=replied)
    assert "Thêm cả muối nữa ạ" in added_to(world, first)


def added_to(world: World, report: Report) -> list[str]:
    """What its senders said afterwards."""
    return [step.words for step in world.work().reports.history(report.id) if step.step is Step.JOINED]
