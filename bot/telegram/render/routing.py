"""How the routing table reads."""

from __future__ import annotations

from bot.telegram.render.base import Message, Reader, renders
from bot.telegram.render.people import named
from models.notices.routing import RouteChanged, RouteLine, RoutePatience, RoutesRefused, RoutesShown, RouteUnread
from models.rules.roles import Role
from models.rules.routing import Night


@renders(RoutesShown)
def routes_shown(notice: RoutesShown, reader: Reader) -> Message:
    lines = [_line(line, reader) for line in notice.lines]
    hint = [reader.say("routing.how_to_change")] if notice.may_change else []
    return Message("\n".join([reader.say("routing.title"), *lines, reader.say("routing.confidential"), *hint]))


@renders(RouteChanged)
def route_changed(notice: RouteChanged, reader: Reader) -> Message:
    return Message("\n".join([reader.say("routing.changed"), _line(notice.line, reader)]))


@renders(RouteUnread)
def route_unread(_notice: RouteUnread, reader: Reader) -> Message:
    return Message("\n".join([reader.say("routing.unread"), reader.say("routing.how_to_change")]))


@renders(RoutesRefused)
def routes_refused(notice: RoutesRefused, reader: Reader) -> Message:
    return Message(reader.say("routing.refused", people=named(notice.who_can) or reader.say("duty.nobody")))


def _line(line: RouteLine, reader: Reader) -> str:
    first = reader.say(f"routing.first_{line.first.value}")
    if line.by:
        first = reader.say("routing.by", first=first, roles=_roles(line.by, reader))
    if line.also:
        first = reader.say("routing.also", first=first, roles=_roles(line.also, reader))
    waits = [
        reader.say(
            "routing.patience", rung=reader.say(f"routing.first_{each.rung}"), span=reader.say.duration(each.span)
        )
        for each in line.patience
    ]
    night = [] if line.night is Night.BY_URGENCY else [reader.say(f"routing.night_{line.night.value}")]
    said = "routing.line_changed" if line.is_changed else "routing.line"
    return reader.say(said, matter=reader.say(f"category.{line.matter}"), how=", ".join([first, *waits, *night]))


def _patience(patience: RoutePatience, reader: Reader) -> str:
    rung = reader.say(f"routing.first_{patience.rung}")
    return reader.say("routing.patience", rung=rung, span=reader.say.duration(patience.span))


def _roles(roles: tuple[Role, ...], reader: Reader) -> str:
    return ", ".join(reader.say(f"role.{role.value}") for role in roles)
