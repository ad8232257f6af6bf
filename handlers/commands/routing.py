"""What people ask of the routing table."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.commands.base import FromPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRoutes(FromPerson):
    """`/phancong`: who works on what first; with words, change a line."""

    words: str = ""
