"""The form people fill in: the columns of the list of homes, with what is known already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.catalogue import Catalogues, Say
from bot.errands.apart import run_apart
from bot.errands.loop import Data
from bot.errands.workbook import Cell, Column, Sheet, Workbook, pack, write
from bot.writer import Writer
from handlers.commands.imports import FileNotMade, HandTemplate
from models.phones import as_dialled
from models.records import Household, Resident, Unit
from models.rules.headings import HOME_COLUMNS, RESIDENT_COLUMNS
from models.rules.households import HouseholdKind
from models.rules.policy import Policy
from models.work import Work

#: With more homes than this the form comes empty: it is for filling in, not for looking at.
MOST_HOMES = 2_000
_WIDE = {"head": 24, "name": 24, "address": 28, "conditions": 32}


@dataclass(frozen=True, slots=True)
class Form:
    """The form, ready to be written."""

    workbook: Workbook
    homes: int  #: How many it holds already.


class MakeTemplate:
    """Makes the form for one person: their communities, and the homes in them."""

    def __init__(self, writer: Writer, catalogues: Catalogues, policy: Policy, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._catalogues = catalogues
        self._policy = policy
        self._clock = clock

    async def do(self, data: Data) -> HandTemplate:
        form = await self._writer.transact(lambda session: self._form(session, data["person_id"]))
        content: bytes = await run_apart(write, pack(form.workbook))
        return HandTemplate(account_id=data["account_id"], content=content, homes=form.homes)

    def give_up(self, data: Data) -> FileNotMade:
        return FileNotMade(account_id=data["account_id"])

    def _form(self, session: Session, person_id: int) -> Form:
        work = Work(session, self._clock(), self._policy)
        person = work.people.require(person_id)
        say = self._catalogues.in_language(person.language or self._policy.language)
        units = work.registry.communities_listed_by(person.id, self._policy.tiers.community)
        homes = work.registry.homes_in([unit.id for unit in units], MOST_HOMES + 1)
        if len(homes) > MOST_HOMES:
            homes = []
        residents = work.registry.residents_of(home.id for home in homes)
        return Form(workbook_of(units, homes, residents, say), len(homes))


def workbook_of(units: Sequence[Unit], homes: Sequence[Household], residents: Sequence[Resident], say: Say) -> Workbook:
    """The form: a sheet of homes, one of their people, and one that explains both and names the communities."""
    codes = {unit.id: unit.code for unit in units}
    place_of = {home.id: (codes[home.unit_id], home.number) for home in homes}
    explained = tuple((line,) for line in say("list.guide").split("\n"))
    return Workbook(
        sheets=(
            Sheet(
                say("list.homes"), _columns(HOME_COLUMNS, say), tuple(_home_row(home, place_of, say) for home in homes)
            ),
            Sheet(
                say("list.residents"),
                _columns(RESIDENT_COLUMNS, say),
                tuple(_resident_row(resident, place_of, say) for resident in residents),
            ),
            Sheet(say("list.guide_sheet"), (Column(say("list.guide_title"), 90),), explained),
            Sheet(
                say("list.units"),
                (Column(say("list.column.unit")), Column(say("list.unit_name"), 40)),
                tuple((unit.code, unit.name) for unit in units),
            ),
        )
    )


def _columns(names: Sequence[str], say: Say) -> tuple[Column, ...]:
    choices = {
        "kind": tuple(say(f"list.kind.{kind.value}") for kind in HouseholdKind),
        "no_phone": ("x",),
    }
    return tuple(
        Column(say(f"list.column.{name}"), _WIDE.get(name, 14), say(f"list.note.{name}"), choices.get(name, ()))
        for name in names
    )


def _home_row(home: Household, place_of: dict[int, tuple[str, str]], say: Say) -> tuple[Cell, ...]:
    kind = say(f"list.kind.{home.kind.value}")
    phone, no_phone = as_dialled(home.phone), "x" if home.no_phone else ""
    return (*place_of[home.id], home.head, phone, no_phone, home.members, home.address, home.language, kind)


def _resident_row(resident: Resident, place_of: dict[int, tuple[str, str]], say: Say) -> tuple[Cell, ...]:
    no_phone = "x" if resident.no_phone else ""
    return (
        *place_of[resident.household_id],
        resident.name,
        resident.birth_year,
        resident.conditions,
        resident.language,
        no_phone,
    )
