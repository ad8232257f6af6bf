"""How what is said about the mail itself reads."""

from __future__ import annotations

from bot.telegram.render.base import Message, Reader, renders
from models.notices.mail import EntryParked, MailParked, MessageKept


@renders(MessageKept)
def message_kept(notice: MessageKept, reader: Reader) -> Message:
    return Message(reader.say("mail.kept", phones=", ".join(notice.hotlines)))


@renders(EntryParked)
def entry_parked(notice: EntryParked, reader: Reader) -> Message:
    return Message(reader.say("mail.entry_parked", entry=notice.entry, failure=notice.failure))


@renders(MailParked)
def mail_parked(notice: MailParked, reader: Reader) -> Message:
    return Message(reader.say("mail.mail_parked", mail=notice.mail, failure=notice.failure))
