"""How people to call are named."""

from __future__ import annotations

from collections.abc import Iterable

from bot.telegram.render.base import Reader
from models.notices import Contact
from models.notices.enrolment import Post
from models.phones import as_dialled


def who(contact: Contact, reader: Reader) -> str:
    """A person to call: name, role, unit and phone, as far as they are known; a desk without people is its unit."""
    values = {"name": contact.name, "unit": contact.unit, "phone": as_dialled(contact.phone)}
    if not contact.name:
        return reader.say("reports.unit_only", unit=contact.unit)
    if not contact.role:
        return reader.say("reports.who_without_role", **values) if contact.phone else contact.name
    values["role"] = reader.say(f"role.{contact.role}")
    return reader.say("reports.who" if contact.phone else "reports.who_without_phone", **values)


def post_line(post: Post, reader: Reader) -> str:
    """One role as people say it, with its unit."""
    role = reader.say(f"role.{post.role}")
    return reader.say("enrolment.post", role=role, unit=post.unit) if post.unit else role


def named(people: Iterable[Contact]) -> str:
    """People with their numbers, as they are dialled, in one line."""
    return ", ".join(f"{person.name} {as_dialled(person.phone)}".strip() for person in people)
