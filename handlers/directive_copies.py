"""A directive is taken to where the bot does not reach: pasted into another service, read out over loudspeakers."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.directive_following import CopyDirective
from handlers.commands.directives import RefuseDirecting
from models.notices.directives import DirectiveCopied
from models.notices.tasks import DocumentLine, TaskLine
from models.records import Directive, Person
from models.rules.roles import STAFF
from models.store.units import ancestor_ids
from models.work import Work


def copy(command: CopyDirective, work: Work) -> None:
    """Give whoever serves where it goes, or where it comes from, the text in private."""
    person, directive = work.meet(command), work.directives.require(command.directive_id)
    if not _may_pass_on(person, directive, work):
        action = type(command).__name__
        unit_id = directive.unit_id
        work.also(RefuseDirecting(sender=command.sender, place=command.place, action=action, unit_id=unit_id))
        return
    kept = work.tasks.document_of(directive.id)
    copied = DirectiveCopied(
        code=directive.code,
        channel=command.channel,
        issuer=work.units.require(directive.unit_id).name,
        words=directive.correction or (directive.words if directive.file_id or kept is None else ""),
        note=directive.note,
        file_name=directive.file_name,
        deadline_at=directive.deadline_at,
        document=DocumentLine.of(work.tasks.read(kept)) if kept else None,
        tasks=_tasks_for(person, directive, work),
        residents_note=directive.residents_note,
    )
    work.tell(command.sender.account_id, copied)


def _tasks_for(person: Person, directive: Directive, work: Work) -> tuple[TaskLine, ...]:
    """What of its document is for the units the person serves; for whoever issued it, or is above, all of it."""
    assignments = work.assignments.of(directive.id)
    served = {grant.unit_id for grant in work.people.grants_of(person.id) if grant.role in STAFF}
    issuer = work.units.require(directive.unit_id)
    if not served & {issuer.id, *ancestor_ids(issuer)}:
        assignments = [assignment for assignment in assignments if assignment.unit_id in served]
    return work.assignments.lines(assignments)


def _may_pass_on(person: Person, directive: Directive, work: Work) -> bool:
    """Whether they are staff of a unit it was sent to, of its issuer, or of a unit above."""
    issuer = work.units.require(directive.unit_id)
    places = {issuer.id, *ancestor_ids(issuer)}
    if directive.sent_at is not None:
        places |= work.directives.unit_ids(directive.id)
    return any(grant.role in STAFF and grant.unit_id in places for grant in work.people.grants_of(person.id))


STORIES: Stories = {CopyDirective: copy}
