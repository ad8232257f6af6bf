"""Logs tell what happened to which id; a token or a person's words never reach them."""

import io
import json
import logging
import os
import time
from collections.abc import Iterator

import pytest
import structlog

from bot import log, outlet

TOKEN = "7654321098:AAHk3-x_9QwErTyUiOpAsDfGhJkLzXcVbNm"


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def lines() -> io.StringIO:
    return io.StringIO()


def test_a_line_names_the_action_and_the_ids(lines: io.StringIO) -> None:
    log.configure(stream=lines)
    structlog.get_logger("bot.intake").info("report_filed", report=48213, unit=7)
    line = lines.getvalue()
    assert "event='report_filed'" in line
    assert "report=48213 unit=7" in line
    assert line.count("\n") == 1


def test_machines_read_json(lines: io.StringIO) -> None:
    log.configure(stream=lines, as_json=True)
    structlog.get_logger().warning("chat_lost", chat=-100123)
    said = json.loads(lines.getvalue())
    assert (said["event"], said["chat"], said["level"]) == ("chat_lost", -100123, "warning")


@pytest.mark.parametrize("as_json", [False, True])
def test_a_token_is_hidden_in_our_lines(lines: io.StringIO, as_json: bool) -> None:
    log.configure(stream=lines, as_json=as_json)
    structlog.get_logger().info("poll", address=f"https://api.telegram.org/bot{TOKEN}/getMe", note=f"x{TOKEN}")
    assert "AAHk3" not in lines.getvalue()


@pytest.mark.parametrize("library", ["aiohttp.client", "telegram.ext", "sqlalchemy.engine", "alembic"])
def test_a_token_is_hidden_in_the_lines_of_libraries(lines: io.StringIO, library: str) -> None:
    log.configure(stream=lines)
    logging.getLogger(library).error("POST %s failed", f"http://127.0.0.1/bot{TOKEN}/sendMessage")
    logging.getLogger(library).error("POST %s", TOKEN.replace(":", "%3A"))
    assert lines.getvalue().count(log.HIDDEN) == 2
    assert "AAHk3" not in lines.getvalue()


@pytest.mark.parametrize("as_json", [False, True])
def test_a_token_is_hidden_in_the_text_of_an_exception(lines: io.StringIO, as_json: bool) -> None:
    log.configure(stream=lines, as_json=as_json)
    try:
        raise RuntimeError(f"cannot reach /bot{TOKEN}/getUpdates")
    except RuntimeError:
        structlog.get_logger().exception("poll_failed", attempt=3)
        logging.getLogger("aiohttp").exception("again")
    assert lines.getvalue().count("cannot reach") >= 2
    assert "AAHk3" not in lines.getvalue()


def test_passwords_in_addresses_and_given_secrets_are_hidden(lines: io.StringIO) -> None:
    log.configure(stream=lines, secrets=["42:short"])
    structlog.get_logger().info("connected", database="postgresql://bot:s3cret@db/x", proxy="http://u:pw@p:1")
    structlog.get_logger().info("started", token="42:short")
    assert not any(secret in lines.getvalue() for secret in ("s3cret", "pw@", "42:short"))
    assert "postgresql://bot:" in lines.getvalue()


def test_peoples_words_are_hidden_even_when_handed_over(lines: io.StringIO) -> None:
    log.configure(stream=lines)
    structlog.get_logger().info("report_filed", report=1, text="bà Mỷ sốt", phone="0912345678", name="Giàng")
    assert not any(word in lines.getvalue() for word in ("Mỷ", "0912345678", "Giàng"))


def test_the_values_of_a_failed_statement_are_hidden(lines: io.StringIO) -> None:
    log.configure(stream=lines)
    logging.getLogger("sqlalchemy").error(
        "locked\n[SQL: INSERT INTO reports (words) VALUES (?)]\n[parameters: ('bà [Mỷ] sốt', 1)]\n(x)"
    )
    assert "Mỷ" not in lines.getvalue()
    assert "INSERT INTO reports" in lines.getvalue()


def test_libraries_are_heard_from_warnings_upward(lines: io.StringIO) -> None:
    log.configure(stream=lines, level=logging.DEBUG)
    logging.getLogger("apscheduler.scheduler").info("Added job")
    assert lines.getvalue() == ""


class Full(io.StringIO):
    """Takes nothing while it is full."""

    is_full = False

    def write(self, text: str) -> int:
        if self.is_full:
            raise OSError(28, "No space left on device")
        return super().write(text)


def test_a_full_disk_costs_lines_and_nothing_else_and_is_told_of_once_there_is_room(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = Full()
    log.configure(stream=lines)
    lines.is_full = True
    for _ in range(3):
        structlog.get_logger().info("report_filed", report=1, text="bà Mỷ sốt")
    lines.is_full = False
    structlog.get_logger().info("report_filed", report=2)
    structlog.get_logger().info("report_filed", report=3)
    assert lines.getvalue().count("event='report_filed'") == 2
    assert lines.getvalue().count("log_lines_lost") == 1
    assert "lines=3" in lines.getvalue()
    # Not even about the lines that were lost is anything said that was not masked.
    assert capsys.readouterr().err == ""


def test_a_reader_who_stops_reading_holds_up_nobody_and_is_told_later_what_was_lost() -> None:
    read, write = os.pipe()
    with open(write, "w", encoding="utf-8") as stream, open(read, encoding="utf-8") as reader:
        slow = outlet.Outlet(stream)
        log.configure(handler=slow.handler())
        # Nothing has begun to read, nor to write: so many lines wait, and no more.
        for number in range(outlet.MOST_WAITING + 7):
            structlog.get_logger().info("report_filed", report=number)
        slow.start()
        come = [reader.readline() for _ in range(outlet.MOST_WAITING)]
        structlog.get_logger().info("report_filed", report=9999)
        come += [reader.readline() for _ in range(2)]
        slow.let_go(time.monotonic() + 10)
    assert sum("event='report_filed'" in line for line in come) == outlet.MOST_WAITING + 1
    assert ["lines=7 " in line for line in come if "log_lines_lost" in line] == [True]


def test_what_still_waits_at_the_end_is_written() -> None:
    read, write = os.pipe()
    with open(write, "w", encoding="utf-8") as stream, open(read, encoding="utf-8") as reader:
        quick = outlet.Outlet(stream)
        quick.say("tocovid đã dừng")
        quick.start()
        quick.let_go(time.monotonic() + 10)
        assert reader.readline() == "tocovid đã dừng\n"
