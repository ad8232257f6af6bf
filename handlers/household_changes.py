"""Homes move, split and merge, people come, leave and die: the register keeps up, and forgets nothing of it."""

from __future__ import annotations

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.households import (
    AddResident,
    AskCommunity,
    EndResident,
    MergeHome,
    MoveHome,
    MoveOut,
    MoveResident,
    PresentHome,
    ProposeMerge,
    ReturnHome,
    ReturnResident,
    ShowResident,
    SplitHome,
)
from models.notices import Notice
from models.notices.households import (
    CommunitiesOffered,
    HomeArrived,
    HomeWordsUnread,
    MergeProposed,
    OwnUnit,
    ResidentAsked,
    ShownResident,
)
from models.records import Household, Person, Resident, Unit
from models.rules.home_lines import read_home, read_resident
from models.rules.households import HouseholdStep, is_at_risk
from models.rules.pages import page_of
from models.work import Work

#: The card on which somebody looks through the register.
CARD = "register"
#: Communities offered on one page.
PAGE = 8


def move_out(command: MoveOut, work: Work) -> None:
    """The home moved away: it stays on record and is expected no more."""
    person, home = _meet(command, command.household_id, work)
    if person is None:
        return
    if home.ended_at is None:
        work.households.move_out(home, person, work.now)
    _done(command, home, HouseholdStep.MOVED_OUT, work)


def bring_back(command: ReturnHome, work: Work) -> None:
    """The home is expected again."""
    person, home = _meet(command, command.household_id, work)
    if person is None:
        return
    if home.ended_at is not None:
        work.homes.bring_back(home, person, work.now)
    _done(command, home, HouseholdStep.RETURNED, work)


def ask_community(command: AskCommunity, work: Work) -> None:
    """Offer the other communities of the same commune."""
    person, home = _meet(command, command.household_id, work)
    if person is None:
        return
    units = _beside(work.units.require(home.unit_id), work)
    page = page_of(units, command.page, PAGE)
    shown = tuple(OwnUnit(unit.id, unit.name) for unit in page.items)
    _show(command, CommunitiesOffered(home.id, home.number, shown, page.number, page.of), work)


def move(command: MoveHome, work: Work) -> None:
    """The home belongs to another community of the commune; those who look after that one are told."""
    person, home = _meet(command, command.household_id, work)
    if person is None:
        return
    former, unit = work.units.require(home.unit_id), work.units.require(command.unit_id)
    if unit.id in {each.id for each in _beside(former, work)}:
        work.homes.move(home, unit, person, work.now)
        arrived = HomeArrived(home.id, home.number, home.head, unit.name, former.name)
        callers = [each for each in work.checkins.callers_of(unit, with_heads=True) if each is not person]
        work.tell_each(callers, arrived, subject=f"home:{home.id}")
    work.done(command, person, f"home:{home.id}")
    _present(command, home, HouseholdStep.REHOMED, work)


def split(command: SplitHome, work: Work) -> None:
    """A home of its own begins beside this one."""
    person, home = _meet(command, command.household_id, work)
    if person is None:
        return
    typed = read_home(command.words)
    if not typed.head:
        work.tell(command.sender.account_id, HomeWordsUnread("no_name", command.words))
        return
    new = work.homes.split(home, typed.head, typed.members, person, work.now)
    _done(command, new, HouseholdStep.SPLIT_FROM, work)


def propose_merge(command: ProposeMerge, work: Work) -> None:
    """Read back which home would go up in which."""
    person, home = _meet(command, command.household_id, work)
    if person is None:
        return
    number = "".join(command.words.split()).upper()
    into = work.households.find(home.unit_id, number)
    if into is None or into.id == home.id or into.ended_at is not None:
        why = "same_home" if into is not None and into.id == home.id else "no_such_number"
        work.tell(command.sender.account_id, HomeWordsUnread(why, command.words))
        return
    residents = len(work.homes.residents_of(home))
    asked = MergeProposed(home.id, home.number, home.head, into.id, into.number, into.head, residents)
    _show(command, asked, work, afresh=True)


def merge(command: MergeHome, work: Work) -> None:
    """The home goes up in the other; tapped again, nothing more happens."""
    person, home = _meet(command, command.household_id, work)
    if person is None:
        return
    into = work.households.require(command.into_id)
    fit = home.id != into.id and home.unit_id == into.unit_id and home.ended_at is None and into.ended_at is None
    if fit:
        work.homes.merge(home, into, person, work.now)
    _done(command, into if fit else home, HouseholdStep.TOOK_IN if fit else HouseholdStep.MERGED_INTO, work)


def add_resident(command: AddResident, work: Work) -> None:
    """Keep that somebody lives there, as typed."""
    person, home = _meet(command, command.household_id, work)
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
    _done(command, home, HouseholdStep.RESIDENT_CHANGED, work)


def show_resident(command: ShowResident, work: Work) -> None:
    """Show somebody with what can be done."""
    resident = work.homes.require_resident(command.resident_id)
    person, home = _meet(command, resident.household_id, work)
    if person is not None:
        _show(command, _resident(resident, home, work), work)


def end_resident(command: EndResident, work: Work) -> None:
    """Somebody died or moved away; tapped by mistake, one more tap takes it back."""
    resident = work.homes.require_resident(command.resident_id)
    person, home = _meet(command, resident.household_id, work)
    if person is None:
        return
    if resident.ended_at is None:
        work.homes.end_resident(resident, command.ending, person, work.now)
        work.done(command, person, f"home:{home.id}")
    _show(command, _resident(resident, home, work), work)


def return_resident(command: ReturnResident, work: Work) -> None:
    """Somebody counted as gone lives there after all."""
    resident = work.homes.require_resident(command.resident_id)
    person, home = _meet(command, resident.household_id, work)
    if person is None:
        return
    if resident.ended_at is not None:
        resident.ended_at, resident.ending = None, None
        work.homes.note(home, HouseholdStep.RESIDENT_BACK, person, work.now, words=resident.name)
    _done(command, home, HouseholdStep.RESIDENT_BACK, work)


def move_resident(command: MoveResident, work: Work) -> None:
    """Somebody lives in another home of the same community now."""
    resident, home = work.homes.require_resident(command.resident_id), work.households.require(command.household_id)
    person, former = _meet(command, resident.household_id, work)
    if person is None:
        return
    if former.unit_id == home.unit_id and former.id != home.id and home.ended_at is None:
        work.homes.rehouse(resident, home, person, work.now)
    _done(command, home, HouseholdStep.RESIDENT_CAME, work)


def _meet(command: FromPerson, household_id: int, work: Work) -> tuple[Person | None, Household]:
    """Whoever looks after the home, with it; None for anybody else, who is told who does."""
    person, home = work.meet(command), work.households.require(household_id)
    unit = work.units.require(home.unit_id)
    if work.checkins.may_answer_for(person.id, unit):
        return person, home
    work.refuse(command, person, f"home:{home.id}", work.checkins.refusal(unit))
    return None, home


def _beside(unit: Unit, work: Work) -> list[Unit]:
    """The other communities under the same parent."""
    parent = work.units.require(unit.parent_id) if unit.parent_id is not None else None
    return [each for each in work.units.children(parent) if each.id != unit.id] if parent is not None else []


def _resident(resident: Resident, home: Household, work: Work) -> ResidentAsked:
    risk = is_at_risk(resident.birth_year, resident.conditions, work.today.year)
    shown = ShownResident(resident.id, resident.name, resident.birth_year, resident.conditions, resident.no_phone, risk)
    unit = work.units.require(home.unit_id)
    return ResidentAsked(home.id, home.number, unit.name, shown, resident.ending)


def _done(command: FromPerson, home: Household, step: HouseholdStep, work: Work) -> None:
    work.done(command, work.meet(command), f"home:{home.id}")
    _present(command, home, step, work)


def _present(command: FromPerson, home: Household, step: HouseholdStep, work: Work) -> None:
    shown = PresentHome(
        sender=command.sender, place=command.place, household_id=home.id, remark=step, afresh=not command.verb
    )
    work.also(shown)


def _show(command: FromPerson, notice: Notice, work: Work, *, afresh: bool = False) -> None:
    work.show(command.sender.account_id, CARD, notice, afresh=afresh)


STORIES: Stories = {
    MoveOut: move_out,
    ReturnHome: bring_back,
    AskCommunity: ask_community,
    MoveHome: move,
    SplitHome: split,
    ProposeMerge: propose_merge,
    MergeHome: merge,
    AddResident: add_resident,
    ShowResident: show_resident,
    EndResident: end_resident,
    ReturnResident: return_resident,
    MoveResident: move_resident,
}
