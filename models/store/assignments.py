"""Every question about who has to do which task, how far they are, and what shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.notices.tasks import TaskLine, TaskProgress
from models.records import Agency, Assignment, Directive, DirectiveTask, Evidence, Person, Unit
from models.rules.directives import DirectiveState
from models.store.replaced import IS_REPLACED
from models.store.task_lines import Described, who_has
from models.store.tasks import Tasks, number_of, task_of

R = TypeVar("R", Agency, Unit, Person, DirectiveTask)


@dataclass(frozen=True, slots=True)
class HolderProgress:
    """How far one unit or agency has come with all its assignments."""

    who: str
    total: int
    acknowledged: int
    done: int
    late: int


class Assignments:
    """What is to be done, by whom, and by when."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, directive_id: int, unit_ids: Iterable[int] | None = None) -> Sequence[Assignment]:
        """What is to be done now, of these units or of all, in the order of tasks and units."""
        query = (
            select(Assignment)
            .join(DirectiveTask)
            .where(Assignment.directive_id == directive_id, Assignment.is_current.is_(True))
        )
        if unit_ids is not None:
            query = query.where(Assignment.unit_id.in_(set(unit_ids)))
        return self._session.scalars(query.order_by(DirectiveTask.position, Assignment.unit_id, Assignment.id)).all()

    def of_task(self, task_id: int) -> Sequence[Assignment]:
        """Everybody's part in one task that is to be done now."""
        return self._session.scalars(
            select(Assignment)
            .where(Assignment.task_id == task_id, Assignment.is_current.is_(True))
            .order_by(Assignment.id)
        ).all()

    def due_above(self, directive: Directive) -> dict[int, datetime]:
        """By a task's place in the document: when the unit that passes it on is to have done it itself."""
        query = (
            select(DirectiveTask.position, Assignment.due_at)
            .select_from(Assignment)
            .join(DirectiveTask, DirectiveTask.id == Assignment.task_id)
            .where(
                Assignment.directive_id == directive.passes_on_id,
                Assignment.unit_id == directive.unit_id,
                Assignment.holder == "",
                Assignment.is_current.is_(True),
            )
        )
        return {row.position: row.due_at for row in self._session.execute(query)}

    def undone(self, directive_id: int) -> list[Assignment]:
        """What is to be done now and is not, in the order of tasks and units."""
        return [assignment for assignment in self.of(directive_id) if assignment.done_at is None]

    def due_for_chase(self, now: datetime, most: int) -> Sequence[Assignment]:
        """Assignments the clock has to look after, of directives that still stand."""
        return self._session.scalars(
            select(Assignment)
            .join(Directive, Directive.id == Assignment.directive_id)
            .where(Assignment.chase_at <= now, Directive.state == DirectiveState.SENT, ~IS_REPLACED)
            .order_by(Assignment.chase_at, Assignment.id)
            .limit(most)
        ).all()

    def stop(self, directive_id: int) -> None:
        """No clock runs for its assignments any more."""
        self._session.execute(update(Assignment).where(Assignment.directive_id == directive_id).values(chase_at=None))

    def lines(self, assignments: Sequence[Assignment]) -> tuple[TaskLine, ...]:
        """The tasks these assignments are of, each once with everybody's part, in the document's order."""
        return self.describe(assignments).lines(assignments)

    def describe(self, assignments: Sequence[Assignment]) -> Described:
        """Whatever is to be said of these assignments, asked of the database at once."""
        people = (each for one in assignments for each in (one.acknowledged_by_id, one.done_by_id))
        return Described(
            rows={row.id: row for row in self._having(DirectiveTask, (each.task_id for each in assignments))},
            units={unit.id: unit for unit in self._having(Unit, (each.unit_id for each in assignments))},
            agencies={each.id: each for each in self._having(Agency, (each.agency_id for each in assignments))},
            people={person.id: person.name for person in self._having(Person, people)},
        )

    def progress(self, directive_id: int, now: datetime) -> tuple[TaskProgress, ...]:
        """How far each task has come, in the document's order."""
        counts: dict[int, list[Assignment]] = {}
        for assignment in self.of(directive_id):
            counts.setdefault(assignment.task_id, []).append(assignment)
        return tuple(
            _progress(row, counts[row.id], now)
            for row in Tasks(self._session).rows_of(directive_id)
            if row.id in counts
        )

    def by_holder(self, directive_id: int, now: datetime) -> list[HolderProgress]:
        """How far each unit and agency has come, those with most that is late and undone first."""
        assignments = self.of(directive_id)
        units = {unit.id: unit for unit in self._having(Unit, (each.unit_id for each in assignments))}
        agencies = {agency.id: agency for agency in self._having(Agency, (each.agency_id for each in assignments))}
        theirs: dict[tuple[int, str], list[Assignment]] = {}
        for each in assignments:
            who = who_has(each, units[each.unit_id], agencies.get(each.agency_id or 0))
            theirs.setdefault((each.unit_id, who), []).append(each)
        # Sorting keeps the order of those that are equally far: that of tasks and units.
        counted = [_count(who, each, now) for (_, who), each in theirs.items()]
        return sorted(counted, key=lambda each: (-each.late, each.done - each.total))

    def who_has(self, assignment: Assignment) -> str:
        """The unit or agency whose it is, by name."""
        agency = self._session.get(Agency, assignment.agency_id) if assignment.agency_id is not None else None
        return who_has(assignment, self._session.get_one(Unit, assignment.unit_id), agency)

    def count_evidence(self, directive_id: int) -> int:
        query = select(func.count(Evidence.id)).join(Assignment, Assignment.id == Evidence.assignment_id)
        return self._session.scalar(query.where(Assignment.directive_id == directive_id)) or 0

    def count_evidence_of(self, assignment_ids: Iterable[int]) -> int:
        """How many pictures and words show that these were done."""
        query = select(func.count(Evidence.id)).where(Evidence.assignment_id.in_(set(assignment_ids)))
        return self._session.scalar(query) or 0

    def evidence_of(self, directive_id: int) -> Sequence[tuple[Evidence, Assignment]]:
        """What was given to show that assignments of a directive were done, oldest first."""
        rows = self._session.execute(
            select(Evidence, Assignment)
            .join(Assignment, Assignment.id == Evidence.assignment_id)
            .where(Assignment.directive_id == directive_id)
            .order_by(Evidence.id)
        )
        return [(evidence, assignment) for evidence, assignment in rows]

    def _having(self, record: type[R], ids: Iterable[int | None]) -> Sequence[R]:
        wanted = {each for each in ids if each is not None}
        if not wanted:
            return []
        return self._session.scalars(select(record).where(record.id.in_(wanted))).all()


def _progress(row: DirectiveTask, assignments: Sequence[Assignment], now: datetime) -> TaskProgress:
    task = task_of(row)
    return TaskProgress(
        no=number_of(row),
        text=task.text or next(iter(task.items), ""),
        total=len(assignments),
        acknowledged=sum(assignment.acknowledged_at is not None for assignment in assignments),
        done=sum(assignment.done_at is not None for assignment in assignments),
        late=sum(assignment.done_at is None and assignment.due_at <= now for assignment in assignments),
    )


def _count(who: str, assignments: Sequence[Assignment], now: datetime) -> HolderProgress:
    return HolderProgress(
        who=who,
        total=len(assignments),
        acknowledged=sum(assignment.acknowledged_at is not None for assignment in assignments),
        done=sum(assignment.done_at is not None for assignment in assignments),
        late=sum(assignment.done_at is None and assignment.due_at <= now for assignment in assignments),
    )
