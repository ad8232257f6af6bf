"""A directive is taken to where the bot does not reach: pasted into another service, read out over loudspeakers."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.directive_following import CopyDirective
from handlers.commands.directives import RefuseDirecting
from models.notices.directives import DirectiveCopied
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
    copied = DirectiveCopied(
        code=directive.code,
        channel=command.channel,
        issuer=work.units.require(directive.unit_id).name,
        words=directive.correction or directive.words,
        file_name=directive.file_name,
        deadline_at=directive.deadline_at,
    )
    work.tell(command.sender.account_id, copied)


def _may_pass_on(person: Person, directive: Directive, work: Work) -> bool:
    """Whether they are staff of a unit it was sent to, of its issuer, or of a unit above."""
    issuer = work.units.require(directive.unit_id)
    places = {issuer.id, *ancestor_ids(issuer)}
    if directive.sent_at is not None:
        places |= work.directives.unit_ids(directive.id)
    return any(grant.role in STAFF and grant.unit_id in places for grant in work.people.grants_of(person.id))


STORIES: Stories = {CopyDirective: copy}
