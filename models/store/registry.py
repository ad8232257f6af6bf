"""The questions a list asks: whose it may be, and hundreds of places, homes and accounts at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import Session

from models.records import Grant, Household, HouseholdLink, Person, Record, Resident, Unit
from models.rules.households import LISTS_HOMES_BELOW, LISTS_HOMES_HERE
from models.rules.roles import Role


class Registry:
    """The register of units and homes, as an administrator's lists change it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def communities_listed_by(self, person_id: int, tier: str) -> Sequence[Unit]:
        """The communities whose homes this person may list: their own, or all below a unit they lead.

        `tier` is the name of the communities' tier. An administrator lists all.
        """
        held = self._session.execute(
            select(Grant.role, Unit)
            .join(Unit, Unit.id == Grant.unit_id, isouter=True)
            .where(Grant.person_id == person_id, Grant.ended_at.is_(None))
        ).all()
        communities = select(Unit).where(Unit.tier == tier).order_by(Unit.id)
        if not any(role is Role.ADMINISTRATOR for role, _ in held):
            here = [unit.id for role, unit in held if role in LISTS_HOMES_HERE]
            below = [Unit.path.startswith(unit.path) for role, unit in held if role in LISTS_HOMES_BELOW]
            communities = communities.where(or_(false(), Unit.id.in_(here), *below))
        return self._session.scalars(communities).all()

    def homes_in(self, unit_ids: Iterable[int], most: int) -> Sequence[Household]:
        """Up to `most` homes of these communities that are expected, by community and number."""
        return self._session.scalars(
            select(Household)
            .where(Household.unit_id.in_(list(unit_ids)), Household.ended_at.is_(None))
            .order_by(Household.unit_id, func.length(Household.number), Household.number)
            .limit(most)
        ).all()

    def everybody_of(self, household_ids: Iterable[int]) -> Sequence[Resident]:
        """Who lives in these homes or ever did, by home."""
        return self._session.scalars(
            select(Resident)
            .where(Resident.household_id.in_(set(household_ids)))
            .order_by(Resident.household_id, Resident.id)
        ).all()

    def residents_of(self, household_ids: Iterable[int]) -> Sequence[Resident]:
        """Who lives in these homes now, by home."""
        return self._session.scalars(
            select(Resident)
            .where(Resident.household_id.in_(set(household_ids)), Resident.ended_at.is_(None))
            .order_by(Resident.household_id, Resident.id)
        ).all()

    def referred_to(
        self, table: type[Record], ids: Iterable[int], *, apart_from: Collection[type[Record]] = ()
    ) -> set[int]:
        """Those of these rows that any row of any other table names, such as a home that has answered a round."""
        wanted, found = set(ids), set[int]()
        left_out = {record.__table__ for record in apart_from}
        for other in Record.metadata.sorted_tables:
            for column in other.columns if other not in left_out and wanted else ():
                if any(key.column is table.__table__.c.id for key in column.foreign_keys):
                    found.update(self._session.scalars(select(column).where(column.in_(wanted)).distinct()))
        return found

    def units_by_code(self, codes: Iterable[str]) -> dict[str, Unit]:
        """The units with these codes, by code in lower case."""
        wanted = {code.lower() for code in codes}
        units = self._session.scalars(select(Unit).where(func.lower(Unit.code).in_(wanted)))
        return {unit.code.lower(): unit for unit in units}

    def homes_by_place(self, places: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Household]:
        """The homes, moved away or not, by unit id and number as asked for: 12a is 12A."""
        wanted = {(unit_id, number.upper()): (unit_id, number) for unit_id, number in places}
        homes = self._session.scalars(
            select(Household).where(
                Household.unit_id.in_({unit_id for unit_id, _ in wanted}),
                func.upper(Household.number).in_({number for _, number in wanted}),
            )
        )
        found = {(home.unit_id, home.number.upper()): home for home in homes}
        return {wanted[place]: home for place, home in found.items() if place in wanted}

    def people_by_account(self, account_ids: Iterable[int]) -> dict[int, Person]:
        """The people behind these accounts, by account."""
        people = self._session.scalars(select(Person).where(Person.account_id.in_(set(account_ids))))
        return {person.account_id: person for person in people if person.account_id is not None}

    def confirmed_accounts(self, household_ids: Iterable[int]) -> set[tuple[int, int]]:
        """Which account is confirmed to speak for which of these homes: (household id, account)."""
        pairs = self._session.execute(
            select(HouseholdLink.household_id, Person.account_id)
            .join(Person, Person.id == HouseholdLink.person_id)
            .where(HouseholdLink.household_id.in_(set(household_ids)), HouseholdLink.confirmed_at.is_not(None))
        )
        return {(home, account) for home, account in pairs if account is not None}

    def confirm_links(self, pairs: Sequence[tuple[Household, Person]], now: datetime) -> None:
        """Let each account speak for its home, proposed before or not; the list is who confirms it."""
        self._session.flush()
        proposed = self._session.scalars(
            select(HouseholdLink).where(HouseholdLink.household_id.in_({home.id for home, _ in pairs}))
        )
        links = {(link.household_id, link.person_id): link for link in proposed}
        for home, person in pairs:
            link = links.get((home.id, person.id))
            if link is None:
                link = HouseholdLink(household_id=home.id, person_id=person.id, proposed_at=now)
                self._session.add(link)
            link.confirmed_at = now

    def has_children(self, unit: Unit) -> bool:
        return self._session.scalar(select(Unit.id).where(Unit.parent_id == unit.id).limit(1)) is not None

    def move(self, unit: Unit, parent: Unit) -> None:
        """Hang the unit, with everything below it, under another parent."""
        old, new = unit.path, f"{parent.path}{unit.id}/"
        subtree = self._session.scalars(select(Unit).where(Unit.path.startswith(old))).all()
        unit.parent_id = parent.id
        for each in subtree:
            each.path = new + each.path.removeprefix(old)
