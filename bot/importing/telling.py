"""What an import says: a line for each row, the links to hand out, and the total."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.catalogue import Say
from bot.errands.apart import Refused
from bot.importing.batches import RowResult
from bot.importing.table import Outcome, RowRefused

Print = Callable[[str], None]
Advance = Callable[[int], None]

#: Lists longer than this show how far they are.
ROWS_WORTH_A_BAR = 400


@dataclass(slots=True)
class Teller:
    """Puts what became of each row into words, and counts."""

    say: Say
    out: Print
    bot_username: str  #: For the links; "" until a bot has run on this database.
    is_rehearsal: bool  #: Nothing stays, so the links would open nothing.
    only_refusals: bool  #: Leave out the rows that were taken, but for those with a link.
    counts: Counter[Outcome] = field(default_factory=Counter)

    def tell(self, results: Iterable[RowResult]) -> None:
        """A line for each row, in the order it was taken."""
        for result in results:
            self.counts[result.outcome] += 1
            link = self._link(result) if result.invitation and not self.is_rehearsal else ""
            if link or result.refusals or not self.only_refusals:
                self.out(self._line(result) + link)

    def tell_unused(self, columns: Sequence[str]) -> None:
        """Which headings mean nothing here."""
        self.out(self.say("import.columns_unused", columns=", ".join(columns)))

    def tell_undoable(self, import_id: int) -> None:
        """How the list can be taken back."""
        if not self.only_refusals:
            self.out(self.say("import.undoable", number=import_id))

    def tell_total(self) -> None:
        """How many rows were new, changed, the same and refused."""
        total = {outcome.value: self.say.number(self.counts[outcome]) for outcome in Outcome}
        self.out(self.say("import.total", **total))
        if self.is_rehearsal:
            self.out(self.say("import.rehearsed"))

    def _line(self, result: RowResult) -> str:
        where = {"line": result.line, "key": result.key}
        if not result.refusals:
            return self.say(f"import.row_{result.outcome.value}", **where)
        reasons = "; ".join(reason(refusal, self.say) for refusal in result.refusals)
        return self.say("import.row_refused", **where, reason=reasons)

    def _link(self, result: RowResult) -> str:
        if self.bot_username:
            link = f"https://t.me/{self.bot_username}?start={result.invitation}"
            return "\n" + self.say("import.invitation", link=link)
        return "\n" + self.say("import.invitation_without_bot", payload=result.invitation)


def reason(refusal: RowRefused, say: Say) -> str:
    """Why a row was refused, with the column it is about."""
    sentence = say(refusal.reason, **refusal.values)
    return say("import.in_column", column=refusal.column, reason=sentence) if refusal.column else sentence


def unreadable(error: Refused, say: Say) -> str:
    """Why the whole file was refused."""
    return say(error.reason, **error.values)


@contextmanager
def progress(rows: int, say: Say, doing: str = "import.progress") -> Iterator[Advance]:
    """A bar on the terminal while a long list is taken; nothing when nobody watches."""
    if rows <= ROWS_WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda _rows: None
        return
    columns = (TextColumn(say(doing)), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=rows)
        yield lambda taken: bar.advance(task, taken)
