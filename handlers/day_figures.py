"""`/solieu`: what a team counted on a day, typed as it comes, read back, and kept once it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from handlers import Stories, meet_in_private
from handlers.commands import FromPerson
from handlers.commands.day_figures import (
    AskFigures,
    ChooseFigureUnit,
    ConfirmSheet,
    DropSheet,
    EnterFigures,
    FigureQuestion,
    OpenSum,
    RefreshSums,
)
from models.notices.day_figures import (
    FiguresAsked,
    FiguresDropped,
    FiguresHeard,
    FiguresKept,
    FiguresRead,
    FiguresRefused,
    FiguresUnread,
    FigureUnit,
    OwnFiguresListed,
)
from models.records import Person, Unit
from models.rules.day_figures import GATHERERS, updated
from models.rules.figure_words import TypedFigures, is_team, read_figures, tells_of_danger
from models.rules.rounds import LOOKS_AFTER
from models.store.people import contacts
from models.work import Work

#: The card in which figures wait to be confirmed: a restart forgets none.
CARD = "day-figures"
#: How many communities one message offers.
_OFFERED = 40


def enter(command: EnterFigures, work: Work) -> None:
    """Read back what was counted; without words, show what was sent, or what came in from below."""
    person = meet_in_private(command, work)
    if person is None:
        return
    communities = work.homes.communities_of(person.id, work.policy.tiers.community)
    gathering = _gathering_for(person, work)
    if not communities and not gathering:
        work.refuse(command, person, "figures", FiguresRefused(unit="", contacts=()))
    elif command.words:
        _hear(command, person, communities, work)
    else:
        _look(command, person, gathering, work)


def ask(command: AskFigures, work: Work) -> None:
    """Let the next private message be what this community counted."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if _admits(command, person, unit, work):
        work.ask(command.sender.account_id, FigureQuestion.FIGURES, unit_id=unit.id)
        known = work.day_sheets.known(unit, work.today)
        work.tell(command.sender.account_id, FiguresAsked(unit=unit.name, day=work.today, known=known))


def choose(command: ChooseFigureUnit, work: Work) -> None:
    """Read back, for the community now chosen, what was held."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    held = work.shown(command.sender.account_id, CARD)
    if isinstance(held, FiguresHeard) and _admits(command, person, unit, work):
        _read_back(command, unit, held.words, read_figures(held.words), work)


def confirm(command: ConfirmSheet, work: Work) -> None:
    """Let it count, with who sent it and when; a second tap finds nothing left to send."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    held = work.shown(command.sender.account_id, CARD)
    if not _admits(command, person, unit, work):
        return
    if not isinstance(held, FiguresRead) or (held.unit_id, held.day) != (command.unit_id, command.day):
        return
    earlier = work.day_sheets.find(unit.id, held.day)
    stood = earlier.figures if earlier else held.known
    sheet = work.day_sheets.keep(unit.id, held.day, updated(stood, held.said), held.words, person, work.now)
    work.done(command, person, f"unit:{unit.id}")
    kept = FiguresKept(
        unit_id=unit.id,
        unit=unit.name,
        day=held.day,
        stands=sheet.figures,
        is_late=sheet.first_at > _due_at(unit, held.day, work),
        is_correction=earlier is not None,
    )
    work.show(command.sender.account_id, CARD, kept)
    work.also(RefreshSums(unit_id=unit.id, day=held.day))


def drop(command: DropSheet, work: Work) -> None:
    """Nothing of it counts."""
    if isinstance(work.shown(command.sender.account_id, CARD), FiguresRead | FiguresHeard):
        work.show(command.sender.account_id, CARD, FiguresDropped())


def _due_at(unit: Unit, day: date, work: Work) -> datetime:
    return work.policy.cascade.due_at(unit.tier, day, work.policy.tiers, work.policy.timezone)


def _gathering_for(person: Person, work: Work) -> Sequence[Unit]:
    """The units whose sums this person looks at, the widest first."""
    served = work.people.units_where(person.id, GATHERERS)
    return [unit for unit in served if unit.tier != work.policy.tiers.community]


def _own(person: Person, work: Work) -> Sequence[Unit]:
    """The communities this person looks after."""
    served = work.people.units_where(person.id, LOOKS_AFTER)
    return [unit for unit in served if unit.tier == work.policy.tiers.community]


def _hear(command: EnterFigures, person: Person, communities: Sequence[Unit], work: Work) -> None:
    typed = read_figures(command.words)
    if typed.figures.is_empty or not communities:
        work.tell(command.sender.account_id, FiguresUnread())
        return
    fitting = _meant(command, typed, _own(person, work) or communities)
    if len(fitting) == 1:
        _read_back(command, fitting[0], command.words, typed, work, afresh=True)
    else:
        heard = FiguresHeard(words=command.words, choices=_choices(fitting[:_OFFERED], work))
        work.show(command.sender.account_id, CARD, heard, afresh=True)


def _meant(command: EnterFigures, typed: TypedFigures, communities: Sequence[Unit]) -> Sequence[Unit]:
    """Which communities the figures can be of: the one asked about, those of that number, or all of them."""
    asked = [unit for unit in communities if unit.id == command.unit_id]
    named = [unit for unit in communities if typed.team and is_team(unit.name, typed.team)]
    return asked or named or communities


def _look(command: EnterFigures, person: Person, gathering: Sequence[Unit], work: Work) -> None:
    """Show whoever gathers the sum, and whoever counts what they have sent."""
    own = _own(person, work)
    if own:
        listed = OwnFiguresListed(day=work.today, units=_choices(own[:_OFFERED], work))
        work.show(command.sender.account_id, "own-figures", listed, afresh=True)
    if gathering:
        sums = OpenSum(sender=command.sender, place=command.place, unit_id=gathering[0].id, day=work.today)
        work.also(sums)


def _choices(units: Sequence[Unit], work: Work) -> tuple[FigureUnit, ...]:
    return tuple(
        FigureUnit(unit.id, unit.name, work.day_sheets.find(unit.id, work.today) is not None) for unit in units
    )


def _read_back(
    command: FromPerson, unit: Unit, words: str, typed: TypedFigures, work: Work, *, afresh: bool = False
) -> None:
    day = work.today - timedelta(days=1) if typed.of_yesterday else work.today
    earlier, known = work.day_sheets.find(unit.id, day), work.day_sheets.known(unit, day)
    read = FiguresRead(
        unit_id=unit.id,
        unit=unit.name,
        day=day,
        words=words,
        said=typed.figures,
        known=known,
        earlier=earlier.figures if earlier else None,
        stands=updated(earlier.figures if earlier else known, typed.figures),
        unread=typed.unread,
        in_danger=tells_of_danger(words),
    )
    work.show(command.sender.account_id, CARD, read, afresh=afresh)


def _admits(command: FromPerson, person: Person, unit: Unit, work: Work) -> bool:
    """Whether this person may send the community's figures; otherwise they are told who may."""
    if unit.tier == work.policy.tiers.community and work.checkins.may_answer_for(person.id, unit):
        return True
    able = contacts(work.checkins.callers_of(unit, with_heads=True))
    work.refuse(command, person, f"unit:{unit.id}", FiguresRefused(unit=unit.name, contacts=able))
    return False


STORIES: Stories = {
    EnterFigures: enter,
    AskFigures: ask,
    ChooseFigureUnit: choose,
    ConfirmSheet: confirm,
    DropSheet: drop,
}
