"""The command `tocovid` as an administrator meets it: a process, its words and its exit codes."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from bot import cli, exits, log, running
from bot.owner import Ownership
from models.database import open_engine
from models.records import EntryState, InboxEntry, Mail, MailState

HOUSE = Path(__file__).parent.parent
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)

UNITS = "code,name,tier,parent\nTD,Tam Đường,district,\nBL,Bình Lư,commune,TD\n"
FIGURES = {
    "units", "chats", "people", "households",
    "reports_open", "rounds_open", "mail_waiting", "mail_parked",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the command answered."""

    code: int
    said: str
    complained: str


Ask = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Run `tocovid …` in a folder with a config.toml in English, on a console that knows no Vietnamese."""
    (tmp_path / "config.toml").write_text('[community]\nlanguage = "en"\n', encoding="utf-8")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TOCOVID_")}
    environ |= {"PYTHONPATH": str(HOUSE), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}

    def run(*words: str, **variables: str) -> Answer:
        command = [sys.executable, "-m", "bot.cli", *words]
        done = subprocess.run(
            command, cwd=tmp_path, env=environ | variables, capture_output=True, timeout=300, check=False
        )
        return Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run


@pytest.fixture
def units(tmp_path: Path) -> str:
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    return "units.csv"


def open_database(folder: Path) -> Engine:
    return open_engine(f"sqlite:///{folder / 'tocovid.sqlite3'}")


def park(folder: Path) -> None:
    """An update and a message that failed."""
    engine = open_database(folder)
    with Session(engine) as session, session.begin():
        session.add(
            InboxEntry(
                id=7,
                update_id=7,
                chat_id=1,
                payload="{}",
                state=EntryState.PARKED,
                received_at=NOON,
                tries=5,
                failure="KeyError at reports.file",
                settled_at=NOON,
            )
        )
        session.add(
            Mail(
                id=9,
                chat_id=1,
                kind="ReportFiled",
                state=MailState.PARKED,
                failure="too_long",
                created_at=NOON,
            )
        )
    engine.dispose()


def test_help_shows_every_command_in_vietnamese(ask: Ask) -> None:
    answer = ask("--help")
    assert answer.code == 0
    assert all(command in answer.said for command in ("run", "demo", "import", "status", "parked", "replay"))
    assert "tin của bà con đi lên" in answer.said


def test_a_list_is_taken_and_taken_again(ask: Ask, units: str) -> None:
    first, again = ask("import", "units", units), ask("import", "units", units)
    assert (first.code, again.code) == (0, 0)
    assert "New 2, changed 0, same 0, refused 0." in first.said
    assert "New 0, changed 0, same 2, refused 0." in again.said


def test_a_refused_row_ends_with_1(ask: Ask, units: str, tmp_path: Path) -> None:
    (tmp_path / units).write_text(UNITS + "X,Đâu đó,ward,TD\n", encoding="utf-8")
    answer = ask("import", "units", units)
    assert answer.code == 1
    assert 'line 4: refused, X: column tier, "ward" is not known' in answer.said


def test_the_installation_answers_in_its_own_language(ask: Ask, units: str) -> None:
    assert "Mới 2, đã sửa 0" in ask("import", "units", units, TOCOVID_COMMUNITY__LANGUAGE="vi").said


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("import", "units", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("import", "villages", "units.csv"), "villages"),
        (("status", "--config", "nowhere.toml"), "không có tệp này"),
        (("run",), "the bot has no token yet"),
        (("fly",), "fly"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why(ask: Ask, words: tuple[str, ...], reason: str) -> None:
    answer = ask(*words)
    assert answer.code == 2
    assert reason in answer.complained
    assert "Traceback" not in answer.complained


def test_a_wrong_key_is_named_with_its_line_and_the_nearest(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[telegram]\ntokn = "1:a"\n', encoding="utf-8")
    answer = ask("status")
    assert answer.code == 2
    assert "config.toml, dòng 2, telegram.tokn: không có khoá này. Ý anh/chị là telegram.token?" in answer.complained


def test_status_counts_for_people_and_for_programs(ask: Ask, units: str) -> None:
    ask("import", "units", units)
    assert "Units: 2" in ask("status").said
    counts = json.loads(ask("status", "--json").said)
    assert counts.keys() == FIGURES
    assert counts["units"] == 2


def test_status_makes_no_database_where_there_is_none(ask: Ask, tmp_path: Path) -> None:
    answer = ask("status")
    assert answer.code == 3
    assert "There is no data at" in answer.complained
    assert not (tmp_path / "tocovid.sqlite3").exists()


def test_what_failed_is_listed_and_may_try_again(ask: Ask, units: str, tmp_path: Path) -> None:
    ask("import", "units", units)
    assert "Nothing has failed" in ask("parked").said
    park(tmp_path)
    listed = ask("parked").said
    assert "in-7: received 12:00 on 23 November, tried 5 times, failed at KeyError at reports.file" in listed
    assert "out-9: written 12:00 on 23 November, a ReportFiled, refused: too_long" in listed
    assert json.loads(ask("status", "--json").said)["mail_parked"] == 2
    assert (ask("replay", "in-7").code, ask("replay", "out-9").code) == (0, 0)
    assert "Nothing has failed" in ask("parked").said


@pytest.mark.parametrize("written", ["in-7", "out-9", "7", "in-x"])
def test_what_is_not_parked_cannot_be_replayed(ask: Ask, units: str, written: str) -> None:
    ask("import", "units", units)
    answer = ask("replay", written)
    assert answer.code == 2
    assert "tocovid parked" in answer.complained


def test_lists_are_taken_beside_a_running_bot(ask: Ask, units: str, tmp_path: Path) -> None:
    ask("import", "units", units)
    engine = open_database(tmp_path)
    running = Ownership(engine)
    running.acquire()
    assert ask("import", "units", units).code == 0
    running.release()
    engine.dispose()


def test_a_database_that_is_none_is_refused(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "tocovid.sqlite3").write_bytes(b"a letter to the district" * 100)
    answer = ask("status")
    assert answer.code == 3
    assert "The database cannot be used" in answer.complained
    assert "Traceback" not in answer.complained


@pytest.mark.parametrize(
    "shortage", [MemoryError(), RuntimeError("can't start new thread"), OSError(errno.ENOMEM, "Cannot allocate memory")]
)
def test_a_bot_without_memory_says_so_and_ends_with_a_code_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shortage: Exception
) -> None:
    async def starve(*_: object, **__: object) -> int:
        raise shortage

    config = tmp_path / "config.toml"
    config.write_text('[telegram]\ntoken = "42:x"\n[community]\nlanguage = "en"\n', encoding="utf-8")
    monkeypatch.setattr(running, "run_bot", starve)
    monkeypatch.setattr(log, "configure", lambda **_: None)
    done = CliRunner().invoke(cli.app, ["run", "--config", str(config)])
    assert done.exit_code == exits.OUT_OF_MEMORY
    assert "Nothing it had accepted is lost" in done.output
