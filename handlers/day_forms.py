"""`/bieumau`: an office's own form, sent once, its cells named, and filled with the figures of every day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers import Stories, meet_in_private
from handlers.commands import FromPerson
from handlers.commands.day_forms import (
    AskCells,
    DropForm,
    FillDaily,
    FillForm,
    FormFound,
    FormNotFilled,
    FormQuestion,
    HandForm,
    KeepForm,
    NameCells,
    RefuseForm,
)
from models.notices.day_forms import (
    CellsAsked,
    FormDropped,
    FormHanded,
    FormPromised,
    FormReading,
    FormRefused,
    FormShown,
    FormUnread,
    FormWanted,
)
from models.notices.imports import FileFailed
from models.records import DayForm, Person, Unit
from models.rules.day_figures import GATHERERS
from models.rules.form_cells import read_cells
from models.rules.roles import Role
from models.store.people import contacts, is_reachable
from models.work import Work

#: The errands: a form is looked through, and filled.
READ_FORM, FILL_FORM = "read-form", "fill-form"
#: Who is handed the form when the day closes.
_TOLD = (Role.COMMANDER, Role.OFFICER, Role.CLERK)
#: The card on which the form is shown.
_CARD = "day-form"


def keep(command: KeepForm, work: Work) -> None:
    """Let the file be fetched and looked through; without one, show the unit's form, or ask for it."""
    person = meet_in_private(command, work)
    if person is None:
        return
    unit = _own_unit(person, work)
    if unit is None:
        work.refuse(command, person, "form", FormRefused(contacts=()))
        return
    form, account_id = work.day_sheets.form_of(unit.id), command.sender.account_id
    if command.enclosures:
        file = command.enclosures[0]
        work.errands.ask(
            READ_FORM,
            work.now,
            file_id=file.file_id,
            file_name=file.name or "?",
            person_id=person.id,
            account_id=account_id,
            unit_id=unit.id,
        )
        work.show(account_id, _CARD, FormReading(file_name=file.name or "?"), afresh=True)
    elif form is not None:
        work.show(account_id, _CARD, _shown(form, unit, work), afresh=True)
    else:
        work.ask(account_id, FormQuestion.FILE)
        work.tell(account_id, FormWanted(unit=unit.name))


def take(command: FormFound, work: Work) -> None:
    """Keep the form in place of any earlier one, with the cells that name themselves, and show it."""
    unit = work.units.require(command.unit_id)
    person = work.people.require(command.person_id)
    form = work.day_sheets.keep_form(unit.id, command.file_name, command.content, person, work.now)
    form.cells = command.cells
    work.done(command, person, f"unit:{unit.id}")
    work.show(command.account_id, _CARD, _shown(form, unit, work), afresh=True)


def refuse(command: RefuseForm, work: Work) -> None:
    """Say why the file cannot be a form; an earlier form stays."""
    work.show(command.account_id, _CARD, FormUnread(reason=command.reason), afresh=True)


def ask_cells(command: AskCells, work: Work) -> None:
    """Let the next private message name the cells."""
    _, _, form = _allowed(command, command.unit_id, work)
    if form is not None:
        work.ask(command.sender.account_id, FormQuestion.CELLS, unit_id=command.unit_id)
        work.tell(command.sender.account_id, CellsAsked())


def name_cells(command: NameCells, work: Work) -> None:
    """Let the cells take what the words say; those named before and not now stay."""
    person, unit, form = _allowed(command, command.unit_id, work)
    if form is None:
        return
    named, unread = read_cells(command.words)
    places = {(cell.sheet, cell.column, cell.row) for cell in named}
    kept = [cell for cell in form.cells if (cell.sheet, cell.column, cell.row) not in places]
    form.cells = (*kept, *named)
    work.done(command, person, f"unit:{unit.id}")
    work.show(command.sender.account_id, _CARD, _shown(form, unit, work, unread), afresh=True)


def drop(command: DropForm, work: Work) -> None:
    """The unit fills no form any more."""
    person, unit, form = _allowed(command, command.unit_id, work)
    if form is not None:
        work.session.delete(form)
        work.done(command, person, f"unit:{unit.id}")
        work.show(command.sender.account_id, _CARD, FormDropped(unit=unit.name))


def fill(command: FillForm, work: Work) -> None:
    """Let the form be filled for whoever asks."""
    person, unit, form = _allowed(command, command.unit_id, work)
    if form is not None:
        _ask_filling(unit.id, command.day, [command.sender.account_id], work)
        work.tell_each([person], FormPromised())


def fill_daily(command: FillDaily, work: Work) -> None:
    """Let it be filled for everybody in charge who can be reached."""
    told = work.people.holding(command.unit_id, _TOLD)
    accounts = [person.account_id for person in told if person.account_id is not None and is_reachable(person)]
    if accounts and work.day_sheets.form_of(command.unit_id) is not None:
        _ask_filling(command.unit_id, command.day, accounts, work)


def hand(command: HandForm, work: Work) -> None:
    """Send the filled form, a file of its own to each."""
    unit, form = work.units.require(command.unit_id), work.day_sheets.form_of(command.unit_id)
    stem = form.file_name.rpartition(".")[0] if form else "bieu-mau"
    for account_id in command.account_ids:
        file = work.errands.keep_file(f"{stem}-{command.day}.xlsx", command.content, work.now)
        work.tell(account_id, FormHanded(file.id, unit.name, command.day))


def tell_not_filled(command: FormNotFilled, work: Work) -> None:
    """Let whoever waits know that they wait in vain."""
    for account_id in command.account_ids:
        work.tell(account_id, FileFailed())


def _ask_filling(unit_id: int, day: date, account_ids: Sequence[int], work: Work) -> None:
    work.errands.ask(FILL_FORM, work.now, unit_id=unit_id, day=day.isoformat(), account_ids=list(account_ids))


def _own_unit(person: Person, work: Work) -> Unit | None:
    """The widest unit in which this person gathers."""
    served = work.people.units_where(person.id, GATHERERS)
    return next((unit for unit in served if unit.tier != work.policy.tiers.community), None)


def _shown(form: DayForm, unit: Unit, work: Work, unread: tuple[str, ...] = ()) -> FormShown:
    return FormShown(
        unit_id=unit.id,
        unit=unit.name,
        file_name=form.file_name,
        day=work.today,
        cells=form.cells,
        unread=unread,
    )


def _allowed(command: FromPerson, unit_id: int, work: Work) -> tuple[Person, Unit, DayForm | None]:
    """Who asked, and the unit's form when they gather there or above; otherwise they are told who does."""
    person, unit = work.meet(command), work.units.require(unit_id)
    _, _, above = work.people.roles_around(person.id, unit)
    if not GATHERERS.isdisjoint(above) and unit.tier != work.policy.tiers.community:
        return person, unit, work.day_sheets.form_of(unit.id)
    able = contacts(work.people.holding(unit.id, _TOLD))
    work.refuse(command, person, f"unit:{unit.id}", FormRefused(contacts=able))
    return person, unit, None


STORIES: Stories = {
    KeepForm: keep,
    FormFound: take,
    RefuseForm: refuse,
    AskCells: ask_cells,
    NameCells: name_cells,
    DropForm: drop,
    FillForm: fill,
    FillDaily: fill_daily,
    HandForm: hand,
    FormNotFilled: tell_not_filled,
}
