"""Whatever is rostered, swapped, handed over and taken back: somebody is responsible, or it has been raised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.commands.duty import (
    AnswerSwap,
    DropShift,
    HandOverWithoutNote,
    OfferSwap,
    TakeShift,
    WatchRoster,
    WatchShifts,
)
from handlers.commands.enrolment import EndRole, GrantRole
from handlers.commands.reports import HearMessage, TakeReport
from models.notices.duty import DutyGapRaised
from models.records import DutyShift, DutySwap, HandOver, Person, Report
from models.rules.policy import Policy
from models.rules.reports import ReportState
from models.rules.roles import Role
from tests.databases import in_memory
from tests.stories.world import World

HOUR = timedelta(hours=1)
TEAM = ("member", "second_member", "third_member")
who = st.sampled_from(TEAM)


class LifeOfARoster(RuleBasedStateMachine):
    """One team of three, a claim, and everybody doing as they like."""

    @initialize()
    def begin(self) -> None:
        engine = in_memory()
        self.world = World(Session(engine, expire_on_commit=False), datetime(2026, 11, 23, 2, 0, tzinfo=UTC), Policy())
        self.third_member = self.world.person("Tổ viên Ba", Role.TEAM, self.world.community)
        self.roster(by="member", start=-1, length=8)
        self.world.by(self.world.resident, HearMessage, words="Nhà tôi xin ít gạo với thuốc")
        self.report = self.world.session.query(Report).one()
        self.world.by(self.world.member, TakeReport, report_id=self.report.id)

    def teardown(self) -> None:
        self.world.session.close()

    @rule(by=who, start=st.integers(-1, 30), length=st.sampled_from([2, 8, 12]))
    def roster(self, by: str, start: int, length: int) -> None:
        begins = self.world.now + start * HOUR
        here = self.world.community.id
        self.world.work().duty.add_shift(here, self._person(by).id, begins, begins + length * HOUR)
        self.world.session.commit()

    @rule(giver=who, receiver=who)
    def hand_over(self, giver: str, receiver: str) -> None:
        values = {"unit_id": self.world.community.id, "person_id": self._person(receiver).id}
        self.world.by(self._person(giver), HandOverWithoutNote, **values)

    @rule(by=who)
    def take_over(self, by: str) -> None:
        for given in self.world.session.scalars(select(HandOver).order_by(HandOver.id.desc()).limit(2)).all():
            self.world.by(self._person(by), TakeShift, hand_over_id=given.id)

    @rule(by=who, to=who)
    def swap(self, by: str, to: str) -> None:
        for shift in self.world.work().duty.shifts_of(self._person(by).id, most=1):
            self.world.by(self._person(by), OfferSwap, shift_id=shift.id, person_id=self._person(to).id)
        for swap in self.world.session.scalars(select(DutySwap).order_by(DutySwap.id.desc()).limit(1)).all():
            self.world.by(self._person(to), AnswerSwap, swap_id=swap.id, agreed=True)

    @rule()
    def drop(self) -> None:
        for shift in self.world.session.scalars(select(DutyShift).order_by(DutyShift.id.desc()).limit(1)).all():
            self.world.by(self.world.chair, DropShift, shift_id=shift.id)

    @rule(by=who)
    def leave_and_come_back(self, by: str) -> None:
        values: dict[str, Any] = {
            "person_id": self._person(by).id,
            "unit_id": self.world.community.id,
            "role": Role.TEAM,
        }
        self.world.by(self.world.chair, EndRole, **values)
        self._watch()
        self.somebody_is_on_duty_or_it_was_raised()
        self.world.by(self.world.chair, GrantRole, **values)

    @rule(minutes=st.sampled_from([1, 16, 61, 500]))
    def wait(self, minutes: int) -> None:
        self.world.later(timedelta(minutes=minutes))

    @invariant()
    def somebody_is_on_duty_or_it_was_raised(self) -> None:
        self._watch()
        here = self.world.community
        work = self.world.work()
        if here not in work.duty.rostered() or work.duty.on_duty(here.id):
            return
        raised = [told for told in self.world.told(self.world.chair) if isinstance(told, DutyGapRaised)]
        assert any(each.is_now and each.starts_at <= self.world.now for each in raised)

    @invariant()
    def a_claim_is_always_somebodys_or_waits_for_one(self) -> None:
        if self.report.state is ReportState.TAKEN:
            assert self.report.taken_by_id is not None
            assert self.world.work().desks.may_act(self.report.taken_by_id, self.report)
        else:
            assert self.report.due_at is not None

    @invariant()
    def a_hand_over_has_a_clock_until_it_is_settled(self) -> None:
        for given in self.world.session.scalars(select(HandOver)):
            assert (given.due_at is None) == (given.settled_at is not None)

    def _watch(self) -> None:
        self.world.do(WatchShifts())
        self.world.do(WatchRoster())

    def _person(self, name: str) -> Person:
        person = self.third_member if name == "third_member" else getattr(self.world, name)
        assert isinstance(person, Person)
        return person


TestLifeOfARoster = LifeOfARoster.TestCase
TestLifeOfARoster.settings = settings(
    max_examples=10, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
