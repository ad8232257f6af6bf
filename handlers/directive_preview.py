"""The preview of a directive: what it says, by when, whom it reaches, and what may still be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers import Stories
from handlers.commands.directives import PreviewDirective
from models.notices import Names
from models.notices.directives import DirectiveAbove, DirectivePreviewed, PagesRead, Reached, UnitPick
from models.notices.tasks import DocumentLine, DocumentRead, ReadTask
from models.records import Directive, DirectiveTask, Unit
from models.rules.assignments import first_due
from models.rules.directives import (
    CHANGEABLE,
    TASKS_A_PAGE,
    UNITS_A_PAGE,
    Audience,
    DirectiveState,
    reaches_group,
    sending_takes,
)
from models.rules.documents.routing import Route, receivers
from models.rules.pages import page_of
from models.store.tasks import Routed, number_of, task_of
from models.work import Work


def preview(command: PreviewDirective, work: Work) -> None:
    """Show the draft as it stands where it was typed and, once it is offered, to every commander who may approve it."""
    directive = work.directives.require(command.directive_id)
    issuer = work.units.require(directive.unit_id)
    tasks, reached = _going_where(directive, issuer, work)
    picks = _picks(directive, issuer, work)
    page = page_of(picks, command.page, UNITS_A_PAGE, around=True)
    so_far = PagesRead(*command.read_so_far) if command.read_so_far and directive.being_read else None
    notice = replace(
        _with_document(_as_it_stands(directive, issuer, reached, work), directive, work),
        tasks=tasks,
        read_so_far=so_far,
        picks=page.items,
        page=page.number,
        pages=page.of,
    )
    subject = f"directive-preview:{directive.id}"
    commanders = work.people.commanders_over(issuer) if directive.state is DirectiveState.OFFERED else ()
    work.show_each(commanders, subject, notice)
    for card in work.outbox.cards_about(subject):
        if card.chat_id != directive.chat_id:
            work.show(card.chat_id, subject, notice)
    work.show(directive.chat_id, subject, replace(notice, for_clerk=directive.drafted_by_id is not None))
    _show_tasks(command, directive, tasks, work)


def _going_where(directive: Directive, issuer: Unit, work: Work) -> tuple[tuple[ReadTask, ...], Reached]:
    """Each task with whom it would go to, and how far all of it would reach."""
    audience = work.directives.audience(directive, issuer)
    reach = work.directives.within_reach(directive, issuer)
    routed = work.tasks.routed(directive, work.tasks.register(directive, issuer, reach, work.policy.tiers))
    reached = _reach(directive, _receiving(issuer, audience, routed), work)
    return _read_tasks(directive, audience, routed, work), reached


def _as_it_stands(directive: Directive, issuer: Unit, reached: Reached, work: Work) -> DirectivePreviewed:
    return DirectivePreviewed(
        directive_id=directive.id,
        code=directive.code,
        issuer=issuer.name,
        words=directive.words,
        note=directive.note,
        file_name=directive.file_name,
        has_file=bool(directive.file_id),
        files=len(work.directive_pages.files(directive)),
        deadline_at=directive.deadline_at,
        audience=directive.audience,
        state=directive.state,
        reached=reached,
        residents_note=directive.residents_note,
        being_read=directive.being_read,
        by_clerk=work.people.require(directive.drafted_by_id).name if directive.drafted_by_id else "",
        send_at=directive.send_at if directive.state is DirectiveState.SCHEDULED else None,
        is_alarm=directive.is_alarm,
        by_tier=directive.by_tier,
        has_tiers=directive.by_tier or work.units.has_tiers_below(issuer),
        above=_above(directive, work),
        at_night=work.policy.quiet.is_quiet(work.now, work.policy.timezone),
    )


def _with_document(notice: DirectivePreviewed, directive: Directive, work: Work) -> DirectivePreviewed:
    """The same with what was read of its document, if it has one."""
    kept = work.tasks.document_of(directive.id)
    if kept is None:
        return notice
    document = work.tasks.read(kept)
    return replace(
        notice,
        document=DocumentLine.of(document),
        addressees=document.addressees,
        missing=document.missing,
        replaces=tuple(DocumentLine.of(work.tasks.read(each)).sign for each in work.documents.replaced_by(kept)),
    )


def _above(directive: Directive, work: Work) -> DirectiveAbove | None:
    above = work.directives.above(directive)
    return DirectiveAbove(above.code, work.units.require(above.unit_id).name) if above else None


def _show_tasks(command: PreviewDirective, directive: Directive, tasks: tuple[ReadTask, ...], work: Work) -> None:
    """Bring the lists of tasks that are open to correction up to date, and open the one that is asked for."""
    subject = f"directive-tasks:{directive.id}"
    changeable = directive.state in CHANGEABLE
    for card in work.outbox.cards_about(subject):
        shown = DocumentRead.from_json(card.kind, card.notice)
        if isinstance(shown, DocumentRead) and card.chat_id != command.corrected_in:
            listed = _tasks_listed(directive, tasks if changeable else (), shown.page)
            work.show(card.chat_id, subject, listed)
    if command.corrected_in is not None:
        listed = _tasks_listed(directive, tasks, command.tasks_page)
        work.show(command.corrected_in, subject, listed, afresh=listed.page == 0)


def _tasks_listed(directive: Directive, tasks: tuple[ReadTask, ...], number: int) -> DocumentRead:
    page = page_of(tasks, number, TASKS_A_PAGE, around=True)
    return DocumentRead(directive.id, directive.code, page.items, page.number, page.of)


def _receiving(issuer: Unit, audience: Sequence[Unit], routed: Sequence[Routed]) -> list[Unit]:
    """The units it would be for: all of the audience, of a document those that have a task."""
    if not routed:
        return list(audience)
    by_id = {unit.id: unit for unit in (*audience, issuer)}
    return [by_id[unit_id] for unit_id in receivers((each.route for each in routed), issuer.id)]


def _read_tasks(
    directive: Directive, audience: Sequence[Unit], routed: Sequence[Routed], work: Work
) -> tuple[ReadTask, ...]:
    """Every task with whom it would go to; those left out go nowhere."""
    routes = {each.row.id: each.route for each in routed}
    names = {unit.id: unit.name for unit in audience}
    above = {position: at for position, at in work.assignments.due_above(directive).items() if at > work.now}
    return tuple(
        _read_task(row, routes.get(row.id, Route()), names, above.get(row.position), work)
        for row in work.tasks.rows_of(directive.id)
    )


def _read_task(
    row: DirectiveTask, route: Route, names: Mapping[int, str], above_at: datetime | None, work: Work
) -> ReadTask:
    task = task_of(row)
    stated_at = first_due(task, work.now, work.policy.timezone)
    unknown = tuple(holder.name for holder in route.holders if holder.agency_id is None)
    return ReadTask(
        task_id=row.id,
        no=number_of(row),
        text=task.text or next(iter(task.items), ""),
        to=(*(names[unit_id] for unit_id in route.unit_ids), *(holder.name for holder in route.holders)),
        unplaced=(*route.unplaced, *unknown),
        due_at=min((at for at in (stated_at, above_at) if at is not None), default=None),
        every=next((deadline.every for deadline in task.deadlines if deadline.every), None),
        dropped=row.dropped,
        items=task.items,
        tiers=tuple(tier.value for tier in task.tiers),
        deadlines=tuple(deadline.text for deadline in task.deadlines),
    )


def _picks(directive: Directive, issuer: Unit, work: Work) -> tuple[UnitPick, ...]:
    """The units to pick from, once the commander wants to choose."""
    if directive.audience is not Audience.CHOSEN:
        return ()
    picked = work.directives.unit_ids(directive.id)
    return tuple(UnitPick(unit.id, unit.name, unit.id in picked) for unit in work.units.children(issuer))


def _reach(directive: Directive, units: Sequence[Unit], work: Work) -> Reached:
    community = work.policy.tiers.community
    grouped = [unit for unit in units if reaches_group(directive.audience, of_community=unit.tier == community)]
    recipients = work.directives.recipients([unit.id for unit in units], [unit.id for unit in grouped])
    served = recipients.served_units()
    groups, people = len(recipients.groups), len(recipients.accounts())
    messages = (groups + people) * (1 + len(work.directive_pages.files(directive)))
    return Reached(
        units=len(units),
        groups=groups,
        people=people,
        seconds=round(sending_takes(messages, work.policy).total_seconds()),
        without_group=Names.of([unit.name for unit in grouped if unit.id not in recipients.groups]),
        unserved=Names.of([unit.name for unit in units if unit.id not in served]),
    )


STORIES: Stories = {PreviewDirective: preview}
