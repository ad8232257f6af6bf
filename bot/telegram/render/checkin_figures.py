"""How the figures of rounds read, tier by tier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.checkins import in_rows
from handlers.commands.checkins import ListSilentUnits, ShowSilent
from models.notices.checkin_figures import FiguresSent, FiguresTold, StepsSkipped, UnitPart, UnitsListed
from models.rules.checkins import Tally

#: Units named in one message; the rest is counted.
_UNITS_NAMED = 40


@renders(FiguresSent)
def figures_sent(notice: FiguresSent, reader: Reader) -> Message:
    tally = Tally(
        expected=notice.expected,
        self_reported=notice.self_reported,
        on_behalf=notice.on_behalf,
        unreachable=notice.unreachable,
        silent=notice.silent_homes,
        on_time=notice.on_time,
    )
    return _figures(notice, tally, (), reader)


@renders(FiguresTold)
def figures_told(notice: FiguresTold, reader: Reader) -> Message:
    health = reader.say("checkins.figures_health", ill=notice.tally.ill, need_help=notice.tally.need_help)
    return _figures(notice, notice.tally, (health,), reader)


@renders(UnitsListed)
def units_listed(notice: UnitsListed, reader: Reader) -> Message:
    day = reader.say.day(notice.day)
    if not notice.parts:
        return Message(reader.say("checkins.units_complete", unit=notice.unit, day=day))
    named, rest = notice.parts[:_UNITS_NAMED], notice.parts[_UNITS_NAMED:]
    lines = [reader.say("checkins.units_behind", unit=notice.unit, day=day)]
    lines += [line for part in named for line in _behind(part, reader)]
    if rest:
        lines.append(reader.say.count("checkins.units_more", len(rest)))
    return Message("\n".join(lines), in_rows((_way_down(part, notice.day) for part in named), 2))


@renders(StepsSkipped)
def steps_skipped(notice: StepsSkipped, reader: Reader) -> Message:
    return Message(reader.say.count("checkins.steps_skipped", notice.steps, units=notice.units))


def _figures(notice: FiguresSent | FiguresTold, tally: Tally, more: Iterable[str], reader: Reader) -> Message:
    lines = [
        reader.say(
            "checkins.figures",
            unit=notice.unit,
            day=reader.say.day(notice.day),
            closed=notice.closed,
            rounds=notice.rounds,
            answered=reader.say.number(tally.answered),
            expected=reader.say.number(tally.expected),
            complete=_percent(tally.completeness, reader),
            timely=_percent(tally.timeliness, reader),
            own=reader.say.number(tally.self_reported),
            on_behalf=reader.say.number(tally.on_behalf),
            unreachable=reader.say.number(tally.unreachable),
            silent=reader.say.number(tally.silent),
        ),
        *more,
    ]
    if notice.skipped:
        lines.append(reader.say.count("checkins.figures_skipped", notice.skipped))
    behind = reader.button("silent_units", ListSilentUnits, unit_id=notice.unit_id, day=notice.day)
    return Message("\n".join(lines), column(behind))


def _behind(part: UnitPart, reader: Reader) -> Iterator[str]:
    """What a unit lacks: homes without word, and communities where nobody could be asked."""
    if part.waiting_for:
        yield reader.say("checkins.unit_behind", unit=part.unit, homes=part.waiting_for, expected=part.expected)
    if part.skipped and part.round_id is not None:
        yield reader.say("checkins.unit_not_asked", unit=part.unit)
    elif part.skipped:
        yield reader.say.count("checkins.unit_skipped", part.skipped, unit=part.unit)


def _percent(share: float | None, reader: Reader) -> str:
    if share is None:
        return reader.say("checkins.no_share")
    return reader.say("checkins.percent", share=reader.say.number(int(share * 100)))


def _way_down(part: UnitPart, day: date) -> Button:
    """A community leads to its call list, any other unit to the units below it."""
    if part.round_id is not None:
        return Button(part.unit, to_data(ShowSilent, round_id=part.round_id, page=0))
    return Button(part.unit, to_data(ListSilentUnits, unit_id=part.unit_id, day=day))
