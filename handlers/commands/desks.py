"""What a desk asks of a report beyond taking it up and answering: whose it is, by when, and what it really is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command
from handlers.commands.reports import AboutReport
from models.rules.confidential import Ground
from models.rules.ready_answers import ReadyAnswer
from models.rules.triage import Category, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTools(AboutReport):
    """[Việc khác]: everything less common that can be done with it."""

    verb: ClassVar[str] = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBackReport(AboutReport):
    """[Trả việc]: whoever took it up gives it back."""

    verb: ClassVar[str] = "give-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferColleagues(AboutReport):
    """[Giao người]: choose who is to do it."""

    verb: ClassVar[str] = "assign"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignReport(AboutReport):
    """Let a colleague at the desk do it."""

    verb: ClassVar[str] = "assign-to"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTimes(AboutReport):
    """[Hẹn giờ]: choose by when, or write it."""

    verb: ClassVar[str] = "promise"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseHours(AboutReport):
    """Promise the sender to be done within so many hours."""

    verb: ClassVar[str] = "promise-in"
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseTime(AboutReport):
    """Promise the sender the time that was typed."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferReadyAnswers(AboutReport):
    """[Câu trả lời sẵn]: read the ready-made answers for this kind of report."""

    verb: ClassVar[str] = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReadyAnswer(AboutReport):
    """Send one of them to whoever told of it."""

    verb: ClassVar[str] = "ready-go"
    answer: ReadyAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCategories(AboutReport):
    """[Sửa loại tin]: choose what it is about."""

    verb: ClassVar[str] = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectCategory(AboutReport):
    """It is about something else than was proposed."""

    verb: ClassVar[str] = "kind-is"
    category: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferUrgencies(AboutReport):
    """[Sửa mức khẩn]: choose how urgent it is."""

    verb: ClassVar[str] = "haste"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectUrgency(AboutReport):
    """It is more urgent, or less, than was proposed."""

    verb: ClassVar[str] = "haste-is"
    urgency: Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferGrounds(AboutReport):
    """[Giữ kín]: say why it is for a few only."""

    verb: ClassVar[str] = "secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeConfidential(AboutReport):
    """It is for its named readers only, though nobody saw that in its words."""

    verb: ClassVar[str] = "secret-is"
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferHomes(AboutReport):
    """[Gắn hộ]: choose which home it concerns, or write its number or its head's name."""

    verb: ClassVar[str] = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHome(AboutReport):
    """The home's number or its head's name, as typed."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReport(AboutReport):
    """It concerns this home."""

    verb: ClassVar[str] = "home-is"
    household_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDuplicates(AboutReport):
    """[Gộp tin trùng]: choose the report that tells of the same matter."""

    verb: ClassVar[str] = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport(AboutReport):
    """It goes on in the other report, which tells of the same matter."""

    verb: ClassVar[str] = "same-as"
    into_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseClaim(Command):
    """The clock: a report that was taken up stands still, or what was promised is due."""

    report_id: int
