"""`/theodoi`: whose health is followed, and whom to follow from now on, read back before it counts."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, meet_in_private, refuse_following
from handlers.commands import FromPerson
from handlers.commands.arrivals import LinkArrival
from handlers.commands.followups import (
    ConfirmFollowUp,
    DropFollowUp,
    OpenFollowUp,
    ShowFollowUps,
    StartFollowUp,
)
from models.notices import Notice
from models.notices.followups import (
    FollowRefused,
    FollowUpBegan,
    FollowUpDropped,
    FollowUpKept,
    FollowUpLine,
    FollowUpRead,
    FollowUpsListed,
    FollowUpUnread,
)
from models.records import FollowUp, Household, Unit
from models.rules.followup_words import TypedFollowUp, read_follow_up
from models.rules.followups import FollowUpEvent, is_missed, isolates_until, last_day, next_ask
from models.rules.protocols import protocol_for, protocol_named
from models.work import Work

#: The card in which what was typed waits to be confirmed: a restart forgets none of it.
_TYPED = "follow-up"


def show_all(command: ShowFollowUps, work: Work) -> None:
    """List those followed in one's communities; words say whom to follow from now on."""
    person = meet_in_private(command, work)
    if person is None:
        return
    communities = work.homes.communities_of(person.id, work.policy.tiers.community)
    if not communities:
        work.refuse(command, person, "follow-ups", FollowRefused(unit="", contacts=()))
    elif command.words:
        _read_back(command, communities, work)
    else:
        lines = tuple(_line(follow_up, home) for follow_up, home in work.followups.running_in(communities))
        work.show(command.sender.account_id, "follow-ups", FollowUpsListed(lines=lines), afresh=True)


def confirm(command: ConfirmFollowUp, work: Work) -> None:
    """Let it begin under the rule that was read back; a second tap finds it begun."""
    person, held = work.meet(command), _held(command, work)
    if held is None:
        return
    home = work.households.require(held.household_id)
    unit = work.units.require(home.unit_id)
    if not work.checkins.may_answer_for(person.id, unit):
        refuse_following(command, home, work)
        return
    work.also(
        StartFollowUp(
            sender=command.sender,
            place=command.place,
            household_id=home.id,
            name=held.name,
            resident_id=held.resident_id,
            birth_year=held.birth_year,
            subject=held.subject,
            vaccinated=held.vaccinated,
            protocol=held.protocol,
            begins_on=held.begins_on,
        )
    )
    work.show(command.sender.account_id, _TYPED, FollowUpKept(name=held.name))


def start(command: StartFollowUp, work: Work) -> None:
    """Let it begin under that rule, tell the home until when, and let an arrival know that it is settled."""
    person, rule = work.meet(command), protocol_named(command.protocol)
    home = work.households.require(command.household_id)
    follow_up = FollowUp(
        household_id=home.id,
        resident_id=command.resident_id,
        name=command.name,
        birth_year=command.birth_year,
        subject=command.subject,
        vaccinated=command.vaccinated,
        protocol=rule.key,
        readings=rule.readings,
        begins_on=command.begins_on,
        isolates_until=isolates_until(command.begins_on, rule),
        last_day=last_day(command.begins_on, rule.days),
    )
    follow_up.plan(next_ask(work.now, follow_up.last_day, follow_up.readings, work.policy.timezone))
    work.followups.add(follow_up)
    work.followups.note(follow_up, FollowUpEvent.STARTED, work.now, person)
    work.done(command, person, follow_up.code)
    _tell_home(follow_up, home, work.units.require(home.unit_id), work)
    if command.arrival_id is None:
        work.also(OpenFollowUp(sender=command.sender, place=command.place, follow_up_id=follow_up.id))
    else:
        work.also(LinkArrival(arrival_id=command.arrival_id, follow_up_id=follow_up.id, by_id=person.id))


def drop(command: DropFollowUp, work: Work) -> None:
    """Keep nothing of what was typed."""
    if _held(command, work) is not None:
        work.show(command.sender.account_id, _TYPED, FollowUpDropped())


def _read_back(command: ShowFollowUps, communities: Sequence[Unit], work: Work) -> None:
    typed = read_follow_up(command.words, work.today)
    homes = [home for unit in communities if typed and (home := work.households.find(unit.id, typed.number.upper()))]
    shown: Notice = FollowUpUnread()
    # A number that several communities have is nobody's: whoever serves many names the home by its own team.
    if typed is not None and len(homes) == 1:
        shown = _understood(typed, homes[0], work)
    work.show(command.sender.account_id, _TYPED, shown, afresh=True)


def _understood(typed: TypedFollowUp, home: Household, work: Work) -> FollowUpRead:
    rule = protocol_for(typed.subject, typed.vaccinated, typed.begins_on)
    resident = work.followups.find_resident(home.id, typed.name)
    return FollowUpRead(
        household_id=home.id,
        number=home.number,
        name=resident.name if resident else typed.name,
        resident_id=resident.id if resident else None,
        birth_year=resident.birth_year if resident else None,
        subject=typed.subject,
        vaccinated=typed.vaccinated,
        begins_on=typed.begins_on,
        isolates_until=isolates_until(typed.begins_on, rule),
        last_day=last_day(typed.begins_on, rule.days),
        protocol=rule.key,
        readings=rule.readings,
        source=rule.source,
    )


def _held(command: FromPerson, work: Work) -> FollowUpRead | None:
    held = work.shown(command.sender.account_id, _TYPED)
    return held if isinstance(held, FollowUpRead) else None


def _tell_home(follow_up: FollowUp, home: Household, unit: Unit, work: Work) -> None:
    began = FollowUpBegan(
        name=follow_up.name,
        isolates_until=follow_up.isolates_until,
        last_day=follow_up.last_day,
        contacts=work.checkins.whom_to_call(unit),
    )
    work.tell_each(work.people.accounts_of(home.id), began, subject=follow_up.code)


def _line(follow_up: FollowUp, home: Household) -> FollowUpLine:
    return FollowUpLine(
        follow_up_id=follow_up.id,
        number=home.number,
        name=follow_up.name,
        subject=follow_up.subject,
        last_day=follow_up.last_day,
        is_missed=follow_up.asked_at is not None and is_missed(follow_up.asked_at, follow_up.measured_at),
    )


STORIES: Stories = {
    ShowFollowUps: show_all,
    ConfirmFollowUp: confirm,
    StartFollowUp: start,
    DropFollowUp: drop,
}
