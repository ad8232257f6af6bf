"""From notices to texts and buttons, one file per family."""

# Every family is loaded here, so that its renderers are known.
from bot.telegram.render import checkins, directives, enrolment, mail, reports
from bot.telegram.render.base import Button, Message, Reader, render

__all__ = ["Button", "Message", "Reader", "checkins", "directives", "enrolment", "mail", "render", "reports"]
