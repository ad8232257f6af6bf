"""The roster is set in chat: shifts, once or every week, posts with their numbers, and duty phones."""

from __future__ import annotations

from datetime import timedelta

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.duty import DropShift, ListMyShifts, SetDuty, ShowRoster
from models.notices import Notice
from models.notices.duty import DutyRefused, DutyUnread, MyShiftsShown, PostKept, RosterShown, ShiftSet
from models.phones import NotAPhone, in_e164
from models.records import Person, Unit
from models.rules import duty as rules
from models.rules.duty import TypedHandset, TypedPost, TypedShift
from models.rules.roles import Role
from models.rules.words import fold
from models.store.people import contacts
from models.work import Work

#: How many shifts are listed at once, and how far ahead a roster is looked at.
LISTED, LOOKED_AHEAD = 8, timedelta(days=7)


def set_duty(command: SetDuty, work: Work) -> None:
    """Set what was typed, and show the roster as it is now; or say how it is typed."""
    person = work.meet(command)
    typed = rules.read_post(command.words) or rules.read_shift(command.words, work.today)
    unit = work.units.find_by_code(typed.unit_code) if typed else None
    if typed is None or unit is None:
        unread = DutyUnread("unit", typed.unit_code) if typed else DutyUnread("form")
        work.tell_each([person], unread)
    elif not work.desks.keeps_roster(person.id, unit):
        _refuse(command, person, unit, work)
    elif isinstance(typed, TypedShift):
        work.tell_each([person], _set_shift(typed, unit, person, work))
    else:
        work.tell_each([person], _set_post(typed, unit, person, work))


def show_roster(command: ShowRoster, work: Work) -> None:
    """Show the next shifts of a unit to whoever serves there or keeps its roster."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if work.desks.keeps_roster(person.id, unit) or person.id in work.duty.serving(unit.id):
        work.tell_each([person], _roster(unit, work, may_change=work.desks.keeps_roster(person.id, unit)))
    else:
        _refuse(command, person, unit, work)


def drop_shift(command: DropShift, work: Work) -> None:
    """Take a shift off the roster and tell whoever was to stand it."""
    person, shift = work.meet(command), work.hand_overs.require_shift(command.shift_id)
    unit = work.units.require(shift.unit_id)
    if not work.desks.keeps_roster(person.id, unit):
        _refuse(command, person, unit, work)
        return
    if shift.cancelled_at is None:
        work.duty.drop(shift)
        work.done(command, person, f"shift:{shift.id}")
        if shift.person_id != person.id:
            work.tell_each([work.people.require(shift.person_id)], ShiftSet(work.duty.line_of(shift), is_off=True))
    work.tell_each([person], _roster(unit, work, may_change=True))


def list_mine(command: ListMyShifts, work: Work) -> None:
    """Show a person their own next shifts."""
    person = work.meet(command)
    shifts = work.duty.shifts_of(person.id, LISTED)
    work.tell_each([person], MyShiftsShown(tuple(work.duty.line_of(shift) for shift in shifts)))


def _refuse(command: FromPerson, person: Person, unit: Unit, work: Work) -> None:
    can = contacts(work.people.commanders_over(unit), Role.COMMANDER)
    work.refuse(command, person, f"unit:{unit.id}", DutyRefused(unit.name, can))


def _set_shift(typed: TypedShift, unit: Unit, actor: Person, work: Work) -> Notice:
    found = _meant(typed, unit, work)
    if len(found) != 1:
        return DutyUnread("person", typed.who)
    stands, tz = found[0], work.policy.timezone
    if typed.day is not None:
        starts_at, ends_at = typed.hours.on(typed.day, tz)
        was_new = work.duty.add_shift(unit.id, stands.id, starts_at, ends_at)
    else:
        was_new = False
        for weekday in typed.weekdays:
            was_new |= work.duty.add_pattern(unit.id, stands.id, weekday, typed.hours)
        until = work.today + work.policy.duties.plan_ahead
        work.duty.plan(work.today, until, tz)
    if was_new:
        work.record("SetDuty", actor, f"unit:{unit.id}")
        _tell_first_shift(stands, unit, actor, work)
    return _roster(unit, work, may_change=True)


def _tell_first_shift(stands: Person, unit: Unit, actor: Person, work: Work) -> None:
    """Whoever was put on the roster is told when they stand next."""
    shifts = [shift for shift in work.duty.shifts_of(stands.id, LISTED) if shift.unit_id == unit.id]
    if shifts and stands.id != actor.id:
        work.tell_each([stands], ShiftSet(work.duty.line_of(shifts[0])))


def _meant(typed: TypedShift, unit: Unit, work: Work) -> list[Person]:
    """Who of those who serve at the unit was named, by number or by a part of the name."""
    serving = list(work.duty.serving(unit.id).values())
    if typed.is_number:
        number = _number(typed.who)
        return [person for person in serving if number in (person.phone, str(person.account_id))]
    exactly = [person for person in serving if fold(person.name) == fold(typed.who)]
    return exactly or [person for person in serving if fold(typed.who) in fold(person.name)]


def _number(written: str) -> str:
    """A phone as we keep it; whatever else is written, as an account's number is."""
    try:
        return in_e164(written)
    except NotAPhone:
        return written.replace(" ", "")


def _set_post(typed: TypedPost | TypedHandset, unit: Unit, actor: Person, work: Work) -> Notice:
    post = work.duty.keep_post(unit.id)
    if isinstance(typed, TypedPost):
        post.place, post.phone = typed.place or post.place, typed.phone or post.phone
    else:
        number = _number(typed.number)
        by_account = work.people.find_by_account(int(number)) if number.isdecimal() else None
        handset = by_account or next(iter(work.people.find_by_phone(number)), None)
        if handset is None:
            return DutyUnread("person", typed.number)
        if work.people.grants_of(handset.id):
            # A duty phone acts for others: somebody who serves by themselves would lose their own rights.
            return DutyUnread("role", handset.name)
        post.handset_id = handset.id
    work.record("SetDuty", actor, f"unit:{unit.id}")
    name = work.people.require(post.handset_id).name if post.handset_id else ""
    return PostKept(unit.name, post.place, post.phone, name)


def _roster(unit: Unit, work: Work, *, may_change: bool) -> RosterShown:
    end = work.now + LOOKED_AHEAD
    shifts = work.duty.shifts(unit.id, work.now, end)
    bare = rules.gaps(work.duty.spans(unit.id, work.now, end), work.now, end)
    lines = tuple(work.duty.line_of(shift) for shift in shifts[:LISTED])
    return RosterShown(unit.name, lines, bare[0][0] if bare else None, may_change)


STORIES: Stories = {
    SetDuty: set_duty,
    ShowRoster: show_roster,
    DropShift: drop_shift,
    ListMyShifts: list_mine,
}
