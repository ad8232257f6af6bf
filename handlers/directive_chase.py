"""Those who have not acknowledged a directive are chased by the clock or by hand; in the end their superior hears."""

from __future__ import annotations

from itertools import groupby

from handlers import Stories
from handlers.commands.directive_following import ChaseDue, ChaseUnits, GiveDirective, ShowProgress, TellSuperiors
from models.notices.directives import UnitsChased, UnitsToldOn
from models.records import Unit
from models.rules.chasing import Chase, Postpone, TellOn, next_chase_at, when_chase_is_due
from models.work import Work


def chase_due(command: ChaseDue, work: Work) -> None:
    """The clock: chase the missing, or tell on them; what an outage delayed past the day's hours waits for morning."""
    for directive in work.directives.due_for_chase(work.now, command.most):
        match when_chase_is_due(work.now, directive.deadline_at, work.policy):
            case Chase():
                sent_at = directive.sent_at or work.now
                directive.chase_at = next_chase_at(sent_at, directive.deadline_at, work.now, work.policy)
                work.also(ChaseUnits(directive_id=directive.id))
            case Postpone(until):
                directive.chase_at = until
            case TellOn():
                directive.chase_at = None
                work.also(TellSuperiors(directive_id=directive.id))


def chase(command: ChaseUnits, work: Work) -> None:
    """Tell the groups of the missing units, and the people who act for them, under their cards."""
    directive = work.directives.require(command.directive_id)
    units = {unit.id: unit for _, unit in work.directives.missing(directive.id)}
    if not units:
        directive.chase_at = None
        return
    directive.chases, directive.chased_at = directive.chases + 1, work.now
    issuer, quiet = work.units.require(directive.unit_id).name, work.policy.quiet
    acting = _acting_chats(units, work)
    for card in work.outbox.cards_among(acting, directive.subject):
        missing = tuple(units[unit_id].name for unit_id in acting[card.chat_id])
        work.tell(
            card.chat_id,
            UnitsChased(directive.code, issuer, directive.deadline_at, missing),
            subject=card.subject,
            job=card.subject,
            reply_to=card,
            silent=quiet.is_quiet(work.now, work.policy.timezone),
        )
    # Whoever can be reached only since it was sent gets the card itself.
    work.also(GiveDirective(directive_id=directive.id))
    work.also(ShowProgress(directive_id=directive.id))


def tell_superiors(command: TellSuperiors, work: Work) -> None:
    """Tell the commanders above each unit that has not acknowledged which of theirs are late; the board says so."""
    directive = work.directives.require(command.directive_id)
    missing = sorted((unit for _, unit in work.directives.missing(directive.id)), key=lambda unit: unit.parent_id or 0)
    if not missing:
        return
    directive.told_on_at = work.now
    issuer = work.units.require(directive.unit_id)
    for parent_id, units in groupby(missing, key=lambda unit: unit.parent_id):
        superior = work.units.require(parent_id) if parent_id else issuer
        late = UnitsToldOn(directive.code, issuer.name, directive.deadline_at, tuple(unit.name for unit in units))
        key = f"told-on:{directive.id}:{superior.id}"
        work.tell_each(work.people.commanders_over(superior), late, key=key, job=directive.subject)
    work.also(ShowProgress(directive_id=directive.id))


def _acting_chats(units: dict[int, Unit], work: Work) -> dict[int, list[int]]:
    """The groups of these units and the private chats of those who act for them, each with its units."""
    communities = {unit_id for unit_id, unit in units.items() if unit.tier == work.policy.tiers.community}
    return work.directives.recipients(units, units).acting(communities).units_by_chat()


STORIES: Stories = {ChaseDue: chase_due, ChaseUnits: chase, TellSuperiors: tell_superiors}
