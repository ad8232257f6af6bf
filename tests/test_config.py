"""config.toml and the environment: what is chosen, and what is said when it is wrong."""

import itertools
import tomllib
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.catalogue import Catalogues
from bot.config import ConfigError, Settings, known_keys, load
from bot.policies import policy_from
from models.rules.plans import Preset
from models.rules.roles import Role
from models.rules.routing import SHIPPED, First, Night, route_of

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
TOKEN = "7654321098:AAHk3-x_9QwErTyUiOpAsDfGhJkLzXcVbNm"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def settings(config: Path, text: str, **environ: str) -> Settings:
    config.write_text(text, encoding="utf-8")
    return load(config, environ)


def complaint(config: Path, text: str, **environ: str) -> str:
    """What English-speaking administrators read when `text` is their config.toml."""
    with pytest.raises(ConfigError) as refused:
        settings(config, text, **environ)
    return "\n".join(refused.value.in_words(Catalogues.load(strict=True).in_language("en")))


def test_the_example_is_a_configuration_that_works() -> None:
    assert load(EXAMPLE, {}) == load(EXAMPLE, {"UNRELATED": "x"})


def test_the_example_shows_every_key_with_its_default(tmp_path: Path) -> None:
    written = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    keys = {f"{section}.{key}" for section, keys in written.items() for key in keys}
    assert keys == set(known_keys())
    nothing_chosen = tmp_path / "config.toml"
    nothing_chosen.touch()
    example, defaults = load(EXAMPLE, {}), load(nothing_chosen, {})
    assert example.model_copy(update={"database": defaults.database}) == defaults


def test_the_example_explains_every_key() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for before, line in itertools.pairwise(lines)
        if line[:1].isalpha() and not before[:1].isalnum() and before[:1] != "#"
    ]
    assert bare == []


def test_defaults_are_those_of_the_founding_orders(config: Path) -> None:
    chosen = settings(config, "")
    assert chosen.community.tier_names == ("district", "commune", "community")
    assert chosen.community.timezone == ZoneInfo("Asia/Ho_Chi_Minh")
    assert (chosen.reports.patience_p2, chosen.reports.patience_p4) == (
        timedelta(minutes=30),
        timedelta(days=1),
    )
    assert (chosen.reports.night_from, chosen.reports.night_until) == (time(21), time(6))
    assert chosen.checkins.preset is Preset.MOUNTAIN
    assert chosen.web.listen == ("127.0.0.1", 8080)
    assert chosen.pacing.per_second == 30


def test_the_environment_wins_over_the_file(config: Path) -> None:
    text = '[telegram]\nmode = "polling"\n[reports]\npatience_p2 = "30m"\n[pacing]\nper_second = 30\n'
    chosen = settings(
        config,
        text,
        TOCOVID_TELEGRAM__TOKEN=TOKEN,
        TOCOVID_REPORTS__PATIENCE_P2="10m",
        TOCOVID_PACING__PER_SECOND="5",
        TOCOVID_WEB__LISTEN="",
        TOCOVID_COMMUNITY__TIERS="2025",
        TOCOVID_COMMUNITY__HOTLINES="115, 02133888888",
    )
    assert chosen.telegram.require_token().get_secret_value() == TOKEN
    assert chosen.reports.patience_p2 == timedelta(minutes=10)
    assert chosen.pacing.per_second == 5
    assert chosen.web.listen is None
    assert chosen.community.tier_names == ("province", "commune", "community")
    assert chosen.community.hotlines == ("115", "02133888888")


def test_settings_never_change_while_the_bot_runs(config: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        settings(config, "").pacing.per_second = 60


def test_paths_start_from_the_folder_of_the_file(config: Path) -> None:
    folder = config.parent.as_posix()
    assert settings(config, "").database.url.get_secret_value() == f"sqlite:///{folder}/tocovid.sqlite3"
    text = '[database]\nurl = "sqlite:///data/day.sqlite3"\n'
    assert settings(config, text).database.url.get_secret_value() == f"sqlite:///{folder}/data/day.sqlite3"


def test_a_postgresql_server_is_taken_as_it_is_written(config: Path) -> None:
    text = '[database]\nurl = "postgres://bot:pw@db/tamduong?host=/run"\n'
    assert settings(config, text).database.url.get_secret_value() == "postgresql://bot:pw@db/tamduong?host=/run"


def test_a_token_may_lie_in_a_file_of_its_own(config: Path) -> None:
    (config.parent / "token").write_text(f"\ufeff{TOKEN}\r\n", encoding="utf-8")
    text = '[telegram]\ntoken_file = "token"\n'
    assert settings(config, text).telegram.require_token().get_secret_value() == TOKEN
    from_environment = settings(config, text, TOCOVID_TELEGRAM__TOKEN="42:other")
    assert from_environment.telegram.require_token().get_secret_value() == "42:other"


def test_a_file_saved_by_notepad_is_read(config: Path) -> None:
    config.write_bytes('\ufeff[community]\r\nlanguage = "en"\r\n'.encode())
    assert load(config, {}).community.language == "en"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90s", timedelta(seconds=90)),
        ("5m", timedelta(minutes=5)),
        ("4h", timedelta(hours=4)),
        ("2d", timedelta(days=2)),
        ("1h30m", timedelta(minutes=90)),
    ],
)
def test_durations_are_written_as_people_write_them(config: Path, written: str, meant: timedelta) -> None:
    assert settings(config, f'[reports]\npatience_p3 = "{written}"').reports.patience_p3 == meant


@pytest.mark.parametrize(("written", "meant"), [("500MB", 5 * 10**8), ("2 gb", 2 * 10**9), ("1TB", 10**12)])
def test_sizes_are_written_as_people_write_them(config: Path, written: str, meant: int) -> None:
    assert settings(config, f'[disk]\nwarn_below = "{written}"\nurge_below = "1MB"').disk.warn_below == meant


def test_the_first_warning_about_a_disk_must_come_first(config: Path) -> None:
    assert "urge_below" in complaint(config, '[disk]\nwarn_below = "1GB"\nurge_below = "2GB"')
    assert "500MB" in complaint(config, '[disk]\nwarn_below = "much"')


def test_tiers_may_be_a_list_or_a_preset_or_bring_their_own_words(config: Path) -> None:
    in_words = Catalogues.load(strict=True)
    text = """[community]
    tiers = ["province", { name = "ward", label = { vi = "phường", en = "ward" } }, "community"]
    """
    province, ward, community = settings(config, text).community.tiers
    assert province.called(in_words.in_language("vi")) == "tỉnh"
    assert [ward.called(in_words.in_language(language)) for language in ("vi", "en")] == ["phường", "ward"]
    assert community.called(in_words.in_language("en")) == "community"
    four = settings(config, '[community]\ntiers = "province"').community.tier_names
    assert four == ("province", "district", "commune", "community")


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        ('[telegram]\ntokn = "1:a"', "line 2, telegram.tokn", "telegram.token?"),
        ("[reports]\n\n[pacing]\nper_secnd = 3", "line 4, pacing.per_secnd", "pacing.per_second?"),
        ('[telegrm]\ntoken = "1:a"', "line 1, telegrm", "mean telegram?"),
        ('# mine\ntoken = "1:a"', "line 2, token", "telegram.token?"),
        ("telegram.tokn = '1:a'", "line 1, telegram.tokn", "telegram.token?"),
        ('[reports]\npatience_p1 = "soon"', "line 2, reports.patience_p1", "1h30m"),
        ("[reports]\npatience_p1 = 300", "line 2, reports.patience_p1", '"300" is no duration'),
        ('[reports]\npatience_p1 = "0s"', "line 2, reports.patience_p1", "longer than 0"),
        ('[reports]\nnight_from = "9pm"', "line 2, reports.night_from", '"21:00"'),
        ('[community]\ntimezone = "Hanoi"', "line 2, community.timezone", "Asia/Ho_Chi_Minh"),
        ('[community]\nlanguage = "fr"', "line 2, community.language", "vi, en"),
        ('[community]\ncode_prefix = "td"', "line 2, community.code_prefix", "[A-Z]"),
        ('[community]\ntiers = "2030"', "line 2, community.tiers", "2021, 2025, province"),
        ('[community]\ntiers = ["commune"]', "line 2, community.tiers", "at least two"),
        ('[community]\ntiers = ["ward", "community"]', "line 2, community.tiers.0", "display name"),
        ("[[community.tiers]]\nname = 'commune'\n[[community.tiers]]\nnme = 'x'", "line 4", "no such key"),
        (
            '[telegram]\nbase_url = "api.telegram.org"',
            "line 2, telegram.base_url",
            "https://api.telegram.org",
        ),
        ('[telegram]\nbase_url = "https://h/bot"', "line 2, telegram.base_url", "before /bot"),
        ('[telegram]\nproxy = "socks5://h:1"', "line 2, telegram.proxy", "SOCKS"),
        ('[telegram]\nmode = "push"', "line 2, telegram.mode", '"polling" or "webhook"'),
        ('[telegram]\nmode = "webhook"', "line 1, telegram", "webhook_url"),
        ('[telegram]\ntoken_file = "nowhere"', "line 1, telegram", "cannot be read"),
        ('[telegram]\ntoken = "1:a"\ntoken_file = "b"', "line 1, telegram", "keep one"),
        ('[database]\nurl = "mysql://h/d"', "line 2, database.url", "postgresql://"),
        ('[web]\nlisten = "8080"', "line 2, web.listen", "127.0.0.1:8080"),
        ('[checkins]\npreset = "sea"', "line 2, checkins.preset", '"mountain" or "town"'),
        ("[pacing]\nper_second = 0", "line 2, pacing.per_second", "at least 1"),
        ('[pacing]\nper_second = "fast"', "line 2, pacing.per_second", "whole number"),
        ("pacing = 3", "line 1, pacing", "section"),
        ("[telegram]\nbase_url = 3", "line 2, telegram.base_url", "quotation marks"),
        ('[telegram]\ntoken = "1:a" x', "line 2", "column"),
        ("[community]\ntiers = [", "config.toml", "left open"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_is_expected(
    config: Path, text: str, place: str, advice: str
) -> None:
    said = complaint(config, text)
    assert str(config) in said
    assert place in said
    assert advice in said


def test_every_wrong_key_is_said_at_once(config: Path) -> None:
    assert complaint(config, "[pacing]\nper_second = 0\nper_minute = 1\n").count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "value", "advice"),
    [
        ("TOCOVID_TELEGRAM__TOKN", "1:a", "TOCOVID_TELEGRAM__TOKEN?"),
        ("TOCOVID_TELEGRAM_TOKEN", "1:a", "TOCOVID_TELEGRAM__TOKEN?"),
        ("TOCOVID_TELEGRM__TOKEN", "1:a", "TOCOVID_TELEGRAM__TOKEN?"),
        ("TOCOVID_REPORTS__PATIENCE_P1", "soon", "1h30m"),
    ],
)
def test_a_wrong_variable_of_the_environment_is_named(config: Path, variable: str, value: str, advice: str) -> None:
    said = complaint(config, "[reports]\npatience_p1 = '5m'\n", **{variable: value})
    assert f"environment variable {variable}: " in said
    assert advice in said
    assert "line" not in said


def test_a_file_that_is_missing_or_in_another_encoding_is_named(config: Path) -> None:
    with pytest.raises(ConfigError, match="không có tệp này"):
        load(config, {})
    config.write_bytes(b"[community]\n# x\xe3 \xff\n")
    with pytest.raises(ConfigError, match="dòng 2: tệp không phải UTF-8"):
        load(config, {})


def test_errors_speak_the_language_the_file_asks_for(config: Path) -> None:
    config.write_text('[community]\nlanguage = "en"\n[pacing]\nper_second = 0\n')
    with pytest.raises(ConfigError, match="whole number"):
        load(config, {})


def test_a_command_that_needs_telegram_says_where_the_token_goes(config: Path) -> None:
    with pytest.raises(ConfigError, match="TOCOVID_TELEGRAM__TOKEN"):
        settings(config, "").telegram.require_token()


def test_secrets_are_in_no_message_and_no_repr(config: Path) -> None:
    text = f"""
    [telegram]
    token = "{TOKEN}"
    proxy = "http://u:hush@h:1"
    webhook_secret = "whisper"
    [database]
    url = "postgresql://bot:hush@db/x"
    """
    assert not any(secret in repr(settings(config, text)) for secret in (TOKEN, "hush", "whisper"))
    for wrong in (
        text.replace(TOKEN, f"bot{TOKEN}"),
        text.replace("http://u", "ftp://u"),
        text + "other = 1",
    ):
        said = complaint(config, wrong.replace("postgresql", "mysql"))
        assert not any(secret in said for secret in (TOKEN, "hush", "whisper"))


def test_a_line_of_the_routing_table_is_written_as_it_is_typed_in_chat() -> None:
    settings = load(None, {"TOCOVID_ROUTING__RELIEF": "commune (front) + police, commune 2h, night wait"})
    route = policy_from(settings).routes["relief"]
    assert (route.first, route.by, route.also) == (First.OFFICE, (Role.FRONT,), (Role.POLICE,))
    assert (route.patience, route.night) == ({"office": timedelta(hours=2)}, Night.WAIT)
    with pytest.raises(ConfigError):
        load(None, {"TOCOVID_ROUTING__RELIEF": "the moon"})


def test_the_routing_table_of_the_configuration_is_the_shipped_one() -> None:
    routes = policy_from(load(None, {})).routes
    assert routes == {matter: route_of(matter, SHIPPED) for matter in routes}
