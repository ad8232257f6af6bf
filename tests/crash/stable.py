"""A process that has the bot imported and becomes it again and again, by forking: see `bot_process.Stable`."""

from __future__ import annotations

import os
import signal
import sys

from bot import app, cli, running  # noqa: F401 - imported here, so that no fork has to


def become_bot(config: str, log: str) -> None:
    """Be `tocovid run` with both outputs in a file, and end as it ends."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, sys.stdout.fileno())
    os.dup2(file, sys.stderr.fileno())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sys.argv = ["tocovid", "run", "--config", config]
    cli.main()


def main() -> None:
    """For every line on standard input, a config and a log, fork a bot and print its process id."""
    # The system clears away the children that end: a killed one is gone at once, with its locks and its port.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        config, log = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            become_bot(config, log)
        print(child, flush=True)


if __name__ == "__main__":
    main()
