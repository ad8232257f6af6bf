"""Everything that can be asked of the bot: frozen values, named in the imperative, one file per family."""

# Every family is loaded here, so that a button's verb is known whoever asks first.
from handlers.commands import (
    called_homes,
    checkins,
    confidential,
    desks,
    directive_following,
    directives,
    duty,
    enrolment,
    followups,
    imports,
    plans,
    queue,
    reports,
    routing,
    tasks,
)
from handlers.commands.base import (
    Command,
    Enclosure,
    FromPerson,
    MailDelivered,
    Place,
    PlaceKind,
    Sender,
)

__all__ = [
    "Command",
    "Enclosure",
    "FromPerson",
    "MailDelivered",
    "Place",
    "PlaceKind",
    "Sender",
    "called_homes",
    "checkins",
    "confidential",
    "desks",
    "directive_following",
    "directives",
    "duty",
    "enrolment",
    "followups",
    "imports",
    "plans",
    "queue",
    "reports",
    "routing",
    "tasks",
]
