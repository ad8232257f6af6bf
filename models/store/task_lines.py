"""Assignments as people read them: the tasks they are of, each with everybody's part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.notices import Contact
from models.notices.tasks import Part, TaskLine
from models.records import Agency, Assignment, DirectiveTask, Unit
from models.store.tasks import number_of, task_of


@dataclass(frozen=True, slots=True)
class Described:
    """Everything that is said of assignments, by id; lines of any of them are made without asking again."""

    rows: Mapping[int, DirectiveTask]
    units: Mapping[int, Unit]
    agencies: Mapping[int, Agency]
    people: Mapping[int, str]  #: By name: whoever answered.

    def lines(self, assignments: Iterable[Assignment]) -> tuple[TaskLine, ...]:
        """The tasks these are of, each once with everybody's part, in the document's order."""
        by_task: dict[int, list[Assignment]] = {}
        for assignment in assignments:
            by_task.setdefault(assignment.task_id, []).append(assignment)
        in_order = sorted(by_task, key=lambda task_id: self.rows[task_id].position)
        return tuple(self._line(self.rows[task_id], by_task[task_id]) for task_id in in_order)

    def _line(self, row: DirectiveTask, assignments: Sequence[Assignment]) -> TaskLine:
        task = task_of(row)
        return TaskLine(
            task_id=row.id,
            no=number_of(row),
            text="\n".join(part for part in (task.text, *(f"- {item}" for item in task.items)) if part),
            due_at=min(assignment.due_at for assignment in assignments),
            every=next((deadline.every for deadline in task.deadlines if deadline.every), None),
            parts=tuple(self._part(assignment) for assignment in assignments),
        )

    def _part(self, assignment: Assignment) -> Part:
        agency = self.agencies.get(assignment.agency_id or 0)
        return Part(
            who=who_has(assignment, self.units[assignment.unit_id], agency),
            contact=Contact(agency.person, agency.phone) if agency and agency.person else None,
            acknowledged_at=assignment.acknowledged_at,
            acknowledged_by=self.people.get(assignment.acknowledged_by_id or 0, ""),
            done_at=assignment.done_at,
            done_by=self.people.get(assignment.done_by_id or 0, ""),
        )


def who_has(assignment: Assignment, unit: Unit, agency: Agency | None) -> str:
    """Whose it is: an agency by the name its unit knows it by, however documents call it."""
    return agency.name if agency else assignment.holder or unit.name


def in_each_unit(assignments: Iterable[Assignment]) -> dict[int, list[Assignment]]:
    """By unit: its assignments, in the order given."""
    by_unit: dict[int, list[Assignment]] = {}
    for assignment in assignments:
        by_unit.setdefault(assignment.unit_id, []).append(assignment)
    return by_unit
