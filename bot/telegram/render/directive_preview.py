"""How the preview of a directive reads, and the buttons that change it."""

from __future__ import annotations

from datetime import timedelta

from bot.telegram.render.base import Button, Message, Reader, renders
from bot.telegram.render.directive_texts import fitted, named, passes_on
from bot.telegram.render.documents import corrections, reading_goes_on, what_was_read
from handlers.commands.directives import (
    ChooseAudience,
    ChooseDeadline,
    ChooseRelay,
    DiscardDirective,
    OfferDirective,
    RaiseAlarm,
    ScheduleDirective,
    SendDirective,
    ToggleUnit,
    TurnUnitPage,
)
from models.notices.directives import DirectivePreviewed, UnitPick
from models.rules.directives import CHANGEABLE, HOURS_OFFERED, UNSENT, Audience, DirectiveState
from models.rules.words import shorten

PICKS_A_ROW = 2
PICK_SHOWN = 28

Rows = tuple[tuple[Button, ...], ...]

_AUDIENCE_LABELS = {
    Audience.ALL_GROUPS: "all_groups",
    Audience.STAFF_ONLY: "staff_only",
    Audience.CHOSEN: "choose_places",
}


@renders(DirectivePreviewed)
def directive_previewed(notice: DirectivePreviewed, reader: Reader) -> Message:
    head = reader.say(f"directives.preview.{notice.state}", code=notice.code, unit=notice.issuer)
    text = fitted(head, _content(notice, reader), "\n".join(_facts(notice, reader)), reader.say("directives.cut"))
    if notice.state not in UNSENT or (notice.for_clerk and notice.state is not DirectiveState.DRAFT):
        return Message(text)
    if notice.state is DirectiveState.SCHEDULED:
        return Message(text, _ways_to_leave(notice, reader))
    changes = (
        *corrections(notice, reader),
        *_audiences(notice, reader),
        *_picks(notice, reader),
        *_deadlines(notice, reader),
    )
    return Message(text, (*changes, *_ways_to_leave(notice, reader)))


def _content(notice: DirectivePreviewed, reader: Reader) -> str:
    file = ""
    if notice.has_file and notice.files > 1:
        file = reader.say.count("directives.pages_attached", notice.files)
    elif notice.file_name:
        file = reader.say("directives.file", name=notice.file_name)
    elif notice.has_file:
        file = reader.say("directives.unnamed_file")
    note = reader.say("directives.note", words=notice.note) if notice.note else ""
    # What was read stands for the words it was read from; those beside a file are its commander's own.
    words = notice.words if notice.has_file or notice.document is None else ""
    parts = (note, words, what_was_read(notice, reader), reading_goes_on(notice, reader), file)
    return "\n".join(part for part in parts if part)


def _facts(notice: DirectivePreviewed, reader: Reader) -> list[str]:
    say, reached = reader.say, notice.reached
    lines = [passes_on(notice.above, reader)] if notice.above else []
    lines += [
        say("directives.deadline", at=reader.moment(notice.deadline_at)),
        say(
            "directives.audience",
            audience=say(f"directives.audience.{notice.audience}"),
            units=say.count("count.unit", reached.units),
            groups=say.count("count.chat", reached.groups),
            people=say.count("count.person", reached.people),
        ),
    ]
    if notice.by_tier:
        lines.append(say("directives.by_tier"))
    if reached.without_group.first:
        lines.append(say("directives.without_group", units=named(reached.without_group, reader)))
    if reached.unserved.first:
        lines.append(say("directives.unserved", units=named(reached.unserved, reader)))
    if notice.by_clerk:
        lines.append(say("directives.by_clerk", name=notice.by_clerk))
    if notice.is_alarm:
        lines.append(say("directives.rings"))
    if notice.send_at is not None:
        lines.append(say("directives.sends_at", at=reader.moment(notice.send_at)))
    if notice.state in CHANGEABLE:
        lines.append(say("directives.takes", span=say.duration(timedelta(seconds=max(1, reached.seconds)))))
        if notice.at_night:
            lines.append(say("directives.at_night"))
    return lines


def _audiences(notice: DirectivePreviewed, reader: Reader) -> Rows:
    everyone, staff, chosen = (_audience(each, notice, reader) for each in Audience)
    return (everyone, staff), (chosen, *_relay(notice, reader))


def _relay(notice: DirectivePreviewed, reader: Reader) -> tuple[Button, ...]:
    if not notice.has_tiers:
        return ()
    button = reader.button("by_tier", ChooseRelay, directive_id=notice.directive_id, by_tier=not notice.by_tier)
    if not notice.by_tier:
        return (button,)
    return (Button(reader.say("directives.label_chosen", label=button.label), data=button.data),)


def _audience(audience: Audience, notice: DirectivePreviewed, reader: Reader) -> Button:
    label = _AUDIENCE_LABELS[audience]
    button = reader.button(label, ChooseAudience, directive_id=notice.directive_id, audience=audience)
    if audience is not notice.audience:
        return button
    return Button(reader.say("directives.label_chosen", label=button.label), data=button.data)


def _picks(notice: DirectivePreviewed, reader: Reader) -> Rows:
    buttons = [_pick(pick, notice, reader) for pick in notice.picks]
    rows = [tuple(buttons[start : start + PICKS_A_ROW]) for start in range(0, len(buttons), PICKS_A_ROW)]
    if notice.pages > 1:
        page = (notice.page + 1) % notice.pages
        rows.append((reader.button("more_units", TurnUnitPage, directive_id=notice.directive_id, page=page),))
    return tuple(rows)


def _pick(pick: UnitPick, notice: DirectivePreviewed, reader: Reader) -> Button:
    button = reader.button("choose_places", ToggleUnit, directive_id=notice.directive_id, unit_id=pick.unit_id)
    name = shorten(pick.name, PICK_SHOWN)
    return Button(reader.say("directives.label_chosen", label=name) if pick.picked else name, data=button.data)


def _deadlines(notice: DirectivePreviewed, reader: Reader) -> Rows:
    offered = tuple(_in_hours(hours, notice, reader) for hours in HOURS_OFFERED)
    other = reader.button("other_deadline", ChooseDeadline, directive_id=notice.directive_id, hours=0)
    return offered, (other,)


def _ways_to_leave(notice: DirectivePreviewed, reader: Reader) -> Rows:
    """A clerk's draft goes before the commander; a commander's leaves now, at a time, or ringing."""
    directive_id = notice.directive_id
    cancel = reader.button("cancel", DiscardDirective, directive_id=directive_id)
    if notice.for_clerk:
        return ((reader.button("offer", OfferDirective, directive_id=directive_id), cancel),)
    label = "approve" if notice.state is DirectiveState.OFFERED else "send"
    send = reader.button(label, SendDirective, directive_id=directive_id)
    later = reader.button("send_later", ScheduleDirective, directive_id=directive_id)
    return (send, cancel), (later, reader.button("alarm", RaiseAlarm, directive_id=directive_id, asked=0))


def _in_hours(hours: int, notice: DirectivePreviewed, reader: Reader) -> Button:
    button = reader.button("other_deadline", ChooseDeadline, directive_id=notice.directive_id, hours=hours)
    return Button(reader.say.duration(timedelta(hours=hours)), data=button.data)
