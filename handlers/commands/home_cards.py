"""What is asked of the cards of homes: to be printed, scanned, confirmed and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command, FromPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCards(FromPerson):
    """`/inthe`: for which community?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintCards(FromPerson):
    """The cards of one community's homes, as pages to print."""

    verb: ClassVar[str] = "q-print"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeCards(FromPerson):
    """[Huỷ thẻ cũ]: no card printed so far opens anything from now on."""

    verb: ClassVar[str] = "q-off"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandCards(Command):
    """The pages are made: hand them over, and let their codes open what they name."""

    account_id: int
    unit_id: int
    tokens: tuple[tuple[int, str], ...]  #: Household id and code.
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsNotMade(Command):
    """The pages could not be made, however often it was tried."""

    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanCard(FromPerson):
    """The code of a home's card was scanned: its scanner asks to speak for the home."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleScan(FromPerson):
    """Whoever looks after the home says whether the scanner lives there."""

    verb: ClassVar[str] = "q-link"
    household_id: int
    person_id: int
    agreed: bool
