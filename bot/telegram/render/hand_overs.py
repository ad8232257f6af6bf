"""How shifts that change hands, and calls that must be answered, read."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, in_pairs, renders
from bot.telegram.render.people import named, who
from handlers.commands.duty import BeginHandOver, ChooseReceiver, HandOverWithoutNote, TakeShift, TapTest
from handlers.commands.enrolment import CancelDraft
from models.notices.duty import (
    CallHeard,
    CallTested,
    CallUnheard,
    HandOverNoteAsked,
    HandOverRaised,
    NotOnDuty,
    ReceiverAsked,
    ShiftEnding,
    ShiftHandedOver,
    ShiftOffered,
)


@renders(ShiftEnding)
def shift_ending(notice: ShiftEnding, reader: Reader) -> Message:
    text = reader.say("duty.ending", unit=notice.unit, at=reader.clock(notice.ends_at))
    return Message(text, column(reader.button("hand_over", BeginHandOver, unit_id=notice.unit_id)))


@renders(ReceiverAsked)
def receiver_asked(notice: ReceiverAsked, reader: Reader) -> Message:
    choices = [
        Button(each.name, to_data(ChooseReceiver, unit_id=notice.unit_id, person_id=each.person_id))
        for each in notice.colleagues
    ]
    return Message(reader.say("duty.who_takes_over", unit=notice.unit), in_pairs(choices))


@renders(HandOverNoteAsked)
def hand_over_note_asked(notice: HandOverNoteAsked, reader: Reader) -> Message:
    nothing = reader.button("nothing_more", HandOverWithoutNote, unit_id=notice.unit_id, person_id=notice.person_id)
    return Message(reader.say("duty.ask_note", to=notice.to), column(nothing, reader.button("cancel", CancelDraft)))


@renders(ShiftOffered)
def shift_offered(notice: ShiftOffered, reader: Reader) -> Message:
    said = "duty.offered_again" if notice.is_again else "duty.offered"
    parts = [reader.say(said, unit=notice.unit, by=who(notice.by, reader))]
    if notice.codes:
        parts.append(reader.say("duty.open_claims", codes=", ".join(notice.codes)))
    if notice.note:
        parts.append(reader.say("duty.note", words=notice.note))
    return Message("\n".join(parts), column(reader.button("take_shift", TakeShift, hand_over_id=notice.hand_over_id)))


@renders(ShiftHandedOver)
def shift_handed_over(notice: ShiftHandedOver, reader: Reader) -> Message:
    other = who(notice.other, reader)
    return Message(reader.say(f"duty.over_{notice.outcome}", unit=notice.unit, other=other, n=notice.claims))


@renders(NotOnDuty)
def not_on_duty(notice: NotOnDuty, reader: Reader) -> Message:
    people = named(notice.on_duty) or reader.say("duty.nobody")
    return Message(reader.say("duty.not_yours", unit=notice.unit, people=people))


@renders(HandOverRaised)
def hand_over_raised(notice: HandOverRaised, reader: Reader) -> Message:
    giver, receiver = who(notice.giver, reader), who(notice.receiver, reader)
    return Message(reader.say("duty.over_late", unit=notice.unit, giver=giver, receiver=receiver))


@renders(CallTested)
def call_tested(notice: CallTested, reader: Reader) -> Message:
    text = reader.say("duty.test", unit=notice.unit, until=reader.clock(notice.until))
    return Message(text, column(reader.button("heard", TapTest, test_id=notice.test_id)))


@renders(CallHeard)
def call_heard(notice: CallHeard, reader: Reader) -> Message:
    return Message(reader.say("duty.test_heard", unit=notice.unit))


@renders(CallUnheard)
def call_unheard(notice: CallUnheard, reader: Reader) -> Message:
    return Message(reader.say("duty.test_unheard", unit=notice.unit, person=who(notice.person, reader)))
