"""What becomes of whoever came: followed under the rule in force, or not, for a reason; nobody is left over."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories
from handlers.commands.arrivals import (
    AboutArrival,
    AdvanceArrivals,
    ArrivalQuestion,
    AskWhyNot,
    ExcuseArrival,
    FollowArrival,
    LinkArrival,
    OpenArrival,
    PlaceArrival,
    ShowArrival,
)
from handlers.commands.day_figures import RefreshSums
from handlers.commands.followups import StartFollowUp
from models.notices.arrivals import (
    ArrivalHomeAsked,
    ArrivalHomeUnread,
    ArrivalLine,
    ArrivalReasonAsked,
    ArrivalRefused,
    ArrivalShown,
    ArrivalsLeftOver,
)
from models.records import Arrival, FollowUp, Household, Person, Unit
from models.rules.arrival_words import read_place
from models.rules.arrivals import SETTLES_AT_OFFICE, ArrivalState, asked_again_at
from models.rules.figure_words import is_team
from models.rules.followups import isolates_until, last_day
from models.rules.protocols import Subject, protocol_for, protocol_named
from models.rules.words import fold
from models.store.people import contacts
from models.work import Work

#: Asked so often without an answer, an arrival is told to those above.
_ASKED_IN_VAIN = 2


def open_one(command: OpenArrival, work: Work) -> None:
    """Show one arrival anew."""
    person, arrival = _allowed(command, work)
    if arrival is not None:
        work.show_each([person], arrival.subject, _shown(arrival, work), afresh=True)


def follow(command: FollowArrival, work: Work) -> None:
    """Begin to follow them; where their home is not known, ask for it first."""
    person, arrival = _allowed(command, work)
    if arrival is None or arrival.state is not ArrivalState.OPEN:
        return
    if arrival.household_id is None:
        _ask_home(command, arrival, work)
        work.tell_each([person], ArrivalHomeAsked(arrival.name, _is_in_community(arrival, work)))
        return
    _begin(command, arrival, work.households.standing_for(arrival.household_id), work)


def place(command: PlaceArrival, work: Work) -> None:
    """Let them stay in the home named, and follow them there; one that is not found is asked for again."""
    person, arrival = _allowed(command, work)
    if arrival is None or arrival.state is not ArrivalState.OPEN:
        return
    home = _find_home(arrival, command.words, work)
    if home is None:
        _ask_home(command, arrival, work)
        work.tell_each([person], ArrivalHomeUnread(arrival.name))
        return
    arrival.household_id, arrival.unit_id = home.id, home.unit_id
    _begin(command, arrival, home, work)


def ask_why_not(command: AskWhyNot, work: Work) -> None:
    """Let the next private message be the reason."""
    person, arrival = _allowed(command, work)
    if arrival is not None and arrival.state is ArrivalState.OPEN:
        work.ask(command.sender.account_id, ArrivalQuestion.REASON, arrival_id=arrival.id)
        work.tell_each([person], ArrivalReasonAsked(arrival.name))


def excuse(command: ExcuseArrival, work: Work) -> None:
    """They are not followed, with who said so and why."""
    person, arrival = _allowed(command, work)
    if arrival is not None and arrival.state is ArrivalState.OPEN:
        arrival.reason = command.words
        _settle(arrival, ArrivalState.EXCUSED, person, work)


def link(command: LinkArrival, work: Work) -> None:
    """Their follow-up has begun, so they are settled."""
    arrival = work.arrivals.require(command.arrival_id)
    arrival.follow_up_id = command.follow_up_id
    _settle(arrival, ArrivalState.FOLLOWED, work.people.require(command.by_id), work)


def show(command: ShowArrival, work: Work) -> None:
    """Show it to those who decide, ringing when it is new or asked about, and on every screen that has it."""
    arrival = work.arrivals.require(command.arrival_id)
    shown = _shown(arrival, work)
    if command.rings:
        work.show_each(_settlers(work.units.require(arrival.unit_id), work), arrival.subject, shown, afresh=True)
    work.show_in_each({card.chat_id: shown for card in work.outbox.cards_about(arrival.subject)}, arrival.subject)


def advance(command: AdvanceArrivals, work: Work) -> None:
    """Ask again about those nobody has settled, and after a while tell those above; each leaves the next time due."""
    left_over: set[int] = set()
    for arrival in work.arrivals.due(work.now, command.most):
        arrival.asked_times += 1
        arrival.due_at = asked_again_at(work.now, work.policy)
        work.also(ShowArrival(arrival_id=arrival.id, rings=True))
        if arrival.asked_times >= _ASKED_IN_VAIN:
            left_over.add(arrival.unit_id)
    for unit_id in sorted(left_over):
        _show_left_over(work.units.require(unit_id), work, rings=True)


def _ask_home(command: AboutArrival, arrival: Arrival, work: Work) -> None:
    work.ask(command.sender.account_id, ArrivalQuestion.HOME, arrival_id=arrival.id)


def _find_home(arrival: Arrival, words: str, work: Work) -> Household | None:
    """The home that words name, in the arrival's community, or in the ones below its unit."""
    team, number = read_place(words)
    unit, tier = work.units.require(arrival.unit_id), work.policy.tiers.community
    places = [unit] if unit.tier == tier else work.units.below(unit, tier=tier)
    named = [place for place in places if team and is_team(place.name, team)] or places
    homes = [home for place in named if number and (home := work.households.find(place.id, number))]
    return homes[0] if len(homes) == 1 else None


def _begin(command: AboutArrival, arrival: Arrival, home: Household, work: Work) -> None:
    """Follow them from the day they came; whoever is followed there already is settled by that."""
    running = _already_followed(arrival, home, work)
    if running is not None:
        person = work.meet(command)
        work.also(LinkArrival(arrival_id=arrival.id, follow_up_id=running.id, by_id=person.id))
        return
    resident = work.followups.find_resident(home.id, arrival.name)
    rule = protocol_for(Subject.RETURNEE, arrival.vaccinated, arrival.arrived_on)
    work.also(
        StartFollowUp(
            sender=command.sender,
            place=command.place,
            household_id=home.id,
            name=resident.name if resident else arrival.name,
            resident_id=resident.id if resident else None,
            birth_year=resident.birth_year if resident else None,
            subject=Subject.RETURNEE,
            vaccinated=arrival.vaccinated,
            protocol=rule.key,
            begins_on=arrival.arrived_on,
            arrival_id=arrival.id,
        )
    )


def _already_followed(arrival: Arrival, home: Household, work: Work) -> FollowUp | None:
    running = work.followups.running_at([home.id])
    return next((each for each in running if fold(each.name) == fold(arrival.name)), None)


def _settle(arrival: Arrival, state: ArrivalState, by: Person, work: Work) -> None:
    arrival.state, arrival.due_at = state, None
    arrival.settled_by_id, arrival.settled_at = by.id, work.now
    work.record(state.value, by, arrival.subject)
    work.also(ShowArrival(arrival_id=arrival.id))
    unit = work.units.require(arrival.unit_id)
    work.also(RefreshSums(unit_id=unit.id, day=arrival.counted_on))
    if work.outbox.cards_about(_left_over_subject(unit)):
        _show_left_over(unit, work)


def _is_in_community(arrival: Arrival, work: Work) -> bool:
    return work.units.require(arrival.unit_id).tier == work.policy.tiers.community


def _settlers(unit: Unit, work: Work) -> Sequence[Person]:
    """Who decides what becomes of those who came to the unit."""
    if unit.tier == work.policy.tiers.community:
        return work.checkins.callers_of(unit, with_heads=True)
    return work.people.holding(unit.id, SETTLES_AT_OFFICE) or work.people.commanders_over(unit)


def _left_over_subject(unit: Unit) -> str:
    return f"left-over:{unit.id}"


def _show_left_over(unit: Unit, work: Work, *, rings: bool = False) -> None:
    """Show those above whom nobody in the unit has settled, with whose it is."""
    if unit.parent_id is None:
        return
    lines = tuple(
        ArrivalLine(each.id, unit.name, each.name, each.origin, each.arrived_on)
        for each in work.arrivals.open_in([unit])
        if each.asked_times >= _ASKED_IN_VAIN
    )
    left_over = ArrivalsLeftOver(unit=unit.name, lines=lines, contacts=contacts(_settlers(unit, work)))
    above = work.people.holding(unit.parent_id, SETTLES_AT_OFFICE)
    work.show_each(above, _left_over_subject(unit), left_over, afresh=rings)


def _shown(arrival: Arrival, work: Work) -> ArrivalShown:
    followed = work.followups.require(arrival.follow_up_id) if arrival.follow_up_id else None
    # What was decided stays as it was decided, whatever rule came later.
    rule = (
        protocol_named(followed.protocol)
        if followed
        else protocol_for(Subject.RETURNEE, arrival.vaccinated, arrival.arrived_on)
    )
    home = work.households.require(arrival.household_id) if arrival.household_id else None
    return ArrivalShown(
        arrival_id=arrival.id,
        unit=work.units.require(arrival.unit_id).name,
        number=home.number if home else "",
        name=arrival.name,
        phone=arrival.phone or (home.phone if home else ""),
        origin=arrival.origin,
        arrived_on=arrival.arrived_on,
        how=arrival.how,
        vaccinated=arrival.vaccinated,
        by=work.people.require(arrival.by_id).name,
        isolates_until=followed.isolates_until if followed else isolates_until(arrival.arrived_on, rule),
        last_day=followed.last_day if followed else last_day(arrival.arrived_on, rule.days),
        source=rule.source,
        state=arrival.state,
        follow_up_id=arrival.follow_up_id,
        reason=arrival.reason,
        settled_by=work.people.require(arrival.settled_by_id).name if arrival.settled_by_id else "",
        is_asked_again=arrival.asked_times > 0,
    )


def _allowed(command: AboutArrival, work: Work) -> tuple[Person, Arrival | None]:
    """Who asked, and the arrival when they may decide about it; otherwise they are told who may."""
    person, arrival = work.meet(command), work.arrivals.require(command.arrival_id)
    unit = work.units.require(arrival.unit_id)
    if work.arrivals.may_settle(person.id, unit, work.policy.tiers.community):
        return person, arrival
    able = contacts(_settlers(unit, work))
    work.refuse(command, person, arrival.subject, ArrivalRefused(unit=unit.name, contacts=able))
    return person, None


STORIES: Stories = {
    OpenArrival: open_one,
    FollowArrival: follow,
    PlaceArrival: place,
    AskWhyNot: ask_why_not,
    ExcuseArrival: excuse,
    LinkArrival: link,
    ShowArrival: show,
    AdvanceArrivals: advance,
}
