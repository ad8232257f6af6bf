"""How what is said about groups and the register of units reads."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.people import named, post_line
from handlers.commands.enrolment import BrowseUnits, CancelDraft, ConfirmBinding, OfferBinding
from models.notices import Names
from models.notices.binding import (
    BindingConfirmationAsked,
    BindingDone,
    BindingOffered,
    BindingRefused,
    ChatGone,
    CommunityIntroduced,
    GroupBound,
    GroupGreeted,
    GroupLost,
    GroupMet,
    GroupMoved,
    GroupReleased,
    GroupRenamed,
    GroupReturned,
    NoUnitsYet,
    OfficeIntroduced,
    OnlyAdministrators,
    PersonLost,
    RebindingAsked,
    UnitChoice,
    UnitsOffered,
    UnitsShown,
)
from models.rules.words import shorten

#: Letters of a unit's name on a button.
_LABEL = 28

#: The rights Telegram offers along with the link: to pin the card, to take reports out of the neighbours' sight.
RIGHTS = "pin_messages+delete_messages"


@renders(UnitsOffered)
def units_offered(notice: UnitsOffered, reader: Reader) -> Message:
    unknown = reader.say("binding.unknown_code", code=notice.unknown_code) + "\n" if notice.unknown_code else ""
    text = unknown + reader.say("binding.units_offered", unit=notice.here.name)
    here = reader.button("bind_here", OfferBinding, unit_id=notice.here.unit_id)
    turning = _turning(notice, reader)
    return Message(
        text,
        (*column(here, *(_choice(each) for each in notice.below)), *((turning,) if turning else ())),
    )


def _choice(unit: UnitChoice) -> Button:
    """Leads to the units below, or, where there are none, to the link; ✓ marks those that have a group."""
    label = shorten(unit.name, _LABEL) + (" ✓" if unit.has_group else "")
    if unit.has_below:
        return Button(f"{label} ›", to_data(BrowseUnits, unit_id=unit.unit_id, page=0))
    return Button(label, to_data(OfferBinding, unit_id=unit.unit_id))


def _turning(notice: UnitsOffered, reader: Reader) -> tuple[Button, ...]:
    here, page = notice.here.unit_id, notice.page
    buttons = []
    if page:
        buttons.append(reader.button("previous_page", BrowseUnits, unit_id=here, page=page - 1))
    if notice.above_id is not None:
        buttons.append(reader.button("unit_above", BrowseUnits, unit_id=notice.above_id, page=0))
    if notice.has_more:
        buttons.append(reader.button("next_page", BrowseUnits, unit_id=here, page=page + 1))
    return tuple(buttons)


@renders(NoUnitsYet)
def no_units_yet(_notice: NoUnitsYet, reader: Reader) -> Message:
    return Message(reader.say("binding.no_units_yet"))


@renders(BindingOffered)
def binding_offered(notice: BindingOffered, reader: Reader) -> Message:
    text = reader.say("binding.offered", unit=notice.unit, code=notice.code, until=reader.moment(notice.until))
    if notice.current_title:
        text += "\n" + reader.say("binding.has_group_already", title=notice.current_title)
    link = f"https://t.me/{reader.bot_username}?startgroup=gan-{notice.token}&admin={RIGHTS}"
    return Message(text, column(Button(reader.say("button.add_to_group"), url=link)))


@renders(BindingRefused)
def binding_refused(notice: BindingRefused, reader: Reader) -> Message:
    return Message(reader.say("binding.refused", people=named(notice.administrators)))


@renders(BindingConfirmationAsked)
def binding_confirmation_asked(notice: BindingConfirmationAsked, reader: Reader) -> Message:
    text = reader.say("binding.confirmation_asked", unit=notice.unit)
    return Message(text, column(reader.link("confirm", f"xacnhan-{notice.unit_id}-{abs(notice.chat_id)}")))


@renders(RebindingAsked)
def rebinding_asked(notice: RebindingAsked, reader: Reader) -> Message:
    lines = [reader.say("binding.rebinding_asked", unit=notice.unit, title=notice.title)]
    if notice.other_unit:
        lines.append(reader.say("binding.chat_is_taken", unit=notice.other_unit))
    if notice.other_title:
        lines.append(reader.say("binding.has_group_already", title=notice.other_title))
    agree = reader.button(
        "bind_anyway", ConfirmBinding, unit_id=notice.unit_id, group_id=notice.chat_id, replacing=True
    )
    return Message("\n".join(lines), column(agree, reader.button("cancel", CancelDraft)))


@renders(ChatGone)
def chat_gone(_notice: ChatGone, reader: Reader) -> Message:
    return Message(reader.say("binding.chat_gone"))


@renders(BindingDone)
def binding_done(notice: BindingDone, reader: Reader) -> Message:
    return Message(reader.say("binding.done", unit=notice.unit, title=notice.title))


@renders(GroupBound)
def group_bound(notice: GroupBound, reader: Reader) -> Message:
    lines = [reader.say("binding.group_bound", unit=notice.unit)]
    if notice.lacks_administrator:
        lines.append(reader.say("binding.lacks_administrator"))
    else:
        if notice.lacks_pin:
            lines.append(reader.say("binding.lacks_pin"))
        if notice.lacks_delete:
            lines.append(reader.say("binding.lacks_delete"))
    return Message("\n".join(lines))


@renders(CommunityIntroduced)
def community_introduced(notice: CommunityIntroduced, reader: Reader) -> Message:
    lines = [reader.say("binding.community_card", unit=notice.unit)]
    if notice.team:
        lines.append(reader.say("binding.team", people=named(notice.team)))
    reads = "overhearing.reads_and_keeps" if notice.overhears else "binding.reads_and_keeps"
    lines += [reader.say(reads), reader.say("binding.never_asks")]
    return Message("\n".join(lines), column(reader.link("report_to_team", "baotin"), reader.link("urgent_help", "gap")))


@renders(OfficeIntroduced)
def office_introduced(notice: OfficeIntroduced, reader: Reader) -> Message:
    lines = [reader.say("binding.office_card", unit=notice.unit)]
    if notice.leaders:
        lines.append(reader.say("binding.leaders", people=named(notice.leaders)))
    lines += [reader.say("binding.reads_and_keeps"), reader.say("binding.never_asks")]
    return Message("\n".join(lines))


@renders(GroupReleased)
def group_released(notice: GroupReleased, reader: Reader) -> Message:
    return Message(reader.say("binding.group_released", unit=notice.unit))


@renders(GroupGreeted)
def group_greeted(_notice: GroupGreeted, reader: Reader) -> Message:
    return Message(reader.say("binding.group_greeted"))


@renders(GroupMet)
def group_met(notice: GroupMet, reader: Reader) -> Message:
    return Message(reader.say("binding.group_met", title=notice.title, by=notice.by))


@renders(GroupLost)
def group_lost(notice: GroupLost, reader: Reader) -> Message:
    reason = notice.reason if reader.say.knows(f"binding.lost.{notice.reason}") else "unknown"
    why = reader.say(f"binding.lost.{reason}", title=notice.title)
    return Message(reader.say("binding.group_lost", unit=notice.unit, why=why))


@renders(GroupReturned)
def group_returned(notice: GroupReturned, reader: Reader) -> Message:
    return Message(reader.say("binding.group_returned", unit=notice.unit, title=notice.title))


@renders(GroupMoved)
def group_moved(notice: GroupMoved, reader: Reader) -> Message:
    return Message(reader.say("binding.group_moved", unit=notice.unit, title=notice.title))


@renders(GroupRenamed)
def group_renamed(notice: GroupRenamed, reader: Reader) -> Message:
    return Message(reader.say("binding.group_renamed", unit=notice.unit, title=notice.title))


@renders(PersonLost)
def person_lost(notice: PersonLost, reader: Reader) -> Message:
    posts = ", ".join(post_line(post, reader) for post in notice.posts)
    why = "binding.person_never_started" if notice.never_started else "binding.person_blocked"
    return Message(reader.say(why, name=notice.name, posts=posts))


@renders(UnitsShown)
def units_shown(notice: UnitsShown, reader: Reader) -> Message:
    lines = [
        reader.say(
            "binding.tier_count",
            tier=reader.tier(each.tier),
            units=reader.say.number(each.units),
            with_group=reader.say.number(each.with_group),
        )
        for each in notice.tiers
    ]
    lacking = {
        "binding.without_group": notice.without_group,
        "binding.silenced": notice.silenced,
        "binding.not_ready": notice.not_ready,
    }
    wrong = [reader.say(what, units=_listed(units, reader)) for what, units in lacking.items() if units.first]
    return Message("\n".join([*lines, *(wrong or [reader.say("binding.all_well")])]))


@renders(OnlyAdministrators)
def only_administrators(notice: OnlyAdministrators, reader: Reader) -> Message:
    return Message(reader.say("binding.only_administrators", people=named(notice.administrators)))


def _listed(units: Names, reader: Reader) -> str:
    names = ", ".join(units.first)
    return reader.say("binding.and_more", names=names, more=reader.say.number(units.more)) if units.more else names
