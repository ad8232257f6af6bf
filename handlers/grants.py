"""Who holds which role: the list, giving one by a typed line and a tap, and taking one back."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.enrolment import (
    BrowseGrants,
    DeclineProposal,
    EndRole,
    GrantRole,
    IntroduceBot,
    ListGrants,
    OfferMenu,
    ReviewRole,
)
from handlers.commands.reports import ReturnClaims
from models.notices import Notice
from models.notices.grants import (
    GrantRead,
    GrantRefused,
    GrantsShown,
    GrantUnread,
    HeldRole,
    InvitationMade,
    ProposalSettled,
    RoleEnded,
    RoleGranted,
    RoleReceived,
    RoleReviewed,
    RoleWithdrawn,
)
from models.phones import NotAPhone, as_dialled, in_e164
from models.records import InvitationKind, Person, Unit
from models.rules.pages import pages_in
from models.rules.permissions import TypedGrant, may_grant, read_grant
from models.rules.roles import Role
from models.store.people import contacts
from models.work import Work

#: The card on which somebody looks at roles, gives and ends them.
CARD = "grants"
#: How many roles one page lists, and how many people one question offers.
PAGE, MOST_CHOICES = 8, 6
#: Digits of an account's number at most.
LONGEST_ACCOUNT = 16


def list_grants(command: ListGrants, work: Work) -> None:
    """Without words, list who holds which role; with a line such as `0912345678 tổ viên X1-1`, ask to give it."""
    person = work.meet(command)
    if not _units_led_by(person, work):
        _refuse(command, person, work.units.root(), work)
    elif not command.words:
        _show(command, _page(person, 0, work), work, afresh=True)
    else:
        typed = read_grant(command.words)
        answer = _read(typed, command, person, work) if typed else GrantUnread("form")
        if answer is not None:
            _show(command, answer, work, afresh=True)


def browse(command: BrowseGrants, work: Work) -> None:
    """Turn the list to another page."""
    person = work.meet(command)
    if _units_led_by(person, work):
        _show(command, _page(person, max(command.page, 0), work), work)
    else:
        _refuse(command, person, work.units.root(), work)


def review(command: ReviewRole, work: Work) -> None:
    """Show one role with the button that ends it."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if not _may_grant(person, unit, work):
        _refuse(command, person, unit, work)
        return
    holder = work.people.require(command.person_id)
    if command.role in work.people.roles_in(holder.id, unit):
        _show(command, RoleReviewed(_held(holder, command.role, unit), holder.phone), work)
    else:
        _show(command, _page(person, 0, work), work)


def grant(command: GrantRole, work: Work) -> None:
    """Let the person hold the role, and tell both; a person the bot never met gets a link to pass on."""
    actor, unit = work.meet(command), work.units.require(command.unit_id)
    if not _may_grant(actor, unit, work) or command.role is Role.ADMINISTRATOR:
        _refuse(command, actor, unit, work)
        return
    holder = work.people.require(command.person_id)
    if holder.account_id is None and not _may_vouch_for(actor, holder, work):
        _refuse(command, actor, work.units.root(), work)
        return
    was_new = work.people.grant(holder, unit.id, command.role, work.now, by=actor)
    held = _held(holder, command.role, unit)
    if was_new:
        work.done(command, actor, f"person:{holder.id}")
        work.tell_each([holder], RoleReceived(command.role, unit.name, actor.name))
        _let_it_be_seen(holder, unit, work)
    if not _settle_proposal(command, held, work, agreed=True):
        _show(command, RoleGranted(held, was_new), work)
    if holder.account_id is None:
        until = work.now + work.policy.invitation_valid_for
        token = work.invitations.make(InvitationKind.JOIN, person_id=holder.id, expires_at=until)
        work.tell(command.sender.account_id, InvitationMade(holder.name, token, until))


def end(command: EndRole, work: Work) -> None:
    """Take the role back: what the person had taken returns to the queue."""
    actor, unit = work.meet(command), work.units.require(command.unit_id)
    if not _may_grant(actor, unit, work):
        _refuse(command, actor, unit, work)
        return
    holder = work.people.require(command.person_id)
    if work.people.end_grant(holder.id, unit.id, command.role, work.now):
        work.done(command, actor, f"person:{holder.id}")
        work.tell_each([holder], RoleWithdrawn(command.role, unit.name))
        work.also(ReturnClaims(person_id=holder.id, unit_id=unit.id))
        _let_it_be_seen(holder, unit, work)
    _show(command, RoleEnded(_held(holder, command.role, unit)), work)


def decline(command: DeclineProposal, work: Work) -> None:
    """Someone who administers a group does not serve its unit: nobody is asked again."""
    actor, unit = work.meet(command), work.units.require(command.unit_id)
    if not _may_grant(actor, unit, work):
        _refuse(command, actor, unit, work)
        return
    held = _held(work.people.require(command.person_id), Role.TEAM, unit)
    work.done(command, actor, f"person:{command.person_id}")
    _settle_proposal(command, held, work, agreed=False)


def _may_grant(person: Person, unit: Unit, work: Work) -> bool:
    return may_grant(
        commands=work.people.commands_over(person.id, unit),
        is_administrator=work.people.is_administrator(person.id),
        has_commander=bool(work.people.commanders_over(unit)),
    )


def _may_vouch_for(actor: Person, holder: Person, work: Work) -> bool:
    """Whether the actor may hand out the holder's link.

    Whoever follows it becomes the holder, with every role, home and report of theirs: a commander must not turn
    into their superior by granting them a role of their own and keeping the link.
    """
    newest = work.reports.newest_of(holder.id)
    concerned = [
        *(grant.unit_id for grant in work.people.grants_of(holder.id)),
        *(home.unit_id for home in work.people.households_of(holder.id)),
        *([newest.origin_id or newest.holder_id] if newest else []),
    ]
    return all(unit_id is not None and _may_grant(actor, work.units.require(unit_id), work) for unit_id in concerned)


def _units_led_by(person: Person, work: Work) -> Sequence[Unit]:
    """The units in whose subtrees the person sees to roles: those they command; all of them for an administrator."""
    root = work.units.root()
    if root is not None and work.people.is_administrator(person.id):
        return [root]
    return work.people.commanded_by(person.id)


def _refuse(command: FromPerson, person: Person, unit: Unit | None, work: Work) -> None:
    can = contacts(work.people.commanders_over(unit) if unit else (), Role.COMMANDER)
    work.refuse(command, person, f"unit:{unit.id if unit else 0}", GrantRefused(unit.name if unit else "", can))


def _show(command: FromPerson, notice: Notice, work: Work, *, afresh: bool = False) -> None:
    work.show(command.sender.account_id, CARD, notice, afresh=afresh)


def _held(person: Person, role: Role, unit: Unit) -> HeldRole:
    return HeldRole(person.id, person.name, role, unit.id, unit.name)


def _page(person: Person, page: int, work: Work) -> GrantsShown:
    units = _units_led_by(person, work)
    rows = work.people.held_below(units, start=page * PAGE, most=PAGE)
    pages = pages_in(work.people.count_held_below(units), PAGE)
    return GrantsShown(tuple(_held(holder, role, unit) for holder, unit, role in rows), page, pages)


def _read(typed: TypedGrant, command: ListGrants, person: Person, work: Work) -> Notice | None:
    """The question that gives the role at a tap, or what was wrong; None when it was refused."""
    unit = work.units.find_by_code(typed.unit_code)
    if unit is None:
        return GrantUnread("unit", typed.unit_code)
    if not _may_grant(person, unit, work):
        _refuse(command, person, unit, work)
        return None
    people = _people_meant(typed, person, work)
    if not people:
        return GrantUnread("person", typed.number or typed.name)
    shown = people[:MOST_CHOICES]
    # An account's number is no secret; the phone behind it is.
    phones = tuple("" if typed.number == str(each.account_id) else each.phone for each in shown)
    return GrantRead(tuple(_held(each, typed.role, unit) for each in shown), phones)


def _people_meant(typed: TypedGrant, actor: Person, work: Work) -> list[Person]:
    """Whom the number or the name stands for; somebody new for a phone nobody has."""
    if not typed.number:
        units = _units_led_by(actor, work)
        return [person for unit in units for person in work.people.search(typed.name, unit)]
    try:
        phone = in_e164(typed.number)
    except NotAPhone:
        phone = ""
    known = list(work.people.find_by_phone(phone)) if phone else []
    is_account = typed.number.isdecimal() and len(typed.number) <= LONGEST_ACCOUNT
    account = work.people.find_by_account(int(typed.number)) if is_account else None
    if known or account is not None:
        return known or ([account] if account else [])
    return [work.people.add_listed(typed.name or as_dialled(phone), phone)] if phone else []


def _let_it_be_seen(holder: Person, unit: Unit, work: Work) -> None:
    """The person's menu and the unit's pinned card follow their roles."""
    work.also(OfferMenu(person_id=holder.id))
    work.also(IntroduceBot(unit_id=unit.id))


def _settle_proposal(command: FromPerson, held: HeldRole, work: Work, *, agreed: bool) -> bool:
    """Let every card that asked show the answer; whether the tap was on such a card."""
    subject = f"proposal:{held.person_id}:{held.unit_id}"
    for card in work.outbox.cards_about(subject):
        work.show(card.chat_id, subject, ProposalSettled(held, agreed))
    tapped = work.outbox.find_card_by_message(command.place.chat_id, command.message_id or 0)
    return tapped is not None and tapped.subject == subject


STORIES: Stories = {
    ListGrants: list_grants,
    BrowseGrants: browse,
    ReviewRole: review,
    GrantRole: grant,
    EndRole: end,
    DeclineProposal: decline,
}
