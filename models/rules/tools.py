"""What a desk can do with a report besides what its card offers at once."""

from __future__ import annotations

from enum import StrEnum

from models.rules.reports import PENDING, ReportState


class Tool(StrEnum):
    """One of the less common things; offered in this order."""

    READY = "ready"  #: Send a ready-made answer.
    PROMISE = "promise"  #: Tell the sender by when.
    ASSIGN = "assign"  #: Let a colleague do it.
    GIVE_BACK = "give_back"  #: Let somebody else at the desk do it.
    CATEGORY = "category"  #: It is about something else.
    URGENCY = "urgency"  #: It is more urgent, or less.
    HOME = "home"  #: Say which home it concerns.
    MERGE = "merge"  #: Another report tells of the same matter.
    CONFIDENTIAL = "confidential"  #: It is for its named readers only.


#: What would tell others of a confidential report, or is done already.
_NOT_WHILE_CONFIDENTIAL = frozenset({Tool.PROMISE, Tool.ASSIGN, Tool.HOME, Tool.MERGE, Tool.CONFIDENTIAL})


def tools(state: ReportState, *, confidential: bool) -> tuple[Tool, ...]:
    """What can be done with a report in this state; nothing once its result is written."""
    if state not in PENDING:
        return ()
    left_out = _NOT_WHILE_CONFIDENTIAL if confidential else frozenset[Tool]()
    if state is ReportState.OPEN:
        left_out |= {Tool.GIVE_BACK}
    return tuple(tool for tool in Tool if tool not in left_out)
