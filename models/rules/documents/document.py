"""An official document as it was read: plain values, nothing in them that its text does not say.

Layout and abbreviations follow Decree 30/2020/NĐ-CP; what a document leaves out stays None or empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum


class Type(StrEnum):
    """The type of a document, by its official abbreviation."""

    RESOLUTION = "NQ"  #: Nghị quyết.
    DECISION = "QĐ"  #: Quyết định.
    INSTRUCTION = "CT"  #: Chỉ thị.
    REGULATION = "QC"  #: Quy chế.
    RULE = "QyĐ"  #: Quy định.
    COMMUNIQUE = "TC"  #: Thông cáo.
    NOTICE = "TB"  #: Thông báo.
    GUIDANCE = "HD"  #: Hướng dẫn.
    PROGRAMME = "CTr"  #: Chương trình.
    PLAN = "KH"  #: Kế hoạch.
    OPTION = "PA"  #: Phương án.
    SCHEME = "ĐA"  #: Đề án.
    PROJECT = "DA"  #: Dự án.
    REPORT = "BC"  #: Báo cáo.
    MINUTES = "BB"  #: Biên bản.
    PROPOSAL = "TTr"  #: Tờ trình.
    CONTRACT = "HĐ"  #: Hợp đồng.
    LETTER = "CV"  #: Công văn, which has no abbreviation of its own.
    TELEGRAM = "CĐ"  #: Công điện.
    INVITATION = "GM"  #: Giấy mời.
    REFERRAL = "GGT"  #: Giấy giới thiệu.
    DECREE = "NĐ"  #: Nghị định; only ever cited.
    CIRCULAR = "TT"  #: Thông tư; only ever cited.
    CONCLUSION = "KL"  #: Kết luận, a document of the Party.


class Every(StrEnum):
    """How often a duty comes again."""

    DAY = "day"  #: Hằng ngày.
    WEEK = "week"  #: Hằng tuần.
    MONTH = "month"  #: Hằng tháng.
    QUARTER = "quarter"  #: Hằng quý.
    YEAR = "year"  #: Hằng năm.


class Tier(StrEnum):
    """The kind of place an assignee belongs to."""

    PROVINCE = "province"  #: Tỉnh, thành phố trực thuộc trung ương.
    DISTRICT = "district"  #: Huyện, quận, thị xã.
    COMMUNE = "commune"  #: Xã, phường, thị trấn, with their stations and police.
    VILLAGE = "village"  #: Thôn, bản, tổ dân phố.
    COMMUNITY = "community"  #: Tổ Covid cộng đồng.
    AGENCY = "agency"  #: Phòng, ban, sở, Trung tâm Y tế, Công an huyện: a body, not a place.


_WRITTEN = re.compile(r"(?:(\d{4})|-)(?:-Q([1-4]))?(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as complete as it was written: a day, a month, a quarter or a year."""

    year: int | None = None  #: None when no year stands beside the day and none can be told from the document.
    month: int | None = None  #: 1–12.
    day: int | None = None  #: 1–31.
    quarter: int | None = None  #: 1–4, only without a month.

    @property
    def whole(self) -> date | None:
        """The calendar day, or None where a part is missing."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    def __str__(self) -> str:
        """`2021-11-02`, `2021-09`, `2021`, `2022-Q1`; `--11-02` without a year."""
        parts = [f"{self.year:04}" if self.year else "-"]
        parts += [f"Q{self.quarter}"] if self.quarter else []
        return "-".join(parts + [f"{part:02}" for part in (self.month, self.day) if part])

    @classmethod
    def parse(cls, written: str) -> PartialDate:
        """The date that `str` wrote. Raises ValueError for anything else."""
        parts = _WRITTEN.fullmatch(written)
        if parts is None:
            raise ValueError(f"{written!r} is no date that a document was read to hold.")
        year, quarter, month, day = (int(part) if part else None for part in parts.groups())
        return cls(year, month, day, quarter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A moment, or moments that come again, by which something is to be done."""

    text: str  #: As written: "trước 17h00 ngày 05/11".
    date: PartialDate | None = None  #: The day, month or quarter named.
    time: time | None = None  #: The hour named, on local clocks.
    part: str | None = None  #: The part of the day named, a key of `time_words.PARTS_OF_DAY`.
    every: Every | None = None  #: How often it comes again; None for once.
    on: int | None = None  #: Of a week the day, 1 Monday to 7 Sunday; of a month the day of the month.
    within: timedelta | None = None  #: "trong vòng 24 giờ": time allowed from when the document arrives.
    before: bool = False  #: "trước ngày 5/11": without an hour, over when that day begins.


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Another document that this one cites."""

    type: Type | None  #: None when neither its name nor its symbol tells.
    number: int | None  #: The number before the slash.
    symbol: str | None  #: What stands after the slash: "QĐ-UBND", "2020/NĐ-CP".
    date: PartialDate | None  #: When it was issued, as far as it is said anywhere in the document.


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A duty the document gives: the smallest numbered item that somebody is made responsible for."""

    no: str | None  #: As the document counts: "8", "1.2", "III.4"; None for a duty in running text.
    text: str  #: As written, without the number.
    assignees: tuple[str, ...]  #: Who is to do it, as written.
    tiers: tuple[Tier, ...]  #: The kinds of places those belong to, each once.
    items: tuple[str, ...]  #: What stands below it, in order, without bullets.
    deadlines: tuple[Deadline, ...]  #: By when, its items' deadlines among them.
    named_below: tuple[str, ...] = ()  #: Who is made responsible for one of its items alone.


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed."""

    name: str | None  #: As written, family name first.
    title: str | None  #: "PHÓ CHỦ TỊCH"; several titles in one line.
    authority: str | None  #: On whose behalf: "TM.", "KT.", "TL.", "TUQ.", "Q."; None in one's own right.


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What an official document says."""

    type: Type | None  #: By its symbol, or by its title.
    number: int | None  #: None when the place is left blank.
    symbol: str | None  #: What stands after the slash: "CV-TTCH".
    issuer: str | None  #: Who issued it, without the superior body above it.
    place: str | None  #: Where it was signed.
    date: PartialDate | None  #: When it was signed.
    subject: str | None  #: What it is about, without "V/v".
    addressees: tuple[str, ...]  #: Those after "Kính gửi".
    references: tuple[Reference, ...]  #: The documents it cites, each once, in order.
    tasks: tuple[Task, ...]  #: The duties it gives, in order.
    recipients: tuple[str, ...]  #: Those after "Nơi nhận".
    signer: Signer | None  #: Who signed.
    missing: tuple[str, ...]  #: Names of the fields above that are missing, incomplete or doubtful.
