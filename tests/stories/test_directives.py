"""A commander's directive: seen first as a preview, sent to every unit, answered by those who act for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from handlers.commands import Place, PlaceKind, Sender
from handlers.commands.directive_following import AcknowledgeDirective, FinishDirective
from handlers.commands.directives import (
    ChooseAudience,
    ChooseDeadline,
    DiscardDirective,
    DraftDirective,
    SendDirective,
    ToggleUnit,
    TypeDeadline,
)
from models.notices.directives import (
    AudienceEmpty,
    DeadlineRefused,
    DeadlineSet,
    DirectingRefused,
    OrderPassed,
    WordsAsked,
)
from models.notices.enrolment import PrivateChatNeeded
from models.records import AuditEntry, Chat, ChatState, Directive, Mail
from models.rules.deadlines import Reason
from models.rules.directives import Audience, DirectiveState
from tests.stories.directive_day import (
    ORDER,
    WORDS,
    arrives,
    board,
    card,
    draft,
    has_card,
    newest,
    open_question,
    preview,
    sent,
)
from tests.stories.world import World


def test_a_commander_sees_a_preview_at_once_and_nothing_leaves(world: World) -> None:
    shown = preview(world, draft(world))
    assert shown.words == WORDS
    assert shown.state is DirectiveState.DRAFT
    assert shown.audience is Audience.ALL_GROUPS
    assert shown.deadline_at == world.now + timedelta(hours=24)
    assert (shown.reached.units, shown.reached.groups) == (5, 5)
    assert shown.reached.people == 11
    assert not has_card(world, world.group_of(world.commune), newest(world))


def test_the_preview_is_shown_in_the_group_it_was_typed_in(world: World) -> None:
    group = world.group_of(world.commune)
    world.by(world.chair, DraftDirective, chat_id=group, words=WORDS)
    assert newest(world).chat_id == group
    assert newest(world).unit_id == world.commune.id


def test_a_preview_never_lands_among_the_neighbours(world: World) -> None:
    world.by(world.chair, DraftDirective, chat_id=world.group_of(world.community), words=WORDS)
    assert newest(world).chat_id == world.chair.account_id


def test_the_deadline_is_read_from_the_words(world: World) -> None:
    directive = draft(world, "Báo cáo trước 16 giờ 00 ngày 25/11/2026.")
    assert preview(world, directive).deadline_at == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("who", ["member", "officer", "resident", "stranger"])
def test_whoever_may_not_direct_is_told_in_private_who_can(world: World, who: str) -> None:
    person = getattr(world, who)
    world.by(person, DraftDirective, words=WORDS)
    assert world.session.scalar(select(Directive)) is None
    refused = world.told(person)[-1]
    assert isinstance(refused, DirectingRefused)
    assert refused.commanders
    entry = world.session.scalar(select(AuditEntry).where(AuditEntry.refused))
    assert entry is not None
    assert (entry.action, entry.person_id) == ("DraftDirective", person.id)


def test_the_words_are_asked_for_when_none_were_given(world: World) -> None:
    world.by(world.commander, DraftDirective)
    assert world.told(world.commander) == [WordsAsked("directive-words")]
    assert open_question(world, world.commander) == ("directive-words", {})


def test_a_document_is_for_staff_unless_the_commander_says_otherwise(world: World) -> None:
    directive = sent(world, "", ORDER)
    assert directive.audience is Audience.STAFF_ONLY
    assert has_card(world, world.group_of(world.commune), directive)
    assert has_card(world, world.member, directive)
    assert not has_card(world, world.group_of(world.community), directive)
    assert board(world, directive).places == 5


def test_a_document_is_passed_on_as_it_is_once_a_place(world: World) -> None:
    sent(world, WORDS, ORDER)
    for chat in (world.group_of(world.commune), world.member):
        assert [each for each in world.told(chat) if isinstance(each, OrderPassed)] == [
            OrderPassed("document", "file-1", about=newest(world).code)
        ]


def test_the_commander_chooses_who_receives_it(world: World) -> None:
    directive = draft(world)
    world.by(world.commander, ChooseAudience, directive_id=directive.id, audience=Audience.CHOSEN)
    assert [(pick.name, pick.picked) for pick in preview(world, directive).picks] == [
        ("Xã Mẫu Một", False),
        ("Xã Mẫu Hai", False),
    ]
    world.by(world.commander, ToggleUnit, directive_id=directive.id, unit_id=world.other_commune.id)
    assert preview(world, directive).reached.units == 2
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert has_card(world, world.group_of(world.far_community), directive)
    assert not has_card(world, world.group_of(world.commune), directive)


def test_nothing_is_sent_to_nobody(world: World) -> None:
    directive = draft(world)
    world.by(world.commander, ChooseAudience, directive_id=directive.id, audience=Audience.CHOSEN)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert directive.state is DirectiveState.DRAFT
    assert world.told(world.commander)[-1] == AudienceEmpty(directive.code)


def test_the_deadline_is_picked_with_one_tap_or_typed(world: World) -> None:
    directive = draft(world)
    world.by(world.commander, ChooseDeadline, directive_id=directive.id, hours=4)
    assert preview(world, directive).deadline_at == world.now + timedelta(hours=4)
    world.by(world.commander, ChooseDeadline, directive_id=directive.id, hours=0)
    assert world.told(world.commander)[-1] == WordsAsked("directive-deadline", directive.code)
    world.by(world.commander, TypeDeadline, directive_id=directive.id, words="16 giờ ngày 25/11")
    deadline_at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    assert preview(world, directive).deadline_at == deadline_at
    assert world.told(world.commander)[-1] == DeadlineSet(directive.code, deadline_at)


def test_what_is_no_deadline_is_asked_for_again(world: World) -> None:
    directive = draft(world)
    world.by(world.commander, TypeDeadline, directive_id=directive.id, words="sớm nhất có thể")
    assert world.told(world.commander)[-1] == DeadlineRefused(Reason.NOT_UNDERSTOOD)
    assert open_question(world, world.commander) == ("directive-deadline", {"directive_id": directive.id})


def test_a_cancelled_draft_goes_nowhere(world: World) -> None:
    directive = draft(world)
    world.by(world.commander, DiscardDirective, directive_id=directive.id)
    assert preview(world, directive).state is DirectiveState.DISCARDED
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert directive.state is DirectiveState.DISCARDED


def test_another_commander_may_not_send_it(world: World) -> None:
    directive = draft(world)
    world.by(world.chair, SendDirective, directive_id=directive.id)
    assert directive.state is DirectiveState.DRAFT
    refused = world.told(world.chair)[-1]
    assert isinstance(refused, DirectingRefused)
    assert [each.name for each in refused.commanders] == ["Chỉ huy Huyện"]


def test_every_place_receives_one_card(world: World) -> None:
    directive = sent(world)
    assert card(world, world.group_of(world.community), directive).in_community
    assert not card(world, world.group_of(world.commune), directive).in_community
    assert not card(world, world.member, directive).in_community
    assert [each.unit for each in card(world, world.village_head, directive).units] == [
        "Tổ 1 bản Mẫu",
        "Tổ 2 bản Mẫu",
    ]
    assert not has_card(world, world.resident, directive)


def test_sending_twice_sends_once(world: World) -> None:
    directive = sent(world)
    before = len(world.session.scalars(select(Mail.id).where(Mail.job != "")).all())
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert len(world.session.scalars(select(Mail.id).where(Mail.job != "")).all()) == before


def test_it_arrives_without_a_sound_at_night(world: World) -> None:
    world.later(timedelta(hours=13))
    directive = draft(world)
    assert preview(world, directive).at_night
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert all(world.session.scalars(select(Mail.silent).where(Mail.job == f"directive:{directive.id}")))


def test_a_unit_without_a_group_is_served_through_its_people_and_counted(world: World) -> None:
    chat = world.session.get(Chat, world.group_of(world.community))
    assert chat is not None
    chat.state = ChatState.LOST
    directive = draft(world)
    assert preview(world, directive).reached.without_group.first == ("Tổ 1 bản Mẫu",)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    arrives(world, world.member, directive)
    assert board(world, directive).places == 5
    assert board(world, directive).delivered == 1
    assert board(world, directive).without_group.first == ("Tổ 1 bản Mẫu",)


def test_the_board_counts_what_arrived(world: World) -> None:
    directive = sent(world)
    arrives(world, world.group_of(world.community), directive)
    arrives(world, world.village_head, directive)
    arrives(world, world.member, directive)
    assert (board(world, directive).delivered, board(world, directive).places) == (2, 5)


def test_a_village_head_acknowledges_for_all_their_communities(world: World) -> None:
    directive = sent(world)
    world.later(timedelta(minutes=5))
    world.by(world.village_head, AcknowledgeDirective, directive_id=directive.id)
    for group in (world.group_of(world.community), world.group_of(world.second_community)):
        state = card(world, group, directive).units[0]
        assert (state.acknowledged_at, state.acknowledged_by) == (world.now, "Trưởng bản Mẫu")
    assert board(world, directive).acknowledged == 2
    assert [(line.unit, line.acknowledged, line.places) for line in board(world, directive).lines] == [
        ("Xã Mẫu Một", 2, 3),
        ("Xã Mẫu Hai", 0, 2),
    ]


def test_a_neighbours_tap_is_counted_apart(world: World) -> None:
    directive = sent(world)
    group = world.group_of(world.community)
    for person in (world.resident, world.resident, world.neighbour, world.officer):
        world.by(person, AcknowledgeDirective, chat_id=group, directive_id=directive.id)
    assert card(world, group, directive).seen == 3
    assert card(world, group, directive).units[0].acknowledged_at is None
    assert (board(world, directive).acknowledged, board(world, directive).seen) == (0, 3)
    assert world.told(world.resident) == []


def test_the_first_answer_of_a_unit_stands(world: World) -> None:
    directive = sent(world)
    group = world.group_of(world.community)
    world.by(world.member, AcknowledgeDirective, chat_id=group, directive_id=directive.id)
    first_at = world.now
    world.later(timedelta(minutes=1))
    world.by(world.second_member, AcknowledgeDirective, chat_id=group, directive_id=directive.id)
    state = card(world, group, directive).units[0]
    assert (state.acknowledged_by, state.acknowledged_at) == ("Tổ viên Một", first_at)


def test_done_says_received_as_well(world: World) -> None:
    directive = sent(world)
    world.by(world.far_member, FinishDirective, directive_id=directive.id)
    counted = board(world, directive)
    assert (counted.acknowledged, counted.done) == (1, 1)
    assert card(world, world.group_of(world.far_community), directive).units[0].done_by == "Tổ viên Xa"


def test_an_administrator_who_hides_behind_the_group_is_led_to_private_chat(world: World) -> None:
    group = world.group_of(world.commune)
    sender = Sender(1087968824, "Group", is_anonymous=True)
    place = Place(group, PlaceKind.GROUP)
    world.do(DraftDirective(sender=sender, place=place, words=WORDS))
    assert world.told(group) == [PrivateChatNeeded()]
    assert world.session.scalar(select(Directive)) is None
    assert world.work().people.find_by_account(sender.account_id) is None
