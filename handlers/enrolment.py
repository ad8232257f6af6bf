"""Meeting people: Start and where its link leads, help, whom to call, languages, and buttons grown old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers import Stories, meet_in_private
from handlers.commands import FromPerson
from handlers.commands.checkins import ShowCheckin
from handlers.commands.directive_following import AskAboutDirective
from handlers.commands.enrolment import (
    BecomeAdministrator,
    BindChat,
    CancelDraft,
    ChooseLanguage,
    ConfirmBinding,
    Greet,
    InvitePrivately,
    JoinByInvitation,
    OfferMenu,
    RefuseUnknown,
    ShowHelp,
)
from handlers.commands.home_cards import ScanCard
from handlers.commands.reports import AskForHelp, InviteReport, ViewReport
from models.notices import MenuOffered, Notice
from models.notices.enrolment import (
    ButtonTooOld,
    DraftCancelled,
    LanguageAsked,
    LanguageChosen,
    PrivateChatNeeded,
    ResidentHelped,
    ResidentWelcomed,
    StaffWelcomed,
)
from models.records import Person
from models.rules.permissions import looks_like_code
from models.store.people import is_reachable
from models.work import Work


def greet(command: Greet, work: Work) -> None:
    """Welcome the person as suits their roles, or go straight to what the link they followed asks for."""
    errand = _errand_of(command)
    if isinstance(errand, BindChat) or (errand and command.place.is_private):
        _meet(command, work)
        work.also(errand)
        return
    remark = "unknown_link" if command.payload and not errand else ""
    person = _answer(command, work, lambda person: _welcome(person, work, remark))
    if person is not None and work.people.grants_of(person.id):
        work.also(OfferMenu(person_id=person.id))


def show_help(command: ShowHelp, work: Work) -> None:
    """Tell the person, in private, what the bot does for someone with their roles."""
    hotline = work.policy.hotlines[0]

    def answer(person: Person) -> Notice:
        posts = work.people.posts_of(person.id)
        return StaffWelcomed(person.name, posts) if posts else ResidentHelped(hotline)

    _answer(command, work, answer)


def choose_language(command: ChooseLanguage, work: Work) -> None:
    """Ask which language, or keep the one that was tapped: everything later is said in it."""
    if not command.language:
        _answer(command, work, lambda _: LanguageAsked(has_voices=bool(work.clips.languages())))
        return
    person = _meet(command, work)
    if person is not None:
        person.language = command.language
        _answer(command, work, lambda _: LanguageChosen())
        work.also(OfferMenu(person_id=person.id))


def offer_menu(command: OfferMenu, work: Work) -> None:
    """Let the list of commands in the person's chat follow their roles and language."""
    person = work.people.require(command.person_id)
    roles = tuple(dict.fromkeys(grant.role.value for grant in work.people.grants_of(person.id)))
    if person.account_id is not None and is_reachable(person):
        work.tell(person.account_id, MenuOffered(roles=roles, language=person.language), subject="menu")


def refuse_unknown(command: RefuseUnknown, work: Work) -> None:
    """Say that the button or command is too old, and what to do instead."""
    _answer(command, work, lambda _: ButtonTooOld())


def invite_privately(command: InvitePrivately, work: Work) -> None:
    """Leave one link a day in the group to whoever cannot be answered in private, an anonymous administrator too."""
    if not command.place.is_private:
        key = f"start:{command.place.chat_id}:{command.sender.account_id}:{work.today}"
        work.tell(command.place.chat_id, PrivateChatNeeded(), key=key)


def cancel_draft(command: CancelDraft, work: Work) -> None:
    """Close the open question: the next message answers nothing."""
    work.drafts.close(command.sender.account_id)
    _answer(command, work, lambda _: DraftCancelled())


def _errand_of(command: Greet) -> FromPerson | None:
    """What the payload of the link asks for; None for no payload, or one that means nothing here."""
    common: dict[str, Any] = {
        "sender": command.sender,
        "place": command.place,
        "message_id": command.message_id,
    }
    word, _, rest = command.payload.partition("-")
    match word, rest:
        case "baotin", "":
            return InviteReport(**common)
        case "gap", "":
            return AskForHelp(**common)
        case "hoitham", _ if not rest or _is_id(rest):
            return ShowCheckin(**common, unit_id=int(rest) if rest else None)
        case "view", _ if _is_id(rest):
            return ViewReport(**common, report_id=int(rest))
        case "ask", _ if _is_id(rest):
            return AskAboutDirective(**common, directive_id=int(rest))
        case "nha", _ if rest:
            return ScanCard(**common, token=rest)
        case "moi", _ if rest:
            return JoinByInvitation(**common, token=rest)
        case "gan", _ if rest:
            return BindChat(**common, code=rest)
        case "xacnhan", _:
            unit, _, chat = rest.partition("-")
            return _confirmation(common, unit, chat)
    return BecomeAdministrator(**common, code=command.payload) if looks_like_code(command.payload) else None


def _confirmation(common: dict[str, Any], unit: str, chat: str) -> FromPerson | None:
    # Ids of groups are negative, and a payload has its hyphens for parting words.
    if not (_is_id(unit) and _is_id(chat)):
        return None
    return ConfirmBinding(**common, unit_id=int(unit), group_id=-int(chat), replacing=False)


def _is_id(text: str) -> bool:
    """Whether it is a number that fits the database's 64 bits."""
    return text.isascii() and text.isdecimal() and len(text) <= 18


def _meet(command: FromPerson, work: Work) -> Person | None:
    """The person who gave the command; None for a group administrator who hides behind the group."""
    return None if command.sender.is_anonymous else work.meet(command)


def _answer(command: FromPerson, work: Work, notice_for: Callable[[Person], Notice]) -> Person | None:
    """Answer in private, wherever it was asked; whom we may not write to is left one link a day in the group.

    Returns who was answered.
    """
    person = meet_in_private(command, work)
    if person is not None:
        work.tell(command.sender.account_id, notice_for(person))
    return person


def _welcome(person: Person, work: Work, remark: str) -> Notice:
    posts = work.people.posts_of(person.id)
    if posts:
        return StaffWelcomed(person.name, posts, remark)
    unit = work.desks.nearest_unit(person.id)
    return ResidentWelcomed(unit.name if unit else "", work.policy.hotlines[0], remark)


STORIES: Stories = {
    Greet: greet,
    ShowHelp: show_help,
    ChooseLanguage: choose_language,
    OfferMenu: offer_menu,
    RefuseUnknown: refuse_unknown,
    InvitePrivately: invite_privately,
    CancelDraft: cancel_draft,
}
