"""Which phrases of a message hold: not denied, not over, not merely supposed, and not something else in disguise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import Enum, auto

from models.rules.keyboard import STOPS, spellings
from models.rules.lexicon import Found

#: Families whose phrases can be denied, over or supposed: what happens to people's bodies, and their coming.
_HAPPENINGS = frozenset(
    {"danger", "attack", "ailment", "grave", "labour", "symptom", "own", "positive", "movement", "outing"}
)
#: Families of what may befall a beast as well.
_BEFALLS = frozenset({"danger", "attack", "ailment", "grave", "labour", "symptom", "own"})
#: Families a trap can be mistaken for.
_DISGUISES = _HAPPENINGS | {"onset", "case", "case_met", "contact", "violation", "violence", "complaint", "vaccine"}
#: Families that ask: "có … không" asks, "không có … không …" does not.
_ASKED = frozenset({"question", "permission"})

_NEAR = 3  #: Words between an ailment and since when it is there, at most.
_HOUSE = 6  #: Words between those who all have something and what they have, at most.
_SINCE = spellings("từ")


def _is_part(one: Found, other: Found) -> bool:
    """Tell whether one phrase lies within another that is longer."""
    return other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start


class Holds(Enum):
    """What the words around a phrase make of it."""

    YES = auto()  #: It is said to be so.
    DENIED = auto()  #: "không sốt", "hết sốt rồi": said not to be so, or no more.
    OVER = auto()  #: "tháng trước … khó thở": it was so.
    SUPPOSED = auto()  #: "nếu bị tím tái": it might be so one day.
    DISGUISE = auto()  #: "hộ nghèo": it is another word.


class Scope:
    """The words around each phrase of one message."""

    def __init__(self, words: Sequence[str], found: Sequence[Found]) -> None:
        self._words = words
        self._by_meaning: defaultdict[str, list[Found]] = defaultdict(list)
        for one in found:
            self._by_meaning[one.phrase.meaning].append(one)
        self._overs, self._supposed, self._nows = map(self._starts, ("over", "supposed", "now"))
        self._traps = {(trap.start, trap.end): trap for trap in self._by_meaning["trap"]}.values()
        self._selves = self._starts("self") - self._covered("owned")
        self._everyone = self._starts("everyone")
        self._happening = frozenset[int]().union(*map(self._covered, _HAPPENINGS))
        self._buts = self._starts("but")
        self._light = self._covered("light")
        self._turns = self._starts("turn")
        self._negators = self._starts("no") - self._covered("trap")

    def of(self, found: Found) -> Holds:
        """Judge one phrase of the message."""
        meaning = found.phrase.meaning
        if meaning in _DISGUISES and self._is_disguise(found):
            return Holds.DISGUISE
        if meaning in _BEFALLS and self._is_of_a_beast(found.start):
            return Holds.DISGUISE
        if meaning == "outing" and any(found.start < place < found.end for place in self._selves):
            return Holds.DISGUISE
        if meaning in _ASKED and found.start - 1 in self._negators:
            return Holds.DISGUISE
        if meaning not in _HAPPENINGS:
            return Holds.YES
        if self._is_denied(found.start) or self._is_denied_within(found) or self._is_ended(found):
            return Holds.DENIED
        if self._is_supposed(found):
            return Holds.SUPPOSED
        return Holds.OVER if self._is_past(found.start) or self._is_chronic(found) else Holds.YES

    def _starts(self, meaning: str) -> frozenset[int]:
        return frozenset(found.start for found in self._by_meaning[meaning])

    def _covered(self, meaning: str) -> frozenset[int]:
        spans = (range(found.start, found.end) for found in self._by_meaning[meaning])
        return frozenset(place for span in spans for place in span)

    def _is_disguise(self, found: Found) -> bool:
        """Tell whether a trap overlaps the phrase; one that is but a part of a longer phrase is none."""
        return any(
            trap.start < found.end and found.start < trap.end and not _is_part(trap, found) for trap in self._traps
        )

    def _is_of_a_beast(self, start: int) -> bool:
        """Tell whether a beast is spoken of before in the clause: "con bò nhà em giãy giụa"."""
        ends = [found.end for found in self._by_meaning["beast"] if found.end <= start]
        return bool(ends) and STOPS.isdisjoint(self._words[max(ends) : start])

    def _is_denied(self, start: int) -> bool:
        """Walk back over light words and other symptoms to a negation; a second one before it cancels it."""
        place = start - 1
        while place >= 0 and place not in self._negators:
            if self._words[place] in STOPS or place in self._turns:
                return False
            if place not in self._light and place not in self._happening:
                return False
            place -= 1
        return place >= 0 and place - 1 not in self._negators

    def _is_denied_within(self, found: Found) -> bool:
        """Tell whether a negation stands in a gap of a phrase that has none of its own: "cháu … chưa … về"."""
        return not found.phrase.denies and any(found.start < place < found.end for place in self._negators)

    def _is_ended(self, found: Found) -> bool:
        """Tell whether "hết rồi" or the like follows within the clause, and not of a whole house that has it."""
        if any(found.start - _HOUSE <= place < found.start for place in self._everyone):
            return False
        clause = self._words[found.end : found.end + 4]
        reach = next((place for place, word in enumerate(clause) if word in STOPS), len(clause))
        return any(found.end <= place < found.end + reach for place in self._overs)

    def _is_supposed(self, found: Found) -> bool:
        clause = max((place for place in range(found.start) if self._words[place] in STOPS), default=-1)
        return any(clause < place <= found.start for place in self._supposed)

    def _is_past(self, start: int) -> bool:
        """Tell whether a word for the past comes before in the sentence, with no "nhưng" and no present between."""
        pasts = [
            found.end for found in self._by_meaning["past"] if found.end <= start and not self._counts_from(found.start)
        ]
        return bool(pasts) and not any(
            place in self._nows or place in self._buts or self._words[place] == "." for place in range(pasts[-1], start)
        )

    def _is_chronic(self, found: Found) -> bool:
        """Tell whether a danger is an old ailment, or was one: "liệt nửa người từ năm ngoái", "rớt ao hôm nọ"."""
        return found.phrase.meaning in ("danger", "attack", "ailment") and any(
            0 <= place - found.end <= _NEAR
            and STOPS.isdisjoint(self._words[found.end : place])
            and not self._counts_from(place)
            for place in self._starts("chronic")
        )

    def _counts_from(self, start: int) -> bool:
        """Tell whether "từ" stands before: "từ hôm kia" lasts until now."""
        return start > 0 and self._words[start - 1] in _SINCE
