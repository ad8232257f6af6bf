"""How well triage reads messages, and how fast, beside a plain keyword list and a linear model of letters.

    python -m benchmarks.triage

Every set of labelled messages is read: the examples of `models/rules`, and the shared ones where they are at hand. The
linear model (an averaged perceptron over runs of two to four letters) is trained in five folds over all of them, so it
never sees a message it is asked about. Triage reads each set by what it learnt from the other ones; its lexicon and the
keyword list are as they stand. The sets in `benchmarks/unseen` teach nothing and only judge: triage reads them as the
bot does. A JSON line for each reader and set, then for triage a table: rows are what a message is, columns what it was
read as.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.rules import triage
from models.rules.leanings import EXAMPLES, Example, Leanings, examples
from models.rules.triage import Category, Urgency
from models.rules.words import clean, fold

#: Sets nobody looks into while teaching: of them only scores are printed.
UNSEEN = Path(__file__).with_name("unseen")
SHARED = Path(__file__).parents[2] / "shared" / "samples" / "triage" / "messages.jsonl"
FOLDS, ROUNDS = 5, 12
LETTERS = (2, 3, 4)  #: Lengths of the runs of letters the linear model looks at.

#: What one would write down in an afternoon, folded; the first that occurs decides.
KEYWORDS = {
    Category.EMERGENCY: ("kho tho", "cap cuu", "tim tai", "co giat", "bat tinh", "dau nguc", "tu tu"),
    Category.SYMPTOM: ("sot", "dau hong", "mat mui", "2 vach", "duong tinh"),
    Category.CONTACT: ("f1", "f2", "tiep xuc"),
    Category.VACCINE: ("tiem", "vac xin", "vaccine", "mui 2"),
    Category.MOVEMENT: ("ve tu", "moi ve", "nguoi la", "khai bao"),
    Category.VIOLATION: ("tu tap", "khau trang", "karaoke", "danh bac"),
    Category.RELIEF: ("ho tro", "het gao", "xin gao", "giup"),
    Category.COMPLAINT: ("hotline", "thu tien", "bat cong", "thai do"),
    Category.RUMOUR: ("nghe noi", "nghe don", "tin don"),
    Category.PRIVACY: ("xoa", "thong tin ca nhan", "lo thong tin"),
    Category.TEAM_REPORT: ("bao cao", "bc:"),
    Category.WELLNESS: ("khoe", "binh thuong"),
    Category.QUESTION: ("cho hoi", "bao gio", "o dau"),
}

TYPICAL = {
    Category.EMERGENCY: Urgency.P1,
    **dict.fromkeys((Category.SYMPTOM, Category.CONTACT, Category.MOVEMENT), Urgency.P2),
    **dict.fromkeys((Category.VIOLATION, Category.RELIEF, Category.RUMOUR, Category.PRIVACY), Urgency.P3),
}


@dataclass(frozen=True, slots=True)
class Labelled(Example):
    """A message and what people said it is, or what a reader made of it."""

    category: Category
    urgency: Urgency


Reader = Callable[[str], Labelled]


def labelled(path: Path) -> list[Labelled]:
    """Return the messages of one set."""
    return [
        Labelled(one.text, Category(one.category), Urgency(one.urgency), one.confidential) for one in examples(path)
    ]


def by_triage(text: str, learnt: Leanings | None = None) -> Labelled:
    """Read as the bot does."""
    found = triage.read(text, learnt)
    return Labelled(text, found.category, found.urgency, found.confidential)


def without_its_set(sets: Mapping[str, Sequence[Labelled]]) -> Reader:
    """Return a reader like the bot that asks, of each message, leanings learnt from all sets but its own."""
    learnt = {
        message.text: leanings
        for name, messages in sets.items()
        for leanings in [Leanings((one.text, one.labels) for kept in sets if kept != name for one in sets[kept])]
        for message in messages
    }
    return lambda text: by_triage(text, learnt[text])


def by_keywords(text: str) -> Labelled:
    """Read by the first keyword that occurs."""
    folded = fold(clean(text))
    kinds = (category for category, words in KEYWORDS.items() if any(word in folded for word in words))
    return _typical(text, next(kinds, Category.OTHER))


def _typical(text: str, category: Category) -> Labelled:
    return Labelled(text, category, TYPICAL.get(category, Urgency.P4), confidential=False)


class Linear:
    """An averaged perceptron: a weight for each run of letters and category."""

    def __init__(self, messages: Sequence[Labelled]) -> None:
        self._weights: defaultdict[str, Counter[Category]] = defaultdict(Counter)
        sums: defaultdict[str, Counter[Category]] = defaultdict(Counter)
        order = [(runs(message.text), message.category) for message in messages]
        for step, (seen, category) in enumerate(order * ROUNDS):
            guess = self._guess(seen)
            if guess is not category:
                for run in seen:
                    for kind, change in ((category, 1), (guess, -1)):
                        self._weights[run][kind] += change
                        sums[run][kind] += step * change
        steps = len(order) * ROUNDS
        for run, weights in self._weights.items():
            for kind in weights:
                # A weight counts for as long as it stood: that is its average over all steps.
                weights[kind] = weights[kind] * steps - sums[run][kind]

    def read(self, text: str) -> Labelled:
        """Read by the weights learnt."""
        return _typical(text, self._guess(runs(text)))

    def _guess(self, seen: Iterable[str]) -> Category:
        points: Counter[Category] = Counter()
        for run in seen:
            if run in self._weights:
                points.update(self._weights[run])
        return max(Category, key=points.__getitem__)


def runs(text: str) -> frozenset[str]:
    """Return the runs of letters of a message, without marks."""
    folded = f" {fold(clean(text))} "
    return frozenset(folded[at : at + length] for length in LETTERS for at in range(len(folded) - length + 1))


def in_folds(messages: Sequence[Labelled]) -> Reader:
    """Return a linear reader that asks, of each message, the model that was trained without it."""
    shuffled = random.Random(1).sample(list(messages), len(messages))
    models: dict[str, Linear] = {}
    for fold_at in range(FOLDS):
        held_out = shuffled[fold_at::FOLDS]
        texts = {message.text for message in held_out}
        model = Linear([message for message in shuffled if message.text not in texts])
        models.update(dict.fromkeys(texts, model))
    return lambda text: models[text].read(text)


def scores(messages: Sequence[Labelled], reader: Reader) -> dict[str, float]:
    """Return how well the reader did, as shares from 0 to 1, and how long it took per message, in milliseconds."""
    pairs, times = [], []
    for message in messages:
        begun = time.perf_counter()
        read = reader(message.text)
        times.append(1000 * (time.perf_counter() - begun))
        pairs.append((message, read))
    alarms = [(one.urgency is Urgency.P1, read.urgency is Urgency.P1) for one, read in pairs]
    hidden = [(one.confidential, read.confidential) for one, read in pairs]
    steps = list(Urgency)
    near = [abs(steps.index(one.urgency) - steps.index(read.urgency)) <= 1 for one, read in pairs]
    return {
        "p1_recall": _share(read for is_p1, read in alarms if is_p1),
        "p1_precision": _share(is_p1 for is_p1, read in alarms if read),
        "macro_f1": macro_f1([(one.category, read.category) for one, read in pairs]),
        "urgency_within_one_step": _share(near),
        "confidential_recall": _share(read for is_hidden, read in hidden if is_hidden),
        "median_ms": round(sorted(times)[len(times) // 2], 2),
        "p99_ms": round(sorted(times)[int(0.99 * len(times))], 2),
    }


def macro_f1(pairs: Sequence[tuple[Category, Category]]) -> float:
    """Return the mean over the categories of the harmonic mean of precision and recall."""
    kinds = sorted({category for category, _ in pairs})
    right = Counter(category for category, read in pairs if category is read)
    said, read_as = Counter(category for category, _ in pairs), Counter(read for _, read in pairs)
    return round(sum(2 * right[kind] / (said[kind] + read_as[kind]) for kind in kinds) / len(kinds), 3)


def _share(answers: Iterable[bool]) -> float:
    kept = list(answers)
    return round(sum(kept) / len(kept), 3) if kept else 1.0


def table(messages: Sequence[Labelled], reader: Reader) -> Iterator[str]:
    """Yield the lines of the confusion table."""
    counted = Counter((message.category, reader(message.text).category) for message in messages)
    yield " " * 12 + "".join(f"{kind.value[:6]:>7}" for kind in Category)
    for row in Category:
        yield f"{row.value:<12}" + "".join(f"{counted[row, column] or '·':>7}" for column in Category)


def main() -> None:
    """Print the scores of each reader on each set, and what triage takes for what."""
    paths = [*sorted(EXAMPLES.glob("*.jsonl")), *([SHARED] if SHARED.exists() else [])]
    sets = {path.stem: labelled(path) for path in paths}
    everything = [message for messages in sets.values() for message in messages]
    readers = {"keywords": by_keywords, "linear": in_folds(everything), "triage": without_its_set(sets)}
    by_triage("the lexicon is read once, before the clock runs")
    for name, messages in (sets | {"all": everything}).items():
        for kind, reader in readers.items():
            print(json.dumps({"set": name, "messages": len(messages), "reader": kind, **scores(messages, reader)}))
    print("\n".join(table(everything, readers["triage"])))
    for path in sorted(UNSEEN.glob("*.jsonl")):
        print(json.dumps({"set": path.stem, "reader": "triage", "unseen": True, **scores(labelled(path), by_triage)}))


if __name__ == "__main__":
    main()
