"""Values as a broken, careless or hostile world would make them out of sound ones: JSON, words, and files."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]

#: What a field holds that should hold something else.
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, -(2**31) - 1, 2**52, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, 0.5, -1e308,
    float("nan"), float("inf"), "", " ", "0", "12", "x", "\x00", [], [None], [[]], {}, {"id": None}, {"id": "7"}, [{}],
)  # fmt: skip
#: What people's words may hold: control signs, overrides of direction, half letters, other scripts' digits, markup.
NASTY = (
    "\x00", "\x1b[2J", "\u202e", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff", "\ud800", "\udfff", "\r\n",
    "\n" * 40,
    "a\u0301" * 300, "e\u0302\u0323", "\u0336" * 200, "🧨" * 500, "👨‍👩‍👧‍👦", "٣٤", "１２", "ﷺ", "<b>x</b>", "[x](tg://user?id=1)",
    "{0}", "{code}", "%s%n", "${x}", "'; DROP TABLE people; --", "=HYPERLINK(1)", "+1", "@SUM(A1)", "|", "v1|take|1",
    "/", "/start ", "@to_covid_test_bot", "0912 345 678", "39,5", "SpO2 88", "khó thở", "31/02/2026", "99:99",
    "-1", "9" * 60,
    "CHỈ ĐẠO CD-12345\nTừ: Huyện", "TD-00000", "https://t.me/to_covid_test_bot?start=moi-X", "\u2028", "\x85", "\t",
)  # fmt: skip
ENORMOUS = (4096, 4097, 20_000, 200_000)
#: Bytes that mean something to those who read files.
TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b";", b",", b"\r", b"\n", b"%PDF-9.9", b"endobj",
    b"<!DOCTYPE x [",
    b"&x;", b"<w:p>", b"</w:p>", b"PK\x03\x04", b"9" * 30, b"-1", b"NaN", b"=cmd|' /C calc'!A0", b"A" * 5000,
)  # fmt: skip
_NUMBER = re.compile(rb"\d+")


class Mutator:
    """Changes values by chance. `ids` are numbers of people, chats and messages that exist, to be mixed up."""

    def __init__(self, dice: random.Random, ids: list[int]) -> None:
        self._dice = dice
        self._ids = ids
        #: What would be found out at the door comes seldom: behind it more can go wrong.
        self._changes = (
            self._drop, self._replace, self._retype, self._add, self._add, *[self._words] * 5, *[self._swap] * 3,
        )  # fmt: skip

    def update(self, sound: dict[str, Any]) -> dict[str, Any]:
        """A copy of this update with one to three things changed; its number and that it is one update stay."""
        changed = copy.deepcopy(sound)
        for _ in range(self._dice.choice((1, 1, 1, 2, 3))):
            self._dice.choice(self._changes)(changed)
        changed["update_id"] = sound["update_id"]
        return changed

    def words(self, sound: str) -> str:
        """The same words with something nasty in them, or far too many of them."""
        if self._dice.random() < 0.1:
            return (sound or "x") * (self._dice.choice(ENORMOUS) // max(1, len(sound)) + 1)
        at, nasty = self._dice.randint(0, len(sound)), self._dice.choice(NASTY)
        keep = at if self._dice.random() < 0.7 else min(len(sound), at + 5)
        return sound[:at] + nasty + sound[keep:]

    def data(self, sound: str) -> str:
        """A button's data, or a link's payload, tampered with."""
        parts = sound.split("|")
        at = self._dice.randrange(len(parts))
        other = str(self._dice.choice([*self._ids, -1, 0, 10**16, "x", "", "team", "all_well", "٣"]))
        match self._dice.randrange(4):
            case 0:
                parts[at] = other
            case 1:
                parts.insert(at, other)
            case 2:
                del parts[at]
            case _:
                parts[at] = self.words(parts[at])
        return "|".join(parts)

    def content(self, sound: bytes) -> bytes:
        """A file with some of its bytes changed; of a packed one, often the bytes of one part, and packed again."""
        if sound.startswith(b"PK") and self._dice.random() < 0.7:
            return self._repacked(sound)
        for _ in range(self._dice.choice((1, 2, 8))):
            sound = self._bytes(sound)
        return sound

    def _paths(self, value: Any, path: Path = ()) -> Iterator[Path]:
        """Every place in a value, the outermost first."""
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, held in inner:
            yield (*path, key)
            yield from self._paths(held, (*path, key))

    def _place(self, update: dict[str, Any]) -> tuple[Any, Any]:
        """Some place in an update, as what holds it and its key there."""
        *outer, key = self._dice.choice([path for path in self._paths(update) if path != ("update_id",)])
        holder: Any = update
        for step in outer:
            holder = holder[step]
        return holder, key

    def _drop(self, update: dict[str, Any]) -> None:
        holder, key = self._place(update)
        if holder is not update:
            del holder[key]

    def _replace(self, update: dict[str, Any]) -> None:
        holder, key = self._place(update)
        holder[key] = copy.deepcopy(self._dice.choice(ODD_VALUES))

    def _retype(self, update: dict[str, Any]) -> None:
        """The right value in the wrong form."""
        holder, key = self._place(update)
        value = holder[key]
        holder[key] = self._dice.choice(
            (str(value), [value], {"value": value}, float(value) if _is_number(value) else None)
        )

    def _words(self, update: dict[str, Any]) -> None:
        texts = [path for path in self._paths(update) if isinstance(_at(update, path), str)]
        if texts:
            *outer, key = self._dice.choice(texts)
            holder = _at(update, tuple(outer))
            holder[key] = self.words(holder[key])

    def _swap(self, update: dict[str, Any]) -> None:
        """A number of somebody, some chat or message becomes another's."""
        numbers = [path for path in self._paths(update) if _is_number(_at(update, path)) and path[-1] != "update_id"]
        if numbers:
            *outer, key = self._dice.choice(numbers)
            _at(update, tuple(outer))[key] = self._dice.choice(self._ids)

    def _add(self, update: dict[str, Any]) -> None:
        """A field the service has, where it does not belong."""
        holder = self._dice.choice([value for value in update.values() if isinstance(value, dict)] or [update])
        other = self._dice.choice(self._ids)
        name, value = self._dice.choice(
            (
                ("migrate_to_chat_id", other),
                ("migrate_from_chat_id", other),
                ("new_chat_title", self.words("Nhóm")),
                ("new_chat_members", [{"id": other, "is_bot": False, "first_name": self.words("Páo")}]),
                ("left_chat_member", {"id": other, "is_bot": False, "first_name": "Páo"}),
                ("sender_chat", {"id": other, "type": "channel", "title": "Kênh"}),
                ("forward_origin", {"type": "hidden_user", "date": 1, "sender_user_name": "x"}),
                ("caption", self.words("Nhà tôi hết gạo")),
                ("text", self.words("Nhà tôi hết gạo")),
                ("photo", []),
                ("location", {"latitude": 1e400, "longitude": -999}),
                ("venue", {"title": "x"}),
                ("contact", {"phone_number": self.words("0912"), "first_name": self.words("Páo")}),
                ("date", self._dice.choice((0, -1, 10**12, 2**62))),
                ("from", {"id": other, "is_bot": True, "first_name": ""}),
                (
                    "chat",
                    {"id": other, "type": self._dice.choice(("private", "group", "supergroup", "channel", "planet"))},
                ),
            )
        )
        holder[name] = value

    def _bytes(self, sound: bytes) -> bytes:
        at = self._dice.randrange(len(sound) + 1)
        match self._dice.randrange(6):
            case 0:
                return sound[:at]
            case 1:
                return sound[:at] + bytes([self._dice.randrange(256)]) + sound[at + 1 :]
            case 2:
                return sound[:at] + self._dice.choice(TOKENS) + sound[at:]
            case 3:
                return sound[:at] + sound[min(len(sound), at + self._dice.randrange(64)) :]
            case 4:
                return sound[:at] + sound[max(0, at - 200) : at] * self._dice.choice((1, 3, 50)) + sound[at:]
            case _:
                found = list(_NUMBER.finditer(sound))
                if not found:
                    return sound
                spot = self._dice.choice(found)
                number = self._dice.choice((b"0", b"-1", b"65536", b"2147483648", b"9" * 25))
                return sound[: spot.start()] + number + sound[spot.end() :]

    def _repacked(self, sound: bytes) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            chosen = self._dice.choice(old.namelist())
            for name in old.namelist():
                content = old.read(name)
                if name == chosen and self._dice.random() < 0.1:
                    continue
                new.writestr(name, self._bytes(self._bytes(content)) if name == chosen else content)
        return target.getvalue()


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _at(update: Any, path: Path) -> Any:
    for step in path:
        update = update[step]
    return update
