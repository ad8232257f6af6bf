"""A directive that stops at the communes: their commanders add a note and a deadline, and pass it on."""

from __future__ import annotations

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
from tests.stories.directive_day import WORDS, board, card, draft, has_card, newest, open_question, preview
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
    assert preview(world, directive).words == f"{NOTE}\n\n{WORDS}"
    world.by(world.chair, SendDirective, directive_id=directive.id)
    shown = card(world, world.member, directive)
    assert shown.words == f"{NOTE}\n\n{WORDS}"
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
