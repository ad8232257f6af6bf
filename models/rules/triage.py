"""What a message is about and how urgent it is: a proposal that staff change with a tap.

The words that carry meaning are in `lexicon.txt`, the codebook's categories below. A phrase counts unless it is
denied ("không sốt"), over ("hết sốt rồi", "tháng trước … khó thở") or only supposed ("nếu bị tím tái").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from models.rules import readings
from models.rules.confidential import Ground
from models.rules.keyboard import STOPS, read_words, spell, spellings
from models.rules.lexicon import Found, shipped
from models.rules.scope import Holds, Scope
from models.rules.words import clean


class Category(StrEnum):
    """Who must act, by the codebook."""

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
    because: tuple[str, ...]  #: The lexicon's phrases that decided it.
    ground: Ground | None = None  #: Why it is confidential; None: it is not.


#: What a voice message or a picture without words gets, until a person has heard or seen it.
UNHEARD = Triage(Category.OTHER, Urgency.P2, confidential=False, chatter=False, because=())

_MUST_BE_HEARD_OR_SEEN = frozenset({"voice", "photo", "video", "document"})


def needs_listening(kinds: Collection[str]) -> bool:
    """Tell whether something came that says more than a machine can read: voice, photo, video, file."""
    return not _MUST_BE_HEARD_OR_SEEN.isdisjoint(kinds)


def read(text: str) -> Triage:
    """Propose category, urgency and confidentiality for a message as typed, with the phrases that decided it."""
    words = _most_telling(read_words(text))
    found = shipped().find(words)
    scope = Scope(words, found)
    said = _Said(words, [(phrase, scope.of(phrase)) for phrase in found])
    category = said.category()
    ground = said.ground(category) or (Ground.ASKED if category in _ACCUSING and _names_someone(text) else None)
    return Triage(
        category,
        said.urgency(category),
        confidential=ground is not None,
        chatter=category is Category.OTHER and said.is_mere_talk(),
        because=said.because(category),
        ground=ground,
    )


#: Words read of a long message: people say what it is about at the beginning, and what they want at the end.
_AT_THE_BEGINNING, _AT_THE_END = 200, 80


def _most_telling(words: list[str]) -> list[str]:
    """Return the words, or the beginning and the end of very many, so that no message takes long to read."""
    if len(words) <= _AT_THE_BEGINNING + _AT_THE_END:
        return words
    return [*words[:_AT_THE_BEGINNING], ".", *words[-_AT_THE_END:]]


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

#: What makes a category more urgent: the family of words, and how urgent it then is (the codebook).
_PRESSING = {
    Category.VIOLATION: ("isolated", Urgency.P2),
    Category.RELIEF: ("pressing", Urgency.P2),
    Category.COMPLAINT: ("unanswered", Urgency.P3),
}

#: Families that speak for a category of another name; the others bear its name, or speak for none.
_SPEAKS_FOR = {category.value: category for category in Category} | {
    "danger": Category.EMERGENCY,
    "grave": Category.EMERGENCY,
    "own": Category.SYMPTOM,
    "positive": Category.SYMPTOM,
    "outing": Category.VIOLATION,
    "violence": Category.VIOLATION,
}

#: What being told that nobody is ill, or nobody came, adds to wellness, in points.
_DENIAL_POINTS = 2

#: So many grave signs together are a danger.
_GRAVE_TOGETHER = 2

#: What being ill adds to its own category, in points: less than what was asked for several times.
_ILLNESS_POINTS = 1

#: What a measured fever counts when no word for illness is said, in points.
_FEVER_POINTS = 4

#: What makes a tally, in points, at least.
_REPORT_POINTS = 3

#: Whoever says these has more to say than that all are well.
_ASKING = (Category.MOVEMENT, Category.VIOLATION, Category.RELIEF, Category.RUMOUR, Category.PRIVACY, Category.VACCINE)

#: In these a person who is named, or pointed at, is accused.
_ACCUSING = frozenset({Category.VIOLATION, Category.MOVEMENT, Category.COMPLAINT})
#: In these whoever is pointed at is accused, too.
_POINTING = _ACCUSING - {Category.MOVEMENT}


class _Said:
    """What one message says, and what follows from it."""

    def __init__(self, words: Sequence[str], judged: Sequence[tuple[Found, Holds]]) -> None:
        self._words = words
        self._true = _longest([found for found, holds in judged if holds is Holds.YES])
        self._denied = _longest([found for found, holds in judged if holds is Holds.DENIED])

    def category(self) -> Category:
        """The category with the most points, the graver of two; danger decides alone, talk only if nothing does."""
        if self._says("danger") or self._measures_danger() or self._adds_up_to_danger():
            return Category.EMERGENCY
        points = self._points()
        spoken_for = [category for category in Category if points[category] and category is not Category.EMERGENCY]
        return max(spoken_for, key=points.__getitem__, default=Category.OTHER)

    def urgency(self, category: Category) -> Urgency:
        """How urgent the category is with what else is said."""
        family, raised = _PRESSING.get(category, ("", Urgency.P4))
        if self._says(family):
            return raised
        if category is Category.SYMPTOM and self._is_mild_reaction():
            return Urgency.P3
        return _TYPICAL[category]

    def ground(self, category: Category) -> Ground | None:
        """What makes it confidential: hurt at home, an office accused, or a writer who wants to stay unknown."""
        if self._says("violence"):
            return Ground.HOME
        accuses = self._says("accusation") or (category is Category.COMPLAINT and not self._says("unanswered"))
        if self._says("official") and accuses:
            return Ground.OFFICIAL
        points_at = (category is Category.MOVEMENT and self._says("hiding")) or category in _POINTING
        return Ground.ASKED if self._says("anonymous") or (points_at and self._says("someone")) else None

    def is_mere_talk(self) -> bool:
        """Tell whether the message holds nothing but courtesies, or no word at all."""
        courtesies = {place for found in self._of("chatter", "other") for place in range(found.start, found.end)}
        said = {place for place, word in enumerate(self._words) if word not in STOPS}
        return self._says("other") or said <= courtesies

    def because(self, category: Category) -> tuple[str, ...]:
        """The phrases that speak for the category, as they stand in the lexicon."""
        speaking = (found.phrase for found in self._true if _SPEAKS_FOR.get(found.phrase.meaning) is category)
        return tuple(dict.fromkeys(phrase.words for phrase in speaking))

    def _of(self, *meanings: str) -> list[Found]:
        return [found for found in self._true if found.phrase.meaning in meanings]

    def _says(self, *meanings: str) -> bool:
        return bool(self._of(*meanings))

    def _points(self) -> Counter[Category]:
        points: Counter[Category] = Counter()
        for found in self._true:
            if category := _SPEAKS_FOR.get(found.phrase.meaning):
                points[category] += found.phrase.points
        if self._is_ill():
            # Someone who is ill is ill first, whatever dose they had and whomever they met.
            points[Category.SYMPTOM] += _ILLNESS_POINTS if points[Category.SYMPTOM] else _FEVER_POINTS
            _halve(points, Category.VACCINE, Category.CONTACT, Category.WELLNESS)
        elif self._says("contact") and self._says("case"):
            # Whoever met a case speaks of another's test.
            points[Category.SYMPTOM] = 0
            points[Category.WELLNESS] += len(self._denied)
        elif not self._says("positive"):
            points[Category.WELLNESS] += _DENIAL_POINTS * len(self._denied)
        return self._weighed(points)

    def _weighed(self, points: Counter[Category]) -> Counter[Category]:
        """Points, where one thing said explains another: a question about doses is about doses."""
        if not self._says("case"):
            # To eat or ride together is dangerous only with a case.
            points[Category.CONTACT] = 0
        if points[Category.QUESTION] > _DENIAL_POINTS:
            _halve(points, Category.VIOLATION, *(() if self._is_ill() else (Category.SYMPTOM,)))
        if points[Category.TEAM_REPORT] < _REPORT_POINTS:
            # A number of people or homes alone is no tally.
            points[Category.TEAM_REPORT] = 0
        if self._says("anonymous"):
            _halve(points, Category.PRIVACY)
        if points[Category.VACCINE] > _DENIAL_POINTS:
            _halve(points, Category.QUESTION)
        if any(points[category] > _DENIAL_POINTS for category in _ASKING):
            _halve(points, Category.WELLNESS)
        return points

    def _is_ill(self) -> bool:
        """Tell whether the writer's own house is ill: felt, measured, or tested while nobody is said to be well."""
        if self._says("symptom") or (readings.fever(self._words) or 0) >= readings.FEVER:
            return True
        return self._says("own") and not (self._says("contact") and self._says("unharmed"))

    def _adds_up_to_danger(self) -> bool:
        return len({found.phrase.words for found in self._of("grave")}) >= _GRAVE_TOGETHER

    def _measures_danger(self) -> bool:
        oxygen = readings.oxygen(self._words)
        return (oxygen or 100) <= readings.OXYGEN_DANGER or readings.breathes_too_fast(self._words)

    def _is_mild_reaction(self) -> bool:
        return self._says("dose") and (readings.fever(self._words) or 0) < readings.HIGH_FEVER


def _halve(points: Counter[Category], *categories: Category) -> None:
    for category in categories:
        points[category] //= 2


def _longest(found: Sequence[Found]) -> list[Found]:
    """Keep, of phrases of one family that lie within each other, the longest."""
    kept: list[Found] = []
    reached: Counter[str] = Counter()
    for one in sorted(found, key=lambda found: (found.start, -found.end)):
        if one.end > reached[one.phrase.meaning]:
            reached[one.phrase.meaning] = one.end
            kept.append(one)
    return kept


_TITLES = frozenset[str]().union(*map(spellings, ("ông", "bà", "anh", "chị", "cô", "chú", "bác", "thằng", "nhà", "a")))
#: Words in capitals after a title that are no names.
_NOT_NAMES = re.compile(r"[fF]\d?|[A-Z]{3,}")


def _names_someone(text: str) -> bool:
    """Tell whether a title is followed by a name: "ông P", "chị Lan", "nhà A S."."""
    return not text.isupper() and any(
        spell(title) in _TITLES and name[0].isupper() and not _NOT_NAMES.fullmatch(name)
        for title, name in pairwise(re.findall(r"\w+", clean(text)))
    )
