"""Receipt codes: what a sender quotes to find a report again, such as TD-48213."""

from __future__ import annotations

import re
from collections.abc import Callable

_PREFIX = re.compile(r"[A-Z]{2,4}")
_FEWEST_DIGITS = 5


class BadPrefix(ValueError):
    """The prefix of receipt codes must be two to four capital letters without marks."""


def receipt_code(draw: Callable[[int], int], prefix: str = "TD", digits: int = _FEWEST_DIGITS) -> str:
    """Return a code that tells neither place nor order; whoever stores it draws again when it is taken.

    `draw(n)` returns a random whole number from 0 to n - 1, as `secrets.randbelow` does. `digits` is at least 5;
    a place whose codes run short asks for more. The first digit is never 0. Raises BadPrefix.
    """
    if not _PREFIX.fullmatch(prefix):
        raise BadPrefix(f"{prefix!r} cannot begin receipt codes: write two to four capital letters, such as TD.")
    smallest = 10 ** (max(digits, _FEWEST_DIGITS) - 1)
    return f"{prefix}-{smallest + draw(9 * smallest)}"
