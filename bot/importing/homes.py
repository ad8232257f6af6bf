"""The list of homes from the shell: compared, kept a stretch a commit beside a running bot, and taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.errands.apart import TooHeavy, wait_for_apart
from bot.importing.batches import RowResult, persist
from bot.importing.comparing import Compared, Comparison
from bot.importing.reading import comparison_for, stretches
from bot.importing.refusals import refusal_of
from bot.importing.sheets import Sheet, read, sheets_from
from bot.importing.table import ListUnreadable, Outcome, Row, content_of
from bot.importing.telling import Teller, progress
from bot.router import run
from handlers.commands.imports import AdvanceImport
from models.records import ListImport
from models.rules.households import ImportState
from models.rules.policy import Policy
from models.work import Work

T = TypeVar("T")

#: Rows kept in one commit: so few that the bot, which waits meanwhile, hardly notices.
ROWS_A_COMMIT = 200
#: So long after it began, the bot goes on with a list the shell has left unfinished.
LEFT_TO_THE_BOT_AFTER = timedelta(minutes=10)
#: While a list is in one of these there is more of it to do.
_GOING_ON = (ImportState.APPLYING, ImportState.UNDOING)


@dataclass(frozen=True, slots=True)
class Homes:
    """Takes lists of homes into one database."""

    engine: Engine
    policy: Policy
    clock: Callable[[], datetime]
    leaves_room: bool = True  #: Rest between commits, for a bot that may be waiting for the same database.

    def take(self, file: Path, teller: Teller) -> None:
        """Tell what became of each row; a rehearsal keeps nothing. Raises `Refused` for a file nobody can read."""
        sheets = self._read(file)
        unused = dict.fromkeys(title for sheet in sheets for title in sheet.unused)
        if unused:
            teller.tell_unused(list(unused))
        if teller.is_rehearsal:
            self._compare(sheets, teller, None)
            return
        import_id = self._commit(lambda work: work.imports.begin(None, file.name, work.now).id)
        self._compare(sheets, teller, import_id)
        self._commit(lambda work: _confirm(work.imports.require(import_id), teller, work.now))
        self.go_on(import_id, teller)
        teller.tell_undoable(import_id)

    def undo(self, import_id: int, teller: Teller) -> bool:
        """Take a list back; False when it cannot be any more. Raises NotThere when there is none."""
        begun = self._commit(lambda work: _begin_undo(work.imports.require(import_id), work.now))
        if begun:
            self.go_on(import_id, teller)
        return begun

    def go_on(self, import_id: int, teller: Teller) -> None:
        """Make, or take back, all that is left of the list's changes."""
        total = self._commit(lambda work: sum(work.imports.count(import_id).values()))
        with progress(total, teller.say, "import.keeping") as advance:
            while self._commit(lambda work: _advance(import_id, work)):
                advance(ROWS_A_COMMIT)

    def _read(self, file: Path) -> list[Sheet]:
        try:
            return sheets_from(wait_for_apart(read, content_of(file)))
        except TooHeavy:
            raise ListUnreadable("import.too_heavy") from None

    def _compare(self, sheets: Sequence[Sheet], teller: Teller, import_id: int | None) -> None:
        """Tell what each row would do, and stage it when the list is to be kept."""
        comparison = self._commit(lambda work: comparison_for(None, work))
        with progress(sum(len(sheet.rows) for sheet in sheets), teller.say, "import.comparing") as advance:
            for sheet, rows in stretches(sheets):
                teller.tell(_result(each, len(sheets) > 1) for each in self._stage(comparison, sheet, rows, import_id))
                advance(len(rows))

    def _stage(
        self, comparison: Comparison, sheet: Sheet, rows: Sequence[Row], import_id: int | None
    ) -> Sequence[Compared]:
        # Compared once, so that a later row sees the earlier; only keeping it may have to be tried again.
        compared = self._commit(lambda work: comparison.compare(sheet, rows, work))
        if import_id is not None:
            changes = [change for each in compared for change in each.changes]
            refusals = [refusal_of(each) for each in compared if each.reasons]
            self._commit(lambda work: work.imports.stage(import_id, changes, refusals))
        return compared

    def _commit(self, change: Callable[[Work], T]) -> T:
        began = time.monotonic()

        def within(session: Session) -> T:
            return change(Work(session, self.clock(), self.policy))

        done = persist(self.engine, within)
        if self.leaves_room:
            time.sleep((time.monotonic() - began) / 2)
        return done


def _confirm(brought: ListImport, teller: Teller, now: datetime) -> None:
    counts = teller.counts
    # A shell that is ended in the middle leaves the rest to the bot.
    brought.new, brought.changed = counts[Outcome.NEW], counts[Outcome.CHANGED]
    brought.same, brought.refused = counts[Outcome.SAME], counts[Outcome.REFUSED]
    brought.state, brought.due_at = ImportState.APPLYING, now + LEFT_TO_THE_BOT_AFTER


def _begin_undo(brought: ListImport, now: datetime) -> bool:
    if brought.state is not ImportState.APPLIED or brought.due_at is None or brought.due_at <= now:
        return False
    brought.state, brought.due_at = ImportState.UNDOING, now + LEFT_TO_THE_BOT_AFTER
    return True


def _advance(import_id: int, work: Work) -> bool:
    """Whether there is more to do."""
    run(AdvanceImport(import_id=import_id, most=ROWS_A_COMMIT), work)
    return work.imports.require(import_id).state in _GOING_ON


def _result(compared: Compared, several_sheets: bool) -> RowResult:
    line = f"{compared.row.line} ({compared.row.sheet})" if several_sheets else str(compared.row.line)
    return RowResult(line, compared.key, compared.outcome, tuple(compared.reasons.values()))
