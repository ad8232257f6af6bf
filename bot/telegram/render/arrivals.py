"""How what is said about people who came reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, in_pairs, renders
from bot.telegram.render.checkins import contact_line
from handlers.commands.arrivals import (
    AskWhyNot,
    ConfirmArrivals,
    DropArrivals,
    FollowArrival,
    OpenArrival,
)
from handlers.commands.followups import OpenFollowUp
from models.notices.arrivals import (
    ArrivalAsked,
    ArrivalHomeAsked,
    ArrivalHomeUnread,
    ArrivalLine,
    ArrivalReasonAsked,
    ArrivalRefused,
    ArrivalsDropped,
    ArrivalShown,
    ArrivalsKept,
    ArrivalsLeftOver,
    ArrivalsListed,
    ArrivalsRead,
    ArrivalsUnread,
    ReadArrival,
)
from models.phones import as_dialled
from models.rules.arrivals import ArrivalState
from models.rules.words import shorten

#: Arrivals that one list names; the rest is counted.
_NAMED = 40
#: Lines that could not be read, and UTF-16 units of each, that are given back.
_LINES, _UNREAD = 10, 80
#: People a resident is read back: the rest is counted, so that the message stays short.
_READ_BACK = 2


@renders(ArrivalsRead)
def arrivals_read(notice: ArrivalsRead, reader: Reader) -> Message:
    say, people = reader.say, notice.people
    if notice.by_resident:
        lines = [*(_resident_line(each, reader) for each in people[:_READ_BACK]), say("arrivals.read_resident")]
        if len(people) > _READ_BACK:
            lines.insert(_READ_BACK, say.count("arrivals.more", len(people) - _READ_BACK))
    else:
        lines = [say.count("arrivals.read", len(people)), *(_staff_line(each, reader) for each in people)]
        lines += [say("arrivals.unread_line", words=shorten(words, _UNREAD)) for words in notice.unread[:_LINES]]
        lines.append(say("arrivals.read_right"))
    return Message(
        "\n".join(lines), column(reader.button("send", ConfirmArrivals), reader.button("cancel", DropArrivals))
    )


@renders(ArrivalsKept)
def arrivals_kept(notice: ArrivalsKept, reader: Reader) -> Message:
    say = reader.say
    if notice.by_resident:
        called = [contact_line(contact, reader) for contact in notice.contacts]
        return Message("\n".join([say("arrivals.kept_resident"), *called]))
    lines = [say.count("arrivals.kept", notice.people)]
    if notice.again:
        lines.append(say.count("arrivals.kept_again", notice.again))
    return Message("\n".join(lines))


@renders(ArrivalsDropped)
def arrivals_dropped(notice: ArrivalsDropped, reader: Reader) -> Message:
    return Message(reader.say("arrivals.dropped"))


@renders(ArrivalAsked)
def arrival_asked(notice: ArrivalAsked, reader: Reader) -> Message:
    return Message(reader.say("arrivals.asked_resident" if notice.by_resident else "arrivals.how"))


@renders(ArrivalsUnread)
def arrivals_unread(notice: ArrivalsUnread, reader: Reader) -> Message:
    return Message(reader.say("arrivals.unread_resident" if notice.by_resident else "arrivals.unread"))


@renders(ArrivalsListed)
def arrivals_listed(notice: ArrivalsListed, reader: Reader) -> Message:
    if not notice.lines:
        return Message("\n".join([reader.say("arrivals.none"), reader.say("arrivals.how")]))
    lines = [reader.say.count("arrivals.listed", len(notice.lines)), *_lines(notice.lines, reader)]
    return Message("\n".join([*lines, reader.say("arrivals.how")]), _ways_to(notice.lines))


@renders(ArrivalsLeftOver)
def arrivals_left_over(notice: ArrivalsLeftOver, reader: Reader) -> Message:
    if not notice.lines:
        return Message(reader.say("arrivals.left_over_none", unit=notice.unit))
    lines = [reader.say.count("arrivals.left_over", len(notice.lines), unit=notice.unit)]
    lines += _lines(notice.lines, reader)
    lines += [contact_line(contact, reader) for contact in notice.contacts[:4]]
    return Message("\n".join(lines), _ways_to(notice.lines))


@renders(ArrivalShown)
def arrival_shown(notice: ArrivalShown, reader: Reader) -> Message:
    say = reader.say
    place = say("arrivals.at_home", unit=notice.unit, number=notice.number) if notice.number else notice.unit
    lines = [
        say("arrivals.title", name=notice.name, place=place),
        say("arrivals.came", origin=notice.origin, day=say.day(notice.arrived_on), how=_how(notice, reader)),
        say("arrivals.reported_by", by=notice.by),
    ]
    if notice.phone:
        lines.append(as_dialled(notice.phone))
    if notice.state is not ArrivalState.EXCUSED:
        lines += _rule(notice, reader)
    lines.append(_outcome(notice, reader))
    return Message("\n".join(lines), _ways_on(notice, reader))


@renders(ArrivalHomeAsked)
def arrival_home_asked(notice: ArrivalHomeAsked, reader: Reader) -> Message:
    asked = "arrivals.home_asked" if notice.is_community_known else "arrivals.team_and_home_asked"
    return Message(reader.say(asked, name=notice.name))


@renders(ArrivalHomeUnread)
def arrival_home_unread(notice: ArrivalHomeUnread, reader: Reader) -> Message:
    return Message(reader.say("arrivals.home_unread", name=notice.name))


@renders(ArrivalReasonAsked)
def arrival_reason_asked(notice: ArrivalReasonAsked, reader: Reader) -> Message:
    return Message(reader.say("arrivals.reason_asked", name=notice.name))


@renders(ArrivalRefused)
def arrival_refused(notice: ArrivalRefused, reader: Reader) -> Message:
    if not notice.unit:
        return Message(reader.say("arrivals.refused_any"))
    lines = [reader.say("arrivals.refused", unit=notice.unit)]
    return Message("\n".join([*lines, *(contact_line(contact, reader) for contact in notice.contacts[:4])]))


def _resident_line(each: ReadArrival, reader: Reader) -> str:
    """What a resident checks: who, from where, when; the rest the team sees."""
    say = reader.say
    return say("arrivals.line_resident", name=each.name, origin=each.origin, day=say.day(each.arrived_on))


def _staff_line(each: ReadArrival, reader: Reader) -> str:
    say = reader.say
    place = say("arrivals.at_home", unit=each.unit, number=each.number) if each.number else each.unit
    came = say("arrivals.came", origin=each.origin, day=say.day(each.arrived_on), how=_how(each, reader))
    line = say("arrivals.line_staff", name=each.name, place=place, came=came)
    return say("arrivals.line_known", line=line) if each.is_known else line


def _how(each: ReadArrival | ArrivalShown, reader: Reader) -> str:
    """By what they came, if it was said, and how far they are protected."""
    protected = reader.say(f"followups.vaccinated.{each.vaccinated.value}")
    how = reader.say(f"arrivals.by.{each.how.value}") if each.how else ""
    return ", ".join(part for part in (how, protected) if part)


def _rule(notice: ArrivalShown, reader: Reader) -> Iterator[str]:
    if notice.isolates_until:
        yield reader.say("followups.isolates", until=reader.say.day(notice.isolates_until))
    yield reader.say("followups.lasts", last=reader.say.day(notice.last_day), source=notice.source)


def _outcome(notice: ArrivalShown, reader: Reader) -> str:
    say = reader.say
    if notice.state is ArrivalState.FOLLOWED:
        return say("arrivals.followed", by=notice.settled_by)
    if notice.state is ArrivalState.EXCUSED:
        return say("arrivals.excused", by=notice.settled_by, reason=notice.reason)
    return say("arrivals.open_again" if notice.is_asked_again else "arrivals.open")


def _ways_on(notice: ArrivalShown, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    if notice.state is ArrivalState.OPEN:
        return column(
            reader.button("arrival_follow", FollowArrival, arrival_id=notice.arrival_id),
            reader.button("arrival_not", AskWhyNot, arrival_id=notice.arrival_id),
        )
    if notice.follow_up_id is None:
        return ()
    return column(reader.button("arrival_follow_up", OpenFollowUp, follow_up_id=notice.follow_up_id))


def _lines(lines: Iterable[ArrivalLine], reader: Reader) -> Iterator[str]:
    named = list(lines)
    for each in named[:_NAMED]:
        day = reader.say.day(each.arrived_on)
        yield reader.say("arrivals.line", unit=each.unit, name=each.name, origin=each.origin, day=day)
    if len(named) > _NAMED:
        yield reader.say.count("arrivals.more", len(named) - _NAMED)


def _ways_to(lines: tuple[ArrivalLine, ...]) -> tuple[tuple[Button, ...], ...]:
    return in_pairs([Button(each.name, to_data(OpenArrival, arrival_id=each.arrival_id)) for each in lines[:_NAMED]])
