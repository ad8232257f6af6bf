"""How what is said about the figures of a day reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, in_pairs, renders
from bot.telegram.render.checkins import contact_line
from handlers.commands.day_figures import (
    AskFigures,
    ChaseSenders,
    ChooseFigureUnit,
    ConfirmSheet,
    DropSheet,
    OpenSum,
)
from handlers.commands.day_forms import FillForm
from models.notices.day_figures import (
    ChasedAlready,
    FiguresAsked,
    FiguresDropped,
    FiguresHeard,
    FiguresKept,
    FiguresRead,
    FiguresRefused,
    FiguresUnread,
    FiguresWanted,
    OwnFiguresListed,
    SendersChased,
    SumPart,
    SumShown,
)
from models.rules.day_figures import FIGURES, DayFigures, Origin
from models.rules.words import shorten

#: UTF-16 units of people's words that are given back.
_UNREAD = 400
#: Units that one message names; the rest is counted.
_NAMED = 40


@renders(FiguresRead)
def figures_read(notice: FiguresRead, reader: Reader) -> Message:
    say = reader.say
    lines = [say("figures.read", unit=notice.unit, day=say.day(notice.day)), *_beside(notice, reader)]
    if notice.unread:
        lines.append(say("figures.unread_parts", words=shorten("; ".join(notice.unread), _UNREAD)))
    if notice.in_danger:
        lines.append(say("figures.in_danger"))
    lines.append(say("figures.read_right"))
    send = reader.button("send", ConfirmSheet, unit_id=notice.unit_id, day=notice.day)
    return Message("\n".join(lines), column(send, reader.button("cancel", DropSheet)))


@renders(FiguresHeard)
def figures_heard(notice: FiguresHeard, reader: Reader) -> Message:
    choices = (Button(each.unit, to_data(ChooseFigureUnit, unit_id=each.unit_id)) for each in notice.choices)
    return Message(reader.say("figures.which_unit", words=shorten(notice.words, _UNREAD)), column(*choices))


@renders(FiguresKept)
def figures_kept(notice: FiguresKept, reader: Reader) -> Message:
    say = reader.say
    said = "figures.corrected" if notice.is_correction else "figures.kept"
    lines = [say(said, unit=notice.unit, day=say.day(notice.day)), *_lines(notice.stands, reader)]
    if notice.is_late:
        lines.append(say("figures.kept_late"))
    again = reader.button("figures_correct", AskFigures, unit_id=notice.unit_id)
    return Message("\n".join(lines), column(again))


@renders(FiguresDropped)
def figures_dropped(notice: FiguresDropped, reader: Reader) -> Message:
    return Message(reader.say("figures.dropped"))


@renders(FiguresUnread)
def figures_unread(notice: FiguresUnread, reader: Reader) -> Message:
    return Message(reader.say("figures.unread"))


@renders(FiguresAsked)
def figures_asked(notice: FiguresAsked, reader: Reader) -> Message:
    say = reader.say
    lines = [say("figures.asked", unit=notice.unit, day=say.day(notice.day))]
    if not notice.known.is_empty:
        lines += [say("figures.known_already"), *_lines(notice.known, reader)]
    return Message("\n".join(lines))


@renders(FiguresWanted)
def figures_wanted(notice: FiguresWanted, reader: Reader) -> Message:
    say = reader.say
    values = {"unit": notice.unit, "day": say.day(notice.day), "due": reader.clock(notice.due_at)}
    text = say("figures.wanted_by", by=notice.by, **values) if notice.by else say("figures.wanted", **values)
    return Message(text, column(reader.button("figures_enter", AskFigures, unit_id=notice.unit_id)))


@renders(OwnFiguresListed)
def own_figures_listed(notice: OwnFiguresListed, reader: Reader) -> Message:
    say = reader.say
    lines = [say("figures.own", day=say.day(notice.day))]
    lines += [say("figures.own_sent" if each.is_sent else "figures.own_waits", unit=each.unit) for each in notice.units]
    buttons = (Button(each.unit, to_data(AskFigures, unit_id=each.unit_id)) for each in notice.units)
    return Message("\n".join([*lines, say("figures.how")]), column(*buttons))


@renders(SumShown)
def sum_shown(notice: SumShown, reader: Reader) -> Message:
    say = reader.say
    lines = [say("figures.sum", unit=notice.unit, day=say.day(notice.day), sent=notice.sent, units=notice.units)]
    state = "figures.sum_closed" if notice.is_closed else "figures.sum_due"
    lines.append(say(state, due=reader.clock(notice.due_at)))
    lines += _lines(notice.total, reader)
    lines += _arrived(notice, reader)
    if notice.late:
        lines.append(say.count("figures.sum_late", notice.late))
    if notice.corrected:
        lines.append(say.count("figures.sum_corrected", notice.corrected))
    lines += _missing(notice.parts, reader)
    return Message("\n".join(lines), _ways_on(notice, reader))


@renders(SendersChased)
def senders_chased(notice: SendersChased, reader: Reader) -> Message:
    return Message(reader.say.count("figures.chased", notice.units))


@renders(ChasedAlready)
def chased_already(notice: ChasedAlready, reader: Reader) -> Message:
    return Message(reader.say("figures.chased_already", at=reader.clock(notice.again_at)))


@renders(FiguresRefused)
def figures_refused(notice: FiguresRefused, reader: Reader) -> Message:
    if not notice.unit:
        return Message(reader.say("figures.refused_any"))
    lines = [reader.say("figures.refused", unit=notice.unit)]
    return Message("\n".join([*lines, *(contact_line(contact, reader) for contact in notice.contacts[:4])]))


def _lines(figures: DayFigures, reader: Reader) -> Iterator[str]:
    """A line for each figure that was said."""
    for name, value in figures.given().items():
        line = reader.say("figures.line", name=reader.say(f"figures.name.{name}"), value=reader.say.number(value))
        yield _from(line, figures.origins, reader) if name == "returnees" else line


def _arrived(notice: SumShown, reader: Reader) -> Iterator[str]:
    """Who was reported by name, and how many of all who came are not settled."""
    if notice.arrived:
        line = reader.say.count("figures.arrived", sum(origin.people for origin in notice.arrived))
        yield _from(line, notice.arrived, reader)
    if notice.unsettled:
        yield reader.say.count("figures.unsettled", notice.unsettled)


def _from(line: str, origins: Iterable[Origin], reader: Reader) -> str:
    places = ", ".join(
        reader.say("figures.origin", place=each.place, n=reader.say.number(each.people)) for each in origins
    )
    return reader.say("figures.from_places", line=line, places=places) if places else line


def _beside(notice: FiguresRead, reader: Reader) -> Iterator[str]:
    """A line for each figure that will stand: where it comes from, and what else is known of it."""
    lines = dict(zip(notice.stands.given(), _lines(notice.stands, reader), strict=True))
    for name in FIGURES:
        said, known = getattr(notice.said, name), getattr(notice.known, name)
        earlier = getattr(notice.earlier, name) if notice.earlier else None
        if name not in lines:
            continue
        if said is None:
            source = "figures.as_before" if notice.earlier else "figures.as_known"
            yield reader.say(source, line=lines[name])
        elif earlier is not None and earlier != said:
            yield reader.say("figures.before", line=lines[name], n=reader.say.number(earlier))
        elif known is not None and known != said:
            yield reader.say("figures.known_otherwise", line=lines[name], n=reader.say.number(known))
        else:
            yield lines[name]


def _missing(parts: tuple[SumPart, ...], reader: Reader) -> Iterator[str]:
    """Who has not sent: communities by name, other units with how far they are."""
    if not parts:
        yield reader.say("figures.all_sent")
        return
    named = [
        part.unit if part.is_community else reader.say("figures.part", unit=part.unit, sent=part.sent, units=part.units)
        for part in parts[:_NAMED]
    ]
    yield reader.say("figures.missing", units=", ".join(named))
    if len(parts) > _NAMED:
        yield reader.say.count("figures.missing_more", len(parts) - _NAMED)


def _ways_on(notice: SumShown, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    about = {"unit_id": notice.unit_id, "day": notice.day}
    ways = [Button(part.unit, to_data(OpenSum, unit_id=part.unit_id, day=notice.day)) for part in notice.below[:_NAMED]]
    tools = [reader.button("figures_chase", ChaseSenders, **about)] if notice.parts else []
    if notice.has_form:
        tools.append(reader.button("figures_form", FillForm, **about))
    return (*column(*tools), *in_pairs(ways))
