"""How what is said about listening in a group reads."""

from __future__ import annotations

from bot.telegram.render.base import Message, Reader, column, renders
from bot.telegram.render.people import named
from handlers.commands.overhearing import SendSaid, SwitchOverhearing
from models.notices.overhearing import (
    NotYoursToSend,
    OverhearingExplained,
    OverhearingRefused,
    OverhearingShown,
    SendingOffered,
)


@renders(SendingOffered)
def sending_offered(notice: SendingOffered, reader: Reader) -> Message:
    text = reader.say("overhearing.offered", emergency=notice.emergency)
    return Message(text, column(reader.button("send_said", SendSaid)))


@renders(NotYoursToSend)
def not_yours_to_send(_notice: NotYoursToSend, reader: Reader) -> Message:
    return Message(reader.say("overhearing.not_yours"))


@renders(OverhearingShown)
def overhearing_shown(notice: OverhearingShown, reader: Reader) -> Message:
    lines = [reader.say("overhearing.on" if notice.is_on else "overhearing.off", unit=notice.unit)]
    if notice.lacks_administrator:
        lines.append(reader.say("overhearing.lacks_administrator"))
    label = "stop_listening" if notice.is_on else "listen"
    switch = reader.button(label, SwitchOverhearing, unit_id=notice.unit_id, on=not notice.is_on)
    return Message("\n".join(lines), column(switch))


@renders(OverhearingExplained)
def overhearing_explained(notice: OverhearingExplained, reader: Reader) -> Message:
    lines = [reader.say("overhearing.how")]
    if notice.listening.first:
        more = reader.say.number(notice.listening.more)
        further = reader.say("overhearing.more", n=more) if notice.listening.more else ""
        lines.append(reader.say("overhearing.listening", units=", ".join(notice.listening.first) + further))
    return Message("\n".join(lines))


@renders(OverhearingRefused)
def overhearing_refused(notice: OverhearingRefused, reader: Reader) -> Message:
    return Message(reader.say("overhearing.refused", people=named(notice.who_can) or reader.say("duty.nobody")))
