"""How rightly documents are read: what was read, compared with what is said beside each document."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.rules.documents.as_json import to_json
from models.rules.documents.reader import read

Json = dict[str, Any]

SETS = Path(__file__).parent
SHARED = Path(__file__).resolve().parents[3] / "shared" / "samples" / "directives"
#: Fields that are right or wrong as a whole.
FIELDS = (
    "type", "number", "symbol", "issuer", "place", "date", "subject", "addressees", "references", "recipients",
    "signer", "missing",
)  # fmt: skip
SAYS_WHEN = ("date", "time", "every", "on", "within")


@dataclass(frozen=True, slots=True)
class Expected:
    """A document and what it says."""

    name: str
    text: str
    says: Json


@dataclass(slots=True)
class Score:
    """How a set of documents was read."""

    right: Counter[str] = field(default_factory=Counter)  #: Documents, by the field that is right.
    said: Counter[str] = field(default_factory=Counter)  #: What the documents say, by kind.
    read: Counter[str] = field(default_factory=Counter)  #: What was read, by kind.
    both: Counter[str] = field(default_factory=Counter)  #: What was read and is said, by kind.
    times: list[float] = field(default_factory=list)  #: Milliseconds, one a document.
    wrong: list[str] = field(default_factory=list)  #: What was read otherwise than expected.

    def compare(self, name: str, expected: Json, found: Json) -> None:
        """Count what of a document was read rightly."""
        for key in FIELDS:
            is_right = plain(expected[key]) == plain(found[key])
            self.right[key] += is_right
            self._note(is_right, name, key, expected[key], found[key])
        for kind, said, was_read in both_sides(expected["tasks"], found["tasks"]):
            common = Counter(said) & Counter(was_read)
            self.said[kind] += len(said)
            self.read[kind] += len(was_read)
            self.both[kind] += common.total()
            self._note(Counter(said) == Counter(was_read), name, kind, said, was_read)

    def _note(self, is_right: bool, name: str, key: str, expected: object, found: object) -> None:
        if not is_right:
            self.wrong.append(f"{name}: {key}\n    said {expected}\n    read {found}")

    def in_figures(self) -> Json:
        """The shares, from 0 to 1, and the times."""
        documents = len(self.times)
        shares = {key: _share(self.right[key], documents) for key in FIELDS}
        for kind in self.said:
            shares[f"{kind}_precision"] = _share(self.both[kind], self.read[kind])
            shares[f"{kind}_recall"] = _share(self.both[kind], self.said[kind])
        times = sorted(self.times)
        return {
            "documents": documents,
            **shares,
            "median_ms": round(times[documents // 2], 1),
            "most_ms": round(times[-1], 1),
        }


def _share(part: int, whole: int) -> float | None:
    """The share of a whole; None where there is nothing to share."""
    return round(part / whole, 3) if whole else None


def plain(value: Any) -> Any:
    """The value with its dictionaries and lists in an order that does not matter, so that it can be compared."""
    if isinstance(value, dict):
        return tuple(sorted((key, plain(each)) for key, each in value.items()))
    if isinstance(value, list):
        return tuple(sorted(map(plain, value), key=repr))
    return " ".join(value.split()) if isinstance(value, str) else value


def both_sides(said: Sequence[Json], was_read: Sequence[Json]) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Yield kinds of what tasks say: what is said, what was read, both ready to be counted."""
    pairs = [(task, match(task, was_read)) for task in said]
    found = [task for _, task in pairs if task]
    unexpected = [task for task in was_read if not any(task is other for other in found)]
    yield (
        "tasks",
        [key(task) for task in said],
        [key(task, like) for like, task in pairs if task] + [*map(key, unexpected)],
    )
    both = [(task, other or {}) for task, other in pairs] + [({}, task) for task in unexpected]
    for kind, of in (("assignees", assignees), ("tiers", tiers), ("deadlines", deadlines), ("items", items)):
        yield (
            kind,
            [(at, *one) for at, (task, _) in enumerate(both) for one in of(task, task)],
            [(at, *one) for at, (like, task) in enumerate(both) for one in of(task, like)],
        )


def match(task: Json, others: Sequence[Json]) -> Json | None:
    """The task that begins with the words of another."""
    return next((other for other in others if plain(other["text"]).startswith(plain(task["text"]))), None)


def key(task: Json, like: Json | None = None) -> tuple[str | None, str]:
    """What a task is known by: its number and how it begins."""
    return task["no"], plain((like or task)["text"])[:40]


def assignees(task: Json, like: Json) -> Iterator[tuple[str]]:
    """Yield who is to do a task."""
    return ((plain(name),) for name in task.get("assignees", ()))


def tiers(task: Json, like: Json) -> Iterator[tuple[str]]:
    """Yield the tiers a task is for."""
    return ((str(tier),) for tier in task.get("tiers", ()))


def deadlines(task: Json, like: Json) -> Iterator[tuple[Any, ...]]:
    """Yield the moments that a task's deadlines name."""
    return (tuple(deadline.get(part) for part in SAYS_WHEN) for deadline in task.get("deadlines", ()))


def items(task: Json, like: Json) -> Iterator[tuple[str]]:
    """Yield what stands below a task, by how it is expected to begin."""
    beginnings = like.get("items", ())
    for at, item in enumerate(task.get("items", ())):
        begins = plain(beginnings[at]) if at < len(beginnings) else ""
        yield (begins if begins and plain(item).startswith(begins) else plain(item),)


def documents_of(folder: Path) -> list[Expected]:
    """The documents of one set, as far as they are at hand."""
    homes = {"shared": SHARED}
    written = [(homes.get(folder.name, folder) / f"{path.stem}.txt", path) for path in sorted(folder.glob("*.json"))]
    return [
        Expected(text.stem, text.read_text("utf-8"), json.loads(says.read_text("utf-8")))
        for text, says in written
        if text.exists()
    ]


def as_it_is(document: Expected) -> str:
    """The text of a document."""
    return document.text


def score(documents: Iterable[Expected], text_of: Callable[[Expected], str] = as_it_is) -> Score:
    """Read every document and compare."""
    counted = Score()
    for document in documents:
        text = text_of(document)
        begun = time.perf_counter()
        found = read(text)
        counted.times.append(1000 * (time.perf_counter() - begun))
        counted.compare(document.name, document.says, to_json(found) if found else NOTHING)
    return counted


NOTHING: Json = {
    **dict.fromkeys(FIELDS),
    **{key: [] for key in ("addressees", "references", "tasks", "recipients", "missing")},
}
