"""How what is said about check-in plans reads."""

from __future__ import annotations

from collections.abc import Iterable

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.checkins import contact_line, in_rows
from handlers.commands.plans import (
    AskForPlan,
    BrowsePlans,
    ChoosePlan,
    DropPlan,
    OpenPlan,
    PlanChoice,
    SavePlan,
)
from models.notices.plans import (
    PlanAsked,
    PlanNotThus,
    PlanProposed,
    PlanRefused,
    PlanShown,
    PlansOffered,
    PlanUnread,
)
from models.rules.plans import EVERY_DAY, Pause, Plan, PlannedDay


@renders(PlanShown)
def plan_shown(notice: PlanShown, reader: Reader) -> Message:
    title = "plans.saved" if notice.was_saved else "plans.title"
    lines = [reader.say(title, unit=notice.unit), *_plan(notice.plan, notice.days, reader)]
    lines += [_pause(pause, reader) for pause in notice.own_pauses]
    if notice.has_own:
        lines.append(reader.say("plans.own"))
    elif notice.above:
        lines.append(reader.say("plans.inherited", unit=notice.above.name))
    return Message("\n".join(lines), in_rows(_ways_on(notice, reader), 2))


@renders(PlanProposed)
def plan_proposed(notice: PlanProposed, reader: Reader) -> Message:
    lines = [reader.say("plans.proposed", unit=notice.unit), *_plan(notice.plan, notice.days, reader)]
    if notice.change.pause:
        lines.append(_pause(notice.change.pause, reader))
    if notice.refused:
        lines.append(reader.say("plans.refused_parts", words="; ".join(notice.refused)))
    if notice.open_rounds:
        lines.append(reader.say.count("plans.open_rounds", notice.open_rounds))
    buttons = (reader.button(label, command, unit_id=notice.unit_id) for label, command in _DECISION)
    return Message("\n".join(lines), column(*buttons))


@renders(PlanNotThus)
def plan_not_thus(notice: PlanNotThus, reader: Reader) -> Message:
    text = reader.say(f"plans.objection.{notice.objection.value}", unit=notice.unit)
    return Message(text, _again(notice.unit_id, reader))


@renders(PlanUnread)
def plan_unread(notice: PlanUnread, reader: Reader) -> Message:
    text = reader.say("plans.unread", unit=notice.unit, words="; ".join(notice.refused))
    return Message(text, _again(notice.unit_id, reader))


@renders(PlanAsked)
def plan_asked(notice: PlanAsked, reader: Reader) -> Message:
    return Message(reader.say("plans.asked", unit=notice.unit))


@renders(PlansOffered)
def plans_offered(notice: PlansOffered, reader: Reader) -> Message:
    text = reader.say("plans.below", unit=notice.unit) if notice.unit else reader.say("plans.choose")
    units = [Button(unit.name, to_data(OpenPlan, unit_id=unit.unit_id)) for unit in notice.units]
    turns = []
    if notice.unit_id is not None:
        turns = [
            reader.button(label, BrowsePlans, unit_id=notice.unit_id, page=page)
            for label, page in (("previous_page", notice.page - 1), ("next_page", notice.page + 1))
            if 0 <= page < notice.pages
        ]
    return Message(text, (*column(*units), *in_rows(turns, 2)))


@renders(PlanRefused)
def plan_refused(notice: PlanRefused, reader: Reader) -> Message:
    if not notice.unit:
        return Message(reader.say("plans.refused_any"))
    lines = [reader.say("plans.refused", unit=notice.unit)]
    return Message("\n".join([*lines, *(contact_line(contact, reader) for contact in notice.contacts[:4])]))


_DECISION = (("send", SavePlan), ("cancel", DropPlan))


def _again(unit_id: int, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    ways = (("change_plan", AskForPlan), ("back_to_plan", OpenPlan))
    return column(*(reader.button(label, command, unit_id=unit_id) for label, command in ways))


def _ways_on(notice: PlanShown, reader: Reader) -> Iterable[Button]:
    yield reader.button("change_plan", AskForPlan, unit_id=notice.unit_id)
    choices = {
        "plan_mountain": PlanChoice.MOUNTAIN,
        "plan_town": PlanChoice.TOWN,
        **({"plan_resume": PlanChoice.RESUME} if notice.own_pauses else {"plan_pause": PlanChoice.PAUSE}),
        **({"plan_inherit": PlanChoice.INHERIT} if notice.has_own and notice.above else {}),
    }
    for label, choice in choices.items():
        yield reader.button(label, ChoosePlan, unit_id=notice.unit_id, choice=choice)
    if notice.has_below:
        yield reader.button("plans_below", BrowsePlans, unit_id=notice.unit_id, page=0)


def _plan(plan: Plan, days: Iterable[PlannedDay], reader: Reader) -> list[str]:
    """The hours, the days, and what the coming week holds."""
    say, clocks = reader.say, plan.clocks
    opens = "plans.opens_before" if clocks.opens_days_before else "plans.opens"
    remind = say("plans.reminds", at=say.hour(clocks.reminds)) if plan.reminds else say("plans.no_reminder")
    lines = [
        f"{say(opens, at=say.hour(clocks.opens))}, {remind}",
        say("plans.closes", call_list=say.hour(clocks.call_list), at=say.hour(clocks.closes)),
        say("plans.days", days=_weekdays(plan.weekdays, reader)),
        say("plans.quiet", start=say.hour(plan.quiet.start), end=say.hour(plan.quiet.end)),
    ]
    if plan.question:
        lines.append(say("plans.question", words=plan.question))
    return [*lines, say("plans.week", days=", ".join(_day(day, reader) for day in days))]


def _weekdays(days: frozenset[int], reader: Reader) -> str:
    if days == EVERY_DAY:
        return reader.say("plans.every_day")
    return ", ".join(reader.say(f"plans.weekday.{day}") for day in sorted(days))


def _day(planned: PlannedDay, reader: Reader) -> str:
    kind = "asked" if planned.is_asked else "paused" if planned.is_paused else "free"
    weekday = reader.say(f"plans.short.{planned.day.weekday()}")
    return reader.say(f"plans.day_{kind}", weekday=weekday, day=planned.day.day, month=planned.day.month)


def _pause(pause: Pause, reader: Reader) -> str:
    first = reader.say.day(pause.first)
    if pause.last is None:
        return reader.say("plans.paused_from", first=first)
    return reader.say("plans.paused", first=first, last=reader.say.day(pause.last))
