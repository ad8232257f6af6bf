"""How the bot tells that it was away."""

from __future__ import annotations

from bot.telegram.render.base import Message, Reader, renders
from models.notices.outages import AskedAgain, BackAgain


@renders(BackAgain)
def back_again(notice: BackAgain, reader: Reader) -> Message:
    lines = [
        reader.say(
            "outages.back",
            began=reader.moment(notice.began_at),
            ended=reader.moment(notice.ended_at),
            span=reader.say.duration(notice.ended_at - notice.began_at),
        )
    ]
    lines.append(reader.say.count("outages.late", notice.late) if notice.late else reader.say("outages.none_late"))
    asked = [reader.say.count(f"outages.asked_{each.due.value}", each.n) for each in notice.asked]
    lines += [reader.say("outages.lost"), *asked] if asked else [reader.say("outages.nothing_due")]
    return Message("\n".join(lines))


@renders(AskedAgain)
def asked_again(notice: AskedAgain, reader: Reader) -> Message:
    times = {"began": reader.moment(notice.began_at), "ended": reader.moment(notice.ended_at)}
    return Message(reader.say(f"outages.again_{notice.due.value}", **times))
