"""The life of a check-in round, as states and the steps its clock takes."""

from __future__ import annotations

from enum import StrEnum


class RoundState(StrEnum):
    """Where a round stands."""

    SCHEDULED = "scheduled"  #: Its opening lies ahead.
    OPEN = "open"  #: Households can answer.
    CLOSED = "closed"  #: Counted and told upward; answers still count as late for a day.
    SKIPPED = "skipped"  #: Its whole time lay in an outage: counted and told, never sent late.


class RoundStep(StrEnum):
    """What the clock does next for a round, in this order."""

    OPEN = "open"  #: Show the board; ask those who prefer it privately.
    REMIND = "remind"  #: Remind the silent homes once.
    CALL_LIST = "call_list"  #: Give the team the silent homes with their phones.
    WARN = "warn"  #: Two hours before closing: tell team and village head who is silent.
    CLOSE = "close"  #: Count, and send completeness and timeliness up.

    def following(self) -> RoundStep | None:
        """The step after this one; None after closing."""
        steps = list(RoundStep)
        place = steps.index(self) + 1
        return steps[place] if place < len(steps) else None
