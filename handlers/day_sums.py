"""The figures of a day on their way up: who has not sent, what the sum is, and when each tier closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.day_figures import AdvanceGatherings, ChaseSenders, OpenSum, RefreshSums
from handlers.commands.day_forms import FillDaily
from handlers.commands.enrolment import InvitePrivately
from models.notices.day_figures import (
    ChasedAlready,
    FiguresRefused,
    FiguresWanted,
    SendersChased,
    SumPart,
    SumShown,
)
from models.records import Gathering, Person, Unit
from models.rules.chasing import may_chase_by_hand_at
from models.rules.day_figures import GATHERERS, DayStep, Timed, is_left_out, step_after
from models.rules.roles import Role
from models.store.day_figures import Sent
from models.store.people import contacts, is_reachable
from models.work import Work

#: On whose screens the sum is, by the clock.
_TOLD = (Role.COMMANDER, Role.OFFICER)


def open_sum(command: OpenSum, work: Work) -> None:
    """Show a unit's sum to whoever gathers there or above."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if not _admits(command, person, unit, work):
        return
    if not is_reachable(person):
        work.also(InvitePrivately(sender=command.sender, place=command.place))
        return
    work.show_each([person], _subject(unit.id, command.day), _sum(unit, command.day, work), afresh=True)


def refresh(command: RefreshSums, work: Work) -> None:
    """Let every screen with a sum it is part of show it as it is now, from its tier to the top."""
    unit = work.units.require(command.unit_id)
    if unit.tier != work.policy.tiers.community:
        _refresh(unit, command.day, work)
    if unit.parent_id is not None:
        work.also(RefreshSums(unit_id=unit.parent_id, day=command.day))


def _refresh(unit: Unit, day: date, work: Work) -> None:
    """Show the sum to those who look at it; after closing, those in charge see it in any case."""
    subject, gathering = _subject(unit.id, day), work.day_sheets.find_gathering(unit.id, day)
    looking = [card.chat_id for card in work.outbox.cards_about(subject) if _still_gathers(card.chat_id, unit, work)]
    is_closed = gathering is not None and gathering.is_closed
    if not looking and not is_closed:
        return
    shown = _sum(unit, day, work)
    work.show_in_each(dict.fromkeys(looking, shown), subject)
    if is_closed:
        work.show_each(work.people.holding(unit.id, _TOLD), subject, shown)


def chase(command: ChaseSenders, work: Work) -> None:
    """Remind the teams that have not sent, at most once an hour whoever asks."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if not _admits(command, person, unit, work):
        return
    gathering = work.day_sheets.find_gathering(unit.id, command.day) or _begin(unit, command.day, work)
    again_at = may_chase_by_hand_at(gathering.chased_at, work.now, work.policy)
    if again_at > work.now:
        work.tell_each([person], ChasedAlready(again_at=again_at))
        return
    gathering.chased_at = work.now
    missing = _remind(unit, command.day, work, by=person.name)
    work.done(command, person, f"unit:{unit.id}")
    work.tell_each([person], SendersChased(units=missing))


def advance(command: AdvanceGatherings, work: Work) -> None:
    """Take the steps that are due, then begin today where it has not begun; each leaves the next one due."""
    morning = work.policy.quiet.quiet_ends_at(work.now, work.policy.timezone)
    for gathering, unit in work.day_sheets.due(work.now, command.most):
        if morning > work.now:
            # What an outage left for the night waits until people are up.
            gathering.due_at = morning
        else:
            _take_next_step(gathering, unit, work)
    if work.policy.cascade.is_wanted:
        for unit in work.day_sheets.lacking(work.today, work.policy.tiers.community, command.most):
            _begin(unit, work.today, work)


def _begin(unit: Unit, day: date, work: Work) -> Gathering:
    """Let the unit gather from the first step that is still to come."""
    coming = [(step, at) for step, at in _steps(unit, day, work) if at > work.now]
    return work.day_sheets.begin(unit.id, day, coming[0] if coming else None)


def _take_next_step(gathering: Gathering, unit: Unit, work: Work) -> None:
    step, at = gathering.next_step, gathering.due_at
    if step is None or at is None:
        return
    following = step_after(step, _steps(unit, gathering.day, work))
    gathering.next_step, gathering.due_at = following or (None, None)
    if is_left_out(step, at, gathering.due_at, work.now):
        return
    if step is DayStep.REMIND:
        _remind(unit, gathering.day, work)
        return
    shown = _sum(unit, gathering.day, work)
    if shown.units:
        work.show_each(work.people.holding(unit.id, _TOLD), _subject(unit.id, gathering.day), shown, afresh=True)
    if step is DayStep.CLOSE:
        work.also(FillDaily(unit_id=unit.id, day=gathering.day))


def _remind(unit: Unit, day: date, work: Work, *, by: str = "") -> int:
    """Ask the teams below that have not sent; each once by the clock. How many they are."""
    missing = work.day_sheets.unsent_below(unit, day, work.policy.tiers.community)
    for community in missing:
        wanted = FiguresWanted(
            unit_id=community.id,
            unit=community.name,
            day=day,
            due_at=work.policy.cascade.due_at(community.tier, day, work.policy.tiers, work.policy.timezone),
            by=by,
        )
        key = "" if by else f"figures:{community.id}:{day}:remind"
        work.tell_each(work.checkins.callers_of(community), wanted, subject=f"figures:{community.id}", key=key)
    return len(missing)


def _steps(unit: Unit, day: date, work: Work) -> Sequence[Timed]:
    return work.policy.cascade.steps(unit.tier, day, work.policy.tiers, work.policy.timezone)


def _subject(unit_id: int, day: date) -> str:
    return f"day:{unit_id}:{day}"


def _sum(unit: Unit, day: date, work: Work) -> SumShown:
    tiers, zone = work.policy.tiers, work.policy.timezone
    counted = work.day_sheets.sent_below(unit, day, tiers.community)
    teams_due = work.policy.cascade.due_at(tiers.community, day, tiers, zone)
    own_due = work.policy.cascade.due_at(unit.tier, day, tiers, zone)
    parts = _parts(unit, counted, work)
    return SumShown(
        unit_id=unit.id,
        unit=unit.name,
        day=day,
        due_at=own_due,
        is_closed=own_due <= work.now,
        units=len(counted),
        sent=sum(each.first_at is not None for each in counted),
        late=sum(each.first_at is not None and each.first_at > teams_due for each in counted),
        corrected=sum(_was_corrected(each, own_due) for each in counted),
        total=work.day_sheets.total_below(unit, day),
        arrived=work.arrivals.origins(unit, day),
        unsettled=work.arrivals.count_open(unit),
        parts=tuple(part for part in parts if part.sent < part.units),
        below=tuple(part for part in parts if not part.is_community),
        has_form=work.day_sheets.has_form(unit.id),
    )


def _was_corrected(sent: Sent, due_at: datetime) -> bool:
    """Whether what was sent in time was corrected after it was due."""
    return sent.first_at is not None and sent.at is not None and sent.first_at <= due_at < sent.at


def _parts(unit: Unit, counted: Sequence[Sent], work: Work) -> Sequence[SumPart]:
    """How far each unit right below is."""
    under: dict[int, list[Sent]] = {}
    for each in counted:
        right_below = int(each.path.removeprefix(unit.path).split("/")[0])
        under.setdefault(right_below, []).append(each)
    return [
        SumPart(
            unit_id=child.id,
            unit=child.name,
            sent=sum(each.first_at is not None for each in under[child.id]),
            units=len(under[child.id]),
            is_community=child.tier == work.policy.tiers.community,
        )
        for child in work.units.named(under)
    ]


def _gathers(person: Person, unit: Unit, work: Work) -> bool:
    """Whether this person gathers in the unit or in one above it."""
    _, _, above = work.people.roles_around(person.id, unit)
    return unit.tier != work.policy.tiers.community and not GATHERERS.isdisjoint(above)


def _still_gathers(account_id: int, unit: Unit, work: Work) -> bool:
    person = work.people.find_by_account(account_id)
    return person is not None and _gathers(person, unit, work)


def _admits(command: FromPerson, person: Person, unit: Unit, work: Work) -> bool:
    """Whether this person may gather here; otherwise they are told who does."""
    if _gathers(person, unit, work):
        return True
    able = contacts(work.people.holding(unit.id, _TOLD))
    work.refuse(command, person, f"unit:{unit.id}", FiguresRefused(unit=unit.name, contacts=able))
    return False


STORIES: Stories = {
    OpenSum: open_sum,
    RefreshSums: refresh,
    ChaseSenders: chase,
    AdvanceGatherings: advance,
}
