"""Every question about check-in plans and the rounds they lead to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from models.records import CheckinPause, CheckinPlan, Household, Person, Round, Unit
from models.rules.plans import Change, Pause, Plan, PlanBook, RoundTimes
from models.rules.rounds import RoundState, RoundStep
from models.store.parts import parts


@dataclass(frozen=True, slots=True)
class LackingRound:
    """A community with homes for which no round is scheduled."""

    unit_id: int
    path: str
    last_day: dt.date | None  #: The day of its newest round; None when it never had one.


class Plans:
    """Wishes, pauses, and the rounds that are scheduled."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def book(self, otherwise: Plan) -> PlanBook:
        """The wishes and the pauses of every unit; `otherwise` holds where nobody wishes anything."""
        pauses: dict[int, tuple[Pause, ...]] = {}
        for row in self._session.scalars(_running().order_by(CheckinPause.id)):
            pauses[row.unit_id] = (*pauses.get(row.unit_id, ()), row.pause)
        wishes = {plan.unit_id: plan.wishes for plan in self._session.scalars(select(CheckinPlan))}
        return PlanBook(otherwise, wishes, pauses)

    def change(self, unit: Unit, change: Change, book: PlanBook, by: Person, now: datetime) -> None:
        """Let the unit wish, pause or go on as the change says."""
        row = self._session.scalar(select(CheckinPlan).where(CheckinPlan.unit_id == unit.id))
        if row is None:
            row = CheckinPlan(unit_id=unit.id)
            self._session.add(row)
        row.wishes = book.changed(unit.id, change).wishes[unit.id]
        if change.resumes:
            for pause in self._session.scalars(_running().where(CheckinPause.unit_id == unit.id)):
                pause.ended_at = now
        if change.pause:
            begun = CheckinPause(unit_id=unit.id, first_day=change.pause.first, last_day=change.pause.last)
            begun.begun_at, begun.begun_by_id = now, by.id
            self._session.add(begun)

    def lacking_rounds(self, tier: str, among: Collection[int] = ()) -> Sequence[LackingRound]:
        """The communities with an active home and no round ahead, by one query; usually none.

        Looked for `among` these units, if any are named.
        """
        scheduled = select(Round.id).where(Round.state == RoundState.SCHEDULED, Round.unit_id == Unit.id)
        has_homes = select(Household.id).where(Household.unit_id == Unit.id, Household.ended_at.is_(None))
        last_day = select(func.max(Round.day)).where(Round.unit_id == Unit.id).scalar_subquery()
        query = select(Unit.id, Unit.path, last_day).where(Unit.tier == tier, ~scheduled.exists(), has_homes.exists())
        if among:
            query = query.where(Unit.id.in_(among))
        rows = self._session.execute(query.order_by(Unit.id))
        return [LackingRound(unit_id, path, day) for unit_id, path, day in rows]

    def schedule(self, times: RoundTimes, unit_ids: Sequence[int]) -> None:
        """Add the coming round of these communities, which all keep the same times."""
        planned = {
            "day": times.day,
            "state": RoundState.SCHEDULED,
            "opens_at": times.opens_at,
            "reminds_at": times.reminds_at,
            "reminds": times.reminds,
            "call_list_at": times.call_list_at,
            "warns_at": times.warns_at,
            "closes_at": times.closes_at,
            "question": times.question,
            "next_step": RoundStep.OPEN,
            "due_at": times.opens_at,
        }
        same = [literal(value, Round.__table__.c[name].type) for name, value in planned.items()]
        for part in parts(unit_ids):
            places = select(Unit.id, *same).where(Unit.id.in_(part))
            self._session.execute(insert(Round).from_select(["unit_id", *planned], places))

    def void_scheduled(self, unit: Unit) -> None:
        """Take back every round in the subtree that has not opened, to be planned anew."""
        places = select(Unit.id).where(Unit.path.startswith(unit.path))
        self._session.execute(
            delete(Round).where(Round.state == RoundState.SCHEDULED, Round.unit_id.in_(places)),
            execution_options={"synchronize_session": "fetch"},
        )

    def open_below(self, unit: Unit) -> Sequence[tuple[Round, Unit]]:
        """The open rounds in the unit's subtree, with their communities."""
        rows = self._session.execute(
            select(Round, Unit)
            .join(Unit, Unit.id == Round.unit_id)
            .where(Round.state == RoundState.OPEN, Unit.path.startswith(unit.path))
            .order_by(Round.id)
        )
        return [(round_, community) for round_, community in rows]


def _running() -> Select[CheckinPause]:
    return select(CheckinPause).where(CheckinPause.ended_at.is_(None))
