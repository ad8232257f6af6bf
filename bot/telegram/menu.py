"""The commands people can type: one table says their names, who is shown them, and what they give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from bot.catalogue import FIRST_LANGUAGE, Catalogues
from handlers.commands import Enclosure, FromPerson, Place, Sender
from handlers.commands.arrivals import NoteArrivals
from handlers.commands.checkins import AskHow, ShowCheckin, ShowSilent
from handlers.commands.clips import BringClip
from handlers.commands.day_figures import EnterFigures
from handlers.commands.day_forms import KeepForm
from handlers.commands.directive_following import ListDirectives
from handlers.commands.directives import DraftDirective
from handlers.commands.duty import ShowDuty
from handlers.commands.enrolment import (
    BindChat,
    ChooseLanguage,
    Greet,
    ListGrants,
    ShowHelp,
    ShowUnits,
)
from handlers.commands.followups import ShowFollowUps
from handlers.commands.home_cards import ListCards
from handlers.commands.households import FindHome
from handlers.commands.imports import ImportList
from handlers.commands.on_behalf import LogMessage
from handlers.commands.overhearing import ShowOverhearing
from handlers.commands.plans import ShowPlans
from handlers.commands.queue import ListQueue, SearchReports
from handlers.commands.reports import ListMyReports, ReportInPlace
from handlers.commands.routing import ShowRoutes
from handlers.commands.tasks import ListAgencies, ListDocuments
from models.notices import MenuOffered
from models.rules.day_figures import GATHERERS
from models.rules.households import LISTS_HOMES_BELOW, LISTS_HOMES_HERE
from models.rules.roles import STAFF, Role


class Scope(StrEnum):
    """The sort of chat in whose menu a command is shown."""

    PRIVATE = "private"  #: Between one person and the bot.
    COMMUNITY_GROUP = "community_group"  #: Where the households are.
    OFFICE_GROUP = "office_group"  #: The group of a commune, a district, or above.


IN_PRIVATE = frozenset({Scope.PRIVATE})
EVERYWHERE = frozenset(Scope)

#: Who issues directives and chases them.
ISSUERS = frozenset({Role.COMMANDER, Role.CLERK})
#: Who looks after the homes of a community.
CALLERS = frozenset({Role.TEAM, Role.VILLAGE_HEAD})

#: Who counts the figures of a day, or gathers them.
COUNTERS = CALLERS | GATHERERS
#: Who looks homes up.
KEEPERS = CALLERS | {Role.OFFICER, Role.HEALTH, Role.COMMANDER}
#: Who brings lists of homes.
LISTERS = LISTS_HOMES_HERE | LISTS_HOMES_BELOW | {Role.ADMINISTRATOR}


#: Who decides when homes are asked.
PLANNERS = CALLERS | {Role.OFFICER, Role.COMMANDER}


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: its Vietnamese name, its English alias, where and to whom it is shown, what it gives."""

    name: str
    alias: str
    command: type[FromPerson]
    scopes: frozenset[Scope] = IN_PRIVATE
    roles: frozenset[Role] = frozenset()  #: Who is shown it in private; empty: everyone.
    words_into: str = ""  #: The field that takes the words after the name.
    takes_replied: bool = False  #: The words and files of the message it replies to go along.
    is_listed: bool = True  #: Telegram has a button of its own for /start.
    other_name: str = ""  #: A third name it answers to.

    def build(
        self,
        sender: Sender,
        place: Place,
        message_id: int | None,
        words: str,
        enclosures: tuple[Enclosure, ...] = (),
        reply_to_id: int | None = None,
        author: Sender | None = None,
    ) -> FromPerson:
        """The command that was typed; authority is checked by its story, never here."""
        common: dict[str, Any] = {"sender": sender, "place": place, "message_id": message_id}
        said: dict[str, Any] = {"enclosures": enclosures, "reply_to_id": reply_to_id, "author": author}
        if self.words_into:
            said[self.words_into] = words
        taken = {field.name for field in fields(self.command)}
        return self.command(**common, **{name: value for name, value in said.items() if name in taken})

    def name_in(self, language: str) -> str:
        """The name shown to readers of this language."""
        return self.name if language == FIRST_LANGUAGE else self.alias

    def is_shown_to(self, scope: Scope, roles: frozenset[Role]) -> bool:
        """Whether it stands in the menu of such a chat for someone with these roles."""
        if not self.is_listed or scope not in self.scopes:
            return False
        return scope is not Scope.PRIVATE or not self.roles or bool(self.roles & roles)


_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

#: In the order in which people are shown them.
COMMANDS = (
    Entry("start", "start", Greet, words_into="payload", is_listed=False),
    Entry("baotin", "report", ReportInPlace, IN_PRIVATE | {Scope.COMMUNITY_GROUP}, words_into="words"),
    Entry(
        "ghitin",
        "log",
        LogMessage,
        IN_PRIVATE | {Scope.COMMUNITY_GROUP},
        CALLERS,
        words_into="words",
        takes_replied=True,
    ),
    Entry("hoitham", "checkin", ShowCheckin),
    Entry("cachhoi", "how", AskHow),
    Entry("tincuatoi", "mine", ListMyReports),
    Entry("tindangcho", "queue", ListQueue, roles=STAFF - {Role.CLERK}),
    Entry("timtin", "find", SearchReports, roles=STAFF - {Role.CLERK}, words_into="words"),
    Entry("nhachuabao", "silent", ShowSilent, roles=CALLERS),
    Entry("nguoive", "arrivals", NoteArrivals, words_into="words"),
    Entry("solieu", "tally", EnterFigures, roles=COUNTERS, words_into="words"),
    Entry("bieumau", "form", KeepForm, roles=GATHERERS, takes_replied=True),
    Entry("theodoi", "follow", ShowFollowUps, roles=PLANNERS | {Role.HEALTH}, words_into="words"),
    Entry("lichhoitham", "plan", ShowPlans, roles=PLANNERS, words_into="words"),
    Entry(
        "chidao",
        "directive",
        DraftDirective,
        IN_PRIVATE | {Scope.OFFICE_GROUP},
        ISSUERS,
        words_into="words",
        takes_replied=True,
    ),
    Entry("vanban", "documents", ListDocuments, roles=STAFF, words_into="words"),
    Entry("coquan", "agencies", ListAgencies, roles=ISSUERS, words_into="words"),
    Entry("dondoc", "nudge", ListDirectives, roles=ISSUERS),
    Entry("ghiam", "clips", BringClip, roles=_ADMINISTRATOR, words_into="words", takes_replied=True),
    Entry("gannhom", "bind", BindChat, roles=_ADMINISTRATOR, words_into="code"),
    Entry("donvi", "units", ShowUnits, roles=_ADMINISTRATOR),
    Entry("nha", "home", FindHome, roles=KEEPERS, words_into="words"),
    Entry("inthe", "cards", ListCards, roles=LISTERS),
    Entry("nhapdanhsach", "import", ImportList, roles=LISTERS, takes_replied=True),
    Entry("phanquyen", "grant", ListGrants, roles=_ADMINISTRATOR | {Role.COMMANDER}, words_into="words"),
    Entry("phancong", "routing", ShowRoutes, roles=frozenset({Role.COMMANDER}), words_into="words"),
    Entry("nghenhom", "overhear", ShowOverhearing, roles=frozenset({Role.COMMANDER}), words_into="code"),
    Entry("truc", "duty", ShowDuty, EVERYWHERE, words_into="words"),
    Entry("ngonngu", "language", ChooseLanguage),
    Entry("help", "help", ShowHelp, EVERYWHERE, other_name="trogiup"),
)

_BY_NAME = {name: entry for entry in COMMANDS for name in (entry.name, entry.alias, entry.other_name) if name}

#: Which group's menu an offer to a group is for.
GROUP_SCOPES = {scope.value: scope for scope in (Scope.COMMUNITY_GROUP, Scope.OFFICE_GROUP)}


@dataclass(frozen=True, slots=True)
class Menu:
    """One `setMyCommands` call."""

    scope: dict[str, str | int]  #: As the service wants it: {"type": "chat", "chat_id": …}.
    language_code: str  #: Empty: for every reader whose language has no menu of its own here.
    commands: tuple[tuple[str, str], ...]  #: Each with what it does.


def find(name: str) -> Entry | None:
    """The command of this name or alias, without its slash and in any case; None when there is none."""
    return _BY_NAME.get(name.lower())


def shown(scope: Scope, roles: Iterable[Role] = ()) -> tuple[Entry, ...]:
    """The commands in the menu of such a chat, for someone with these roles, in their order."""
    held = frozenset(roles)
    return tuple(entry for entry in COMMANDS if entry.is_shown_to(scope, held))


def defaults(catalogues: Catalogues, language: str) -> list[Menu]:
    """The menus of every chat that has none of its own; `language` is the community's."""
    return [
        *_in_every_language({"type": "all_private_chats"}, shown(Scope.PRIVATE), catalogues, language),
        *_in_every_language({"type": "all_group_chats"}, shown(Scope.COMMUNITY_GROUP), catalogues, language),
    ]


def offered(notice: MenuOffered, chat_id: int, catalogues: Catalogues, language: str) -> list[Menu]:
    """The menus of one chat: a person's by their roles and language, a bound group's by its tier."""
    scope: dict[str, str | int] = {"type": "chat", "chat_id": chat_id}
    if notice.group:
        return _in_every_language(scope, shown(GROUP_SCOPES[notice.group]), catalogues, language)
    entries = shown(Scope.PRIVATE, (Role(role) for role in notice.roles))
    return [Menu(scope, "", _described(entries, catalogues, notice.language or language))]


def _in_every_language(
    scope: dict[str, str | int], entries: tuple[Entry, ...], catalogues: Catalogues, language: str
) -> list[Menu]:
    """The same menu for readers of each language; the community's for those of any other."""
    others = [spoken for spoken in catalogues if spoken != language]
    return [
        Menu(scope, "", _described(entries, catalogues, language)),
        *(Menu(scope, spoken, _described(entries, catalogues, spoken)) for spoken in others),
    ]


def _described(entries: tuple[Entry, ...], catalogues: Catalogues, language: str) -> tuple[tuple[str, str], ...]:
    say = catalogues.in_language(language)
    return tuple((entry.name_in(say.language), say(f"command.{entry.name}")) for entry in entries)
