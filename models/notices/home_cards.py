"""What is said about the cards of homes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.notices.base import FileHanded, Notice
from models.notices.households import OwnUnit


@dataclass(frozen=True, slots=True)
class CardsOffered(Notice):
    """For which community are cards wanted?"""

    protected: ClassVar[bool] = True

    units: tuple[OwnUnit, ...]


@dataclass(frozen=True, slots=True)
class CardsPromised(Notice):
    """The pages are being made."""

    unit: str


@dataclass(frozen=True, slots=True)
class CardsHanded(FileHanded):
    """Pages of cards to print, cut out and hand over."""

    unit_id: int
    unit: str
    homes: int
    earlier: int  #: Cards printed before that still open something.


@dataclass(frozen=True, slots=True)
class CardsFailed(Notice):
    """The pages could not be made; asking again may help."""


@dataclass(frozen=True, slots=True)
class CardsRevoked(Notice):
    """No card printed so far opens anything any more."""

    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class CardScanned(Notice):
    """To the scanner: the team will confirm; nothing about the home is told before."""

    number: str


@dataclass(frozen=True, slots=True)
class CardRefused(Notice):
    """To the scanner: this card opens nothing, or not any more."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class ScanAsked(Notice):
    """To those who look after the home: does this person live there?"""

    protected: ClassVar[bool] = True

    household_id: int
    person_id: int
    name: str
    number: str
    head: str
    unit: str


@dataclass(frozen=True, slots=True)
class ScanSettled(Notice):
    """What became of the question, and by whom."""

    protected: ClassVar[bool] = True

    name: str
    number: str
    by: str
    agreed: bool
