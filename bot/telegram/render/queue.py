"""How the list of what waits reads."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, in_pairs, renders
from handlers.commands.reports import ViewReport
from models.notices.desks import QueueLine, QueueListed


@renders(QueueListed)
def queue_listed(notice: QueueListed, reader: Reader) -> Message:
    if not notice.lines:
        return Message(reader.say("reports.queue_empty"))
    parts = [reader.say("reports.queue_title"), *(queue_line(line, reader) for line in notice.lines)]
    if notice.more:
        parts.append(reader.say("reports.queue_more", n=notice.more))
    buttons = [Button(line.code, to_data(ViewReport, report_id=line.report_id)) for line in notice.lines]
    return Message("\n".join(parts), in_pairs(buttons))


def queue_line(line: QueueLine, reader: Reader) -> str:
    """A report as one line of a list."""
    return reader.say(
        "reports.queue_line",
        code=line.code,
        urgency=reader.say(f"urgency.{line.urgency.value}"),
        category=reader.say(f"category.{line.category.value}"),
        village=line.village or reader.say("reports.card.place_unknown"),
        at=reader.moment(line.filed_at),
        state=reader.say(f"reports.state.{line.state.value}"),
    )
