"""Every question about official documents, their tasks, whose each is, and the agencies a unit knows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
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
from models.rules.documents.as_json import from_json, task_from_json, task_to_json, to_json
from models.rules.documents.document import Document, Task
from models.rules.documents.routing import Body, Place, Register, Route, handed_on, route
from models.rules.documents.searching import replaces, sign_of, to_search
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
        self._add_tasks(directive.id, enumerate(document.tasks, start=1))
        cited = {sign_of(each.number, each.symbol) for each in document.references} - {"", kept.sign}
        self._add_references(kept.id, {sign: replaces(text, sign) for sign in sorted(cited)})
        return kept

    def forget(self, directive_id: int) -> None:
        """Drop what was read of a draft's document, which is to be read anew."""
        kept = self.document_of(directive_id)
        if kept is not None:
            self._session.execute(delete(DocumentReference).where(DocumentReference.document_id == kept.id))
            self._session.execute(delete(DirectiveTask).where(DirectiveTask.directive_id == directive_id))
            self._session.delete(kept)
            self._session.flush()

    def rewrite(self, kept: OfficialDocument, document: Document, unit: str) -> None:
        """Keep the document as it was corrected."""
        kept.content = _as_text(to_json(document))
        kept.sign, kept.issuer = sign_of(document.number, document.symbol), document.issuer or ""
        kept.searched = to_search(document, unit)

    def _add_tasks(self, directive_id: int, tasks: Iterable[tuple[int, Task]]) -> None:
        """Keep tasks at their places in a document."""
        self._session.add_all(
            DirectiveTask(directive_id=directive_id, position=position, content=_as_text(task_to_json(task)))
            for position, task in tasks
        )
        self._session.flush()

    def _add_references(self, document_id: int, cited: Mapping[str, bool]) -> None:
        """Keep which documents a document cites, by sign, and whether it takes their place."""
        self._session.add_all(
            DocumentReference(document_id=document_id, sign=sign, replaces=replaces) for sign, replaces in cited.items()
        )
        self._session.flush()

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
        row.content = _as_text(task_to_json(task))
        self._session.flush()

    def add(self, directive_id: int, task: Task) -> None:
        """Keep a task that was read in no document, after all others."""
        last = max((row.position for row in self.rows_of(directive_id)), default=0)
        self._add_tasks(directive_id, [(last + 1, task)])

    def rows_of(self, directive_id: int) -> Sequence[DirectiveTask]:
        """Its document's tasks, in the document's order."""
        return self._session.scalars(
            select(DirectiveTask).where(DirectiveTask.directive_id == directive_id).order_by(DirectiveTask.position)
        ).all()

    def hand_on(self, above: Directive, directive: Directive, task_ids: Collection[int], register: Register) -> None:
        """Let a directive that passes another on carry its document, with these of its tasks and as far as they go."""
        kept = self.document_of(above.id)
        if kept is None:
            return
        copy = OfficialDocument(
            directive_id=directive.id,
            content=_as_text(to_json(replace(self.read(kept), missing=()))),
            sign=kept.sign,
            issuer=kept.issuer,
            searched=kept.searched,
            kept_at=directive.drafted_at,
        )
        self._session.add(copy)
        self._session.flush()
        rows = [row for row in self.rows_of(above.id) if row.id in task_ids]
        self._add_tasks(directive.id, [(row.position, handed_on(task_of(row), register)) for row in rows])
        cited = select(DocumentReference).where(DocumentReference.document_id == kept.id)
        self._add_references(copy.id, {each.sign: each.replaces for each in self._session.scalars(cited)})

    def register(self, directive: Directive, issuer: Unit, units: Iterable[Unit], tiers: Tiers) -> Register:
        """Everybody its document can name: these units, which are within its reach, and the agencies its issuer knows.

        Where it goes tier by tier, what is for a unit further down stops at the issuer's own child above it.
        """
        places = [
            Place(unit.id, unit.name, unit.tier, unit.village, _child(issuer, unit) if directive.by_tier else None)
            for unit in units
        ]
        bodies = [_body(each) for each in self.agencies_of(directive.unit_id)]
        own = Place(issuer.id, issuer.name, issuer.tier) if directive.passes_on_id is not None else None
        return Register(places, bodies, tiers, own)

    def routed(self, directive: Directive, register: Register) -> list[Routed]:
        """Where each of its tasks goes; none of those left out."""
        rows = [row for row in self.rows_of(directive.id) if not row.dropped]
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


def _as_text(written: dict[str, Any]) -> str:
    return json.dumps(written, ensure_ascii=False)


def _child(issuer: Unit, unit: Unit) -> int:
    """The issuer's own child that the unit is, or lies below."""
    return int(unit.path.removeprefix(issuer.path).partition("/")[0])


def _body(agency: Agency) -> Body:
    return Body(agency.id, (agency.name, *agency.aliases.split("\n")) if agency.aliases else (agency.name,))


def task_of(row: DirectiveTask) -> Task:
    """The task as read and corrected."""
    return task_from_json(json.loads(row.content))


def number_of(row: DirectiveTask) -> str:
    """What people call the task by: as the document counts, or its place where it does not."""
    return task_of(row).no or str(row.position)
