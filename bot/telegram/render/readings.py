"""How what is said about readings reads, and how what was measured does."""

from __future__ import annotations

from collections.abc import Sequence

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.checkins import in_rows
from handlers.commands.followups import Feeling, OpenFollowUp, ReadingOf, TapFeeling
from models.notices.followups import (
    FollowedLeft,
    FollowedPerson,
    FollowUpLine,
    ReadingAsked,
    ReadingKept,
    ReadingsMissed,
    ReadingUnread,
    WhoseReading,
)
from models.phones import as_dialled
from models.rules.vitals import Vitals

#: People one message names with a button each.
MOST_NAMED = 40


@renders(ReadingAsked)
def reading_asked(notice: ReadingAsked, reader: Reader) -> Message:
    return Message(reader.say("followups.asked", name=notice.name), _feelings(notice.follow_up_id, reader))


@renders(ReadingKept)
def reading_kept(notice: ReadingKept, reader: Reader) -> Message:
    measured = figures(notice.vitals, reader)
    lines = [
        reader.say("followups.kept", name=notice.name, figures=measured)
        if measured
        else reader.say("followups.kept_feeling", name=notice.name)
    ]
    if notice.is_flagged:
        lines.append(reader.say("followups.flagged"))
    return Message("\n".join(lines))


@renders(ReadingUnread)
def reading_unread(notice: ReadingUnread, reader: Reader) -> Message:
    return Message(reader.say("followups.unread_reading"))


@renders(WhoseReading)
def whose_reading(notice: WhoseReading, reader: Reader) -> Message:
    people = (Button(each.name, to_data(ReadingOf, follow_up_id=each.follow_up_id)) for each in notice.people)
    return Message(reader.say("followups.whose", words=notice.words), column(*people))


@renders(ReadingsMissed)
def readings_missed(notice: ReadingsMissed, reader: Reader) -> Message:
    if not notice.missed:
        return Message(reader.say("followups.missed_none", unit=notice.unit))
    lines = [reader.say.count("followups.missed", len(notice.missed), unit=notice.unit)]
    for each, phone in zip(notice.missed, notice.phones, strict=True):
        called = as_dialled(phone) if phone else reader.say("checkins.no_phone")
        lines.append(reader.say("followups.missed_line", number=each.number, name=each.name, phone=called))
    return Message("\n".join(lines), openers(notice.missed))


def openers(followed: Sequence[FollowUpLine | FollowedPerson | FollowedLeft]) -> tuple[tuple[Button, ...], ...]:
    """A button for each that opens their follow-up."""
    named = followed[:MOST_NAMED]
    return in_rows((Button(each.name, to_data(OpenFollowUp, follow_up_id=each.follow_up_id)) for each in named), 2)


def _feelings(follow_up_id: int, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    return column(
        *(
            reader.button(f"feeling_{feeling.value}", TapFeeling, follow_up_id=follow_up_id, feeling=feeling)
            for feeling in Feeling
        )
    )


def figures(vitals: Vitals, reader: Reader) -> str:
    """What was measured, each value named; empty when nothing was."""
    named = {
        "temperature": reader.say.number(vitals.temperature) if vitals.temperature else None,
        "oxygen": vitals.oxygen,
        "breaths": vitals.breaths,
        "pulse": vitals.pulse,
        "pressure": f"{vitals.systolic}/{vitals.diastolic}" if vitals.systolic and vitals.diastolic else None,
    }
    return ", ".join(reader.say(f"followups.figure.{name}", value=value) for name, value in named.items() if value)
