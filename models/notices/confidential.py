"""What is said about reports that only a few may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.notices.base import Contact, Notice


@dataclass(frozen=True, slots=True)
class TierChoice:
    """A unit whose two readers the sender can choose."""

    unit_id: int
    tier: str  #: Its tier's name, for the catalogue.


@dataclass(frozen=True, slots=True)
class ConfidenceOffered(Notice):
    """Which tier is to read what comes next?"""

    choices: tuple[TierChoice, ...]


@dataclass(frozen=True, slots=True)
class ConfidentialWordsAsked(Notice):
    """The next message goes to that unit's two readers alone."""

    unit: str


@dataclass(frozen=True, slots=True)
class HomeReportFiled(Notice):
    """The receipt when somebody is hurt at home: it tells whoever holds the phone nothing, and shows whom to call."""

    report_id: int
    code: str


@dataclass(frozen=True, slots=True)
class QuietlyJoined(Notice):
    """Further words arrived, where nobody must see what they were about."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class WordPromised(Notice):
    """From now on the desk writes to the sender, who asked for it."""

    code: str


@dataclass(frozen=True, slots=True)
class ReadersChosen(Notice):
    """The sender's choice holds: that unit's readers have it."""

    code: str
    unit: str


@dataclass(frozen=True, slots=True)
class ReadersFixed(Notice):
    """Too late to choose: somebody works on it already."""

    code: str


@dataclass(frozen=True, slots=True)
class SenderMustBeSpared(Notice):
    """Neither write to nor call the sender: whoever hurts them may hold the phone. The words are kept for them."""

    code: str


@dataclass(frozen=True, slots=True)
class ConcernChoice:
    """A unit on the report's way, or below the one that holds it."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class ConcernAsked(Notice):
    """Whose people does it speak of? They, and all below them, will never be given it."""

    protected: ClassVar[bool] = True

    report_id: int
    code: str
    choices: tuple[ConcernChoice, ...]


@dataclass(frozen=True, slots=True)
class ReleaseOffered(Notice):
    """To whom is it passed on?"""

    protected: ClassVar[bool] = True

    report_id: int
    code: str
    choices: tuple[ConcernChoice, ...]


@dataclass(frozen=True, slots=True)
class ReleaseWordsAsked(Notice):
    """The next message, in the reader's own words, goes to that unit's desk."""

    protected: ClassVar[bool] = True

    code: str
    unit: str


@dataclass(frozen=True, slots=True)
class Released(Notice):
    """It was passed on as a report of its own, whose result comes back to the reader."""

    protected: ClassVar[bool] = True

    code: str
    as_code: str  #: The code of what was passed on.
    to: Contact
