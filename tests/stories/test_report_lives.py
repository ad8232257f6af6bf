"""Whatever people and the clock do, in whatever order, a report's promises hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.orm import Session

from handlers.commands.reports import (
    AnswerSender,
    BeginEscalation,
    ConfirmHelped,
    EscalateOverdue,
    EscalateWithoutReason,
    HearMessage,
    ResolveReport,
    SayNotHelped,
    TakeReport,
    WithdrawReport,
)
from models.notices.desks import ReportCard
from models.records import Person, Report
from models.rules.policy import Policy
from models.rules.reports import PENDING, ReportState
from tests.databases import in_memory
from tests.stories.world import World

STAFF = ("member", "second_member", "village_head", "officer", "health", "commander", "far_member")
who = st.sampled_from(STAFF)
WORDS = ("Nhà tôi xin ít gạo với thuốc", "Bà tôi sốt cao từ tối qua", "Bố tôi khó thở, tím tái", "Dạ vâng")


class LifeOfAReport(RuleBasedStateMachine):
    """One report, a desk on every rung, and everybody acting as they like."""

    @initialize(words=st.sampled_from(WORDS[:3]))
    def file(self, words: str) -> None:
        engine = in_memory()
        session = Session(engine, expire_on_commit=False)
        self.world = World(session, datetime(2026, 11, 23, 2, 0, tzinfo=UTC), Policy())
        self.world.by(self.world.resident, HearMessage, words=words)
        self.report = session.query(Report).one()
        self.steps: list[int] = []

    def teardown(self) -> None:
        self.world.session.close()

    @rule(by=who)
    def take(self, by: str) -> None:
        self._act(by, TakeReport)

    @rule(by=who)
    def answer(self, by: str) -> None:
        self._act(by, AnswerSender, words="Tổ đến ngay")

    @rule(by=who)
    def resolve(self, by: str) -> None:
        self._act(by, ResolveReport, words="Đã giúp")

    @rule(by=who)
    def pass_up(self, by: str) -> None:
        self._act(by, BeginEscalation)
        self._act(by, EscalateWithoutReason)

    @rule()
    def was_helped(self) -> None:
        self._act("resident", ConfirmHelped)

    @rule()
    def was_not_helped(self) -> None:
        self._act("resident", SayNotHelped)

    @rule()
    def withdraw(self) -> None:
        self._act("resident", WithdrawReport)

    @rule(words=st.sampled_from(WORDS))
    def say_more(self, words: str) -> None:
        newest = self.world.work().reports.newest_of(self.world.resident.id)
        if newest is not None and newest.id == self.report.id:
            self.world.by(self.world.resident, HearMessage, words=words)

    @rule(minutes=st.sampled_from([1, 6, 31, 300, 5000]))
    def wait(self, minutes: int) -> None:
        before = (self.report.holder_id, self.report.rung)
        may_climb = self.report.state is ReportState.OPEN
        self.world.later(timedelta(minutes=minutes))
        self.world.do(EscalateOverdue())
        assert may_climb or (self.report.holder_id, self.report.rung) == before

    @invariant()
    def a_clock_runs_exactly_until_it_is_closed(self) -> None:
        assert (self.report.due_at is None) == (self.report.state is ReportState.CLOSED)

    @invariant()
    def it_is_somebodys_exactly_when_taken(self) -> None:
        if self.report.state in PENDING:
            assert (self.report.taken_by_id is not None) == (self.report.state is ReportState.TAKEN)

    @invariant()
    def somebody_can_always_act_on_it(self) -> None:
        cards = [self.world.card(self._person(name), self.report.subject) for name in STAFF]
        acting = [card for card in cards if isinstance(card, ReportCard) and card.actions]
        assert bool(acting) == (self.report.state is not ReportState.CLOSED)

    @invariant()
    def its_own_home_and_its_neighbours_see_no_card(self) -> None:
        group = self.world.group_of(self.world.community)
        for chat in (self.world.resident, self.world.neighbour, self.world.far_member, group):
            assert self.world.card(chat, self.report.subject) is None

    @invariant()
    def no_step_is_ever_taken_back(self) -> None:
        steps = [step.id for step in self.world.work().reports.history(self.report.id)]
        assert steps[: len(self.steps)] == self.steps
        self.steps = steps

    def _act(self, by: str, command: type, **values: Any) -> None:
        self.world.by(self._person(by), command, report_id=self.report.id, **values)

    def _person(self, name: str) -> Person:
        person = getattr(self.world, name)
        assert isinstance(person, Person)
        return person


TestLifeOfAReport = LifeOfAReport.TestCase
TestLifeOfAReport.settings = settings(
    max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
