"""How what is asked and answered before a directive leaves reads: approval, a time to send, an alarm."""

from __future__ import annotations

from bot.telegram.render.base import Message, Reader, column, renders
from bot.telegram.render.directive_texts import callable_people
from handlers.commands.directives import DismissAlarm, RaiseAlarm
from handlers.commands.enrolment import CancelDraft
from models.notices.directives import AlarmAsked, AlarmDecided, DirectiveOffered, SendingLapsed, SendTimeRefused


@renders(DirectiveOffered)
def directive_offered(notice: DirectiveOffered, reader: Reader) -> Message:
    people = callable_people(notice.commanders, reader) or reader.say("directives.nobody_to_call")
    sentence = "directives.offered" if notice.reached else "directives.offered_nobody"
    return Message(reader.say(sentence, code=notice.code, people=people))


@renders(SendTimeRefused)
def send_time_refused(notice: SendTimeRefused, reader: Reader) -> Message:
    deadline = reader.moment(notice.deadline_at)
    refused = reader.say("directives.send_time_refused", code=notice.code, deadline=deadline)
    return Message(refused, column(reader.button("cancel", CancelDraft)))


@renders(SendingLapsed)
def sending_lapsed(notice: SendingLapsed, reader: Reader) -> Message:
    return Message(reader.say("directives.sending_lapsed", code=notice.code))


@renders(AlarmAsked)
def alarm_asked(notice: AlarmAsked, reader: Reader) -> Message:
    text = reader.say(
        "directives.alarm_asked_again" if notice.asked > 1 else "directives.alarm_asked",
        code=notice.code,
        at=reader.clock(notice.at),
        groups=reader.say.count("count.chat", notice.groups),
        people=reader.say.count("count.person", notice.people),
    )
    label = "alarm_surely" if notice.asked > 1 else "alarm"
    yes = reader.button(label, RaiseAlarm, directive_id=notice.directive_id, asked=notice.asked)
    return Message(text, column(yes, reader.button("no_alarm", DismissAlarm, directive_id=notice.directive_id)))


@renders(AlarmDecided)
def alarm_decided(notice: AlarmDecided, reader: Reader) -> Message:
    decided = "alarm_raised" if notice.raised else "alarm_dropped"
    return Message(reader.say(f"directives.{decided}", code=notice.code))
