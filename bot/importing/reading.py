"""The errand of a list sent in chat: fetched, read apart, compared with the register, and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec
from sqlalchemy.orm import Session

from bot.catalogue import Catalogues, Say
from bot.errands.apart import Refused, TooHeavy, run_apart
from bot.errands.loop import Data
from bot.errands.workbook import Column, Workbook, pack, write
from bot.errands.workbook import Sheet as Page
from bot.importing.comparing import ROWS_A_LOOK, Comparison
from bot.importing.places import Places
from bot.importing.refusals import refusal_of, refused_pages
from bot.importing.sheets import Sheet, read, sheets_from
from bot.importing.table import Outcome, Row
from bot.writer import Writer
from handlers.commands import Command
from handlers.commands.imports import ProposeImport, RefuseList
from handlers.imports import OVERWRITES_SHOWN
from models.rules.hours import local
from models.rules.policy import Policy
from models.work import Work


class Fetch(Protocol):
    """How a file somebody sent is got; raises `Refused` when the service will never hand it over."""

    async def __call__(self, file_id: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of all rows together."""

    new: int
    changed: int
    same: int
    refused: int


class ReadList:
    """Reads one list and says what it would change."""

    def __init__(
        self, writer: Writer, fetch: Fetch, catalogues: Catalogues, policy: Policy, clock: Callable[[], datetime]
    ) -> None:
        self._writer = writer
        self._fetch = fetch
        self._catalogues = catalogues
        self._policy = policy
        self._clock = clock

    async def do(self, data: Data) -> Command:
        import_id: int = data["import_id"]
        try:
            sheets = sheets_from(await run_apart(read, await self._fetch(data["file_id"])))
        except Refused as refusal:
            values = tuple((name, str(value)) for name, value in refusal.values.items())
            return RefuseList(import_id=import_id, reason=refusal.reason, values=values)
        except TooHeavy:
            return RefuseList(import_id=import_id, reason="import.too_heavy")
        counted = await self._compare(import_id, sheets)
        return await self._proposal(import_id, sheets, counted)

    def give_up(self, data: Data) -> Command:
        return RefuseList(import_id=data["import_id"], reason="import.out_of_reach")

    async def _compare(self, import_id: int, sheets: Sequence[Sheet]) -> Counted:
        """Keep what each row would do, a stretch a commit, so that nobody waits for a long list."""
        comparison = await self._writer.transact(lambda session: self._begin(session, import_id))
        counts = dict.fromkeys(Outcome, 0)
        for sheet, rows in stretches(sheets):
            outcomes = await self._writer.transact(
                lambda session, sheet=sheet, rows=rows: stage(  # type: ignore[misc]
                    import_id, comparison, sheet, rows, self._work(session)
                )
            )
            for outcome in outcomes:
                counts[outcome] += 1
        return Counted(counts[Outcome.NEW], counts[Outcome.CHANGED], counts[Outcome.SAME], counts[Outcome.REFUSED])

    def _begin(self, session: Session, import_id: int) -> Comparison:
        """Whose list it is, and what they may list; a try before this one left nothing behind."""
        work = self._work(session)
        brought = work.imports.require(import_id)
        work.imports.unstage(import_id)
        return comparison_for(brought.by_id, work)

    async def _proposal(self, import_id: int, sheets: Sequence[Sheet], counted: Counted) -> ProposeImport:
        refused, overwritten = await self._writer.transact(lambda session: self._pages(session, import_id))
        unused = dict.fromkeys(title for sheet in sheets for title in sheet.unused)
        return ProposeImport(
            import_id=import_id,
            new=counted.new,
            changed=counted.changed,
            same=counted.same,
            refused=counted.refused,
            unused=tuple(unused),
            refusals=await _written(refused),
            overwritten=await _written(overwritten),
        )

    def _pages(self, session: Session, import_id: int) -> tuple[Sequence[Page], Sequence[Page]]:
        """The sheets of the two files: what cannot be taken, and what would be overwritten."""
        work = self._work(session)
        brought = work.imports.require(import_id)
        person = work.people.require(brought.by_id) if brought.by_id is not None else None
        say = self._catalogues.in_language((person.language if person else "") or self._policy.language)
        return refused_pages(work.imports.refusals(import_id), say), _overwritten(import_id, work, say)

    def _work(self, session: Session) -> Work:
        return Work(session, self._clock(), self._policy)


def comparison_for(person_id: int | None, work: Work) -> Comparison:
    """The register as this person may change it by a list; None: from the shell, which may change all of it."""
    units, tier = work.units.all(), work.policy.tiers.community
    listed = (
        [unit for unit in units if unit.tier == tier]
        if person_id is None
        else work.registry.communities_listed_by(person_id, tier)
    )
    return Comparison(Places.of(units, listed, tier), local(work.now, work.policy.timezone).year)


def stretches(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, list[Row]]]:
    """The rows of all sheets, as many at once as one look at the register takes."""
    for sheet in sheets:
        for start in range(0, len(sheet.rows), ROWS_A_LOOK):
            rows = sheet.rows[start : start + ROWS_A_LOOK]
            yield sheet, [Row(row.line, row.cells, sheet=sheet.name) for row in rows]


def stage(import_id: int, comparison: Comparison, sheet: Sheet, rows: Sequence[Row], work: Work) -> list[Outcome]:
    """Compare a stretch of rows and keep what they would do; what became of each."""
    compared = comparison.compare(sheet, rows, work)
    changes = [change for each in compared for change in each.changes]
    work.imports.stage(import_id, changes, [refusal_of(each) for each in compared if each.reasons])
    return [each.outcome for each in compared]


def _overwritten(import_id: int, work: Work, say: Say) -> Sequence[Page]:
    """Every value that would be overwritten, when the message has no room for them all."""
    most = 10_000
    changes = work.imports.overwriting(import_id, most)
    if len(changes) <= OVERWRITES_SHOWN:
        return ()
    codes = {unit.id: unit.code for unit in work.units.named(change.unit_id for change in changes)}
    rows = tuple(
        (
            codes[change.unit_id],
            change.number,
            change.resident,
            say(f"list.column.{column}"),
            _plain(before),
            _plain(after),
        )
        for change in changes
        for column, (before, after) in msgspec.json.decode(change.values).items()
    )
    names = ("unit", "number", "name")
    columns = (
        *(Column(say(f"list.column.{name}"), 16) for name in names),
        *(Column(say(f"list.overwrite.{name}"), 28) for name in ("column", "before", "after")),
    )
    return (Page(say("list.overwritten"), columns, rows),)


def _plain(value: object) -> str:
    return "" if value in (None, False) else "x" if value is True else str(value)


async def _written(pages: Sequence[Page]) -> bytes:
    if not pages:
        return b""
    content: bytes = await run_apart(write, pack(Workbook(tuple(pages))))
    return content
