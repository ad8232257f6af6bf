"""What a directive looks like wherever it arrives: one card a chat, and the issuer's one live board."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from handlers.commands import Command, MailDelivered
from handlers.commands.directives import GiveDirective, PlaceBoard, ShowChange, ShowProgress
from models.notices import Contact, Passed
from models.notices.directives import (
    DirectiveCorrected,
    DirectiveGiven,
    Names,
    ProgressCounted,
    ProgressLine,
    UnitState,
)
from models.records import Directive, DirectivePlace, Unit
from models.rules.directives import DirectiveState, reaches_group
from models.rules.mail import Priority
from models.work import Work

NAMES_SHOWN = 10

#: A unit of the register that a directive is for, with what it has answered.
Place = tuple[DirectivePlace, Unit]


def give(command: GiveDirective, work: Work) -> None:
    """Show the card, and pass on the file, to every group and person who has neither yet; begin the board."""
    directive = work.directives.require(command.directive_id)
    places = {unit.id: (place, unit) for place, unit in work.directives.places_in(directive.id)}
    grouped = [unit.id for _, unit in places.values() if _has_card_in_group(directive, unit, work)]
    recipients = work.directives.recipients(places, grouped)
    known = {card.chat_id for card in work.outbox.cards_about(_subject(directive))}
    groups = set(recipients.groups.values())
    for chat_id, unit_ids in recipients.units_by_chat().items():
        if chat_id not in known:
            served = [places[unit_id] for unit_id in unit_ids]
            _give_to(chat_id, directive, served, work, in_private=chat_id not in groups)
    if not work.outbox.cards_about(_board(directive)):
        work.show(directive.chat_id, _board(directive), _counted(directive, work))


def show_progress(command: ShowProgress, work: Work) -> None:
    """Let the cards of these units and the board show what was answered; changes collapse into one edit."""
    directive = work.directives.require(command.directive_id)
    for card in work.directives.cards_for(_subject(directive), command.unit_ids):
        _show_anew(card.chat_id, directive, work)
    _refresh_boards(directive, work)


def show_change(command: ShowChange, work: Work) -> None:
    """Mark every card that left; those still waiting take a correction along, and after a withdrawal never leave."""
    directive = work.directives.require(command.directive_id)
    subject, is_withdrawn = _subject(directive), directive.state is DirectiveState.WITHDRAWN
    left = work.directives.cards_that_left(subject)
    for card in left if is_withdrawn else work.outbox.cards_about(subject):
        _show_anew(card.chat_id, directive, work)
    for card in () if is_withdrawn else left:
        work.tell(
            card.chat_id,
            DirectiveCorrected(directive.code),
            subject=subject,
            job=subject,
            reply_to=card,
            silent=_is_quiet(work),
        )
    _refresh_boards(directive, work)


def place_board(command: PlaceBoard, work: Work) -> None:
    """Show the board at the bottom of the chat; it stays as live as the first one."""
    directive = work.directives.require(command.directive_id)
    work.show(command.chat_id, _board(directive), _counted(directive, work), afresh=True)


def note_delivered(command: MailDelivered, work: Work) -> None:
    """Remember for each unit this chat serves when the first card of it arrived, and count it on the board."""
    directive = work.directives.require(int(command.subject.rpartition(":")[2]))
    fresh = [
        place for place, _ in work.directives.places_served(directive.id, command.chat_id) if place.delivered_at is None
    ]
    for place in fresh:
        place.delivered_at = work.now
    if fresh:
        _refresh_boards(directive, work)


def _give_to(chat_id: int, directive: Directive, places: Sequence[Place], work: Work, *, in_private: bool) -> None:
    subject, quiet = _subject(directive), _is_quiet(work)
    given = _given(directive, places, work, in_private=in_private)
    card = work.show(chat_id, subject, given, job=subject, silent=quiet)
    if directive.file_id:
        file = Passed(directive.file_kind, directive.file_id, about=directive.code)
        work.tell(
            chat_id,
            file,
            subject=subject,
            job=subject,
            reply_to=card,
            priority=Priority.DIRECTIVE,
            silent=True,
        )


def _show_anew(chat_id: int, directive: Directive, work: Work) -> None:
    places = work.directives.places_served(directive.id, chat_id)
    if places:
        in_private = work.units.find_chat(chat_id) is None
        given = _given(directive, places, work, in_private=in_private)
        work.show(chat_id, _subject(directive), given)


def _given(directive: Directive, places: Sequence[Place], work: Work, *, in_private: bool) -> DirectiveGiven:
    issuer, unit = work.people.require(directive.issuer_id), places[0][1]
    return DirectiveGiven(
        directive_id=directive.id,
        code=directive.code,
        issuer=Contact(issuer.name, unit=work.units.require(directive.unit_id).name),
        words=directive.words,
        file_name=directive.file_name,
        deadline_at=directive.deadline_at,
        units=tuple(_state(place, unit, work) for place, unit in places),
        seen=0 if in_private else work.directives.count_seen(directive.id, unit.id),
        in_private=in_private,
        in_community=not in_private and unit.tier == work.policy.tiers.community,
        correction=directive.correction,
        corrected_at=directive.corrected_at,
        withdrawn_at=directive.withdrawn_at,
    )


def _state(place: DirectivePlace, unit: Unit, work: Work) -> UnitState:
    return UnitState(
        unit.name,
        place.acknowledged_at,
        work.people.require(place.acknowledged_by_id).name if place.acknowledged_by_id else "",
        place.done_at,
        work.people.require(place.done_by_id).name if place.done_by_id else "",
    )


def _refresh_boards(directive: Directive, work: Work) -> None:
    counted = _counted(directive, work)
    for card in work.outbox.cards_about(_board(directive)):
        work.show(card.chat_id, _board(directive), counted)


def _counted(directive: Directive, work: Work) -> ProgressCounted:
    progress = work.directives.progress(directive)
    is_for_staff = not reaches_group(directive.audience, of_community=True)
    but_tier = work.policy.tiers.community if is_for_staff else ""
    without_group = work.directives.without_group(directive.id, but_tier=but_tier)
    return ProgressCounted(
        directive_id=directive.id,
        code=directive.code,
        words=directive.words,
        file_name=directive.file_name,
        deadline_at=directive.deadline_at,
        places=sum(line.places for line in progress),
        delivered=sum(line.delivered for line in progress),
        acknowledged=sum(line.acknowledged for line in progress),
        done=sum(line.done for line in progress),
        seen=work.directives.count_seen(directive.id),
        lines=tuple(ProgressLine(line.unit, line.places, line.acknowledged, line.done) for line in progress),
        without_group=Names(tuple(without_group[:NAMES_SHOWN]), max(0, len(without_group) - NAMES_SHOWN)),
        chases=directive.chases,
        chased_at=directive.chased_at,
        chase_at=directive.chase_at,
        corrected_at=directive.corrected_at,
        withdrawn_at=directive.withdrawn_at,
    )


def _has_card_in_group(directive: Directive, unit: Unit, work: Work) -> bool:
    return reaches_group(directive.audience, of_community=unit.tier == work.policy.tiers.community)


def _is_quiet(work: Work) -> bool:
    return work.policy.quiet.is_quiet(work.now, work.policy.timezone)


def _subject(directive: Directive) -> str:
    return f"directive:{directive.id}"


def _board(directive: Directive) -> str:
    return f"directive-board:{directive.id}"


STORIES: dict[type[Command], Callable[[Any, Work], None]] = {
    GiveDirective: give,
    ShowProgress: show_progress,
    ShowChange: show_change,
    PlaceBoard: place_board,
    MailDelivered: note_delivered,
}
