"""The issuer follows a directive: the missing are named and chased, it is corrected, withdrawn, and asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from handlers.commands.directive_following import (
    AcknowledgeDirective,
    AskAboutDirective,
    BeginCorrection,
    BeginWithdrawal,
    ChaseDue,
    ChaseMissing,
    CopyDirective,
    CorrectDirective,
    KeepDirective,
    ListDirectives,
    ListMissingUnits,
    PutQuestion,
    ShowBoard,
    WithdrawDirective,
)
from handlers.commands.directives import ChooseDeadline, SendDirective
from models.notices import Contact, Notice
from models.notices.directive_boards import (
    ChasedRecently,
    DirectivesListed,
    MissingUnitsListed,
    NobodyMissing,
    ProgressCounted,
    WithdrawalAsked,
    WithdrawalDecided,
)
from models.notices.directive_questions import QuestionPassed, QuestionPut, QuestionStranded
from models.notices.directives import (
    DirectingRefused,
    DirectiveCopied,
    DirectiveCorrected,
    DirectiveNotThus,
    UnitsChased,
    UnitsToldOn,
    WordsAsked,
)
from models.notices.enrolment import PrivateChatNeeded
from models.records import AuditEntry, Card, Chat, ChatState, Directive, Mail, MailState, Person, Reach
from models.rules.directives import DirectiveState
from models.rules.other_channels import Channel
from tests.stories.directive_day import WORDS, arrives, board, card, draft, open_question, sent
from tests.stories.world import World

CORRECTED = "Báo về xã trước 16 giờ, không phải 17 giờ."


def chased(world: World, chat: Person | int) -> list[Notice]:
    return [each for each in world.told(chat) if isinstance(each, UnitsChased)]


def due_in_four_hours(world: World) -> Directive:
    directive = draft(world)
    world.by(world.commander, ChooseDeadline, directive_id=directive.id, hours=4)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    return directive


def everyone_acknowledges(world: World, directive: Directive) -> None:
    for person in (world.chair, world.other_chair, world.village_head, world.far_member):
        world.by(person, AcknowledgeDirective, directive_id=directive.id)


def test_the_missing_are_named_with_whom_to_call(world: World) -> None:
    directive = sent(world)
    arrives(world, world.group_of(world.community), directive)
    world.by(world.far_member, AcknowledgeDirective, directive_id=directive.id)
    chat = world.session.get(Chat, world.group_of(world.second_community))
    assert chat is not None
    chat.state = ChatState.LOST
    group = world.group_of(world.district)
    world.by(world.commander, ListMissingUnits, chat_id=group, directive_id=directive.id, page=0)
    listed = world.card(world.commander, f"directive-missing:{directive.id}")
    assert isinstance(listed, MissingUnitsListed)
    assert [each.unit for each in listed.units] == ["Xã Mẫu Một", "Xã Mẫu Hai", "Tổ 1 bản Mẫu", "Tổ 2 bản Mẫu"]
    first, second = listed.units[2:]
    assert (first.delivered, first.has_group) == (True, True)
    assert (second.delivered, second.has_group) == (False, False)
    assert second.contacts == (Contact("Trưởng bản Mẫu", world.village_head.phone),)


def test_a_long_list_of_the_missing_comes_in_pages(world: World) -> None:
    units = world.work().units
    for number in range(70):
        units.add(f"N{number}", f"Tổ {number} bản Đông", "community", world.commune)
    directive = sent(world)
    world.by(world.commander, ListMissingUnits, directive_id=directive.id, page=1)
    listed = world.card(world.commander, f"directive-missing:{directive.id}")
    assert isinstance(listed, MissingUnitsListed)
    assert (listed.total, listed.page, listed.pages, len(listed.units)) == (75, 1, 3, 36)


def test_only_who_directs_may_see_who_is_missing(world: World) -> None:
    directive = sent(world)
    world.by(world.officer, ListMissingUnits, directive_id=directive.id, page=0)
    assert isinstance(world.told(world.officer)[-1], DirectingRefused)
    assert world.card(world.officer, f"directive-missing:{directive.id}") is None


def test_the_missing_are_chased_once_at_half_time(world: World) -> None:
    directive = due_in_four_hours(world)
    world.by(world.village_head, AcknowledgeDirective, directive_id=directive.id)
    world.later(timedelta(hours=1, minutes=59))
    world.do(ChaseDue())
    assert chased(world, world.far_member) == []
    world.later(timedelta(minutes=1))
    world.do(ChaseDue())
    world.do(ChaseDue())
    assert len(chased(world, world.far_member)) == 1
    assert len(chased(world, world.group_of(world.far_community))) == 1
    assert chased(world, world.group_of(world.community)) == []
    assert chased(world, world.member) == []
    assert board(world, directive).chased_at == world.now


def test_when_the_deadline_is_over_whoever_is_above_the_missing_hears_of_it_once(world: World) -> None:
    directive = due_in_four_hours(world)
    for person in (world.village_head, world.chair):
        world.by(person, AcknowledgeDirective, directive_id=directive.id)
    world.later(timedelta(hours=4))
    for _ in range(3):
        world.do(ChaseDue())
    late = UnitsToldOn(directive.code, "Huyện Mẫu", directive.deadline_at, ("Tổ 1 bản Xa",))
    assert [each for each in world.told(world.other_chair) if isinstance(each, UnitsToldOn)] == [late]
    assert replace(late, units=("Xã Mẫu Hai",)) in world.told(world.commander)
    assert not [each for each in world.told(world.chair) if isinstance(each, UnitsToldOn)]
    assert board(world, directive).told_on_at == world.now


def test_nobody_is_told_on_when_all_have_acknowledged(world: World) -> None:
    directive = due_in_four_hours(world)
    everyone_acknowledges(world, directive)
    world.later(timedelta(hours=5))
    world.do(ChaseDue())
    assert not [each for each in world.told(world.commander) if isinstance(each, UnitsToldOn)]
    assert board(world, directive).told_on_at is None


def test_only_those_who_act_for_a_unit_are_chased_in_private(world: World) -> None:
    directive = due_in_four_hours(world)
    world.by(world.commander, ChaseMissing, directive_id=directive.id)
    assert chased(world, world.chair)
    assert chased(world, world.health) == []


def test_nobody_is_chased_at_night(world: World) -> None:
    world.later(timedelta(hours=7))
    directive = sent(world)
    assert directive.chase_at == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def test_a_chase_by_hand_reaches_the_missing_at_most_once_an_hour(world: World) -> None:
    directive = sent(world)
    first_at = world.now
    world.by(world.commander, ChaseMissing, directive_id=directive.id)
    world.later(timedelta(minutes=20))
    world.by(world.commander, ChaseMissing, directive_id=directive.id)
    again_at = first_at + timedelta(hours=1)
    assert world.told(world.commander)[-1] == ChasedRecently(directive.code, first_at, again_at)
    world.later(timedelta(minutes=40))
    world.by(world.commander, ChaseMissing, directive_id=directive.id)
    assert len(chased(world, world.far_member)) == 2


def test_nobody_is_chased_when_all_have_acknowledged(world: World) -> None:
    directive = sent(world)
    everyone_acknowledges(world, directive)
    world.by(world.commander, ChaseMissing, directive_id=directive.id)
    assert world.told(world.commander)[-1] == NobodyMissing(directive.code)
    assert chased(world, world.member) == []


def test_who_became_reachable_since_gets_the_card_when_chased(world: World) -> None:
    world.far_member.reach = Reach.BLOCKED
    directive = sent(world)
    assert world.card(world.far_member, f"directive:{directive.id}") is None
    world.far_member.reach = Reach.REACHABLE
    world.by(world.commander, ChaseMissing, directive_id=directive.id)
    assert world.card(world.far_member, f"directive:{directive.id}") is not None


def test_a_correction_changes_every_card_and_rings_once(world: World) -> None:
    directive = sent(world)
    group = world.group_of(world.community)
    arrives(world, group, directive)
    world.by(world.commander, BeginCorrection, directive_id=directive.id)
    assert open_question(world, world.commander) == ("directive-correction", {"directive_id": directive.id})
    assert world.told(world.commander)[-1] == WordsAsked("directive-correction", directive.code)
    world.by(world.commander, CorrectDirective, directive_id=directive.id, words=CORRECTED)
    for chat in (group, world.far_member):
        assert card(world, chat, directive).correction == CORRECTED
        assert card(world, chat, directive).corrected_at == world.now
    assert DirectiveCorrected(directive.code) in world.told(group)
    assert DirectiveCorrected(directive.code) not in world.told(world.far_member)


def test_a_withdrawal_is_asked_once_more(world: World) -> None:
    directive = sent(world)
    world.by(world.commander, BeginWithdrawal, directive_id=directive.id)
    question = f"directive-withdrawal:{directive.id}"
    assert world.card(world.commander, question) == WithdrawalAsked(directive.id, directive.code, 5, 0)
    world.by(world.commander, KeepDirective, directive_id=directive.id)
    assert world.card(world.commander, question) == WithdrawalDecided(directive.code, withdrawn=False)
    assert directive.state is DirectiveState.SENT


def test_a_withdrawal_stops_what_is_unsent_and_marks_what_was_sent(world: World) -> None:
    directive = sent(world)
    group = world.group_of(world.community)
    arrives(world, group, directive)
    settle_first_mail(world, group)
    world.by(world.commander, WithdrawDirective, directive_id=directive.id)
    assert card(world, group, directive).withdrawn_at == world.now
    assert board(world, directive).withdrawn_at == world.now
    waiting = world.session.scalars(select(Mail).where(Mail.state == MailState.WAITING)).all()
    assert {mail.chat_id for mail in waiting if mail.subject == f"directive:{directive.id}"} == {group}


def settle_first_mail(world: World, chat_id: int) -> None:
    mail = world.session.scalar(select(Mail).where(Mail.chat_id == chat_id, Mail.card_id.is_not(None)))
    assert mail is not None
    mail.state = MailState.SENT


def test_an_acknowledgement_after_the_withdrawal_is_answered_so(world: World) -> None:
    directive = sent(world)
    world.by(world.commander, WithdrawDirective, directive_id=directive.id)
    world.by(world.member, AcknowledgeDirective, directive_id=directive.id)
    assert world.told(world.member)[-1] == DirectiveNotThus(directive.code, DirectiveState.WITHDRAWN)
    assert board(world, directive).acknowledged == 0


def test_a_withdrawn_directive_is_chased_and_corrected_no_more(world: World) -> None:
    directive = due_in_four_hours(world)
    world.by(world.commander, WithdrawDirective, directive_id=directive.id)
    world.later(timedelta(hours=3))
    world.do(ChaseDue())
    assert chased(world, world.member) == []
    world.by(world.commander, CorrectDirective, directive_id=directive.id, words=CORRECTED)
    assert world.told(world.commander)[-1] == DirectiveNotThus(directive.code, DirectiveState.WITHDRAWN)
    assert directive.correction == ""


def test_another_units_commander_may_not_withdraw_it(world: World) -> None:
    directive = sent(world)
    world.by(world.chair, WithdrawDirective, directive_id=directive.id)
    assert directive.state is DirectiveState.SENT
    refused = world.session.scalars(select(AuditEntry.action).where(AuditEntry.refused)).all()
    assert refused == ["WithdrawDirective"]


def test_a_question_goes_to_the_issuer_with_who_asks(world: World) -> None:
    directive = sent(world)
    group = world.group_of(world.community)
    world.by(world.member, AskAboutDirective, chat_id=group, directive_id=directive.id)
    assert open_question(world, world.member) == ("directive-question", {"directive_id": directive.id})
    world.by(world.member, PutQuestion, directive_id=directive.id, words="Có cần báo người đi chợ không?")
    asker = Contact("Tổ viên Một", world.member.phone, unit="Tổ 1 bản Mẫu")
    put = QuestionPut(directive.code, asker, "Có cần báo người đi chợ không?")
    assert world.told(world.commander)[-1] == put
    passed = QuestionPassed(directive.code, Contact("Chỉ huy Huyện", world.commander.phone))
    assert world.told(world.member)[-1] == passed


def test_whoever_cannot_be_written_to_is_led_to_private_chat_once(world: World) -> None:
    directive = sent(world)
    group = world.group_of(world.community)
    newcomer = world.person("Người mới")
    newcomer.reach = Reach.NEVER_STARTED
    for _ in range(2):
        world.by(newcomer, AskAboutDirective, chat_id=group, directive_id=directive.id)
    assert world.told(group) == [PrivateChatNeeded(f"ask-{directive.id}")]


def test_a_question_whose_issuer_cannot_be_written_to_says_whom_to_call(world: World) -> None:
    directive = sent(world)
    world.commander.reach = Reach.BLOCKED
    world.by(world.member, PutQuestion, directive_id=directive.id, words="Hạn đến khi nào?")
    stranded = QuestionStranded(directive.code, (Contact("Chỉ huy Huyện", world.commander.phone),))
    assert world.told(world.member)[-1] == stranded


def test_open_directives_are_listed_with_their_boards(world: World) -> None:
    directive = sent(world)
    withdrawn = sent(world)
    world.by(world.commander, WithdrawDirective, directive_id=withdrawn.id)
    second = world.person("Phó Chỉ huy Huyện")
    world.by(second, ListDirectives)
    assert isinstance(world.told(second)[-1], DirectingRefused)
    world.by(world.commander, ListDirectives)
    listed = world.told(world.commander)[-1]
    assert isinstance(listed, DirectivesListed)
    assert [each.directive_id for each in listed.directives] == [directive.id]


def test_a_board_shown_again_elsewhere_is_as_live_as_the_first(world: World) -> None:
    directive = sent(world)
    group = world.group_of(world.district)
    world.by(world.commander, ShowBoard, chat_id=group, directive_id=directive.id)
    world.by(world.far_member, AcknowledgeDirective, directive_id=directive.id)
    shown = world.card(group, f"directive-board:{directive.id}")
    assert isinstance(shown, ProgressCounted)
    assert shown.acknowledged == board(world, directive).acknowledged == 1


def test_many_taps_leave_one_edit_waiting(world: World) -> None:
    directive = sent(world)
    everyone_acknowledges(world, directive)
    boards = select(Card.id).where(Card.subject == f"directive-board:{directive.id}")
    waiting = select(Mail.id).where(Mail.card_id.in_(boards), Mail.state == MailState.WAITING)
    assert len(world.session.scalars(waiting).all()) == 1


def test_staff_take_it_to_other_channels_in_private_and_neighbours_do_not(world: World) -> None:
    directive = sent(world)
    group = world.group_of(world.commune)
    for channel in Channel:
        world.by(world.member, CopyDirective, chat_id=group, directive_id=directive.id, channel=channel)
        copied = world.told(world.member)[-1]
        assert copied == DirectiveCopied(directive.code, channel, "Huyện Mẫu", WORDS, "", directive.deadline_at)
    world.by(world.resident, CopyDirective, directive_id=directive.id, channel=Channel.ZALO)
    assert isinstance(world.told(world.resident)[-1], DirectingRefused)


def test_a_draft_is_copied_by_nobody_below(world: World) -> None:
    directive = draft(world)
    world.by(world.member, CopyDirective, directive_id=directive.id, channel=Channel.ZALO)
    assert isinstance(world.told(world.member)[-1], DirectingRefused)
