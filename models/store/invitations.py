"""Single-use links and codes: made once, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from models.records import AuditEntry, ChatPurpose, Invitation, InvitationKind
from models.rules.permissions import CLAIMS_COUNT_FOR, MOST_CLAIMS, MOST_WRONG_TRIES, TRIES_COUNT_FOR

#: Crockford's base 32: no I, L, O or U, which hands and eyes take for 1, 0 and V.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("ILO", "110")

#: A code that a person copies from a screen: 50 random bits, guessed at five tries an hour.
CODE_LETTERS = 10
#: A link that nobody types: 100 random bits.
LINK_LETTERS = 20

#: What is kept of a wrong token somebody tried; counted, so that nobody guesses for long.
WRONG_TRY = "TryWrongToken"
#: What is kept of a home somebody said they live in; counted, so that nobody keeps a team busy with questions.
CLAIM = "ClaimHome"


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
        expires_at: datetime,
    ) -> str:
        """A new invitation until `expires_at`; the token it returns is what the link carries, and is kept nowhere.

        Of the administrator's codes the newest alone opens.
        """
        if kind is InvitationKind.ADMINISTRATOR:
            unused = delete(Invitation).where(Invitation.kind == kind, Invitation.used_at.is_(None))
            self._session.execute(unused)
        length = CODE_LETTERS if kind is InvitationKind.ADMINISTRATOR else LINK_LETTERS
        token = "".join(secrets.choice(ALPHABET) for _ in range(length))
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

    def tries_left(self, person_id: int, now: datetime) -> int:
        """How many more wrong tokens this person may try; 0: theirs are ignored, right or wrong."""
        return max(0, MOST_WRONG_TRIES - self._how_often(WRONG_TRY, person_id, now - TRIES_COUNT_FOR))

    def claims_left(self, person_id: int, now: datetime) -> int:
        """How many more homes this person may say they live in."""
        return max(0, MOST_CLAIMS - self._how_often(CLAIM, person_id, now - CLAIMS_COUNT_FOR))

    def _how_often(self, action: str, person_id: int, since: datetime) -> int:
        """How often it is on record that this person did it since then."""
        done = select(func.count(AuditEntry.id)).where(
            AuditEntry.person_id == person_id, AuditEntry.action == action, AuditEntry.at > since
        )
        return self._session.scalar(done) or 0

    def forget(self, now: datetime, *, most: int) -> None:
        """Delete invitations that were used or have expired, `most` at a time."""
        closed = or_(Invitation.used_at.is_not(None), Invitation.expires_at <= now)
        outdated = select(Invitation.id).where(closed).limit(most)
        self._session.execute(delete(Invitation).where(Invitation.id.in_(outdated)))

    def _open(self, now: datetime) -> tuple[ColumnElement[bool], ...]:
        lasting = or_(Invitation.expires_at.is_(None), Invitation.expires_at > now)
        return (Invitation.used_at.is_(None), lasting)


def hash_of(token: str) -> str:
    """SHA-256 in hex of a token, read as hands type it: in any case, with hyphens, with an O for a 0."""
    typed = "".join(letter for letter in token.upper() if letter.isalnum())
    return hashlib.sha256(typed.translate(_LOOK_ALIKES).encode()).hexdigest()
