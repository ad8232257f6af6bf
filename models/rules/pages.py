"""Long lists are shown a page at a time; everybody counts pages the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of a longer list."""

    items: tuple[T, ...]
    number: int  #: Counted from 0.
    of: int  #: How many pages there are, at least one.


def page_of(items: Sequence[T], number: int, size: int, *, around: bool = False) -> Page[T]:
    """The page with this number; beyond the last one that one, or with `around` the first again."""
    pages = pages_in(len(items), size)
    number = number % pages if around else min(max(number, 0), pages - 1)
    return Page(tuple(items[number * size : (number + 1) * size]), number, pages)


def pages_in(count: int, size: int) -> int:
    """How many pages so many items fill, at least one."""
    return max(1, -(-count // size))
