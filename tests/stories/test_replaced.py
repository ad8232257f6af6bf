"""What another document has replaced asks nothing of anybody any more: no reminder, no tap, no open line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from handlers.commands.directive_following import (
    AcknowledgeDirective,
    ChaseDue,
    ChaseMissing,
    ListDirectives,
    WithdrawDirective,
)
from handlers.commands.directives import PassOnDirective, SendDirective
from handlers.commands.tasks import ChaseTasks, FinishTask
from models.notices.directive_boards import DirectivesListed
from models.notices.directives import UnitsChased, UnitsToldOn
from models.notices.tasks import DirectiveReplaced, TasksChased, TasksToldOn
from models.records import AuditEntry, Directive, DirectivePlace, Person
from models.rules.documents.document import Reference, Type
from tests.stories.directive_day import board, card
from tests.stories.document_day import COMMUNES, DAILY, DOCUMENT, issued, read, row
from tests.stories.reading import last
from tests.stories.reading import read as as_read
from tests.stories.world import World

CITES = (Reference(type=Type.LETTER, number=33, symbol="CV-TTCH", date=None),)
NEWER = replace(DOCUMENT, number=40, references=CITES)
SAYS_SO = "Công văn này thay thế Công văn số 33/CV-TTCH ngày 23/11/2026."


def replaced(world: World, old: Directive) -> Directive:
    """A newer document takes the place of the old one and has left."""
    new = issued(world, NEWER, SAYS_SO)
    assert world.work().documents.sign_replacing(old) == "40/CV-TTCH"
    return new


def days_pass(world: World, days: int = 3) -> None:
    """The clocks look every hour."""
    for _ in range(24 * days):
        world.later(timedelta(hours=1))
        world.do(ChaseDue())
        world.do(ChaseTasks())


def reminders(world: World, person: Person, directive: Directive) -> int:
    kinds = (UnitsChased, UnitsToldOn, TasksChased, TasksToldOn)
    return sum(isinstance(told, kinds) and told.code == directive.code for told in world.told(person))


def test_nobody_is_chased_for_what_was_replaced_and_no_superior_hears_of_it(world: World) -> None:
    old = issued(world, replace(DOCUMENT, tasks=(COMMUNES, DAILY)))
    new = replaced(world, old)
    days_pass(world)
    assert [reminders(world, who, old) for who in (world.chair, world.commander)] == [0, 0]
    assert reminders(world, world.chair, new) > 0, "the newer one is looked after"


def test_what_passes_it_on_is_chased_no_more_either(world: World) -> None:
    old = read(world)
    old.by_tier = True
    world.by(world.commander, SendDirective, directive_id=old.id)
    world.by(world.chair, PassOnDirective, directive_id=old.id)
    below = world.session.scalars(select(Directive).where(Directive.passes_on_id == old.id)).one()
    world.by(world.chair, SendDirective, directive_id=below.id)
    replaced(world, old)
    days_pass(world)
    assert [reminders(world, who, below) for who in (world.member, world.village_head, world.chair)] == [0, 0, 0]


def test_the_board_says_by_what_and_offers_no_chase_and_no_list_of_the_missing(world: World) -> None:
    old = issued(world)
    assert board(world, old).chase_at is not None
    replaced(world, old)
    shown = board(world, old)
    assert (shown.replaced_by, shown.chase_at) == ("40/CV-TTCH", None)
    text = as_read(world, shown)
    assert "40/CV-TTCH" in text.text
    labels = {button.label for buttons in text.rows for button in buttons}
    assert not {"Đôn đốc", "Đơn vị chưa nhận"} & labels
    assert "Thu hồi" in labels


def test_its_cards_ask_for_nothing_and_still_take_questions(world: World) -> None:
    old = issued(world)
    replaced(world, old)
    shown = as_read(world, card(world, world.chair, old))
    assert [button.label for buttons in shown.rows for button in buttons] == ["Xin hỏi thêm"]


def test_an_old_button_explains_that_there_is_a_newer_document(world: World) -> None:
    old = issued(world)
    replaced(world, old)
    explained = DirectiveReplaced(old.code, "40/CV-TTCH")
    world.by(world.chair, AcknowledgeDirective, directive_id=old.id)
    assert last(world, world.chair) == explained
    world.by(world.other_chair, FinishTask, task_id=row(world, old, "8").id)
    assert last(world, world.other_chair) == explained
    world.by(world.commander, ChaseMissing, directive_id=old.id)
    assert last(world, world.commander) == explained
    assert "40/CV-TTCH" in as_read(world, explained).text
    places = world.session.scalars(select(DirectivePlace).where(DirectivePlace.directive_id == old.id))
    assert all(place.acknowledged_at is None for place in places)


def test_it_is_no_longer_among_the_open_ones_and_the_books_say_who_replaced_it(world: World) -> None:
    old = issued(world)
    new = replaced(world, old)
    world.by(world.commander, ListDirectives)
    listed = last(world, world.commander)
    assert isinstance(listed, DirectivesListed)
    assert [each.code for each in listed.directives] == [new.code]
    entry = world.session.scalars(select(AuditEntry).where(AuditEntry.action == "ReplaceDirective")).one()
    assert (entry.subject, entry.person_id) == (old.subject, world.commander.id)


def test_when_the_newer_one_is_withdrawn_the_old_one_stands_and_is_looked_after_again(world: World) -> None:
    old = issued(world)
    new = replaced(world, old)
    world.by(world.commander, WithdrawDirective, directive_id=new.id)
    assert board(world, old).replaced_by == ""
    days_pass(world, 1)
    assert reminders(world, world.chair, old) > 0


def test_a_commune_replaces_nothing_that_came_from_the_district(world: World) -> None:
    old = issued(world)
    new = read(world, NEWER, SAYS_SO, by=world.chair)
    world.by(world.chair, SendDirective, directive_id=new.id)
    assert card(world, world.chair, old).replaced_by == ""
    days_pass(world, 1)
    assert reminders(world, world.chair, old) > 0
