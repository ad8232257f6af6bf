"""How complete and how timely the rounds were, tier by tier; who is behind, by name and in private."""

from __future__ import annotations

from collections.abc import Iterable

from handlers import Stories
from handlers.commands.checkins import ListSilentUnits, SendFigures
from handlers.commands.enrolment import InvitePrivately
from models.notices.call_lists import AnswerRefused
from models.notices.checkin_figures import FiguresSent, FiguresTold, UnitPart, UnitsListed
from models.records import Unit
from models.rules.checkins import Tally
from models.rules.roles import STAFF, Role
from models.rules.rounds import RoundState
from models.store.people import contacts, is_reachable
from models.store.tallies import RoundFigures
from models.store.units import ancestor_ids
from models.work import Work

#: Who is told in private, with how many homes are ill or in need.
TOLD = (Role.COMMANDER, Role.HEALTH)


def send(command: SendFigures, work: Work) -> None:
    """Show the unit's figures of the day in its group, without anybody's health, and to those in charge."""
    unit = work.units.require(command.unit_id)
    figures = work.checkins.tallies.below(unit, command.day)
    asked = [each for each in figures if each.state is not RoundState.SKIPPED]
    told = FiguresTold(
        unit_id=unit.id,
        unit=unit.name,
        day=command.day,
        closed=sum(each.state is RoundState.CLOSED for each in figures),
        rounds=len(figures),
        skipped=len(figures) - len(asked),
        tally=_sum(asked),
    )
    group = work.units.chat_of(unit.id)
    if group:
        work.show(group.id, _subject(command), _without_health(told))
    work.show_each(work.people.holding(unit.id, TOLD), _subject(command), told)


def list_units(command: ListSilentUnits, work: Work) -> None:
    """Name, in private, the units right below that are behind; to staff of the unit or of one around it."""
    person = work.meet(command)
    unit = work.units.require(command.unit_id)
    if not _serves(work, person.id, unit):
        commanders = contacts(work.people.holding(unit.id, [Role.COMMANDER]))
        work.refuse(command, person, f"unit:{unit.id}", AnswerRefused(unit=unit.name, contacts=commanders))
        return
    if not is_reachable(person):
        work.also(InvitePrivately(sender=command.sender, place=command.place))
        return
    figures = work.checkins.tallies.below(unit, command.day)
    parts = tuple(part for part in _parts(work, unit, figures) if part.waiting_for or part.skipped)
    listed = UnitsListed(unit=unit.name, day=command.day, parts=parts)
    work.show_each([person], f"behind:{unit.id}:{command.day}", listed, afresh=True)


def _subject(command: SendFigures) -> str:
    return f"figures:{command.unit_id}:{command.day}"


def _without_health(told: FiguresTold) -> FiguresSent:
    """What a group may know of the figures."""
    return FiguresSent(
        unit_id=told.unit_id,
        unit=told.unit,
        day=told.day,
        closed=told.closed,
        rounds=told.rounds,
        skipped=told.skipped,
        expected=told.tally.expected,
        self_reported=told.tally.self_reported,
        on_behalf=told.tally.on_behalf,
        unreachable=told.tally.unreachable,
        silent_homes=told.tally.silent,
        on_time=told.tally.on_time,
    )


def _sum(figures: Iterable[RoundFigures]) -> Tally:
    return sum((each.tally for each in figures), Tally())


def _serves(work: Work, person_id: int, unit: Unit) -> bool:
    """Whether the person is staff in the unit, above it, or in its subtree."""
    around = {unit.id, *ancestor_ids(unit)}
    held = [grant for grant in work.people.grants_of(person_id) if grant.role in STAFF and grant.unit_id]
    places = work.units.named(grant.unit_id for grant in held if grant.unit_id)
    return any(place.id in around or place.path.startswith(unit.path) for place in places)


def _parts(work: Work, unit: Unit, figures: Iterable[RoundFigures]) -> Iterable[UnitPart]:
    """The figures of the day gathered by the units right below."""
    under: dict[int, list[RoundFigures]] = {}
    for each in figures:
        below = [int(part) for part in each.path.removeprefix(unit.path).split("/") if part]
        if below:
            under.setdefault(below[0], []).append(each)
    for child in work.units.named(under):
        rounds = under[child.id]
        tally = _sum(rounds)
        own_round = rounds[0].round_id if rounds[0].unit_id == child.id else None
        skipped = sum(each.state is RoundState.SKIPPED for each in rounds)
        yield UnitPart(child.id, child.name, tally.silent + tally.unreachable, tally.expected, own_round, skipped)


STORIES: Stories = {
    SendFigures: send,
    ListSilentUnits: list_units,
}
