"""What is said among neighbours: when it is more than talk, and when a team should be offered it."""

from __future__ import annotations

from models.rules.triage import Category, Triage, Urgency


def tells_of_something(proposed: Triage) -> bool:
    """Whether the words clearly tell of something, so that even among neighbours they are no mere talk."""
    return not proposed.chatter and proposed.category not in (Category.OTHER, Category.WELLNESS)


def looks_like_report(proposed: Triage) -> bool:
    """Whether a team would act on it within hours, not only answer some day; its own tallies are nothing to offer."""
    is_for_a_team = proposed.category is not Category.TEAM_REPORT and proposed.urgency is not Urgency.P4
    return tells_of_something(proposed) and is_for_a_team
