"""What the people at a desk can do with a report, and what they cannot."""

from __future__ import annotations

from datetime import timedelta

from handlers.commands.queue import ListQueue
from handlers.commands.reports import (
    AskForHelp,
    BeginReply,
    BeginResult,
    HearMessage,
    KeepHeldNote,
    ResolveReport,
    SendHeldReply,
    TakeReport,
    ViewReport,
)
from models.notices import Notice
from models.notices.desks import (
    AddresseeAsked,
    AlreadySettled,
    AlreadyTaken,
    DeskActed,
    QuestionLapsed,
    ReplyAsked,
    ReportCard,
    ReportRefused,
    SenderMustBeCalled,
    StaffOnly,
)
from models.notices.queues import QueueListed
from models.notices.reports import ReportOutOfReach, ReportTakenUp, SenderAnswered
from models.records import AuditEntry, Card, Chat, ChatPurpose, Person, Reach, Report
from models.rules.reports import Action, ReportState, Step
from tests.stories.reading import last, read, the_report
from tests.stories.world import World

HUNGRY = "Nhà tôi xin ít gạo với thuốc"


def filed(world: World, words: str = HUNGRY) -> Report:
    world.by(world.resident, HearMessage, words=words)
    return the_report(world)


def message_of_card(world: World, person: Person, subject: str) -> int:
    """Let the card have been sent, as the deliverer would; its message id in the person's chat."""
    card = world.session.query(Card).filter_by(chat_id=person.account_id, subject=subject).one()
    card.message_id = 5000 + card.id
    world.session.commit()
    return card.message_id


def kinds(notices: list[Notice]) -> list[str]:
    return [notice.kind for notice in notices]


def test_the_card_offers_what_the_desk_can_do(world: World) -> None:
    report = filed(world)
    shown = read(world, world.card(world.member, report.subject))
    labels = [button.label for row in shown.rows for button in row]
    assert labels == ["Tôi nhận việc", "Trả lời", "Báo cấp trên", "Ghi kết quả", "Việc khác"]


def test_only_a_higher_desk_can_hand_down(world: World) -> None:
    world.by(world.stranger, HearMessage, words=HUNGRY)
    card = world.card(world.district_officer, the_report(world).subject)
    assert isinstance(card, ReportCard)
    assert Action.HAND_DOWN in card.actions
    assert Action.ESCALATE not in card.actions


def test_personal_cards_cannot_be_forwarded(world: World) -> None:
    card = world.card(world.member, filed(world).subject)
    assert card is not None
    assert card.protected


def test_two_taps_take_it_once(world: World) -> None:
    report = filed(world)
    for _ in range(2):
        world.by(world.member, TakeReport, report_id=report.id)
    assert report.taken_by_id == world.member.id
    assert kinds(world.told(world.resident)).count("ReportTakenUp") == 1
    card = world.card(world.second_member, report.subject)
    assert isinstance(card, ReportCard)
    assert card.taken_by is not None
    assert card.taken_by.name == world.member.name
    assert Action.TAKE not in card.actions


def test_a_colleague_who_taps_later_is_told_who_has_it(world: World) -> None:
    report = filed(world)
    world.by(world.member, TakeReport, report_id=report.id)
    world.by(world.second_member, TakeReport, report_id=report.id)
    told = last(world, world.second_member)
    assert isinstance(told, AlreadyTaken)
    assert (told.by.name, told.by.phone) == (world.member.name, world.member.phone)
    assert report.taken_by_id == world.member.id


def test_somebody_else_is_refused_with_whom_to_call_and_it_is_kept(world: World) -> None:
    report = filed(world)
    for command in (TakeReport, BeginReply, BeginResult):
        world.by(world.far_member, command, report_id=report.id)
        told = last(world, world.far_member)
        assert isinstance(told, ReportRefused)
        assert told.holder.name == world.member.name
    assert report.state is ReportState.OPEN
    refusals = world.session.query(AuditEntry).filter_by(person_id=world.far_member.id, refused=True)
    assert [entry.action for entry in refusals] == ["TakeReport", "BeginReply", "BeginResult"]


def test_a_commander_above_may_act_for_the_team(world: World) -> None:
    report = filed(world)
    world.by(world.commander, TakeReport, report_id=report.id)
    assert report.taken_by_id == world.commander.id
    told = last(world, world.resident)
    assert isinstance(told, ReportTakenUp)
    assert told.by.unit == world.district.name


def test_an_officer_above_without_command_may_not_act_before_it_climbs(world: World) -> None:
    report = filed(world)
    world.by(world.officer, TakeReport, report_id=report.id)
    assert isinstance(last(world, world.officer), ReportRefused)


def test_anyone_on_the_way_up_may_take_a_danger(world: World) -> None:
    world.by(world.resident, AskForHelp)
    report = the_report(world)
    world.by(world.health, TakeReport, report_id=report.id)
    assert report.taken_by_id == world.health.id


def test_a_reply_to_a_card_reaches_nobody_before_its_writer_says_whom_it_is_for(world: World) -> None:
    report = filed(world)
    card_message = message_of_card(world, world.member, report.subject)
    before = len(world.told(world.resident))
    world.by(world.member, HearMessage, words="Nhà này hay xin lắm", reply_to_id=card_message)
    asked = last(world, world.member)
    assert asked == AddresseeAsked(report.id, report.code)
    labels = [row[0].label for row in read(world, asked).rows]
    assert labels[:2] == ["Gửi người báo", "Ghi chú nội bộ"]
    assert len(world.told(world.resident)) == before


def test_an_internal_note_stays_at_the_desk(world: World) -> None:
    report = filed(world)
    card_message = message_of_card(world, world.member, report.subject)
    world.by(world.member, HearMessage, words="Nhà này hay xin lắm", reply_to_id=card_message)
    for _ in range(2):
        world.by(world.member, KeepHeldNote, report_id=report.id)
    assert last(world, world.member) == QuestionLapsed()
    notes = [step.words for step in world.work().reports.history(report.id) if step.step is Step.NOTED]
    assert notes == ["Nhà này hay xin lắm"]
    assert "Nhà này hay xin lắm" in read(world, world.card(world.second_member, report.subject)).text
    assert all("hay xin" not in read(world, told).text for told in world.told(world.resident))


def test_what_was_held_goes_to_the_sender_once(world: World) -> None:
    report = filed(world)
    card_message = message_of_card(world, world.member, report.subject)
    world.by(world.member, HearMessage, words="Tổ đến ngay", reply_to_id=card_message)
    for _ in range(2):
        world.by(world.member, SendHeldReply, report_id=report.id)
    answers = [told.words for told in world.told(world.resident) if isinstance(told, SenderAnswered)]
    assert answers == ["Tổ đến ngay"]


def test_further_words_before_the_choice_are_held_with_the_first(world: World) -> None:
    report = filed(world)
    card_message = message_of_card(world, world.member, report.subject)
    world.by(world.member, HearMessage, words="Tổ đến ngay", reply_to_id=card_message)
    world.by(world.member, HearMessage, words="Khoảng 3 giờ chiều")
    world.by(world.member, SendHeldReply, report_id=report.id)
    assert last(world, world.resident).words == "Tổ đến ngay\nKhoảng 3 giờ chiều"  # type: ignore[attr-defined]


def test_answering_takes_the_report_up(world: World) -> None:
    report = filed(world)
    world.by(world.member, BeginReply, report_id=report.id)
    assert last(world, world.member) == ReplyAsked(report.code)
    world.by(world.member, HearMessage, words="Tổ đến ngay")
    assert (report.state, report.taken_by_id) == (ReportState.TAKEN, world.member.id)
    assert DeskActed(report.code, Step.ANSWERED) in world.told(world.member)


def test_the_senders_answer_appears_on_the_card_even_a_day_later(world: World) -> None:
    report = filed(world)
    world.by(world.member, BeginReply, report_id=report.id)
    world.by(world.member, HearMessage, words="Nhà mình có mấy người?")
    world.later(timedelta(hours=30))
    world.by(world.resident, HearMessage, words="Năm người ạ, có hai cháu nhỏ")
    card = world.card(world.member, the_report(world).subject)
    assert isinstance(card, ReportCard)
    assert card.added == ("Năm người ạ, có hai cháu nhỏ",)


def test_whoever_blocked_the_bot_must_be_called(world: World) -> None:
    report = filed(world)
    world.resident.reach = Reach.BLOCKED
    world.by(world.member, BeginReply, report_id=report.id)
    world.by(world.member, HearMessage, words="Tổ đến ngay")
    told = last(world, world.member)
    assert isinstance(told, SenderMustBeCalled)
    assert told.sender.phone == world.resident.phone


def test_a_second_result_changes_nothing(world: World) -> None:
    report = filed(world)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã giao gạo")
    world.by(world.second_member, ResolveReport, report_id=report.id, words="Chưa giao")
    assert report.result == "Đã giao gạo"
    assert last(world, world.second_member) == AlreadySettled(report.code)


def test_a_staff_only_chat_can_be_the_desk(world: World) -> None:
    world.session.add(
        Chat(id=-900, title="Bàn trực", unit_id=world.community.id, purpose=ChatPurpose.DESK, bound_at=world.now)
    )
    world.second_member.reach = Reach.BLOCKED
    world.session.commit()
    report = filed(world)
    assert isinstance(world.card(-900, report.subject), ReportCard)
    assert world.card(world.member, report.subject) is None
    world.by(world.member, TakeReport, report_id=report.id, chat_id=-900)
    assert report.taken_by_id == world.member.id


def test_a_report_about_someone_in_the_staff_chat_goes_round_it(world: World) -> None:
    world.session.add(
        Chat(id=-900, title="Bàn trực", unit_id=world.community.id, purpose=ChatPurpose.DESK, bound_at=world.now)
    )
    world.link(world.member, world.homes[0])
    world.session.commit()
    report = filed(world)
    assert world.card(-900, report.subject) is None
    assert world.card(world.member, report.subject) is None


def test_staff_see_what_waits_for_them_the_most_urgent_first(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.neighbour, HearMessage, words="Mẹ tôi khó thở")
    world.by(world.member, ListQueue)
    listed = world.card(world.member, "queue")
    assert isinstance(listed, QueueListed)
    assert [line.urgency.value for line in listed.lines] == ["P1", "P3"]
    world.by(world.far_member, ListQueue)
    assert world.card(world.far_member, "queue") == QueueListed(())
    world.by(world.resident, ListQueue)
    assert last(world, world.resident) == StaffOnly()


def test_a_danger_stands_in_the_queue_of_every_desk_above(world: World) -> None:
    world.by(world.resident, HearMessage, words="Mẹ tôi khó thở")
    world.by(world.neighbour, HearMessage, words=HUNGRY)
    world.by(world.health, ListQueue)
    listed = world.card(world.health, "queue")
    assert isinstance(listed, QueueListed)
    assert [line.urgency.value for line in listed.lines] == ["P1"]


def test_looking_shows_the_card_again_to_those_who_may_see_it(world: World) -> None:
    report = filed(world)
    world.by(world.chair, ViewReport, report_id=report.id)
    assert isinstance(world.card(world.chair, report.subject), ReportCard)
    world.by(world.neighbour, ViewReport, report_id=report.id)
    assert world.card(world.neighbour, report.subject) is None
    assert isinstance(last(world, world.neighbour), ReportOutOfReach)


def test_the_administrator_of_the_machine_sees_no_reports(world: World) -> None:
    report = filed(world)
    world.by(world.administrator, ViewReport, report_id=report.id)
    assert world.card(world.administrator, report.subject) is None
