"""Every question about the way up: which desks a report passes, and at which of them somebody sits."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.records import Report, Unit
from models.rules.desks import SITS_AT
from models.rules.reports import Rung, Seat
from models.rules.roles import BESIDE_DESKS
from models.rules.tiers import Tiers
from models.store.people import People
from models.store.units import Units


class Ways:
    """The rungs from the homes to the top."""

    def __init__(self, session: Session, tiers: Tiers) -> None:
        self._session = session
        self._tiers = tiers
        self._units = Units(session)
        self._people = People(session)

    def seats_from(self, unit: Unit) -> list[Seat]:
        """Every desk from the unit's lowest one to the top."""
        return self._own_seats(unit) + [seat for above in self._units.above(unit) for seat in self._own_seats(above)]

    def seat_of(self, report: Report) -> Seat:
        """The desk that holds the report."""
        unit = self._units.require(report.holder_id)
        return Seat(unit.id, report.rung, self._tiers.rank(unit.tier))

    def seats_above(self, report: Report) -> list[Seat]:
        """The desks over the one that holds the report, nearest first."""
        seats = self.seats_from(self._units.require(report.holder_id))
        return seats[seats.index(self.seat_of(report)) + 1 :]

    def way_of(self, report: Report) -> list[Seat]:
        """Every desk a report passes from where it came from to the top."""
        return self.seats_from(self._units.require(report.origin_id or report.holder_id))

    def _own_seats(self, unit: Unit) -> list[Seat]:
        rank = self._tiers.rank(unit.tier)
        if unit.tier == self._tiers.community:
            return [Seat(unit.id, Rung.TEAM, rank), Seat(unit.id, Rung.VILLAGE_HEAD, rank)]
        return [Seat(unit.id, Rung.OFFICE, rank)]

    def seats_of(self, person_id: int) -> list[Seat]:
        """Every desk this person sits at."""
        seats = []
        for grant in self._people.grants_of(person_id):
            unit = self._session.get(Unit, grant.unit_id) if grant.unit_id else None
            seats += [seat for seat in self._own_seats(unit) if grant.role in SITS_AT[seat.rung]] if unit else []
        return seats

    def home_of_staff(self, person_id: int) -> Unit | None:
        """The unit a person serves nearest to the homes; None for those who serve at no desk."""
        seats = self.seats_of(person_id)
        return self._units.require(max(seats, key=lambda seat: seat.tier_rank).unit_id) if seats else None

    def nearest_unit(self, person_id: int) -> Unit | None:
        """The community of a person's home, else the unit they serve, else the one over all."""
        homes = self._people.households_of(person_id)
        if homes:
            return self._units.require(homes[0].unit_id)
        return self.home_of_staff(person_id) or self._units.root()

    def seats_read_by(self, person_id: int) -> list[Seat]:
        """The desks whose reports this person may be given, as reader or spokesperson, though they do not sit there."""
        held = [grant for grant in self._people.grants_of(person_id) if grant.role in BESIDE_DESKS]
        units = self._units.named(grant.unit_id for grant in held if grant.unit_id)
        return [seat for unit in units for seat in self._own_seats(unit) if seat.rung is Rung.OFFICE]
