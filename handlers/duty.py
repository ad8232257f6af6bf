"""Whom to call: who is on duty now, where, and which number, from the nearest unit to the widest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from handlers import Stories, meet_in_private
from handlers.commands.duty import SetDuty, ShowDuty
from models.notices import Contact
from models.notices.duty import DutyChoice, DutyPlace, DutyShown
from models.records import Unit
from models.rules.hotlines import ALWAYS_SHOWN
from models.rules.roles import Role
from models.work import Work

#: Whom people call at a unit of any tier where nobody is on duty, the first that has anybody with a phone.
CALLED_FIRST = (Role.TEAM, Role.VILLAGE_HEAD, Role.HEALTH, Role.OFFICER, Role.COMMANDER)
#: How many are named of each unit: what fits on an old phone without scrolling.
NAMED_OF_EACH = 2


def show(command: ShowDuty, work: Work) -> None:
    """Tell the person, in private, whom to call at the group's unit or their own, and at every one above."""
    person = meet_in_private(command, work)
    if person is None:
        return
    if command.words:
        work.also(SetDuty(sender=command.sender, place=command.place, words=command.words))
        return
    unit = work.units.unit_of_chat(command.place.chat_id) or work.desks.nearest_unit(person.id)
    way_up = [unit, *work.units.above(unit)] if unit else []
    places = tuple(place for place in (_place(each, work) for each in way_up) if place.people or place.phone)
    hotlines = tuple(dict.fromkeys([*work.policy.hotlines, *ALWAYS_SHOWN]))
    shown = DutyShown(
        places,
        hotlines,
        standing=_choices(work.units.named(work.duty.units_on_duty(person.id))),
        rosters=_choices([each for each in way_up if work.desks.keeps_roster(person.id, each)]),
        has_shifts=bool(work.duty.shifts_of(person.id, most=1)),
        for_resident=not work.people.grants_of(person.id),
    )
    work.tell_each([person], shown)


def _place(unit: Unit, work: Work) -> DutyPlace:
    post, on_duty = work.duty.post_of(unit.id), work.duty.on_duty(unit.id)
    people = tuple(work.desks.contact(person, unit) for person in on_duty) or tuple(_called_at(unit, work))
    spans = work.duty.spans(unit.id, work.now, work.now + timedelta(seconds=1))
    until = max((span.ends_at for span in spans if span.covers(work.now)), default=None)
    return DutyPlace(
        unit.name,
        people[:NAMED_OF_EACH],
        on_duty=bool(on_duty),
        until=until,
        place=post.place if post else "",
        phone=post.phone if post else "",
    )


def _called_at(unit: Unit, work: Work) -> Sequence[Contact]:
    for role in CALLED_FIRST:
        people = [person for person in work.people.holding(unit.id, [role]) if person.phone]
        if people:
            return [work.desks.contact(person, unit, {role}) for person in islice(people, NAMED_OF_EACH)]
    return ()


def _choices(units: Sequence[Unit]) -> tuple[DutyChoice, ...]:
    return tuple(DutyChoice(unit.id, unit.name) for unit in units)


STORIES: Stories = {ShowDuty: show}
