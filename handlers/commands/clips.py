"""What people ask of recorded clips: the administrator brings them, a home chooses in which language it hears them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Enclosure, FromPerson


class ClipQuestion(StrEnum):
    """What a person is asked to send in private; the kind of the draft that waits for it."""

    RECORDING = "clip-recording"  #: The clip itself, as a voice message.


@dataclass(frozen=True, slots=True, kw_only=True)
class BringClip(FromPerson):
    """`/ghiam`: which prompt in which language, with the voice message or before it; alone, the clips there are."""

    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRecording(FromPerson):
    """The voice message that was asked for."""

    prompt: str
    language: str
    words: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayClip(FromPerson):
    """Hear a clip as homes hear it."""

    verb: ClassVar[str] = "v-play"
    clip_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropClip(FromPerson):
    """[Bỏ lời này]: from now on the prompt goes without it."""

    verb: ClassVar[str] = "v-off"
    clip_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskVoice(FromPerson):
    """[Nghe tiếng khác]: in which language one's home wants to hear prompts."""

    verb: ClassVar[str] = "v"
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseVoice(FromPerson):
    """One's home hears prompts in this language from now on."""

    verb: ClassVar[str] = "v-in"
    language: str
