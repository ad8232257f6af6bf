"""How what is said adds up: the rules at the end of the lexicon, which give points, urgency and grounds for confidence.

case + together: contact +5         both are said: contact gets five points
2 grave: emergency +30              two different phrases of the family
movement + no someone: …            the second is not said
danger + no 2 danger: …             just one of the family
as violation + isolated: P2         once the message was found to be about a violation
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TERM = re.compile(r"(?:(?P<how>no|as) )?(?:(?P<least>\d+) )?(?P<name>\w+)")
_CHANGE = re.compile(r"(?P<category>\w+) (?P<points>[+-]\d+)")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a rule."""

    name: str  #: A family, or a category after "as".
    least: int  #: So many different phrases of the family are asked for.
    denied: bool  #: So many must not be said.
    names_category: bool  #: It asks what the message was found to be about.

    def holds(self, said: Mapping[str, int], category: str) -> bool:
        """Tell whether the condition is met by the phrases counted in each family, and the category found."""
        if self.names_category:
            return self.name == category
        return (said.get(self.name, 0) >= self.least) is not self.denied


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows when all its conditions are met."""

    terms: tuple[Term, ...]
    outcome: str  #: As written behind the colon.
    needs: frozenset[str]  #: The families without which it cannot hold.

    def holds(self, said: Mapping[str, int], category: str = "") -> bool:
        """Tell whether every condition is met."""
        return all(term.holds(said, category) for term in self.terms)


class Rules:
    """The rules of a lexicon, in the order they are written."""

    def __init__(self) -> None:
        self._of: dict[str, list[Rule]] = {"points": [], "urgency": [], "confidential": []}

    def learn(self, kind: str, line: str, number: int) -> None:
        """Keep the rule on a line. Raises ValueError if it cannot be understood."""
        conditions, _, outcome = line.partition(":")
        terms = tuple(map(_term, conditions.split(" + ")))
        if kind not in self._of or None in terms:
            raise ValueError(f"Line {number} of the lexicon is no rule that can be understood: {line}")
        kept = tuple(term for term in terms if term)
        needs = frozenset(term.name for term in kept if not (term.denied or term.names_category))
        self._of[kind].append(Rule(kept, outcome.strip(), needs))

    def names(self) -> set[str]:
        """Return the families that any rule asks for."""
        rules = (rule for rules in self._of.values() for rule in rules)
        return {term.name for rule in rules for term in rule.terms if not term.names_category}

    def categories(self) -> set[str]:
        """Return the categories that any rule names."""
        asked = {
            term.name for rules in self._of.values() for rule in rules for term in rule.terms if term.names_category
        }
        return asked | {change["category"] for rule in self._of["points"] for change in _CHANGE.finditer(rule.outcome)}

    def points(self, said: Mapping[str, int]) -> Counter[str]:
        """Return what the rules that hold give to each category and take from it."""
        points: Counter[str] = Counter()
        for rule in self._holding("points", said):
            for change in _CHANGE.finditer(rule.outcome):
                points[change["category"]] += int(change["points"])
        return points

    def speaking(self, said: Mapping[str, int], category: str) -> set[str]:
        """Return the families whose being said together spoke for the category."""
        rules = [rule for rule in self._holding("points", said) if f"{category} +" in rule.outcome]
        return {term.name for rule in rules for term in rule.terms if not term.denied}

    def urgency(self, said: Mapping[str, int], category: str) -> str | None:
        """Return the urgency the first rule that holds gives, or None."""
        return next((rule.outcome for rule in self._holding("urgency", said, category)), None)

    def ground(self, said: Mapping[str, int], category: str) -> str | None:
        """Return what makes the message confidential by the first rule that holds, or None."""
        return next((rule.outcome for rule in self._holding("confidential", said, category)), None)

    def _holding(self, kind: str, said: Mapping[str, int], category: str = "") -> Iterator[Rule]:
        present = {name for name, count in said.items() if count}
        return (rule for rule in self._of[kind] if rule.needs <= present and rule.holds(said, category))


def _term(text: str) -> Term | None:
    term = _TERM.fullmatch(text.strip())
    if not term:
        return None
    return Term(term["name"], int(term["least"] or 1), term["how"] == "no", term["how"] == "as")
