"""How lists of reports read: what waits, what was found, what several homes of one village tell of."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, in_pairs, renders
from handlers.commands.queue import BrowseQueue, SortQueue
from handlers.commands.reports import ViewReport
from models.notices.queues import PatternSeen, QueueLine, QueueListed, QueueSorted, ReportsFound, SearchExplained
from models.rules.queue import Age, QueueBy
from models.rules.triage import Urgency


@renders(QueueListed)
def queue_listed(notice: QueueListed, reader: Reader) -> Message:
    if not notice.lines:
        return Message(reader.say("reports.queue_empty"))
    heading = f" · {_heading(notice.heading, reader)}" if notice.heading else ""
    title = reader.say("queue.title", n=notice.total, heading=heading)
    if notice.pages > 1:
        title = reader.say("queue.page", title=title, page=notice.page + 1, pages=notice.pages)
    parts = [title, *(queue_line(line, reader) for line in notice.lines)]
    views = [Button(line.code, to_data(ViewReport, report_id=line.report_id)) for line in notice.lines]
    sorts = [reader.button(f"queue_{by.value}", SortQueue, by=by) for by in QueueBy if by is not QueueBy.ALL]
    return Message("\n".join(parts), (*in_pairs(views), *_turning(notice, reader), tuple(sorts)))


@renders(QueueSorted)
def queue_sorted(notice: QueueSorted, reader: Reader) -> Message:
    choices = [
        Button(
            reader.say("queue.count", heading=_heading(each.heading, reader), n=each.n),
            to_data(BrowseQueue, by=notice.by, heading=each.heading, page=0),
        )
        for each in notice.counts
    ]
    everything = reader.button("queue_all", BrowseQueue, by=QueueBy.ALL, heading="", page=0)
    return Message(reader.say("queue.sorted" if choices else "reports.queue_empty"), column(*choices, everything))


@renders(SearchExplained)
def search_explained(_notice: SearchExplained, reader: Reader) -> Message:
    return Message(reader.say("queue.search_explained"))


@renders(ReportsFound)
def reports_found(notice: ReportsFound, reader: Reader) -> Message:
    if not notice.lines:
        return Message(reader.say("queue.nothing_found"))
    parts = [reader.say("queue.found"), *(queue_line(line, reader) for line in notice.lines)]
    if notice.more:
        parts.append(reader.say("reports.queue_more", n=notice.more))
    buttons = [Button(line.code, to_data(ViewReport, report_id=line.report_id)) for line in notice.lines]
    return Message("\n".join(parts), in_pairs(buttons))


@renders(PatternSeen)
def pattern_seen(notice: PatternSeen, reader: Reader) -> Message:
    title = reader.say(
        "queue.pattern",
        village=notice.village,
        homes=notice.homes,
        hours=notice.hours,
        category=reader.say(f"category.{notice.category.value}"),
    )
    return Message("\n".join([title, *(queue_line(line, reader) for line in notice.lines)]))


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


def _heading(heading: str, reader: Reader) -> str:
    """A band of age, an urgency or a kind, as it is called."""
    if heading in set(Age):
        return reader.say(f"queue.age.{heading}")
    return reader.say(f"urgency.{heading}" if heading in set(Urgency) else f"category.{heading}")


def _turning(notice: QueueListed, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    turns = [
        reader.button(label, BrowseQueue, by=notice.by, heading=notice.heading, page=page)
        for label, page in (("queue_before", notice.page - 1), ("queue_after", notice.page + 1))
        if 0 <= page < notice.pages
    ]
    return (tuple(turns),) if turns else ()
