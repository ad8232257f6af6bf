"""How what is said about an office's own form reads."""

from __future__ import annotations

from bot.telegram.render.base import Message, Reader, column, renders
from bot.telegram.render.checkins import contact_line
from handlers.commands.day_forms import AskCells, DropForm, FillForm
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
from models.rules.form_cells import FormCell

#: Cells that one message names; the rest is counted.
_NAMED = 60


@renders(FormWanted)
def form_wanted(notice: FormWanted, reader: Reader) -> Message:
    return Message(reader.say("forms.wanted", unit=notice.unit))


@renders(FormReading)
def form_reading(notice: FormReading, reader: Reader) -> Message:
    return Message(reader.say("forms.reading", file=notice.file_name))


@renders(FormUnread)
def form_unread(notice: FormUnread, reader: Reader) -> Message:
    return Message(reader.say("forms.unread", reason=reader.say(notice.reason)))


@renders(FormShown)
def form_shown(notice: FormShown, reader: Reader) -> Message:
    say = reader.say
    lines = [say("forms.shown", unit=notice.unit, file=notice.file_name)]
    lines += [_cell(cell, reader) for cell in notice.cells[:_NAMED]]
    if len(notice.cells) > _NAMED:
        lines.append(say.count("forms.more_cells", len(notice.cells) - _NAMED))
    if not notice.cells:
        lines.append(say("forms.no_cells"))
    if notice.unread:
        lines.append(say("figures.unread_parts", words="; ".join(notice.unread)))
    about = {"unit_id": notice.unit_id}
    buttons = [reader.button("form_cells", AskCells, **about)]
    if notice.cells:
        buttons.append(reader.button("form_fill", FillForm, **about, day=notice.day))
    return Message("\n".join(lines), column(*buttons, reader.button("form_drop", DropForm, **about)))


@renders(CellsAsked)
def cells_asked(notice: CellsAsked, reader: Reader) -> Message:
    return Message(reader.say("forms.cells_asked"))


@renders(FormDropped)
def form_dropped(notice: FormDropped, reader: Reader) -> Message:
    return Message(reader.say("forms.dropped", unit=notice.unit))


@renders(FormPromised)
def form_promised(notice: FormPromised, reader: Reader) -> Message:
    return Message(reader.say("forms.promised"))


@renders(FormHanded)
def form_handed(notice: FormHanded, reader: Reader) -> Message:
    return Message(reader.say("forms.handed", unit=notice.unit, day=reader.say.day(notice.day)))


@renders(FormRefused)
def form_refused(notice: FormRefused, reader: Reader) -> Message:
    lines = [reader.say("forms.refused"), *(contact_line(contact, reader) for contact in notice.contacts[:4])]
    return Message("\n".join(lines))


def _cell(cell: FormCell, reader: Reader) -> str:
    name = f"figures.name.{cell.content}"
    content = reader.say(name if reader.say.knows(name) else f"forms.content.{cell.content}")
    place = reader.say("forms.column", column=cell.column) if not cell.row else f"{cell.column}{cell.row}"
    if cell.sheet:
        place = reader.say("forms.on_sheet", sheet=cell.sheet, place=place)
    return reader.say("figures.line", name=place, value=content)
