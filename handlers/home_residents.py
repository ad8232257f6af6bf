"""People of a home come, leave and die: who mourns is left in peace, and where nobody is left nobody is asked."""

from __future__ import annotations

from handlers import REGISTER, Stories, admit_to_home, present_done
from handlers.commands import FromPerson
from handlers.commands.checkins import RecountRounds, WithdrawPrompts
from handlers.commands.followups import EndFollowUps, ResumeFollowUps
from handlers.commands.households import (
    AddResident,
    EndResident,
    MoveResident,
    ReturnResident,
    ShowResident,
)
from models.notices.households import HomeWordsUnread, ResidentAsked, ShownResident
from models.records import Household, Person, Resident
from models.rules.home_lines import read_resident
from models.rules.households import Ending, HouseholdStep, is_at_risk
from models.work import Work


def add(command: AddResident, work: Work) -> None:
    """Keep that somebody lives there, as typed."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    typed = read_resident(command.words)
    if not typed.name:
        work.tell(command.sender.account_id, HomeWordsUnread("no_name", command.words))
        return
    resident = Resident(household_id=home.id, name=typed.name, birth_year=typed.birth_year, ended_at=None)
    resident.conditions, resident.no_phone = typed.conditions, typed.no_phone
    work.session.add(resident)
    work.homes.note(home, HouseholdStep.RESIDENT_CAME, person, work.now, words=typed.name)
    present_done(command, home, HouseholdStep.RESIDENT_CHANGED, work)


def show(command: ShowResident, work: Work) -> None:
    """Show somebody with what can be done."""
    resident = work.homes.require_resident(command.resident_id)
    person, home = admit_to_home(command, resident.household_id, work)
    if person is not None:
        _show(command, resident, home, work)


def end(command: EndResident, work: Work) -> None:
    """Somebody died or moved away; tapped by mistake, one more tap takes it back."""
    resident = work.homes.require_resident(command.resident_id)
    person, home = admit_to_home(command, resident.household_id, work)
    if person is None:
        return
    if resident.ended_at is None:
        work.homes.end_resident(resident, command.ending, person, work.now)
        work.done(command, person, f"home:{home.id}")
        if command.ending is Ending.DIED:
            home.mourns_until = work.today + work.policy.mourned_for
        follow_ups = EndFollowUps(household_id=home.id, resident_id=resident.id, ending=command.ending, by_id=person.id)
        work.also(follow_ups)
        _leave_in_peace(home, person, work)
    _show(command, resident, home, work)


def bring_back(command: ReturnResident, work: Work) -> None:
    """Somebody counted as gone lives there after all, and everything is as it was before."""
    resident = work.homes.require_resident(command.resident_id)
    person, home = admit_to_home(command, resident.household_id, work)
    if person is None:
        return
    if resident.ended_at is not None:
        if resident.ending is Ending.DIED:
            home.mourns_until = None
        work.homes.return_resident(resident, person, work.now)
        work.also(ResumeFollowUps(household_id=home.id, resident_id=resident.id, by_id=person.id))
        work.also(RecountRounds(unit_ids=(home.unit_id,)))
    present_done(command, home, HouseholdStep.RESIDENT_BACK, work)


def move(command: MoveResident, work: Work) -> None:
    """Somebody lives in another home of the same community now."""
    resident, home = work.homes.require_resident(command.resident_id), work.households.require(command.household_id)
    person, former = admit_to_home(command, resident.household_id, work)
    if person is None:
        return
    if former.unit_id == home.unit_id and former.id != home.id and home.ended_at is None:
        work.homes.rehouse(resident, home, person, work.now)
        _leave_in_peace(former, person, work)
    present_done(command, home, HouseholdStep.RESIDENT_CAME, work)


def _leave_in_peace(home: Household, by: Person, work: Work) -> None:
    """Where nobody is left the home is expected no more; whoever is not to be asked is not asked any longer."""
    if work.homes.is_deserted(home):
        work.homes.empty(home, by, work.now)
    work.also(RecountRounds(unit_ids=(home.unit_id,)))
    work.also(WithdrawPrompts(household_id=home.id))


def _show(command: FromPerson, resident: Resident, home: Household, work: Work) -> None:
    risk = is_at_risk(resident.birth_year, resident.conditions, work.today.year)
    shown = ShownResident(resident.id, resident.name, resident.birth_year, resident.conditions, resident.no_phone, risk)
    asked = ResidentAsked(
        household_id=home.id,
        number=home.number,
        unit=work.units.require(home.unit_id).name,
        resident=shown,
        ending=resident.ending,
        is_deserted=home.ended_at is not None,
        mourns_until=home.mourning_on(work.today),
    )
    work.show(command.sender.account_id, REGISTER, asked)


STORIES: Stories = {
    AddResident: add,
    ShowResident: show,
    EndResident: end,
    ReturnResident: bring_back,
    MoveResident: move,
}
