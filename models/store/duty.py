"""Every question about the roster: who is on duty, until when, who comes next, and where nobody is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.notices.duty import ShiftLine
from models.records import DutyPattern, DutyPost, DutyShift, Grant, HandOver, Person, Unit
from models.rules.desks import AT_A_DESK
from models.rules.duty import Hours, Span, weekly
from models.store.known import answer, every, find_by

#: A unit keeps a roster while a shift of it is no older than this, or a pattern goes on.
KEPT_FOR = timedelta(days=30)
#: The tables that say who is on duty.
_ON_DUTY = (DutyShift, HandOver, Grant)


class Duty:
    """Posts, shifts and the people who stand them."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    # Who is on duty.

    def on_duty(self, unit_id: int) -> list[Person]:
        """Who is on duty now: those whose shift it is, and whoever waits for theirs to be taken over."""
        key = ("on duty", unit_id, self._now)
        return answer(self._session, key, _ON_DUTY, lambda: self._find_on_duty(unit_id))

    def _find_on_duty(self, unit_id: int) -> list[Person]:
        spans = [span for span in self.spans(unit_id, self._now, self._now) if span.covers(self._now)]
        waiting = self._session.scalars(
            select(HandOver.giver_id).where(HandOver.unit_id == unit_id, HandOver.settled_at.is_(None))
        )
        ids = dict.fromkeys([*(span.person_id for span in spans), *waiting])
        serving = self.serving(unit_id) if ids else {}
        return [serving[each] for each in ids if each in serving]

    def is_on_duty(self, person_id: int, unit_id: int) -> bool:
        return any(person.id == person_id for person in self.on_duty(unit_id))

    def spans(self, unit_id: int, start: datetime, end: datetime) -> list[Span]:
        """The shifts that touch this stretch, of people who still serve there, in their order."""
        shifts = self.shifts(unit_id, start, end)
        serving = self.serving(unit_id) if shifts else {}
        return [Span(shift.person_id, shift.starts_at, shift.ends_at) for shift in shifts if shift.person_id in serving]

    def shifts(self, unit_id: int, start: datetime, end: datetime) -> Sequence[DutyShift]:
        """The unit's shifts that touch this stretch, in their order."""
        return self._session.scalars(
            select(DutyShift)
            .where(
                DutyShift.unit_id == unit_id,
                DutyShift.ends_at > start,
                DutyShift.starts_at <= end,
                DutyShift.cancelled_at.is_(None),
            )
            .order_by(DutyShift.starts_at, DutyShift.id)
        ).all()

    def shifts_of(self, person_id: int, most: int) -> Sequence[DutyShift]:
        """A person's shifts that have not ended, the next first."""
        return self._session.scalars(
            select(DutyShift)
            .where(DutyShift.person_id == person_id, DutyShift.ends_at > self._now, DutyShift.cancelled_at.is_(None))
            .order_by(DutyShift.starts_at)
            .limit(most)
        ).all()

    def units_on_duty(self, person_id: int) -> list[int]:
        """Where this person is on duty now."""
        shifts = self._session.scalars(
            select(DutyShift.unit_id).where(
                DutyShift.person_id == person_id,
                DutyShift.starts_at <= self._now,
                DutyShift.ends_at > self._now,
                DutyShift.cancelled_at.is_(None),
            )
        )
        giving = self._session.scalars(
            select(HandOver.unit_id).where(HandOver.giver_id == person_id, HandOver.settled_at.is_(None))
        )
        return [unit_id for unit_id in dict.fromkeys([*shifts, *giving]) if self.is_on_duty(person_id, unit_id)]

    def serving(self, unit_id: int) -> dict[int, Person]:
        """Everyone who sits at a desk of the unit, by their number."""
        people = self._session.scalars(
            select(Person)
            .join(Grant, Grant.person_id == Person.id)
            .where(Grant.unit_id == unit_id, Grant.role.in_(list(AT_A_DESK)), Grant.ended_at.is_(None))
            .order_by(Person.id)
        )
        return {person.id: person for person in people}

    def rostered(self) -> Sequence[Unit]:
        """The units that keep a roster: somebody must be on duty there, day and night."""
        planned = select(DutyPattern.unit_id).where(DutyPattern.ended_at.is_(None))
        recent = select(DutyShift.unit_id).where(
            DutyShift.ends_at > self._now - KEPT_FOR, DutyShift.cancelled_at.is_(None)
        )
        return self._session.scalars(
            select(Unit).where(or_(Unit.id.in_(planned), Unit.id.in_(recent))).order_by(Unit.id)
        ).all()

    def line_of(self, shift: DutyShift) -> ShiftLine:
        """A shift as a roster says it."""
        who = self._session.get_one(Person, shift.person_id)
        unit = self._session.get_one(Unit, shift.unit_id)
        return ShiftLine(
            shift.id, who.name, shift.starts_at, shift.ends_at, is_weekly=shift.pattern_id is not None, unit=unit.name
        )

    def bare_since(self, unit_id: int) -> datetime:
        """When the last shift before now ended, in the time a roster is kept for; now when there was none."""
        last = max((span.ends_at for span in self.spans(unit_id, self._now - KEPT_FOR, self._now)), default=self._now)
        return min(last, self._now)

    # Posts and handsets.

    def post_of(self, unit_id: int) -> DutyPost | None:
        return next((post for post in every(self._session, DutyPost) if post.unit_id == unit_id), None)

    def keep_post(self, unit_id: int) -> DutyPost:
        """The unit's post, made when it has none."""
        post = self.post_of(unit_id)
        if post is None:
            post = DutyPost(unit_id=unit_id, place="", phone="")
            self._session.add(post)
            self._session.flush()
        return post

    def handset_at(self, unit_id: int) -> Person | None:
        """The account of the unit's duty phone, while somebody on duty answers for it."""
        post = self.post_of(unit_id)
        if post is None or post.handset_id is None or not self.on_duty(unit_id):
            return None
        return self._session.get(Person, post.handset_id)

    def stands_in(self, person_id: int) -> Person | None:
        """Who acts when this account does: for a duty phone, whoever is on duty there; None for everybody else."""
        posts = (post for post in every(self._session, DutyPost) if post.handset_id == person_id)
        post = next(posts, None)
        people = self.on_duty(post.unit_id) if post is not None else []
        return people[0] if people else None

    # Setting the roster.

    def pass_on(self, shift: DutyShift, person_id: int, now: datetime) -> None:
        """Let another stand this shift; whoever has one of their own from the same hour stands until both are over."""
        own = self._shift_from(shift.unit_id, person_id, shift.starts_at)
        if own is None:
            shift.person_id, shift.reminded_at = person_id, None
        else:
            until = shift.ends_at if own.cancelled_at else max(own.ends_at, shift.ends_at)
            own.ends_at, own.due_at, own.cancelled_at, own.reminded_at = until, until, None, None
            shift.cancelled_at, shift.due_at = now, None

    def _shift_from(self, unit_id: int, person_id: int, starts_at: datetime) -> DutyShift | None:
        return find_by(self._session, DutyShift, unit_id=unit_id, person_id=person_id, starts_at=starts_at)

    def add_shift(
        self, unit_id: int, person_id: int, starts_at: datetime, ends_at: datetime, pattern_id: int | None = None
    ) -> bool:
        """Put a shift on the roster; False when the same stands there already."""
        shift = self._shift_from(unit_id, person_id, starts_at)
        if shift is not None and shift.cancelled_at is None and shift.ends_at == ends_at:
            return False
        if shift is None:
            shift = DutyShift(unit_id=unit_id, person_id=person_id, starts_at=starts_at)
            self._session.add(shift)
        shift.ends_at, shift.pattern_id, shift.cancelled_at = ends_at, pattern_id, None
        shift.due_at, shift.reminded_at = ends_at, None
        self._session.flush()
        return True

    def add_pattern(self, unit_id: int, person_id: int, weekday: int, hours: Hours) -> bool:
        """Let a shift come round every week; False when it does already."""
        pattern = self._session.scalar(
            select(DutyPattern).where(
                DutyPattern.unit_id == unit_id,
                DutyPattern.person_id == person_id,
                DutyPattern.weekday == weekday,
                DutyPattern.starts == hours.start,
            )
        )
        if pattern is not None and pattern.ended_at is None and pattern.ends == hours.end:
            return False
        if pattern is None:
            pattern = DutyPattern(unit_id=unit_id, person_id=person_id, weekday=weekday, starts=hours.start)
            self._session.add(pattern)
        pattern.ends, pattern.ended_at, pattern.planned_until = hours.end, None, None
        self._session.flush()
        return True

    def plan(self, today: date, until: date, tz: tzinfo) -> int:
        """Make shifts of every pattern up to `until`, each once; how many were new."""
        patterns = self._session.scalars(
            select(DutyPattern).where(
                DutyPattern.ended_at.is_(None),
                or_(DutyPattern.planned_until.is_(None), DutyPattern.planned_until < until),
            )
        ).all()
        made = 0
        for pattern in patterns:
            first = max(pattern.planned_until or today - timedelta(days=1), today - timedelta(days=1))
            for starts_at, ends_at in weekly(pattern.weekday, Hours(pattern.starts, pattern.ends), first, until, tz):
                if ends_at > self._now:
                    made += self.add_shift(pattern.unit_id, pattern.person_id, starts_at, ends_at, pattern.id)
            pattern.planned_until = until
        return made

    def drop(self, shift: DutyShift) -> None:
        """Take a shift off the roster; when it comes round every week, every later one too."""
        pattern = self._session.get(DutyPattern, shift.pattern_id) if shift.pattern_id else None
        dropped = [shift]
        if pattern is not None:
            pattern.ended_at = self._now
            dropped = list(
                self._session.scalars(
                    select(DutyShift).where(
                        DutyShift.pattern_id == pattern.id,
                        DutyShift.starts_at >= shift.starts_at,
                        DutyShift.cancelled_at.is_(None),
                    )
                )
            )
        for each in dropped:
            each.cancelled_at, each.due_at = self._now, None
        self._session.flush()
