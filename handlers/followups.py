"""One follow-up: shown with what was measured, extended, ended early, and a contact who falls ill."""

from __future__ import annotations

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.followups import (
    AboutFollowUp,
    AskFollowUp,
    ExtendFollowUp,
    FollowQuestion,
    MakeCase,
    OpenFollowUp,
    StopFollowUp,
)
from models.notices.followups import (
    DaysUnread,
    FollowRefused,
    FollowUpShown,
    FollowWordsAsked,
    Happened,
    Measured,
)
from models.records import FollowUp, Person, Unit
from models.rules.followup_words import read_days
from models.rules.followups import (
    Due,
    FollowUpEvent,
    FollowUpState,
    isolates_until,
    last_day,
    next_ask,
)
from models.rules.protocols import Subject, protocol_for, protocol_named
from models.rules.vitals import RedFlag
from models.store.people import contacts
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


def _next(follow_up: FollowUp, work: Work) -> Due:
    return next_ask(work.now, follow_up.last_day, follow_up.readings, work.policy.timezone)


def _note(follow_up: FollowUp, event: FollowUpEvent, by: Person, work: Work, words: str = "") -> None:
    work.followups.note(follow_up, event, work.now, by, words)
    work.record(event.value, by, follow_up.code)


def _allowed(command: AboutFollowUp, work: Work) -> tuple[Person, FollowUp | None]:
    """Who asked, and the follow-up when they may work on it; otherwise they are told who may."""
    person, follow_up = work.meet(command), work.followups.require(command.follow_up_id)
    unit = work.units.require(work.households.require(follow_up.household_id).unit_id)
    if work.checkins.may_answer_for(person.id, unit):
        return person, follow_up
    _refuse(command, person, unit, work)
    return person, None


def _refuse(command: FromPerson, person: Person, unit: Unit, work: Work) -> None:
    able = contacts(work.checkins.callers_of(unit, with_heads=True))
    work.refuse(command, person, f"unit:{unit.id}", FollowRefused(unit=unit.name, contacts=able))


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
}
