"""The command `tocovid`.

Each command imports what it needs when it is called, so that `--help` and `status` do not wait for the rest.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import exits, log
from bot.catalogue import Say
from bot.config import ConfigError
from bot.console import (
    DEFAULT_CONFIG,
    ConfigPath,
    catalogues,
    chosen,
    complain,
    help_in,
    opened,
    refuse,
    token_of,
)
from bot.moments import WallClock
from bot.outlet import outlets
from bot.reading.command import commands

if TYPE_CHECKING:
    from bot.demo.district import District

#: How many homes the demo has when nobody says otherwise.
DEFAULT_HOMES = "1560"

app = typer.Typer(
    help=help_in("cli.tocovid"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.add_typer(commands(help_in), name="directive")


class Kind(StrEnum):
    """What a list is about."""

    UNITS = "units"  #: Places and their chats.
    PEOPLE = "people"  #: Those in charge, with their roles.
    HOUSEHOLDS = "households"  #: Homes and the accounts that speak for them.
    SHIFTS = "shifts"  #: Who is on duty when.


class Language(StrEnum):
    """What the demo is played in."""

    VI = "vi"  #: Vietnamese, as in the district.
    EN = "en"  #: English, for whoever looks on.


@app.command("run", help=help_in("cli.run"))
def run_bot(
    config: ConfigPath = None,
    as_json: Annotated[bool, typer.Option("--json-log", help=help_in("cli.json_log"))] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help=help_in("cli.verbose"))] = False,
    stands_by: Annotated[bool, typer.Option("--standby", help=help_in("cli.standby"))] = False,
) -> None:
    """Run the bot until it is told to end."""
    # Nothing that is being imported is garbage yet; looking for it took a tenth of the start (measured).
    gc.disable()
    from bot import running
    from bot.writer import is_shortage

    gc.enable()
    settings, say = chosen(config)
    # Programs read every step of every request; a person at the screen only what matters.
    level = logging.DEBUG if verbose or as_json else logging.INFO
    secrets = [token_of(settings)]
    with outlets() as (out, err):
        log.configure(as_json=as_json, level=level, secrets=secrets, handler=err.handler())
        try:
            with asyncio.Runner(loop_factory=running.new_loop) as runner:
                code = runner.run(running.run_bot(settings, say, out.say, err.say, stands_by=stands_by))
        except Exception as error:
            if not is_shortage(error):
                raise
            # What was under way did not happen; whoever starts the bot again starts it with nothing in memory.
            err.say(say("run.out_of_memory"))
            code = exits.OUT_OF_MEMORY
    raise typer.Exit(code)


@app.command(help=help_in("cli.demo"))
def demo(
    port: Annotated[int, typer.Option("--port", help=help_in("cli.port"), min=0, max=65535)] = 0,
    data: Annotated[Path | None, typer.Option("--data", help=help_in("cli.data"), metavar="DIR")] = None,
    units: Annotated[Path | None, typer.Option("--units", help=help_in("cli.own_units"), metavar="FILE")] = None,
    households: Annotated[
        str, typer.Option("--households", help=help_in("cli.households"), metavar="N|FILE")
    ] = DEFAULT_HOMES,
    story: Annotated[bool, typer.Option("--story", help=help_in("cli.story"))] = False,
    language: Annotated[Language, typer.Option("--language", help=help_in("cli.language"))] = Language.VI,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help=help_in("cli.verbose"))] = False,
) -> None:
    """Play a district on this machine, made up or one's own: no token, no configuration, no network."""
    from bot.demo.running import run_demo
    from bot.demo.story import run_story

    say = catalogues.in_language(language.value)
    log.configure(level=logging.INFO if verbose else logging.WARNING)
    district = _district(units, households, say)
    if story:
        raise typer.Exit(asyncio.run(run_story(say, typer.echo, district)))
    try:
        code = asyncio.run(run_demo(say, typer.echo, port=port, folder=data, district=district, verbose=verbose))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        refuse(say("cli.port_taken", port=port))
    raise typer.Exit(code)


def _district(units: Path | None, households: str, say: Say) -> District:
    """The district to play: one's own where a list of its units is given, else one of so many homes."""
    from bot.demo.district import FEWEST_HOMES, build
    from bot.demo.own import district_from
    from bot.errands.apart import Refused
    from bot.importing.telling import unreadable

    try:
        if units is not None:
            return district_from(units, None if households == DEFAULT_HOMES else Path(households))
        if households.isdecimal() and int(households) >= FEWEST_HOMES:
            return build(int(households))
        complain(say("demo.bad_households", given=households, fewest=FEWEST_HOMES))
    except Refused as error:
        complain(unreadable(error, say))
    raise typer.Exit(exits.WRONG_USE)


@app.command("import", help=help_in("cli.import"))
def import_list(
    kind: Annotated[Kind, typer.Argument(help=help_in("cli.kind"), metavar="units|people|households|shifts")],
    file: Annotated[Path, typer.Argument(help=help_in("cli.file"), metavar="FILE")],
    config: ConfigPath = None,
    rehearse: Annotated[bool, typer.Option("--dry-run", help=help_in("cli.dry_run"))] = False,
    anew: Annotated[bool, typer.Option("--new-links", help=help_in("cli.new_links"))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=help_in("cli.quiet"))] = False,
) -> None:
    """Take a list of units, people or households."""
    from bot.errands.apart import Refused
    from bot.importing.loading import Manner, load_file
    from bot.importing.telling import unreadable
    from bot.policies import policy_from

    settings, say = chosen(config)
    manner = Manner(is_rehearsal=rehearse, invites_anew=anew, only_refusals=quiet)
    try:
        with opened(settings, say, may_make=True) as engine:
            policy, clock = policy_from(settings), WallClock()
            code = load_file(kind.value, file, engine, policy, say, clock, out=typer.echo, manner=manner)
    except Refused as error:
        complain(unreadable(error, say))
        raise typer.Exit(exits.WRONG_USE) from None
    raise typer.Exit(code)


@app.command(help=help_in("cli.undo"))
def undo(
    number: Annotated[int, typer.Argument(help=help_in("cli.undo_number"), metavar="N")], config: ConfigPath = None
) -> None:
    """Take back what a list of homes has changed."""
    from bot.importing.loading import undo_list
    from bot.policies import policy_from

    settings, say = chosen(config)
    with opened(settings, say) as engine:
        code = undo_list(number, engine, policy_from(settings), say, WallClock(), out=typer.echo)
    raise typer.Exit(code)


@app.command("move-to-postgres", help=help_in("cli.move"))
def move_to_postgres(
    url: Annotated[str, typer.Argument(help=help_in("cli.move_url"), metavar="URL")], config: ConfigPath = None
) -> None:
    """Move everything to a PostgreSQL server, and let the configuration name it."""
    from bot.moving import tell_move

    path = config or DEFAULT_CONFIG
    settings, say = chosen(path)
    with opened(settings, say) as engine:
        raise typer.Exit(tell_move(engine, url, path, say, typer.echo, complain))


@app.command(help=help_in("cli.status"))
def status(
    config: ConfigPath = None,
    as_json: Annotated[bool, typer.Option("--json", help=help_in("cli.json"))] = False,
) -> None:
    """Show how much there is of everything."""
    from bot.mending import tell_status

    settings, say = chosen(config)
    with opened(settings, say) as engine:
        raise typer.Exit(tell_status(engine, say, typer.echo, as_json=as_json))


@app.command(help=help_in("cli.parked"))
def parked(config: ConfigPath = None) -> None:
    """Show what waits for a person to look at it."""
    from bot.mending import tell_parked

    settings, say = chosen(config)
    with opened(settings, say) as engine:
        raise typer.Exit(tell_parked(engine, say, settings.community.timezone, typer.echo))


@app.command(help=help_in("cli.replay"))
def replay(
    written: Annotated[str, typer.Argument(help=help_in("cli.id"), metavar="ID")], config: ConfigPath = None
) -> None:
    """Let a parked thing have another try."""
    from bot import mending

    settings, say = chosen(config)
    with opened(settings, say) as engine:
        raise typer.Exit(mending.replay(engine, written, say, typer.echo, complain))


@app.command(help=help_in("cli.triage"))
def triage(
    as_json: Annotated[bool, typer.Option("--json", help=help_in("cli.triage_json"))] = False,
    corrected: Annotated[bool, typer.Option("--disagreements", help=help_in("cli.disagreements"))] = False,
    config: ConfigPath = None,
) -> None:
    """Propose category, urgency and confidentiality for messages on standard input; or show where staff knew better."""
    from bot.disagreeing import disagreements, disagreements_in_words
    from bot.triaging import LineRefused, propose, propose_in_words

    if corrected:
        settings, say = chosen(config)
        with opened(settings, say) as engine:
            for line in disagreements(engine) if as_json else disagreements_in_words(engine, say):
                sys.stdout.buffer.write(line + b"\n")
        return
    proposals = propose(sys.stdin.buffer) if as_json else propose_in_words(sys.stdin.buffer, help_in)
    try:
        for line in proposals:
            sys.stdout.buffer.write(line + b"\n")
    except LineRefused as error:
        complain(help_in("cli.triage_line_refused", line=error.line, reason=error.reason))
        raise typer.Exit(exits.WRONG_USE) from None


def main() -> None:
    """Run the command line; everything it refuses is said in words, with an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # The console of Windows, and a pipe on any system without a locale, would refuse Vietnamese letters.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8")
    try:
        app(prog_name="tocovid")
    except ConfigError as error:
        for line in error.in_words(catalogues.in_language(error.language)):
            complain(line)
        sys.exit(exits.WRONG_USE)


if __name__ == "__main__":
    main()
