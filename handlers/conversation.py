"""What a private message means depends on what was going on: a question of ours, a report, or something new."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

import msgspec

from handlers import Stories
from handlers.commands import Enclosure, FromPerson
from handlers.commands.checkins import EnterLine
from handlers.commands.day_figures import EnterFigures
from handlers.commands.directives import AddPage, DraftDirective
from handlers.commands.followups import HearReading
from handlers.commands.imports import ImportList
from handlers.commands.questions import ANSWERS
from handlers.commands.reports import (
    AddToReport,
    ConfirmNeed,
    DismissNeed,
    FileReport,
    HearMessage,
    Question,
    ReplyToCard,
    ReportInPlace,
)
from handlers.commands.tasks import Asked
from models.notices.desks import WordsWanted
from models.notices.reports import NeedAsked, NeedDismissed, WritingInvited
from models.records import Person, Report
from models.records.reports import REPORT, RESULT
from models.rules import confidential, triage
from models.rules import reports as rules
from models.rules.call_list import looks_like_line
from models.rules.directives import is_document
from models.rules.figure_words import looks_like_figures, tells_of_danger
from models.rules.headings import looks_like_list
from models.rules.roles import Role
from models.rules.rounds import LOOKS_AFTER
from models.rules.talk import tells_of_something
from models.rules.triage import Urgency
from models.rules.vitals import looks_like_reading
from models.work import Work

#: How long a message that may be mere chat is kept for its writer to say so: nothing is thrown away.
_NEED_HELD_FOR = timedelta(days=30)


def hear(command: HearMessage, work: Work) -> None:
    """Let the message answer what is asked, join what it belongs to, or become a report."""
    if not command.place.is_private:
        _hear_in_group(command, work)
        return
    person = work.meet(command)
    hearings = (
        _amend_report,
        _turn_page,
        _answer_question,
        _reply_about_report,
        _take_list,
        _take_document,
        _enter_line,
        _enter_reading,
        _enter_figures,
        _join_report,
    )
    if not any(heard(command, person, work) for heard in hearings):
        _begin_report(command, person, work)


def confirm_need(command: ConfirmNeed, work: Work) -> None:
    """What was held becomes a report; a second tap finds nothing left to file."""
    person = work.meet(command)
    held = _held_need(command.sender.account_id, work)
    if held is None:
        if not _just_reported(person, work):
            work.tell_each([person], WritingInvited())
        return
    work.drafts.close(command.sender.account_id)
    work.also(_with_words(FileReport, command, held.words, held.enclosures))


def dismiss_need(command: DismissNeed, work: Work) -> None:
    """Its writer says it was just that."""
    person = work.meet(command)
    if _held_need(command.sender.account_id, work) is not None:
        work.drafts.close(command.sender.account_id)
        work.tell_each([person], NeedDismissed())


def _hear_in_group(command: HearMessage, work: Work) -> None:
    """A reply to the bot among neighbours is a report only when its words clearly tell of something."""
    unit = work.units.unit_of_chat(command.place.chat_id)
    if unit is None or unit.tier != work.policy.tiers.community:
        return
    if tells_of_something(triage.read(command.words)):
        work.also(_with_words(ReportInPlace, command, command.words, command.enclosures))


def _turn_page(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether the message is one more page of an album with which a directive was drafted."""
    album = next((file.album for file in command.enclosures if file.album), "")
    directive = work.directive_pages.find_drafted(album, person.id) if album else None
    if directive is None:
        return False
    work.also(_with_words(AddPage, command, command.words, command.enclosures, directive_id=directive.id))
    return True


def _answer_question(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether the message answered the open question; one that needs words asks again for them."""
    draft = work.drafts.find(command.sender.account_id, work.now)
    if draft is None:
        return False
    kind, data = draft
    if kind == Question.ADDRESSEE.value:
        work.also(_with_words(ReplyToCard, command, command.words, command.enclosures, report_id=data["report_id"]))
        return True
    answer = ANSWERS.get(kind)
    if answer is None or _is_something_else(kind, command):
        return False
    takes_files = any(field.name == "enclosures" for field in fields(answer))
    if not command.words and not (takes_files and command.enclosures):
        work.tell_each([person], WordsWanted())
        return True
    work.drafts.close(command.sender.account_id)
    work.also(_with_words(answer, command, command.words, command.enclosures, **data))
    return True


def _is_something_else(kind: str, command: HearMessage) -> bool:
    """Whether it does not answer what need not be answered: evidence is a picture, and danger is no evidence."""
    if command.enclosures:
        return False
    is_danger = kind == Asked.EVIDENCE.value and triage.read(command.words).urgency is Urgency.P1
    return is_danger or kind == Asked.MORE_EVIDENCE.value


def _amend_report(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether an edited message told of a report: what it says now goes there, whatever was asked since."""
    if not command.was_edited or not command.words or command.message_id is None:
        return False
    report = work.reports.find_told_by(person.id, command.message_id)
    if report is None:
        return False
    work.also(_with_words(AddToReport, command, command.words, (), report_id=report.id, amends=True))
    return True


def _take_list(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether someone who brings lists of homes sent a spreadsheet."""
    if not any(file.media == "document" and looks_like_list(file.name) for file in command.enclosures):
        return False
    if not work.registry.communities_listed_by(person.id, work.policy.tiers.community):
        return False
    work.also(_with_words(ImportList, command, command.words, command.enclosures))
    return True


def _take_document(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether someone who directs sent what may be an official document: the preview shows what it asks of whom."""
    if command.reply_to_id or not any(is_document(file.media, file.name) for file in command.enclosures):
        return False
    if not (work.people.commanded_by(person.id) or work.people.units_where(person.id, [Role.CLERK])):
        return False
    if not command.was_edited:  # Its draft is there already.
        work.also(_with_words(DraftDirective, command, command.words, command.enclosures))
    return True


def _enter_line(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether someone of a team typed the answers of many homes while their round takes any."""
    is_line = not command.reply_to_id and not command.enclosures and looks_like_line(command.words)
    if not is_line or not work.checkins.staffed_by(person.id, work.now):
        return False
    work.also(_with_words(EnterLine, command, command.words, ()))
    return True


def _enter_reading(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether someone of a home that is followed typed measured values and nothing else."""
    if command.enclosures or not looks_like_reading(command.words):
        return False
    homes = work.people.households_of(person.id)
    if not work.followups.running_at(home.id for home in homes):
        return False
    work.also(_with_words(HearReading, command, command.words, ()))
    return True


def _enter_figures(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether someone of a team typed what it counted today; a danger among it is an urgent report instead."""
    if command.reply_to_id or command.enclosures or not looks_like_figures(command.words):
        return False
    if not work.people.units_where(person.id, LOOKS_AFTER):
        return False
    if tells_of_danger(command.words):
        work.also(_with_words(FileReport, command, command.words, (), urgent=True))
    else:
        work.also(_with_words(EnterFigures, command, command.words, ()))
    return True


def _reply_about_report(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether the message replies to what we said of a report: its sender adds to it, its desk is asked for whom."""
    report = _report_replied_to(command, work)
    if report is None:
        return False
    if person in work.reports.voices_of(work.reports.goes_on_in(report)):
        work.also(_with_words(AddToReport, command, command.words, command.enclosures, report_id=report.id))
    elif work.desks.may_see(person.id, report):
        work.also(_with_words(ReplyToCard, command, command.words, command.enclosures, report_id=report.id))
    else:
        return False
    return True


def _join_report(command: HearMessage, person: Person, work: Work) -> bool:
    """Whether the message belongs to a report by its time: it is minutes old, or its desk spoke last.

    What accuses somebody must not join a report that the accused may be reading.
    """
    open_reports = work.reports.open_of(person.id)
    ground = triage.read(command.words).ground if open_reports else None
    for report in open_reports:
        is_apart = confidential.stays_apart(ground, report.ground, is_confidential=report.confidential)
        if not is_apart and rules.joins(report.active_at, report.desk_spoke_at, work.now, work.policy):
            work.also(_with_words(AddToReport, command, command.words, command.enclosures, report_id=report.id))
            return True
    return False


def _report_replied_to(command: HearMessage, work: Work) -> Report | None:
    if command.reply_to_id is None:
        return None
    subject = work.outbox.subject_of_message(command.place.chat_id, command.reply_to_id)
    family, _, number = subject.partition(":")
    return work.reports.require(int(number)) if family in (REPORT, RESULT) else None


def _begin_report(command: HearMessage, person: Person, work: Work) -> None:
    """File it, with what was held before; mere chat is held, and asked about once."""
    held = _held_need(command.sender.account_id, work)
    words = "\n".join(part for part in (held.words if held else "", command.words) if part)
    enclosures = (*(held.enclosures if held else ()), *command.enclosures)
    if not _may_be_chat(command):
        if held is not None:
            work.drafts.close(command.sender.account_id)
        work.also(_with_words(FileReport, command, words, enclosures))
        return
    account_id = command.sender.account_id
    work.ask(account_id, Question.NEED, valid_for=_NEED_HELD_FOR, words=words, enclosures=enclosures)
    if held is None:
        work.tell_each([person], NeedAsked(), job=work.people.job_of(person))


def _may_be_chat(command: HearMessage) -> bool:
    """Whether to ask first: mere politeness, a sticker, or something forwarded that tells of no danger."""
    proposed = triage.read(command.words)
    if command.was_forwarded:
        return proposed.urgency is not Urgency.P1
    return not command.enclosures and (not command.words or proposed.chatter)


def _just_reported(person: Person, work: Work) -> bool:
    report = work.reports.newest_of(person.id)
    return report is not None and work.now - report.active_at < work.policy.join_within


@dataclass(frozen=True, slots=True)
class HeldMessage:
    """What was written and waits for its writer to say whether it needs the team."""

    words: str
    enclosures: tuple[Enclosure, ...]


def _held_need(account_id: int, work: Work) -> HeldMessage | None:
    draft = work.drafts.find(account_id, work.now)
    return msgspec.convert(draft[1], HeldMessage) if draft and draft[0] == Question.NEED.value else None


def _with_words(
    into: type[FromPerson], command: FromPerson, words: str, enclosures: tuple[Enclosure, ...], **data: Any
) -> FromPerson:
    """The command the message stands for, with as much of it as that command takes."""
    said: dict[str, Any] = {"words": words, "enclosures": enclosures, "message_id": command.message_id, **data}
    taken = {field.name for field in fields(into)}
    given = {name: value for name, value in said.items() if name in taken}
    return into(sender=command.sender, place=command.place, **given)


STORIES: Stories = {
    HearMessage: hear,
    ConfirmNeed: confirm_need,
    DismissNeed: dismiss_need,
}
