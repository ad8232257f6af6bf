"""A confirmed list becomes the register, a stretch at a time; taken back, the register becomes what it was.

What somebody changed after it was shown is not overwritten, and what somebody changed since is not taken back.
"""

from __future__ import annotations

from datetime import timedelta

from handlers import Stories
from handlers.commands.checkins import RecountRounds
from handlers.commands.imports import AdvanceImport, AdvanceImports, ShowImport
from models.records import ListImport
from models.rules.households import ChangeState, ImportState
from models.store.register_changes import RegisterChanges
from models.work import Work

#: How long a list can be taken back; then what its rows held is forgotten.
UNDONE_WITHIN = timedelta(days=7)
#: The state a change is in before, and the order in which a list is worked through.
_GOING_ON = {ImportState.APPLYING: ChangeState.PROPOSED, ImportState.UNDOING: ChangeState.APPLIED}
_WAITING = (ImportState.PROPOSED, ImportState.APPLIED, ImportState.UNDONE)


def advance_all(_command: AdvanceImports, work: Work) -> None:
    """Go on with every list under way; give up those nobody confirmed, and forget what can no longer be undone."""
    for brought in work.imports.due(_GOING_ON, work.now):
        work.also(AdvanceImport(import_id=brought.id))
    for brought in work.imports.due(_WAITING, work.now):
        _let_go(brought, work)


def advance(command: AdvanceImport, work: Work) -> None:
    """Make or take back the next changes; when none is left the list is done."""
    brought = work.imports.require(command.import_id)
    waiting = _GOING_ON.get(brought.state)
    if waiting is None:
        return
    is_undoing = brought.state is ImportState.UNDOING
    changes = work.imports.changes(brought.id, waiting, command.most, newest_first=is_undoing)
    register = RegisterChanges(work.session, work.now, brought)
    if is_undoing:
        register.undo(changes)
    else:
        register.apply(changes)
    if len(changes) < command.most:
        _finish(brought, work)
    work.also(RecountRounds(unit_ids=tuple({change.unit_id for change in changes})))
    work.also(ShowImport(import_id=brought.id))


def _finish(brought: ListImport, work: Work) -> None:
    if brought.state is ImportState.UNDOING:
        brought.state = ImportState.UNDONE
    else:
        brought.state, brought.applied_at = ImportState.APPLIED, work.now
    brought.due_at = work.now + UNDONE_WITHIN


def _let_go(brought: ListImport, work: Work) -> None:
    """Its time is up: erase what its rows held, and take the buttons off its card."""
    if brought.state is ImportState.PROPOSED:
        brought.state = ImportState.DROPPED
    brought.due_at = None
    work.also(ShowImport(import_id=brought.id))
    work.imports.unstage(brought.id)


STORIES: Stories = {
    AdvanceImports: advance_all,
    AdvanceImport: advance,
}
