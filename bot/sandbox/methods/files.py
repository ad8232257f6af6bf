"""Uploaded files: kept once, named by a file_id ever after."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from bot.sandbox.methods.reading import Upload, Uploads
from bot.sandbox.refusals import Refusal, bad_request
from bot.sandbox.shapes import (
    Animation,
    Audio,
    Document,
    File,
    FileShape,
    Message,
    PhotoSize,
    Sticker,
    Video,
    VideoNote,
    Voice,
)
from bot.sandbox.state import Sandbox
from bot.sandbox.world import Stored

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024

_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "audio": "music",
    "video": "videos",
    "video_note": "video_notes",
    "animation": "animations",
    "sticker": "stickers",
}
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"


def store(sandbox: Sandbox, kind: str, upload: Upload) -> Stored:
    """Keep an uploaded file; a photo must be a picture."""
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > UPLOAD_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    width, height = picture_size(upload.data) or (0, 0)
    if kind == "photo":
        if len(upload.data) > PHOTO_LIMIT:
            raise bad_request("file is too big")
        if not width:
            raise bad_request("IMAGE_PROCESS_FAILED")
    file_id = "".join(sandbox.rng.choices(_ALPHABET, k=56))
    suffix = upload.name.rpartition(".")[2] if "." in upload.name else "jpg" if kind == "photo" else "bin"
    stored = Stored(
        file_id=file_id,
        kind=kind,
        data=upload.data,
        name=upload.name,
        mime=upload.mime,
        path=f"{_FOLDERS[kind]}/file_{len(sandbox.world.files)}.{suffix}",
        width=width,
        height=height,
    )
    sandbox.keep_file(stored)
    return stored


def resolve(sandbox: Sandbox, kind: str, reference: str, uploads: Uploads) -> Stored:
    """The file a call means: one it brought along, or one known by its file_id."""
    name = reference.removeprefix("attach://")
    if name in uploads and name != reference:
        return store(sandbox, kind, uploads[name])
    stored = sandbox.world.files.get(reference)
    if stored is None and reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def attach(message: Message, stored: Stored, **said: Any) -> None:
    """Put the file into the message; `said` is what the sender told about it: duration, title, …"""
    given = {name: value for name, value in said.items() if value}
    shape = _SHAPES[stored.kind](stored, given)
    setattr(message, stored.kind, [shape] if stored.kind == "photo" else shape)


def _basics(stored: Stored) -> dict[str, Any]:
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
    }


def _named(stored: Stored) -> dict[str, Any]:
    return {**_basics(stored), "file_name": stored.name, "mime_type": stored.mime}


def _photo(stored: Stored, said: dict[str, Any]) -> FileShape:
    return PhotoSize(**_basics(stored), width=stored.width, height=stored.height)


def _document(stored: Stored, said: dict[str, Any]) -> FileShape:
    return Document(**_named(stored))


def _voice(stored: Stored, said: dict[str, Any]) -> FileShape:
    return Voice(**_basics(stored), duration=said.get("duration", 0), mime_type=stored.mime)


def _audio(stored: Stored, said: dict[str, Any]) -> FileShape:
    return Audio(
        **_named(stored),
        duration=said.get("duration", 0),
        performer=said.get("performer"),
        title=said.get("title"),
    )


def _moving(kind: type[Video]) -> Callable[[Stored, dict[str, Any]], FileShape]:
    def shape(stored: Stored, said: dict[str, Any]) -> FileShape:
        sizes = {name: said.get(name, 0) for name in ("width", "height", "duration")}
        return kind(**_named(stored), **sizes)

    return shape


def _video_note(stored: Stored, said: dict[str, Any]) -> FileShape:
    return VideoNote(**_basics(stored), length=said.get("length", 240), duration=said.get("duration", 0))


def _sticker(stored: Stored, said: dict[str, Any]) -> FileShape:
    return Sticker(
        **_basics(stored),
        type="regular",
        width=stored.width or 512,
        height=stored.height or 512,
        is_animated=False,
        is_video=False,
        emoji=said.get("emoji"),
    )


_SHAPES: dict[str, Callable[[Stored, dict[str, Any]], FileShape]] = {
    "photo": _photo,
    "document": _document,
    "voice": _voice,
    "audio": _audio,
    "video": _moving(Video),
    "animation": _moving(Animation),
    "video_note": _video_note,
    "sticker": _sticker,
}


def describe(sandbox: Sandbox, file_id: str) -> File:
    """What getFile answers."""
    stored = sandbox.world.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return File(**_basics(stored), file_path=stored.path)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP picture; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return (512, 512)
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk a JPEG's segments to the one that tells its size (ITU T.81, B.2.2)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
