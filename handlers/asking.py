"""How a home wants to be asked: by a message, by the group's board, or by a call. It is never left out."""

from __future__ import annotations

from handlers import Stories, meet_in_private
from handlers.commands.checkins import AskHow, ChooseHow
from models.notices.checkins import HomeUnknown, HowAsked, HowKept
from models.records import Household, Person
from models.work import Work


def ask_how(command: AskHow, work: Work) -> None:
    """Ask, for each home one speaks for or for the one named."""
    person = meet_in_private(command, work)
    if person is None:
        return
    own = list(work.people.households_of(person.id))
    homes = [work.households.require(command.household_id)] if command.household_id else own
    for home in homes:
        if _may_choose(person, home, work):
            asked = HowAsked(household_id=home.id, number=home.number, asking=home.asking)
            work.show_each([person], _subject(home), asked, afresh=True)
        else:
            _refuse(command, person, home, work)
    if not homes:
        work.tell_each([person], HomeUnknown())


def choose(command: ChooseHow, work: Work) -> None:
    """Ask the home that way from the next round on."""
    person, home = work.meet(command), work.households.require(command.household_id)
    if not _may_choose(person, home, work):
        _refuse(command, person, home, work)
        return
    if home.asking is not command.how:
        home.asking = command.how
        work.done(command, person, f"home:{home.id}")
    work.show_each([person], _subject(home), HowKept(number=home.number, asking=command.how))


def _may_choose(person: Person, home: Household, work: Work) -> bool:
    """Its own people choose, and the team for a home that asked it to."""
    is_own = home.id in {own.id for own in work.people.households_of(person.id)}
    return is_own or work.checkins.may_answer_for(person.id, work.units.require(home.unit_id))


def _refuse(command: AskHow | ChooseHow, person: Person, home: Household, work: Work) -> None:
    unit = work.units.require(home.unit_id)
    work.refuse(command, person, f"home:{home.id}", work.checkins.refusal(unit))


def _subject(home: Household) -> str:
    return f"how:{home.id}"


STORIES: Stories = {AskHow: ask_how, ChooseHow: choose}
