"""How a directive reads elsewhere: pasted into another service, or read out over loudspeakers in half a minute."""

from __future__ import annotations

from bot.telegram.render.base import Button, Message, Reader, renders
from bot.telegram.render.directive_texts import fitted
from handlers.commands.directive_following import CopyDirective
from models.notices.directives import DirectiveCopied
from models.rules.other_channels import (
    READ_OUT_FOR,
    ZALO_LONGEST,
    Channel,
    count_syllables,
    syllables_read_in,
    to_read_out,
)


@renders(DirectiveCopied)
def directive_copied(notice: DirectiveCopied, reader: Reader) -> Message:
    return Message(_read_out(notice, reader) if notice.channel is Channel.LOUDSPEAKER else _pasted(notice, reader))


def copies(directive_id: int, reader: Reader) -> tuple[Button, Button]:
    """The buttons that give the text for other channels."""
    return (
        reader.button("copy_for_zalo", CopyDirective, directive_id=directive_id, channel=Channel.ZALO),
        reader.button("read_out", CopyDirective, directive_id=directive_id, channel=Channel.LOUDSPEAKER),
    )


def _pasted(notice: DirectiveCopied, reader: Reader) -> str:
    file = reader.say("directives.file", name=notice.file_name) if notice.file_name else ""
    return fitted(
        reader.say("directives.for_zalo", unit=notice.issuer, code=notice.code),
        "\n".join(part for part in (notice.words, file) if part),
        reader.say("directives.deadline", at=reader.moment(notice.deadline_at)),
        reader.say("directives.cut_elsewhere", unit=notice.issuer),
        ZALO_LONGEST,
    )


def _read_out(notice: DirectiveCopied, reader: Reader) -> str:
    said = {"unit": notice.issuer, "deadline": reader.moment(notice.deadline_at)}
    around = reader.say("directives.for_loudspeaker", words="", **said)
    room = syllables_read_in(READ_OUT_FOR) - count_syllables(around)
    words = to_read_out(notice.words or notice.file_name, max(room, 1))
    return reader.say("directives.for_loudspeaker", words=words, **said)
