"""`tocovid import`: a file, a database, and what became of every row."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.catalogue import Catalogues, Say
from bot.exits import DONE, SOME_REFUSED
from bot.importing.batches import FAMILIES, Importer, rehearsal
from bot.importing.family import Family, Terms
from bot.importing.homes import Homes
from bot.importing.lists import read_table
from bot.importing.table import Outcome
from bot.importing.telling import Print, Teller, progress
from models.rules.households import ChangeState
from models.rules.policy import Policy
from models.rules.roles import Role
from models.rules.words import fold
from models.store.facts import Facts
from models.store.imports import Imports
from models.store.missing import NotThere

#: The list that is compared with the register before anything is kept, and can be taken back.
HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a list is to be taken."""

    is_rehearsal: bool = False  #: Try it, and keep nothing.
    invites_anew: bool = False  #: Make a new link even for people whose earlier one still opens.
    only_refusals: bool = False  #: Show only the rows that were refused, the links and the total.
    leaves_room: bool = True  #: Rest between commits, for a bot that may be waiting for the same database.


def load_file(
    kind: str,
    file: Path,
    engine: Engine,
    policy: Policy,
    say: Say,
    clock: Callable[[], datetime],
    *,
    out: Print = lambda _line: None,
    manner: Manner = Manner(),
) -> int:
    """Take the list of `kind` (units, people, shifts, households), telling `out` of each row; the exit code.

    Raises `Refused` when the file as a whole cannot be taken.
    """
    teller = Teller(say, out, _username(engine), manner.is_rehearsal, manner.only_refusals)
    if kind == HOUSEHOLDS:
        Homes(engine, policy, clock, manner.leaves_room).take(file, teller)
    else:
        _take(FAMILIES[kind], file, engine, policy, say, clock, teller, manner)
    teller.tell_total()
    return SOME_REFUSED if teller.counts[Outcome.REFUSED] else DONE


def _take(
    family: type[Family],
    file: Path,
    engine: Engine,
    policy: Policy,
    say: Say,
    clock: Callable[[], datetime],
    teller: Teller,
    manner: Manner,
) -> None:
    """A list of units or people: each row is kept as it is read."""
    table = read_table(file, family.columns, family.required)
    if table.unused:
        teller.tell_unused(table.unused)
    catalogues = Catalogues.load()
    terms = Terms(role_names(catalogues), tuple(catalogues), manner.invites_anew)
    with (
        rehearsal(engine) if manner.is_rehearsal else nullcontext(engine) as bind,
        progress(len(table.rows), say) as advance,
    ):
        for results in Importer(bind, policy, terms, clock, manner.leaves_room).take(family, table.rows):
            teller.tell(results)
            advance(len(results))


def undo_list(
    import_id: int, engine: Engine, policy: Policy, say: Say, clock: Callable[[], datetime], out: Print
) -> int:
    """Take a list of homes back, saying to `out` how much of it went; the exit code."""
    homes = Homes(engine, policy, clock)
    try:
        is_undone = homes.undo(import_id, Teller(say, out, bot_username="", is_rehearsal=False, only_refusals=True))
    except NotThere:
        is_undone = False
    if not is_undone:
        out(say("import.cannot_undo", number=import_id))
        return SOME_REFUSED
    with Session(engine) as session:
        counts = Imports(session).count(import_id)
    undone, kept = counts.get(ChangeState.UNDONE, 0), counts.get(ChangeState.KEPT, 0)
    out(say("import.undone", undone=say.number(undone), kept=say.number(kept)))
    return SOME_REFUSED if kept else DONE


def role_names(catalogues: Catalogues) -> dict[str, Role]:
    """What may stand in the column `role`, folded: a role's own name, or what people call it."""
    own = {fold(role.value): role for role in Role}
    called = {fold(catalogues.in_language(each)(f"role.{role.value}")): role for each in catalogues for role in Role}
    return {**called, **own}


def _username(engine: Engine) -> str:
    with Session(engine) as session:
        return Facts(session).get(Facts.BOT_USERNAME)
