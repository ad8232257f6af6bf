"""Who works on what first: the routing table is shown, and changed by whoever commands the widest unit."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.routing import ShowRoutes
from models.notices.routing import RouteChanged, RouteLine, RoutePatience, RoutesRefused, RoutesShown, RouteUnread
from models.records import Person
from models.rules.roles import STAFF, Role
from models.rules.routing import MATTERS, may_change_routes, read_route
from models.store.people import contacts
from models.work import Work


def show(command: ShowRoutes, work: Work) -> None:
    """Show the table to whoever serves; with words, change the line they name."""
    person = work.meet(command)
    serves = any(grant.role in STAFF for grant in work.people.grants_of(person.id))
    may_change = _may_change(person, work)
    if not serves or (command.words and not may_change):
        root = work.units.root()
        can = contacts(work.people.commanders_over(root) if root else (), Role.COMMANDER)
        work.refuse(command, person, "routes", RoutesRefused(can))
    elif command.words:
        _change(command, person, work)
    else:
        lines = tuple(_line(matter, work) for matter in MATTERS)
        work.tell_each([person], RoutesShown(lines, may_change))


def _change(command: ShowRoutes, person: Person, work: Work) -> None:
    typed = read_route(command.words)
    if typed is None:
        work.tell_each([person], RouteUnread())
        return
    work.routes.change(typed.matter, typed.route, person, work.now)
    work.done(command, person, f"route:{typed.matter}")
    work.tell_each([person], RouteChanged(_line(typed.matter, work)))


def _may_change(person: Person, work: Work) -> bool:
    root = work.units.root()
    return root is not None and may_change_routes(commands_the_top=work.people.commands_over(person.id, root))


def _line(matter: str, work: Work) -> RouteLine:
    route = work.routes.line(matter)
    return RouteLine(
        matter,
        route.first,
        route.by,
        route.also,
        tuple(RoutePatience(rung, span) for rung, span in route.patience.items()),
        route.night,
        work.routes.is_changed(matter),
    )


STORIES: Stories = {ShowRoutes: show}
