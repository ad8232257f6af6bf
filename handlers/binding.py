"""Which group is whose: offering a link, binding by it or by hand, and introducing the bot on the pinned card."""

from __future__ import annotations

from itertools import islice

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.checkins import RefreshBoard
from handlers.commands.enrolment import (
    BindChat,
    ConfirmBinding,
    FindUnit,
    IntroduceBot,
    IntroduceNewGroups,
    OfferBinding,
)
from models.notices import MenuOffered, Notice, RightsAsked
from models.notices.binding import (
    COMMUNITY_GROUP,
    OFFICE_GROUP,
    BindingConfirmationAsked,
    BindingDone,
    BindingOffered,
    BindingRefused,
    ChatGone,
    CommunityIntroduced,
    GroupBound,
    GroupReleased,
    OfficeIntroduced,
    RebindingAsked,
)
from models.records import Chat, ChatState, Invitation, InvitationKind, Person, Unit
from models.rules.mail import Priority
from models.rules.permissions import may_bind
from models.rules.roles import Role
from models.store.people import contacts
from models.work import Work

#: Subjects of the two cards every bound group has.
BINDING_CARD, WELCOME_CARD = "binding", "welcome"
#: How many of a team, or of those who lead, the pinned card names.
NAMED_ON_CARD = 3


def bind(command: BindChat, work: Work) -> None:
    """In a group: bind it to the unit of the link or code. In private: walk the administrator to the link."""
    if command.place.is_private:
        _lead_to_link(command, work)
        return
    invitation = work.invitations.find_valid(command.code, InvitationKind.BIND, work.now)
    unit = _unit_meant(command.code, invitation, work)
    if command.sender.is_anonymous:
        if unit is not None:
            asked = BindingConfirmationAsked(unit.id, unit.name, command.place.chat_id)
            work.tell(command.place.chat_id, asked)
        return
    person = work.meet(command)
    serves_there = unit is not None and work.people.serves(person.id, unit)
    is_administrator = work.people.is_administrator(person.id)
    if not may_bind(is_administrator=is_administrator, holds_link=invitation is not None, serves_there=serves_there):
        _refuse(command, person, work)
    elif unit is None:
        work.also(FindUnit(sender=command.sender, place=command.place, unknown_code=command.code))
    else:
        _bind_unless_taken(command, person, unit, invitation, work)


def offer(command: OfferBinding, work: Work) -> None:
    """Give the administrator a single-use link that binds a group to the unit within a day.

    The link carries a random token of which only the hash is kept: unlike a signature it can be used up, and
    no key can leak. It opens nothing to people who neither administer the bot nor serve the unit.
    """
    person = work.meet(command)
    if not work.people.is_administrator(person.id):
        _refuse(command, person, work)
        return
    unit, until = work.units.require(command.unit_id), work.now + work.policy.link_valid_for
    token = work.invitations.make(InvitationKind.BIND, unit_id=unit.id, expires_at=until)
    current = work.chats.bound_to(unit.id)
    work.done(command, person, f"unit:{unit.id}")
    work.tell(
        command.sender.account_id,
        BindingOffered(unit.name, unit.code, token, until, _title(current, unit) if current else ""),
    )


def confirm(command: ConfirmBinding, work: Work) -> None:
    """Bind a group at an administrator's private tap: asked by one who hid behind it, or to replace a binding."""
    person = work.meet(command)
    chat, unit = work.chats.find(command.group_id), work.units.require(command.unit_id)
    if not work.people.is_administrator(person.id):
        _refuse(command, person, work)
    elif chat is None or chat.state is ChatState.LOST:
        work.tell(command.sender.account_id, ChatGone())
    elif not command.replacing and _is_taken(chat, unit, work):
        _ask_to_replace(command, chat, unit, work)
    else:
        _bind(command, person, chat, unit, work)


def introduce(command: IntroduceBot, work: Work) -> None:
    """Pin in the unit's group what the bot does there and who the team is; say there what the bot lacks."""
    unit = work.units.require(command.unit_id)
    chat = work.units.chat_of(unit.id)
    if chat is None:
        return
    if chat.is_administrator is None:
        work.tell(chat.id, RightsAsked(), subject=BINDING_CARD, priority=Priority.BULK)
    bound = _bound(chat, unit)
    if bound.lacks_something or work.outbox.find_card(chat.id, BINDING_CARD):
        work.show(chat.id, BINDING_CARD, bound)
    is_new = work.outbox.find_card(chat.id, WELCOME_CARD) is None
    work.show(chat.id, WELCOME_CARD, _introduction(unit, chat, work), pinned=True, afresh=command.afresh)
    if is_new or command.afresh:
        menu = COMMUNITY_GROUP if unit.tier == work.policy.tiers.community else OFFICE_GROUP
        work.tell(chat.id, MenuOffered(group=menu), subject="menu")


def introduce_new_groups(command: IntroduceNewGroups, work: Work) -> None:
    """Introduce the bot in groups that were bound by a list, a few at a time."""
    for chat in work.chats.without_card(WELCOME_CARD, command.most):
        if chat.unit_id is not None:
            work.also(IntroduceBot(unit_id=chat.unit_id))


def _lead_to_link(command: BindChat, work: Work) -> None:
    person = work.meet(command)
    unit = work.units.find_by_code(command.code) if command.code else None
    if not work.people.is_administrator(person.id):
        _refuse(command, person, work)
    elif unit is not None:
        work.also(OfferBinding(sender=command.sender, place=command.place, unit_id=unit.id))
    else:
        work.also(FindUnit(sender=command.sender, place=command.place, unknown_code=command.code))


def _unit_meant(code: str, invitation: Invitation | None, work: Work) -> Unit | None:
    if invitation is not None and invitation.unit_id is not None:
        return work.units.require(invitation.unit_id)
    return work.units.find_by_code(code) if code else None


def _refuse(command: FromPerson, person: Person, work: Work) -> None:
    administrators = contacts(work.people.administrators(), Role.ADMINISTRATOR)
    work.refuse(command, person, f"chat:{command.place.chat_id}", BindingRefused(administrators))


def _bind_unless_taken(
    command: BindChat, person: Person, unit: Unit, invitation: Invitation | None, work: Work
) -> None:
    chat = work.chats.keep(command.place.chat_id, command.place.title)
    if not _is_taken(chat, unit, work):
        if invitation is not None:
            invitation.used_at = work.now
        _bind(command, person, chat, unit, work)
    elif work.people.is_administrator(person.id):
        _ask_to_replace(command, chat, unit, work)
    else:
        _refuse(command, person, work)


def _is_taken(chat: Chat, unit: Unit, work: Work) -> bool:
    """Whether binding would take the chat from another unit, or another chat, not lost, from the unit."""
    current = work.chats.bound_to(unit.id)
    unit_has_another = current is not None and current is not chat and current.state is not ChatState.LOST
    return unit_has_another or chat.unit_id not in (None, unit.id)


def _ask_to_replace(command: FromPerson, chat: Chat, unit: Unit, work: Work) -> None:
    current = work.chats.bound_to(unit.id)
    other_unit = work.units.require(chat.unit_id).name if chat.unit_id not in (None, unit.id) else ""
    other_title = _title(current, unit) if current is not None and current is not chat else ""
    asked = RebindingAsked(unit.id, unit.name, chat.id, chat.title, other_unit, other_title)
    work.tell(command.sender.account_id, asked)


def _bind(command: FromPerson, person: Person, chat: Chat, unit: Unit, work: Work) -> None:
    former = work.chats.bound_to(unit.id)
    if former is not None and former is not chat:
        work.show(former.id, WELCOME_CARD, GroupReleased(unit.name))
    work.chats.bind(chat, unit.id, work.now)
    work.outbox.drop_waiting(work.now, "bound", job=f"unbound:{chat.id}")
    work.done(command, person, f"chat:{chat.id}")
    work.tell(command.sender.account_id, BindingDone(unit.name, chat.title))
    work.show(chat.id, BINDING_CARD, _bound(chat, unit))
    work.also(IntroduceBot(unit_id=unit.id, afresh=True))
    work.also(RefreshBoard(unit_id=unit.id))


def _title(chat: Chat, unit: Unit) -> str:
    """What to call the unit's group; a list that bound it knew no title."""
    return chat.title or unit.name


def _bound(chat: Chat, unit: Unit) -> GroupBound:
    """Whose group it is; a right the service has not told about yet is not missed."""
    return GroupBound(
        unit.name,
        lacks_administrator=chat.is_administrator is False,
        lacks_pin=chat.may_pin is False,
        lacks_delete=chat.may_delete is False,
    )


def _introduction(unit: Unit, chat: Chat, work: Work) -> Notice:
    is_community = unit.tier == work.policy.tiers.community
    roles = (Role.TEAM, Role.VILLAGE_HEAD) if is_community else (Role.COMMANDER, Role.OFFICER)
    people = {person.id: person for role in roles for person in work.people.holding(unit.id, [role])}
    named = contacts(islice(people.values(), NAMED_ON_CARD))
    return CommunityIntroduced(unit.name, named, chat.overhears) if is_community else OfficeIntroduced(unit.name, named)


STORIES: Stories = {
    BindChat: bind,
    OfferBinding: offer,
    ConfirmBinding: confirm,
    IntroduceBot: introduce,
    IntroduceNewGroups: introduce_new_groups,
}
