"""Which group is whose: binding, introducing, losing, returning, moving, and the register of units."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from sqlalchemy import select

from bot.telegram.buttons import from_data
from bot.telegram.render import Button
from handlers.commands import FromPerson, Place, PlaceKind, Sender
from handlers.commands.enrolment import (
    BindChat,
    BrowseUnits,
    ConfirmBinding,
    Greet,
    IntroduceNewGroups,
    LoseGroup,
    MoveChat,
    NoteOwnMembership,
    NoteTitle,
    OfferBinding,
    ShowUnits,
)
from models.notices import CardPinned, MenuOffered, RightsAsked
from models.notices.binding import (
    BindingConfirmationAsked,
    BindingDone,
    BindingOffered,
    BindingRefused,
    ChatGone,
    CommunityIntroduced,
    GroupBound,
    GroupGreeted,
    GroupLost,
    GroupMet,
    GroupMoved,
    GroupReleased,
    GroupRenamed,
    GroupReturned,
    OfficeIntroduced,
    OnlyAdministrators,
    RebindingAsked,
    UnitsOffered,
    UnitsShown,
)
from models.records import AuditEntry, Card, Chat, ChatState, Directive, Mail, MailState, Person, Unit
from models.rules.directives import Audience
from models.rules.roles import Role
from tests.stories.rendering import labels, read
from tests.stories.world import World

T = TypeVar("T")

NEW_GROUP = -100999


def unbound_community(world: World) -> Unit:
    """A community that has no group yet."""
    unit = world.work().units.add("X2-2", "Tổ 2 bản Xa", "community", world.other_commune)
    world.session.commit()
    return unit


def added(world: World, chat_id: int, *, title: str = "Nhóm mới", **rights: bool) -> None:
    """The service says what the bot is in a group now."""
    world.do(
        NoteOwnMembership(
            sender=Sender(world.account(world.stranger), "Người Lạ"),
            place=Place(chat_id, PlaceKind.GROUP, title),
            **rights,
        )
    )


def told_of_kind(world: World, chat: Person | int, kind: type[T]) -> list[T]:
    return [notice for notice in world.told(chat) if isinstance(notice, kind)]


def link_token(world: World, unit: Unit) -> str:
    world.by(world.administrator, OfferBinding, unit_id=unit.id)
    return told_of_kind(world, world.administrator, BindingOffered)[-1].token


def tap(world: World, person: Person, button: Button) -> None:
    """Let a person tap a button in their private chat."""
    account = world.account(person)
    command = from_data(button.data, Sender(account, person.name), Place(account), None)
    assert isinstance(command, FromPerson)
    world.do(command)


# Offering and following the link.


def test_the_administrator_walks_down_the_tree_to_a_link(world: World) -> None:
    world.by(world.administrator, BindChat)
    top = world.card(world.administrator, "units")
    assert isinstance(top, UnitsOffered)
    assert labels(read(top)) == ["Gắn đơn vị này", "Xã Mẫu Một ✓ ›", "Xã Mẫu Hai ✓ ›"]
    world.by(world.administrator, BrowseUnits, unit_id=world.commune.id, page=0)
    shown = read(world.card(world.administrator, "units"))
    assert "Tổ 1 bản Mẫu ✓" in labels(shown)
    tap(world, world.administrator, shown.rows[1][0])
    offered = told_of_kind(world, world.administrator, BindingOffered)[0]
    (button,) = read(offered).rows[0]
    assert button.url == f"https://t.me/to_covid_bot?startgroup=gan-{offered.token}&admin=pin_messages+delete_messages"
    assert len(f"gan-{offered.token}") <= 64
    assert offered.until == world.now + timedelta(hours=24)


def test_following_the_link_binds_the_group_and_introduces_the_bot(world: World) -> None:
    unit = unbound_community(world)
    world.grant(world.far_member, Role.TEAM, unit)
    token = link_token(world, unit)
    added(world, NEW_GROUP)
    world.by(world.administrator, Greet, chat_id=NEW_GROUP, payload=f"gan-{token}")
    chat = world.work().chats.bound_to(unit.id)
    assert chat is not None
    assert chat.id == NEW_GROUP
    card = world.card(NEW_GROUP, "welcome")
    assert isinstance(card, CommunityIntroduced)
    shown = read(card)
    assert "Tổ: Tổ viên Xa 0" in shown.text
    assert "Tổ không bao giờ hỏi tiền, OTP, số CCCD" in shown.text
    assert [row[0].url for row in shown.rows] == [
        "https://t.me/to_covid_bot?start=baotin",
        "https://t.me/to_covid_bot?start=gap",
    ]
    assert len(shown.text.splitlines()) <= 5
    assert world.session.scalars(select(Card.pinned).where(Card.subject == "welcome")).all() == [True]
    assert BindingDone("Tổ 2 bản Xa", "Nhóm mới") in world.told(world.administrator)
    assert MenuOffered(group="community_group") in world.told(NEW_GROUP)


def test_a_group_bound_by_its_link_is_never_told_that_it_is_nobodys(world: World) -> None:
    unit = unbound_community(world)
    token = link_token(world, unit)
    added(world, NEW_GROUP)
    world.by(world.administrator, Greet, chat_id=NEW_GROUP, payload=f"gan-{token}")
    waiting = world.session.scalars(select(Mail.kind).where(Mail.state == MailState.WAITING)).all()
    assert "GroupGreeted" not in waiting
    assert "GroupMet" not in waiting


def test_a_link_binds_once_and_for_a_day(world: World) -> None:
    unit = unbound_community(world)
    token = link_token(world, unit)
    world.by(world.administrator, BindChat, chat_id=NEW_GROUP, code=token)
    world.work().chats.release(world.session.get_one(Chat, NEW_GROUP))
    world.by(world.administrator, BindChat, chat_id=NEW_GROUP, code=token)
    assert world.work().chats.bound_to(unit.id) is None
    late = link_token(world, unit)
    world.later(timedelta(hours=24))
    world.by(world.administrator, BindChat, chat_id=NEW_GROUP, code=late)
    assert world.work().chats.bound_to(unit.id) is None


def test_the_administrators_link_may_be_followed_by_who_serves_the_unit_but_by_nobody_else(world: World) -> None:
    unit = unbound_community(world)
    token = link_token(world, unit)
    world.by(world.stranger, BindChat, chat_id=NEW_GROUP, code=token)
    assert world.work().chats.bound_to(unit.id) is None
    world.by(world.other_chair, BindChat, chat_id=NEW_GROUP, code=token)
    assert world.work().chats.bound_to(unit.id) is not None


def test_the_units_code_typed_in_the_group_does_the_same(world: World) -> None:
    unit = unbound_community(world)
    world.by(world.administrator, BindChat, chat_id=NEW_GROUP, code="x2-2")
    bound = world.work().chats.bound_to(unit.id)
    assert bound is not None
    assert bound.id == NEW_GROUP


def test_somebody_who_is_no_administrator_is_refused_and_told_in_private_who_is(world: World) -> None:
    world.by(world.member, BindChat, chat_id=NEW_GROUP, code="X1-1")
    refused = told_of_kind(world, world.member, BindingRefused)[0]
    assert "Quản trị" in read(refused).text
    assert world.told(NEW_GROUP) == []
    entry = world.session.scalars(select(AuditEntry).where(AuditEntry.refused)).one()
    assert (entry.action, entry.person_id) == ("BindChat", world.member.id)


def test_a_code_nobody_knows_leads_the_administrator_to_the_list_in_private(world: World) -> None:
    world.by(world.administrator, BindChat, chat_id=NEW_GROUP, code="KHONG-CO")
    offered = world.card(world.administrator, "units")
    assert isinstance(offered, UnitsOffered)
    assert "KHONG-CO" in read(offered).text


def test_an_administrator_who_hides_behind_the_group_is_asked_for_one_tap_in_private(world: World) -> None:
    unit = unbound_community(world)
    added(world, NEW_GROUP)
    world.do(
        BindChat(
            sender=Sender(1087968824, "Group", is_anonymous=True),
            place=Place(NEW_GROUP, PlaceKind.GROUP),
            code="X2-2",
        )
    )
    assert world.work().chats.bound_to(unit.id) is None
    (asked,) = told_of_kind(world, NEW_GROUP, BindingConfirmationAsked)
    url = read(asked).rows[0][0].url
    payload = url.partition("start=")[2]
    world.by(world.stranger, Greet, payload=payload)
    assert world.work().chats.bound_to(unit.id) is None
    world.by(world.administrator, Greet, payload=payload)
    assert world.work().chats.bound_to(unit.id) is not None
    assert world.work().people.find_by_account(1087968824) is None


# Already bound.


def test_a_unit_that_has_a_group_gets_another_only_after_a_private_yes(world: World) -> None:
    old = world.group_of(world.community)
    world.by(world.administrator, BindChat, chat_id=NEW_GROUP, code="X1-1")
    (asked,) = told_of_kind(world, world.administrator, RebindingAsked)
    assert "Nhóm Tổ 1 bản Mẫu" in read(asked).text
    assert world.group_of(world.community) == old
    tap(world, world.administrator, read(asked).rows[0][0])
    assert world.group_of(world.community) == NEW_GROUP
    assert world.card(old, "welcome") == GroupReleased("Tổ 1 bản Mẫu")


def test_a_group_that_is_another_units_says_whose(world: World) -> None:
    unbound_community(world)
    group = world.group_of(world.community)
    world.by(world.administrator, BindChat, chat_id=group, code="X2-2")
    (asked,) = told_of_kind(world, world.administrator, RebindingAsked)
    assert asked.other_unit == "Tổ 1 bản Mẫu"
    assert world.group_of(world.community) == group


def test_a_lost_group_is_replaced_without_asking(world: World) -> None:
    world.do(LoseGroup(chat_id=world.group_of(world.community), reason="deleted"))
    world.by(world.administrator, BindChat, chat_id=NEW_GROUP, code="X1-1")
    assert world.group_of(world.community) == NEW_GROUP


def test_a_group_that_is_gone_cannot_be_confirmed(world: World) -> None:
    world.by(world.administrator, ConfirmBinding, unit_id=world.community.id, group_id=NEW_GROUP, replacing=True)
    assert ChatGone() in world.told(world.administrator)


# Rights.


def test_what_the_bot_lacks_in_a_group_is_said_there_once_with_how_to_mend_it(world: World) -> None:
    unit = unbound_community(world)
    world.by(world.administrator, BindChat, chat_id=NEW_GROUP, code="X2-2")
    assert RightsAsked() in world.told(NEW_GROUP)
    added(world, NEW_GROUP, is_administrator=False)
    bound = world.card(NEW_GROUP, "binding")
    assert isinstance(bound, GroupBound)
    assert "Ghim tin nhắn" in read(bound).text
    added(world, NEW_GROUP, is_administrator=True, may_pin=True, may_delete=True)
    assert world.card(NEW_GROUP, "binding") == GroupBound(unit.name)
    assert len(world.session.scalars(select(Mail).where(Mail.chat_id == NEW_GROUP, Mail.kind == "")).all()) == 2


def test_the_card_is_pinned_as_soon_as_the_bot_may(world: World) -> None:
    group = world.group_of(world.community)
    added(world, group, is_administrator=False)
    welcome = world.session.scalars(select(Card).where(Card.chat_id == group, Card.subject == "welcome")).one()
    welcome.message_id = 77
    added(world, group, is_administrator=True, may_pin=True)
    assert CardPinned(77) in world.told(group)


def test_an_office_group_is_introduced_by_its_own_card(world: World) -> None:
    group = world.group_of(world.commune)
    added(world, group, is_administrator=True)
    assert isinstance(world.card(group, "welcome"), OfficeIntroduced)
    assert MenuOffered(group="office_group") in world.told(group)


def test_groups_bound_by_a_list_are_introduced_once_without_anybody_asking(world: World) -> None:
    for _ in range(2):
        world.do(IntroduceNewGroups())
    for unit in world.work().units.all():
        group = world.group_of(unit)
        assert world.card(group, "welcome") is not None
        assert world.card(group, "binding") is None
        assert told_of_kind(world, group, RightsAsked) == [RightsAsked()]


# Added, muted, removed, back.


def test_a_group_nobody_bound_is_greeted_and_told_to_the_administrator(world: World) -> None:
    added(world, NEW_GROUP, title="Nhóm lạ")
    added(world, NEW_GROUP, title="Nhóm lạ")
    assert world.told(NEW_GROUP) == [GroupGreeted()]
    (met,) = told_of_kind(world, world.administrator, GroupMet)
    assert "Nhóm lạ" in read(met).text


def test_removal_is_told_to_the_administrator_and_the_commander_above_once(world: World) -> None:
    group = world.group_of(world.community)
    for _ in range(2):
        added(world, group, present=False)
    assert world.session.get_one(Chat, group).state is ChatState.LOST
    assert len(told_of_kind(world, world.administrator, GroupLost)) == 1
    assert len(told_of_kind(world, world.chair, GroupLost)) == 1
    assert told_of_kind(world, world.commander, GroupLost) == []
    assert world.work().units.chat_of(world.community.id) is None


def test_a_muted_bot_keeps_quiet_and_asks_for_help_in_private(world: World) -> None:
    group = world.group_of(world.community)
    added(world, group, is_administrator=True)
    added(world, group, may_write=False)
    assert world.session.get_one(Chat, group).state is ChatState.MUTED
    waiting = select(Mail).where(Mail.chat_id == group, Mail.state == MailState.WAITING)
    assert world.session.scalars(waiting).all() == []
    (lost,) = told_of_kind(world, world.administrator, GroupLost)
    assert "quyền gửi tin nhắn" in read(lost).text


def test_on_return_the_card_is_shown_anew_and_the_group_is_the_units_again(world: World) -> None:
    group = world.group_of(world.community)
    added(world, group, is_administrator=True)
    card = world.session.scalars(select(Card).where(Card.chat_id == group, Card.subject == "welcome")).one()
    card.message_id = 5
    added(world, group, present=False)
    added(world, group, is_administrator=True)
    assert world.session.get_one(Chat, group).state is ChatState.PRESENT
    world.session.refresh(card)
    assert card.message_id is None
    assert world.work().outbox.find_waiting_for_card(card.id) is not None
    assert len(told_of_kind(world, world.administrator, GroupReturned)) == 1


# Another id, another title.


def test_a_group_that_became_a_supergroup_goes_on_whichever_message_came_first_and_however_often(
    world: World,
) -> None:
    old, new = world.group_of(world.community), -1001234567890
    world.work().show(old, "round:1", GroupBound("Một bảng"))
    world.session.add(
        Directive(
            code="CD-20417",
            unit_id=world.commune.id,
            issuer_id=world.chair.id,
            chat_id=old,
            audience=Audience.ALL_GROUPS,
            deadline_at=world.now,
            drafted_at=world.now,
        )
    )
    added(world, new, is_administrator=True, title="Nhóm Tổ 1")
    for _ in range(3):
        world.do(MoveChat(old_chat_id=old, new_chat_id=new))
    assert world.session.get(Chat, old) is None
    assert world.group_of(world.community) == new
    assert isinstance(world.card(new, "welcome"), CommunityIntroduced)
    assert world.card(new, "round:1") == GroupBound("Một bảng")
    assert world.session.scalars(select(Mail).where(Mail.chat_id == old)).all() == []
    assert world.session.scalars(select(Directive.chat_id)).all() == [new]
    assert len(told_of_kind(world, world.administrator, GroupMoved)) == 1


def test_a_new_title_is_kept_and_told_when_the_group_is_a_units(world: World) -> None:
    place = Place(world.group_of(world.community), PlaceKind.GROUP, "Tổ 1 thân thương")
    for _ in range(2):
        world.do(NoteTitle(place=place))
    world.do(NoteTitle(place=Place(NEW_GROUP, PlaceKind.GROUP, "Nhóm riêng")))
    assert world.told(world.administrator) == [GroupRenamed("Tổ 1 bản Mẫu", "Tổ 1 thân thương")]


# The register.


def test_the_administrator_sees_what_is_missing_and_what_to_do(world: World) -> None:
    unbound_community(world)
    world.do(LoseGroup(chat_id=world.group_of(world.second_community), reason="kicked"))
    world.by(world.administrator, ShowUnits)
    (shown,) = told_of_kind(world, world.administrator, UnitsShown)
    assert shown.without_group.first == ("Tổ 2 bản Xa",)
    assert shown.silenced.first == ("Tổ 2 bản Mẫu",)
    assert "Tổ 2 bản Mẫu" in shown.not_ready.first
    assert "Tổ 1 bản Mẫu" not in shown.not_ready.first
    text = read(shown).text
    assert "Cấp cộng đồng: 4 đơn vị, 3 có nhóm" in text
    assert "/gannhom" in text
    assert "/phanquyen" in text


def test_the_register_is_the_administrators(world: World) -> None:
    world.by(world.chair, ShowUnits)
    assert told_of_kind(world, world.chair, UnitsShown) == []
    assert len(told_of_kind(world, world.chair, OnlyAdministrators)) == 1
