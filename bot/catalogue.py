"""The sentences of the bot: `bot/locales/<language>/*.po`, read with Babel and filled with values.

Ids are symbolic (`report.receipt`), so a translator can change every sentence without touching Python.
Sentences are plain text: a value is put in as it is, and braces in people's words mean nothing.
"""

import gettext
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from io import BytesIO
from pathlib import Path

import structlog
from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES = Path(__file__).with_name("locales")
FIRST_LANGUAGE = "vi"  #: The language the bot is written in; every other one falls back to it.

_log = structlog.get_logger(__name__)


class SentenceMissing(LookupError):
    """No language has this sentence, or a value it names was not given; it is added in bot/locales/."""


def languages() -> tuple[str, ...]:
    """The languages that have a folder of catalogues, Vietnamese first."""
    found = {catalogue.parent.name for catalogue in LOCALES.glob("*/*.po")}
    return tuple(sorted(found, key=lambda language: (language != FIRST_LANGUAGE, language)))


def read_language(language: str) -> Catalog:
    """Every family of one language in one catalogue; raises `ValueError` when two families share an id."""
    merged = Catalog(locale=language)
    for family in sorted((LOCALES / language).glob("*.po")):
        with family.open("rb") as source:
            catalog = read_po(source, locale=language, abort_invalid=True)
        for message in catalog:
            if not message.id:
                continue
            if message.id in merged:
                raise ValueError(f"{family.name}: {message.id} is in another catalogue too")
            merged[message.id] = message
    return merged


@cache
def _translations(language: str) -> gettext.GNUTranslations:
    """The sentences of `language` ready for use; read once a process, for speed."""
    compiled = BytesIO()
    write_mo(compiled, read_language(language))
    compiled.seek(0)
    translations = gettext.GNUTranslations(compiled)
    if language != FIRST_LANGUAGE:
        translations.add_fallback(_translations(FIRST_LANGUAGE))
    return translations


@dataclass(frozen=True)
class Say:
    """One language: `say("report.receipt", code=…)` is the sentence a person reads."""

    language: str  #: Its code, as the folder under bot/locales/ is called.
    strict: bool = False  #: Raise for a missing sentence, as tests want, instead of a sentence of regret.

    @property
    def _sentences(self) -> gettext.GNUTranslations:
        # Read when first spoken: a start need not wait for languages that nobody has asked for yet.
        return _translations(self.language)

    def __call__(self, message: str, /, **values: object) -> str:
        """The sentence `message` with its `{placeholders}` filled; a missing one is logged."""
        sentence = self._sentences.gettext(message)
        if sentence == message:
            return self._regret(message)
        return self._fill(message, sentence, values)

    def count(self, message: str, n: int, /, **values: object) -> str:
        """The sentence `message` in the form that `n` asks for; the number itself is `{n}`."""
        sentence = self._sentences.ngettext(message, message, n)
        if sentence == message:
            return self._regret(message)
        return self._fill(message, sentence, {"n": self.number(n), **values})

    def knows(self, message: str) -> bool:
        """Whether this language, or the one it falls back to, has the sentence."""
        return self._sentences.gettext(message) != message

    def moment(self, at: datetime, zone: tzinfo) -> str:
        """The instant `at` as people of `zone` say it: "16:00 ngày 20/7"."""
        return self._in_pattern("format.moment", at, zone)

    def clock(self, at: datetime, zone: tzinfo) -> str:
        """The time of day of `at` in `zone`: "16:00"."""
        return self._in_pattern("format.clock", at, zone)

    def hour(self, clock: time) -> str:
        """A time of day as a clock on the wall shows it: "16:00"."""
        return format_time(clock, self("format.clock"), locale=self._locale)

    def day(self, day: date) -> str:
        """A calendar day with its year: "20/7/2021"."""
        return format_date(day, self("format.day"), locale=self._locale)

    def duration(self, span: timedelta) -> str:
        """A span in two units, rounded up to minutes: "30 phút", "4 giờ", "1 giờ 30 phút", "2 ngày"."""
        if span < timedelta(minutes=1):
            return self.count("duration.second", round(span.total_seconds()))
        minutes = -(-span // timedelta(minutes=1))
        if minutes < 48 * 60:
            return self._units((minutes // 60, "hour"), (minutes % 60, "minute"))
        hours = minutes // 60
        return self._units((hours // 24, "day"), (hours % 24, "hour"))

    def number(self, n: float) -> str:
        """A number with this language's marks: 42.000 in Vietnamese, 42,000 in English."""
        return format_decimal(n, locale=self._locale)

    @property
    def _locale(self) -> Locale:
        return _locale_of(self.language)

    def _in_pattern(self, pattern: str, at: datetime, zone: tzinfo) -> str:
        return format_datetime(at.astimezone(zone), self(pattern), locale=self._locale)

    def _units(self, *parts: tuple[int, str]) -> str:
        return " ".join(self.count(f"duration.{name}", amount) for amount, name in parts if amount)

    def _fill(self, message: str, sentence: str, values: Mapping[str, object]) -> str:
        # format_map reads braces in the sentence alone, so those in people's words stay as they wrote them.
        return sentence.format_map(_Values(message, values, self.strict))

    def _regret(self, message: str) -> str:
        if self.strict:
            raise SentenceMissing(f"{message!r} is in no catalogue; add it under bot/locales/.")
        _log.error("sentence_missing", id=message, language=self.language)
        sentence = self._sentences.gettext("sentence.missing")
        return "" if sentence == "sentence.missing" else sentence


class _Values(dict[str, object]):
    """The values of one sentence; one that was forgotten shows as "…" to a person and raises in a test."""

    def __init__(self, message: str, values: Mapping[str, object], strict: bool) -> None:
        super().__init__(values)
        self._message = message
        self._strict = strict

    def __missing__(self, name: str) -> str:
        if self._strict:
            raise SentenceMissing(f"{self._message!r} names {{{name}}}, which was not given.")
        _log.error("sentence_lacks_value", id=self._message, value=name)
        return "…"


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(language)


class Catalogues:
    """Every language the bot speaks."""

    def __init__(self, languages_spoken: Mapping[str, Say]) -> None:
        self._says = languages_spoken

    @classmethod
    def load(cls, *, strict: bool = False) -> "Catalogues":
        """Every language under bot/locales/; `strict` raises `SentenceMissing`."""
        return cls({language: Say(language, strict) for language in languages()})

    def __iter__(self) -> Iterator[str]:
        return iter(self._says)

    def in_language(self, language: str) -> Say:
        """The sentences in `language`, or in Vietnamese when the bot does not speak it."""
        return self._says.get(language) or self._says[FIRST_LANGUAGE]
