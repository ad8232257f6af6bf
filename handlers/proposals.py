"""Whoever administers a unit's group is proposed as its staff, once, to those who give its roles."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.enrolment import NoteMember
from models.notices.grants import HeldRole, RoleProposed
from models.records import Chat, Person, Unit
from models.rules.roles import Role
from models.work import Work


def note_member(command: NoteMember, work: Work) -> None:
    """Make a group's member known; one who administers it is proposed, and gets nothing by that alone."""
    member = command.member
    if member.is_anonymous or not command.present or command.place.is_private:
        return
    person = work.people.meet(member.account_id, member.name, in_private=False)
    chat = work.chats.find(command.place.chat_id)
    if chat is None or chat.unit_id is None or not command.is_administrator:
        return
    unit = work.units.require(chat.unit_id)
    if not work.people.serves(person.id, unit):
        _propose(person, unit, chat, work)


def _propose(person: Person, unit: Unit, chat: Chat, work: Work) -> None:
    subject = f"proposal:{person.id}:{unit.id}"
    if work.outbox.cards_about(subject):
        return
    role = Role.TEAM if unit.tier == work.policy.tiers.community else Role.OFFICER
    proposed = RoleProposed(HeldRole(person.id, person.name, role, unit.id, unit.name), chat.title or unit.name)
    work.show_each(work.people.commanders_over(unit) or work.people.administrators(), subject, proposed)


STORIES: Stories = {NoteMember: note_member}
