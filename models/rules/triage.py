"""What a message is about and how urgent it is: a proposal that staff change with a tap.

The words that carry meaning are in `lexicon.txt`, and so is how they add up. A phrase counts unless it is denied
("không sốt"), over ("hết sốt rồi", "tháng trước … khó thở") or only supposed ("nếu bị tím tái"). What words lean to
by the examples counts besides, and decides where the lexicon has nothing to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from models.rules import leanings, readings
from models.rules.confidential import Ground
from models.rules.keyboard import STOPS, Word, certain, read_typed
from models.rules.leanings import CONFIDENTIAL, Leanings
from models.rules.lexicon import Found, shipped
from models.rules.naming import names_someone
from models.rules.scope import Holds, Scope
from models.rules.spoken import written


class Category(StrEnum):
    """Who must act, by the codebook; of two with as many points the one that stands first here wins."""

    EMERGENCY = "emergency"  #: A life is in danger now.
    SYMPTOM = "symptom"  #: Someone is ill or tested positive.
    CONTACT = "contact"  #: Was near a case, no symptoms.
    MOVEMENT = "movement"  #: Someone came from elsewhere, or strangers did.
    VIOLATION = "violation"  #: Rules are being broken.
    RELIEF = "relief"  #: Needs food, medicine, money, a ride, care.
    VACCINE = "vaccine"  #: Doses, schedules, certificates.
    QUESTION = "question"  #: Other questions about rules and papers.
    COMPLAINT = "complaint"  #: About officials, fees, services.
    RUMOUR = "rumour"  #: Hearsay, asked about or passed on.
    PRIVACY = "privacy"  #: See, fix or delete personal data.
    WELLNESS = "wellness"  #: All well.
    TEAM_REPORT = "team_report"  #: A tally or field report by those on duty.
    OTHER = "other"  #: Greetings, thanks, chatter.


class Urgency(StrEnum):
    """How soon somebody must take it up."""

    P1 = "P1"  #: Call now.
    P2 = "P2"  #: Within 30 minutes.
    P3 = "P3"  #: Within 4 hours.
    P4 = "P4"  #: Within 24 hours.


@dataclass(frozen=True, slots=True)
class Triage:
    """What is proposed, and why."""

    category: Category
    urgency: Urgency
    confidential: bool  #: Someone is accused, wants to stay unknown, or is hurt at home.
    chatter: bool  #: It may be mere chat: ask once whether help is needed.
    because: tuple[str, ...]  #: The words that decided it, as they were typed.
    ground: Ground | None = None  #: Why it is confidential; None: it is not.
    is_hotline_fault: bool = False  #: Nobody answers the hotline.


#: What a voice message or a picture without words gets, until a person has heard or seen it.
UNHEARD = Triage(Category.OTHER, Urgency.P2, confidential=False, chatter=False, because=())

_MUST_BE_HEARD_OR_SEEN = frozenset({"voice", "photo", "video", "document"})


def needs_listening(kinds: Collection[str]) -> bool:
    """Tell whether something came that says more than a machine can read: voice, photo, video, file."""
    return not _MUST_BE_HEARD_OR_SEEN.isdisjoint(kinds)


# One message is read by several stories, one after the other: where it goes, whether to ask, what it is.
@lru_cache(maxsize=32)
def read(text: str, learnt: Leanings | None = None) -> Triage:
    """Propose category, urgency and confidentiality for a message as typed, with the words that decided it.

    What words lean to was learnt from the examples that come with the program, unless other leanings are given.
    """
    said = _Said(_most_telling(written(read_typed(text))), text, learnt or leanings.shipped())
    category = said.category()
    ground = said.ground(category)
    return Triage(
        category,
        said.urgency(category),
        confidential=ground is not None,
        chatter=category is Category.OTHER and said.is_mere_talk(),
        because=said.because(category),
        ground=ground,
        is_hotline_fault=said.is_hotline_fault(category),
    )


#: Words read of a long message: people say what it is about at the beginning, and what they want at the end.
_AT_THE_BEGINNING, _AT_THE_END = 200, 80


def _most_telling(words: list[Word]) -> list[Word]:
    """Return the words, or the beginning and the end of very many, so that no message takes long to read."""
    if len(words) <= _AT_THE_BEGINNING + _AT_THE_END:
        return words
    return [*words[:_AT_THE_BEGINNING], Word(".", ""), *words[-_AT_THE_END:]]


#: How urgent a category is before anything else is known (the codebook's "typical").
_TYPICAL = {
    Category.EMERGENCY: Urgency.P1,
    Category.SYMPTOM: Urgency.P2,
    Category.CONTACT: Urgency.P2,
    Category.MOVEMENT: Urgency.P2,
    Category.VIOLATION: Urgency.P3,
    Category.RELIEF: Urgency.P3,
    Category.VACCINE: Urgency.P4,
    Category.QUESTION: Urgency.P4,
    Category.COMPLAINT: Urgency.P4,
    Category.RUMOUR: Urgency.P3,
    Category.PRIVACY: Urgency.P3,
    Category.WELLNESS: Urgency.P4,
    Category.TEAM_REPORT: Urgency.P4,
    Category.OTHER: Urgency.P4,
}

#: What somebody must take up soon, and how much of the winner's points makes it likely enough.
_PRESSING = frozenset({category for category, urgency in _TYPICAL.items() if urgency is Urgency.P2})
_NEARLY = 0.4

#: Points of the lexicon beyond which more make nothing surer, and how many of them a leaning of one is worth.
_CERTAIN, _LEANING = 12, 0.6
#: The same of a danger, which no single sign reaches: one alone may be another word without its marks, a story, or
#: long over, as the words around it tell.
_SURE_DANGER = 20
#: Points a danger may lack, with a sign of it and without: to overlook one is worse than to call in vain.
_DANGER_MAY_LACK, _HINT_MAY_LACK = 4, 2
#: A leaning of so few points is no more than chance.
_FAINT = 6
#: So much of a leaning to what is told in confidence is a hint at it, in as many words as most messages have.
_ONE_HINT, _WORDS_OF_MOST = 6.0, 22

#: What the rules may ask for besides the lexicon's families: it is measured, counted, or seen in how one writes.
MEASURED = (
    "denied",
    "fever",
    "high_fever",
    "low_oxygen",
    "fast_breaths",
    "weak_circulation",
    "too_many_pills",
    "named",
    "figures",
    "asked",
    "good_readings",
    "confides",
)


class _Said:
    """What one message says, and what follows from it."""

    def __init__(self, words: list[Word], text: str, learnt: Leanings) -> None:
        self._words, self._learnt, self._leaning = words, learnt, learnt.of(words)
        self._read = [word.read for word in certain(words)]
        self._rules = shipped().rules
        found = shipped().find(self._read)
        scope = Scope(self._read, found)
        judged = [(phrase, scope.of(phrase)) for phrase in found]
        self._true = _longest([phrase for phrase, holds in judged if holds is Holds.YES])
        self._denied = _longest([phrase for phrase, holds in judged if holds is Holds.DENIED])
        self._counted = self._count(text)
        self._by_lexicon = self._add_up()
        self._points = self._weigh()

    def category(self) -> Category:
        """The category with the most points; talk only if nothing speaks for any, or nothing but courtesies is said."""
        if self._holds_only_courtesies():
            return Category.OTHER
        spoken_for = [category for category in Category if self._points[category] >= self._least(category)]
        return max(spoken_for, key=self._weight, default=Category.OTHER)

    def _weight(self, category: Category) -> float:
        """Points of the category, with the benefit of the doubt that a danger has."""
        if category is not Category.EMERGENCY:
            return self._points[category]
        return self._points[category] + (_DANGER_MAY_LACK if self._by_lexicon[category] > 0 else _HINT_MAY_LACK)

    def _least(self, category: Category) -> float:
        """Points without which nothing speaks for the category: more if words only lean to it."""
        return 1 if self._by_lexicon[category] > 0 else _FAINT

    def urgency(self, category: Category) -> Urgency:
        """How urgent the category is with what else is said; what may be pressing, or is not understood, waits less."""
        if raised := self._rules.urgency(self._counted, category):
            return Urgency(raised)
        if _TYPICAL[category] is Urgency.P4 and self._may_be_pressing(category):
            return Urgency.P3
        return _TYPICAL[category]

    def _weigh(self) -> defaultdict[str, float]:
        """Points of each category: by the lexicon, and by what the words lean to."""
        points: defaultdict[str, float] = defaultdict(float)
        for category, given in self._by_lexicon.items():
            points[category] += min(given, _SURE_DANGER if category == Category.EMERGENCY else _CERTAIN)
        for category in Category:
            points[category] += _LEANING * self._leaning.get(category, 0)
        return points

    def _add_up(self) -> Counter[str]:
        """What the rules give and take, and each thing said once, however often it is said."""
        points = self._rules.points(self._counted)
        said = {(found.phrase.meaning, found.phrase.words): found.phrase for found in self._true}
        for phrase in said.values():
            points[phrase.category] += phrase.points
        return points

    def _may_be_pressing(self, category: Category) -> bool:
        """Tell whether something pressing has nearly as many points, or nothing has any and it is no mere talk."""
        if self._points[category] <= 0:
            return not self.is_mere_talk()
        return any(self._points[other] >= _NEARLY * self._points[category] for other in _PRESSING)

    def ground(self, category: Category) -> Ground | None:
        """What makes it confidential: hurt at home, an office accused, or a writer who wants to stay unknown."""
        ground = self._rules.ground(self._counted, category)
        return Ground(ground) if ground else None

    def is_hotline_fault(self, category: Category) -> bool:
        """Tell whether it complains that nobody answers a call."""
        return category is Category.COMPLAINT and bool(self._counted["unanswered"])

    def is_mere_talk(self) -> bool:
        """Tell whether somebody is only talking."""
        return bool(self._counted["talk"]) or self._holds_only_courtesies()

    def _holds_only_courtesies(self) -> bool:
        talk = [found for found in self._true if found.phrase.meaning in ("chatter", "talk")]
        courtesies = {place for found in talk for place in range(found.start, found.end)}
        said = {place for place, word in enumerate(self._read) if word not in STOPS}
        return said <= courtesies

    def because(self, category: Category) -> tuple[str, ...]:
        """The words that speak for the category, as they were typed."""
        families = self._rules.speaking(self._counted, category)
        speaking = [
            found for found in self._true if found.phrase.category == category or found.phrase.meaning in families
        ]
        words = map(self._typed, speaking) if speaking else self._learnt.speaking(self._words, category)
        return tuple(dict.fromkeys(words))

    def _hints_at_confidence(self) -> int:
        """Count how often its words hint at what is told in confidence; many words must hint more to hint as much."""
        leaning = self._leaning.get(CONFIDENTIAL, 0.0)
        return max(0, int(leaning / (_ONE_HINT * max(1.0, len(self._words) / _WORDS_OF_MOST))))

    def _typed(self, found: Found) -> str:
        return " ".join(dict.fromkeys(word.typed for word in self._words[found.start : found.end]))

    def _count(self, text: str) -> Counter[str]:
        """Count the different phrases of each family, and what is measured."""
        different: defaultdict[str, set[str]] = defaultdict(set)
        for found in self._true:
            different[found.phrase.meaning].add(found.phrase.words)
        counted = Counter({meaning: len(phrases) for meaning, phrases in different.items()})
        fever, oxygen = readings.fever(self._read) or 0.0, readings.oxygen(self._read) or 100
        counted["denied"] = len({found.phrase.words for found in self._denied})
        counted["fever"] = fever >= readings.FEVER
        counted["high_fever"] = fever >= readings.HIGH_FEVER
        counted["low_oxygen"] = oxygen <= readings.OXYGEN_DANGER
        counted["fast_breaths"] = readings.breathes_too_fast(self._read)
        counted["weak_circulation"] = readings.circulates_badly(self._read)
        counted["too_many_pills"] = readings.took_too_much(self._read)
        counted["named"] = names_someone(text)
        counted["figures"] = sum(word[:1].isdigit() for word in self._read)
        counted["asked"] = "?" in text
        counted["good_readings"] = readings.are_good(self._read)
        counted["confides"] = self._hints_at_confidence()
        return counted


def _longest(found: Sequence[Found]) -> list[Found]:
    """Keep, of phrases of one family that lie within each other, the longest."""
    kept: list[Found] = []
    reached: Counter[str] = Counter()
    for one in sorted(found, key=lambda found: (found.start, -found.end, -found.phrase.points)):
        if one.end > reached[one.phrase.meaning]:
            reached[one.phrase.meaning] = one.end
            kept.append(one)
    return kept
