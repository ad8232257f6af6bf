"""Single-use links and codes: made once, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.records import ChatPurpose, Invitation, InvitationKind


class Invitations:
    """The doors that stand open to whoever holds the right link."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def make(
        self,
        kind: InvitationKind,
        *,
        unit_id: int | None = None,
        person_id: int | None = None,
        purpose: ChatPurpose = ChatPurpose.GROUP,
        expires_at: datetime | None = None,
    ) -> str:
        """A new invitation; the token it returns is what the link carries, and is kept nowhere."""
        token = secrets.token_urlsafe(16)
        self._session.add(
            Invitation(
                token_hash=hash_of(token),
                kind=kind,
                unit_id=unit_id,
                person_id=person_id,
                purpose=purpose,
                expires_at=expires_at,
            )
        )
        return token

    def find_valid(self, token: str, kind: InvitationKind, now: datetime) -> Invitation | None:
        """The invitation this token opens: unused and not expired."""
        return self._session.scalar(
            select(Invitation).where(Invitation.token_hash == hash_of(token), Invitation.kind == kind, *self._open(now))
        )

    def has_valid(self, person_id: int, now: datetime) -> bool:
        """Whether a link that was handed out still waits for this person."""
        waiting = select(Invitation.id).where(Invitation.person_id == person_id, *self._open(now)).limit(1)
        return self._session.scalar(waiting) is not None

    def _open(self, now: datetime) -> tuple[ColumnElement[bool], ...]:
        lasting = or_(Invitation.expires_at.is_(None), Invitation.expires_at > now)
        return (Invitation.used_at.is_(None), lasting)


def hash_of(token: str) -> str:
    """SHA-256 in hex of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
