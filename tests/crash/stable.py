"""A process that has the bot imported and becomes it again and again, by forking: see `bot_process.Stable`."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass

import msgspec

from bot import app, cli, running  # noqa: F401 - imported here, so that no fork has to
from models.notices import IfUnsure, Notice
from models.rules import triage
from tests.crash import traps
from tests.crash.traps import Trap


@dataclass(frozen=True, slots=True)
class Order:
    """The bot that is wanted."""

    config: str  #: Its config.toml.
    log: str  #: The file that takes both its outputs.
    trap: Trap | None = None  #: Where it kills itself.
    repeats_everything: bool = False  #: The control: whatever may have arrived is sent again, of whatever kind it is.


def become_bot(order: Order) -> None:
    """Be `tocovid run` with both outputs in a file, and end as it ends."""
    file = os.open(order.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, sys.stdout.fileno())
    os.dup2(file, sys.stderr.fileno())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if order.trap is not None:
        traps.arm(order.trap)
    if order.repeats_everything:
        for kind in Notice.kinds.values():
            kind.if_unsure = IfUnsure.REPEAT
    sys.argv = ["tocovid", "run", "--config", order.config]
    cli.main()


def main() -> None:
    """For every order on standard input fork a bot, and print its process id."""
    # The system clears away the children that end: a killed one is gone at once, with its locks and its port.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # Learned here as well: the lexicon is half of what a start costs.
    triage.read("")
    for line in sys.stdin:
        order = msgspec.json.decode(line, type=Order)
        child = os.fork()
        if child == 0:
            become_bot(order)
        print(child, flush=True)


if __name__ == "__main__":
    main()
