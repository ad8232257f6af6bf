"""A district of any size, written straight into the tables: what the benchmarks of check-ins live in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, insert

from models.records import Chat, Grant, Household, HouseholdLink, Person, Reach, Record, Unit
from models.rules.policy import Policy
from models.rules.roles import Role

HOMES_EACH = 40  #: Homes of a community, as the founding order has it.
COMMUNITIES_EACH = 20  #: Communities of a commune.
PRIVATELY_EVERY = 10
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  #: Nine o'clock in the district.
COMMANDER = 1  #: The account that commands the district.
POLICY = Policy()

Rows = Iterable[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Register:
    """How many there are of everything; ids follow from the numbers, so that nothing need be read back."""

    homes: int
    homes_each: int = HOMES_EACH
    privately_every: int = PRIVATELY_EVERY  #: One home in so many asks for a message of its own.

    @property
    def communities(self) -> range:
        """The ids of the communities; the district is 1, its communes follow."""
        first = 2 + self._communes
        return range(first, first + -(-self.homes // self.homes_each))

    @property
    def households(self) -> range:
        return range(1, self.homes + 1)

    @property
    def _communes(self) -> int:
        return -(-self.homes // (self.homes_each * COMMUNITIES_EACH))

    def community_of(self, household: int) -> int:
        return self.communities[(household - 1) // self.homes_each]

    def commune_of(self, community: int) -> int:
        return 2 + (community - self.communities.start) // COMMUNITIES_EACH

    def write(self, engine: Engine) -> None:
        """Fill an empty, migrated database."""
        with engine.begin() as connection:
            _write(connection, Unit, self._units())
            _write(connection, Chat, self._groups())
            _write(connection, Person, self._people())
            _write(connection, Grant, self._grants())
            _write(connection, Household, self._households())
            _write(connection, HouseholdLink, self._links())

    def _units(self) -> Iterator[dict[str, Any]]:
        tiers = POLICY.tiers.names
        yield _unit(1, "Huyện Mẫu", tiers[0], None, "/1/")
        for commune in range(2, 2 + self._communes):
            yield _unit(commune, f"Xã {commune}", tiers[1], 1, f"/1/{commune}/")
        for community in self.communities:
            commune = self.commune_of(community)
            yield _unit(community, f"Tổ {community}", tiers[2], commune, f"/1/{commune}/{community}/")

    def _groups(self) -> Iterator[dict[str, Any]]:
        for unit in range(1, self.communities.stop):
            yield {"id": group_of(unit), "title": f"Nhóm {unit}", "unit_id": unit, "bound_at": MORNING}

    def _people(self) -> Iterator[dict[str, Any]]:
        """A commander of the district, a member for each team, and one account a home."""
        yield _person(COMMANDER, COMMANDER)
        for unit in self.communities:
            yield _person(member_of(unit), member_of(unit))
        for household in self.households:
            yield _person(account_of(household), account_of(household))

    def _grants(self) -> Iterator[dict[str, Any]]:
        yield _grant(COMMANDER, 1, Role.COMMANDER)
        for unit in self.communities:
            yield _grant(member_of(unit), unit, Role.TEAM)

    def _households(self) -> Iterator[dict[str, Any]]:
        for household in self.households:
            yield {
                "id": household,
                "unit_id": self.community_of(household),
                "number": str((household - 1) % self.homes_each + 1),
                "head": f"Chủ hộ {household}",
                "phone": f"+849{household:08}",
                "prompted_privately": household % self.privately_every == 0,
            }

    def _links(self) -> Iterator[dict[str, Any]]:
        for household in self.households:
            yield {
                "id": household,
                "household_id": household,
                "person_id": account_of(household),
                "proposed_at": MORNING,
                "confirmed_at": MORNING,
            }


def group_of(unit: int) -> int:
    """The chat of a unit's group."""
    return -1_000_000 - unit


def member_of(unit: int) -> int:
    """The one member of a community's team: the person's id and account."""
    return 1_000_000 + unit


def account_of(household: int) -> int:
    """Who speaks for a home: the person's id and account."""
    return 10_000_000 + household


def _unit(unit: int, name: str, tier: str, parent: int | None, path: str) -> dict[str, Any]:
    return {"id": unit, "code": f"U{unit}", "name": name, "tier": tier, "parent_id": parent, "path": path}


def _person(person: int, account: int) -> dict[str, Any]:
    return {"id": person, "account_id": account, "name": f"Người {person}", "reach": Reach.REACHABLE}


def _grant(person: int, unit: int, role: Role) -> dict[str, Any]:
    return {"person_id": person, "unit_id": unit, "role": role, "granted_at": MORNING}


def _write(connection: Connection, record: type[Record], rows: Rows) -> None:
    left = iter(rows)
    while part := list(islice(left, 5_000)):
        connection.execute(insert(record), part)
