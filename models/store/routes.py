"""Every question about the routing table: what was changed in chat counts, then the configuration, then the shipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import ChangedRoute, Person, Report
from models.rules.policy import Policy
from models.rules.reports import Rung, Seat, due_at
from models.rules.routing import HOTLINE_FAULT, SHIPPED, First, Route, route_of
from models.store.known import answer


class Routes:
    """Which way a report goes, and how long each rung may leave it."""

    def __init__(self, session: Session, policy: Policy) -> None:
        self._session = session
        self._policy = policy

    def of(self, report: Report) -> Route:
        """The line a report follows."""
        return self.line(HOTLINE_FAULT if report.is_hotline_fault else report.category.value)

    def line(self, matter: str) -> Route:
        """The line for a matter."""
        return route_of(matter, self._changes(), self._policy.routes, SHIPPED)

    def is_changed(self, matter: str) -> bool:
        """Whether the line was changed in chat."""
        return matter in self._changes()

    def change(self, matter: str, route: Route | None, by: Person, now: datetime) -> None:
        """Let a line be this one from now on; None: as the configuration has it."""
        kept = self._session.get(ChangedRoute, matter)
        if route is None:
            if kept is not None:
                self._session.delete(kept)
        elif kept is None:
            self._session.add(ChangedRoute(matter=matter, route=_written(route), changed_at=now, changed_by_id=by.id))
        else:
            kept.route, kept.changed_at, kept.changed_by_id = _written(route), now, by.id
        self._session.flush()

    def due_at(self, report: Report, seat: Seat, now: datetime) -> datetime:
        """When this desk must have taken the report up."""
        route = self.of(report)
        return due_at(report.urgency, now, self._policy, route.patience.get(self._rung_of(seat)), route.night)

    def _rung_of(self, seat: Seat) -> str:
        if seat.rung is Rung.VILLAGE_HEAD:
            return seat.rung.value
        if seat.rung is Rung.TEAM:
            return First.TEAM.value
        return First.TOP.value if seat.tier_rank == 0 else First.OFFICE.value

    def _changes(self) -> Mapping[str, Route]:
        return answer(self._session, ("changed routes",), [ChangedRoute], self._read_changes)

    def _read_changes(self) -> Mapping[str, Route]:
        rows = self._session.scalars(select(ChangedRoute))
        return {row.matter: msgspec.json.decode(row.route, type=Route) for row in rows}


def _written(route: Route) -> str:
    return msgspec.json.encode(route).decode()
