"""One follow-up: shown with what was measured, extended, ended early, and a contact who falls ill."""

from __future__ import annotations

from handlers import Stories, refuse_following
from handlers.commands import FromPerson
from handlers.commands.followups import (
    AboutFollowUp,
    AskFollowUp,
    EndFollowUps,
    ExtendFollowUp,
    FollowQuestion,
    MakeCase,
    OpenFollowUp,
    ResumeFollowUps,
    StopFollowUp,
)
from models.notices.followups import (
    DaysUnread,
    FollowedLeft,
    FollowUpClosed,
    FollowUpShown,
    FollowWordsAsked,
    Happened,
    Measured,
    ReadingAsked,
)
from models.records import FollowUp, Household, Person
from models.rules.followup_words import read_days
from models.rules.followups import (
    Due,
    FollowUpEvent,
    FollowUpState,
    isolates_until,
    last_day,
    next_ask,
)
from models.rules.households import Ending
from models.rules.protocols import Subject, protocol_for, protocol_named
from models.rules.roles import Role
from models.rules.vitals import RedFlag
from models.work import Work

#: How many readings one follow-up shows.
_READINGS_SHOWN = 6


def open_one(command: OpenFollowUp, work: Work) -> None:
    """Show one with its last readings and its history."""
    _, follow_up = _allowed(command, work)
    if follow_up is not None:
        _show(command, follow_up, work)


def ask(command: AskFollowUp, work: Work) -> None:
    """Let the next private message be the reading, the days, or the reason."""
    _, follow_up = _allowed(command, work)
    if follow_up is not None and follow_up.state is FollowUpState.RUNNING:
        work.ask(command.sender.account_id, command.question, follow_up_id=follow_up.id)
        question = command.question.value.removeprefix("follow-")
        work.tell(command.sender.account_id, FollowWordsAsked(question=question, name=follow_up.name))


def make_case(command: MakeCase, work: Work) -> None:
    """A contact is ill: today the days of the ill begin, and what was before stays in the history."""
    person, follow_up = _allowed(command, work)
    if follow_up is None:
        return
    if command.is_sure and follow_up.state is FollowUpState.RUNNING and follow_up.subject is not Subject.F0:
        rule = protocol_for(Subject.F0, follow_up.vaccinated, work.today)
        follow_up.subject, follow_up.protocol, follow_up.readings = Subject.F0, rule.key, rule.readings
        follow_up.begins_on, follow_up.last_day = work.today, last_day(work.today, rule.days)
        follow_up.isolates_until = isolates_until(work.today, rule)
        follow_up.plan(_next(follow_up, work))
        _note(follow_up, FollowUpEvent.BECAME_CASE, person, work)
    _show(command, follow_up, work, asks_case=not command.is_sure)


def extend(command: ExtendFollowUp, work: Work) -> None:
    """Put its last day off, with who and why."""
    person, follow_up = _allowed(command, work)
    if follow_up is None or follow_up.state is not FollowUpState.RUNNING:
        return
    days = read_days(command.words)
    if days is None:
        work.ask(command.sender.account_id, FollowQuestion.EXTEND, follow_up_id=follow_up.id)
        work.tell(command.sender.account_id, DaysUnread())
        return
    follow_up.last_day = last_day(follow_up.last_day, days + 1)
    follow_up.plan(_next(follow_up, work))
    _note(follow_up, FollowUpEvent.EXTENDED, person, work, command.words)
    _show(command, follow_up, work, afresh=True)


def stop(command: StopFollowUp, work: Work) -> None:
    """End it early, with who and why."""
    person, follow_up = _allowed(command, work)
    if follow_up is None or follow_up.state is not FollowUpState.RUNNING:
        return
    follow_up.state, follow_up.next_step, follow_up.due_at = FollowUpState.STOPPED, None, None
    _note(follow_up, FollowUpEvent.STOPPED, person, work, command.words)
    _show(command, follow_up, work, afresh=True)


def end_for(command: EndFollowUps, work: Work) -> None:
    """Whoever was followed died or moved away: a question that is out asks no more, and the home is told of no end.

    Where they moved away, those who looked after them and the health station hear that their days were not over.
    """
    by, home = work.people.require(command.by_id), work.households.require(command.household_id)
    resident = work.homes.require_resident(command.resident_id) if command.resident_id else None
    has_died = command.ending is Ending.DIED
    for follow_up in work.followups.of_somebody(home.id, resident, {FollowUpState.RUNNING}):
        follow_up.state = FollowUpState.DIED if has_died else FollowUpState.STOPPED
        follow_up.next_step, follow_up.due_at = None, None
        _note(follow_up, FollowUpEvent.DIED if has_died else FollowUpEvent.LEFT, by, work)
        _withdraw_question(follow_up, home, work)
        if not has_died:
            _tell_left(follow_up, home, by, work)


def resume_for(command: ResumeFollowUps, work: Work) -> None:
    """They are there after all: what ended for that alone goes on, unless its days are over by now."""
    by, home = work.people.require(command.by_id), work.households.require(command.household_id)
    resident = work.homes.require_resident(command.resident_id) if command.resident_id else None
    over = {FollowUpState.STOPPED, FollowUpState.DIED}
    for follow_up in work.followups.of_somebody(home.id, resident, over):
        ended_by = work.followups.last_event(follow_up)
        if ended_by in (FollowUpEvent.DIED, FollowUpEvent.LEFT) and follow_up.last_day >= work.today:
            follow_up.state = FollowUpState.RUNNING
            follow_up.plan(_next(follow_up, work))
            _note(follow_up, FollowUpEvent.RESUMED, by, work)


def _withdraw_question(follow_up: FollowUp, home: Household, work: Work) -> None:
    closed = FollowUpClosed(work.checkins.whom_to_call(work.units.require(home.unit_id)))
    for card in work.outbox.cards_about(follow_up.code):
        if card.kind == ReadingAsked.__name__:
            work.show(card.chat_id, card.subject, closed)


def _tell_left(follow_up: FollowUp, home: Household, by: Person, work: Work) -> None:
    unit = work.units.require(home.unit_id)
    left = FollowedLeft(follow_up.id, unit.name, home.number, follow_up.name, home.phone, follow_up.last_day)
    station = work.people.holding(unit.parent_id, [Role.HEALTH]) if unit.parent_id is not None else []
    told = {person.id: person for person in [*work.checkins.callers_of(unit), *station] if person.id != by.id}
    work.tell_each(told.values(), left, subject=follow_up.code)


def _next(follow_up: FollowUp, work: Work) -> Due:
    return next_ask(work.now, follow_up.last_day, follow_up.readings, work.policy.timezone)


def _note(follow_up: FollowUp, event: FollowUpEvent, by: Person, work: Work, words: str = "") -> None:
    work.followups.note(follow_up, event, work.now, by, words)
    work.record(event.value, by, follow_up.code)


def _allowed(command: AboutFollowUp, work: Work) -> tuple[Person, FollowUp | None]:
    """Who asked, and the follow-up when they may work on it; otherwise they are told who may."""
    person, follow_up = work.meet(command), work.followups.require(command.follow_up_id)
    home = work.households.require(follow_up.household_id)
    if work.checkins.may_answer_for(person.id, work.units.require(home.unit_id)):
        return person, follow_up
    refuse_following(command, home, work)
    return person, None


def _show(
    command: FromPerson,
    follow_up: FollowUp,
    work: Work,
    *,
    afresh: bool = False,
    asks_case: bool = False,
) -> None:
    work.session.flush()
    home = work.households.require(follow_up.household_id)
    shown = FollowUpShown(
        follow_up_id=follow_up.id,
        unit=work.units.require(home.unit_id).name,
        number=home.number,
        name=follow_up.name,
        phone=home.phone,
        subject=follow_up.subject,
        state=follow_up.state,
        begins_on=follow_up.begins_on,
        isolates_until=follow_up.isolates_until,
        last_day=follow_up.last_day,
        source=protocol_named(follow_up.protocol).source,
        readings=tuple(
            Measured(each.at, work.people.require(each.by_id).name, each.vitals, _flags(each.flags))
            for each in work.followups.last_readings(follow_up, _READINGS_SHOWN)
        ),
        history=tuple(
            Happened(
                each.at,
                work.people.require(each.by_id).name if each.by_id else "",
                each.event,
                each.subject,
                each.last_day,
                each.words,
            )
            for each in work.followups.changes_of(follow_up)
        ),
        asks_case=asks_case,
    )
    work.show(command.sender.account_id, "follow-up-open", shown, afresh=afresh)


def _flags(written: str) -> tuple[RedFlag, ...]:
    return tuple(RedFlag(flag) for flag in written.split())


STORIES: Stories = {
    OpenFollowUp: open_one,
    AskFollowUp: ask,
    MakeCase: make_case,
    ExtendFollowUp: extend,
    StopFollowUp: stop,
    EndFollowUps: end_for,
    ResumeFollowUps: resume_for,
}
