"""The numbers a district chose, as plain values: what the stories and rules are asked with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from models.rules.day_figures import Cascade
from models.rules.duty import Duties
from models.rules.hours import DayHours, QuietHours
from models.rules.plans import CLOCKS, Plan, Preset
from models.rules.room import Marks
from models.rules.routing import Route
from models.rules.tiers import PRESETS, Tiers
from models.rules.triage import Category, Urgency


@dataclass(frozen=True, slots=True)
class Policy:
    """Every default is PRODUCT's; `app` builds one of these from the configuration."""

    timezone: ZoneInfo = ZoneInfo("Asia/Ho_Chi_Minh")  #: Whose days and hours everything keeps.
    language: str = "vi"  #: For groups, and for people who chose none.
    tiers: Tiers = Tiers(PRESETS["2021"])  #: The ladder of units, widest first.
    code_prefix: str = "TD"  #: How the codes of reports begin.
    hotlines: tuple[str, ...] = ("115", "19009095")  #: For those in danger; the ambulance first.
    #: How long a desk may leave a report untaken before it climbs.
    patience: dict[Urgency, timedelta] = field(
        default_factory=lambda: {
            Urgency.P1: timedelta(minutes=5),
            Urgency.P2: timedelta(minutes=30),
            Urgency.P3: timedelta(hours=4),
            Urgency.P4: timedelta(hours=24),
        }
    )
    #: How long a report that was taken up may stand without anything being done about it.
    standstill: dict[Urgency, timedelta] = field(
        default_factory=lambda: {
            Urgency.P1: timedelta(minutes=30),
            Urgency.P2: timedelta(hours=2),
            Urgency.P3: timedelta(hours=12),
            Urgency.P4: timedelta(hours=48),
        }
    )
    join_within: timedelta = timedelta(minutes=15)  #: So soon after a report, further words belong to it.
    desk_spoke_within: timedelta = timedelta(hours=48)  #: The same after the desk wrote to its sender.
    offers_a_day: int = 3  #: So often a day one group's talk is offered to be sent; for a danger always.
    pattern_homes: int = 3  #: So many homes of one village that tell of the same are a pattern.
    pattern_within: timedelta = timedelta(hours=24)  #: When they tell of it within this time.
    #: The kinds of report that are watched for patterns.
    pattern_categories: frozenset[Category] = frozenset(
        {
            Category.SYMPTOM,
            Category.EMERGENCY,
            Category.CONTACT,
            Category.MOVEMENT,
            Category.VIOLATION,
            Category.RELIEF,
            Category.RUMOUR,
        }
    )
    close_after: timedelta = timedelta(hours=72)  #: A result nobody objects to is closed then.
    quiet: QuietHours = QuietHours(time(21), time(6))  #: When only danger may ring.
    chase_hours: DayHours = DayHours(time(7), time(17, 30))  #: When the clock may chase.
    default_deadline: timedelta = timedelta(hours=24)  #: Of a directive that names none.
    halftime_chase_within: timedelta = timedelta(days=7)  #: A deadline further off has no half-time chase.
    #: So long before a deadline those who have not answered are chased once more.
    chase_before_deadline: tuple[timedelta, ...] = (timedelta(days=1), timedelta(hours=2))
    chase_by_hand_every: timedelta = timedelta(hours=1)  #: At most so often, by whomever.
    sends_per_second: int = 30  #: The pace by which previews reckon how long sending takes.
    preset: Preset = Preset.MOUNTAIN  #: Which hours check-ins keep where no plan says otherwise.
    answer_changeable_for: timedelta = timedelta(hours=24)  #: After the first answer of a home.
    mourned_for: timedelta = timedelta(days=7)  #: So long after a death its home is not asked after.
    link_valid_for: timedelta = timedelta(hours=24)  #: A link that binds a group.
    invitation_valid_for: timedelta = timedelta(days=14)  #: A link that ties an account to a listed person.
    draft_valid_for: timedelta = timedelta(hours=2)  #: An open question of ours.
    reachable_staff_for_a_ready_desk: int = 2  #: With fewer, a report passes the desk over.
    routes: dict[str, Route] = field(default_factory=dict)  #: Lines of the routing table the configuration changes.
    duties: Duties = field(default_factory=Duties)  #: The roster's own numbers.
    arrivals_settled_within: timedelta = timedelta(hours=2)  #: Then the team is asked what became of who came.
    room: Marks = field(default_factory=Marks)  #: From when on administrators hear that a disk runs full.
    cascade: Cascade = field(default_factory=Cascade)  #: When the figures of a day are due, tier by tier.

    @property
    def plan(self) -> Plan:
        """How homes are asked where no unit wishes anything."""
        return Plan(CLOCKS[self.preset])
