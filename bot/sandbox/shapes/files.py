"""Files of every kind."""

from __future__ import annotations

from bot.sandbox.shapes.basics import Shape


class FileShape(Shape, kw_only=True):
    """What every file carries."""

    file_id: str
    file_unique_id: str
    file_size: int | None = None


class File(FileShape, kw_only=True):
    file_path: str | None = None


class PhotoSize(FileShape, kw_only=True):
    width: int
    height: int


class Document(FileShape, kw_only=True):
    file_name: str | None = None
    mime_type: str | None = None


class Voice(FileShape, kw_only=True):
    duration: int
    mime_type: str | None = None


class Audio(FileShape, kw_only=True):
    duration: int
    performer: str | None = None
    title: str | None = None
    file_name: str | None = None
    mime_type: str | None = None


class Video(FileShape, kw_only=True):
    width: int
    height: int
    duration: int
    file_name: str | None = None
    mime_type: str | None = None


class Animation(Video, kw_only=True):
    """A soundless video, which Telegram also describes as a document."""


class VideoNote(FileShape, kw_only=True):
    length: int
    duration: int


class Sticker(FileShape, kw_only=True):
    type: str
    width: int
    height: int
    is_animated: bool
    is_video: bool
    emoji: str | None = None
