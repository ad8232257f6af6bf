"""Long lists of ids, taken apart: no database lets one statement name any number of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

#: Ids that one statement names.
AT_ONCE = 1_000


def parts(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """The ids in their order, so many at a time that one statement can name them."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
