"""Every question about the cards of homes: random codes, of which only the hash is kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from models.records import HomeCard, Household
from models.store.invitations import ALPHABET, LINK_LETTERS, hash_of


def new_token() -> str:
    """A code nobody can guess: 100 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LINK_LETTERS))


class HomeCards:
    """Printed cards, and what they open."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, tokens: Iterable[tuple[int, str]], now: datetime) -> None:
        """Let each code open the way to its home."""
        made = [{"household_id": home, "token_hash": hash_of(token), "made_at": now} for home, token in tokens]
        if made:
            self._session.execute(insert(HomeCard), made)

    def find_home(self, token: str) -> Household | None:
        """The home whose card carries this code; None when no card does, or not any more."""
        return self._session.scalar(
            select(Household)
            .join(HomeCard, HomeCard.household_id == Household.id)
            .where(HomeCard.token_hash == hash_of(token), HomeCard.revoked_at.is_(None), Household.ended_at.is_(None))
        )

    def count_open(self, unit_id: int) -> int:
        """How many cards of the community's homes open something."""
        homes = select(Household.id).where(Household.unit_id == unit_id)
        counted = select(func.count(HomeCard.id)).where(HomeCard.household_id.in_(homes), HomeCard.revoked_at.is_(None))
        return self._session.scalar(counted) or 0

    def revoke(self, unit_id: int, now: datetime) -> None:
        """No card printed so far for the community's homes opens anything from now on."""
        homes = select(Household.id).where(Household.unit_id == unit_id)
        self._session.execute(
            update(HomeCard)
            .where(HomeCard.household_id.in_(homes), HomeCard.revoked_at.is_(None))
            .values(revoked_at=now)
        )
