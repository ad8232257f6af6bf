"""Every question about shifts that change hands: hand-overs, swaps, and shifts about to end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.records import DutyShift, DutySwap, HandOver
from models.store.missing import NotThere

T = TypeVar("T")


class HandOvers:
    """Who gives a shift to whom."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require(self, hand_over_id: int) -> HandOver:
        """The hand-over. Raises NotThere when there is none."""
        return _there(self._session.get(HandOver, hand_over_id), "hand-over", hand_over_id)

    def require_shift(self, shift_id: int) -> DutyShift:
        """The shift. Raises NotThere when there is none."""
        return _there(self._session.get(DutyShift, shift_id), "shift", shift_id)

    def require_swap(self, swap_id: int) -> DutySwap:
        """The swap. Raises NotThere when there is none."""
        return _there(self._session.get(DutySwap, swap_id), "swap", swap_id)

    def open_of(self, unit_id: int, giver_id: int) -> HandOver | None:
        """What this person has offered and nobody has taken yet; None when nothing."""
        return self._session.scalar(
            select(HandOver).where(
                HandOver.unit_id == unit_id, HandOver.giver_id == giver_id, HandOver.settled_at.is_(None)
            )
        )

    def offer(
        self, unit_id: int, giver_id: int, receiver_id: int, note: str, now: datetime, within: timedelta
    ) -> HandOver:
        """A hand-over that waits to be taken; it replaces an earlier one of the same giver."""
        earlier = self.open_of(unit_id, giver_id)
        if earlier is not None:
            earlier.settled_at, earlier.due_at = now, None
        offered = HandOver(
            unit_id=unit_id,
            giver_id=giver_id,
            receiver_id=receiver_id,
            note=note,
            offered_at=now,
            due_at=now + within,
        )
        self._session.add(offered)
        self._session.flush()
        return offered

    def overdue(self, now: datetime, most: int) -> Sequence[HandOver]:
        """What nobody took in time, the longest overdue first."""
        return self._session.scalars(
            select(HandOver).where(HandOver.due_at <= now).order_by(HandOver.due_at).limit(most)
        ).all()

    def ending(self, soon: datetime, now: datetime, most: int) -> Sequence[DutyShift]:
        """Shifts that are about to end and were not reminded of it, or have ended and were not looked at."""
        return self._session.scalars(
            select(DutyShift)
            .where(
                DutyShift.due_at <= soon,
                DutyShift.starts_at <= now,
                or_(DutyShift.reminded_at.is_(None), DutyShift.due_at <= now),
            )
            .order_by(DutyShift.due_at)
            .limit(most)
        ).all()

    def offer_swap(self, shift: DutyShift, to_id: int, now: datetime) -> DutySwap:
        """A swap that waits for the colleague; it replaces an earlier one of the same shift."""
        for earlier in self._session.scalars(
            select(DutySwap).where(DutySwap.shift_id == shift.id, DutySwap.settled_at.is_(None))
        ):
            earlier.settled_at = now
        swap = DutySwap(shift_id=shift.id, from_id=shift.person_id, to_id=to_id, offered_at=now)
        self._session.add(swap)
        self._session.flush()
        return swap


def _there(found: T | None, what: str, number: int) -> T:
    if found is None:
        raise NotThere(f"no {what} {number}")
    return found
