"""Staff log what somebody said in the group, where it would scroll away: it becomes that person's report."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.desks import OfferHomes
from handlers.commands.enrolment import InvitePrivately
from handlers.commands.on_behalf import LogMessage, TellLogged
from handlers.commands.reports import FileReport, Logged, ViewReport
from models.notices.reports import LoggingExplained, MessageLogged
from models.records import Household, Mail, Person, Unit
from models.store.people import is_reachable
from models.work import Work


def log(command: LogMessage, work: Work) -> None:
    """File the message for its author; the group is told nothing, and who logged it is answered in private."""
    person = None if command.sender.is_anonymous else work.meet(command)
    if person is None or not is_reachable(person):
        work.also(InvitePrivately(sender=command.sender, place=command.place))
        return
    unit = work.units.unit_of_chat(command.place.chat_id)
    if unit is None or unit.tier != work.policy.tiers.community:
        work.tell_each([person], LoggingExplained())
    elif not work.checkins.may_answer_for(person.id, unit):
        work.refuse(command, person, f"unit:{unit.id}", work.checkins.refusal(unit))
    elif command.author is None or not (command.words or command.enclosures):
        work.tell_each([person], LoggingExplained())
    else:
        _log_once(command, person, unit, work)


def tell(command: TellLogged, work: Work) -> None:
    """Say the report's code, under the key by which nobody logs the message again; ask for the home if need be."""
    person, report = work.meet(command), work.reports.require(command.report_id)
    logged = MessageLogged(report.code)
    work.tell(command.sender.account_id, logged, subject=report.subject, key=command.key)
    if report.household_id is None and work.desks.may_act(person.id, report):
        work.also(OfferHomes(sender=command.sender, place=command.place, report_id=report.id))


def _log_once(command: LogMessage, person: Person, unit: Unit, work: Work) -> None:
    key = f"logged:{command.place.chat_id}:{command.reply_to_id}"
    earlier = work.outbox.find_by_key(key)
    if earlier is not None:
        work.also(ViewReport(sender=command.sender, place=command.place, report_id=_report_id(earlier)))
        return
    author = _author(command, person, work)
    home = _home_of(author, work)
    work.also(
        FileReport(
            sender=command.sender,
            place=command.place,
            words=command.words,
            enclosures=command.enclosures,
            household_id=home.id if home else None,
            logged=Logged(author.id, unit.id, key),
        )
    )


def _report_id(logged: Mail) -> int:
    return int(logged.subject.partition(":")[2])


def _author(command: LogMessage, person: Person, work: Work) -> Person:
    """Who wrote it; whoever hides behind the group or a channel is nobody, and who logged it speaks instead."""
    author = command.author
    if author is None or author.is_anonymous:
        return person
    return work.people.meet(author.account_id, author.name, in_private=False)


def _home_of(author: Person, work: Work) -> Household | None:
    """The author's home; None when staff wrote, who may speak of any, or when it is not known or not the only one."""
    homes = work.people.households_of(author.id)
    return homes[0] if len(homes) == 1 and not work.people.posts_of(author.id) else None


STORIES: Stories = {
    LogMessage: log,
    TellLogged: tell,
}
