"""What words lean to: learnt, once, from the labelled messages in `examples`.

Every word, and every two in a row, leans to a label as much as it stands oftener in that label's messages than in
the others (naive Bayes, as log-odds). What the lexicon has no phrase for is so judged by what was said in like words:
what it is about, and whether it is told in confidence.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import add
from pathlib import Path

from models.rules.keyboard import STOPS, Word, bare, read_typed
from models.rules.spoken import written

#: Where the examples lie: a JSON line for each, a file for each set.
EXAMPLES = Path(__file__).with_name("examples")

#: Added to each count, so that what was never seen is only unlikely.
_SMOOTHING = 0.3
#: Log-odds beyond which one word makes nothing surer, however rare it is.
_AT_MOST = 3.0
_BEGINNING, _END, _NUMBER = "^", "$", "0"

#: The label of what is told in confidence, besides what it is about.
CONFIDENTIAL = "confidential"
#: Counted with a piece in every message, whatever its labels.
_ANY = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A message, and what people said it is."""

    text: str  #: As typed.
    category: str  #: By the codebook.
    urgency: str  #: P1 to P4.
    confidential: bool  #: Whether somebody is accused, or the writer wants to stay unknown.

    @property
    def labels(self) -> tuple[str, ...]:
        """What it is about, and whether it is told in confidence."""
        return (self.category, CONFIDENTIAL) if self.confidential else (self.category,)


def examples(path: Path) -> Iterator[Example]:
    """Yield the examples of one set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        yield Example(said["text"], said["category"], said["urgency"], said["confidential"])


class Leanings:
    """How much words lean to each label."""

    def __init__(self, labelled: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Learn from texts and the labels each of them has."""
        self._said: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._messages: Counter[str] = Counter()
        self._everything = 0
        for text, labels in labelled:
            self._everything += 1
            self._messages.update(labels)
            for piece in set(_pieces(written(read_typed(text)))):
                said = self._said[piece]
                for label in (_ANY, *labels):
                    said[label] += 1
        self._weighed: dict[str, tuple[float, ...]] = {}

    def of(self, words: Sequence[Word]) -> Mapping[str, float]:
        """Return, for each label, the log-odds that a message of these words has it."""
        odds = [0.0] * len(self._messages)
        for piece in self._said.keys() & set(_pieces(words)):
            odds = list(map(add, odds, self._of(piece)))
        return dict(zip(self._messages, odds, strict=True))

    def speaking(self, words: Sequence[Word], label: str, least: float = 1.0) -> Iterator[str]:
        """Yield the words, as typed, that by themselves lean that much to the label."""
        for word in words:
            piece = _bare(word.read)
            if piece in self._said and dict(zip(self._messages, self._of(piece), strict=True)).get(label, 0) >= least:
                yield word.typed

    def _of(self, piece: str) -> tuple[float, ...]:
        if piece not in self._weighed:
            self._weighed[piece] = tuple(self._weigh(self._said[piece]))
        return self._weighed[piece]

    def _weigh(self, said: Counter[str]) -> Iterator[float]:
        for label, messages in self._messages.items():
            here = (said[label] + _SMOOTHING) / (messages + 2 * _SMOOTHING)
            elsewhere = (said[_ANY] - said[label] + _SMOOTHING) / (self._everything - messages + 2 * _SMOOTHING)
            yield max(-_AT_MOST, min(_AT_MOST, math.log(here / elsewhere)))


def _pieces(words: Sequence[Word]) -> Iterator[str]:
    """Yield each word without its marks, and each two in a row within a clause; numbers are all alike."""
    bare = [_BEGINNING, *(_bare(word.read) for word in words), _END]
    for word, following in pairwise(bare):
        if following not in STOPS and following != _END:
            yield following
        if word not in STOPS and following not in STOPS:
            yield f"{word} {following}"


def _bare(word: str) -> str:
    return _NUMBER if word[:1].isdigit() else bare(word)


@cache
def shipped() -> Leanings:
    """Return what words lean to by all examples that come with the program."""
    return Leanings((one.text, one.labels) for path in sorted(EXAMPLES.glob("*.jsonl")) for one in examples(path))
