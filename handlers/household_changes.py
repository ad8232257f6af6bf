"""Homes move, split and merge: the register keeps up, and forgets nothing of it."""

from __future__ import annotations

from handlers import REGISTER, Stories, admit_to_home, present_done
from handlers.commands import FromPerson
from handlers.commands.checkins import RecountRounds, RefreshRound, WithdrawPrompts
from handlers.commands.followups import EndFollowUps, ResumeFollowUps
from handlers.commands.households import (
    AskCommunity,
    MergeHome,
    MoveHome,
    MoveOut,
    ProposeMerge,
    ReturnHome,
    SplitHome,
    TakeHomeOff,
)
from models.notices import Notice
from models.notices.households import (
    CommunitiesOffered,
    HomeArrived,
    HomeWordsUnread,
    MergeProposed,
    OwnUnit,
)
from models.records import Unit
from models.rules.home_lines import read_home
from models.rules.households import Ending, HouseholdStep
from models.rules.pages import page_of
from models.work import Work

#: Communities offered on one page.
PAGE = 8


def move_out(command: MoveOut, work: Work) -> None:
    """The home moved away: it stays on record and is expected no more."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    work.also(TakeHomeOff(household_id=home.id, by_id=person.id))
    present_done(command, home, HouseholdStep.MOVED_OUT, work)


def bring_back(command: ReturnHome, work: Work) -> None:
    """The home is expected again."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    if home.ended_at is not None:
        work.homes.bring_back(home, person, work.now)
        work.also(ResumeFollowUps(household_id=home.id, resident_id=None, by_id=person.id))
        _recount(work, home.unit_id)
    present_done(command, home, HouseholdStep.RETURNED, work)


def ask_community(command: AskCommunity, work: Work) -> None:
    """Offer the other communities of the same commune."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    units = _beside(work.units.require(home.unit_id), work)
    page = page_of(units, command.page, PAGE)
    shown = tuple(OwnUnit(unit.id, unit.name) for unit in page.items)
    _show(command, CommunitiesOffered(home.id, home.number, shown, page.number, page.of), work)


def move(command: MoveHome, work: Work) -> None:
    """The home belongs to another community of the commune; those who look after that one are told."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    former, unit = work.units.require(home.unit_id), work.units.require(command.unit_id)
    if unit.id in {each.id for each in _beside(former, work)}:
        work.homes.move(home, unit, person, work.now)
        for left in work.counted.take_along(home, former.id):
            work.also(RefreshRound(round_id=left.id))
        _recount(work, former.id, unit.id)
        arrived = HomeArrived(home.id, home.number, home.head, unit.name, former.name)
        callers = [each for each in work.checkins.callers_of(unit, with_heads=True) if each is not person]
        work.tell_each(callers, arrived, subject=f"home:{home.id}")
    present_done(command, home, HouseholdStep.REHOMED, work)


def split(command: SplitHome, work: Work) -> None:
    """A home of its own begins beside this one."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    typed = read_home(command.words)
    if not typed.head:
        work.tell(command.sender.account_id, HomeWordsUnread("no_name", command.words))
        return
    new = work.homes.split(home, typed.head, typed.members, person, work.now)
    _recount(work, home.unit_id)
    present_done(command, new, HouseholdStep.SPLIT_FROM, work)


def propose_merge(command: ProposeMerge, work: Work) -> None:
    """Read back which home would go up in which."""
    person, home = admit_to_home(command, command.household_id, work)
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
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    into = work.households.require(command.into_id)
    fit = home.id != into.id and home.unit_id == into.unit_id and home.ended_at is None and into.ended_at is None
    if fit:
        work.homes.merge(home, into, person, work.now)
        work.counted.merge(home, into)
        _recount(work, home.unit_id)
    present_done(command, into if fit else home, HouseholdStep.TOOK_IN if fit else HouseholdStep.MERGED_INTO, work)


def take_off(command: TakeHomeOff, work: Work) -> None:
    """Whoever lived there is not expected, asked or followed any more; done twice it does nothing."""
    home, by = work.households.require(command.household_id), work.people.require(command.by_id)
    if home.ended_at is not None:
        return
    work.households.move_out(home, by, work.now)
    _recount(work, home.unit_id)
    work.also(WithdrawPrompts(household_id=home.id))
    work.also(EndFollowUps(household_id=home.id, resident_id=None, ending=Ending.LEFT, by_id=by.id))


def _recount(work: Work, *unit_ids: int) -> None:
    work.also(RecountRounds(unit_ids=unit_ids))


def _beside(unit: Unit, work: Work) -> list[Unit]:
    """The other communities under the same parent."""
    parent = work.units.require(unit.parent_id) if unit.parent_id is not None else None
    return [each for each in work.units.children(parent) if each.id != unit.id] if parent is not None else []


def _show(command: FromPerson, notice: Notice, work: Work, *, afresh: bool = False) -> None:
    work.show(command.sender.account_id, REGISTER, notice, afresh=afresh)


STORIES: Stories = {
    MoveOut: move_out,
    ReturnHome: bring_back,
    AskCommunity: ask_community,
    MoveHome: move,
    SplitHome: split,
    ProposeMerge: propose_merge,
    MergeHome: merge,
    TakeHomeOff: take_off,
}
