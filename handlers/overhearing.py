"""Where a commander lets the bot listen, talk that looks like a report gets one quiet offer; nothing of it is kept."""

from __future__ import annotations

from handlers import Stories, meet_in_private
from handlers.commands import FromPerson
from handlers.commands.enrolment import IntroduceBot, InvitePrivately
from handlers.commands.overhearing import FileSaid, OfferToSend, SendSaid, ShowOverhearing, SwitchOverhearing
from handlers.commands.reports import InviteReport, ReportInPlace
from models.notices import MessageRemoved, Names
from models.notices.overhearing import (
    NotYoursToSend,
    OverhearingExplained,
    OverhearingRefused,
    OverhearingShown,
    SendingOffered,
)
from models.records import Person, Unit
from models.rules.roles import Role
from models.store.people import contacts
from models.work import Work

#: The card on which a commander switches it.
CARD = "overhearing"


def offer(command: OfferToSend, work: Work) -> None:
    """Ask the author under their own message, a few times a day in one group, for a danger always.

    Staff are not asked: they know `/ghitin`. Nobody is made known by this, and nobody's account is kept.
    """
    unit = work.units.unit_of_chat(command.chat_id)
    author = work.people.find_by_account(command.author_id)
    if unit is None or (author is not None and work.people.serves(author.id, unit)):
        return
    day = f"offered-to-send:{command.chat_id}:{work.today}"
    turns = [f"message-{command.message_id}"] if command.is_urgent else range(work.policy.offers_a_day)
    offered = SendingOffered(command.message_id, work.policy.hotlines[0])
    any(work.tell(command.chat_id, offered, key=f"{day}:{turn}") for turn in turns)


def file(command: FileSaid, work: Work) -> None:
    """File what its author said, at their own tap, and take the offer away; nobody else's tap sends it."""
    person = work.meet(command)
    if command.author.account_id != command.sender.account_id:
        work.refuse(command, person, f"chat:{command.place.chat_id}", NotYoursToSend())
        return
    if command.message_id is not None:
        work.tell(command.place.chat_id, MessageRemoved(command.message_id))
    if not work.reports.was_said(person.id, command.words):
        work.also(
            ReportInPlace(
                sender=command.sender, place=command.place, words=command.words, enclosures=command.enclosures
            )
        )


def send_nothing(command: SendSaid, work: Work) -> None:
    """The message is gone, and nobody kept it: ask in private to write it again."""
    if meet_in_private(command, work) is not None:
        work.also(InviteReport(sender=command.sender, place=command.place))


def show(command: ShowOverhearing, work: Work) -> None:
    """Show a commander, in private, whether the bot listens in the group named, or the one they asked in."""
    if command.sender.is_anonymous:
        work.also(InvitePrivately(sender=command.sender, place=command.place))
        return
    person = work.meet(command)
    named = work.units.find_by_code(command.code) if command.code else work.units.unit_of_chat(command.place.chat_id)
    if not work.people.commanded_by(person.id):
        _refuse(command, person, named or work.units.root(), work)
    elif named is None or named.tier != work.policy.tiers.community:
        listening = [unit.name for unit in work.chats.listened_to() if work.people.commands_over(person.id, unit)]
        work.tell_each([person], OverhearingExplained(Names.of(listening)))
    elif work.people.commands_over(person.id, named):
        work.show_each([person], CARD, _shown(named, work), afresh=True)
    else:
        _refuse(command, person, named, work)


def switch(command: SwitchOverhearing, work: Work) -> None:
    """Let the bot listen in a community's group or not; the pinned card there says which."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if not work.people.commands_over(person.id, unit):
        _refuse(command, person, unit, work)
        return
    chat = work.chats.bound_to(unit.id)
    is_community = unit.tier == work.policy.tiers.community
    if chat is not None and is_community and chat.overhears is not command.on:
        chat.overhears = command.on
        work.done(command, person, f"unit:{unit.id}")
        work.also(IntroduceBot(unit_id=unit.id))
    work.show_each([person], CARD, _shown(unit, work))


def _shown(unit: Unit, work: Work) -> OverhearingShown:
    chat = work.chats.bound_to(unit.id)
    return OverhearingShown(
        unit.id,
        unit.name,
        is_on=chat is not None and chat.overhears,
        lacks_administrator=chat is None or chat.is_administrator is False,
    )


def _refuse(command: FromPerson, person: Person, unit: Unit | None, work: Work) -> None:
    can = contacts(work.people.commanders_over(unit) if unit else (), Role.COMMANDER)
    work.refuse(command, person, f"unit:{unit.id}" if unit else "units", OverhearingRefused(can))


STORIES: Stories = {
    OfferToSend: offer,
    FileSaid: file,
    SendSaid: send_nothing,
    ShowOverhearing: show,
    SwitchOverhearing: switch,
}
