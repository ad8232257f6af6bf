"""A directive that stops at the communes: their commanders add a note and a deadline, and pass it on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.commands.directive_following import AcknowledgeDirective, CorrectDirective, WithdrawDirective
from handlers.commands.directives import (
    ChooseDeadline,
    ChooseRelay,
    PassOnDirective,
    PassOnWithoutNote,
    SendDirective,
    TypeDeadline,
)
from handlers.commands.reports import HearMessage
from handlers.commands.tasks import FinishTask, SetTaskDeadline, ToggleTask
from models.notices import Contact
from models.notices.directives import (
    DeadlineTooLate,
    DirectingRefused,
    DirectiveAbove,
    DirectiveNotThus,
    WordsAsked,
)
from models.records import Directive, Person
from models.rules.directives import DirectiveState
from models.rules.documents.document import Deadline, Document, Every, PartialDate
from tests.stories.directive_day import WORDS, board, card, draft, has_card, newest, open_question, preview
from tests.stories.document_day import COMMUNES, DAILY, DOCUMENT, HEALTH, VILLAGES, read, row
from tests.stories.world import World

NOTE = "Các tổ nộp danh sách cho chị Hoa trước bữa trưa."


def sent_by_tier(world: World) -> Directive:
    directive = draft(world)
    world.by(world.commander, ChooseRelay, directive_id=directive.id, by_tier=True)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    return directive


def taken_up(world: World, above: Directive, by: Person | None = None) -> Directive:
    """The commune's draft that is to pass it on."""
    world.by(by or world.chair, PassOnDirective, directive_id=above.id)
    return newest(world)


def passed_on(world: World, above: Directive) -> Directive:
    directive = taken_up(world, above)
    world.by(world.chair, HearMessage, words=NOTE)
    world.by(world.chair, SendDirective, directive_id=directive.id)
    return directive


def test_it_reaches_the_communes_alone_and_their_commanders_may_pass_it_on(world: World) -> None:
    above = draft(world)
    assert (preview(world, above).has_tiers, preview(world, above).reached.units) == (True, 5)
    world.by(world.commander, ChooseRelay, directive_id=above.id, by_tier=True)
    assert preview(world, above).reached.units == 2
    world.by(world.commander, SendDirective, directive_id=above.id)
    assert card(world, world.chair, above).may_pass_on
    assert card(world, world.group_of(world.commune), above).may_pass_on
    assert not card(world, world.officer, above).may_pass_on
    assert not has_card(world, world.member, above)
    assert not has_card(world, world.group_of(world.community), above)


def test_a_commander_of_the_last_offices_is_not_offered_tiers(world: World) -> None:
    assert not preview(world, draft(world, by=world.chair)).has_tiers


def test_with_the_note_it_goes_to_the_units_below_and_says_what_it_passes_on(world: World) -> None:
    above = sent_by_tier(world)
    directive = taken_up(world, above)
    assert world.told(world.chair)[-1] == WordsAsked("directive-note", directive.code, directive.id)
    assert not has_card(world, world.member, directive)
    world.by(world.chair, HearMessage, words=NOTE)
    assert (preview(world, directive).note, preview(world, directive).words) == (NOTE, WORDS)
    world.by(world.chair, SendDirective, directive_id=directive.id)
    shown = card(world, world.member, directive)
    assert (shown.note, shown.words) == (NOTE, WORDS)
    assert shown.above == DirectiveAbove(above.code, "Huyện Mẫu")
    assert shown.issuer == Contact("Chủ tịch Xã Một", unit="Xã Mẫu Một")
    assert not has_card(world, world.far_member, directive)


def test_with_nothing_to_add_one_tap_passes_it_on_as_it_is(world: World) -> None:
    directive = taken_up(world, sent_by_tier(world))
    for _ in range(2):
        world.by(world.chair, PassOnWithoutNote, directive_id=directive.id)
    assert open_question(world, world.chair) is None
    assert card(world, world.member, directive).words == WORDS
    assert world.told(world.chair)[-1] == DirectiveNotThus(directive.code, DirectiveState.SENT)


def test_the_communes_deadline_is_never_later_than_the_districts(world: World) -> None:
    above = sent_by_tier(world)
    directive = taken_up(world, above)
    assert directive.deadline_at == above.deadline_at
    world.by(world.chair, ChooseDeadline, directive_id=directive.id, hours=72)
    assert world.told(world.chair)[-1] == DeadlineTooLate(directive.code, above.deadline_at)
    world.by(world.chair, TypeDeadline, directive_id=directive.id, words="90 giờ")
    assert world.told(world.chair)[-1] == DeadlineTooLate(directive.code, above.deadline_at)
    assert directive.deadline_at == above.deadline_at
    world.by(world.chair, ChooseDeadline, directive_id=directive.id, hours=4)
    assert directive.deadline_at == world.now + timedelta(hours=4)


def test_tapping_again_begins_nothing_new(world: World) -> None:
    above = sent_by_tier(world)
    directive = taken_up(world, above)
    assert taken_up(world, above) is directive
    world.by(world.chair, SendDirective, directive_id=directive.id)
    assert taken_up(world, above) is directive
    assert world.told(world.chair)[-1] == DirectiveNotThus(directive.code, DirectiveState.SENT)
    assert taken_up(world, above, by=world.other_chair).unit_id == world.other_commune.id


def test_the_district_counts_what_the_communes_passed_on(world: World) -> None:
    above = sent_by_tier(world)
    directive = passed_on(world, above)
    assert (board(world, above).places, board(world, above).acknowledged) == (4, 1)
    world.by(world.member, AcknowledgeDirective, directive_id=directive.id)
    assert (board(world, directive).places, board(world, directive).acknowledged) == (2, 1)
    assert board(world, above).acknowledged == 2
    assert [(line.unit, line.places, line.acknowledged) for line in board(world, above).lines] == [
        ("Xã Mẫu Một", 3, 2),
        ("Xã Mẫu Hai", 1, 0),
    ]


def test_others_are_told_who_may_pass_it_on_and_nothing_begins(world: World) -> None:
    above = sent_by_tier(world)
    for person in (world.officer, world.member):
        assert taken_up(world, above, by=person) is above
        assert world.told(person)[-1] == DirectingRefused((Contact("Chủ tịch Xã Một", world.chair.phone),))


def test_a_correction_and_a_withdrawal_follow_it_down(world: World) -> None:
    above = sent_by_tier(world)
    directive, waiting = passed_on(world, above), taken_up(world, above, by=world.other_chair)
    world.by(world.commander, CorrectDirective, directive_id=above.id, words="Nộp trước 16 giờ.")
    assert card(world, world.member, directive).correction == "Nộp trước 16 giờ."
    world.by(world.commander, WithdrawDirective, directive_id=above.id)
    assert (directive.state, waiting.state) == (DirectiveState.WITHDRAWN, DirectiveState.DISCARDED)
    assert board(world, directive).withdrawn_at == world.now
    world.by(world.other_chair, PassOnDirective, directive_id=above.id)
    assert world.told(world.other_chair)[-1] == DirectiveNotThus(above.code, DirectiveState.WITHDRAWN)


def document_by_tier(world: World, document: Document) -> Directive:
    """An official document that stops at the communes."""
    directive = read(world, document)
    world.by(world.commander, ChooseRelay, directive_id=directive.id, by_tier=True)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    return directive


def tasks_on(world: World, chat: Person | int, directive: Directive) -> dict[str, list[str]]:
    """By its number: whose each task on this card is."""
    return {line.no: [part.who for part in line.parts] for line in card(world, chat, directive).tasks}


ALL = replace(DOCUMENT, tasks=(HEALTH, COMMUNES, VILLAGES))


def test_a_documents_tasks_for_the_villages_stop_at_the_communes(world: World) -> None:
    above = read(world, ALL)
    world.by(world.commander, ChooseRelay, directive_id=above.id, by_tier=True)
    assert [(each.no, each.to) for each in preview(world, above).tasks] == [
        ("2", ("Trung tâm Y tế huyện",)),
        ("8", ("Xã Mẫu Một", "Xã Mẫu Hai")),
        ("9", ("Xã Mẫu Một", "Xã Mẫu Hai")),
    ]
    world.by(world.commander, SendDirective, directive_id=above.id)
    assert tasks_on(world, world.chair, above) == {"8": ["Xã Mẫu Một"], "9": ["Xã Mẫu Một"]}
    assert card(world, world.chair, above).may_pass_on
    assert not has_card(world, world.village_head, above)


def test_the_commune_passes_on_its_tasks_with_its_own_note_and_nobody_elses(world: World) -> None:
    above = document_by_tier(world, ALL)
    directive = passed_on(world, above)
    shown = card(world, world.village_head, directive)
    assert (shown.note, shown.above) == (NOTE, DirectiveAbove(above.code, "Huyện Mẫu"))
    assert shown.document == card(world, world.chair, above).document
    teams = ["Tổ 1 bản Mẫu", "Tổ 2 bản Mẫu"]
    assert tasks_on(world, world.village_head, directive) == {"8": teams, "9": teams}
    assert not has_card(world, world.far_member, directive)
    assert [each.acknowledged for each in board(world, above).tasks] == [0, 1, 1]


def test_each_tier_answers_for_its_own_part_of_a_document(world: World) -> None:
    above = document_by_tier(world, ALL)
    directive = passed_on(world, above)
    world.by(world.village_head, FinishTask, task_id=row(world, directive, "8").id)
    assert [(each.no, each.done, each.total) for each in board(world, directive).tasks] == [("8", 2, 2), ("9", 0, 2)]
    assert [(each.no, each.done, each.total) for each in board(world, above).tasks][1:] == [("8", 0, 2), ("9", 0, 2)]
    world.by(world.chair, FinishTask, task_id=row(world, above, "8").id)
    assert [(each.no, each.done, each.total) for each in board(world, above).tasks][1:] == [("8", 1, 2), ("9", 0, 2)]


def test_a_communes_own_deadline_for_a_task_is_never_later_than_the_districts(world: World) -> None:
    dated = replace(COMMUNES, deadlines=(Deadline(text="trước ngày 30/11", date=PartialDate(2026, 11, 30)),))
    above = document_by_tier(world, replace(DOCUMENT, tasks=(dated,)))
    (district,) = card(world, world.chair, above).tasks
    directive = taken_up(world, above)
    task_id = row(world, directive, "8").id
    world.by(world.chair, SetTaskDeadline, task_id=task_id, words="1/12")
    assert world.told(world.chair)[-1] == DeadlineTooLate(directive.code, district.due_at)
    world.by(world.chair, SetTaskDeadline, task_id=task_id, words="16 giờ ngày 28/11")
    world.by(world.chair, SendDirective, directive_id=directive.id)
    (line,) = card(world, world.member, directive).tasks
    assert line.due_at < district.due_at
    assert [each.due_at for each in preview(world, directive).tasks] == [line.due_at]


def test_a_span_counted_from_arrival_ends_for_the_teams_when_it_ends_for_their_commune(world: World) -> None:
    within = replace(COMMUNES, deadlines=(Deadline(text="trong vòng 10 giờ", within=timedelta(hours=10)),))
    above = document_by_tier(world, replace(DOCUMENT, tasks=(within,)))
    (district,) = card(world, world.chair, above).tasks
    world.later(timedelta(hours=3))
    directive = passed_on(world, above)
    assert [line.due_at for line in card(world, world.member, directive).tasks] == [district.due_at]


def test_the_commune_leaves_out_what_its_teams_need_not_do(world: World) -> None:
    above = document_by_tier(world, replace(DOCUMENT, tasks=(COMMUNES, DAILY)))
    directive = taken_up(world, above)
    world.by(world.chair, ToggleTask, task_id=row(world, directive, "8").id)
    world.by(world.chair, SendDirective, directive_id=directive.id)
    (line,) = card(world, world.member, directive).tasks
    assert (line.no, line.every) == ("3", Every.DAY)


def test_a_withdrawn_document_is_withdrawn_below_too(world: World) -> None:
    above = document_by_tier(world, ALL)
    directive = passed_on(world, above)
    world.by(world.commander, WithdrawDirective, directive_id=above.id)
    world.by(world.village_head, FinishTask, task_id=row(world, directive, "8").id)
    assert world.told(world.village_head)[-1] == DirectiveNotThus(directive.code, DirectiveState.WITHDRAWN)
