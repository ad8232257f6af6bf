"""After a day of work: what the log says, and what a stolen database file would tell."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
import structlog

from bot.demo.stage import TOKEN
from bot.log import configure
from models.records import InvitationKind
from models.work import Work
from tests.databases import SqliteFiles
from tests.stories.stage import raise_curtain
from tests.stories.world import MORNING

WORDS = "Mẹ cháu sốt cao, nhà ở cuối con dốc đá"
NAME = "Giàng A Riêng"


@dataclass
class Remains:
    """What a day left behind."""

    log: str
    stored: bytes  #: The database's file and its write-ahead log.
    code: str  #: The first start's code, which was used.
    links: list[str]  #: Tokens handed out and never used.
    phones: list[str]
    names: list[str]


@pytest.fixture
def listening() -> Iterator[io.StringIO]:
    """Everything that is logged, however small; the libraries too."""
    root, heard = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    configure(level=logging.DEBUG, stream=heard)
    yield heard
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest_asyncio.fixture
async def remains(sqlite_files: SqliteFiles, tmp_path: Path, listening: io.StringIO) -> Remains:
    with sqlite_files.new_url() as url:
        async with raise_curtain(url, tmp_path, MORNING) as stage:

            def hand_out(session: object) -> tuple[str, str]:
                work = Work(session, stage.app.clock(), stage.app.policy)  # type: ignore[arg-type]
                someone = work.people.find_by_account(stage.member.account)
                assert someone is not None
                until = work.now + work.policy.link_valid_for
                code = work.invitations.make(InvitationKind.ADMINISTRATOR, expires_at=until)
                return code, work.invitations.make(InvitationKind.JOIN, person_id=someone.id, expires_at=until)

            code, link = await stage.app.writer.transact(hand_out)
            stage.start(stage.administrator, code)
            await stage.sees(stage.administrator, "là quản trị từ bây giờ")
            stage.start(stage.resident)
            stage.writes(stage.resident, WORDS)
            await stage.code(stage.resident)
            stage.start(stage.stranger, "moi-WRONGWRONGWRONG")
            stage.writes(stage.stranger, f"{NAME}: {WORDS}")
            stage.writes(stage.commander, "/chidao Các tổ họp lúc 8 giờ")
            await stage.quiet()
            structlog.get_logger().debug("day_ended")
            files = [Path(url.removeprefix("sqlite:///") + end) for end in ("", "-wal")]
            stored = b"".join(file.read_bytes() for file in files if file.exists())
            people = [*stage.residents, stage.member, stage.chair]
            return Remains(
                log=listening.getvalue(),
                stored=stored,
                code=code,
                links=[link],
                phones=[person.phone for person in people if person.phone],
                names=[person.name for person in people],
            )


async def test_the_log_tells_of_actions_and_never_of_people_or_secrets(remains: Remains) -> None:
    assert "day_ended" in remains.log  # else nothing was listened to
    secrets = [TOKEN, TOKEN.split(":")[1], remains.code, *remains.links, "WRONGWRONGWRONG"]
    people = [WORDS, WORDS[:12], NAME, *remains.phones, *remains.names]
    assert [mark for mark in (*secrets, *people) if mark in remains.log] == []


async def test_a_stolen_file_opens_no_door(remains: Remains) -> None:
    assert TOKEN.encode() not in remains.stored
    assert TOKEN.split(":")[1].encode() not in remains.stored
    for token in remains.links:
        assert token.encode() not in remains.stored
        assert token.lower().encode() not in remains.stored


async def test_what_a_stolen_file_does_tell_is_written_down(remains: Remains) -> None:
    assert WORDS.encode() in remains.stored
    page = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
    for kind in ("words", "names", "phones", "homes", "health", "hash"):
        assert kind in page
