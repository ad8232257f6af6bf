"""The errands of an office's form: looked through when it comes, and filled with a day's figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import msgspec
from sqlalchemy.orm import Session

from bot.catalogue import Catalogues, Say
from bot.errands.apart import Refused, TooHeavy, run_apart
from bot.errands.loop import Data
from bot.gathering.filling import Filling, UnitValues, Value, fill, look_through, pack
from bot.importing.reading import Fetch
from bot.writer import Writer
from handlers.commands import Command
from handlers.commands.day_forms import FormFound, FormNotFilled, HandForm, RefuseForm
from models.records import Unit
from models.rules.form_cells import ARRIVED, DAY, ORIGINS, SENT, UNIT, UNITS, FormCell
from models.rules.policy import Policy
from models.work import Work


class ReadForm:
    """Fetches a form somebody sent, and looks for the cells that ask for something by themselves."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    async def do(self, data: Data) -> Command:
        try:
            content = await self._fetch(data["file_id"])
            sheets, asked = await run_apart(look_through, content)
        except Refused as refusal:
            return RefuseForm(account_id=data["account_id"], reason=refusal.reason)
        except TooHeavy:
            return RefuseForm(account_id=data["account_id"], reason="import.too_heavy")
        return FormFound(
            account_id=data["account_id"],
            person_id=data["person_id"],
            unit_id=data["unit_id"],
            file_name=data["file_name"],
            content=content,
            sheets=tuple(sheets),
            cells=tuple(msgspec.convert(asked, list[FormCell])),
        )

    def give_up(self, data: Data) -> Command:
        return RefuseForm(account_id=data["account_id"], reason="import.out_of_reach")


class FillInForm:
    """Fills one unit's form with the figures of one day."""

    def __init__(self, writer: Writer, catalogues: Catalogues, policy: Policy, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._catalogues = catalogues
        self._policy = policy
        self._clock = clock

    async def do(self, data: Data) -> Command:
        day, accounts = date.fromisoformat(data["day"]), tuple(data["account_ids"])
        filling = await self._writer.transact(lambda session: self._filling(session, data["unit_id"], day))
        if filling is None:
            return FormNotFilled(account_ids=accounts)
        content: bytes = await run_apart(fill, pack(filling))
        return HandForm(account_ids=accounts, unit_id=data["unit_id"], day=day, content=content)

    def give_up(self, data: Data) -> Command:
        return FormNotFilled(account_ids=tuple(data["account_ids"]))

    def _filling(self, session: Session, unit_id: int, day: date) -> Filling | None:
        work = Work(session, self._clock(), self._policy)
        form = work.day_sheets.form_of(unit_id)
        if form is None:
            return None
        say, unit = self._catalogues.in_language(self._policy.language), work.units.require(unit_id)
        units = tuple(UnitValues(child.name, _values(child, day, say, work)) for child in work.units.children(unit))
        return Filling(form.content, form.cells, _values(unit, day, say, work), units)


def _values(unit: Unit, day: date, say: Say, work: Work) -> dict[str, Value]:
    """Everything that can be said of a unit and a day; what no team has said is not there."""
    counted = work.day_sheets.sent_below(unit, day, work.policy.tiers.community)
    figures = work.day_sheets.total_below(unit, day)
    places = ", ".join(say("figures.origin", place=each.place, n=each.people) for each in figures.origins)
    return {
        **figures.given(),
        DAY: say.day(day),
        UNIT: unit.name,
        SENT: sum(each.first_at is not None for each in counted),
        UNITS: len(counted),
        ARRIVED: sum(origin.people for origin in work.arrivals.origins(unit, day)),
        **({ORIGINS: places} if places else {}),
    }
