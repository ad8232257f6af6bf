"""A disk as SQLite sees it, that can lose its power: what was written and not synced may be there, or half, or not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import apsw

#: A disk writes a sector of so many bytes whole, or not at all.
SECTOR = 512


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes given to the disk; they stay for certain only after the next sync of their file."""

    name: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Shortened:
    """A file shortened, which lasts as a write does."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """All that was written to this file so far is on the disk."""

    name: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """The file is gone; file systems keep this in order themselves."""

    name: str


Happening = Written | Shortened | Synced | Deleted
Files = dict[str, bytearray]


@dataclass
class Disk:
    """Files in memory, and everything that ever happened to them, in order."""

    files: Files = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)

    def do(self, happening: Written | Shortened) -> None:
        apply(happening, self.files)
        self.happenings.append(happening)


def apply(happening: Written | Shortened, files: Files) -> None:
    """Let it have its effect on these files."""
    content = files.setdefault(happening.name, bytearray())
    if isinstance(happening, Shortened):
        del content[happening.size :]
        return
    end = happening.offset + len(happening.data)
    content.extend(bytes(max(0, end - len(content))))
    content[happening.offset : end] = happening.data


def after_power_cuts(happenings: list[Happening], cuts: list[int], dice: random.Random) -> Iterator[tuple[int, Files]]:
    """What lies on the disk when the power went after so many happenings, for each of the cuts, in their order."""
    safe: Files = {}
    unsynced: list[Written | Shortened] = []
    done = 0
    for cut in sorted(cuts):
        for happening in happenings[done:cut]:
            match happening:
                case Written() | Shortened():
                    unsynced.append(happening)
                case Synced(name):
                    for each in (waiting for waiting in unsynced if waiting.name == name):
                        apply(each, safe)
                    unsynced = [waiting for waiting in unsynced if waiting.name != name]
                case Deleted(name):
                    safe.pop(name, None)
                    unsynced = [waiting for waiting in unsynced if waiting.name != name]
        done = cut
        left = {name: bytearray(content) for name, content in safe.items()}
        for happening in _survivors(unsynced, dice):
            apply(happening, left)
        yield cut, left


def _survivors(unsynced: list[Written | Shortened], dice: random.Random) -> Iterator[Written | Shortened]:
    """Of what was not synced: any part, and of one write perhaps only its first sectors."""
    share = dice.choice((0.0, 0.5, 0.9, 1.0))
    for happening in unsynced:
        if dice.random() >= share:
            continue
        if isinstance(happening, Written) and dice.random() < 0.2:
            sectors = dice.randrange(len(happening.data) // SECTOR + 1)
            yield Written(happening.name, happening.offset, happening.data[: sectors * SECTOR])
        else:
            yield happening


class Drive(apsw.VFS):
    """Lets SQLite's connections read and write a `Disk`, under a name of its own."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        super().__init__(name, base="")

    def xFullPathname(self, name: str) -> str:  # noqa: N802 - SQLite's names
        return name

    def xAccess(self, name: str, flags: int) -> bool:  # noqa: N802
        return name in self.disk.files

    def xDelete(self, name: str, sync_directory: bool) -> None:  # noqa: N802
        self.disk.files.pop(name, None)
        self.disk.happenings.append(Deleted(name))

    def xOpen(self, name: object, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        flags[1] = flags[0]
        filename = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self.disk.files.setdefault(filename, bytearray())
        # SQLite asks for nothing but its methods.
        return cast("apsw.VFSFile", _File(filename, self.disk))


class _File:
    """One open file. Its owner is alone, so locks cost nothing."""

    def __init__(self, name: str, disk: Disk) -> None:
        self._name, self._disk = name, disk

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return bytes(self._disk.files[self._name][offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.do(Written(self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._disk.do(Shortened(self._name, size))

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.happenings.append(Synced(self._name))

    def xFileSize(self) -> int:  # noqa: N802
        return len(self._disk.files[self._name])

    def xSectorSize(self) -> int:  # noqa: N802
        return SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xLock(self, level: int) -> None:  # noqa: N802
        return

    def xUnlock(self, level: int) -> None:  # noqa: N802
        return

    def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: N802
        return False

    def xClose(self) -> None:  # noqa: N802
        return
