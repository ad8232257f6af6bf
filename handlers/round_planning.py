"""Plans become rounds: the coming ones are scheduled, and a changed plan voids what the old one had pending."""

from __future__ import annotations

from datetime import date

from handlers import Stories
from handlers.commands.checkins import RefreshRound
from handlers.commands.plans import PlanRounds, ReplanRounds
from models.records import Round
from models.rules.plans import Plan, RoundTimes, times
from models.rules.rounds import RoundStep, round_after
from models.work import Work


def plan(command: PlanRounds, work: Work) -> None:
    """See to it that every community with homes has a round ahead of it, unless its plan holds none."""
    lacking = work.plans.lacking_rounds(work.policy.tiers.community, command.unit_ids)
    if not lacking:
        return
    book = work.plans.book(work.policy.plan)
    coming: dict[tuple[Plan, date | None], RoundTimes | None] = {}
    keeping: dict[RoundTimes, list[int]] = {}
    for community in lacking:
        own = book.plan_of(community.path)
        # Most communities share one plan and one last day, so the calendar is asked once for them all.
        key = (own, community.last_day)
        if key not in coming:
            coming[key] = round_after(own, work.now, community.last_day, work.policy.timezone)
        times_ahead = coming[key]
        if times_ahead is not None:
            keeping.setdefault(times_ahead, []).append(community.unit_id)
    for times_ahead, unit_ids in keeping.items():
        work.plans.schedule(times_ahead, unit_ids)


def replan(command: ReplanRounds, work: Work) -> None:
    """Take back what was scheduled, and let open rounds keep the new times for what is still ahead of them."""
    unit = work.units.require(command.unit_id)
    work.plans.void_scheduled(unit)
    book = work.plans.book(work.policy.plan)
    for round_, community in work.plans.open_below(unit):
        _retime(round_, book.plan_of(community.path), work)
        work.also(RefreshRound(round_id=round_.id))
    work.also(PlanRounds())


def _retime(round_: Round, own: Plan, work: Work) -> None:
    """What the new plan puts before this moment is left out, never sent late; the round stays open until it closes."""
    planned = times(own, round_.day, work.policy.timezone)
    if not own.has_round_on(round_.day) or planned.closes_at <= work.now:
        # Homes were told until when they may answer: that holds, and nobody is reminded or called any more.
        round_.next_step = RoundStep.CLOSE
    else:
        round_.keep_times(planned)
        _leave_out_what_passed(round_, work)
    round_.due_at = round_.at(round_.next_step) if round_.next_step else None


def _leave_out_what_passed(round_: Round, work: Work) -> None:
    ahead = round_.next_step
    while ahead is not None and ahead is not RoundStep.CLOSE and not _is_ahead(round_, ahead, work):
        ahead = round_.step_after(ahead)
    round_.next_step = ahead


def _is_ahead(round_: Round, step: RoundStep, work: Work) -> bool:
    due_at = round_.at(step)
    return due_at is not None and due_at > work.now


STORIES: Stories = {PlanRounds: plan, ReplanRounds: replan}
