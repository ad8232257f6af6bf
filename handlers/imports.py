"""Lists of homes, as whoever brings them meets them: the form, what a list would change, yes or no, and back again."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from handlers import Stories
from handlers.commands import Enclosure, FromPerson
from handlers.commands.imports import (
    ConfirmImport,
    DropImport,
    FileNotMade,
    HandTemplate,
    ImportList,
    ProposeImport,
    RefuseList,
    ShowImport,
    UndoImport,
)
from models.notices import Names, Notice
from models.notices.imports import (
    FileFailed,
    Filling,
    ImportDone,
    ImportDropped,
    ImportGoingOn,
    ImportProposed,
    ImportRefused,
    ImportUndone,
    ListReading,
    ListUnread,
    OverwritesHanded,
    Overwriting,
    RefusedRowsHanded,
    TemplateHanded,
    TemplatePromised,
)
from models.records import ImportChange, ListImport, Person
from models.rules.households import ChangeState, ImportState
from models.rules.roles import Role
from models.store.people import contacts
from models.work import Work

#: The errands: the form is made, a file is read.
MAKE_TEMPLATE, READ_LIST = "make-template", "read-list"
#: What the files we hand over are called.
TEMPLATE_NAME, REFUSALS_NAME, OVERWRITES_NAME = "danh-sach-ho.xlsx", "dong-chua-nhap.xlsx", "se-thay-doi.xlsx"
#: How long a list that was shown waits for its [Nhập].
CONFIRMED_WITHIN = timedelta(hours=24)
#: How many overwritten values the message shows; the file shows all.
OVERWRITES_SHOWN = 6


def import_list(command: ImportList, work: Work) -> None:
    """Take the list that came along, or let the form be made, for whoever may bring lists."""
    person = work.meet(command)
    if not _may_list(person, work):
        _refuse(command, person, "imports", work)
    elif command.enclosures:
        _receive(command, command.enclosures[0], person, work)
    else:
        work.errands.ask(MAKE_TEMPLATE, work.now, person_id=person.id, account_id=command.sender.account_id)
        work.tell(command.sender.account_id, TemplatePromised())


def hand_template(command: HandTemplate, work: Work) -> None:
    """Send the form that was made."""
    file = work.errands.keep_file(TEMPLATE_NAME, command.content, work.now)
    work.tell(command.account_id, TemplateHanded(file.id, command.homes))


def tell_not_made(command: FileNotMade, work: Work) -> None:
    """Let whoever waits know that they wait in vain."""
    work.tell(command.account_id, FileFailed())


def refuse_list(command: RefuseList, work: Work) -> None:
    """Say why nothing of the list can be taken."""
    brought = work.imports.require(command.import_id)
    brought.state, brought.due_at = ImportState.DROPPED, None
    values = tuple(Filling(name, said) for name, said in command.values)
    _show(brought, ListUnread(brought.file_name, command.reason, values), work)


def propose(command: ProposeImport, work: Work) -> None:
    """Show what the list would change, and hand over the rows that cannot be taken."""
    brought = work.imports.require(command.import_id)
    brought.new, brought.changed = command.new, command.changed
    brought.same, brought.refused = command.same, command.refused
    if command.refusals:
        file = work.errands.keep_file(REFUSALS_NAME, command.refusals, work.now)
        _tell(brought, RefusedRowsHanded(file.id, command.refused), work)
    if not command.new and not command.changed:
        brought.state = ImportState.DROPPED
        _show(brought, ImportDropped(brought.file_name, "nothing_new"), work)
        return
    brought.state, brought.due_at = ImportState.PROPOSED, work.now + CONFIRMED_WITHIN
    if command.overwritten:
        file = work.errands.keep_file(OVERWRITES_NAME, command.overwritten, work.now)
        _tell(brought, OverwritesHanded(file.id, command.changed), work)
    # The newest message carries the buttons: the files before it are there to be looked at first.
    _show(brought, _proposed(brought, command.unused, work), work, afresh=True)


def confirm(command: ConfirmImport, work: Work) -> None:
    """Let what was shown be done, by whoever may list every home it is about."""
    brought = _require_own(command, command.import_id, work)
    if brought is None:
        return
    if brought.state is ImportState.PROPOSED:
        work.done(command, work.meet(command), brought.subject)
        brought.state, brought.due_at = ImportState.APPLYING, work.now
    work.also(ShowImport(import_id=brought.id))


def drop(command: DropImport, work: Work) -> None:
    """Keep nothing of the list."""
    brought = _require_own(command, command.import_id, work)
    if brought is None:
        return
    if brought.state is ImportState.PROPOSED:
        brought.state, brought.due_at = ImportState.DROPPED, None
        work.imports.unstage(brought.id)
    work.also(ShowImport(import_id=brought.id))


def undo(command: UndoImport, work: Work) -> None:
    """Ask once more, then take back what the list changed."""
    brought = _require_own(command, command.import_id, work)
    if brought is None:
        return
    may_undo = brought.state is ImportState.APPLIED and brought.due_at is not None and brought.due_at > work.now
    if may_undo and not command.is_sure:
        _show(brought, _done(brought, work, is_asking=True), work)
        return
    if may_undo:
        work.done(command, work.meet(command), brought.subject)
        brought.state, brought.due_at = ImportState.UNDOING, work.now
    work.also(ShowImport(import_id=brought.id))


def show(command: ShowImport, work: Work) -> None:
    """Let the list's card say where it stands; one from the shell has none."""
    brought = work.imports.require(command.import_id)
    if brought.by_id is not None:
        _show(brought, _standing(brought, work), work)


def _standing(brought: ListImport, work: Work) -> Notice:
    match brought.state:
        case ImportState.READING:
            return ListReading(brought.file_name)
        case ImportState.PROPOSED:
            return _proposed(brought, (), work)
        case ImportState.APPLIED:
            return _done(brought, work)
        case ImportState.DROPPED:
            return ImportDropped(brought.file_name, "cancelled")
    counts = work.imports.count(brought.id)
    total = sum(counts.values())
    if brought.state is ImportState.UNDONE:
        return ImportUndone(brought.file_name, counts.get(ChangeState.UNDONE, 0), counts.get(ChangeState.KEPT, 0))
    is_undoing = brought.state is ImportState.UNDOING
    left = counts.get(ChangeState.APPLIED if is_undoing else ChangeState.PROPOSED, 0)
    return ImportGoingOn(brought.file_name, total - left, total, is_undoing)


def _proposed(brought: ListImport, unused: tuple[str, ...], work: Work) -> ImportProposed:
    first = work.imports.overwriting(brought.id, OVERWRITES_SHOWN)
    units = work.units.named(work.imports.units_of(brought.id))
    codes = {unit.id: unit.code for unit in units}
    shown = [each for change in first for each in _overwriting(change, codes[change.unit_id])][:OVERWRITES_SHOWN]
    return ImportProposed(
        import_id=brought.id,
        file_name=brought.file_name,
        new=brought.new,
        changed=brought.changed,
        same=brought.same,
        refused=brought.refused,
        units=Names.of([unit.name for unit in units]),
        overwriting=tuple(shown),
        more=max(0, brought.changed - len(first)),
        unused=Names.of(unused),
    )


def _overwriting(change: ImportChange, code: str) -> list[Overwriting]:
    values = msgspec.json.decode(change.values)
    return [
        Overwriting(code, change.number, change.resident, column, _said(before), _said(after))
        for column, (before, after) in values.items()
    ]


def _said(value: object) -> str:
    return "" if value in (None, False) else "x" if value is True else str(value)


def _done(brought: ListImport, work: Work, *, is_asking: bool = False) -> ImportDone:
    passed_over = work.imports.count(brought.id).get(ChangeState.PASSED_OVER, 0)
    until = brought.due_at
    return ImportDone(
        brought.id, brought.file_name, brought.new, brought.changed, passed_over, until, is_asking=is_asking
    )


def _receive(command: ImportList, file: Enclosure, person: Person, work: Work) -> None:
    """Remember the list, and let it be fetched and read outside this transaction."""
    brought = work.imports.begin(person.id, file.name or "?", work.now)
    work.errands.ask(READ_LIST, work.now, import_id=brought.id, file_id=file.file_id)
    work.done(command, person, brought.subject)
    _show(brought, ListReading(brought.file_name), work)


def _require_own(command: FromPerson, import_id: int, work: Work) -> ListImport | None:
    """The list, when this person may still list every home it is about; None when they were refused."""
    person, brought = work.meet(command), work.imports.require(import_id)
    listed = {unit.id for unit in work.registry.communities_listed_by(person.id, work.policy.tiers.community)}
    is_theirs = brought.by_id == person.id or work.people.is_administrator(person.id)
    if not is_theirs or not listed or not work.imports.units_of(import_id) <= listed:
        _refuse(command, person, brought.subject, work)
        return None
    return brought


def _may_list(person: Person, work: Work) -> bool:
    return bool(work.registry.communities_listed_by(person.id, work.policy.tiers.community))


def _refuse(command: FromPerson, person: Person, subject: str, work: Work) -> None:
    administrators = contacts(work.people.administrators(), Role.ADMINISTRATOR)
    work.refuse(command, person, subject, ImportRefused(administrators))


def _show(brought: ListImport, notice: Notice, work: Work, *, afresh: bool = False) -> None:
    account = _account(brought, work)
    if account is not None:
        work.show(account, brought.subject, notice, afresh=afresh)


def _tell(brought: ListImport, notice: Notice, work: Work) -> None:
    account = _account(brought, work)
    if account is not None:
        work.tell(account, notice, subject=brought.subject)


def _account(brought: ListImport, work: Work) -> int | None:
    """Whose private chat hears of the list; None for one from the shell."""
    return work.people.require(brought.by_id).account_id if brought.by_id is not None else None


STORIES: Stories = {
    ImportList: import_list,
    HandTemplate: hand_template,
    FileNotMade: tell_not_made,
    RefuseList: refuse_list,
    ProposeImport: propose,
    ConfirmImport: confirm,
    DropImport: drop,
    UndoImport: undo,
    ShowImport: show,
}
