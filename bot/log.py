"""Log lines on standard error: an action and ids, never a token and never people's words."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"  #: What stands in a line instead of a secret or of people's words.
CHATTY = ("aiohttp", "alembic", "apscheduler", "asyncio", "httpcore", "httpx", "sqlalchemy", "telegram")

_TOKEN = re.compile(r"\d+(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_PASSWORD_IN_URL = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]+@")
# SQLAlchemy quotes the values of a failed statement, and those are people's words.
_QUOTED_VALUES = re.compile(r"\[parameters: .*?\](?=\s|\\n|$)", re.DOTALL)
_PEOPLES_OWN = frozenset({"address", "caption", "head", "name", "payload", "phone", "text", "title", "words"})


class Unfailing(logging.Handler):
    """Mixed into a handler: what it cannot take costs lines, which are counted and told of later, and nothing else."""

    _lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        before = self._lost
        super().emit(record)
        if before and self._lost == before:
            self._lost = 0
            structlog.get_logger(__name__).warning("log_lines_lost", lines=before)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Count the line; the library would print its parts, which nobody has masked."""
        # Only a bot counts: other commands need not wait for what counting takes.
        from bot.meters import log_lines_lost

        self._lost += 1
        log_lines_lost.inc()


class Tireless(Unfailing, logging.StreamHandler[TextIO]):
    """Writes what it can: the disk may be full, the reader gone."""


class Mask:
    """Renders a line with `render` and hides every token, password and given secret in what came out."""

    def __init__(self, render: Processor, secrets: Iterable[str] = ()) -> None:
        self._render = render
        self._secrets = tuple(secret for secret in secrets if secret)

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> str:
        # The finished line is masked, not its parts: tokens also hide in tracebacks and in libraries' texts.
        return self.hide(str(self._render(logger, method, event)))

    def hide(self, line: str) -> str:
        """`line` without anything secret."""
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        line = _QUOTED_VALUES.sub(f"[parameters: {HIDDEN}]", line)
        return _TOKEN.sub(HIDDEN, _PASSWORD_IN_URL.sub(rf"\1:{HIDDEN}@", line))


def forget_peoples_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The event without what belongs to people, should a caller hand it over after all."""
    return {key: HIDDEN if key in _PEOPLES_OWN else value for key, value in event.items()}


def configure(
    *,
    as_json: bool = False,
    level: int = logging.INFO,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    handler: logging.Handler | None = None,
) -> None:
    """Send our own lines and those of every library to `handler`, or `stream` (standard error), one event a line.

    Lines are `key=value`, or JSON for machines. `secrets` are hidden wherever they turn up, besides what is
    shaped like a token. Libraries are heard from warnings upward.
    """
    handler = handler or Tireless(_in_utf8(stream or sys.stderr))
    handler.setFormatter(_formatter(as_json, secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for library in CHATTY:
        logging.getLogger(library).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        # Most lines are below the level, and making them ready costs as much as writing them.
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


def _shared() -> list[Processor]:
    """What our own lines and the libraries' go through before they are rendered."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        forget_peoples_words,
    ]


def _formatter(as_json: bool, secrets: Iterable[str]) -> structlog.stdlib.ProcessorFormatter:
    # Times, the action and the exception first; the ids follow in the order they were given.
    in_words = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    render = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else in_words
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            Mask(render, secrets),
        ],
    )


def _in_utf8(stream: TextIO) -> TextIO:
    """`stream` writing UTF-8, which the console of Windows does not by itself."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream
