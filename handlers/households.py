"""The register of homes in a team's hands: look one up, see who lives there and what happened, and correct it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import REGISTER, Stories, present_done
from handlers.commands import FromPerson
from handlers.commands.checkins import RecountRounds
from handlers.commands.households import (
    AddHome,
    AskAboutHome,
    AskNewHome,
    EditHome,
    FindHome,
    HomeQuestion,
    PresentHome,
    SetHomeKind,
    SetNoPhone,
    ShowHome,
    ShowHomeHistory,
)
from models.notices import Names, Notice
from models.notices.households import (
    FoundHome,
    HomeHistoryShown,
    HomeSearchAsked,
    HomesFound,
    HomeWordsAsked,
    HomeWordsUnread,
    HouseholdShown,
    OwnUnit,
    ShownEvent,
    ShownResident,
)
from models.phones import NotAPhone, in_e164
from models.records import Household, HouseholdEvent, Person, Resident, Unit
from models.rules.home_lines import TypedHome, read_home, read_search
from models.rules.households import HouseholdStep, is_at_risk
from models.work import Work

#: How many homes one answer shows, and how many steps of a history.
HOMES_SHOWN, STEPS_SHOWN = 10, 15
#: For how many communities a home can be added at a tap.
UNITS_SHOWN = 5


def find(command: FindHome, work: Work) -> None:
    """Show in private the homes that fit, in the communities this person looks after; one that fits alone is opened."""
    person = work.meet(command)
    units = work.homes.communities_of(person.id, work.policy.tiers.community)
    if not units:
        refusal = work.checkins.refusal(_nearest(person, work))
        work.refuse(command, person, "homes", refusal)
        return
    if not command.words:
        own = tuple(OwnUnit(unit.id, unit.name) for unit in units[:UNITS_SHOWN])
        _show(command, HomeSearchAsked(own), work, afresh=True)
        return
    found = work.homes.find(read_search(command.words), [unit.id for unit in units])
    if len(found) == 1:
        only = found[0].household_id
        work.also(PresentHome(sender=command.sender, place=command.place, household_id=only, afresh=True))
        return
    names = {unit.id: unit.name for unit in units}
    homes = tuple(
        FoundHome(
            each.household_id, each.number, names[each.unit_id], each.head, each.birth_year, each.through, each.is_gone
        )
        for each in found[:HOMES_SHOWN]
    )
    _show(command, HomesFound(command.words, homes, max(0, len(found) - HOMES_SHOWN)), work, afresh=True)


def show(command: ShowHome, work: Work) -> None:
    """Open one home."""
    home = work.households.require(command.household_id)
    if _meet(command, work.units.require(home.unit_id), work) is not None:
        work.also(PresentHome(sender=command.sender, place=command.place, household_id=home.id))


def present(command: PresentHome, work: Work) -> None:
    """Let the page of a home that this person looks after show what it is now."""
    home = work.households.require(command.household_id)
    _show(command, _page(home, work, command.remark), work, afresh=command.afresh)


def show_history(command: ShowHomeHistory, work: Work) -> None:
    """Show what happened to the home, newest first."""
    home = work.households.require(command.household_id)
    if _meet(command, work.units.require(home.unit_id), work) is not None:
        events = tuple(_event(event, work) for event in work.homes.history(home, STEPS_SHOWN))
        unit = work.units.require(home.unit_id)
        _show(command, HomeHistoryShown(home.id, home.number, unit.name, events), work)


def ask(command: AskAboutHome, work: Work) -> None:
    """Ask for the words that a change of the home needs."""
    home = work.households.require(command.household_id)
    if _meet(command, work.units.require(home.unit_id), work) is not None:
        work.ask(command.sender.account_id, command.question, household_id=home.id)
        work.tell(command.sender.account_id, HomeWordsAsked(command.question, home.number))


def ask_new(command: AskNewHome, work: Work) -> None:
    """Ask for the words about a home that is not listed yet."""
    unit = work.units.require(command.unit_id)
    if _meet(command, unit, work) is not None:
        work.ask(command.sender.account_id, HomeQuestion.NEW, unit_id=unit.id)
        work.tell(command.sender.account_id, HomeWordsAsked(HomeQuestion.NEW, unit.name))


def add(command: AddHome, work: Work) -> None:
    """Put a home on the community's list, as typed."""
    unit, typed = work.units.require(command.unit_id), read_home(command.words)
    person = _meet(command, unit, work)
    if person is None:
        return
    phone = _phone(typed)
    if phone is None or not typed.head or typed.number in work.homes.numbers_of(unit.id):
        why = "bad_phone" if phone is None else "number_taken" if typed.head else "no_name"
        _unread(command, why, command.words, work)
        return
    home = work.homes.add(unit.id, typed.number, typed.head, person, work.now)
    home.phone, home.members = phone, typed.members
    work.also(RecountRounds(unit_ids=(unit.id,)))
    present_done(command, home, HouseholdStep.LISTED, work)


def edit(command: EditHome, work: Work) -> None:
    """Take over what was typed anew: head, phone, how many people; what was not typed stays."""
    home, typed = work.households.require(command.household_id), read_home(command.words)
    person = _meet(command, work.units.require(home.unit_id), work)
    if person is None:
        return
    phone = _phone(typed)
    if phone is None:
        _unread(command, "bad_phone", command.words, work)
        return
    said = {"head": typed.head, "phone": phone, "members": typed.members}
    different = {name: value for name, value in said.items() if value and getattr(home, name) != value}
    for name, value in different.items():
        setattr(home, name, value)
    if different:
        work.homes.note(home, HouseholdStep.CHANGED, person, work.now, words=",".join(different))
    present_done(command, home, HouseholdStep.CHANGED, work)


def set_kind(command: SetHomeKind, work: Work) -> None:
    """Keep what sort of home it is."""
    _set(command, "kind", command.kind, work)


def set_no_phone(command: SetNoPhone, work: Work) -> None:
    """Keep whether it can be called at all."""
    _set(command, "no_phone", command.no_phone, work)


def _set(command: SetHomeKind | SetNoPhone, column: str, value: object, work: Work) -> None:
    home = work.households.require(command.household_id)
    person = _meet(command, work.units.require(home.unit_id), work)
    if person is None:
        return
    if getattr(home, column) != value:
        setattr(home, column, value)
        work.homes.note(home, HouseholdStep.CHANGED, person, work.now, words=column)
    present_done(command, home, HouseholdStep.CHANGED, work)


def _meet(command: FromPerson, unit: Unit, work: Work) -> Person | None:
    """Whoever looks after the community's homes; None for anybody else, who is told who does."""
    person = work.meet(command)
    if work.checkins.may_answer_for(person.id, unit):
        return person
    work.refuse(command, person, f"unit:{unit.id}", work.checkins.refusal(unit))
    return None


def _unread(command: FromPerson, why: str, given: str, work: Work) -> None:
    work.tell(command.sender.account_id, HomeWordsUnread(why, given))


def _phone(typed: TypedHome) -> str | None:
    """The phone as it is kept; empty when none was typed, None when it is none."""
    try:
        return in_e164(typed.phone) if typed.phone else ""
    except NotAPhone:
        return None


def _nearest(person: Person, work: Work) -> Unit:
    """Whose homes somebody without a role may have meant."""
    homes = work.people.households_of(person.id)
    root = work.units.root()
    assert root is not None
    return work.units.require(homes[0].unit_id) if homes else root


def _page(home: Household, work: Work, remark: HouseholdStep | None) -> HouseholdShown:
    origin = work.homes.origin_of(home)
    accounts = [person.name for person in work.people.accounts_of(home.id)]
    into = work.households.require(home.merged_into_id).number if home.merged_into_id is not None else ""
    is_new_beside = remark in (HouseholdStep.SPLIT_FROM, HouseholdStep.RESIDENT_CAME)
    return HouseholdShown(
        household_id=home.id,
        number=home.number,
        unit=work.units.require(home.unit_id).name,
        head=home.head,
        phone=home.phone,
        no_phone=home.no_phone,
        members=home.members,
        address=home.address,
        sort=home.kind,
        is_gone=home.ended_at is not None,
        into=into,
        residents=_shown(work.homes.residents_of(home), work),
        accounts=Names.of(accounts),
        waiting=_shown(work.homes.residents_of(origin), work) if origin is not None and is_new_beside else (),
        remark=remark,
        mourns_until=home.mourning_on(work.today),
    )


def _shown(residents: Sequence[Resident], work: Work) -> tuple[ShownResident, ...]:
    return tuple(
        ShownResident(
            each.id,
            each.name,
            each.birth_year,
            each.conditions,
            each.no_phone,
            is_at_risk(each.birth_year, each.conditions, work.today.year),
        )
        for each in residents
    )


def _event(event: HouseholdEvent, work: Work) -> ShownEvent:
    by = work.people.require(event.by_id).name if event.by_id is not None else ""
    former = work.units.require(event.unit_id).name if event.unit_id is not None else ""
    if event.step is HouseholdStep.CHANGED:
        return ShownEvent(event.at, event.step, by, "", tuple(event.words.split(",")))
    return ShownEvent(event.at, event.step, by, former or event.words)


def _show(command: FromPerson, notice: Notice, work: Work, *, afresh: bool = False) -> None:
    work.show(command.sender.account_id, REGISTER, notice, afresh=afresh)


STORIES: Stories = {
    FindHome: find,
    ShowHome: show,
    PresentHome: present,
    ShowHomeHistory: show_history,
    AskAboutHome: ask,
    AskNewHome: ask_new,
    AddHome: add,
    EditHome: edit,
    SetHomeKind: set_kind,
    SetNoPhone: set_no_phone,
}
