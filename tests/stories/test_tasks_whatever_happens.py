"""Whatever people tap, in whatever order and however often, each task of each unit stands in exactly one state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.commands.directive_following import AcknowledgeDirective, CorrectDirective, WithdrawDirective
from handlers.commands.tasks import AcknowledgeTask, ChaseTasks, FinishTask
from models.records import Assignment, Card, Directive, Mail
from models.rules.assignments import AssignmentState, state_of
from models.rules.directives import DirectiveState
from models.rules.policy import Policy
from tests.databases import SqliteFiles, engine_of
from tests.stories.document_day import COMMUNES, DAILY, DOCUMENT, HEALTH, VILLAGES, issued, row
from tests.stories.world import MORNING, World

WHO = st.sampled_from(["chair", "officer", "other_chair", "village_head", "member", "far_member", "resident"])
ITEMS = st.sampled_from(["2", "3", "8", "9"])
EVENTS = st.one_of(
    st.tuples(st.just("acknowledge"), WHO, ITEMS),
    st.tuples(st.just("finish"), WHO, ITEMS),
    st.tuples(st.just("acknowledge_all"), WHO, st.just("")),
    st.tuples(st.just("correct"), st.just(""), st.just("")),
    st.tuples(st.just("hours_pass"), st.sampled_from(["1", "6", "20"]), st.just("")),
    st.tuples(st.just("withdraw"), st.just(""), st.just("")),
)
#: A document whose tasks go to an agency, to communes every day, to communes once, and to the villages.
ALL_SORTS = replace(DOCUMENT, tasks=(HEALTH, DAILY, COMMUNES, VILLAGES))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("tasks")
    with SqliteFiles(folder).new_url() as url:
        yield url


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=st.lists(st.tuples(EVENTS, st.booleans()), max_size=14))
def test_each_task_of_each_unit_has_one_state_nothing_is_told_twice_and_nothing_leaves_after_a_withdrawal(
    url: str, events: list[tuple[tuple[str, str, str], bool]]
) -> None:
    engine = engine_of(url)
    with engine.connect() as connection, connection.begin() as everything:
        session = Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
        world = World(session, MORNING, Policy())
        directive = issued(world, ALL_SORTS)
        for (kind, who, item), is_replayed in events:
            for _ in range(1 + is_replayed):
                before = {each.id: _state(each) for each in session.scalars(select(Assignment))}
                mails = len(session.scalars(select(Mail.id)).all())
                was_withdrawn = directive.state is DirectiveState.WITHDRAWN
                _happens(world, directive, kind, who, item)
                _hold(session, before)
                if was_withdrawn and kind == "hours_pass":
                    assert len(session.scalars(select(Mail.id)).all()) == mails
        _nothing_was_told_twice(session)
        everything.rollback()
    engine.dispose()


def _happens(world: World, directive: Directive, kind: str, who: str, item: str) -> None:
    """Let one thing happen; the clock looks after everything each time."""
    if kind == "acknowledge":
        world.by(getattr(world, who), AcknowledgeTask, task_id=row(world, directive, item).id)
    elif kind == "finish":
        world.by(getattr(world, who), FinishTask, task_id=row(world, directive, item).id)
    elif kind == "acknowledge_all":
        world.by(getattr(world, who), AcknowledgeDirective, directive_id=directive.id)
    elif kind == "correct":
        world.by(world.commander, CorrectDirective, directive_id=directive.id, words="Báo trước 16 giờ")
    elif kind == "withdraw":
        world.by(world.commander, WithdrawDirective, directive_id=directive.id)
    else:
        world.later(timedelta(hours=int(who)))
        world.do(ChaseTasks())


def _state(assignment: Assignment) -> AssignmentState:
    return state_of(assignment.acknowledged_at, assignment.done_at)


def _hold(session: Session, before: dict[int, AssignmentState]) -> None:
    """No part is lost, goes back, or stands twice."""
    order = list(AssignmentState)
    assignments = session.scalars(select(Assignment)).all()
    for each in assignments:
        assert order.index(_state(each)) >= order.index(before.get(each.id, AssignmentState.WAITING))
    assert before.keys() <= {each.id for each in assignments}
    current = Counter((each.task_id, each.unit_id, each.holder) for each in assignments if each.is_current)
    assert set(current.values()) == {1}
    assert set(current) == {(each.task_id, each.unit_id, each.holder) for each in assignments}


def _nothing_was_told_twice(session: Session) -> None:
    """One card a chat, one late notice a superior and unit and day, and one reminder at a time."""
    cards = Counter((card.chat_id, card.subject) for card in session.scalars(select(Card)))
    assert set(cards.values()) <= {1}
    chasing = ["TasksChased", "TasksToldOn", "UnitsChased", "UnitsToldOn"]
    told = Counter(
        (mail.chat_id, mail.notice, mail.created_at) for mail in session.scalars(select(Mail)) if mail.kind in chasing
    )
    assert set(told.values()) <= {1}
