"""What waits, sorted: how old it is, how urgent, and about what."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from models.rules.triage import Category, Urgency


class QueueBy(StrEnum):
    """By what a queue is narrowed down."""

    ALL = "all"  #: Not at all.
    AGE = "age"  #: How long ago it came in.
    URGENCY = "urgency"
    CATEGORY = "category"


class Age(StrEnum):
    """How long ago a report came in."""

    UNDER_2H = "under_2h"
    UNDER_6H = "under_6h"  #: From two hours on.
    UNDER_24H = "under_24h"  #: From six hours on.
    OLDER = "older"  #: A day, or more.


_YOUNGER_THAN = {
    Age.UNDER_2H: timedelta(hours=2),
    Age.UNDER_6H: timedelta(hours=6),
    Age.UNDER_24H: timedelta(hours=24),
}


def age_of(filed_at: datetime, now: datetime) -> Age:
    """Which band of age a report falls into."""
    return next((age for age, limit in _YOUNGER_THAN.items() if now - filed_at < limit), Age.OLDER)


def sort_of(by: QueueBy, filed_at: datetime, urgency: Urgency, category: Category, now: datetime) -> str:
    """Under which heading a report is counted when the queue is narrowed down so; "" when it is not."""
    sorts = {QueueBy.AGE: age_of(filed_at, now).value, QueueBy.URGENCY: urgency.value, QueueBy.CATEGORY: category.value}
    return sorts.get(by, "")


#: The headings of each way to narrow a queue down, in their order.
HEADINGS: dict[QueueBy, tuple[str, ...]] = {
    QueueBy.ALL: (),
    QueueBy.AGE: tuple(Age),
    QueueBy.URGENCY: tuple(Urgency),
    QueueBy.CATEGORY: tuple(Category),
}
