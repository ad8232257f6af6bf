"""Once a week everybody on duty gets a silent test call, which they tap; silence is raised."""

from __future__ import annotations

from datetime import date

from handlers import Stories
from handlers.commands.duty import CallForTest, TapTest
from models.notices.duty import CallHeard, CallTested, CallUnheard, NotOnDuty
from models.records import Person, Unit
from models.rules.duty import week_called
from models.rules.hours import local
from models.work import Work


def call(command: CallForTest, work: Work) -> None:
    """Call whoever is on duty at every unit with a roster, once a week, and raise the calls nobody tapped."""
    week = week_called(local(work.now, work.policy.timezone), work.policy.duties)
    if week is not None:
        for unit in work.duty.rostered():
            for person in work.duty.on_duty(unit.id):
                _call(unit, person, week, work)
    for test in work.duty_calls.untapped(work.now, command.most):
        test.due_at = None
        unit, person = work.units.require(test.unit_id), work.people.require(test.person_id)
        unheard = CallUnheard(unit.name, work.desks.contact(person, unit))
        work.tell_each(work.people.commanders_over(unit), unheard, key=f"unheard:{test.id}")


def tap(command: TapTest, work: Work) -> None:
    """The call arrived: its message says so, and nobody is told otherwise."""
    person, test = work.meet(command), work.duty_calls.require_test(command.test_id)
    unit = work.units.require(test.unit_id)
    if person.id != test.person_id:
        on_duty = tuple(work.desks.contact(each, unit) for each in work.duty.on_duty(unit.id))
        work.refuse(command, person, f"test:{test.id}", NotOnDuty(unit.name, on_duty))
        return
    test.tapped_at, test.due_at = test.tapped_at or work.now, None
    work.show(command.place.chat_id, f"test:{test.id}", CallHeard(unit.name))


def _call(unit: Unit, person: Person, week: date, work: Work) -> None:
    within = work.policy.duties.test_within
    test = work.duty_calls.test(unit.id, person.id, week, work.now, within)
    if test is None:
        return
    called = CallTested(test.id, unit.name, work.now + within)
    work.show_each([person], f"test:{test.id}", called)
    handset = work.duty.handset_at(unit.id)
    if handset is not None and handset.account_id is not None:
        work.show(handset.account_id, f"test:{test.id}", called)


STORIES: Stories = {CallForTest: call, TapTest: tap}
