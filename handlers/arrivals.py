"""`/nguoive`: who came, from where and how, told by a home, a team or a checkpoint, read back before it counts."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, meet_in_private
from handlers.commands import FromPerson
from handlers.commands.arrivals import (
    ArrivalQuestion,
    ConfirmArrivals,
    DropArrivals,
    NoteArrivals,
    ShowArrival,
)
from handlers.commands.day_figures import RefreshSums
from models.notices import Notice
from models.notices.arrivals import (
    ArrivalAsked,
    ArrivalLine,
    ArrivalRefused,
    ArrivalsDropped,
    ArrivalsKept,
    ArrivalsListed,
    ArrivalsRead,
    ArrivalsUnread,
    ReadArrival,
)
from models.phones import NotAPhone, in_e164
from models.records import Arrival, Household, Person, Unit
from models.rules.arrival_words import TypedArrival, read_arrivals
from models.rules.arrivals import SETTLES_AT_OFFICE, first_asked_at, may_report
from models.rules.roles import STAFF, Role
from models.rules.rounds import LOOKS_AFTER
from models.store.people import contacts
from models.work import Work

#: The card in which those who came wait to be confirmed: a restart forgets none.
_CARD = "arrivals"
#: As many as one message can read back; a batch of more lines is sent in parts.
_MOST = 20


def note(command: NoteArrivals, work: Work) -> None:
    """Read back who came; without words, ask a resident, and show staff whom nobody has settled."""
    person = meet_in_private(command, work)
    if person is None:
        return
    homes = work.people.households_of(person.id)
    if not may_report(bool(homes), _roles(person, work)):
        work.refuse(command, person, "arrivals", ArrivalRefused(unit="", contacts=()))
    elif command.words:
        _read_back(command, person, homes, work)
    elif _serves(person, work):
        work.show(command.sender.account_id, "open-arrivals", _listed(person, work), afresh=True)
    else:
        work.ask(command.sender.account_id, ArrivalQuestion.WHO)
        work.tell(command.sender.account_id, ArrivalAsked(by_resident=True))


def confirm(command: ConfirmArrivals, work: Work) -> None:
    """Keep everybody who was read back, each once, and show them to those who decide what becomes of them."""
    person, held = work.meet(command), _held(command, work)
    if held is None:
        return
    homes = work.people.households_of(person.id)
    if not may_report(bool(homes), _roles(person, work)):
        work.refuse(command, person, "arrivals", ArrivalRefused(unit="", contacts=()))
        return
    kept = [arrival for each in held.people if (arrival := _keep(each, person, work)) is not None]
    work.done(command, person, "arrivals")
    units = work.units.named(arrival.unit_id for arrival in kept)
    thanks = ArrivalsKept(
        people=len(kept),
        again=len(held.people) - len(kept),
        contacts=contacts(_who_looks_after(units[0], work))[:2] if units else (),
        by_resident=held.by_resident,
    )
    work.show(command.sender.account_id, _CARD, thanks)
    for arrival in kept:
        work.also(ShowArrival(arrival_id=arrival.id, rings=True))
    for unit in units:
        work.also(RefreshSums(unit_id=unit.id, day=work.today))


def drop(command: DropArrivals, work: Work) -> None:
    """Nobody is reported."""
    if _held(command, work) is not None:
        work.show(command.sender.account_id, _CARD, ArrivalsDropped())


def _roles(person: Person, work: Work) -> set[Role]:
    return {grant.role for grant in work.people.grants_of(person.id)}


def _serves(person: Person, work: Work) -> bool:
    return not STAFF.isdisjoint(_roles(person, work))


def _who_looks_after(unit: Unit, work: Work) -> Sequence[Person]:
    if unit.tier == work.policy.tiers.community:
        return work.checkins.callers_of(unit)
    return work.people.holding(unit.id, SETTLES_AT_OFFICE)


def _listed(person: Person, work: Work) -> ArrivalsListed:
    """Whom nobody has settled, in the communities one looks after and at one's own office."""
    offices = work.people.units_where(person.id, SETTLES_AT_OFFICE)
    units = {unit.id: unit for unit in (*_communities(person, work), *offices)}
    lines = tuple(
        ArrivalLine(each.id, units[each.unit_id].name, each.name, each.origin, each.arrived_on)
        for each in work.arrivals.open_in(list(units.values()))
    )
    return ArrivalsListed(lines=lines)


def _communities(person: Person, work: Work) -> Sequence[Unit]:
    return work.homes.communities_of(person.id, work.policy.tiers.community)


def _read_back(command: NoteArrivals, person: Person, homes: Sequence[Household], work: Work) -> None:
    by_resident = not _serves(person, work)
    typed, unread = read_arrivals(command.words, work.today)
    place = _PlaceAtHome(homes, work) if by_resident else _PlaceByStaff(person, work)
    people, lost = [], list(unread)
    for each in typed[:_MOST]:
        found = place.find(each)
        if found is None:
            lost.append(each.words)
        else:
            people.append(_read(each, *found, person, work))
    lost += [each.words for each in typed[_MOST:]]
    shown: Notice = ArrivalsUnread(by_resident=by_resident)
    if people:
        shown = ArrivalsRead(people=tuple(people), unread=tuple(lost), by_resident=by_resident)
    work.show(command.sender.account_id, _CARD, shown, afresh=True)


class _PlaceAtHome:
    """Somebody of a home reports who came to it."""

    def __init__(self, homes: Sequence[Household], work: Work) -> None:
        self._homes, self._work = homes, work

    def find(self, typed: TypedArrival) -> tuple[Unit, Household] | None:
        """The home they came to; None when several could be meant."""
        named = [home for home in self._homes if home.number == typed.number] or self._homes
        return (self._work.units.require(named[0].unit_id), named[0]) if len(named) == 1 else None


class _PlaceByStaff:
    """A team reports who came to its homes; a checkpoint, who passed on the way to anywhere."""

    def __init__(self, person: Person, work: Work) -> None:
        self._work = work
        self._own = [
            unit for unit in work.people.units_where(person.id, LOOKS_AFTER) if unit.tier == work.policy.tiers.community
        ]
        self._all = work.units.all()

    def find(self, typed: TypedArrival) -> tuple[Unit, Household | None] | None:
        """The unit they came to, with the home where the line says one; None when that is not clear."""
        work = self._work
        if typed.destination:
            unit = work.arrivals.find_destination(typed.destination, self._all)
            return (unit, work.households.find(unit.id, typed.number)) if unit else None
        if typed.number:
            homes = [home for unit in self._own if (home := work.households.find(unit.id, typed.number))]
            return (work.units.require(homes[0].unit_id), homes[0]) if len(homes) == 1 else None
        return (self._own[0], None) if len(self._own) == 1 else None


def _read(typed: TypedArrival, unit: Unit, home: Household | None, by: Person, work: Work) -> ReadArrival:
    name, home_id = typed.name or by.name, home.id if home else None
    return ReadArrival(
        unit_id=unit.id,
        unit=unit.name,
        household_id=home_id,
        number=home.number if home else "",
        name=name,
        phone=_phone(typed.phone),
        origin=typed.origin,
        arrived_on=typed.arrived_on,
        how=typed.how,
        vaccinated=typed.vaccinated,
        words=typed.words,
        is_known=work.arrivals.find_same(unit, home_id, name, typed.origin, typed.arrived_on) is not None,
    )


def _phone(typed: str) -> str:
    """The number as it is kept; one nobody could be called at, as typed."""
    try:
        return in_e164(typed)
    except NotAPhone:
        return typed


def _keep(read: ReadArrival, by: Person, work: Work) -> Arrival | None:
    """Keep one of them; None when somebody reported them before, who then may be known by their home from now on."""
    unit = work.units.require(read.unit_id)
    known = work.arrivals.find_same(unit, read.household_id, read.name, read.origin, read.arrived_on)
    if known is not None:
        if known.household_id is None and read.household_id is not None:
            known.household_id, known.unit_id = read.household_id, unit.id
            work.also(ShowArrival(arrival_id=known.id, rings=True))
        return None
    arrival = Arrival(
        unit_id=unit.id,
        household_id=read.household_id,
        name=read.name,
        phone=read.phone,
        origin=read.origin,
        arrived_on=read.arrived_on,
        how=read.how,
        vaccinated=read.vaccinated,
        by_id=by.id,
        at=work.now,
        counted_on=work.today,
        words=read.words,
        due_at=first_asked_at(work.now, work.policy),
    )
    work.arrivals.add(arrival)
    return arrival


def _held(command: FromPerson, work: Work) -> ArrivalsRead | None:
    held = work.shown(command.sender.account_id, _CARD)
    return held if isinstance(held, ArrivalsRead) else None


STORIES: Stories = {
    NoteArrivals: note,
    ConfirmArrivals: confirm,
    DropArrivals: drop,
}
