"""Whatever people and the clock do, in whatever order and however often, a report's promises hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.orm import Session

from handlers.commands.desks import (
    AssignReport,
    CorrectCategory,
    CorrectUrgency,
    GiveBackReport,
    MakeConfidential,
    PromiseHours,
)
from handlers.commands.enrolment import EndRole, GrantRole
from handlers.commands.reports import (
    AnswerSender,
    BeginEscalation,
    ConfirmHelped,
    EscalateOverdue,
    EscalateWithoutReason,
    HandDownReport,
    HearMessage,
    ListMyReports,
    ResolveReport,
    SayNotHelped,
    TakeReport,
    WithdrawReport,
)
from models.notices.desks import ReportCard
from models.notices.reports import OwnReportsListed
from models.records import Person, Report
from models.rules.confidential import Ground
from models.rules.policy import Policy
from models.rules.reports import PENDING, ReportState
from models.rules.roles import Role
from models.rules.triage import Category, Urgency
from tests.databases import in_memory
from tests.stories.reading import last
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
        self.stood = self._standing()
        self.acted: tuple[str, type, dict[str, Any]] = ("member", TakeReport, {})

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

    @rule(by=who)
    def hand_down(self, by: str) -> None:
        self._act(by, HandDownReport, unit_id=self.world.community.id)

    @rule(by=who)
    def give_back(self, by: str) -> None:
        self._act(by, GiveBackReport)

    @rule(by=who, to=who)
    def assign(self, by: str, to: str) -> None:
        self._act(by, AssignReport, person_id=self._person(to).id)

    @rule(by=who)
    def promise(self, by: str) -> None:
        self._act(by, PromiseHours, hours=2)

    @rule(by=who, urgency=st.sampled_from(Urgency))
    def correct_urgency(self, by: str, urgency: Urgency) -> None:
        self._act(by, CorrectUrgency, urgency=urgency)

    @rule(by=who, category=st.sampled_from([Category.RUMOUR, Category.VIOLATION, Category.RELIEF]))
    def correct_category(self, by: str, category: Category) -> None:
        self._act(by, CorrectCategory, category=category)

    @rule(by=who)
    def keep_close(self, by: str) -> None:
        self._act(by, MakeConfidential, ground=Ground.ASKED)

    @rule(role=st.sampled_from([("member", Role.TEAM), ("officer", Role.OFFICER), ("health", Role.HEALTH)]))
    def lose_a_role_or_get_it_back(self, role: tuple[str, Role]) -> None:
        person, unit = self._person(role[0]), self.world.community if role[1] is Role.TEAM else self.world.commune
        held = role[1] in self.world.work().people.roles_in(person.id, unit)
        change = EndRole if held else GrantRole
        self.world.by(self.world.commander, change, person_id=person.id, unit_id=unit.id, role=role[1])

    @rule()
    def the_last_tap_arrives_again(self) -> None:
        by, command, values = self.acted
        self._act(by, command, **values)

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
        if self.report.state is ReportState.TAKEN and self.report.taken_by_id is not None:
            assert self.world.work().desks.may_act(self.report.taken_by_id, self.report)

    @invariant()
    def exactly_one_desk_holds_it(self) -> None:
        desks = self.world.work().desks
        seat = desks.seat_of(self.report)
        assert seat in desks.seats_from(self.world.work().units.require(self.report.holder_id))

    @invariant()
    def its_sender_reads_what_its_desk_sees(self) -> None:
        self.world.by(self.world.resident, ListMyReports)
        listed = last(self.world, self.world.resident)
        assert isinstance(listed, OwnReportsListed)
        (line,) = [line for line in listed.lines if line.code == self.report.code]
        assert (line.state, line.holder) == (self.report.state, self.world.work().desks.contact_of(self.report))
        for name in STAFF:
            card = self.world.card(self._person(name), self.report.subject)
            if isinstance(card, ReportCard):
                assert (card.state, card.urgency) == (self.report.state, self.report.urgency)

    @invariant()
    def nobody_who_may_not_see_it_has_more_than_its_code(self) -> None:
        desks = self.world.work().desks
        for person in self.world.session.query(Person).all():
            card = self.world.card(person, self.report.subject)
            if isinstance(card, ReportCard) and not card.sealed:
                assert desks.may_see(person.id, self.report)
            if isinstance(card, ReportCard) and card.actions:
                assert desks.may_act(person.id, self.report)

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
    def every_change_is_a_step_and_none_is_ever_taken_back(self) -> None:
        steps = [step.id for step in self.world.work().reports.history(self.report.id)]
        assert steps[: len(self.steps)] == self.steps
        stands = self._standing()
        assert stands == self.stood or len(steps) > len(self.steps)
        self.steps, self.stood = steps, stands

    def _standing(self) -> tuple[object, ...]:
        """What of a report never changes without a step in its history."""
        now = self.report
        whose = now.state, now.holder_id, now.rung, now.taken_by_id, now.promised_at is not None
        return *whose, now.urgency, now.category, now.confidential

    def _act(self, by: str, command: type, **values: Any) -> None:
        self.acted = by, command, values
        self.world.by(self._person(by), command, report_id=self.report.id, **values)

    def _person(self, name: str) -> Person:
        person = getattr(self.world, name)
        assert isinstance(person, Person)
        return person


TestLifeOfAReport = LifeOfAReport.TestCase
TestLifeOfAReport.settings = settings(
    max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
