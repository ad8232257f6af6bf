"""What people who tell the team something are promised."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handlers.commands import Enclosure, Place, PlaceKind, Sender
from handlers.commands.reports import (
    AskForHelp,
    BeginReply,
    BeginResult,
    ConfirmHelped,
    FileReport,
    HearMessage,
    ListMyReports,
    ReportInPlace,
    ResolveReport,
    SayNotHelped,
    TakeReport,
    WithdrawReport,
)
from models.notices import MessageRemoved, Passed
from models.notices.desks import AlarmCard, DeskAlarmed, DeskNotReady, DeskRung, ReportCard, ReportLine, ReportShrunk
from models.notices.enrolment import PrivateChatNeeded
from models.notices.reports import (
    ConfidentialReportFiled,
    HelpConfirmed,
    NobodyServesYet,
    OwnReportsListed,
    ReportFiled,
    ReportReopened,
    ReportTakenUp,
    ReportWithdrawn,
    ResultTold,
    SenderAnswered,
    UrgentReportFiled,
    WordsJoined,
)
from models.records import Card, Chat, Mail, Person, Reach, Report, Unit
from models.rules.mail import Priority
from models.rules.reports import ReportState, Ring, Rung, Step
from models.rules.roles import Role
from models.rules.triage import Category, Urgency
from tests.stories.reading import last, read, the_report
from tests.stories.world import World

ILL = "Bà tôi sốt cao từ tối qua, nhờ tổ giúp"
HUNGRY = "Nhà tôi xin ít gạo với thuốc"
DANGER = "Bố tôi khó thở, tím tái"
ACCUSING = "Ông tổ trưởng ăn chặn gạo cứu trợ của dân"


def test_a_private_message_is_a_report_with_a_receipt_at_once(world: World) -> None:
    world.by(world.resident, HearMessage, words=ILL)
    report, receipt = the_report(world), last(world, world.resident)
    assert isinstance(receipt, ReportFiled)
    assert re.fullmatch(r"[A-Z]{2,4}-\d{5,}", receipt.code)
    assert (report.holder_id, report.rung) == (world.community.id, Rung.TEAM)
    assert (receipt.holder.name, receipt.holder.phone) == (world.member.name, world.member.phone)
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
    assert report.state is ReportState.CLOSED
    assert isinstance(world.card(world.resident, report.result_subject), HelpConfirmed)
    assert isinstance(world.card(world.member, report.subject), ReportShrunk)


def test_in_danger_the_number_to_call_comes_before_everything(world: World) -> None:
    world.by(world.resident, HearMessage, words=DANGER)
    receipt = last(world, world.resident)
    assert isinstance(receipt, UrgentReportFiled)
    first_line = read(world, receipt).text.split("\n")[0]
    assert "115" in first_line
    assert receipt.station is not None
    assert receipt.station.phone == world.health.phone
    assert receipt.code not in first_line


def test_one_tap_calls_for_help_and_a_second_changes_nothing(world: World) -> None:
    for _ in range(2):
        world.by(world.resident, AskForHelp)
    assert the_report(world).urgency is Urgency.P1
    assert len(world.told(world.resident)) == 1


def test_a_tap_for_help_makes_a_report_of_minutes_ago_urgent(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.resident, AskForHelp)
    assert the_report(world).urgency is Urgency.P1
    joined = last(world, world.resident)
    assert isinstance(joined, WordsJoined)
    assert joined.emergency == "115"
    assert isinstance(world.card(world.commander, the_report(world).subject), AlarmCard)


def test_danger_reaches_every_tier_at_once_and_rings(world: World) -> None:
    world.by(world.resident, HearMessage, words=DANGER)
    subject = the_report(world).subject
    for person in (world.member, world.village_head, world.officer, world.health, world.commander):
        assert isinstance(world.card(person, subject), AlarmCard)
        rung = last(world, person)
        assert isinstance(rung, DeskAlarmed)
        assert rung.ring is Ring.URGENT


def test_an_unlinked_stranger_is_received_by_the_district_and_then_asked_where_they_are(world: World) -> None:
    world.by(world.stranger, HearMessage, words=ILL)
    report, receipt = the_report(world), last(world, world.stranger)
    assert (report.holder_id, report.origin_id) == (world.district.id, None)
    assert isinstance(receipt, ReportFiled)
    assert not receipt.place_known
    assert "số điện thoại" in read(world, receipt).text
    assert "Chưa rõ địa bàn" in read(world, world.card(world.district_officer, report.subject)).text


def test_a_team_that_cannot_be_reached_is_passed_over_and_its_commander_told_once_a_day(world: World) -> None:
    world.second_member.reach = Reach.BLOCKED
    for resident in (world.resident, world.neighbour):
        world.by(resident, HearMessage, words=ILL)
    receipt = last(world, world.resident)
    assert isinstance(receipt, ReportFiled)
    assert receipt.holder.name == world.village_head.name
    for responsible in (world.chair, world.administrator):
        (warning,) = [told for told in world.told(responsible) if isinstance(told, DeskNotReady)]
        assert (warning.unit, warning.reachable, warning.needed) == (world.community.name, 1, 2)


def test_when_no_desk_is_ready_it_stays_with_the_lowest_who_can_be_reached(world: World) -> None:
    reachable = world.second_member
    for person in world.session.query(Person).all():
        if person not in (reachable, world.resident, world.administrator):
            person.reach = Reach.NEVER_STARTED
    world.by(world.resident, HearMessage, words=ILL)
    receipt = last(world, world.resident)
    assert isinstance(receipt, ReportFiled)
    assert receipt.holder.name == reachable.name


def test_when_nobody_can_be_reached_it_waits_at_the_top_and_the_administrator_knows(world: World) -> None:
    for person in world.session.query(Person).all():
        if person not in (world.resident, world.administrator):
            person.reach = Reach.BLOCKED
    world.by(world.resident, HearMessage, words=ILL)
    assert the_report(world).holder_id == world.district.id
    warned = {told.unit for told in world.told(world.administrator) if isinstance(told, DeskNotReady)}
    assert warned == {world.community.name, world.commune.name, world.district.name}


def test_before_any_unit_exists_people_are_told_whom_to_call(world: World) -> None:
    for unit in world.session.query(Unit).all():
        unit.parent_id = unit.id
    world.session.commit()
    world.by(world.stranger, HearMessage, words=ILL)
    assert isinstance(last(world, world.stranger), NobodyServesYet)


def test_a_voice_message_alone_is_urgent_until_somebody_has_heard_it(world: World) -> None:
    world.by(world.resident, HearMessage, enclosures=(Enclosure("voice", "file-1"),))
    report = the_report(world)
    assert (report.urgency, report.unheard) == (Urgency.P2, True)
    card = read(world, world.card(world.member, report.subject)).text
    assert "chưa nghe, chưa xem" in card
    assert Passed("voice", "file-1", about=report.code) in world.told(world.member)
    assert not any(isinstance(told, Passed) for told in world.told(world.group_of(world.commune)))


def test_a_place_alone_is_a_report_that_goes_along(world: World) -> None:
    world.by(world.resident, HearMessage, enclosures=(Enclosure("location", latitude=22.3, longitude=103.5),))
    report = the_report(world)
    assert Passed("location", "", 22.3, 103.5, report.code) in world.told(world.member)


def test_what_is_said_within_a_quarter_of_an_hour_joins_the_same_report(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.later(timedelta(minutes=14))
    world.by(world.resident, HearMessage, words="Nhà có năm người")
    card = world.card(world.member, the_report(world).subject)
    assert isinstance(card, ReportCard)
    assert card.added == ("Nhà có năm người",)
    rung = last(world, world.member)
    assert isinstance(rung, DeskRung)
    assert rung.ring is Ring.NEW_WORDS


def test_what_is_said_an_hour_later_is_another_report(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.later(timedelta(hours=1))
    world.by(world.resident, HearMessage, words=ILL)
    assert world.session.query(Report).count() == 2


def test_an_album_is_one_report_and_not_answered_picture_by_picture(world: World) -> None:
    for number in range(4):
        world.by(world.resident, HearMessage, enclosures=(Enclosure("photo", f"photo-{number}"),))
    report = the_report(world)
    assert len(world.told(world.resident)) == 1
    passed = [told for told in world.told(world.member) if isinstance(told, Passed)]
    assert [told.file_id for told in passed] == [f"photo-{number}" for number in range(4)]
    assert report.unheard


def test_danger_in_later_words_makes_it_urgent_everywhere(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.resident, HearMessage, words=DANGER)
    report = the_report(world)
    assert (report.urgency, report.category) == (Urgency.P1, Category.EMERGENCY)
    assert "115" in read(world, last(world, world.resident)).text.split("\n")[0]
    assert isinstance(world.card(world.commander, report.subject), AlarmCard)


def test_a_card_still_on_its_way_overtakes_others_once_there_is_danger(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.resident, HearMessage, words=DANGER)
    card = world.session.query(Card).filter_by(chat_id=world.member.account_id).one()
    (mail,) = world.session.query(Mail).filter_by(card_id=card.id).all()
    assert mail.priority == Priority.ALARM


def test_a_command_in_the_group_is_taken_away_and_answered_in_private(world: World) -> None:
    group = world.group_of(world.community)
    chat = world.session.get(Chat, group)
    assert chat is not None
    chat.may_delete = True
    world.by(world.resident, ReportInPlace, words=ILL, chat_id=group, message_id=77)
    assert world.told(group) == [MessageRemoved(77)]
    assert isinstance(last(world, world.resident), ReportFiled)


def test_whom_the_bot_cannot_write_to_gets_one_reply_with_only_a_link(world: World) -> None:
    world.stranger.reach = Reach.NEVER_STARTED
    group = world.group_of(world.community)
    world.by(world.stranger, ReportInPlace, words=ILL, chat_id=group)
    assert world.told(group) == [PrivateChatNeeded("baotin")]
    assert world.told(world.stranger) == []
    shown = read(world, PrivateChatNeeded("baotin"))
    assert [button.url for row in shown.rows for button in row] == ["https://t.me/to_bot?start=baotin"]
    assert the_report(world).words == ILL


def test_an_administrator_hidden_behind_the_group_is_shown_the_way_and_loses_no_words(world: World) -> None:
    group = world.group_of(world.commune)
    hidden = Sender(1087968824, "Group", is_anonymous=True)
    place = Place(group, PlaceKind.GROUP)
    world.do(ReportInPlace(sender=hidden, place=place, message_id=5, words=ILL))
    assert world.told(group) == [PrivateChatNeeded("baotin")]
    assert world.session.query(Report).count() == 0


def test_not_being_helped_opens_it_again_at_the_desk_that_thought_it_done(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã giao gạo")
    for _ in range(2):
        world.by(world.resident, SayNotHelped, report_id=report.id)
    assert report.state is ReportState.OPEN
    assert report.due_at == world.now + timedelta(hours=4)
    assert isinstance(world.card(world.resident, report.result_subject), ReportReopened)
    rings = [told.ring for told in world.told(world.member) if isinstance(told, DeskRung)]
    assert rings == [Ring.REOPENED]


def test_new_words_after_a_result_open_it_again_but_mere_thanks_do_not(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã giao gạo")
    world.later(timedelta(hours=20))
    world.by(world.resident, HearMessage, words="Cảm ơn tổ")
    assert the_report(world).state is ReportState.RESOLVED
    world.by(world.resident, HearMessage, words="Gạo bị mốc hết rồi, không ăn được")
    assert the_report(world).state is ReportState.OPEN


def test_after_a_danger_no_question_is_asked_because_a_person_calls(world: World) -> None:
    world.by(world.resident, HearMessage, words=DANGER)
    report = the_report(world)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã đưa đi viện")
    told = world.card(world.resident, report.result_subject)
    assert isinstance(told, ResultTold)
    assert not told.asks
    assert read(world, told).rows == ()


def test_nobody_works_on_a_report_from_their_own_home(world: World) -> None:
    world.link(world.member, world.homes[0])
    world.person("Tổ viên Ba", Role.TEAM, world.community)
    world.by(world.resident, HearMessage, words=ILL)
    report = the_report(world)
    assert world.card(world.member, report.subject) is None
    world.by(world.member, TakeReport, report_id=report.id)
    assert report.state is ReportState.OPEN
    assert "nhà bác" in read(world, last(world, world.member)).text


def test_an_accusation_skips_every_desk_below_and_two_named_people_read_it(world: World) -> None:
    world.by(world.resident, HearMessage, words=ACCUSING)
    report = the_report(world)
    assert report.confidential
    shown_to = {
        person.name for person in world.session.query(Person).all() if world.card(person, report.subject) is not None
    }
    assert shown_to == {world.commander.name, world.district_officer.name}
    for unit in (world.community, world.commune, world.district):
        assert world.card(world.group_of(unit), report.subject) is None
    receipt = last(world, world.resident)
    assert isinstance(receipt, ConfidentialReportFiled)
    text = read(world, receipt).text
    assert "113" in text
    assert "111" in text
    assert ACCUSING not in text


def test_an_accusation_never_joins_a_report_the_accused_can_read(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.resident, HearMessage, words=ACCUSING)
    assert world.session.query(Report).count() == 2


def test_illness_in_a_check_in_is_a_report_of_that_home(world: World) -> None:
    world.by(world.resident, FileReport, household_id=world.homes[0].id, opened_by="checkin:5")
    report = the_report(world)
    assert (report.category, report.urgency) == (Category.SYMPTOM, Urgency.P2)
    assert (report.household_id, report.origin_id) == (world.homes[0].id, world.community.id)
    assert "sốt bao nhiêu độ" in read(world, last(world, world.resident)).text


def test_tapping_illness_twice_is_one_report(world: World) -> None:
    for _ in range(2):
        world.by(world.resident, FileReport, household_id=world.homes[0].id, opened_by="checkin:5")
    assert the_report(world).category is Category.SYMPTOM


def test_staff_report_illness_for_a_home_that_cannot_and_the_desk_works_on_it(world: World) -> None:
    world.by(world.member, FileReport, household_id=world.homes[3].id, opened_by="checkin:9")
    card = world.card(world.member, the_report(world).subject)
    assert isinstance(card, ReportCard)
    assert card.sender is not None
    assert (card.sender.name, card.sender.phone) == (world.homes[3].head, world.homes[3].phone)
    assert not card.sender_reads
    shown = read(world, card).text
    assert "xin gọi điện" in shown
    assert f"báo giúp – {world.member.name}" in shown


def test_people_see_where_their_own_reports_stand(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.resident, ListMyReports)
    listed = last(world, world.resident)
    assert isinstance(listed, OwnReportsListed)
    assert the_report(world).code in read(world, listed).text
    world.by(world.neighbour, ListMyReports)
    assert last(world, world.neighbour) == OwnReportsListed(())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_resident_reads_at_most_five_lines_and_three_short_buttons(world: World, language: str) -> None:
    world.by(world.resident, HearMessage, words=DANGER)
    world.by(world.neighbour, HearMessage, words=HUNGRY)
    world.by(world.neighbour, HearMessage, words="Nhà có năm người")
    report = world.session.query(Report).filter_by(sender_id=world.neighbour.id).one()
    world.by(world.member, TakeReport, report_id=report.id)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã giao 10 kg gạo")
    question = world.card(world.neighbour, report.result_subject)
    world.by(world.neighbour, SayNotHelped, report_id=report.id)
    reopened = world.card(world.neighbour, report.result_subject)
    world.by(world.stranger, HearMessage, words=ILL)
    world.by(world.stranger, HearMessage, words="Cho xin số trạm y tế")
    world.by(world.stranger, ListMyReports)
    said = [told for person in (world.resident, world.neighbour, world.stranger) for told in world.told(person)]
    for notice in [*said, question, reopened]:
        shown = read(world, notice, language)
        assert len(shown.text) <= 280, shown.text
        assert shown.text.count("\n") < 5, shown.text
        assert len(shown.rows) <= 3
        assert all(len(row) == 1 and len(row[0].label) <= 16 for row in shown.rows)


def test_an_edited_message_shows_the_desk_what_it_says_now_and_keeps_what_it_said(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY, message_id=31)
    world.later(timedelta(hours=3))
    world.by(world.resident, HearMessage, words="Nhà tôi xin ít sữa", message_id=31, was_edited=True)
    card = world.card(world.member, the_report(world).subject)
    assert isinstance(card, ReportCard)
    assert (card.words, card.amended) == (HUNGRY, ("Nhà tôi xin ít sữa",))
    assert "Đã sửa: “Nhà tôi xin ít sữa”" in read(world, card).text


def test_an_edit_answers_no_question_that_was_asked_since(world: World) -> None:
    world.by(world.member, HearMessage, words=HUNGRY, message_id=31)
    own = the_report(world)
    world.later(timedelta(minutes=20))
    world.by(world.resident, HearMessage, words=ILL)
    theirs = world.session.query(Report).filter_by(sender_id=world.resident.id).one()
    world.by(world.commander, BeginReply, report_id=theirs.id)
    world.by(world.member, BeginReply, report_id=theirs.id)
    world.by(world.member, HearMessage, words="Nhà tôi xin sữa", message_id=31, was_edited=True)
    assert [step.words for step in world.work().reports.history(own.id)][-1] == "Nhà tôi xin sữa"
    assert not any(isinstance(told, SenderAnswered) for told in world.told(world.resident))


def test_an_edit_that_tells_of_danger_makes_it_urgent(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY, message_id=31)
    world.by(world.resident, HearMessage, words=DANGER, message_id=31, was_edited=True)
    assert the_report(world).urgency is Urgency.P1


def test_a_report_is_withdrawn_from_the_list_and_its_desk_is_rung(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.resident, ListMyReports)
    report = the_report(world)
    (row,) = read(world, last(world, world.resident)).rows
    assert row[0].label == f"Rút {report.code}"
    world.by(world.resident, WithdrawReport, report_id=report.id)
    assert (report.state, report.due_at) == (ReportState.CLOSED, None)
    assert world.work().reports.history(report.id)[-1].step is Step.WITHDRAWN
    rung = last(world, world.member)
    assert isinstance(rung, DeskRung)
    assert rung.ring is Ring.WITHDRAWN
    world.by(world.resident, ListMyReports)
    assert read(world, last(world, world.resident)).rows == ()


def test_whoever_withdrew_by_mistake_goes_on_with_a_tap(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    for _ in range(2):
        world.by(world.resident, WithdrawReport, report_id=report.id)
    assert isinstance(world.card(world.resident, report.result_subject), ReportWithdrawn)
    world.by(world.resident, SayNotHelped, report_id=report.id)
    assert report.state is ReportState.OPEN
    assert isinstance(world.card(world.resident, report.result_subject), ReportReopened)


def test_in_danger_a_withdrawal_closes_nothing_for_somebody_may_have_made_them_tap(world: World) -> None:
    world.by(world.resident, HearMessage, words=DANGER)
    report = the_report(world)
    world.by(world.resident, WithdrawReport, report_id=report.id)
    assert report.state is ReportState.OPEN
    assert report.due_at is not None
    shown = world.card(world.resident, report.result_subject)
    assert isinstance(shown, ReportWithdrawn)
    assert not read(world, shown).rows


def test_nobody_withdraws_what_somebody_else_told(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.neighbour, WithdrawReport, report_id=the_report(world).id)
    assert the_report(world).state is ReportState.OPEN
