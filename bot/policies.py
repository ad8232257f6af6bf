"""From the configuration to the plain values the rules are asked with."""

from __future__ import annotations

from bot.config import Settings
from models.rules.day_figures import Cascade
from models.rules.duty import Duties
from models.rules.hours import DayHours, QuietHours
from models.rules.policy import Policy
from models.rules.room import Marks
from models.rules.routing import MATTERS
from models.rules.tiers import Tiers
from models.rules.triage import Urgency


def policy_from(settings: Settings) -> Policy:
    """What this installation chose."""
    community, reports, directives = settings.community, settings.reports, settings.directives
    duty, figures = settings.duty, settings.figures
    return Policy(
        timezone=community.timezone,
        language=community.language,
        tiers=Tiers(community.tier_names),
        code_prefix=community.code_prefix,
        hotlines=community.hotlines,
        patience={
            Urgency.P1: reports.patience_p1,
            Urgency.P2: reports.patience_p2,
            Urgency.P3: reports.patience_p3,
            Urgency.P4: reports.patience_p4,
        },
        standstill={
            Urgency.P1: reports.standstill_p1,
            Urgency.P2: reports.standstill_p2,
            Urgency.P3: reports.standstill_p3,
            Urgency.P4: reports.standstill_p4,
        },
        offers_a_day=reports.offers_a_day,
        pattern_homes=reports.pattern_homes,
        pattern_within=reports.pattern_within,
        pattern_categories=frozenset(reports.pattern_categories),
        join_within=reports.join_within,
        routes={matter: getattr(settings.routing, matter) for matter in MATTERS},
        duties=Duties(
            warn_before=duty.warn_before,
            hand_over_within=duty.hand_over_within,
            ring_next_after=duty.ring_next_after,
            test_weekday=duty.test_weekday - 1,
            test_at=duty.test_at,
            test_within=duty.test_within,
        ),
        quiet=QuietHours(reports.night_from, reports.night_until),
        chase_hours=DayHours(directives.day_from, directives.day_until),
        default_deadline=directives.default_deadline,
        sends_per_second=settings.pacing.per_second,
        preset=settings.checkins.preset,
        mourned_for=settings.checkins.mourned_for,
        room=Marks(settings.disk.warn_below, settings.disk.urge_below),
        arrivals_settled_within=figures.arrivals_within,
        cascade=Cascade(
            is_wanted=figures.daily,
            teams_at=figures.teams_at,
            tier_takes=figures.tier_takes,
            reminds_before=figures.reminds_before,
        ),
    )
