"""What is said about the routing table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from models.notices.base import Contact, Notice
from models.rules.roles import Role
from models.rules.routing import First, Night


@dataclass(frozen=True, slots=True)
class RoutePatience:
    """How long one rung may leave it."""

    rung: str  #: "team", "village_head", "office" or "top".
    span: timedelta


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One line of the table, as people read it."""

    matter: str  #: A category, or "hotline_fault".
    first: First
    by: tuple[Role, ...] = ()  #: Who acts.
    also: tuple[Role, ...] = ()  #: Who is told.
    patience: tuple[RoutePatience, ...] = ()
    night: Night = Night.BY_URGENCY
    is_changed: bool = False  #: It was changed in chat.


@dataclass(frozen=True, slots=True)
class RoutesShown(Notice):
    """The table, and whether the reader may change it."""

    lines: tuple[RouteLine, ...]
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class RouteChanged(Notice):
    """A line as it is from now on."""

    line: RouteLine


@dataclass(frozen=True, slots=True)
class RouteUnread(Notice):
    """What was typed is no line of the table: how one is typed."""


@dataclass(frozen=True, slots=True)
class RoutesRefused(Notice):
    """The table is for those who serve, and changed by whoever commands the widest unit: who that is."""

    who_can: tuple[Contact, ...]
