"""Every question about official documents, their tasks, whose each is, and the agencies a unit knows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import (
    Agency,
    Assignment,
    Directive,
    DirectiveTask,
    DocumentReference,
    OfficialDocument,
    Person,
    Unit,
)
from models.rules.assignments import replaces, sign_of, to_search
from models.rules.documents.as_json import from_json, task_from_json, task_to_json, to_json
from models.rules.documents.document import Document, Task
from models.rules.documents.routing import Body, Place, Register, Route, route
from models.rules.tiers import Tiers
from models.store.missing import NotThere


@dataclass(frozen=True, slots=True)
class Routed:
    """A task of a document, and where it goes."""

    row: DirectiveTask
    task: Task
    route: Route


class Tasks:
    """What documents ask of whom."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def document_of(self, directive_id: int) -> OfficialDocument | None:
        return self._session.scalar(select(OfficialDocument).where(OfficialDocument.directive_id == directive_id))

    def keep(self, directive: Directive, document: Document, unit: str, text: str, now: datetime) -> OfficialDocument:
        """Keep what was read of a directive's document, with its tasks and the documents it cites."""
        kept = OfficialDocument(directive_id=directive.id, content="", kept_at=now)
        self._session.add(kept)
        self.rewrite(kept, document, unit)
        self._session.flush()
        for position, task in enumerate(document.tasks, start=1):
            content = json.dumps(task_to_json(task), ensure_ascii=False)
            self._session.add(DirectiveTask(directive_id=directive.id, position=position, content=content))
        cited = {sign_of(each.number, each.symbol) for each in document.references} - {"", kept.sign}
        for sign in sorted(cited):
            reference = DocumentReference(document_id=kept.id, sign=sign, replaces=replaces(text, sign))
            self._session.add(reference)
        self._session.flush()
        return kept

    def rewrite(self, kept: OfficialDocument, document: Document, unit: str) -> None:
        """Keep the document as it was corrected."""
        kept.content = json.dumps(to_json(document), ensure_ascii=False)
        kept.sign, kept.issuer = sign_of(document.number, document.symbol), document.issuer or ""
        kept.searched = to_search(document, unit, (task.text for task in document.tasks))

    def read(self, kept: OfficialDocument) -> Document:
        """What the document says, as read and corrected."""
        return from_json(json.loads(kept.content))

    def require(self, task_id: int) -> DirectiveTask:
        """The task. Raises NotThere when there is none."""
        row = self._session.get(DirectiveTask, task_id)
        if row is None:
            raise NotThere(f"no task {task_id}")
        return row

    def change(self, row: DirectiveTask, task: Task) -> None:
        """Keep a task as it was corrected."""
        row.content = json.dumps(task_to_json(task), ensure_ascii=False)
        self._session.flush()

    def rows_of(self, directive_id: int) -> Sequence[DirectiveTask]:
        """Its document's tasks, in the document's order."""
        return self._session.scalars(
            select(DirectiveTask).where(DirectiveTask.directive_id == directive_id).order_by(DirectiveTask.position)
        ).all()

    def routed(self, directive: Directive, units: Iterable[Unit], tiers: Tiers) -> list[Routed]:
        """Where each of its tasks goes among these units and the agencies its issuer knows; none of those dropped."""
        rows = [row for row in self.rows_of(directive.id) if not row.dropped]
        if not rows:
            return []
        places = [Place(unit.id, unit.name, unit.tier) for unit in units]
        register = Register(places, [_body(each) for each in self.agencies_of(directive.unit_id)], tiers)
        tasks = [(row, task_of(row)) for row in rows]
        return [Routed(row, task, route(task, register)) for row, task in tasks]

    def agencies_of(self, unit_id: int) -> Sequence[Agency]:
        """The agencies a unit knows, by name."""
        return self._session.scalars(
            select(Agency).where(Agency.unit_id == unit_id, Agency.ended_at.is_(None)).order_by(Agency.name)
        ).all()

    def find_agency(self, unit_id: int, name: str) -> Agency | None:
        return self._session.scalar(select(Agency).where(Agency.unit_id == unit_id, Agency.name == name))

    def agencies_behind(self, assignments: Iterable[Assignment]) -> dict[int, Agency]:
        """The agencies these assignments are of, by id."""
        ids = {assignment.agency_id for assignment in assignments if assignment.agency_id is not None}
        return {each.id: each for each in self._session.scalars(select(Agency).where(Agency.id.in_(ids)))}

    def accounts_behind(self, agencies: Iterable[Agency]) -> dict[int, set[int]]:
        """By account: the agencies whose contact it is, told by the phone."""
        phones = {each.phone: each.id for each in agencies if each.phone}
        people = self._session.scalars(select(Person).where(Person.phone.in_(phones), Person.account_id.is_not(None)))
        accounts: dict[int, set[int]] = {}
        for person in people:
            if person.account_id is not None:
                accounts.setdefault(person.account_id, set()).add(phones[person.phone])
        return accounts


def _body(agency: Agency) -> Body:
    return Body(agency.id, (agency.name, *agency.aliases.split("\n")) if agency.aliases else (agency.name,))


def task_of(row: DirectiveTask) -> Task:
    """The task as read and corrected."""
    return task_from_json(json.loads(row.content))
