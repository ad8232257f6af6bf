"""Lists of homes, in chat: the form."""

from __future__ import annotations

from handlers.commands.imports import HandTemplate, ImportList
from handlers.imports import MAKE_TEMPLATE
from models.notices.imports import ImportRefused, TemplateHanded, TemplatePromised
from models.records import Errand
from tests.stories.reading import last, read
from tests.stories.stage import Stage
from tests.stories.world import World


def test_who_looks_after_homes_gets_a_form_to_fill_in(world: World) -> None:
    for person in (world.administrator, world.member, world.village_head, world.officer, world.commander):
        world.by(person, ImportList)
        assert isinstance(last(world, person), TemplatePromised)
    kinds = {errand.kind for errand in world.session.query(Errand)}
    assert kinds == {MAKE_TEMPLATE}


def test_a_resident_is_told_who_brings_lists(world: World) -> None:
    world.by(world.resident, ImportList)
    told = last(world, world.resident)
    assert isinstance(told, ImportRefused)
    assert world.administrator.name in read(world, told).text


def test_the_form_says_how_many_homes_it_holds(world: World) -> None:
    world.do(HandTemplate(account_id=world.account(world.member), content=b"PK", homes=5))
    told = last(world, world.member)
    assert isinstance(told, TemplateHanded)
    assert "5 hộ" in read(world, told).text


async def test_the_form_arrives_as_a_file_and_leaves_nothing_behind(stage: Stage) -> None:
    stage.writes(stage.member, "/nhapdanhsach")
    seen = await stage.sees(stage.member, "Mẫu danh sách", kind="document")
    await stage.quiet()
    content = stage.hands.download(stage.member.account, seen)
    assert content.startswith(b"PK")
