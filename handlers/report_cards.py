"""Who sees how much of a report: its desk all of it, desks it came through less, groups one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from handlers import Stories
from handlers.commands.duty import RingOn
from handlers.commands.reports import ShowReport, ShrinkCards, ViewReport
from models.notices import Notice, Passed
from models.notices.desks import (
    AlarmCard,
    DeskAlarmed,
    DeskRung,
    HistoryLine,
    Origin,
    ReportCard,
    ReportLine,
    ReportShrunk,
)
from models.records import Card, ChatPurpose, Report, ReportAttachment, ReportStep
from models.records.reports import REPORT
from models.rules import reports as rules
from models.rules.reports import Action, ReportState, Ring, Rung, Step
from models.rules.triage import Urgency
from models.rules.words import shorten
from models.store.people import is_reachable
from models.work import Work

#: How much of the sender's words, of each later message and of each step a card has room for, in UTF-16 units.
_WORDS, _ADDED_WORDS, _STEP_WORDS = 1500, 300, 120
#: How many later messages and how many steps a card shows.
_ADDED, _STEPS = 5, 4
_LOUD = frozenset({Ring.URGENT, Ring.ESCALATED})
#: What the clock says again and again, and what one desk gives to another: only where the report is held now.
_FOR_ITS_HOLDER = frozenset({Ring.REMINDED, Ring.STANDING, Ring.PROMISE_DUE, Ring.HANDED_DOWN})


def show(command: ShowReport, work: Work) -> None:
    """Let every desk and group that may see the report see its newest state, and nobody else more than its code."""
    report = work.reports.require(command.report_id)
    working = work.desk_chats.working(report)
    opened = _opened(working, report, work)
    card, known = _card(report, work), work.outbox.cards_about(report.subject)
    notices: dict[int, Notice] = {chat: card if chat in opened else _sealed(card) for chat in working}
    for each in known:
        if each.chat_id not in working:
            notices[each.chat_id] = _elsewhere(each.chat_id, report, lambda: card, work)
    told = {person.account_id for person in work.desks.told_of(report) if person.account_id}
    notices |= dict.fromkeys(told - working, _read_only(card))
    notices |= dict.fromkeys(_groups(report, work), _line(report, work))
    is_quiet = rules.keeps_quiet(report.urgency, work.now, work.policy)
    asleep = work.desk_chats.asleep(report)
    for is_asleep in (False, True):
        part = {chat: notice for chat, notice in notices.items() if (chat in asleep) is is_asleep}
        work.show_in_each(part, report.subject, silent=is_quiet or is_asleep or None)
    attachments = () if report.state is ReportState.CLOSED else work.reports.attachments(report.id)
    rings = _rings(command.ring, working, report, work)
    for each in work.outbox.cards_among(working, report.subject) if attachments or rings else ():
        if each.chat_id in opened:
            _pass(attachments, each, report, work)
        if each.chat_id in rings and each.chat_id not in asleep:
            _ring(rings[each.chat_id], each, report, work, silent=is_quiet)
    if command.ring is not None and asleep and report.urgency is Urgency.P1:
        work.also(RingOn(report_id=report.id))


def view(command: ViewReport, work: Work) -> None:
    """Show the card anew, at the bottom of the private chat of someone who may see it."""
    person = work.meet(command)
    report = work.reports.require(command.report_id)
    if not work.desks.may_see(person.id, report):
        refusal = work.desks.refusal_for(person.id, report)
        assert refusal is not None
        work.refuse(command, person, report.subject, refusal)
        return
    if report.confidential:
        work.done(command, person, report.subject)
        work.reports.note_opened(report, person, work.now)
    is_theirs = work.desks.may_act(person.id, report)
    card = _card(report, work)
    for shown in work.show_each([person], report.subject, card if is_theirs else _read_only(card), afresh=True):
        if is_theirs:
            _pass(work.reports.attachments(report.id), shown, report, work)


def shrink(command: ShrinkCards, work: Work) -> None:
    """Let each card in the private chat of someone who may see less than before show what they may still see."""
    person = work.people.require(command.person_id)
    if person.account_id is None:
        return
    for card in work.outbox.cards_in(person.account_id, REPORT):
        report = work.reports.require(int(card.subject.removeprefix(f"{REPORT}:")))
        work.show(card.chat_id, card.subject, _elsewhere(card.chat_id, report, partial(_card, report, work), work))


def _opened(working: set[int], report: Report, work: Work) -> set[int]:
    """The chats that show the words: what is confidential stays sealed until each reader opens it, which is kept."""
    if not report.confidential:
        return working
    accounts = {work.people.require(person_id).account_id for person_id in work.reports.opened_by(report.id)}
    return {chat_id for chat_id in working if chat_id in accounts}


def _sealed(card: Notice) -> Notice:
    if not isinstance(card, ReportCard):
        return card
    actions = tuple(action for action in (Action.OPEN, Action.TAKE) if action is Action.OPEN or action in card.actions)
    return replace(card, sealed=True, words="", added=(), amended=(), history=(), sender=None, actions=actions)


def _rings(ring: Ring | None, working: set[int], report: Report, work: Work) -> dict[int, Ring]:
    """Why each chat is to make a sound: those of the desk that holds it, and for the most part all the others too.

    A danger that climbs rings everywhere; to all but its new desk it says that nobody has taken it up yet. Where nobody
    can be reached at the desk that holds it, everybody else hears what was for that desk.
    """
    if ring is None:
        return {}
    holding = dict.fromkeys(work.desk_chats.holding(report), ring)
    if holding and ring in _FOR_ITS_HOLDER:
        return holding
    return dict.fromkeys(working, Ring.REMINDED if ring is Ring.ESCALATED else ring) | holding


def _ring(ring: Ring, card: Card, report: Report, work: Work, *, silent: bool) -> None:
    is_loud = report.urgency is Urgency.P1 or ring in _LOUD
    rung = (DeskAlarmed if is_loud else DeskRung)(report.code, ring, report.urgency)
    # Somebody who writes line by line makes the desk's phones ring once a minute, not at every line.
    minute = f"{work.now:%Y-%m-%dT%H:%M}"
    key = f"rung:{card.id}:{minute}" if ring is Ring.NEW_WORDS else None
    work.tell(card.chat_id, rung, subject=report.subject, reply_to=card, silent=silent, key=key)


def _pass(attachments: Sequence[ReportAttachment], card: Card, report: Report, work: Work) -> None:
    """Each picture, voice and place goes along once to each chat where the report is worked on."""
    for attachment in attachments:
        passed = Passed(
            attachment.kind.value,
            attachment.file_id,
            attachment.latitude,
            attachment.longitude,
            about=report.code,
        )
        key = f"passed:{attachment.id}:{card.chat_id}"
        work.tell(card.chat_id, passed, subject=report.subject, reply_to=card, key=key)


def _elsewhere(chat_id: int, report: Report, make_card: Callable[[], Notice], work: Work) -> Notice:
    """A card outside the desk that holds the report: a group's line, a reader's copy, or no more than the code.

    The whole card is made for those alone who may see something of it.
    """
    chat = work.chats.find(chat_id) if chat_id < 0 else None
    if chat is not None and chat.purpose is ChatPurpose.GROUP:
        return _line(report, work)
    person = None if chat else work.people.find_by_account(chat_id)
    if person is not None and work.desks.may_act(person.id, report):
        card = make_card()
        return card if _opened({chat_id}, report, work) else _sealed(card)
    is_staff_chat = chat is not None and not report.confidential
    if is_staff_chat or (person is not None and work.desks.may_see(person.id, report)):
        return _read_only(make_card())
    return _shrunk(report, work)


def _shrunk(report: Report, work: Work) -> ReportShrunk:
    into = work.reports.goes_on_in(report).code if report.merged_into_id is not None else ""
    return ReportShrunk(report.code, report.state is ReportState.CLOSED, into)


def _read_only(card: Notice) -> Notice:
    """The card for those who only read: without its sender, their home and the buttons."""
    if not isinstance(card, ReportCard):
        return card
    return replace(card, origin=replace(card.origin, household=""), sender=None, actions=())


def _card(report: Report, work: Work) -> Notice:
    """The report as the desk that works on it sees it."""
    if report.state is ReportState.CLOSED:
        return _shrunk(report, work)
    sender = work.people.require(report.sender_id)
    steps = work.reports.history_in_short(report.id)
    kind = AlarmCard if report.urgency is Urgency.P1 else ReportCard
    return kind(
        report_id=report.id,
        code=report.code,
        state=report.state,
        category=report.category,
        urgency=report.urgency,
        unheard=report.unheard,
        confidential=report.confidential,
        origin=_origin(report, work),
        filed_at=report.filed_at,
        due_at=report.due_at if report.state is ReportState.OPEN else None,
        promised_at=report.promised_at,
        holder=work.desks.desk_contact_of(report),
        desk=work.units.require(report.holder_id).name,
        rung=report.rung,
        taken_by=work.desks.contact_of(report) if report.taken_by_id else None,
        sender=work.reports.sender_of(report),
        sender_reads=is_reachable(sender),
        words=shorten(report.words, _WORDS),
        added=_said(Step.JOINED, steps),
        amended=_said(Step.AMENDED, steps),
        history=_history(steps, report.sender_id, work),
        actions=_actions(report, work),
        sender_is_spared=report.must_stay_silent,
    )


def _origin(report: Report, work: Work) -> Origin:
    """Where it comes from."""
    if report.origin_id is None:
        return Origin("")
    unit = work.units.require(report.origin_id)
    household = work.households.require(report.household_id) if report.household_id else None
    return Origin(unit.name, unit.village, household.number if household else "")


def _said(kind: Step, steps: Sequence[ReportStep]) -> tuple[str, ...]:
    """The sender's newest words of this kind."""
    return tuple(shorten(step.words, _ADDED_WORDS) for step in steps if step.step is kind and step.words)[-_ADDED:]


def _history(steps: Sequence[ReportStep], sender_id: int, work: Work) -> tuple[HistoryLine, ...]:
    """The last steps with who took them; the sender goes unnamed, for not every reader may know them."""
    by_sender = (Step.FILED, Step.JOINED, Step.AMENDED)
    by_others = [step for step in steps if not (step.step in by_sender and step.person_id == sender_id)]
    runs = groupby(by_others, key=lambda step: step.step if step.step in rules.REPEATED else step.id)
    told = [list(run)[-1] for _, run in runs]
    return tuple(
        HistoryLine(
            step.at,
            step.step,
            who=work.people.require(step.person_id).name if step.person_id not in (None, sender_id) else "",
            unit=work.units.require(step.unit_id).name if step.unit_id else "",
            words=shorten(step.words, _STEP_WORDS),
            ready=step.ready,
        )
        for step in told[-_STEPS:]
    )


def _actions(report: Report, work: Work) -> tuple[Action, ...]:
    has_below = report.rung is Rung.OFFICE and not report.confidential
    offered = rules.actions(report.state, has_above=bool(work.desks.seats_above(report)), has_below=has_below)
    return (*offered, Action.RELEASE) if report.confidential and report.state in rules.PENDING else offered


def _groups(report: Report, work: Work) -> list[int]:
    """The groups of the commune and, once it came higher, of each unit up to the one that holds it.

    Never a community's own group, for the sender's neighbours sit there; and never what is confidential.
    """
    if report.confidential or report.released_from_id is not None:
        return []
    offices = [seat for seat in work.desks.way_of(report) if seat.rung is Rung.OFFICE]
    holder = work.desks.seat_of(report)
    reached = [seat for seat in offices if seat.tier_rank >= holder.tier_rank] or offices[:1]
    chats = [work.units.chat_of(seat.unit_id) for seat in reached]
    return [chat.id for chat in chats if chat]


def _line(report: Report, work: Work) -> ReportLine:
    return ReportLine(
        report_id=report.id,
        code=report.code,
        state=report.state,
        category=report.category if rules.may_be_named_in_groups(report.category) else None,
        urgency=report.urgency,
        village=work.units.village_of(report.origin_id),
        filed_at=report.filed_at,
        holder=work.units.require(report.holder_id).name,
        rung=report.rung,
    )


STORIES: Stories = {
    ShowReport: show,
    ViewReport: view,
    ShrinkCards: shrink,
}
