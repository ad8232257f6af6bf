"""What is said about recorded clips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.notices.base import Contact, IfUnsure, Notice
from models.rules.clips import Prompt


@dataclass(frozen=True, slots=True)
class ClipLine:
    """One clip of the list."""

    clip_id: int
    prompt: Prompt
    language: str


@dataclass(frozen=True, slots=True)
class ClipsListed(Notice):
    """The clips there are, and how to bring one."""

    lines: tuple[ClipLine, ...]


@dataclass(frozen=True, slots=True)
class RecordingAsked(Notice):
    """Send the clip as a voice message."""

    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN

    prompt: Prompt
    language: str


@dataclass(frozen=True, slots=True)
class ClipKept(Notice):
    """The clip goes along with the prompt from now on."""

    clip_id: int
    prompt: Prompt
    language: str


@dataclass(frozen=True, slots=True)
class ClipDropped(Notice):
    """The prompt goes without it from now on."""

    prompt: Prompt
    language: str


@dataclass(frozen=True, slots=True)
class ClipUnread(Notice):
    """Which prompt, or which language, was not said, or what came is no voice."""


@dataclass(frozen=True, slots=True)
class ClipRefused(Notice):
    """Only the administrator brings clips."""

    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class VoiceAsked(Notice):
    """In which language does the home want to hear prompts?"""

    languages: tuple[str, ...]  #: Those offered on this page.
    chosen: str  #: As it is now; empty: none.
    next_page: int | None  #: None: these are the last.


@dataclass(frozen=True, slots=True)
class VoiceChosen(Notice):
    """The home hears prompts in it from now on."""

    language: str
