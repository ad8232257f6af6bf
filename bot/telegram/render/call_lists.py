"""How what is said to those who look after households, and to those above them, reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.checkins import ANSWERS, contact_line, in_rows
from handlers.commands.checkins import (
    AnswerForHousehold,
    ChooseSource,
    ConfirmLine,
    DropLine,
    ListSilentUnits,
    NoteUnreached,
    OpenHome,
    ReadLine,
    ShowSilent,
)
from models.notices.call_lists import (
    AnswerRefused,
    CallHome,
    CallListOpened,
    CallListShown,
    FiguresSent,
    FiguresTold,
    HelpAsked,
    HomeOpened,
    LineDropped,
    LineHeard,
    LineKept,
    LineRead,
    SourceAsked,
    StepsSkipped,
    TeamRoundsShown,
    UnitPart,
    UnitsListed,
)
from models.phones import as_dialled
from models.rules.call_list import in_ranges
from models.rules.checkins import Source, Tally

#: How staff learnt an answer, in the order of the buttons.
_SOURCES = (Source.MET, Source.CALLED, Source.NEIGHBOUR)
#: Homes in one row of the call list's buttons.
_ROW = 4
#: Units named in one message; the rest is counted.
_UNITS_NAMED = 40


@renders(HelpAsked)
def help_asked(notice: HelpAsked, reader: Reader) -> Message:
    home = _home_line(notice.number, notice.head, notice.phone, reader)
    return Message(reader.say("checkins.help_asked", unit=notice.unit, home=home))


@renders(CallListOpened)
@renders(CallListShown)
def call_list_shown(notice: CallListShown, reader: Reader) -> Message:
    day = reader.say.day(notice.day)
    if not notice.homes:
        return Message(reader.say("checkins.calls_done", unit=notice.unit, day=day))
    title = "checkins.calls_late" if notice.is_closed else "checkins.calls"
    until = reader.clock(notice.closes_at)
    lines = [reader.say.count(title, notice.waiting_for, unit=notice.unit, day=day, until=until)]
    if notice.closes_soon and not notice.is_closed:
        lines.append(reader.say("checkins.calls_soon", until=until))
    if notice.skipped_steps:
        lines.append(reader.say.count("checkins.calls_skipped", notice.skipped_steps))
    lines += [_call_line(home, reader) for home in notice.homes]
    lines.append(reader.say("checkins.calls_hint"))
    homes = [
        Button(
            reader.say("button.home", number=home.number),
            to_data(OpenHome, round_id=notice.round_id, household_id=home.household_id),
        )
        for home in notice.homes
    ]
    return Message("\n".join(lines), (*in_rows(homes, _ROW), *in_rows(_turns(notice, reader), 2)))


@renders(HomeOpened)
def home_opened(notice: HomeOpened, reader: Reader) -> Message:
    lines = [_home_line(notice.number, notice.head, notice.phone, reader)]
    if notice.address:
        lines.append(notice.address)
    if notice.answer:
        said = reader.say(f"button.{notice.answer.value}")
        lines.append(reader.say("checkins.said_already", answer=said))
    home = {"round_id": notice.round_id, "household_id": notice.household_id}
    answers = (reader.button(answer.value, ChooseSource, **home, answer=answer) for answer in ANSWERS)
    unreached = reader.button("unreached", NoteUnreached, **home)
    return Message("\n".join(lines), column(*answers, unreached, _back(notice.round_id, reader)))


@renders(SourceAsked)
def source_asked(notice: SourceAsked, reader: Reader) -> Message:
    said = reader.say(f"button.{notice.answer.value}")
    sources = (
        reader.button(
            f"source_{source.value}",
            AnswerForHousehold,
            round_id=notice.round_id,
            household_id=notice.household_id,
            answer=notice.answer,
            source=source,
        )
        for source in _SOURCES
    )
    text = reader.say("checkins.source_asked", number=notice.number, head=notice.head, answer=said)
    return Message(text, column(*sources, _back(notice.round_id, reader)))


@renders(TeamRoundsShown)
def team_rounds_shown(notice: TeamRoundsShown, reader: Reader) -> Message:
    lines = [reader.say("checkins.team_rounds")]
    lines += [
        reader.say("checkins.team_round", unit=each.unit, answered=each.answered, expected=each.expected)
        for each in notice.rounds
    ]
    lists = (Button(each.unit, to_data(ShowSilent, round_id=each.round_id, page=0)) for each in notice.rounds)
    return Message("\n".join(lines), column(*lists))


@renders(LineHeard)
def line_heard(notice: LineHeard, reader: Reader) -> Message:
    choices = (Button(each.unit, to_data(ReadLine, round_id=each.round_id)) for each in notice.choices)
    text = reader.say("checkins.line_heard", words=notice.words)
    return Message(text, column(*choices, reader.button("cancel", DropLine)))


@renders(LineRead)
def line_read(notice: LineRead, reader: Reader) -> Message:
    lines = [reader.say("checkins.line_read" if notice.parts else "checkins.line_unread", unit=notice.unit)]
    lines += [reader.say(f"checkins.said.{part.said}", numbers=in_ranges(part.numbers)) for part in notice.parts]
    if notice.refused:
        lines.append(reader.say("checkins.line_refused", words="; ".join(notice.refused)))
    drop = reader.button("cancel", DropLine)
    if not notice.parts:
        return Message("\n".join(lines), column(drop))
    return Message("\n".join(lines), column(reader.button("send", ConfirmLine, round_id=notice.round_id), drop))


@renders(LineKept)
def line_kept(notice: LineKept, reader: Reader) -> Message:
    return Message(reader.say.count("checkins.line_kept", notice.homes, unit=notice.unit))


@renders(LineDropped)
def line_dropped(notice: LineDropped, reader: Reader) -> Message:
    return Message(reader.say("checkins.line_dropped"))


@renders(AnswerRefused)
def answer_refused(notice: AnswerRefused, reader: Reader) -> Message:
    if not notice.unit:
        return Message(reader.say("checkins.refused_any"))
    lines = [reader.say("checkins.refused", unit=notice.unit)]
    return Message("\n".join([*lines, *(contact_line(contact, reader) for contact in notice.contacts[:4])]))


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
    lines += [
        reader.say("checkins.unit_behind", unit=part.unit, homes=part.waiting_for, expected=part.expected)
        for part in named
    ]
    if rest:
        lines.append(reader.say.count("checkins.units_more", len(rest)))
    return Message("\n".join(lines), in_rows((_way_down(part, notice.day) for part in named), 2))


@renders(StepsSkipped)
def steps_skipped(notice: StepsSkipped, reader: Reader) -> Message:
    return Message(reader.say.count("checkins.steps_skipped", notice.steps, units=notice.units))


def _home_line(number: str, head: str, phone: str, reader: Reader) -> str:
    head = head or reader.say("checkins.no_head")
    called = as_dialled(phone) if phone else reader.say("checkins.no_phone")
    return reader.say("checkins.call_home", number=number, head=head, phone=called)


def _call_line(home: CallHome, reader: Reader) -> str:
    line = _home_line(home.number, home.head, home.phone, reader)
    return reader.say("checkins.call_home_tried", home=line) if home.is_tried else line


def _turns(notice: CallListShown, reader: Reader) -> Iterable[Button]:
    for label, page in (("previous_page", notice.page - 1), ("next_page", notice.page + 1)):
        if 0 <= page < notice.pages:
            yield reader.button(label, ShowSilent, round_id=notice.round_id, page=page)


def _back(round_id: int, reader: Reader) -> Button:
    return reader.button("back_to_list", ShowSilent, round_id=round_id, page=0)


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


def _percent(share: float | None, reader: Reader) -> str:
    if share is None:
        return reader.say("checkins.no_share")
    return reader.say("checkins.percent", share=reader.say.number(int(share * 100)))


def _way_down(part: UnitPart, day: date) -> Button:
    """A community leads to its call list, any other unit to the units below it."""
    if part.round_id is not None:
        return Button(part.unit, to_data(ShowSilent, round_id=part.round_id, page=0))
    return Button(part.unit, to_data(ListSilentUnits, unit_id=part.unit_id, day=day))
