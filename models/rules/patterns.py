"""When several reports of one village are one story: how many homes, and which kinds count as the same."""

from __future__ import annotations

from collections.abc import Iterable

from models.rules.triage import Category

#: Kinds that tell of the same: whoever is in danger of life by an illness is ill.
_ILLNESS = frozenset({Category.SYMPTOM, Category.EMERGENCY})


def kinds_like(category: Category) -> frozenset[Category]:
    """The kinds of report that tell of the same as this one."""
    return _ILLNESS if category in _ILLNESS else frozenset({category})


def is_pattern(homes: Iterable[str], needed: int) -> bool:
    """Whether enough different homes tell of it; one home that writes often is no pattern."""
    return len(set(homes)) >= needed
