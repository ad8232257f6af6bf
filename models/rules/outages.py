"""When the bot was away, and what that may have cost."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

#: How long the chat service keeps the press of a button for us (TELEGRAM.md, measured); messages it keeps for a day.
PRESSES_KEPT_FOR = timedelta(seconds=150)
#: How long after coming back everything that was kept for us has come in.
SETTLED_AFTER = timedelta(minutes=1)


class Due(StrEnum):
    """What is asked for again, because a press of it may be lost."""

    ACKNOWLEDGEMENT = "acknowledgement"  #: Of a directive.
    ANSWERS = "answers"  #: Of the homes of a community, on its group's board.
    ANSWER = "answer"  #: Of one home, in private.
    RESULT = "result"  #: Whether what was done about a report has helped.


def loses_presses(began_at: datetime, ended_at: datetime) -> bool:
    """Whether presses may be lost: a shorter silence costs nobody anything."""
    return ended_at - began_at > PRESSES_KEPT_FOR
