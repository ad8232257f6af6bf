"""Readings: asked for twice a day, kept as typed, red flags reported at once, missed ones given to the team."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, refuse_following
from handlers.commands import FromPerson
from handlers.commands.followups import (
    AdvanceFollowUps,
    Feeling,
    HearReading,
    KeepReading,
    LinkFlag,
    ReadingOf,
    TapFeeling,
)
from handlers.commands.reports import AddToReport, FileReport
from models.notices.followups import (
    FollowedPerson,
    FollowUpCertified,
    FollowUpClosed,
    FollowUpOver,
    ReadingAsked,
    ReadingKept,
    ReadingsMissed,
    ReadingUnread,
    WhoseReading,
)
from models.records import FollowUp, Household, Person, Reading
from models.rules import triage
from models.rules.clips import Prompt
from models.rules.followups import (
    GRACE,
    MISSED_AFTER,
    Due,
    FollowUpEvent,
    FollowUpState,
    FollowUpStep,
    ends_at,
    is_missed,
    next_ask,
)
from models.rules.protocols import protocol_named
from models.rules.reports import PENDING
from models.rules.triage import Urgency
from models.rules.vitals import Vitals, looks_like_reading, read_vitals, red_flags
from models.work import Work

#: The card that asks whose the values are; it holds them until that is said.
_WHOSE = "whose-reading"
#: How many earlier readings go along with a red flag.
_TAKEN_ALONG = 4


def advance(command: AdvanceFollowUps, work: Work) -> None:
    """Take the steps that are due; each leaves the next one due, so that taking it twice does nothing."""
    missed_in: set[int] = set()
    for follow_up in work.followups.due(work.now, command.most):
        home = work.households.require(follow_up.household_id)
        if follow_up.next_step is FollowUpStep.ASK:
            _ask(follow_up, home, work)
        elif follow_up.next_step is FollowUpStep.MISS:
            if follow_up.asked_at and is_missed(follow_up.asked_at, follow_up.measured_at):
                missed_in.add(home.unit_id)
            follow_up.plan(_next(follow_up, work))
        else:
            _end(follow_up, home, work)
    for unit_id in sorted(missed_in):
        _show_missed(unit_id, work, rings=True)


def hear(command: HearReading, work: Work) -> None:
    """Keep the values for the one person they can be of; ask whose they are when several are followed."""
    person = work.meet(command)
    followed = work.followups.running_at(home.id for home in work.people.households_of(person.id))
    if len(followed) == 1:
        work.also(_kept(command, followed[0].id, command.words))
        return
    people = tuple(_followed(each, work) for each in followed)
    work.show(command.sender.account_id, _WHOSE, WhoseReading(words=command.words, people=people), afresh=True)


def settle(command: ReadingOf, work: Work) -> None:
    """Keep the values held for the person named; a second tap finds none."""
    held = work.shown(command.sender.account_id, _WHOSE)
    if not isinstance(held, WhoseReading) or command.follow_up_id not in {each.follow_up_id for each in held.people}:
        return
    follow_up = work.followups.require(command.follow_up_id)
    kept = ReadingKept(follow_up_id=follow_up.id, name=follow_up.name, vitals=read_vitals(held.words))
    work.show(command.sender.account_id, _WHOSE, kept)
    work.also(_kept(command, follow_up.id, held.words))


def keep(command: KeepReading, work: Work) -> None:
    """Keep what was measured; at a red flag the health staff know in the same commit."""
    person, follow_up = _allowed(command, work)
    if follow_up is None:
        return
    vitals = read_vitals(command.words)
    # Figures alone are judged by their own limits; only words beside them can tell of more.
    in_danger = not looks_like_reading(command.words) and triage.read(command.words).urgency is Urgency.P1
    if vitals.is_empty and not in_danger:
        work.tell_each([person], ReadingUnread())
        return
    _keep(command, follow_up, person, vitals, command.words, work, in_danger=in_danger)


def tap(command: TapFeeling, work: Work) -> None:
    """Keep how they say they are; breathing hard is danger, and feeling worse is told to the team."""
    person, follow_up = _allowed(command, work)
    if follow_up is None:
        return
    _keep(command, follow_up, person, Vitals(), "", work, in_danger=command.feeling is Feeling.BREATHLESS)
    if command.feeling is Feeling.WORSE:
        opened_by = f"reading:{follow_up.id}"
        work.also(
            FileReport(
                sender=command.sender, place=command.place, household_id=follow_up.household_id, opened_by=opened_by
            )
        )


def link_flag(command: LinkFlag, work: Work) -> None:
    """Remember the report a red flag opened."""
    report = work.reports.newest_of(command.sender_id)
    if report is not None:
        work.followups.require(command.follow_up_id).report_id = report.id


def _ask(follow_up: FollowUp, home: Household, work: Work) -> None:
    """Ask in private; what an outage delayed for too long is left out."""
    asked_at = follow_up.due_at or work.now
    if work.now - asked_at > GRACE:
        follow_up.plan(_next(follow_up, work))
        return
    follow_up.asked_at = asked_at
    follow_up.plan(Due(FollowUpStep.MISS, asked_at + MISSED_AFTER))
    is_in_peace = home.opted_out or home.mourning_on(work.today) is not None
    if is_missed(asked_at, follow_up.measured_at) and not is_in_peace:
        asked = ReadingAsked(follow_up_id=follow_up.id, name=follow_up.name)
        sound = work.clips.files(Prompt.READING).get(home.language)
        for card in work.show_each(work.people.accounts_of(home.id), follow_up.code, asked, afresh=True):
            work.let_hear(card.chat_id, sound, follow_up.code, key=f"{follow_up.code}:{asked_at.isoformat()}")


def _next(follow_up: FollowUp, work: Work) -> Due:
    return next_ask(work.now, follow_up.last_day, follow_up.readings, work.policy.timezone)


def _end(follow_up: FollowUp, home: Household, work: Work) -> None:
    """Its days are over: say so in the morning, and give the team the line for the certificate."""
    follow_up.state, follow_up.next_step, follow_up.due_at = FollowUpState.ENDED, None, None
    work.followups.note(follow_up, FollowUpEvent.ENDED, ends_at(follow_up.last_day, work.policy.timezone), None)
    unit = work.units.require(home.unit_id)
    morning = work.policy.quiet.quiet_ends_at(work.now, work.policy.timezone)
    over = FollowUpOver(name=follow_up.name, last_day=follow_up.last_day)
    key = f"{follow_up.code}:over"
    work.tell_each(work.people.accounts_of(home.id), over, subject=follow_up.code, key=key, not_before=morning)
    certified = FollowUpCertified(
        unit=unit.name,
        number=home.number,
        name=follow_up.name,
        birth_year=follow_up.birth_year,
        subject=follow_up.subject,
        begins_on=follow_up.begins_on,
        last_day=follow_up.last_day,
        source=protocol_named(follow_up.protocol).source,
    )
    work.tell_each(work.checkins.callers_of(unit), certified, subject=follow_up.code, key=key, not_before=morning)


def _keep(
    command: FromPerson, follow_up: FollowUp, by: Person, vitals: Vitals, words: str, work: Work, *, in_danger: bool
) -> None:
    before = work.followups.last_readings(follow_up, _TAKEN_ALONG)
    age = work.today.year - follow_up.birth_year if follow_up.birth_year else None
    flags = red_flags(vitals, age, in_danger=in_danger)
    work.followups.keep_reading(follow_up, vitals, flags, words, by, work.now)
    kept = ReadingKept(follow_up_id=follow_up.id, name=follow_up.name, vitals=vitals, is_flagged=bool(flags))
    work.show(command.sender.account_id, follow_up.code, kept, afresh=True)
    if flags:
        _raise_flag(command, follow_up, by, words, before, work)
    home = work.households.require(follow_up.household_id)
    if work.outbox.cards_about(_missed_subject(home.unit_id)):
        _show_missed(home.unit_id, work)


def _raise_flag(
    command: FromPerson, follow_up: FollowUp, by: Person, words: str, before: Sequence[Reading], work: Work
) -> None:
    """An urgent report with the readings before it; while one is worked on, the new flag joins it."""
    told = "\n".join([f"{follow_up.name}: {words}".strip(), *(_written(each, work) for each in before)])
    report = work.reports.require(follow_up.report_id) if follow_up.report_id else None
    if report is not None and report.state in PENDING:
        joins = AddToReport(sender=command.sender, place=command.place, report_id=report.id, words=told, urgent=True)
        work.also(joins)
        return
    home = work.households.require(follow_up.household_id)
    own = home.id in {each.id for each in work.people.households_of(by.id)}
    sender = by if own else work.people.speaker_of(home)
    work.also(FileReport(sender=command.sender, place=command.place, words=told, urgent=True, household_id=home.id))
    work.also(LinkFlag(follow_up_id=follow_up.id, sender_id=sender.id))


def _written(reading: Reading, work: Work) -> str:
    """One earlier reading in figures, which need no language."""
    at = reading.at.astimezone(work.policy.timezone)
    vitals = reading.vitals
    pressure = f"BP {vitals.systolic}/{vitals.diastolic}" if vitals.systolic and vitals.diastolic else ""
    figures = [
        f"{vitals.temperature:g} °C" if vitals.temperature else "",
        f"SpO2 {vitals.oxygen}%" if vitals.oxygen else "",
        f"RR {vitals.breaths}" if vitals.breaths else "",
        f"HR {vitals.pulse}" if vitals.pulse else "",
        pressure,
    ]
    return f"{at:%d/%m %H:%M} {', '.join(each for each in figures if each) or '-'}"


def _missed_subject(unit_id: int) -> str:
    return f"missed:{unit_id}"


def _show_missed(unit_id: int, work: Work, *, rings: bool = False) -> None:
    """Show the team whose readings are missing now."""
    unit = work.units.require(unit_id)
    missing = [
        (each, home)
        for each, home in work.followups.running_in([unit])
        if each.asked_at and work.now >= each.asked_at + MISSED_AFTER and is_missed(each.asked_at, each.measured_at)
    ]
    shown = ReadingsMissed(
        unit=unit.name,
        missed=tuple(FollowedPerson(each.id, each.name, home.number) for each, home in missing),
        phones=tuple(home.phone for _, home in missing),
    )
    work.show_each(work.checkins.callers_of(unit), _missed_subject(unit_id), shown, afresh=rings)


def _followed(follow_up: FollowUp, work: Work) -> FollowedPerson:
    number = work.households.require(follow_up.household_id).number
    return FollowedPerson(follow_up.id, follow_up.name, number)


def _kept(command: FromPerson, follow_up_id: int, words: str) -> KeepReading:
    return KeepReading(sender=command.sender, place=command.place, follow_up_id=follow_up_id, words=words)


def _allowed(command: KeepReading | TapFeeling, work: Work) -> tuple[Person, FollowUp | None]:
    """Who measured, and the follow-up when it runs and is theirs to measure for."""
    person, follow_up = work.meet(command), work.followups.require(command.follow_up_id)
    home = work.households.require(follow_up.household_id)
    unit = work.units.require(home.unit_id)
    own = home.id in {each.id for each in work.people.households_of(person.id)}
    if not own and not work.checkins.may_answer_for(person.id, unit):
        refuse_following(command, home, work)
        return person, None
    if follow_up.state is not FollowUpState.RUNNING:
        over = (
            FollowUpOver(name=follow_up.name, last_day=follow_up.last_day)
            if follow_up.state is FollowUpState.ENDED
            else FollowUpClosed(work.checkins.whom_to_call(unit))
        )
        work.tell_each([person], over, subject=follow_up.code)
        return person, None
    return person, follow_up


STORIES: Stories = {
    AdvanceFollowUps: advance,
    HearReading: hear,
    ReadingOf: settle,
    KeepReading: keep,
    TapFeeling: tap,
    LinkFlag: link_flag,
}
