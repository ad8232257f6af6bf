"""Tasks that are not done are chased, then told on; those that come again begin anew, each time with its own mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from handlers import Stories
from handlers.commands.directive_following import GiveDirective, ShowProgress
from handlers.commands.tasks import ChaseTasks, ChaseUndone
from models.notices.tasks import TasksChased, TasksToldOn
from models.records import Assignment, Directive, Unit
from models.rules.assignments import next_due
from models.rules.chasing import Chase, Postpone, TellOn, next_chase_at, when_chase_is_due
from models.store.task_lines import in_each_unit
from models.store.tasks import task_of
from models.work import Work


def chase_due(command: ChaseTasks, work: Work) -> None:
    """The clock: one reminder a chat for all that is due in it, one message to each superior for all that is late."""
    due = sorted(
        work.assignments.due_for_chase(work.now, command.most),
        key=lambda assignment: (assignment.directive_id, assignment.id),
    )
    for directive_id, assignments in groupby(due, key=lambda assignment: assignment.directive_id):
        _look_after(work.directives.require(directive_id), list(assignments), work)


def chase_undone(command: ChaseUndone, work: Work) -> None:
    """By hand: bring everything that is not done to mind; whoever can be reached only now gets the card itself."""
    directive = work.directives.require(command.directive_id)
    undone = work.assignments.undone(directive.id)
    _chase(directive, undone, work)
    work.also(GiveDirective(directive_id=directive.id))
    work.also(ShowProgress(directive_id=directive.id))


def _look_after(directive: Directive, assignments: list[Assignment], work: Work) -> None:
    chased = [assignment for assignment in assignments if _is_chased_now(assignment, work)]
    late = [assignment for assignment in assignments if assignment.chase_at is None and assignment.done_at is None]
    if chased:
        _chase(directive, chased, work)
    for unit_id, theirs in in_each_unit(late).items():
        _tell_on(directive, work.units.require(unit_id), theirs, work)
    for assignment in assignments:
        if assignment.chase_at is None:
            _begin_next_turn(assignment, work)
    units = {
        assignment.unit_id
        for assignment in assignments
        if assignment.chased_at == work.now or assignment.chase_at is None
    }
    if units:
        work.also(ShowProgress(directive_id=directive.id, unit_ids=tuple(sorted(units))))


def _is_chased_now(assignment: Assignment, work: Work) -> bool:
    """Whether it is to be brought to mind; its clock is set on, and stands still once it is over."""
    match when_chase_is_due(work.now, assignment.due_at, work.policy):
        case Postpone(until):
            assignment.chase_at = until
            return False
        case TellOn():
            assignment.chase_at = None
            return False
        case Chase():
            assignment.chase_at = next_chase_at(assignment.given_at, assignment.due_at, work.now, work.policy)
            return assignment.done_at is None


def _chase(directive: Directive, assignments: Sequence[Assignment], work: Work) -> None:
    """One reminder under each card of those who act for the units and agencies that are to do something."""
    directive.chases, directive.chased_at = directive.chases + 1, work.now
    for assignment in assignments:
        assignment.chased_at = work.now
    issuer, by_chat = work.units.require(directive.unit_id).name, _by_chat(assignments, work)
    described = work.assignments.describe(assignments)
    for card in work.outbox.cards_among(by_chat, directive.subject):
        chased = TasksChased(directive.code, issuer, described.lines(by_chat[card.chat_id]))
        work.tell(
            card.chat_id,
            chased,
            subject=card.subject,
            job=card.subject,
            reply_to=card,
            silent=work.policy.quiet.is_quiet(work.now, work.policy.timezone),
        )


def _by_chat(assignments: Sequence[Assignment], work: Work) -> dict[int, list[Assignment]]:
    """What is to be done, by the chats of those who act for the unit or answer at the agency."""
    units = {unit.id: unit for unit in work.units.named(assignment.unit_id for assignment in assignments)}
    communities = {unit_id for unit_id, unit in units.items() if unit.tier == work.policy.tiers.community}
    theirs = in_each_unit(assignments)
    chats = work.directives.recipients(units, units).acting(communities).units_by_chat()
    by_chat = {
        chat_id: [each for unit_id in unit_ids for each in theirs[unit_id]] for chat_id, unit_ids in chats.items()
    }
    agencies = work.tasks.agencies_behind(assignments)
    for chat_id, agency_ids in work.tasks.accounts_behind(agencies.values()).items():
        known = by_chat.setdefault(chat_id, [])
        known += [each for each in assignments if each.agency_id in agency_ids and each not in known]
    return by_chat


def _tell_on(directive: Directive, unit: Unit, assignments: list[Assignment], work: Work) -> None:
    """Tell the commanders above the unit; of agencies, and of the issuer's own unit, the issuer's."""
    for assignment in assignments:
        assignment.told_on_at = work.now
    superior = unit if unit.id == directive.unit_id else work.units.require(unit.parent_id or directive.unit_id)
    told = TasksToldOn(directive.code, work.units.require(directive.unit_id).name, work.assignments.lines(assignments))
    key = f"late:{directive.id}:{unit.id}:{work.now.isoformat()}"
    work.tell_each(work.people.commanders_over(superior), told, key=key, job=directive.subject)


def _begin_next_turn(assignment: Assignment, work: Work) -> None:
    """A task that comes again is to be done once more, by its next moment that is still ahead."""
    task = task_of(work.tasks.require(assignment.task_id))
    due_at = next_due(task, max(assignment.due_at, work.now), work.policy.timezone)
    if due_at is None:
        return
    assignment.is_current = False
    work.session.add(
        Assignment(
            task_id=assignment.task_id,
            directive_id=assignment.directive_id,
            unit_id=assignment.unit_id,
            holder=assignment.holder,
            agency_id=assignment.agency_id,
            turn=assignment.turn + 1,
            given_at=work.now,
            due_at=due_at,
            acknowledged_at=assignment.acknowledged_at,
            acknowledged_by_id=assignment.acknowledged_by_id,
            chase_at=next_chase_at(work.now, due_at, None, work.policy),
        )
    )
    work.session.flush()


STORIES: Stories = {ChaseTasks: chase_due, ChaseUndone: chase_undone}
