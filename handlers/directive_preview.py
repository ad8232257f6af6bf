"""The preview of a directive: what it says, by when, whom it reaches, and what may still be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers import Stories
from handlers.commands.directives import PreviewDirective
from models.notices import Names
from models.notices.directives import DirectivePreviewed, Reached, UnitPick
from models.records import Directive, Unit
from models.rules.directives import UNITS_A_PAGE, Audience, DirectiveState, reaches_group, sending_takes
from models.work import Work


def preview(command: PreviewDirective, work: Work) -> None:
    """Show the draft as it stands where it was typed and, once it is offered, to every commander who may approve it."""
    directive = work.directives.require(command.directive_id)
    issuer = work.units.require(directive.unit_id)
    picks = _picks(directive, issuer, work)
    pages = max(1, -(-len(picks) // UNITS_A_PAGE))
    page = command.page % pages
    notice = DirectivePreviewed(
        directive_id=directive.id,
        code=directive.code,
        issuer=issuer.name,
        words=directive.words,
        file_name=directive.file_name,
        has_file=bool(directive.file_id),
        deadline_at=directive.deadline_at,
        audience=directive.audience,
        state=directive.state,
        reached=_reach(directive, work.directives.audience(directive, issuer), work),
        by_clerk=work.people.require(directive.drafted_by_id).name if directive.drafted_by_id else "",
        send_at=directive.send_at if directive.state is DirectiveState.SCHEDULED else None,
        is_alarm=directive.is_alarm,
        at_night=work.policy.quiet.is_quiet(work.now, work.policy.timezone),
        picks=picks[page * UNITS_A_PAGE : (page + 1) * UNITS_A_PAGE],
        page=page,
        pages=pages,
    )
    subject = f"directive-preview:{directive.id}"
    commanders = work.people.commanders_over(issuer) if directive.state is DirectiveState.OFFERED else ()
    work.show_each(commanders, subject, notice)
    for card in work.outbox.cards_about(subject):
        if card.chat_id != directive.chat_id:
            work.show(card.chat_id, subject, notice)
    work.show(directive.chat_id, subject, replace(notice, for_clerk=directive.drafted_by_id is not None))


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
    messages = (groups + people) * (2 if directive.file_id else 1)
    return Reached(
        units=len(units),
        groups=groups,
        people=people,
        seconds=round(sending_takes(messages, work.policy).total_seconds()),
        without_group=Names.of([unit.name for unit in grouped if unit.id not in recipients.groups]),
        unserved=Names.of([unit.name for unit in units if unit.id not in served]),
    )


STORIES: Stories = {PreviewDirective: preview}
