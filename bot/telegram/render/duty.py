"""How who is on duty, and the roster, read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, in_pairs, renders
from bot.telegram.render.people import named, who
from handlers.commands.duty import (
    AnswerSwap,
    BeginHandOver,
    BeginSwap,
    DropShift,
    ListMyShifts,
    OfferSwap,
    ShowRoster,
)
from models.notices.duty import (
    DutyGapRaised,
    DutyPlace,
    DutyRefused,
    DutyShown,
    DutyUnread,
    MyShiftsShown,
    PostKept,
    RosterShown,
    ShiftLine,
    ShiftSet,
    SwapAsked,
    SwapOffered,
    SwapSettled,
)
from models.phones import as_dialled
from models.rules.words import shorten, utf16_length

#: What one message to a resident has room for: the nearest units, and letters in all.
_UNITS, _LETTERS = 3, 280


@renders(DutyShown)
def duty_shown(notice: DutyShown, reader: Reader) -> Message:
    if notice.for_resident:
        return Message(_fitting(notice, reader))
    lines = [_place(place, reader) for place in notice.places]
    last = _hotlines(notice, reader)
    over = [
        Button(reader.say("button.hand_over"), to_data(BeginHandOver, unit_id=each.unit_id)) for each in notice.standing
    ]
    mine = [reader.button("my_shifts", ListMyShifts)] if notice.has_shifts else []
    rosters = [
        Button(reader.say("duty.roster_of", unit=each.unit), to_data(ShowRoster, unit_id=each.unit_id))
        for each in notice.rosters
    ]
    hint = [reader.say("duty.how_to_set")] if notice.rosters else []
    return Message("\n".join([reader.say("duty.title"), *lines, last, *hint]), column(*over, *mine, *rosters))


def _fitting(notice: DutyShown, reader: Reader) -> str:
    """The nearest units with one number each, and as much beside it as fits a resident's message."""
    first, last = reader.say("duty.title"), _hotlines(notice, reader)
    for spared in range(len(_SPARED) + 1):
        lines = [_place(place, reader) for place in _bare(notice.places[:_UNITS], spared)]
        text = "\n".join([first, *lines, last])
        if utf16_length(text) <= _LETTERS:
            return text
    room = (_LETTERS - utf16_length(first + last) - len(lines) - 1) // len(lines)
    return "\n".join([first, *(shorten(line, room) for line in lines), last])


#: What is left out of the lines of units, one after the other, until they fit.
_SPARED: tuple[dict[str, Any], ...] = ({"place": ""}, {"until": None}, {"phone": ""})


def _bare(places: Sequence[DutyPlace], spared: int) -> Iterator[DutyPlace]:
    left_out = {name: value for each in _SPARED[:spared] for name, value in each.items()}
    for place in places:
        yield replace(place, people=place.people[:1], **left_out)


def _hotlines(notice: DutyShown, reader: Reader) -> str:
    return reader.say("duty.hotlines", hotlines=", ".join(as_dialled(number) for number in notice.hotlines))


def _place(place: DutyPlace, reader: Reader) -> str:
    people = named(place.people)
    if place.on_duty and place.until is not None:
        line = reader.say("duty.on_now", unit=place.unit, people=people, until=reader.clock(place.until))
    else:
        line = reader.say("duty.place", unit=place.unit, people=people or reader.say("duty.nobody"))
    if place.phone:
        line = reader.say("duty.with_phone", line=line, phone=as_dialled(place.phone))
    return reader.say("duty.with_place", line=line, place=place.place) if place.place else line


@renders(DutyRefused)
def duty_refused(notice: DutyRefused, reader: Reader) -> Message:
    people = named(notice.who_can) or reader.say("duty.nobody")
    return Message(reader.say("duty.refused", unit=notice.unit, people=people))


@renders(DutyUnread)
def duty_unread(notice: DutyUnread, reader: Reader) -> Message:
    why = reader.say(f"duty.unread_{notice.why}", given=notice.given)
    return Message("\n".join([why, reader.say("duty.how_to_set")]))


@renders(PostKept)
def post_kept(notice: PostKept, reader: Reader) -> Message:
    empty = reader.say("duty.nothing_set")
    kept = {
        "place": notice.place or empty,
        "phone": as_dialled(notice.phone) if notice.phone else empty,
        "handset": notice.handset or empty,
    }
    return Message(reader.say("duty.post_kept", unit=notice.unit, **kept))


@renders(RosterShown)
def roster_shown(notice: RosterShown, reader: Reader) -> Message:
    lines = [_shift(line, reader) for line in notice.lines]
    title = reader.say("duty.roster_title" if lines else "duty.roster_empty", unit=notice.unit)
    bare = [reader.say("duty.roster_gap", at=reader.moment(notice.gap_at))] if notice.gap_at else []
    buttons = [
        Button(
            reader.say("duty.drop", at=reader.moment(line.starts_at), who=line.who),
            to_data(DropShift, shift_id=line.shift_id),
        )
        for line in notice.lines
    ]
    return Message("\n".join([title, *lines, *bare]), column(*buttons) if notice.may_change else ())


@renders(MyShiftsShown)
def my_shifts_shown(notice: MyShiftsShown, reader: Reader) -> Message:
    if not notice.lines:
        return Message(reader.say("duty.no_shifts"))
    lines = [own_shift(line, reader) for line in notice.lines]
    buttons = [
        Button(reader.say("duty.swap", at=reader.moment(line.starts_at)), to_data(BeginSwap, shift_id=line.shift_id))
        for line in notice.lines
    ]
    return Message("\n".join([reader.say("duty.my_shifts"), *lines]), column(*buttons))


@renders(ShiftSet)
def shift_set(notice: ShiftSet, reader: Reader) -> Message:
    said = "duty.shift_dropped" if notice.is_off else "duty.shift_set"
    return Message(reader.say(said, shift=own_shift(notice.line, reader)))


@renders(SwapOffered)
def swap_offered(notice: SwapOffered, reader: Reader) -> Message:
    line = own_shift(notice.line, reader)
    if not notice.colleagues:
        return Message(reader.say("duty.swap_nobody", shift=line))
    choices = [
        Button(each.name, to_data(OfferSwap, shift_id=notice.line.shift_id, person_id=each.person_id))
        for each in notice.colleagues
    ]
    return Message(reader.say("duty.swap_with", shift=line), in_pairs(choices))


@renders(SwapAsked)
def swap_asked(notice: SwapAsked, reader: Reader) -> Message:
    text = reader.say("duty.swap_asked", by=who(notice.by, reader), shift=own_shift(notice.line, reader))
    take = reader.button("take_shift", AnswerSwap, swap_id=notice.swap_id, agreed=True)
    leave = reader.button("leave_shift", AnswerSwap, swap_id=notice.swap_id, agreed=False)
    return Message(text, column(take, leave))


@renders(SwapSettled)
def swap_settled(notice: SwapSettled, reader: Reader) -> Message:
    shift, other = own_shift(notice.line, reader), who(notice.other, reader)
    return Message(reader.say(f"duty.swap_{notice.outcome}", shift=shift, other=other, who=notice.line.who))


@renders(DutyGapRaised)
def duty_gap_raised(notice: DutyGapRaised, reader: Reader) -> Message:
    until = reader.moment(notice.ends_at) if notice.ends_at else reader.say("duty.further")
    said = "duty.bare_now" if notice.is_now else "duty.bare_soon"
    return Message(reader.say(said, unit=notice.unit, at=reader.moment(notice.starts_at), until=until))


def own_shift(line: ShiftLine, reader: Reader) -> str:
    """A shift as whoever stands it reads it."""
    start, end = reader.moment(line.starts_at), reader.clock(line.ends_at)
    return reader.say("duty.own_line", start=start, end=end, unit=line.unit)


def _shift(line: ShiftLine, reader: Reader) -> str:
    said = "duty.line_weekly" if line.is_weekly else "duty.line"
    return reader.say(said, start=reader.moment(line.starts_at), end=reader.clock(line.ends_at), who=line.who)
