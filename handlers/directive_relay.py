"""A directive that stops at each tier: whoever commands there adds a note and passes it on, once for each unit."""

from __future__ import annotations

from handlers import Stories, stands_in, still_asks
from handlers.commands.directive_following import AcknowledgeDirective
from handlers.commands.directives import (
    AddNote,
    AskForWords,
    PassOnDirective,
    PassOnWithoutNote,
    PreviewDirective,
    RefuseDirecting,
    SendDirective,
    Wanted,
)
from models.records import Directive, Person, Unit
from models.rules.directives import CHANGEABLE, audience_below, latest_deadline
from models.rules.roles import Role
from models.store.missing import NotThere
from models.work import Work


def pass_on(command: PassOnDirective, work: Work) -> None:
    """Show in private how it would go to the units below, and ask for a note; to pass on says received as well."""
    person, above = work.meet(command), work.directives.require(command.directive_id)
    if not above.by_tier or above.sent_at is None:
        raise NotThere(f"directive {above.id} stops at no tier")
    unit = _passes_on_for(command, person, above, work)
    if unit is None:
        work.also(RefuseDirecting.of(command, None))
        return
    if not still_asks(above, command, work):
        return
    directive = work.directives.passed_on_by(unit.id, above.id) or _begin(command, person, unit, above, work)
    if not stands_in(CHANGEABLE, directive, command, work):
        return
    # Whoever takes it up last has it before them.
    directive.chat_id = command.sender.account_id
    work.also(PreviewDirective(directive_id=directive.id))
    work.also(AskForWords(sender=command.sender, place=command.place, wanted=Wanted.NOTE, directive_id=directive.id))


def add_note(command: AddNote, work: Work) -> None:
    """Keep the note beside what came from above and show how it would go out; a second note replaces the first."""
    directive = _going_on(command, command.directive_id, work)
    if directive is not None:
        directive.note = command.words
        work.done(command, work.meet(command), directive.subject)
        work.also(PreviewDirective(directive_id=directive.id))


def pass_on_without_note(command: PassOnWithoutNote, work: Work) -> None:
    """Let it go on as it stands; nothing more is asked."""
    directive = _going_on(command, command.directive_id, work)
    if directive is not None:
        work.drafts.close(command.sender.account_id)
        work.also(SendDirective(sender=command.sender, place=command.place, directive_id=directive.id))


def _passes_on_for(command: PassOnDirective, person: Person, above: Directive, work: Work) -> Unit | None:
    """The unit whose commander taps: the group's, else their own, first one that has not passed it on yet."""
    places = [unit for _, unit in work.directives.places_in(above.id)]
    here = work.units.unit_of_chat(command.place.chat_id)
    if here in places:
        return here if work.people.commands_over(person.id, here) else None
    own = {unit.id for unit in work.people.units_where(person.id, [Role.COMMANDER])}
    commanded = [unit for unit in places if unit.id in own]
    # False sorts before True: a unit that has yet to pass it on comes first.
    return min(commanded, key=lambda unit: work.directives.passed_on_by(unit.id, above.id) is not None, default=None)


def _begin(command: PassOnDirective, person: Person, unit: Unit, above: Directive, work: Work) -> Directive:
    """A draft of the unit's own that says and carries what came from above, and is due no later."""
    directive = Directive(
        code=work.directives.new_code(),
        unit_id=unit.id,
        issuer_id=person.id,
        passes_on_id=above.id,
        chat_id=command.sender.account_id,
        words="\n\n".join(part for part in (above.note, above.correction or above.words) if part),
        file_id=above.file_id,
        file_kind=above.file_kind,
        file_name=above.file_name,
        residents_note=above.residents_note,
        audience=audience_below(above.audience),
        by_tier=work.units.has_tiers_below(unit),
        is_alarm=above.is_alarm,
        deadline_at=latest_deadline(above.deadline_at, work.now) or work.now + work.policy.default_deadline,
        drafted_at=work.now,
    )
    work.session.add(directive)
    work.session.flush()
    work.directive_pages.copy(above, directive)
    _hand_on_tasks(above, directive, unit, work)
    work.done(command, person, directive.subject)
    work.also(
        AcknowledgeDirective(
            sender=command.sender, place=command.place, message_id=command.message_id, directive_id=above.id
        )
    )
    return directive


def _hand_on_tasks(above: Directive, directive: Directive, unit: Unit, work: Work) -> None:
    """Let it carry the document with the unit's own tasks: now they are for everybody below it, or whom they name."""
    own = {each.task_id for each in work.assignments.of(above.id, [unit.id]) if not each.holder}
    reach = work.directives.within_reach(directive, unit)
    work.tasks.hand_on(above, directive, own, work.tasks.register(directive, unit, reach, work.policy.tiers))


def _going_on(command: AddNote | PassOnWithoutNote, directive_id: int, work: Work) -> Directive | None:
    """The draft that passes something on, for whoever commands its unit; others are told who does, or how it stands."""
    person, directive = work.meet(command), work.directives.require(directive_id)
    if directive.passes_on_id is None:
        raise NotThere(f"directive {directive.id} passes nothing on")
    if not work.people.commands_over(person.id, work.units.require(directive.unit_id)):
        work.also(RefuseDirecting.of(command, directive.unit_id))
        return None
    return directive if stands_in(CHANGEABLE, directive, command, work) else None


STORIES: Stories = {PassOnDirective: pass_on, AddNote: add_note, PassOnWithoutNote: pass_on_without_note}
