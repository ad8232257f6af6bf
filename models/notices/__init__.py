"""Everything we can say: frozen values in the past tense, one file per family."""

# Every family is loaded here, so that stored mail of any kind can be read back.
from models.notices import (
    binding,
    call_lists,
    checkins,
    desks,
    directive_boards,
    directives,
    enrolment,
    grants,
    imports,
    mail,
    reports,
)
from models.notices.base import (
    CardPinned,
    Contact,
    CopyRetired,
    FileHanded,
    IfUnsure,
    MenuOffered,
    MessageRemoved,
    Names,
    Notice,
    Passed,
    RightsAsked,
)

__all__ = [
    "CardPinned",
    "Contact",
    "CopyRetired",
    "FileHanded",
    "IfUnsure",
    "MenuOffered",
    "MessageRemoved",
    "Names",
    "Notice",
    "Passed",
    "RightsAsked",
    "binding",
    "call_lists",
    "checkins",
    "desks",
    "directive_boards",
    "directives",
    "enrolment",
    "grants",
    "imports",
    "mail",
    "reports",
]
