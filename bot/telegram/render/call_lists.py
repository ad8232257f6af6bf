"""How what is said to those who look after households, and to those above them, reads."""

from __future__ import annotations

from collections.abc import Iterable

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.checkins import ANSWERS, contact_line, in_rows, next_opening
from handlers.commands.called_homes import AskAway, ChooseSource, MoveHomeOut, NoteAway, OpenHome, PrintList
from handlers.commands.checkins import (
    AnswerForHousehold,
    AskHow,
    ConfirmLine,
    DropLine,
    NoteUnreached,
    ReadLine,
    ShowSilent,
)
from models.notices.call_lists import (
    AnswerRefused,
    AwayAsked,
    CallHome,
    CallListOpened,
    CallListShown,
    DoorListHanded,
    HelpAsked,
    HomeOpened,
    LineDropped,
    LineHeard,
    LineKept,
    LinePart,
    LineRead,
    LongSilent,
    MovingAsked,
    PaperFailed,
    PaperPromised,
    RoundMissed,
    SilentHome,
    SourceAsked,
    TeamRoundsShown,
    Try,
)
from models.phones import as_dialled
from models.rules.call_list import in_ranges
from models.rules.checkins import Source

#: How staff learnt an answer, in the order of the buttons.
_SOURCES = (Source.MET, Source.CALLED, Source.NEIGHBOUR)
#: Homes in one row of the call list's buttons.
_ROW = 4
#: Homes named in one message to the commune; the rest is counted.
_HOMES_NAMED = 30


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
    paper = reader.button("print_list", PrintList, round_id=notice.round_id)
    homes = [
        Button(
            reader.say("button.home", number=home.number),
            to_data(OpenHome, round_id=notice.round_id, household_id=home.household_id),
        )
        for home in notice.homes
    ]
    return Message("\n".join(lines), (*in_rows(homes, _ROW), *in_rows(_turns(notice, reader), 2), (paper,)))


@renders(HomeOpened)
def home_opened(notice: HomeOpened, reader: Reader) -> Message:
    lines = [_home_line(notice.number, notice.head, notice.phone, reader)]
    if notice.address:
        lines.append(notice.address)
    if notice.answer:
        said = reader.say(f"button.{notice.answer.value}")
        lines.append(reader.say("checkins.said_already", answer=said))
    lines += [_try(each, reader) for each in notice.tries]
    home = {"round_id": notice.round_id, "household_id": notice.household_id}
    answers = (reader.button(answer.value, ChooseSource, **home, answer=answer) for answer in ANSWERS)
    absences = (
        reader.button("unreached", NoteUnreached, **home),
        reader.button("away", AskAway, **home),
        reader.button("moved_out", MoveHomeOut, **home, is_sure=False),
        reader.button("how_asked", AskHow, household_id=notice.household_id),
    )
    return Message("\n".join(lines), (*column(*answers), *in_rows(absences, 2), (_back(notice.round_id, reader),)))


@renders(AwayAsked)
def away_asked(notice: AwayAsked, reader: Reader) -> Message:
    text = reader.say("checkins.away_asked", number=notice.number, head=_head(notice.head, reader))
    home = {"round_id": notice.round_id, "household_id": notice.household_id}
    days = (Button(reader.say.day(day), to_data(NoteAway, **home, until=day)) for day in notice.days)
    return Message(text, (*in_rows(days, 2), (_back(notice.round_id, reader),)))


@renders(MovingAsked)
def moving_asked(notice: MovingAsked, reader: Reader) -> Message:
    text = reader.say("checkins.moving_asked", number=notice.number, head=_head(notice.head, reader))
    home = {"round_id": notice.round_id, "household_id": notice.household_id}
    return Message(
        text, column(reader.button("moved_away", MoveHomeOut, **home, is_sure=True), _back(notice.round_id, reader))
    )


@renders(PaperPromised)
def paper_promised(notice: PaperPromised, reader: Reader) -> Message:
    return Message(reader.say("checkins.paper_promised", unit=notice.unit))


@renders(DoorListHanded)
def door_list_handed(notice: DoorListHanded, reader: Reader) -> Message:
    return Message(reader.say("checkins.paper_handed"))


@renders(PaperFailed)
def paper_failed(notice: PaperFailed, reader: Reader) -> Message:
    return Message(reader.say("checkins.paper_failed"))


@renders(RoundMissed)
def round_missed(notice: RoundMissed, reader: Reader) -> Message:
    said = reader.say("checkins.round_missed", unit=notice.unit, day=reader.say.day(notice.day))
    return Message(f"{said}\n{next_opening(reader, notice.opens_at)}")


@renders(LongSilent)
def long_silent(notice: LongSilent, reader: Reader) -> Message:
    if not notice.homes:
        return Message(reader.say("checkins.long_silent_over", unit=notice.unit))
    lines = [reader.say.count("checkins.long_silent", len(notice.homes), unit=notice.unit)]
    lines += [_silent_line(home, reader) for home in notice.homes[:_HOMES_NAMED]]
    if len(notice.homes) > _HOMES_NAMED:
        lines.append(reader.say.count("checkins.long_silent_more", len(notice.homes) - _HOMES_NAMED))
    if notice.callers:
        lines.append(reader.say("checkins.long_silent_callers"))
    return Message("\n".join([*lines, *(contact_line(contact, reader) for contact in notice.callers[:3])]))


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
    lines += [_said(part, reader) for part in notice.parts]
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


def _head(head: str, reader: Reader) -> str:
    return head or reader.say("checkins.no_head")


def _try(tried: Try, reader: Reader) -> str:
    said = reader.say(f"button.{tried.answer.value if tried.answer else 'unreached'}")
    at, how = reader.moment(tried.at), reader.say(f"checkins.by_{tried.source.value}")
    return reader.say("checkins.tried", at=at, by=tried.by, said=said, how=how)


def _silent_line(home: SilentHome, reader: Reader) -> str:
    line = _home_line(home.number, home.head, home.phone, reader)
    sentence = "checkins.silent_tried" if home.is_tried else "checkins.silent_since"
    return reader.say(sentence, home=line, since=reader.say.day(home.since))


def _home_line(number: str, head: str, phone: str, reader: Reader) -> str:
    head = _head(head, reader)
    called = as_dialled(phone) if phone else reader.say("checkins.no_phone")
    return reader.say("checkins.call_home", number=number, head=head, phone=called)


def _said(part: LinePart, reader: Reader) -> str:
    line = reader.say(f"checkins.said.{part.said}", numbers=in_ranges(part.numbers))
    return reader.say("checkins.said_until", said=line, until=reader.say.day(part.until)) if part.until else line


def _call_line(home: CallHome, reader: Reader) -> str:
    line = _home_line(home.number, home.head, home.phone, reader)
    return reader.say("checkins.call_home_tried", home=line) if home.is_tried else line


def _turns(notice: CallListShown, reader: Reader) -> Iterable[Button]:
    for label, page in (("previous_page", notice.page - 1), ("next_page", notice.page + 1)):
        if 0 <= page < notice.pages:
            yield reader.button(label, ShowSilent, round_id=notice.round_id, page=page)


def _back(round_id: int, reader: Reader) -> Button:
    return reader.button("back_to_list", ShowSilent, round_id=round_id, page=0)
