"""A directive leaves: approved by a commander, at a time, or as an alarm that was asked about twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from handlers.commands.directive_following import ChaseMissing, WithdrawDirective
from handlers.commands.directives import (
    ChooseDeadline,
    DiscardDirective,
    DismissAlarm,
    OfferDirective,
    RaiseAlarm,
    ScheduleDirective,
    SendDirective,
    SendScheduled,
    TypeSendTime,
)
from models.notices import Contact, Notice
from models.notices.directives import (
    AlarmAsked,
    AlarmDecided,
    AlarmGiven,
    DirectingRefused,
    DirectiveGiven,
    DirectiveNotThus,
    DirectiveOffered,
    DirectivePreviewed,
    SendingLapsed,
    SendTimeRefused,
    WordsAsked,
)
from models.records import Directive, Mail, Person, Reach
from models.rules.directives import DirectiveState
from models.rules.mail import Priority
from tests.stories.directive_day import board, card, draft, has_card, open_question, preview
from tests.stories.world import World


def preview_of(world: World, person: Person, directive: Directive) -> DirectivePreviewed:
    shown = world.card(person, f"directive-preview:{directive.id}")
    assert isinstance(shown, DirectivePreviewed)
    return shown


def offered(world: World) -> Directive:
    directive = draft(world, by=world.clerk)
    world.by(world.clerk, OfferDirective, directive_id=directive.id)
    return directive


def test_a_clerk_drafts_and_nothing_leaves_before_the_commander_approves(world: World) -> None:
    directive = draft(world, by=world.clerk)
    assert preview(world, directive).for_clerk
    world.by(world.clerk, ChooseDeadline, directive_id=directive.id, hours=4)
    world.by(world.clerk, SendDirective, directive_id=directive.id)
    assert isinstance(world.told(world.clerk)[-1], DirectingRefused)
    world.by(world.clerk, OfferDirective, directive_id=directive.id)
    to = (Contact("Chỉ huy Huyện", world.commander.phone),)
    assert world.told(world.clerk)[-1] == DirectiveOffered(directive.code, to, reached=True)
    shown = preview_of(world, world.commander, directive)
    assert (shown.by_clerk, shown.for_clerk, shown.state) == ("Văn thư Huyện", False, DirectiveState.OFFERED)
    assert not has_card(world, world.member, directive)


def test_approving_sends_it_in_the_commanders_name_and_both_follow_it(world: World) -> None:
    directive = offered(world)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert card(world, world.member, directive).issuer == Contact("Chỉ huy Huyện", unit="Huyện Mẫu")
    assert preview(world, directive).state is DirectiveState.SENT
    assert world.card(world.commander, f"directive-board:{directive.id}") == board(world, directive)


def test_an_offered_draft_is_the_commanders_to_change_or_to_drop(world: World) -> None:
    directive = offered(world)
    world.by(world.clerk, ChooseDeadline, directive_id=directive.id, hours=4)
    assert isinstance(world.told(world.clerk)[-1], DirectingRefused)
    world.by(world.commander, ChooseDeadline, directive_id=directive.id, hours=4)
    assert preview(world, directive).deadline_at == world.now + timedelta(hours=4)
    world.by(world.commander, DiscardDirective, directive_id=directive.id)
    assert preview(world, directive).state is DirectiveState.DISCARDED


def test_a_clerk_takes_their_own_draft_back(world: World) -> None:
    directive = offered(world)
    world.by(world.clerk, DiscardDirective, directive_id=directive.id)
    assert preview_of(world, world.commander, directive).state is DirectiveState.DISCARDED
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert directive.state is DirectiveState.DISCARDED


def test_when_no_commander_can_be_written_to_the_clerk_knows_whom_to_call(world: World) -> None:
    world.commander.reach = Reach.BLOCKED
    directive = offered(world)
    told = world.told(world.clerk)[-1]
    assert told == DirectiveOffered(directive.code, (Contact("Chỉ huy Huyện", world.commander.phone),), reached=False)


def test_a_clerk_chases_and_does_not_withdraw(world: World) -> None:
    directive = offered(world)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    world.by(world.clerk, ChaseMissing, directive_id=directive.id)
    assert board(world, directive).chases == 1
    world.by(world.clerk, WithdrawDirective, directive_id=directive.id)
    assert directive.state is DirectiveState.SENT


def scheduled(world: World, at: str = "14h chiều nay") -> Directive:
    directive = draft(world)
    world.by(world.commander, ScheduleDirective, directive_id=directive.id)
    assert world.told(world.commander)[-1] == WordsAsked("directive-send-time", directive.code)
    world.by(world.commander, TypeSendTime, directive_id=directive.id, words=at)
    return directive


def test_a_scheduled_directive_leaves_by_itself_and_once(world: World) -> None:
    directive = scheduled(world)
    assert preview(world, directive).send_at == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    world.later(timedelta(hours=4, minutes=59))
    world.do(SendScheduled())
    assert not has_card(world, world.member, directive)
    world.later(timedelta(minutes=1))
    for _ in range(2):
        world.do(SendScheduled())
    assert has_card(world, world.member, directive)
    assert directive.sent_at == world.now
    cards = select(Mail).where(Mail.job == directive.subject, Mail.chat_id == world.member.account_id)
    assert len(world.session.scalars(cards).all()) == 1


def test_a_time_that_is_over_or_after_the_deadline_is_asked_for_again(world: World) -> None:
    for at in ("8h sáng nay", "9h ngày 25/11", "khi nào tiện"):
        directive = scheduled(world, at)
        assert directive.state is DirectiveState.DRAFT
        assert world.told(world.commander)[-1] == SendTimeRefused(directive.code, directive.deadline_at)
        assert open_question(world, world.commander) == ("directive-send-time", {"directive_id": directive.id})


def test_what_an_outage_kept_past_its_deadline_is_a_draft_again_and_its_issuer_hears(world: World) -> None:
    directive = scheduled(world)
    world.later(timedelta(days=2))
    world.do(SendScheduled())
    assert directive.state is DirectiveState.DRAFT
    assert not has_card(world, world.member, directive)
    assert world.told(world.commander)[-1] == SendingLapsed(directive.code)


def test_what_was_scheduled_does_not_leave_once_its_issuer_commands_no_more(world: World) -> None:
    directive = scheduled(world)
    for grant in world.work().people.grants_of(world.commander.id):
        grant.ended_at = world.now
    world.later(timedelta(hours=6))
    world.do(SendScheduled())
    assert directive.state is DirectiveState.DRAFT
    assert not has_card(world, world.member, directive)


def test_a_scheduled_directive_is_cancelled_or_sent_at_once(world: World) -> None:
    dropped, hurried = scheduled(world), scheduled(world)
    world.by(world.commander, DiscardDirective, directive_id=dropped.id)
    world.by(world.commander, SendDirective, directive_id=hurried.id)
    assert has_card(world, world.member, hurried)
    world.later(timedelta(hours=6))
    world.do(SendScheduled())
    assert dropped.state is DirectiveState.DISCARDED
    assert not has_card(world, world.member, dropped)


def alarm_question(world: World, directive: Directive) -> Notice | None:
    return world.card(world.commander, f"directive-alarm:{directive.id}")


def test_an_alarm_is_asked_about_twice_and_then_rings_at_night(world: World) -> None:
    world.later(timedelta(hours=14))
    directive = draft(world)
    for asked in (1, 2):
        world.by(world.commander, RaiseAlarm, directive_id=directive.id, asked=asked - 1)
        assert alarm_question(world, directive) == AlarmAsked(directive.id, directive.code, asked, world.now, 5, 11)
        assert not has_card(world, world.member, directive)
    world.by(world.commander, RaiseAlarm, directive_id=directive.id, asked=2)
    assert alarm_question(world, directive) == AlarmDecided(directive.code, raised=True)
    assert isinstance(card(world, world.member, directive), AlarmGiven)
    assert board(world, directive).is_alarm
    mails = world.session.scalars(select(Mail).where(Mail.job == directive.subject)).all()
    assert {(mail.silent, mail.priority) for mail in mails} == {(False, Priority.ALARM)}


def test_two_taps_on_one_question_confirm_it_once(world: World) -> None:
    directive = draft(world)
    for _ in range(3):
        world.by(world.commander, RaiseAlarm, directive_id=directive.id, asked=1)
    assert directive.state is DirectiveState.DRAFT


def test_without_confirming_it_is_no_alarm(world: World) -> None:
    directive = draft(world)
    world.by(world.commander, RaiseAlarm, directive_id=directive.id, asked=0)
    world.by(world.commander, DismissAlarm, directive_id=directive.id)
    assert alarm_question(world, directive) == AlarmDecided(directive.code, raised=False)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert type(card(world, world.member, directive)) is DirectiveGiven
    world.by(world.commander, RaiseAlarm, directive_id=directive.id, asked=2)
    assert world.told(world.commander)[-1] == DirectiveNotThus(directive.code, DirectiveState.SENT)


def test_only_a_commander_raises_an_alarm(world: World) -> None:
    directive = draft(world, by=world.clerk)
    world.by(world.clerk, RaiseAlarm, directive_id=directive.id, asked=2)
    assert directive.state is DirectiveState.DRAFT
    assert isinstance(world.told(world.clerk)[-1], DirectingRefused)
