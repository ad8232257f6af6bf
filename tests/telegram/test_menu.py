"""Everyone is shown the commands they can use, in their own language, and every name given works."""

import re

import pytest

from bot.catalogue import Catalogues
from bot.router import STORIES
from bot.telegram import menu
from bot.telegram.menu import Entry, Menu, Scope
from handlers.commands import Enclosure, Place, PlaceKind, Sender
from handlers.commands.enrolment import BindChat, Greet, ShowHelp
from handlers.commands.reports import ReportInPlace
from models.notices import MenuOffered
from models.rules.roles import Role

SENDER = Sender(1001, "Bà Mẫu")
PRIVATE = Place(1001)


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return Catalogues.load(strict=True)


def entry(name: str) -> Entry:
    found = menu.find(name)
    assert found is not None
    return found


def names(shown: Menu) -> list[str]:
    return [name for name, _ in shown.commands]


def test_a_command_answers_to_its_vietnamese_name_its_english_alias_and_in_any_case() -> None:
    assert menu.find("trogiup") is menu.find("HELP") is not None
    assert menu.find("gannhom") is menu.find("bind") is not None
    assert menu.find("khongco") is None


def test_no_two_commands_share_a_name() -> None:
    given = [name for each in menu.COMMANDS for name in {each.name, each.alias, each.other_name} - {""}]
    assert len(given) == len(set(given))
    assert all(re.fullmatch("[a-z0-9_]{1,32}", name) for name in given)


def test_every_command_shown_has_a_story() -> None:
    assert {each.command for each in menu.COMMANDS} <= set(STORIES)


def test_the_words_after_a_command_go_where_its_story_reads_them() -> None:
    photo = Enclosure("photo", "file-1")
    start, bind, report = entry("start"), entry("bind"), entry("baotin")
    assert start.build(SENDER, PRIVATE, 7, "baotin") == Greet(
        sender=SENDER, place=PRIVATE, message_id=7, payload="baotin"
    )
    group = Place(-100, PlaceKind.GROUP, "Nhóm")
    assert bind.build(SENDER, group, 8, "X1-1") == BindChat(sender=SENDER, place=group, message_id=8, code="X1-1")
    assert report.build(SENDER, PRIVATE, 9, "cháu sốt", (photo,), 5) == ReportInPlace(
        sender=SENDER, place=PRIVATE, message_id=9, words="cháu sốt", enclosures=(photo,)
    )


def test_help_takes_no_words() -> None:
    assert isinstance(entry("help").build(SENDER, PRIVATE, 1, "gì cơ"), ShowHelp)


def test_residents_are_shown_what_residents_need(catalogues: Catalogues) -> None:
    for_everyone = menu.defaults(catalogues, "vi")[0]
    assert for_everyone.scope == {"type": "all_private_chats"}
    assert names(for_everyone) == ["baotin", "hoitham", "cachhoi", "tincuatoi", "nguoive", "truc", "ngonngu", "help"]


def test_a_telegram_in_english_is_shown_the_english_names(catalogues: Catalogues) -> None:
    in_english = menu.defaults(catalogues, "vi")[1]
    assert in_english.language_code == "en"
    assert names(in_english)[0] == "report"
    assert dict(in_english.commands)["duty"] == "Whom to call here"


#: What everybody is offered who looks after homes, or after those who do.
LOOKING_AFTER = {"solieu", "theodoi", "tindangcho", "timtin", "lichhoitham", "nhapdanhsach", "inthe", "nha"}


def test_each_role_is_shown_its_own_commands(catalogues: Catalogues) -> None:
    def offered(*roles: Role) -> set[str]:
        notice = MenuOffered(roles=tuple(roles))
        return set(names(menu.offered(notice, 1001, catalogues, "vi")[0]))

    residents = offered()
    assert offered(Role.TEAM) - residents == {"nhachuabao", "vanban", "ghitin"} | LOOKING_AFTER
    commanders = LOOKING_AFTER | {
        "bieumau",
        "chidao",
        "vanban",
        "coquan",
        "dondoc",
        "phanquyen",
        "phancong",
        "nghenhom",
    }
    assert offered(Role.COMMANDER) - residents == commanders
    assert offered(Role.ADMINISTRATOR) - residents == {
        "ghiam",
        "gannhom",
        "donvi",
        "phanquyen",
        "nhapdanhsach",
        "inthe",
    }


def test_a_menu_follows_the_language_a_person_chose(catalogues: Catalogues) -> None:
    (offered,) = menu.offered(MenuOffered(language="en"), 1001, catalogues, "vi")
    assert offered.scope == {"type": "chat", "chat_id": 1001}
    assert "report" in names(offered)


def test_an_office_group_is_shown_directives_and_a_community_group_reports(catalogues: Catalogues) -> None:
    office = menu.offered(MenuOffered(group=Scope.OFFICE_GROUP), -100, catalogues, "vi")
    community = menu.offered(MenuOffered(group=Scope.COMMUNITY_GROUP), -100, catalogues, "vi")
    assert names(office[0]) == ["chidao", "truc", "help"]
    assert names(community[0]) == ["baotin", "ghitin", "truc", "help"]


def test_every_description_fits_a_narrow_screen(catalogues: Catalogues) -> None:
    everything = menu.defaults(catalogues, "vi")
    assert all(0 < len(words) <= 40 for shown in everything for _, words in shown.commands)
