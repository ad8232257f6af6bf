"""How the less common things a desk can do with a report are offered, and what others read of them."""

from __future__ import annotations

from datetime import timedelta

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, in_pairs, renders
from bot.telegram.render.people import who
from bot.telegram.render.queue import queue_line
from handlers.commands import FromPerson
from handlers.commands.desks import (
    AssignReport,
    CorrectCategory,
    CorrectUrgency,
    GiveBackReport,
    LinkReport,
    MakeConfidential,
    MergeReport,
    OfferCategories,
    OfferColleagues,
    OfferDuplicates,
    OfferGrounds,
    OfferHomes,
    OfferReadyAnswers,
    OfferTimes,
    OfferUrgencies,
    OpenTools,
    PromiseHours,
    SendReadyAnswer,
)
from models.notices.tools import (
    CategoriesOffered,
    ColleaguesOffered,
    DuplicatesOffered,
    GroundsOffered,
    HomesOffered,
    ReadyAnswersOffered,
    ReportMergedTold,
    TimePromised,
    TimesOffered,
    ToolsOffered,
    UrgenciesOffered,
)
from models.rules.confidential import Ground
from models.rules.tools import Tool
from models.rules.triage import Category, Urgency

_TOOLS: dict[Tool, type[FromPerson]] = {
    Tool.READY: OfferReadyAnswers,
    Tool.PROMISE: OfferTimes,
    Tool.ASSIGN: OfferColleagues,
    Tool.GIVE_BACK: GiveBackReport,
    Tool.CATEGORY: OfferCategories,
    Tool.URGENCY: OfferUrgencies,
    Tool.HOME: OfferHomes,
    Tool.MERGE: OfferDuplicates,
    Tool.CONFIDENTIAL: OfferGrounds,
}
#: Hours that can be promised by a tap; any other time is typed.
_HOURS = (1, 2, 4, 24)
#: Buttons a row of homes' numbers.
_NUMBERS_A_ROW = 6
#: Buttons one message can have, less the one that leads back.
_MOST_HOMES = 96


@renders(ToolsOffered)
def tools_offered(notice: ToolsOffered, reader: Reader) -> Message:
    buttons = [reader.button(f"tool_{tool.value}", _TOOLS[tool], report_id=notice.report_id) for tool in notice.tools]
    return Message(reader.say("tools.title", code=notice.code), in_pairs(buttons))


@renders(CategoriesOffered)
def categories_offered(notice: CategoriesOffered, reader: Reader) -> Message:
    buttons = [
        Button(
            reader.say(f"category.{category.value}"),
            to_data(CorrectCategory, report_id=notice.report_id, category=category),
        )
        for category in Category
        if category is not notice.now
    ]
    now = reader.say(f"category.{notice.now.value}")
    text = reader.say("tools.categories", code=notice.code, now=now)
    return Message(text, (*in_pairs(buttons), _back(notice.report_id, reader)))


@renders(UrgenciesOffered)
def urgencies_offered(notice: UrgenciesOffered, reader: Reader) -> Message:
    buttons = [
        Button(
            reader.say(f"urgency.{urgency.value}"), to_data(CorrectUrgency, report_id=notice.report_id, urgency=urgency)
        )
        for urgency in Urgency
        if urgency is not notice.now
    ]
    now = reader.say(f"urgency.{notice.now.value}")
    text = reader.say("tools.urgencies", code=notice.code, now=now)
    return Message(text, (*column(*buttons), _back(notice.report_id, reader)))


@renders(GroundsOffered)
def grounds_offered(notice: GroundsOffered, reader: Reader) -> Message:
    buttons = [
        Button(
            reader.say(f"tools.ground_{ground.value}"),
            to_data(MakeConfidential, report_id=notice.report_id, ground=ground),
        )
        for ground in Ground
    ]
    text = reader.say("tools.grounds", code=notice.code)
    return Message(text, (*column(*buttons), _back(notice.report_id, reader)))


@renders(ColleaguesOffered)
def colleagues_offered(notice: ColleaguesOffered, reader: Reader) -> Message:
    buttons = [
        Button(each.name, to_data(AssignReport, report_id=notice.report_id, person_id=each.id))
        for each in notice.people
    ]
    text = reader.say("tools.colleagues" if buttons else "tools.no_colleagues", code=notice.code)
    return Message(text, (*column(*buttons), _back(notice.report_id, reader)))


@renders(TimesOffered)
def times_offered(notice: TimesOffered, reader: Reader) -> Message:
    buttons = [
        Button(
            reader.say.duration(timedelta(hours=hours)), to_data(PromiseHours, report_id=notice.report_id, hours=hours)
        )
        for hours in _HOURS
    ]
    return Message(reader.say("tools.times", code=notice.code), (*in_pairs(buttons), _back(notice.report_id, reader)))


@renders(ReadyAnswersOffered)
def ready_answers_offered(notice: ReadyAnswersOffered, reader: Reader) -> Message:
    numbered = list(enumerate(notice.answers, start=1))
    lines = [reader.say("tools.ready_line", n=n, words=reader.say(f"ready.{answer.value}")) for n, answer in numbered]
    buttons = [
        Button(
            reader.say("tools.send_ready", n=n),
            to_data(SendReadyAnswer, report_id=notice.report_id, answer=answer),
        )
        for n, answer in numbered
    ]
    text = "\n".join([reader.say("tools.ready", code=notice.code), *lines])
    return Message(text, (*in_pairs(buttons), _back(notice.report_id, reader)))


@renders(HomesOffered)
def homes_offered(notice: HomesOffered, reader: Reader) -> Message:
    buttons = [
        Button(home.name, to_data(LinkReport, report_id=notice.report_id, household_id=home.id))
        for home in notice.homes[:_MOST_HOMES]
    ]
    if notice.unit:
        rows = tuple(tuple(buttons[start : start + _NUMBERS_A_ROW]) for start in range(0, len(buttons), _NUMBERS_A_ROW))
        text = reader.say("tools.homes_of", code=notice.code, unit=notice.unit)
    else:
        rows = column(*buttons)
        text = reader.say("tools.homes" if buttons else "tools.no_home", code=notice.code)
    return Message(text, (*rows, _back(notice.report_id, reader)))


@renders(DuplicatesOffered)
def duplicates_offered(notice: DuplicatesOffered, reader: Reader) -> Message:
    buttons = [
        Button(other.code, to_data(MergeReport, report_id=notice.report_id, into_id=other.report_id))
        for other in notice.others
    ]
    title = reader.say("tools.duplicates" if buttons else "tools.no_duplicates", code=notice.code)
    lines = [queue_line(other, reader) for other in notice.others]
    return Message("\n".join([title, *lines]), (*in_pairs(buttons), _back(notice.report_id, reader)))


@renders(TimePromised)
def time_promised(notice: TimePromised, reader: Reader) -> Message:
    by, at = who(notice.by, reader), reader.moment(notice.at)
    return Message(reader.say("tools.promised", code=notice.code, by=by, at=at))


@renders(ReportMergedTold)
def report_merged_told(notice: ReportMergedTold, reader: Reader) -> Message:
    holder = who(notice.holder, reader)
    return Message(reader.say("tools.merged_told", code=notice.code, into=notice.into, holder=holder))


def _back(report_id: int, reader: Reader) -> tuple[Button, ...]:
    return (reader.button("back", OpenTools, report_id=report_id),)
