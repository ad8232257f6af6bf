"""As much of a command as the unit of work needs to know: whose account gave it, and where."""

from __future__ import annotations

from typing import Protocol


class Account(Protocol):
    """Whose account acted, as the chat service vouches for it."""

    @property
    def account_id(self) -> int: ...
    @property
    def name(self) -> str: ...


class Place(Protocol):
    """The chat in which somebody acted."""

    @property
    def is_private(self) -> bool: ...


class Given(Protocol):
    """A command somebody gave: as much of it as tells who and where."""

    @property
    def sender(self) -> Account: ...
    @property
    def place(self) -> Place: ...
