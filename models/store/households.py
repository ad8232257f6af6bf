"""Every question about homes and the accounts that speak for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Household, HouseholdEvent, HouseholdLink, Person, Unit
from models.rules.households import HouseholdStep, by_number
from models.rules.words import fold
from models.store.missing import NotThere


class Households:
    """The list of homes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require(self, household_id: int) -> Household:
        """The home. Raises NotThere when there is none."""
        household = self._session.get(Household, household_id)
        if household is None:
            raise NotThere(f"no household {household_id}")
        return household

    def standing_for(self, household_id: int) -> Household:
        """The home, or the one it has gone up in since. Raises NotThere when there is none."""
        home = self.require(household_id)
        return self.standing_for(home.merged_into_id) if home.merged_into_id is not None else home

    def find(self, unit_id: int, number: str) -> Household | None:
        return self._session.scalar(select(Household).where(Household.unit_id == unit_id, Household.number == number))

    def of_unit(self, unit_id: int) -> Sequence[Household]:
        """The active homes of a community in walking order, that of its list: 2 before 10, 12A right after 12."""
        homes = self._session.scalars(
            select(Household).where(Household.unit_id == unit_id, Household.ended_at.is_(None))
        )
        return sorted(homes, key=lambda home: by_number(home.number))

    def move_out(self, home: Household, by: Person, now: datetime) -> None:
        """The home moved away: it stays in the register and is expected no more."""
        home.ended_at = now
        moved = HouseholdEvent(household_id=home.id, at=now, step=HouseholdStep.MOVED_OUT, by_id=by.id)
        self._session.add(moved)

    def search(self, words: str, within: Unit, most: int) -> Sequence[Household]:
        """The active homes of a subtree with this number, or whose head's name has these words, however typed."""
        homes = self._session.scalars(
            select(Household)
            .join(Unit, Unit.id == Household.unit_id)
            .where(Unit.path.startswith(within.path), Household.ended_at.is_(None))
            .order_by(Unit.id, Household.id)
        )
        wanted = fold(words).strip()
        found = (home for home in homes if wanted and (home.number.lower() == wanted or wanted in fold(home.head)))
        return list(islice(found, most))

    def find_link(self, household_id: int, person_id: int) -> HouseholdLink | None:
        return self._session.scalar(
            select(HouseholdLink).where(
                HouseholdLink.household_id == household_id, HouseholdLink.person_id == person_id
            )
        )

    def link(
        self,
        household: Household,
        person: Person,
        now: datetime,
        *,
        confirmed: bool,
        by: Person | None = None,
    ) -> HouseholdLink:
        """Let the account speak for the home, or propose that it may."""
        link = self.find_link(household.id, person.id)
        if link is None:
            link = HouseholdLink(household_id=household.id, person_id=person.id, proposed_at=now)
            self._session.add(link)
        if confirmed and link.confirmed_at is None:
            link.confirmed_at, link.confirmed_by_id = now, by.id if by else None
        return link

    def unlink(self, link: HouseholdLink) -> None:
        """The account does not speak for the home after all."""
        self._session.delete(link)
