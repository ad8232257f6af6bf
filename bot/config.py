"""config.toml and the environment become settings that are frozen, typed and checked.

The environment wins: `TOCOVID_TELEGRAM__TOKEN` overrides `[telegram] token`. What is wrong is said with the
file, the line, the key and, for a misspelt key, the nearest known one; a secret is never repeated.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Any, Literal, get_type_hints
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.catalogue import FIRST_LANGUAGE, languages
from bot.config_environment import override, variables_of
from bot.config_errors import ConfigError, Origin, Problem, Sources, bad_toml, explain
from bot.config_values import (
    Address,
    ClockTime,
    DatabaseUrl,
    Duration,
    Language,
    ListenAddress,
    PhoneNumbers,
    ProxyUrl,
    RouteLine,
    ServerRoot,
    Size,
    Tier,
    TierList,
    Timezone,
    Token,
    WebhookSecret,
    WebhookUrl,
    folder_of,
    read_secret,
    wrong,
)
from models.rules.plans import Preset
from models.rules.policy import Policy
from models.rules.room import Marks
from models.rules.routing import SHIPPED, route_of
from models.rules.tiers import PRESETS
from models.rules.triage import Category

__all__ = ["ConfigError", "Settings", "known_keys", "load"]

DATABASE_FILE = "tocovid.sqlite3"  #: Where everything is kept unless [database] url says otherwise.


class Section(BaseModel):
    """One [section] of config.toml: nothing in it changes, and a key it does not know is refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True, arbitrary_types_allowed=True
    )


class TelegramSettings(Section):
    """[telegram]: how the bot reaches Telegram."""

    token: Token | None = None  #: What @BotFather gave; None only for commands that need no Telegram.
    token_file: Path | None = None  #: A file that holds the token alone.
    base_url: ServerRoot = "https://api.telegram.org"  #: Root of the Bot API server, without /bot.
    proxy: ProxyUrl | None = None  #: An HTTP proxy on the way to that server; may hold a password.
    mode: Literal["polling", "webhook"] = "polling"  #: Who calls whom: the bot asks, or Telegram calls.
    webhook_url: WebhookUrl | None = None  #: The https address that Telegram calls in mode "webhook".
    webhook_secret: WebhookSecret | None = None  #: What Telegram must show there; None: a new one at every start.

    @model_validator(mode="before")
    @classmethod
    def _a_token_may_lie_in_a_file(cls, section: object, info: ValidationInfo) -> object:
        if not isinstance(section, dict):
            return section
        given = {key: value for key, value in section.items() if value != ""}
        if "token" in given and "token_file" in given:
            raise wrong("config.two_tokens")
        if "token_file" in given:
            given["token"] = read_secret(folder_of(info) / str(given["token_file"]))
        return given

    @model_validator(mode="after")
    def _a_webhook_has_an_address(self) -> TelegramSettings:
        if self.mode == "webhook" and not self.webhook_url:
            raise wrong("config.webhook_incomplete")
        return self

    def require_token(self) -> SecretStr:
        """The token; raises `ConfigError` where Telegram is needed and no token was given."""
        if self.token is None:
            raise ConfigError([Problem("config.no_token", Origin(key="telegram.token"))])
        return self.token


class DatabaseSettings(Section):
    """[database]: where everything is kept."""

    url: DatabaseUrl = SecretStr(f"sqlite:///{DATABASE_FILE}")  #: sqlite:///… or postgresql://…, with its password.


class WebSettings(Section):
    """[web]: the bot's own pages."""

    listen: ListenAddress = Address("127.0.0.1", 8080)  #: Where health is served, and a webhook; None when off.


class CommunitySettings(Section):
    """[community]: the place that is served."""

    timezone: Timezone = ZoneInfo("Asia/Ho_Chi_Minh")  #: Whose clocks people there look at.
    language: Language = "vi"  #: What the bot speaks until a person chooses another language.
    tiers: TierList = tuple(Tier(name=name) for name in PRESETS["2021"])  #: From the widest to the homes.
    code_prefix: str = Field("TD", pattern="^[A-Z]{2,4}$")  #: What receipt codes begin with: TD-48213.
    hotlines: PhoneNumbers = ("115", "19009095")  #: Told to whoever may be in danger, in this order.

    @field_validator("tiers")
    @classmethod
    def _tiers_are_a_ladder(cls, tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
        if len(tiers) < 2 or len({tier.name for tier in tiers}) < len(tiers):
            raise wrong("config.tiers_no_ladder")
        return tiers

    @property
    def tier_names(self) -> tuple[str, ...]:
        """The names of the tiers, widest first."""
        return tuple(tier.name for tier in self.tiers)


class ReportSettings(Section):
    """[reports]: how long a report waits before it climbs."""

    patience_p1: Duration = timedelta(minutes=5)  #: Life in danger: everybody is called at once, then again.
    patience_p2: Duration = timedelta(minutes=30)  #: Urgent.
    patience_p3: Duration = timedelta(hours=4)  #: Within the shift; the clock rests at night.
    patience_p4: Duration = timedelta(hours=24)  #: Within a day; the clock rests at night.
    night_from: ClockTime = time(21)  #: Local time at which the night begins.
    night_until: ClockTime = time(6)  #: Local time at which it ends.
    standstill_p1: Duration = timedelta(minutes=30)  #: So long may a report that was taken up stand still.
    standstill_p2: Duration = timedelta(hours=2)  #: The same for P2.
    standstill_p3: Duration = timedelta(hours=12)  #: The same for P3; the clock rests at night.
    standstill_p4: Duration = timedelta(hours=48)  #: The same for P4; the clock rests at night.
    offers_a_day: int = Field(3, ge=0)  #: So often a day one group's talk is offered to be sent.
    pattern_homes: int = Field(3, ge=2)  #: So many homes of one village that tell of the same raise an alert.
    pattern_within: Duration = timedelta(hours=24)  #: When they tell of it within this time.
    pattern_categories: tuple[Category, ...] = tuple(sorted(Policy().pattern_categories))  #: The kinds watched.
    join_within: Duration = timedelta(minutes=15)  #: A sender's later messages join the same report until then.


class RoutingSettings(Section):
    """[routing]: who works on what first, who else reads it, how long each rung waits, what the night does."""

    emergency: RouteLine = route_of("emergency", SHIPPED)  #: A life is in danger; every tier is told at once.
    symptom: RouteLine = route_of("symptom", SHIPPED)  #: Someone is ill or tested positive.
    contact: RouteLine = route_of("contact", SHIPPED)  #: Someone was near a case.
    movement: RouteLine = route_of("movement", SHIPPED)  #: Someone came from elsewhere.
    violation: RouteLine = route_of("violation", SHIPPED)  #: Rules are being broken.
    relief: RouteLine = route_of("relief", SHIPPED)  #: Food, medicine, money, a ride.
    vaccine: RouteLine = route_of("vaccine", SHIPPED)  #: Doses and certificates.
    question: RouteLine = route_of("question", SHIPPED)  #: Other questions.
    complaint: RouteLine = route_of("complaint", SHIPPED)  #: Officials, fees, services, when nobody is accused.
    rumour: RouteLine = route_of("rumour", SHIPPED)  #: Hearsay; only a spokesperson answers.
    privacy: RouteLine = route_of("privacy", SHIPPED)  #: Personal data.
    wellness: RouteLine = route_of("wellness", SHIPPED)  #: All well.
    team_report: RouteLine = route_of("team_report", SHIPPED)  #: A tally of those on duty.
    other: RouteLine = route_of("other", SHIPPED)  #: Everything else.
    hotline_fault: RouteLine = route_of("hotline_fault", SHIPPED)  #: Nobody answers the hotline.


class DutySettings(Section):
    """[duty]: the roster, hand-overs and the weekly test call."""

    warn_before: Duration = timedelta(days=1)  #: So long before nobody is on duty, the tier above is told.
    hand_over_within: Duration = timedelta(minutes=15)  #: A hand-over nobody took by then is raised.
    ring_next_after: Duration = timedelta(minutes=2)  #: An alarm nobody took up rings the next person then.
    test_weekday: int = Field(1, ge=1, le=7)  #: The day of the weekly test call; 1 is Monday.
    test_at: ClockTime = time(9)  #: Its local time.
    test_within: Duration = timedelta(hours=1)  #: A test call nobody tapped by then is raised.


class DirectiveSettings(Section):
    """[directives]: deadlines of directives, and when units are chased."""

    default_deadline: Duration = timedelta(hours=24)  #: When the commander names none.
    day_from: ClockTime = time(7)  #: Local time from which units are chased.
    day_until: ClockTime = time(17, 30)  #: Local time from which they are left alone.


class CheckinSettings(Section):
    """[checkins]: the hours of the rounds."""

    preset: Preset = Preset.MOUNTAIN  #: "mountain" asks the evening before, "town" in the morning.
    mourned_for: Duration = timedelta(days=7)  #: So long after a death its home is not asked.


class FigureSettings(Section):
    """[figures]: the figures of the day, from the teams upward, and the people who came."""

    daily: bool = True  #: Whether teams are asked for them.
    teams_at: ClockTime = time(15)  #: Local time at which the teams' figures are due.
    tier_takes: Duration = timedelta(hours=1)  #: How much later those of the tier above are due.
    reminds_before: Duration = timedelta(minutes=30)  #: So long before, teams that have not sent are reminded.
    arrivals_within: Duration = timedelta(hours=2)  #: Whoever came is followed, or excused, by then.


class PacingSettings(Section):
    """[pacing]: how fast the bot may talk, as Telegram allows."""

    per_second: int = Field(30, ge=1)  #: Messages in any second, all chats together.
    per_chat_second: int = Field(1, ge=1)  #: Messages a second into one chat.
    per_group_minute: int = Field(20, ge=1)  #: Messages a minute into one group.


class DiskSettings(Section):
    """[disk]: when the administrator hears that a disk runs full."""

    warn_below: Size = Marks().little  #: Free bytes under which room must be made in the next days.
    urge_below: Size = Marks().hardly_any  #: Free bytes under which room must be made now.

    @model_validator(mode="after")
    def _the_first_warning_comes_first(self) -> DiskSettings:
        if self.urge_below > self.warn_below:
            raise wrong("config.marks_reversed")
        return self


class Settings(Section):
    """Everything an installation can choose, by the sections of config.toml."""

    telegram: TelegramSettings  #: How the bot reaches Telegram.
    database: DatabaseSettings  #: Where everything is kept.
    web: WebSettings  #: The bot's own pages.
    community: CommunitySettings  #: The place that is served.
    reports: ReportSettings  #: How long reports wait.
    routing: RoutingSettings  #: Who works on what first.
    duty: DutySettings  #: The roster and its calls.
    directives: DirectiveSettings  #: Deadlines and chasing.
    checkins: CheckinSettings  #: The hours of the rounds.
    figures: FigureSettings  #: The figures of the day.
    pacing: PacingSettings  #: How fast the bot may talk.
    disk: DiskSettings  #: When a disk runs full.


SECTIONS: Mapping[str, type[Section]] = get_type_hints(Settings)


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of the file `path`, if any, and of `environ`, which wins; raises `ConfigError`."""
    text = _read(path) if path else ""
    variables = variables_of(environ, known_keys())
    given = _parse(text, path)
    for key, variable in variables.items():
        override(given, key, environ[variable], variables)
    try:
        return Settings.model_validate(given, context={"folder": path.parent if path else Path()})
    except ValidationError as error:
        details, sources = error.errors(include_url=False, include_input=False), Sources(path, text, variables)
        raise ConfigError(explain(details, sources, known_keys()), _language_of(given)) from None


def known_keys() -> tuple[str, ...]:
    """Every key an installation may set, as `telegram.token`."""
    return tuple(f"{name}.{key}" for name, section in SECTIONS.items() for key in section.model_fields)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError:
        raise ConfigError([Problem("config.no_file", Origin(file=path))]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError([Problem("config.not_utf8", Origin(file=path, line=line))]) from None


def _parse(text: str, path: Path | None) -> dict[str, Any]:
    """The sections the file writes, and an empty one for each that it leaves out."""
    try:
        return {**{name: {} for name in SECTIONS}, **tomllib.loads(text)}
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([bad_toml(error, path)]) from None


def _language_of(given: Mapping[str, Any]) -> str:
    community = given["community"]
    asked = community.get("language") if isinstance(community, dict) else None
    return asked if asked in languages() else FIRST_LANGUAGE
