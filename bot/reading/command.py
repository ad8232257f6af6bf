"""`tocovid directive …`: what the command line does with official documents."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import exits
from bot.catalogue import Say
from bot.console import complain


def commands(say: Say) -> typer.Typer:
    """The commands about documents, in the language of `--help`."""
    group = typer.Typer(help=say("cli.directive"), no_args_is_help=True)

    @group.callback()
    def directive() -> None:
        """Let `read` be named, though it is the only command yet."""

    @group.command("read", help=say("cli.directive_read"))
    def read_directive(
        file: Annotated[Path, typer.Argument(help=say("cli.directive_file"), metavar="FILE")],
        as_json: Annotated[bool, typer.Option("--json", help=say("cli.directive_json"))] = False,
    ) -> None:
        """Say what an official document says: exit 0 when it was read, 3 when it is none or cannot be."""
        from bot.reading.kinds import Refused
        from bot.reading.telling import read_file, refusal

        try:
            for line in read_file(file, say, complain if sys.stderr.isatty() else None, as_json=as_json):
                typer.echo(line)
        except OSError:
            complain(say("cli.no_such_file", file=file))
            raise typer.Exit(exits.WRONG_USE) from None
        except Refused as refused:
            complain(refusal(refused.reason, say))
            raise typer.Exit(exits.REFUSED_TO_START) from None

    return group
