"""What the kinds of list have in common: columns, a key, and a way to take a row."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.importing.table import Outcome, Row
from models.rules.roles import Role
from models.rules.tiers import Tiers
from models.work import Work


@dataclass(frozen=True, slots=True)
class Terms:
    """What the columns of this installation may hold, and how lists are taken."""

    roles: Mapping[str, Role]  #: What may stand in the column `role`, folded.
    languages: Sequence[str]  #: What may stand in the column `language`.
    invites_anew: bool = False  #: Make a new link even for people whose earlier one still opens.


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was not refused."""

    outcome: Outcome
    invitation: str | None = None  #: The token of a link that ties an account to the person.


class Family(ABC):
    """One kind of list; an instance takes the rows of one transaction."""

    columns: ClassVar[Sequence[str]]  #: Every column such a list may have.
    required: ClassVar[Sequence[str]]  #: The columns it must have.
    key: ClassVar[Sequence[str]]  #: The columns a row is called by.
    rows_a_commit: ClassVar[int] = 50  #: So few that the bot, which waits meanwhile, hardly notices.

    def __init__(self, rows: Sequence[Row], work: Work, terms: Terms) -> None:
        self.work = work
        self.terms = terms

    @abstractmethod
    def take(self, row: Row) -> Taken:
        """Keep one row; raises `RowRefused` before anything is changed."""

    def finish(self) -> None:
        """Do what had to wait for the whole batch."""
        self.work.session.flush()

    @classmethod
    def in_order(cls, rows: Sequence[Row], tiers: Tiers) -> Sequence[Row]:
        """The rows in the order they can be taken; that of the file, unless rows need one another."""
        return rows
