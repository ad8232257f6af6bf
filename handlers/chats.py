"""What becomes of group chats: the bot is added, promoted, muted, removed, back; a title or an id changes."""

from __future__ import annotations

from datetime import timedelta

from handlers import Stories
from handlers.commands.checkins import RefreshBoard
from handlers.commands.enrolment import (
    IntroduceBot,
    LoseGroup,
    LosePerson,
    MoveChat,
    NoteOwnMembership,
    NoteTitle,
)
from models.notices import CardPinned, Notice
from models.notices.binding import (
    GroupGreeted,
    GroupLost,
    GroupMet,
    GroupMoved,
    GroupRenamed,
    GroupReturned,
)
from models.records import Chat, ChatState, Unit
from models.work import Work

#: A binding link adds the bot first and names the unit a moment later: so long nothing is said of a new group.
SETTLING = timedelta(seconds=30)
#: What could not be shown for longer than this is of no use any more.
WORTH_SHOWING_FOR = timedelta(days=1)


def note_own_membership(command: NoteOwnMembership, work: Work) -> None:
    """Keep what the bot is and may do in a chat, and say what changed to those whom it concerns."""
    if command.place.is_private:
        _note_private(command, work)
        return
    before = work.chats.find(command.place.chat_id)
    was_there = before is not None and before.state is ChatState.PRESENT
    could_not_pin = before is not None and before.may_pin is False
    chat = work.chats.keep(command.place.chat_id, command.place.title)
    _keep_rights(chat, command)
    if not (command.present and command.may_write):
        muted = command.present
        work.also(LoseGroup(chat_id=chat.id, muted=muted, reason="muted" if muted else "kicked"))
        return
    chat.state = ChatState.PRESENT
    if chat.unit_id is None:
        if not was_there:
            _meet_unbound(chat, command.sender.name, work)
        return
    if could_not_pin and chat.may_pin:
        _pin_at_last(chat, work)
    _go_on(chat, work.units.require(chat.unit_id), work, came_back=not was_there)


def note_title(command: NoteTitle, work: Work) -> None:
    """Keep a group's new title, and tell the administrators when it is a unit's."""
    known = work.chats.find(command.place.chat_id)
    is_new = known is None or known.title != command.place.title
    chat = work.chats.keep(command.place.chat_id, command.place.title)
    if is_new and chat.unit_id is not None:
        unit = work.units.require(chat.unit_id)
        work.tell_each(work.people.administrators(), GroupRenamed(unit.name, chat.title))


def move(command: MoveChat, work: Work) -> None:
    """A group became a supergroup: everything kept under its old id goes on under the new one, once.

    The service says so up to three times: in the old group, in the new one, and in answer to a send.
    """
    work.outbox.move_chat(command.old_chat_id, command.new_chat_id)
    chat = work.chats.move(command.old_chat_id, command.new_chat_id)
    if chat is None or chat.unit_id is None:
        return
    unit = work.units.require(chat.unit_id)
    work.tell_each(work.people.administrators(), GroupMoved(unit.name, chat.title or unit.name))
    work.also(IntroduceBot(unit_id=unit.id, afresh=True))
    work.also(RefreshBoard(unit_id=unit.id))


def lose_group(command: LoseGroup, work: Work) -> None:
    """Nothing can be said in a group any more: stop trying, and tell who can mend it, once a day."""
    work.outbox.drop_waiting(work.now, command.reason, chat_id=command.chat_id)
    chat = work.chats.find(command.chat_id)
    if chat is None:
        return
    chat.state = ChatState.MUTED if command.muted else ChatState.LOST
    if chat.unit_id is not None:
        unit = work.units.require(chat.unit_id)
        lost = GroupLost(unit.name, chat.title or unit.name, command.reason)
        _tell_who_can_mend(unit, lost, work, key=f"group:{chat.id}:{chat.state}:{work.today}")


def _note_private(command: NoteOwnMembership, work: Work) -> None:
    account_id = command.place.chat_id
    if not command.present:
        work.also(LosePerson(account_id=account_id))
        return
    work.people.meet(account_id, command.sender.name, in_private=True)
    work.show_missed(account_id, work.now - WORTH_SHOWING_FOR)


def _keep_rights(chat: Chat, command: NoteOwnMembership) -> None:
    chat.is_administrator = command.is_administrator
    chat.may_pin, chat.may_delete = command.may_pin, command.may_delete


def _meet_unbound(chat: Chat, added_by: str, work: Work) -> None:
    """Say hello, and tell the administrators what to do; binding within the next moments takes both back."""
    # A subject of its own, since whatever waits keeps later mail of its subject waiting as well.
    job, later = f"unbound:{chat.id}", work.now + SETTLING
    key = f"met:{chat.id}:{work.today}"
    work.tell(chat.id, GroupGreeted(), subject=job, job=job, key=key, not_before=later)
    met = GroupMet(chat.title, added_by)
    work.tell_each(work.people.administrators(), met, subject=job, key=key, job=job, not_before=later)


def _go_on(chat: Chat, unit: Unit, work: Work, *, came_back: bool) -> None:
    work.also(IntroduceBot(unit_id=unit.id, afresh=came_back))
    if came_back:
        work.tell_each(work.people.administrators(), GroupReturned(unit.name, chat.title or unit.name))
        work.show_missed(chat.id, work.now - WORTH_SHOWING_FOR)
        work.also(RefreshBoard(unit_id=unit.id))


def _pin_at_last(chat: Chat, work: Work) -> None:
    """Pin what could not be pinned before."""
    for card in work.outbox.pinned_cards(chat.id):
        if card.message_id is not None:
            work.tell(chat.id, CardPinned(card.message_id), subject=card.subject)


def _tell_who_can_mend(unit: Unit, notice: Notice, work: Work, key: str) -> None:
    above = work.units.require(unit.parent_id) if unit.parent_id else unit
    work.tell_each([*work.people.administrators(), *work.people.commanders_over(above)], notice, key=key)


STORIES: Stories = {
    NoteOwnMembership: note_own_membership,
    NoteTitle: note_title,
    MoveChat: move,
    LoseGroup: lose_group,
}
