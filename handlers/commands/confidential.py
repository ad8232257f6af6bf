"""What people ask of reports that only a few may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Enclosure, FromPerson
from handlers.commands.reports import AboutReport


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferConfidence(FromPerson):
    """[Báo kín]: ask which tier is to read what comes next."""

    verb: ClassVar[str] = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginConfidential(FromPerson):
    """[Gửi xã], [Gửi huyện] before anything was said: the next message is for that unit's two readers."""

    verb: ClassVar[str] = "close-at"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileConfidential(FromPerson):
    """What was said after the tier had been chosen."""

    unit_id: int
    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseReaders(AboutReport):
    """[Gửi xã], [Gửi huyện] on the receipt: the sender chooses which tier reads it."""

    verb: ClassVar[str] = "close-to"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WantWord(AboutReport):
    """[Nhắn lại cho tôi]: the sender says that it is safe to write to them."""

    verb: ClassVar[str] = "close-word"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConfidential(AboutReport):
    """[Mở đọc]: read it; who did is kept."""

    verb: ClassVar[str] = "close-open"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginRelease(AboutReport):
    """[Chuyển xử lý]: first say whom it speaks of."""

    verb: ClassVar[str] = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameConcerned(AboutReport):
    """The reader says which unit's people it speaks of; 0: nobody who serves."""

    verb: ClassVar[str] = "release-not"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginReleaseTo(AboutReport):
    """The reader chose who is to work on it: ask for words that show neither sender nor quote."""

    verb: ClassVar[str] = "release-to"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReport(AboutReport):
    """The reader's own words become a report at that unit."""

    unit_id: int
    words: str
