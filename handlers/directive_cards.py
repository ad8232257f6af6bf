"""What a directive looks like wherever it arrives: one card a chat, always showing how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from handlers import Stories
from handlers.commands import MailDelivered
from handlers.commands.directive_following import (
    CountProgress,
    GiveDirective,
    PlaceBoard,
    ShowChange,
    ShowProgress,
    ShowReplaced,
)
from models.notices import Contact
from models.notices.directives import (
    AlarmGiven,
    DirectiveAbove,
    DirectiveCorrected,
    DirectiveGiven,
    OrderPassed,
    UnitState,
)
from models.notices.tasks import DocumentLine, together
from models.records import Card, Directive, Unit
from models.rules.directives import DirectiveState, reaches_group
from models.rules.roles import Role
from models.store.directive_reach import Recipients
from models.store.directives import PlaceInUnit
from models.store.task_lines import in_each_unit
from models.work import Work


def give(command: GiveDirective, work: Work) -> None:
    """Show the card, and pass on the file, to every group and person who has neither yet; begin the board."""
    directive = work.directives.require(command.directive_id)
    subject = directive.subject
    places = {unit.id: (place, unit) for place, unit in work.directives.places_in(directive.id)}
    grouped = [unit_id for unit_id, (_, unit) in places.items() if _has_card_in_group(directive, unit, work)]
    given = _given_in_each(directive, _recipients(directive, places, grouped, work), places, work)
    given = _with_contacts(given, _given_to_contacts(directive, work))
    known = {card.chat_id for card in work.outbox.cards_among(given, subject)}
    fresh = {chat_id: notice for chat_id, notice in given.items() if chat_id not in known}
    work.show_in_each(fresh, subject, job=subject, silent=_is_quiet(directive, work))
    placed = work.outbox.cards_among(fresh, subject)
    with_file = [card for card in placed if not _is_noted(directive, in_community=fresh[card.chat_id].in_community)]
    _pass_on_files(directive, with_file, work)
    if work.outbox.find_card(directive.chat_id, directive.board_subject) is None:
        work.also(PlaceBoard(directive_id=directive.id, chat_id=directive.chat_id))
    if directive.passes_on_id is not None:
        work.also(CountProgress(directive_id=directive.passes_on_id))


def show_progress(command: ShowProgress, work: Work) -> None:
    """Let the cards of these units and the board show what was answered; changes collapse into one edit."""
    directive = work.directives.require(command.directive_id)
    chats = work.directives.chats_of(command.unit_ids)
    if directive.unit_id in command.unit_ids:
        chats |= set(_contacts(directive, work))
    _show_anew(work.outbox.cards_among(chats, directive.subject), directive, work)
    work.also(CountProgress(directive_id=directive.id))


def show_change(command: ShowChange, work: Work) -> None:
    """Mark every card that left; one that waits takes a correction along, and after a withdrawal never leaves."""
    directive = work.directives.require(command.directive_id)
    subject, is_withdrawn = directive.subject, directive.state is DirectiveState.WITHDRAWN
    left = work.directives.cards_that_left(subject)
    _show_anew(left if is_withdrawn else work.outbox.cards_about(subject), directive, work)
    work.also(CountProgress(directive_id=directive.id))
    for card in () if is_withdrawn else left:
        corrected = DirectiveCorrected(directive.code)
        work.tell(
            card.chat_id, corrected, subject=subject, job=subject, reply_to=card, silent=_is_quiet(directive, work)
        )


def show_replaced(command: ShowReplaced, work: Work) -> None:
    """Let its cards and boards, and those of what passes it on, say which document takes its place."""
    directive = work.directives.require(command.directive_id)
    for each in (directive, *work.directives.passing_on(directive.id)):
        _show_anew(work.outbox.cards_about(each.subject), each, work)
        work.also(CountProgress(directive_id=each.id))


def note_delivered(command: MailDelivered, work: Work) -> None:
    """Remember for each unit this chat serves when the first card of it arrived, and count it on the board."""
    directive = work.directives.require(int(command.subject.rpartition(":")[2]))
    served = work.directives.served_in([command.chat_id]).served_units()
    places = [place for place, _ in work.directives.places_in(directive.id, served)]
    fresh = [place for place in places if place.delivered_at is None]
    for place in fresh:
        place.delivered_at = work.now
    if fresh:
        work.also(CountProgress(directive_id=directive.id))


def _pass_on_files(directive: Directive, cards: Sequence[Card], work: Work) -> None:
    kept = work.directive_pages.files(directive)
    files = [OrderPassed(media, file_id, about=directive.code) for media, file_id in kept]
    for card, file in product(cards, files):
        work.tell(card.chat_id, file, subject=card.subject, job=card.subject, reply_to=card)


def _show_anew(cards: Sequence[Card], directive: Directive, work: Work) -> None:
    served = work.directives.served_in(card.chat_id for card in cards)
    places = {unit.id: (place, unit) for place, unit in work.directives.places_in(directive.id, served.served_units())}
    chats = {card.chat_id for card in cards}
    given = _given_in_each(directive, served, places, work)
    contacts = {chat: notice for chat, notice in _given_to_contacts(directive, work).items() if chat in chats}
    work.show_in_each(_with_contacts(given, contacts), directive.subject)


def _given_in_each(
    directive: Directive, served: Recipients, places: dict[int, PlaceInUnit], work: Work
) -> dict[int, DirectiveGiven]:
    """The card of each chat, with the state of every unit it stands for."""
    directive_itself = _given(directive, work)
    assignments = work.assignments.of(directive.id, places)
    described, by_unit = work.assignments.describe(assignments), in_each_unit(assignments)
    states = _states(directive, places, work)
    seen = work.directives.seen_in(directive.id, places)
    units_of_groups = {chat_id: places[unit_id][1] for unit_id, chat_id in served.groups.items() if unit_id in places}
    chairs = {account for account, _, role in served.staff if role is Role.COMMANDER}
    given = {}
    for chat_id, unit_ids in served.units_by_chat().items():
        group_of = units_of_groups.get(chat_id)
        in_community = group_of is not None and group_of.tier == work.policy.tiers.community
        noted = _is_noted(directive, in_community=in_community)
        given[chat_id] = replace(
            directive_itself,
            words=directive.residents_note if noted else directive_itself.words,
            note="" if noted else directive_itself.note,
            document=None if noted else directive_itself.document,
            units=tuple(states[unit_id] for unit_id in unit_ids if unit_id in states),
            tasks=() if noted else described.lines(each for unit_id in unit_ids for each in by_unit.get(unit_id, ())),
            seen=seen.get(group_of.id, 0) if group_of else 0,
            in_community=in_community,
            may_pass_on=directive.by_tier and not in_community and (group_of is not None or chat_id in chairs),
        )
    return {chat_id: notice for chat_id, notice in given.items() if notice.units}


def _recipients(directive: Directive, places: dict[int, PlaceInUnit], grouped: Sequence[int], work: Work) -> Recipients:
    """Who gets a card; what the issuer's own group is told of its agencies goes to nobody else there."""
    recipients = work.directives.recipients(places, grouped)
    if directive.unit_id not in recipients.groups:
        return recipients
    staff = [each for each in recipients.staff if each[1] != directive.unit_id]
    return replace(recipients, staff=staff)


def _given_to_contacts(directive: Directive, work: Work) -> dict[int, DirectiveGiven]:
    """The card of each agency's contact we can write to in private: that agency's tasks and no others."""
    accounts = _contacts(directive, work)
    if not accounts:
        return {}
    itself, assignments = _given(directive, work), work.assignments.of(directive.id, [directive.unit_id])
    return {
        account: replace(
            itself,
            tasks=work.assignments.lines(
                [assignment for assignment in assignments if assignment.agency_id in agencies]
            ),
        )
        for account, agencies in accounts.items()
    }


def _with_contacts(given: dict[int, DirectiveGiven], contacts: dict[int, DirectiveGiven]) -> dict[int, DirectiveGiven]:
    """Every card; that of somebody who serves a unit and answers at an agency holds the tasks of both."""
    both = {
        chat_id: replace(given[chat_id], tasks=together(given[chat_id].tasks, card.tasks))
        for chat_id, card in contacts.items()
        if chat_id in given
    }
    return given | contacts | both


def _contacts(directive: Directive, work: Work) -> dict[int, set[int]]:
    """By account: the agencies with a task in it whose contact it is."""
    agencies = work.tasks.agencies_behind(work.assignments.of(directive.id, [directive.unit_id]))
    return work.tasks.accounts_behind(agencies.values()) if agencies else {}


def _given(directive: Directive, work: Work) -> DirectiveGiven:
    """What every card says alike."""
    issuer = work.people.require(directive.issuer_id)
    kept, above = work.tasks.document_of(directive.id), work.directives.above(directive)
    given = AlarmGiven if directive.is_alarm else DirectiveGiven
    return given(
        directive_id=directive.id,
        code=directive.code,
        issuer=Contact(issuer.name, unit=work.units.require(directive.unit_id).name),
        words=directive.words if directive.file_id or kept is None else "",
        note=directive.note,
        file_name=directive.file_name,
        deadline_at=directive.deadline_at,
        document=DocumentLine.of(work.tasks.read(kept)) if kept else None,
        replaced_by=work.documents.sign_replacing(directive),
        above=DirectiveAbove(above.code, work.units.require(above.unit_id).name) if above else None,
        correction=directive.correction,
        corrected_at=directive.corrected_at,
        withdrawn_at=directive.withdrawn_at,
    )


def _states(directive: Directive, places: dict[int, PlaceInUnit], work: Work) -> dict[int, UnitState]:
    """What each unit has answered, and by whom."""
    names = work.directives.names_of_answerers(directive.id)
    return {
        unit.id: UnitState(
            unit.name,
            place.acknowledged_at,
            names.get(place.acknowledged_by_id, ""),
            place.done_at,
            names.get(place.done_by_id, ""),
        )
        for place, unit in places.values()
    }


def _has_card_in_group(directive: Directive, unit: Unit, work: Work) -> bool:
    of_community = unit.tier == work.policy.tiers.community
    return reaches_group(directive.audience, of_community=of_community) or _is_noted(
        directive, in_community=of_community
    )


def _is_noted(directive: Directive, *, in_community: bool) -> bool:
    """Whether neighbours there read the note in plain words instead of the directive."""
    return in_community and bool(directive.residents_note)


def _is_quiet(directive: Directive, work: Work) -> bool:
    """Whether it comes without a sound: at night, unless it is an alarm."""
    return not directive.is_alarm and work.policy.quiet.is_quiet(work.now, work.policy.timezone)


STORIES: Stories = {
    GiveDirective: give,
    ShowProgress: show_progress,
    ShowChange: show_change,
    ShowReplaced: show_replaced,
    MailDelivered: note_delivered,
}
