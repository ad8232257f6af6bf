"""Codes and invitations: the first administrator, and listed people whose account becomes known."""

from __future__ import annotations

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.enrolment import BecomeAdministrator, JoinByInvitation, OfferMenu
from models.notices.enrolment import AdministratorMade, CodeRefused, CodesPaused, Joined
from models.records import InvitationKind, Person
from models.rules.permissions import TRIES_COUNT_FOR
from models.rules.roles import Role
from models.store.invitations import WRONG_TRY
from models.store.merging import merge
from models.work import Work


def become_administrator(command: BecomeAdministrator, work: Work) -> None:
    """Make whoever sends the first start's code the administrator, once, while there is none."""
    person = work.meet(command)
    if _is_paused(person, work):
        return
    invitation = work.invitations.find_valid(command.code, InvitationKind.ADMINISTRATOR, work.now)
    if invitation is None or work.people.administrators():
        _refuse_code(command, person, work)
        return
    invitation.used_at = work.now
    work.people.grant(person, None, Role.ADMINISTRATOR, work.now, by=None)
    work.done(command, person, f"person:{person.id}")
    work.tell(command.sender.account_id, AdministratorMade(person.name))
    work.also(OfferMenu(person_id=person.id))


def join(command: JoinByInvitation, work: Work) -> None:
    """Tie the account to the listed person: their roles and homes are this account's from now on."""
    person = work.meet(command)
    if _is_paused(person, work):
        return
    invitation = work.invitations.find_valid(command.token, InvitationKind.JOIN, work.now)
    if invitation is None or invitation.person_id is None:
        _refuse_code(command, person, work)
        return
    invitation.used_at = work.now
    listed = work.people.require(invitation.person_id)
    if listed.id != person.id:
        merge(work.session, listed, person)
    work.done(command, person, f"person:{person.id}")
    work.tell(command.sender.account_id, Joined(person.name, work.people.posts_of(person.id)))
    work.also(OfferMenu(person_id=person.id))


def _is_paused(person: Person, work: Work) -> bool:
    """Whether this account has tried too often to be listened to now."""
    return work.invitations.tries_left(person.id, work.now) == 0


def _refuse_code(command: FromPerson, person: Person, work: Work) -> None:
    """Say that the code opens nothing; after the last try also that, and until when, codes are ignored."""
    work.record(WRONG_TRY, person, f"person:{person.id}", refused=True)
    work.session.flush()
    left = work.invitations.tries_left(person.id, work.now)
    work.tell(command.sender.account_id, CodeRefused(left) if left else CodesPaused(work.now + TRIES_COUNT_FOR))


STORIES: Stories = {
    BecomeAdministrator: become_administrator,
    JoinByInvitation: join,
}
