"""Pictures of pages as text, by Tesseract, where it is installed with Vietnamese."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

from bot.errands.apart import Limits
from bot.errands.child import lift
from bot.reading.kinds import Reason, Refused

MOST_PAGES = 20  #: Reading a picture takes seconds.
SECONDS_A_PAGE = 60  #: After so long a picture is given up.
_LANGUAGE = "vie"
LIMITS = Limits(megabytes_of_programs=1024)  #: Tesseract needs more memory than reading text does.
#: Spaces between columns are kept; a page is one column of text of several sizes.
_MANNER = ("--psm", "4", "-c", "preserve_interword_spaces=1")


@cache
def tesseract() -> str | None:
    """Where Tesseract is, or None when it is not installed or has not learnt Vietnamese."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    asked = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    return program if _LANGUAGE in (asked.stdout + asked.stderr).split() else None


def text_of(picture: bytes) -> str:
    """The words in a picture. Raises `Refused` when Tesseract is missing, or cannot make anything of it."""
    program = tesseract()
    if program is None:
        raise Refused(Reason.SCANNED)
    try:
        done = subprocess.run(  # noqa: S603
            [program, "stdin", "stdout", "-l", _LANGUAGE, *_MANNER],
            input=picture,
            capture_output=True,
            check=False,
            timeout=SECONDS_A_PAGE,
            # One thread each: the bot beside it must go on.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=lift(LIMITS),
        )
    except subprocess.TimeoutExpired:
        raise Refused(Reason.TOO_HEAVY) from None
    if done.returncode != 0:
        raise Refused(Reason.DAMAGED)
    return done.stdout.decode("utf-8", errors="replace")
