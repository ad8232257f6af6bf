"""How what is said about roles reads."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.people import named, post_line
from handlers.commands.enrolment import BrowseGrants, CancelDraft, DeclineProposal, EndRole, GrantRole, ReviewRole
from models.notices.enrolment import Post
from models.notices.grants import (
    GrantRead,
    GrantRefused,
    GrantsShown,
    GrantUnread,
    HeldRole,
    InvitationMade,
    ProposalSettled,
    RoleEnded,
    RoleGranted,
    RoleProposed,
    RoleReceived,
    RoleReviewed,
    RoleWithdrawn,
)
from models.phones import as_dialled
from models.rules.words import shorten

#: Letters of a person's name on a button.
_LABEL = 28


@renders(GrantsShown)
def grants_shown(notice: GrantsShown, reader: Reader) -> Message:
    lines = [reader.say("grants.held", name=each.name, post=_post(each, reader)) for each in notice.held]
    text = reader.say("grants.shown", page=notice.page + 1, pages=notice.pages, held="\n".join(lines))
    people = [Button(shorten(each.name, _LABEL), to_data(ReviewRole, **_ids(each))) for each in notice.held]
    turning = _turning(notice, reader)
    return Message(text, (*column(*people), *((turning,) if turning else ())))


def _turning(notice: GrantsShown, reader: Reader) -> tuple[Button, ...]:
    buttons = []
    if notice.page:
        buttons.append(reader.button("previous_page", BrowseGrants, page=notice.page - 1))
    if notice.page + 1 < notice.pages:
        buttons.append(reader.button("next_page", BrowseGrants, page=notice.page + 1))
    return tuple(buttons)


@renders(RoleReviewed)
def role_reviewed(notice: RoleReviewed, reader: Reader) -> Message:
    text = reader.say(
        "grants.reviewed",
        name=notice.held.name,
        phone=as_dialled(notice.phone),
        post=_post(notice.held, reader),
    )
    end = reader.button("end_role", EndRole, **_ids(notice.held))
    return Message(text, column(end, reader.button("back_to_list", BrowseGrants, page=0)))


@renders(GrantRead)
def grant_read(notice: GrantRead, reader: Reader) -> Message:
    first = notice.choices[0]
    people = "\n".join(
        f"• {each.name} {as_dialled(phone)}".rstrip() for each, phone in zip(notice.choices, notice.phones, strict=True)
    )
    cancel = reader.button("cancel", CancelDraft)
    if len(notice.choices) == 1:
        text = reader.say("grants.read", people=people, post=_post(first, reader))
        return Message(text, column(reader.button("grant", GrantRole, **_ids(first)), cancel))
    choices = [Button(shorten(each.name, _LABEL), to_data(GrantRole, **_ids(each))) for each in notice.choices]
    text = reader.say("grants.read_many", people=people, post=_post(first, reader))
    return Message(text, column(*choices, cancel))


@renders(GrantUnread)
def grant_unread(notice: GrantUnread, reader: Reader) -> Message:
    return Message(reader.say(f"grants.unread.{notice.why}", given=notice.given))


@renders(GrantRefused)
def grant_refused(notice: GrantRefused, reader: Reader) -> Message:
    if not notice.commanders:
        return Message(reader.say("grants.refused_nobody"))
    return Message(reader.say("grants.refused", unit=notice.unit, people=named(notice.commanders)))


@renders(RoleGranted)
def role_granted(notice: RoleGranted, reader: Reader) -> Message:
    said = "grants.granted" if notice.was_new else "grants.granted_already"
    text = reader.say(said, name=notice.held.name, post=_post(notice.held, reader))
    return Message(text, column(reader.button("undo", EndRole, **_ids(notice.held))))


@renders(InvitationMade)
def invitation_made(notice: InvitationMade, reader: Reader) -> Message:
    link = reader.start_link(f"moi-{notice.token}")
    return Message(reader.say("grants.invitation", name=notice.name, link=link, until=reader.moment(notice.until)))


@renders(RoleReceived)
def role_received(notice: RoleReceived, reader: Reader) -> Message:
    post = post_line(Post(notice.role, notice.unit), reader)
    return Message(reader.say("grants.received", post=post, by=notice.by))


@renders(RoleEnded)
def role_ended(notice: RoleEnded, reader: Reader) -> Message:
    text = reader.say("grants.ended", name=notice.held.name, post=_post(notice.held, reader))
    return Message(text, column(reader.button("undo", GrantRole, **_ids(notice.held))))


@renders(RoleWithdrawn)
def role_withdrawn(notice: RoleWithdrawn, reader: Reader) -> Message:
    return Message(reader.say("grants.withdrawn", post=post_line(Post(notice.role, notice.unit), reader)))


@renders(RoleProposed)
def role_proposed(notice: RoleProposed, reader: Reader) -> Message:
    held = notice.held
    text = reader.say("grants.proposed", name=held.name, title=notice.title, post=_post(held, reader))
    agree = Button(reader.say(f"button.as_{held.role}"), to_data(GrantRole, **_ids(held)))
    no = reader.button("decline", DeclineProposal, person_id=held.person_id, unit_id=held.unit_id)
    return Message(text, column(agree, no))


@renders(ProposalSettled)
def proposal_settled(notice: ProposalSettled, reader: Reader) -> Message:
    held = notice.held
    if not notice.agreed:
        return Message(reader.say("grants.declined", name=held.name, unit=held.unit))
    text = reader.say("grants.granted", name=held.name, post=_post(held, reader))
    return Message(text, column(reader.button("undo", EndRole, **_ids(held))))


def _post(held: HeldRole, reader: Reader) -> str:
    return post_line(Post(held.role, held.unit), reader)


def _ids(held: HeldRole) -> dict[str, object]:
    """What a button about this role carries."""
    return {"person_id": held.person_id, "unit_id": held.unit_id, "role": held.role}
