"""How what is said about lists of homes reads."""

from __future__ import annotations

from collections.abc import Iterator

from bot.telegram.render.base import Message, Reader, column, renders
from bot.telegram.render.people import named
from handlers.commands.imports import ConfirmImport, DropImport, UndoImport
from models.notices import Names
from models.notices.imports import (
    FileFailed,
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
from models.phones import as_dialled


@renders(TemplatePromised)
def template_promised(_notice: TemplatePromised, reader: Reader) -> Message:
    return Message(reader.say("imports.template_promised"))


@renders(TemplateHanded)
def template_handed(notice: TemplateHanded, reader: Reader) -> Message:
    if not notice.homes:
        return Message(reader.say("imports.template_empty"))
    return Message(reader.say.count("imports.template", notice.homes))


@renders(FileFailed)
def file_failed(_notice: FileFailed, reader: Reader) -> Message:
    return Message(reader.say("imports.file_failed"))


@renders(ImportRefused)
def import_refused(notice: ImportRefused, reader: Reader) -> Message:
    return Message(reader.say("imports.refused", people=named(notice.people)))


@renders(ListReading)
def list_reading(notice: ListReading, reader: Reader) -> Message:
    return Message(reader.say("imports.reading", file=notice.file_name))


@renders(ListUnread)
def list_unread(notice: ListUnread, reader: Reader) -> Message:
    reason = reader.say(notice.reason, **{filling.name: filling.said for filling in notice.values})
    return Message(reader.say("imports.unread", file=notice.file_name, reason=reason))


@renders(ImportProposed)
def import_proposed(notice: ImportProposed, reader: Reader) -> Message:
    confirm = reader.button("import", ConfirmImport, import_id=notice.import_id)
    drop = reader.button("cancel", DropImport, import_id=notice.import_id)
    return Message("\n".join(_proposal(notice, reader)), column(confirm, drop))


def _proposal(notice: ImportProposed, reader: Reader) -> Iterator[str]:
    numbers = {name: reader.say.number(getattr(notice, name)) for name in ("new", "changed", "same", "refused")}
    yield reader.say("imports.proposed", file=notice.file_name, **numbers)
    if notice.units.first:
        yield reader.say("imports.proposed_units", units=_listed(notice.units, reader))
    if notice.overwriting:
        yield reader.say("imports.proposed_overwrites")
    for each in notice.overwriting:
        yield _overwrite(each, reader)
    if notice.more:
        yield reader.say("imports.overwrites_more", n=reader.say.number(notice.more))
    if notice.unused.first:
        yield reader.say("imports.proposed_unused", columns=_listed(notice.unused, reader))
    yield reader.say("imports.proposed_question")


def _overwrite(each: Overwriting, reader: Reader) -> str:
    about = {"number": each.number, "code": each.code}
    home = reader.say("imports.person", name=each.resident, **about) if each.resident else ""
    said = "imports.overwrite" if each.before else "imports.overwrite_empty"
    before, after = (as_dialled(value) if each.column == "phone" else value for value in (each.before, each.after))
    return reader.say(
        said,
        home=home or reader.say("imports.home", **about),
        column=reader.say(f"list.column.{each.column}").lower(),
        before=before,
        after=after,
    )


def _listed(names: Names, reader: Reader) -> str:
    listed = ", ".join(names.first)
    return f"{listed}, +{reader.say.number(names.more)}" if names.more else listed


@renders(ImportDropped)
def import_dropped(notice: ImportDropped, reader: Reader) -> Message:
    return Message(reader.say(f"imports.dropped.{notice.why}", file=notice.file_name))


@renders(ImportGoingOn)
def import_going_on(notice: ImportGoingOn, reader: Reader) -> Message:
    said = "imports.undoing" if notice.is_undoing else "imports.going_on"
    done, total = reader.say.number(notice.done), reader.say.number(notice.total)
    return Message(reader.say(said, file=notice.file_name, done=done, total=total))


@renders(ImportDone)
def import_done(notice: ImportDone, reader: Reader) -> Message:
    if notice.is_asking:
        sure = reader.button("undo_sure", UndoImport, import_id=notice.import_id, is_sure=True)
        leave = reader.button("leave_it", ConfirmImport, import_id=notice.import_id)
        return Message(reader.say("imports.undo_asked", file=notice.file_name), column(sure, leave))
    new, changed = reader.say.number(notice.new), reader.say.number(notice.changed)
    lines = [reader.say("imports.done", file=notice.file_name, new=new, changed=changed)]
    if notice.passed_over:
        lines.append(reader.say("imports.passed_over", n=reader.say.number(notice.passed_over)))
    if notice.until is None:
        return Message("\n".join(lines))
    lines.append(reader.say("imports.until", until=reader.moment(notice.until)))
    undo = reader.button("undo_import", UndoImport, import_id=notice.import_id, is_sure=False)
    return Message("\n".join(lines), column(undo))


@renders(ImportUndone)
def import_undone(notice: ImportUndone, reader: Reader) -> Message:
    lines = [reader.say("imports.undone", file=notice.file_name, undone=reader.say.number(notice.undone))]
    if notice.kept:
        lines.append(reader.say("imports.kept", n=reader.say.number(notice.kept)))
    return Message("\n".join(lines))


@renders(RefusedRowsHanded)
def refused_rows_handed(notice: RefusedRowsHanded, reader: Reader) -> Message:
    return Message(reader.say.count("imports.refused_rows", notice.rows))


@renders(OverwritesHanded)
def overwrites_handed(notice: OverwritesHanded, reader: Reader) -> Message:
    return Message(reader.say.count("imports.overwrites", notice.rows))
