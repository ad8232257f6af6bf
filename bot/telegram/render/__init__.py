"""From notices to texts and buttons, one file per family."""

# Every family is loaded here, so that its renderers are known.
from bot.telegram.render import (
    binding,
    call_lists,
    checkin_figures,
    checkins,
    confidential,
    desks,
    directive_board,
    directive_copies,
    directive_preview,
    directive_sending,
    directives,
    enrolment,
    grants,
    imports,
    mail,
    plans,
    queue,
    reports,
)
from bot.telegram.render.base import Button, Message, Reader, render

__all__ = [
    "Button",
    "Message",
    "Reader",
    "binding",
    "call_lists",
    "checkin_figures",
    "checkins",
    "confidential",
    "desks",
    "directive_board",
    "directive_copies",
    "directive_preview",
    "directive_sending",
    "directives",
    "enrolment",
    "grants",
    "imports",
    "mail",
    "plans",
    "queue",
    "render",
    "reports",
]
