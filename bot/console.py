"""What every command of the command line shares: its language, the settings, the database, and how it refuses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from bot import exits
from bot.catalogue import FIRST_LANGUAGE, Catalogues, Say
from bot.config import ConfigError, Settings, load

DEFAULT_CONFIG = Path("config.toml")
#: What a server that is away, a full disk and a file that is no database look like; the rest are our mistakes.
OUT_OF_REACH = (OperationalError, DatabaseError)

catalogues = Catalogues.load()
#: The language of `--help`: no configuration has been read when it is shown.
help_in = catalogues.in_language(os.environ.get("TOCOVID_COMMUNITY__LANGUAGE", FIRST_LANGUAGE))

ConfigPath = Annotated[Path | None, typer.Option("--config", "-c", help=help_in("cli.config"))]


def chosen(config: Path | None) -> tuple[Settings, Say]:
    """The settings, and the language the installation speaks; without --config, ./config.toml where it exists.

    Raises `ConfigError`.
    """
    path = config or (DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None)
    settings = load(path, os.environ)
    return settings, catalogues.in_language(settings.community.language)


def token_of(settings: Settings) -> str:
    """The token, never to be shown; its absence is told in the installation's language. Raises `ConfigError`."""
    try:
        return settings.telegram.require_token().get_secret_value()
    except ConfigError as error:
        raise ConfigError(error.problems, settings.community.language) from None


@contextmanager
def opened(settings: Settings, say: Say, *, may_make: bool = False) -> Iterator[Engine]:
    """The database the settings name; whatever keeps it shut is said in words, and the command ends."""
    from bot.opening import DatabaseOfOtherVersion, NoDatabase, database

    try:
        with database(settings.database.url.get_secret_value(), may_make=may_make) as engine:
            yield engine
    except NoDatabase as error:
        refuse(say("cli.no_database", file=error))
    except DatabaseOfOtherVersion as error:
        refuse(say("cli.database_of_other_version", database=error))
    except DatabaseError as error:
        if type(error) not in OUT_OF_REACH:
            raise
        refuse(say("cli.database_out_of_reach", reason=str(error.orig)))


def refuse(sentence: str) -> NoReturn:
    """Say why the command cannot even begin, and end it."""
    complain(sentence)
    raise typer.Exit(exits.REFUSED_TO_START)


def complain(line: str) -> None:
    """Say something that is not the command's result."""
    typer.echo(line, err=True)
