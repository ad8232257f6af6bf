"""The numbers a district chose, as plain values: what the stories and rules are asked with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from models.rules.checkins import Preset
from models.rules.hours import DayHours, QuietHours
from models.rules.tiers import PRESETS, Tiers
from models.rules.triage import Urgency


@dataclass(frozen=True, slots=True)
class Policy:
    """Every default is PRODUCT's; `app` builds one of these from the configuration."""

    timezone: ZoneInfo = ZoneInfo("Asia/Ho_Chi_Minh")
    language: str = "vi"
    tiers: Tiers = Tiers(PRESETS["2021"])
    code_prefix: str = "TD"
    hotlines: tuple[str, ...] = ("115", "19009095")
    patience: dict[Urgency, timedelta] = field(
        default_factory=lambda: {
            Urgency.P1: timedelta(minutes=5),
            Urgency.P2: timedelta(minutes=30),
            Urgency.P3: timedelta(hours=4),
            Urgency.P4: timedelta(hours=24),
        }
    )
    join_within: timedelta = timedelta(minutes=15)
    desk_spoke_within: timedelta = timedelta(hours=48)
    close_after: timedelta = timedelta(hours=72)
    quiet: QuietHours = QuietHours(time(21), time(6))
    chase_hours: DayHours = DayHours(time(7), time(17, 30))
    default_deadline: timedelta = timedelta(hours=24)
    halftime_chase_within: timedelta = timedelta(days=7)
    chase_by_hand_every: timedelta = timedelta(hours=1)
    sends_per_second: int = 30
    preset: Preset = Preset.MOUNTAIN
    answer_changeable_for: timedelta = timedelta(hours=24)
    link_valid_for: timedelta = timedelta(hours=24)
    draft_valid_for: timedelta = timedelta(hours=2)
    reachable_staff_for_a_ready_desk: int = 2
