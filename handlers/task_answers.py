"""Whoever has a task answers it: received, done, and what shows it. Only those who act for the unit or agency count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from handlers import Stories, still_asks
from handlers.commands import FromPerson
from handlers.commands.directive_following import ShowProgress
from handlers.commands.directives import RefuseDirecting
from handlers.commands.tasks import AcknowledgeTask, Asked, FinishTask, GiveEvidence, ShowEvidence
from models.notices.base import Passed
from models.notices.directives import DirectiveNotThus
from models.notices.tasks import EvidenceAsked, EvidenceKept, EvidenceShown, NoEvidence
from models.records import Assignment, Directive, DirectivePlace, DirectiveTask, Evidence, Person
from models.rules.directives import DirectiveState, speaks_for
from models.store.people import is_reachable
from models.store.tasks import number_of
from models.work import Work

#: How long after "done" the next message is taken for what shows it.
EVIDENCE_AWAITED = timedelta(minutes=30)
#: How long after a picture further ones are taken for the same.
MORE_EVIDENCE_AWAITED = timedelta(minutes=2)


def acknowledge(command: AcknowledgeTask, work: Work) -> None:
    """Received: kept with name and time for every unit or agency the person acts for."""
    _answer(command, work.tasks.require(command.task_id), work, done=False)


def finish(command: FinishTask, work: Work) -> None:
    """Done, which says received as well; a picture or words may follow and need not."""
    row = work.tasks.require(command.task_id)
    if not _answer(command, row, work, done=True):
        return
    directive, person = work.directives.require(row.directive_id), work.meet(command)
    if is_reachable(person):
        work.ask(command.sender.account_id, Asked.EVIDENCE, valid_for=EVIDENCE_AWAITED, task_id=row.id)
        work.tell(command.sender.account_id, EvidenceAsked(directive.code, number_of(row)))


def give_evidence(command: GiveEvidence, work: Work) -> None:
    """Keep what shows that a task is done; the board counts it, and those who follow may look."""
    person, row = work.meet(command), work.tasks.require(command.task_id)
    directive = work.directives.require(row.directive_id)
    assignments = [
        assignment for assignment in _acted_for(command, person, row, work) if assignment.done_at is not None
    ]
    if not assignments or directive.state is not DirectiveState.SENT:
        work.tell(command.sender.account_id, DirectiveNotThus(directive.code, directive.state))
        return
    shown = [(each.media, each.file_id) for each in command.enclosures if each.file_id] or [("", "")]
    work.session.add_all(
        Evidence(
            assignment_id=assignments[0].id,
            person_id=person.id,
            given_at=work.now,
            words=command.words,
            media=media,
            file_id=file_id,
        )
        for media, file_id in shown
    )
    work.session.flush()
    if command.enclosures:
        # Of an album each picture comes by itself.
        work.ask(command.sender.account_id, Asked.MORE_EVIDENCE, valid_for=MORE_EVIDENCE_AWAITED, task_id=row.id)
    kept = EvidenceKept(directive.code, number_of(row), work.assignments.count_evidence_of([assignments[0].id]))
    work.show(command.sender.account_id, f"evidence:{row.id}", kept, afresh=True)
    work.also(ShowProgress(directive_id=directive.id))


def show_evidence(command: ShowEvidence, work: Work) -> None:
    """Pass on in private, to whoever follows the directive, what was given, with whose it is."""
    person, directive = work.meet(command), work.directives.require(command.directive_id)
    if not work.people.may_draft_for(person.id, work.units.require(directive.unit_id)):
        work.also(RefuseDirecting.of(command, directive.unit_id))
        return
    given = work.assignments.evidence_of(directive.id)
    if not given:
        work.tell(command.sender.account_id, NoEvidence(directive.code))
    for evidence, assignment in given:
        _pass_on(evidence, assignment, directive, command.sender.account_id, work)


def _pass_on(evidence: Evidence, assignment: Assignment, directive: Directive, account_id: int, work: Work) -> None:
    number = number_of(work.tasks.require(assignment.task_id))
    who = work.assignments.who_has(assignment)
    by = work.people.require(evidence.person_id).name
    shown = EvidenceShown(directive.code, number, who, by, evidence.given_at, evidence.words)
    work.tell(account_id, shown, subject=directive.subject)
    if evidence.file_id:
        passed = Passed(evidence.media, evidence.file_id, about=directive.code)
        work.tell(account_id, passed, subject=directive.subject)


def _answer(command: FromPerson, row: DirectiveTask, work: Work, *, done: bool) -> bool:
    """Whether the tap counted; a withdrawn directive is answered no more, and a tap without a say is seen."""
    person, directive = work.meet(command), work.directives.require(row.directive_id)
    assignments = _acted_for(command, person, row, work)
    if not assignments:
        here = work.units.unit_of_chat(command.place.chat_id)
        if work.directives.see(directive.id, command.sender.account_id, here.id if here else None, work.now):
            work.also(ShowProgress(directive_id=directive.id, unit_ids=(here.id,) if here else ()))
        return False
    if not still_asks(directive, command, work):
        return False
    for assignment in assignments:
        _keep(assignment, person, work, done=done)
    work.session.flush()
    _settle_places(directive, {assignment.unit_id for assignment in assignments}, person, work)
    work.done(command, person, directive.subject)
    work.also(
        ShowProgress(
            directive_id=directive.id, unit_ids=tuple(sorted({assignment.unit_id for assignment in assignments}))
        )
    )
    return True


def _keep(assignment: Assignment, person: Person, work: Work, *, done: bool) -> None:
    """The first answer stands."""
    if assignment.acknowledged_at is None:
        assignment.acknowledged_at, assignment.acknowledged_by_id = work.now, person.id
    if done and assignment.done_at is None:
        assignment.done_at, assignment.done_by_id = work.now, person.id


def _settle_places(directive: Directive, unit_ids: set[int], person: Person, work: Work) -> None:
    """A unit has acknowledged, and done, the directive once it has every task of it."""
    for place, _ in work.directives.places_in(directive.id, unit_ids):
        _settle(place, work.assignments.of(directive.id, [place.unit_id]), person, work)


def _settle(place: DirectivePlace, assignments: Sequence[Assignment], person: Person, work: Work) -> None:
    if place.acknowledged_at is None and all(assignment.acknowledged_at for assignment in assignments):
        place.acknowledged_at, place.acknowledged_by_id = work.now, person.id
    if place.done_at is None and all(assignment.done_at for assignment in assignments):
        place.done_at, place.done_by_id = work.now, person.id


def _acted_for(command: FromPerson, person: Person, row: DirectiveTask, work: Work) -> list[Assignment]:
    """The parts in the task a tap counts for: of units they speak for, and of agencies whose contact they are.

    In a group only when its unit is among these.
    """
    assignments = [assignment for assignment in work.assignments.of_task(row.id) if _acts_for(person, assignment, work)]
    if command.place.is_private:
        return assignments
    here = work.units.unit_of_chat(command.place.chat_id)
    return [
        assignment
        for assignment in assignments
        if here is not None and any(each.unit_id == here.id for each in assignments)
    ]


def _acts_for(person: Person, assignment: Assignment, work: Work) -> bool:
    if assignment.agency_id is not None and person.phone:
        agency = work.tasks.agencies_behind([assignment]).get(assignment.agency_id)
        if agency is not None and agency.phone == person.phone:
            return True
    unit = work.units.require(assignment.unit_id)
    of_community = unit.tier == work.policy.tiers.community
    return speaks_for(work.people.roles_in(person.id, unit), of_community=of_community)


STORIES: Stories = {
    AcknowledgeTask: acknowledge,
    FinishTask: finish,
    GiveEvidence: give_evidence,
    ShowEvidence: show_evidence,
}
