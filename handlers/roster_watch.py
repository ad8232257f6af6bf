"""Nobody on duty is raised to the tier above, a day before and at once; weekly patterns become shifts in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers import Stories
from handlers.commands.duty import WatchRoster
from models.notices.duty import DutyGapRaised
from models.records import Person, Unit
from models.rules import duty as rules
from models.work import Work


def watch(_command: WatchRoster, work: Work) -> None:
    """Make shifts of the patterns, and raise every stretch without anybody, each once a day before and once at once."""
    duties = work.policy.duties
    work.duty.plan(work.today, work.today + duties.plan_ahead, work.policy.timezone)
    for unit in work.duty.rostered():
        end = work.now + duties.plan_ahead
        spans = work.duty.spans(unit.id, work.now, end)
        bare = rules.gaps(spans, work.now, end)
        for starts_at, ends_at in bare:
            if starts_at <= work.now and not work.duty.on_duty(unit.id):
                _raise(unit, work.now, ends_at if ends_at < end else None, work, is_now=True)
            elif work.now < starts_at <= work.now + duties.warn_before:
                _raise(unit, starts_at, ends_at if ends_at < end else None, work, is_now=False)


def _raise(unit: Unit, starts_at: datetime, ends_at: datetime | None, work: Work, *, is_now: bool) -> None:
    """Tell those above who can put somebody there; each gap once, one that lasts once a day."""
    since = work.duty.bare_since(unit.id) if is_now else starts_at
    key = f"bare:{unit.id}:{since:%Y%m%dT%H%M}:{work.today if is_now else 'before'}"
    raised = DutyGapRaised(unit.name, since, ends_at, is_now)
    work.tell_each(_above(unit, work), raised, key=key)


def _above(unit: Unit, work: Work) -> Sequence[Person]:
    """Who commands the unit and the one above it, and who is on duty there; at the top the administrators, too."""
    people = list(work.people.commanders_over(unit))
    if unit.parent_id is None:
        people += work.people.administrators()
    else:
        people += work.people.commanders_over(work.units.require(unit.parent_id))
        people += work.duty.on_duty(unit.parent_id)
    return list({person.id: person for person in people}.values())


STORIES: Stories = {WatchRoster: watch}
