"""Files of the older kind, built byte by byte: a workbook of Excel 97, and one that Excel locked with a password."""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence

_SECTOR = 512
_FREE, _END, _OF_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
#: A stream shorter than this would lie in sectors of another size.
_SHORTEST_STREAM = 4096


def compound_file(streams: Sequence[tuple[str, bytes]]) -> bytes:
    """A compound file (OLE 2) that holds these streams; shorter names come first."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    for place, (name, content) in enumerate(streams, start=1):
        content = content.ljust(_SHORTEST_STREAM, b"\0")
        start = len(sectors)
        parts = [content[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(content), _SECTOR)]
        sectors += parts
        chains += [*range(start + 1, start + len(parts)), _END]
        right = place + 1 if place < len(streams) else _FREE
        entries.append(_entry(name, 2, right=right, start=start, size=len(content)))
    directory = len(sectors)
    listed = b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\0")
    count = len(listed) // _SECTOR
    sectors += [listed[at : at + _SECTOR] for at in range(0, len(listed), _SECTOR)]
    chains += [*range(directory + 1, directory + count), _END]
    fat = len(sectors)
    chains.append(_OF_FAT)
    assert len(chains) <= _SECTOR // 4
    sectors.append(struct.pack(f"<{_SECTOR // 4}I", *chains, *[_FREE] * (_SECTOR // 4 - len(chains))))
    return _header(directory, fat) + b"".join(sectors)


def _header(directory: int, fat: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, directory, 0, _SHORTEST_STREAM, _END, 0, _END, 0)
    return head + struct.pack("<109I", fat, *[_FREE] * 108)


def _entry(name: str, kind: int, *, child: int = _FREE, right: int = _FREE, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    tree = struct.pack("<64sHBB3I", written, len(written), kind, 1, _FREE, right, child)
    return tree + bytes(36) + struct.pack("<IQ", start, size)


def excel_97(rows: Sequence[Sequence[str | float]], *, has_password: bool = False) -> bytes:
    """An .xls with one sheet of these rows."""
    begun = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    if has_password:
        begun += _record(0x002F, struct.pack("<3H", 1, 1, 1) + os.urandom(48))
    name = "Danh sách".encode("utf-16-le")
    ended = _record(0x000A, b"")
    place = len(begun) + 4 + 8 + len(name) + len(ended)
    sheet = _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name)
    page = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    page += _record(0x0200, struct.pack("<2I3H", 0, len(rows), 0, max(map(len, rows)), 0))
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            page += _cell(line, column, cell)
    return compound_file([("Workbook", begun + sheet + ended + page + ended)])


def _cell(line: int, column: int, cell: str | float) -> bytes:
    place = struct.pack("<3H", line, column, 0)
    if isinstance(cell, str):
        words = cell.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(words) // 2, 1) + words)
    return _record(0x0203, place + struct.pack("<d", cell))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def locked_workbook() -> bytes:
    """What Excel saves of an .xlsx with a password: nothing but its encrypted package and how it was encrypted."""
    how = struct.pack("<2HI", 4, 4, 0x40) + b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><encryption/>'
    package = struct.pack("<Q", 9_000) + os.urandom(9_008)
    return compound_file([("EncryptionInfo", how), ("EncryptedPackage", package)])
