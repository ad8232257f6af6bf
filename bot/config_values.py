"""What a value in config.toml may look like: durations, addresses, times of day, tiers, secrets.

A value that will not do is refused with the id of a sentence in bot/locales/ that says what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    SecretStr,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.catalogue import FIRST_LANGUAGE, Catalogues, Say, languages
from models.rules.routing import MATTERS, Route, read_route
from models.rules.tiers import PRESETS

_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_SIZE = re.compile(r"(\d{1,6}) ?(MB|GB|TB)")
_UNITS = {"MB": 10**6, "GB": 10**9, "TB": 10**12}
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def wrong(reason: str, **values: object) -> PydanticCustomError:
    """A refusal whose sentence is `reason` in the catalogues; `values` fill it and are never secrets."""
    return PydanticCustomError(reason, reason, values)


def parse_duration(written: object) -> timedelta:
    """`90s`, `5m`, `4h`, `2d` or a combination such as `1h30m` as a span longer than nothing."""
    if isinstance(written, timedelta):
        return written
    parts = _DURATION.fullmatch(written) if isinstance(written, str) else None
    if parts is None or not written:
        raise wrong("config.bad_duration", given=str(written))
    days, hours, minutes, seconds = (int(part or 0) for part in parts.groups())
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not span:
        raise wrong("config.bad_duration", given=str(written))
    return span


def parse_size(written: object) -> int:
    """`500MB`, `2GB` or `1TB` as bytes, by thousands as disks are sold."""
    if isinstance(written, int):
        return written
    parts = _SIZE.fullmatch(str(written).strip().upper())
    if parts is None:
        raise wrong("config.bad_size", given=str(written))
    return int(parts[1]) * _UNITS[parts[2]]


def parse_clock(written: object) -> time:
    """`21:00` as a time of day; TOML's own time of day is taken as well."""
    if isinstance(written, time):
        return written
    try:
        return time.fromisoformat(str(written))
    except ValueError:
        raise wrong("config.bad_clock", given=str(written)) from None


def parse_timezone(written: object) -> ZoneInfo:
    """A name of the IANA time zone database, such as Asia/Ho_Chi_Minh."""
    if isinstance(written, ZoneInfo):
        return written
    try:
        return ZoneInfo(str(written))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong("config.bad_timezone", given=str(written)) from None


class Address(NamedTuple):
    """Where the bot's own pages are served."""

    host: str  #: A name or number of this machine; 127.0.0.1 is reached from nowhere else.
    port: int  #: 0 lets the system choose.


def parse_listen(written: object) -> Address | None:
    """`host:port`, or nothing at all for "serve no pages"."""
    if written is None or isinstance(written, Address):
        return written
    host, _, port = str(written).rpartition(":")
    if written == "":
        return None
    if not host or not port.isdecimal() or int(port) > 65535:
        raise wrong("config.bad_listen", given=str(written))
    return Address(host.strip("[]"), int(port))


def _is_url(written: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(written)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _server_root(url: str) -> str:
    if not _is_url(url, "http", "https"):
        raise wrong("config.bad_url", given=url)
    if url.rstrip("/").endswith("/bot"):
        raise wrong("config.base_url_with_bot", given=url)
    return url.rstrip("/")


def _webhook_url(url: str) -> str:
    # Telegram itself demands https; a Bot API server on the same machine may call without it.
    on_this_machine = _is_url(url, "http") and urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
    if not (_is_url(url, "https") or on_this_machine):
        raise wrong("config.bad_webhook_url", given=url)
    return url


def _proxy(url: SecretStr) -> SecretStr:
    if not _is_url(url.get_secret_value(), "http", "https"):
        raise wrong("config.bad_proxy")
    return url


def _token(token: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(token.get_secret_value()):
        raise wrong("config.bad_token")
    return token


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
        raise wrong("config.bad_webhook_secret")
    return secret


def _database_url(url: SecretStr, info: ValidationInfo) -> SecretStr:
    """The URL; a relative SQLite path starts from the folder of config.toml, wherever the bot is started."""
    scheme, mark, place = url.get_secret_value().partition("://")
    if scheme in ("postgresql", "postgres") and place:
        return SecretStr(f"postgresql://{place}")
    if scheme != "sqlite" or not mark or not place.startswith("/") or place == "/":
        raise wrong("config.bad_database")
    file = folder_of(info) / Path(place[1:]).expanduser()
    return SecretStr(f"sqlite:///{file.as_posix()}")


def folder_of(info: ValidationInfo) -> Path:
    """The folder that relative paths start from: that of config.toml, else where the bot was started."""
    folder = (info.context or {}).get("folder", Path())
    return Path(folder).absolute()


def read_secret(file: Path) -> str:
    """The one line that `file` holds."""
    try:
        return file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise wrong("config.token_file_unreadable", file=str(file)) from None


def _language(code: str) -> str:
    if code not in languages():
        raise wrong("config.one_of", expected=", ".join(languages()))
    return code


def _phone_numbers(written: object) -> object:
    return [part.strip() for part in written.split(",") if part.strip()] if isinstance(written, str) else written


def parse_route(written: object) -> Route:
    """A line of the routing table as `/phancong` reads it: `team + health, commune 2h, night wait`."""
    if isinstance(written, Route):
        return written
    typed = read_route(f"{MATTERS[0]}: {written}")
    if typed is None or typed.route is None:
        raise wrong("config.bad_route", given=str(written))
    return typed.route


class Tier(BaseModel):
    """One tier of places: what the programs call it, and what people call it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")  #: As in the column `tier` of an imported list.
    label: Mapping[str, str] = {}  #: Language → display name, for a tier that no catalogue names.

    @model_validator(mode="after")
    def _people_have_a_word_for_it(self) -> Tier:
        known = Catalogues.load().in_language(FIRST_LANGUAGE).knows(f"tier.{self.name}")
        if not known and FIRST_LANGUAGE not in self.label:
            raise wrong("config.tier_without_label", tier=self.name)
        return self

    def called(self, say: Say) -> str:
        """What people who read `say`'s language call this tier."""
        return self.label.get(say.language) or self.label.get(FIRST_LANGUAGE) or say(f"tier.{self.name}")


def parse_tiers(written: object) -> object:
    """A preset's name, or tiers from the widest to the homes, each a name or a table."""
    if isinstance(written, int | str):
        names = PRESETS.get(str(written)) or re.split(r"[\s,]+", str(written).strip())
        if len(names) < 2:
            raise wrong("config.bad_tiers", given=str(written), presets=", ".join(PRESETS))
        return [{"name": name} for name in names]
    if isinstance(written, Sequence):
        return [{"name": tier} if isinstance(tier, str) else tier for tier in written]
    raise wrong("config.bad_tiers", given=str(written), presets=", ".join(PRESETS))


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
Size = Annotated[int, PlainValidator(parse_size)]
ClockTime = Annotated[time, PlainValidator(parse_clock)]
RouteLine = Annotated[Route, PlainValidator(parse_route)]
Timezone = Annotated[ZoneInfo, PlainValidator(parse_timezone)]
ListenAddress = Annotated[Address | None, PlainValidator(parse_listen)]
ServerRoot = Annotated[str, AfterValidator(_server_root)]
WebhookUrl = Annotated[str, AfterValidator(_webhook_url)]
ProxyUrl = Annotated[SecretStr, AfterValidator(_proxy)]
Token = Annotated[SecretStr, AfterValidator(_token)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_webhook_secret)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]
Language = Annotated[str, AfterValidator(_language)]
PhoneNumbers = Annotated[tuple[str, ...], BeforeValidator(_phone_numbers)]
TierList = Annotated[tuple[Tier, ...], BeforeValidator(parse_tiers)]
