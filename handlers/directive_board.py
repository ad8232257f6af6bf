"""The issuer follows a directive: the board, who is missing, a chase by hand, a correction, a withdrawal."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, stands_in, still_asks
from handlers.commands import FromPerson
from handlers.commands.directive_following import (
    BeginCorrection,
    BeginWithdrawal,
    ChaseMissing,
    ChaseUnits,
    CorrectDirective,
    KeepDirective,
    ListDirectives,
    ListMissingUnits,
    PlaceBoard,
    ShowBoard,
    ShowChange,
    ShowReplaced,
    WithdrawDirective,
)
from handlers.commands.directives import AskForWords, PreviewDirective, RefuseDirecting, Wanted
from handlers.commands.tasks import ChaseUndone
from models.notices import Contact
from models.notices.directive_boards import (
    ChasedRecently,
    DirectivesListed,
    MissingUnit,
    MissingUnitsListed,
    NobodyMissing,
    OpenDirective,
    WithdrawalAsked,
    WithdrawalDecided,
)
from models.records import Directive, Unit
from models.rules.chasing import may_chase_by_hand_at
from models.rules.directives import GOING, DirectiveState, spokespeople
from models.rules.pages import page_of
from models.rules.roles import Role
from models.store.directives import PlaceInUnit
from models.store.people import contacts
from models.work import Work

DIRECTIVES_LISTED = 10
UNITS_A_PAGE = 36
#: Up to so many units there is room for a second person to call in each.
FEW_UNITS = 18


def list_directives(command: ListDirectives, work: Work) -> None:
    """Tell in private which directives of their units are open, with the board and the chase one tap away."""
    person = work.meet(command)
    units = work.people.units_where(person.id, [Role.COMMANDER, Role.CLERK])
    if not units:
        work.also(RefuseDirecting.of(command, None))
        return
    open_ones = work.directives.open_within(units, DIRECTIVES_LISTED)
    work.tell(command.sender.account_id, DirectivesListed(tuple(_open_directive(each, work) for each in open_ones)))


def show_board(command: ShowBoard, work: Work) -> None:
    """Show the board again where it is asked for."""
    directive = _followed(command, command.directive_id, work)
    if directive is not None:
        work.also(PlaceBoard(directive_id=directive.id, chat_id=command.place.chat_id))


def list_missing(command: ListMissingUnits, work: Work) -> None:
    """Name in private the units that have not acknowledged, with whom to call in each."""
    directive = _followed(command, command.directive_id, work)
    if directive is None:
        return
    missing = work.directives.missing(directive.id)
    if not missing:
        work.tell(command.sender.account_id, NobodyMissing(directive.code))
        return
    shown = page_of(missing, command.page, UNITS_A_PAGE, around=True)
    listed = MissingUnitsListed(
        directive_id=directive.id,
        code=directive.code,
        total=len(missing),
        units=_whom_to_call(shown.items, 2 if len(missing) <= FEW_UNITS else 1, work),
        page=shown.number,
        pages=shown.of,
    )
    subject = f"directive-missing:{directive.id}"
    work.show(command.sender.account_id, subject, listed, afresh=command.page == 0)


def chase(command: ChaseMissing, work: Work) -> None:
    """Chase by hand, at most once an hour: whoever has not done a task of its document, else the missing."""
    directive = _followed(command, command.directive_id, work)
    if directive is None or not still_asks(directive, command, work):
        return
    again_at = may_chase_by_hand_at(directive.chased_at, work.now, work.policy)
    if directive.chased_at is not None and again_at > work.now:
        notice = ChasedRecently(directive.code, directive.chased_at, again_at)
        work.tell(command.sender.account_id, notice)
    elif work.assignments.undone(directive.id):
        work.also(ChaseUndone(directive_id=directive.id))
    elif work.directives.missing(directive.id):
        work.also(ChaseUnits(directive_id=directive.id))
    else:
        work.tell(command.sender.account_id, NobodyMissing(directive.code))


def begin_correction(command: BeginCorrection, work: Work) -> None:
    """Ask in private for what the cards shall say instead."""
    directive = _going(command, command.directive_id, work)
    if directive is not None:
        work.also(
            AskForWords(
                sender=command.sender,
                place=command.place,
                wanted=Wanted.CORRECTION,
                directive_id=directive.id,
            )
        )


def correct(command: CorrectDirective, work: Work) -> None:
    """Put the correction on every card and ring once under those that have arrived."""
    directive = _going(command, command.directive_id, work)
    if directive is not None and command.words:
        work.done(command, work.meet(command), directive.subject)
        for each in (directive, *work.directives.passing_on(directive.id)):
            each.correction, each.corrected_at = command.words, work.now
            work.also(ShowChange(directive_id=each.id))


def begin_withdrawal(command: BeginWithdrawal, work: Work) -> None:
    """Ask once more before anything is withdrawn."""
    directive = _going(command, command.directive_id, work)
    if directive is not None:
        progress = work.directives.progress(directive)
        asked = WithdrawalAsked(
            directive.id,
            directive.code,
            sum(line.places for line in progress),
            sum(line.delivered for line in progress),
        )
        work.show(command.place.chat_id, _withdrawal(directive), asked, afresh=True)


def withdraw(command: WithdrawDirective, work: Work) -> None:
    """Let nothing more of it leave, and mark every card that left."""
    directive = _going(command, command.directive_id, work)
    if directive is not None:
        work.done(command, work.meet(command), directive.subject)
        for each in (directive, *work.directives.passing_on(directive.id)):
            _withdraw(each, work)
        decided = WithdrawalDecided(directive.code, withdrawn=True)
        work.show(command.place.chat_id, _withdrawal(directive), decided)


def _withdraw(directive: Directive, work: Work) -> None:
    """Mark what left; what only waits to be passed on never leaves."""
    if directive.sent_at is None:
        directive.state = DirectiveState.DISCARDED
        work.also(PreviewDirective(directive_id=directive.id))
        return
    directive.state, directive.withdrawn_at, directive.chase_at = DirectiveState.WITHDRAWN, work.now, None
    work.assignments.stop(directive.id)
    kept = work.tasks.document_of(directive.id)
    for replaced in work.documents.replaced_by(kept) if kept else ():
        work.also(ShowReplaced(directive_id=replaced.directive_id))
    work.outbox.drop_waiting(work.now, "withdrawn", job=directive.subject)
    work.also(ShowChange(directive_id=directive.id))


def keep(command: KeepDirective, work: Work) -> None:
    """The question is closed; nothing changes."""
    directive = _going(command, command.directive_id, work)
    if directive is not None:
        decided = WithdrawalDecided(directive.code, withdrawn=False)
        work.show(command.place.chat_id, _withdrawal(directive), decided)


def _whom_to_call(missing: Sequence[PlaceInUnit], people_a_unit: int, work: Work) -> tuple[MissingUnit, ...]:
    groups = work.units.groups_of(unit.id for _, unit in missing)
    return tuple(
        MissingUnit(
            unit=unit.name,
            has_group=unit.id in groups,
            delivered=place.delivered_at is not None,
            contacts=_contacts(unit, work)[:people_a_unit],
        )
        for place, unit in missing
    )


def _contacts(unit: Unit, work: Work) -> tuple[Contact, ...]:
    of_community = unit.tier == work.policy.tiers.community
    people = work.people.holding(unit.id, spokespeople(of_community=of_community))
    # Those with a phone first: the list is for calling.
    return contacts(sorted(people, key=lambda person: not person.phone))


def _open_directive(directive: Directive, work: Work) -> OpenDirective:
    progress, kept = work.directives.progress(directive), work.tasks.document_of(directive.id)
    about = work.tasks.read(kept).subject if kept else ""
    return OpenDirective(
        directive.id,
        directive.code,
        about or directive.words or directive.file_name,
        directive.deadline_at,
        sum(line.acknowledged for line in progress),
        sum(line.places for line in progress),
    )


def _followed(command: FromPerson, directive_id: int, work: Work) -> Directive | None:
    """The directive, for whoever commands its unit and its clerk; others are told who does."""
    person, directive = work.meet(command), work.directives.find(directive_id)
    if directive and work.people.may_draft_for(person.id, work.units.require(directive.unit_id)):
        return directive
    work.also(RefuseDirecting.of(command, directive.unit_id if directive else None))
    return None


def _going(command: FromPerson, directive_id: int, work: Work) -> Directive | None:
    """The directive, for whoever commands its unit, when it was sent and not withdrawn; others are told why not."""
    person, directive = work.meet(command), work.directives.find(directive_id)
    if directive is None or not work.people.commands_over(person.id, work.units.require(directive.unit_id)):
        work.also(RefuseDirecting.of(command, directive.unit_id if directive else None))
        return None
    return directive if stands_in(GOING, directive, command, work) else None


def _withdrawal(directive: Directive) -> str:
    return f"directive-withdrawal:{directive.id}"


STORIES: Stories = {
    ListDirectives: list_directives,
    ShowBoard: show_board,
    ListMissingUnits: list_missing,
    ChaseMissing: chase,
    BeginCorrection: begin_correction,
    CorrectDirective: correct,
    BeginWithdrawal: begin_withdrawal,
    WithdrawDirective: withdraw,
    KeepDirective: keep,
}
