"""Two rows that turn out to be one person become one row, and nothing either of them did is lost."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.records import Grant, HouseholdLink, Person, Record


def merge(session: Session, listed: Person, known: Person) -> None:
    """Let `known`, whom an account stands behind, be the listed person too; the listed row goes.

    Roles, homes and everything that names the listed person name the known one from then on. The list's name
    and phone are taken over unless the known person came from a list as well, with a phone of their own.
    """
    _settle_grants(session, listed, known)
    _settle_links(session, listed, known)
    session.flush()
    for table in Record.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is Person.__table__.c.id for key in column.foreign_keys):
                session.execute(update(table).where(column == listed.id).values({column: known.id}))
    if not known.phone:
        known.name, known.phone = listed.name, listed.phone
    known.language = known.language or listed.language
    session.delete(listed)
    session.flush()
    # The updates above went past the objects this work has already read.
    session.expire_all()


def _settle_grants(session: Session, listed: Person, known: Person) -> None:
    """Of a role both hold, one row stays, and it has ended only when both had."""
    held = {
        (grant.unit_id, grant.role): grant
        for grant in session.scalars(select(Grant).where(Grant.person_id == known.id))
    }
    for grant in session.scalars(select(Grant).where(Grant.person_id == listed.id)).all():
        twin = held.get((grant.unit_id, grant.role))
        if twin is not None:
            twin.ended_at = twin.ended_at and grant.ended_at
            session.delete(grant)


def _settle_links(session: Session, listed: Person, known: Person) -> None:
    """Of a home both speak for, one row stays, confirmed when either was."""
    linked = {
        link.household_id: link
        for link in session.scalars(select(HouseholdLink).where(HouseholdLink.person_id == known.id))
    }
    for link in session.scalars(select(HouseholdLink).where(HouseholdLink.person_id == listed.id)).all():
        twin = linked.get(link.household_id)
        if twin is not None:
            twin.confirmed_at = twin.confirmed_at or link.confirmed_at
            session.delete(link)
