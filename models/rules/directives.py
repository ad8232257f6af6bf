"""The life of a directive: whom it is for, and whose tap counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from models.rules.policy import Policy
from models.rules.roles import SPEAKS_FOR_COMMUNITY, SPEAKS_FOR_OFFICE, Role
from models.rules.words import fold, utf16_length

#: Begins every directive's code: chỉ đạo.
CODE_PREFIX = "CD"
#: The deadlines a commander picks with one tap, in hours from now.
HOURS_OFFERED = (4, 24, 72)
#: How often an alarm is asked about before it rings.
ALARM_ASKED = 2
#: How many units a preview offers to pick from at once.
UNITS_A_PAGE = 20
#: How many tasks of a document are shown at once to be corrected.
TASKS_A_PAGE = 8


_SHORTEST_DOCUMENT = 200  #: Characters.
#: UTF-16 units: the service takes 4,096 in a message and parts a longer text at the end of a line or word.
_PARTED_FROM = 3500
_DOCUMENTS = (".docx", ".pdf", ".txt", ".md")


class DirectiveState(StrEnum):
    """Where a directive stands."""

    DRAFT = "draft"  #: Its preview is shown; nothing has left.
    OFFERED = "offered"  #: A clerk drafted it; a commander is asked to approve it.
    SCHEDULED = "scheduled"  #: It leaves by itself when its time comes.
    SENT = "sent"  #: On its way, or arrived everywhere.
    WITHDRAWN = "withdrawn"  #: What was unsent stays unsent; what was sent is marked.
    DISCARDED = "discarded"  #: The commander chose not to send it.


#: Nothing of it has left, and whoever commands may still let it go.
UNSENT = frozenset({DirectiveState.DRAFT, DirectiveState.OFFERED, DirectiveState.SCHEDULED})
#: What it says and whom it is for may still be changed.
CHANGEABLE = frozenset({DirectiveState.DRAFT, DirectiveState.OFFERED})
#: It has left, and holds.
GOING = frozenset({DirectiveState.SENT})


class Audience(StrEnum):
    """Whom a directive is for."""

    ALL_GROUPS = "all_groups"  #: Every group of every tier below, and every unit's staff in private.
    STAFF_ONLY = "staff_only"  #: Groups above the communities, and staff in private.
    CHOSEN = "chosen"  #: The units the commander picked, with all below them.


def default_audience(*, is_document: bool) -> Audience:
    """Plain words are for everybody; an official document does not land before villagers unless one says so."""
    return Audience.STAFF_ONLY if is_document else Audience.ALL_GROUPS


def audience_below(audience: Audience) -> Audience:
    """Whom it is for where it is passed on: of places picked by hand, all that is below each of them."""
    return Audience.ALL_GROUPS if audience is Audience.CHOSEN else audience


def may_be_document(words: str) -> bool:
    """Whether a text may be an official document that was pasted: it has a number, or addressees and grounds."""
    said = fold(words)
    signs = sum(sign in said for sign in ("so:", "kinh gui", "can cu", "noi nhan", "v/v"))
    return len(words) > _SHORTEST_DOCUMENT and signs > 1


#: The kinds of file that may hold an official document.
READABLE = ("document", "photo")


def is_document(media: str, name: str) -> bool:
    """Whether a file is of a kind that official documents come in."""
    return media == "document" and name.lower().endswith(_DOCUMENTS)


def may_go_on(words: str) -> bool:
    """Whether the service may have parted a text here: it takes so much in a message and sends the rest in another."""
    return utf16_length(words) >= _PARTED_FROM


def reaches_group(audience: Audience, *, of_community: bool) -> bool:
    """Whether the group of a unit in the audience gets the card, or only the unit's staff in private."""
    return not (of_community and audience is Audience.STAFF_ONLY)


def may_send_at(send_at: datetime, deadline_at: datetime) -> bool:
    """Whether it may leave then: who receives it must have time left."""
    return send_at < deadline_at


def latest_deadline(above_at: datetime | None, now: datetime) -> datetime | None:
    """By when a directive that passes on another must be due: never later than it, unless that is over; None: any."""
    return above_at if above_at is not None and above_at > now else None


def spokespeople(*, of_community: bool) -> frozenset[Role]:
    """The roles whose holders acknowledge for a unit."""
    return SPEAKS_FOR_COMMUNITY if of_community else SPEAKS_FOR_OFFICE


def speaks_for(roles: frozenset[Role], *, of_community: bool) -> bool:
    """Whether a tap by someone holding these roles in a unit counts as that unit's."""
    return bool(roles & spokespeople(of_community=of_community))


def sending_takes(messages: int, policy: Policy) -> timedelta:
    """How long a fan-out of so many messages lasts at the bot's pace; zero when pacing is off."""
    return timedelta(seconds=messages / policy.sends_per_second) if policy.sends_per_second else timedelta()
