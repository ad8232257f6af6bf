"""A document photographed page by page is one directive with all its pages, in their order."""

from __future__ import annotations

import json

from sqlalchemy import select

from handlers.commands import Enclosure
from handlers.commands.directives import AskForWords, DraftDirective, PassOnDirective, SendDirective, Wanted
from handlers.commands.reports import HearMessage
from handlers.commands.tasks import TakeReading
from models.notices.directives import DirectiveNotThus, OrderPassed
from models.notices.tasks import AlbumCutOff, PagesNotRead
from models.records import Directive, Errand, ErrandState, Person, Report
from models.rules.directives import DirectiveState
from models.rules.documents.as_json import to_json
from tests.stories.directive_day import newest, preview
from tests.stories.document_day import DOCUMENT
from tests.stories.reading import last, read
from tests.stories.world import World


def page(number: int, album: str = "album-1") -> Enclosure:
    return Enclosure("photo", f"page-{number}", album=album)


def photographed(world: World, pages: int = 3) -> Directive:
    """The commander sends `/chidao` with an album, which comes page by page."""
    world.by(world.commander, DraftDirective, enclosures=(page(1),))
    for number in range(2, pages + 1):
        world.by(world.commander, HearMessage, enclosures=(page(number),))
    (directive,) = world.session.scalars(select(Directive))
    return directive


def finish_reading(world: World, directive: Directive, pages: int = 3, unread: tuple[int, ...] = ()) -> None:
    world.do(TakeReading(directive_id=directive.id, document=to_json(DOCUMENT), pages=pages, unread=unread))


def passed_on_to(world: World, chat: Person | int) -> list[str]:
    return [told.file_id for told in world.told(chat) if isinstance(told, OrderPassed)]


def to_be_read(world: World) -> list[list[str]]:
    waiting = world.session.scalars(select(Errand).where(Errand.state == ErrandState.WAITING))
    return [[file_id for file_id, _ in json.loads(errand.data)["pages"]] for errand in waiting]


def test_an_album_sent_with_the_command_is_one_draft_and_no_report(world: World) -> None:
    directive = photographed(world)
    assert "3 trang" in read(world, preview(world, directive)).text
    assert world.session.query(Report).count() == 0


def test_an_album_answers_the_question_what_is_to_be_sent(world: World) -> None:
    world.by(world.commander, AskForWords, wanted=Wanted.WORDS)
    for number in (1, 2):
        world.by(world.commander, HearMessage, enclosures=(page(number),))
    assert preview(world, newest(world)).files == 2
    assert (world.session.query(Directive).count(), world.session.query(Report).count()) == (1, 0)


def test_files_sent_together_are_one_draft(world: World) -> None:
    for number in (1, 2):
        file = Enclosure("document", f"file-{number}", name=f"trang-{number}.pdf", album="album-2")
        world.by(world.clerk, HearMessage, enclosures=(file,))
    assert preview(world, newest(world)).files == 2
    assert world.session.query(Directive).count() == 1


def test_the_next_album_is_the_next_directive(world: World) -> None:
    photographed(world)
    world.by(world.commander, DraftDirective, enclosures=(page(4, "album-2"),))
    world.by(world.commander, HearMessage, enclosures=(page(5, "album-2"),))
    first, second = world.session.scalars(select(Directive).order_by(Directive.id))
    assert (preview(world, first).files, preview(world, second).files) == (3, 2)


def test_every_place_gets_all_pages_in_their_order_however_they_came(world: World) -> None:
    world.by(world.commander, DraftDirective, enclosures=(page(1),), message_id=101)
    for number in (3, 2):
        world.by(world.commander, HearMessage, enclosures=(page(number),), message_id=100 + number)
    directive = newest(world)
    finish_reading(world, directive)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert passed_on_to(world, world.officer) == ["page-1", "page-2", "page-3"]


def test_a_page_that_comes_before_its_first_one_goes_before_it(world: World) -> None:
    world.by(world.commander, DraftDirective, enclosures=(page(2),), message_id=102)
    world.by(world.commander, HearMessage, enclosures=(page(1),), message_id=101)
    assert newest(world).file_id == "page-1"


def test_a_page_whose_caption_was_edited_is_no_new_page(world: World) -> None:
    directive = photographed(world)
    world.by(world.commander, HearMessage, words="trang 2", enclosures=(page(4),), message_id=900)
    world.by(world.commander, HearMessage, words="trang hai", enclosures=(page(4),), message_id=900, was_edited=True)
    assert preview(world, directive).files == 4


def test_all_pages_are_read_once_and_what_was_read_of_fewer_is_not_taken(world: World) -> None:
    directive = photographed(world)
    assert to_be_read(world) == [["page-1", "page-2", "page-3"]]
    finish_reading(world, directive, pages=2)
    assert preview(world, directive).being_read
    finish_reading(world, directive)
    assert not preview(world, directive).being_read
    assert preview(world, directive).tasks


def test_pages_that_could_not_be_read_are_named_and_go_along(world: World) -> None:
    directive = photographed(world)
    finish_reading(world, directive, unread=(2,))
    told = last(world, world.commander)
    assert told == PagesNotRead(directive.code, (2,))
    assert "trang 2" in read(world, told).text
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert len(passed_on_to(world, world.officer)) == 3


def test_of_an_album_with_a_harmful_file_nothing_goes_on(world: World) -> None:
    directive = photographed(world)
    world.do(TakeReading(directive_id=directive.id, reason="macros", is_harmful=True, pages=3))
    assert directive.state is DirectiveState.DISCARDED
    assert world.work().directive_pages.files(directive) == []


def test_a_page_that_comes_after_it_was_sent_changes_nothing_and_says_so(world: World) -> None:
    directive = photographed(world)
    finish_reading(world, directive)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    world.by(world.commander, HearMessage, enclosures=(page(4),))
    assert last(world, world.commander) == DirectiveNotThus(directive.code, DirectiveState.SENT)
    assert len(world.work().directive_pages.files(directive)) == 3


def test_whoever_sends_an_album_in_a_group_hears_that_one_page_arrived(world: World) -> None:
    world.by(world.commander, DraftDirective, enclosures=(page(1),), chat_id=world.group_of(world.district))
    assert AlbumCutOff(newest(world).code) in world.told(world.commander)


def test_somebody_elses_album_of_the_same_name_is_their_own(world: World) -> None:
    directive = photographed(world)
    world.by(world.chair, DraftDirective, enclosures=(page(8),))
    assert preview(world, directive).files == 3
    assert preview(world, newest(world)).files == 1


def test_what_passes_it_on_carries_every_page(world: World) -> None:
    directive = photographed(world)
    finish_reading(world, directive)
    directive.by_tier = True
    world.by(world.commander, SendDirective, directive_id=directive.id)
    world.by(world.chair, PassOnDirective, directive_id=directive.id)
    below = newest(world)
    assert below.passes_on_id == directive.id
    assert world.work().directive_pages.files(below) == world.work().directive_pages.files(directive)
