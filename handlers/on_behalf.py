"""Staff pass words on: what somebody said in the group, where it would scroll away, and what a home told its team."""

from __future__ import annotations

from handlers import Stories, admit_to_home, meet_in_private
from handlers.commands.desks import OfferHomes
from handlers.commands.households import FindHome
from handlers.commands.on_behalf import LogMessage, ReportForHome, TellLogged
from handlers.commands.reports import FileReport, Logged, ViewReport
from models.notices.reports import LoggingExplained, MessageLogged
from models.records import Household, Mail, Person, Unit
from models.rules import triage
from models.rules.home_lines import Wanted, read_for_home
from models.work import Work


def log(command: LogMessage, work: Work) -> None:
    """File the message for its author; the group is told nothing, and who logged it is answered in private.

    In private there is no message to log: what is typed is a home's number and its words.
    """
    person = meet_in_private(command, work)
    if person is None:
        return
    unit = work.units.unit_of_chat(command.place.chat_id)
    if command.place.is_private:
        _log_for_home(command, person, work)
    elif unit is None or unit.tier != work.policy.tiers.community:
        work.tell_each([person], LoggingExplained())
    elif not work.checkins.may_answer_for(person.id, unit):
        work.refuse(command, person, f"unit:{unit.id}", work.checkins.refusal(unit))
    elif command.author is None or not (command.words or command.enclosures):
        work.tell_each([person], LoggingExplained())
    else:
        _log_once(command, person, unit, work)


def report_for_home(command: ReportForHome, work: Work) -> None:
    """File it as the home's report: whoever speaks for the home gets the receipt, who wrote it the code.

    What is confidential is not the home's word but the writer's own: a receipt would go to whoever lives there.
    """
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    is_close = triage.read(command.words).confidential
    speaker = person if is_close else work.people.speaker_of(home)
    key = f"logged:{command.sender.account_id}:{command.message_id}"
    _file(command, home, Logged(speaker.id, home.unit_id, key), work)


def tell(command: TellLogged, work: Work) -> None:
    """Say the report's code, under the key by which nobody logs the message again; ask for the home if need be."""
    person, report = work.meet(command), work.reports.require(command.report_id)
    home = work.households.require(report.household_id) if report.household_id else None
    logged = MessageLogged(report.code, home.number if home else "")
    work.tell(command.sender.account_id, logged, subject=report.subject, key=command.key)
    if report.household_id is None and work.desks.may_act(person.id, report):
        work.also(OfferHomes(sender=command.sender, place=command.place, report_id=report.id))


def _log_for_home(command: LogMessage, person: Person, work: Work) -> None:
    """`/ghitin 12 hết gạo`: the only home of that number; where there are several or none, those are shown."""
    number, words = read_for_home(command.words)
    if not number or not (words or command.enclosures):
        work.tell_each([person], LoggingExplained())
        return
    units = work.homes.communities_of(person.id, work.policy.tiers.community)
    found = [each for each in work.homes.find(Wanted(number=number), [unit.id for unit in units]) if not each.is_gone]
    if len(found) != 1:
        work.also(FindHome(sender=command.sender, place=command.place, words=number))
        return
    work.also(
        ReportForHome(
            sender=command.sender,
            place=command.place,
            message_id=command.message_id,
            household_id=found[0].household_id,
            words=words,
            enclosures=command.enclosures,
        )
    )


def _log_once(command: LogMessage, person: Person, unit: Unit, work: Work) -> None:
    key = f"logged:{command.place.chat_id}:{command.reply_to_id}"
    earlier = work.outbox.find_by_key(key)
    if earlier is not None:
        work.also(ViewReport(sender=command.sender, place=command.place, report_id=_report_id(earlier)))
        return
    author = _author(command, person, work)
    _file(command, _home_of(author, work), Logged(author.id, unit.id, key), work)


def _file(command: LogMessage | ReportForHome, home: Household | None, logged: Logged, work: Work) -> None:
    report = FileReport(
        sender=command.sender,
        place=command.place,
        words=command.words,
        enclosures=command.enclosures,
        household_id=home.id if home else None,
        logged=logged,
    )
    work.also(report)


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
    ReportForHome: report_for_home,
    TellLogged: tell,
}
