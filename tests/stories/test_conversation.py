"""What a private message means: nothing people write is thrown away, and nothing goes where it should not."""

from __future__ import annotations

from datetime import timedelta

from handlers.commands import Enclosure
from handlers.commands.reports import BeginReply, BeginResult, ConfirmNeed, DismissNeed, HearMessage
from models.notices.desks import ReportCard, WordsWanted
from models.notices.reports import NeedAsked, NeedDismissed, ResultTold
from models.records import Mail, Report
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
