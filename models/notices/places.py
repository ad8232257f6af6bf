"""What is asked of a sender whose place nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

from models.notices.base import Notice


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place the sender may be at."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class PlaceAsked(Notice):
    """Where is the sender? A page of the places of one tier."""

    report_id: int
    above: PlaceChoice  #: What they lie in.
    top_id: int  #: Where the question begins, for whoever tapped a wrong one.
    choices: tuple[PlaceChoice, ...]
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class PlaceNamed(Notice):
    """The report is known to come from there."""

    code: str
    place: str
