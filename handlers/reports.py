"""Somebody tells us something: it is stored, a desk has it, and the sender has a receipt."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.on_behalf import TellLogged
from handlers.commands.places import AskPlace
from handlers.commands.queue import WatchVillage
from handlers.commands.reports import (
    AddToReport,
    AskForHelp,
    FileReport,
    InviteReport,
    PlaceReport,
    ReportInPlace,
    ShowReport,
    WarnOfDesk,
)
from models.notices import MessageRemoved, Notice
from models.notices.confidential import HomeReportFiled, TierChoice
from models.notices.enrolment import PrivateChatNeeded
from models.notices.reports import (
    ConfidentialReportFiled,
    NobodyServesYet,
    ReportFiled,
    ReportPassedOn,
    UrgentReportFiled,
    WritingInvited,
)
from models.records import Household, Person, Report, Unit
from models.rules import confidential, triage
from models.rules.confidential import Ground
from models.rules.reports import Ring, Rung, Step
from models.rules.triage import Category, Triage, Urgency
from models.store.people import is_reachable
from models.work import Work

#: What a tap on [Cần giúp gấp] means, before anybody has said a word.
CALLED_FOR_HELP = Triage(Category.EMERGENCY, Urgency.P1, confidential=False, chatter=False, because=())
#: What [Có người ốm] in a check-in means.
SAID_ILL = Triage(Category.SYMPTOM, Urgency.P2, confidential=False, chatter=False, because=())

#: How a command names the check-in answer, or the round whose board was tapped, that opened a report.
_CHECKIN, _ROUND = "checkin:", "round:"


def file(command: FileReport, work: Work) -> None:
    """Store the report at the lowest desk that can work on it, show it there, and give its sender the receipt."""
    author = work.meet(command)
    root = work.units.root()
    if root is None:
        work.tell_each([author], NobodyServesYet(work.policy.hotlines))
        return
    household = work.households.require(command.household_id) if command.household_id else None
    sender = _speaker(command, author, household, work)
    if _was_told_before(command, sender, household, work):
        return
    report = _store(command, sender, household, root, work)
    work.reports.step(report, Step.FILED, work.now, by=author, message_id=command.message_id)
    work.reports.attach(report, command.enclosures, command.message_id, work.now)
    _link_answer(command, report, work)
    receipt = _receipt(report, work, illness_asked=bool(command.opened_by))
    work.tell_each([sender], receipt, subject=report.subject, job=work.people.job_of(sender))
    if report.origin_id is None and not report.confidential:
        work.also(AskPlace(report_id=report.id))
    work.also(ShowReport(report_id=report.id, ring=Ring.URGENT if report.urgency is Urgency.P1 else None))
    work.also(WatchVillage(report_id=report.id))
    if command.logged:
        key = command.logged.key
        work.also(TellLogged(sender=command.sender, place=command.place, report_id=report.id, key=key))


def place(command: PlaceReport, work: Work) -> None:
    """Give it to the lowest desk that can work on it from where it now comes from, and say so to whoever told of it."""
    report = work.reports.require(command.report_id)
    origin = work.units.require(report.origin_id or report.holder_id)
    _find_desk(report, origin, work, chosen_id=None)
    if not report.confidential:
        passed_on = ReportPassedOn(report.code, work.desks.contact_of(report), report.due_at or work.now)
        work.tell_each(work.reports.voices_of(report), passed_on, subject=report.subject)
    work.also(ShowReport(report_id=report.id, ring=command.ring))


def report_in_place(command: ReportInPlace, work: Work) -> None:
    """File what was typed after `/baotin`; in a group take the words away and go on in private."""
    if command.sender.is_anonymous:
        # Nobody we could answer, so the words stay where they are and the way to the private chat is shown.
        _offer_private_chat(command, work)
        return
    person = work.meet(command)
    if not command.place.is_private:
        _remove_from_group(command, work)
        if not is_reachable(person):
            _offer_private_chat(command, work)
    if command.words or command.enclosures:
        work.also(_as_further_words(command, person, work) or _as_filing(command, work))
    else:
        work.tell_each([person], WritingInvited())


def ask_for_help(command: AskForHelp, work: Work) -> None:
    """File an urgent report at the tap; minutes after another report, make that one urgent instead."""
    person = work.meet(command)
    report = _current_report(person, work)
    if report is None:
        work.also(FileReport(sender=command.sender, place=command.place, message_id=command.message_id, urgent=True))
    elif report.urgency is not Urgency.P1:
        work.also(AddToReport(sender=command.sender, place=command.place, report_id=report.id, urgent=True))


def invite(command: InviteReport, work: Work) -> None:
    """Tell the person to just write."""
    work.tell_each([work.meet(command)], WritingInvited())


def _speaker(command: FileReport, author: Person, household: Household | None, work: Work) -> Person:
    """Whose report it is: the author's own, or when staff write for a home or pass words on, that home's or theirs."""
    if command.logged:
        return work.people.require(command.logged.author_id)
    if household is None or household in work.people.households_of(author.id):
        return author
    return work.people.speaker_of(household)


def _was_told_before(command: FileReport, sender: Person, household: Household | None, work: Work) -> bool:
    """Whether this tap only repeats what opened a report already; the home it names is kept with that one."""
    if not command.opened_by:
        return False
    report = _current_report(sender, work)
    answer_id = _id_after(_CHECKIN, command.opened_by)
    if answer_id is not None:
        report = work.reports.find_opened_by_answer(answer_id) or report
    if report is None or report.category is not Category.SYMPTOM:
        return False
    if household is not None and report.household_id is None:
        report.household_id, report.origin_id = household.id, household.unit_id
        work.also(ShowReport(report_id=report.id))
    _link_answer(command, report, work)
    return True


def _link_answer(command: FileReport, report: Report, work: Work) -> None:
    answer_id = _id_after(_CHECKIN, command.opened_by)
    if answer_id is not None:
        work.reports.link_answer(answer_id, report)


def _id_after(kind: str, opened_by: str) -> int | None:
    return int(opened_by.removeprefix(kind)) if opened_by.startswith(kind) else None


def _store(command: FileReport, sender: Person, household: Household | None, root: Unit, work: Work) -> Report:
    """The report at its first desk, with its clock running."""
    judged = _judge(command)
    is_close = judged.confidential or command.readers_at is not None
    own_homes = () if command.logged else work.people.households_of(sender.id)
    homes = [household] if household else own_homes
    origin = _origin(command, homes[0] if homes else None, sender, work)
    report = Report(
        code=work.reports.new_code(work.policy.code_prefix),
        category=judged.category,
        urgency=judged.urgency,
        confidential=is_close,
        is_hotline_fault=judged.is_hotline_fault,
        ground=judged.ground or (Ground.ASKED if is_close else None),
        words=command.words,
        unheard=not command.words and triage.needs_listening([each.media for each in command.enclosures]),
        sender_id=sender.id,
        household_id=homes[0].id if homes else None,
        origin_id=origin.id if origin else None,
        holder_id=root.id,
        rung=Rung.OFFICE,
        filed_at=work.now,
        active_at=work.now,
    )
    work.reports.add(report)
    _find_desk(report, origin or root, work, chosen_id=command.readers_at)
    return report


def _origin(command: FileReport, home: Household | None, sender: Person, work: Work) -> Unit | None:
    """Where it comes from: the home, the group it was said in, the round tapped, or where the sender serves."""
    round_id = _id_after(_ROUND, command.opened_by)
    if home is not None:
        return work.units.require(home.unit_id)
    said_at = command.logged.unit_id if command.logged else command.said_at
    if said_at is not None:
        return work.units.require(said_at)
    if round_id is not None:
        return work.units.require(work.checkins.require_round(round_id).unit_id)
    return work.desks.home_of_staff(sender.id)


def _judge(command: FileReport) -> Triage:
    if command.urgent:
        return CALLED_FOR_HELP
    if command.opened_by:
        return SAID_ILL
    return triage.read(command.words) if command.words else triage.UNHEARD


def _find_desk(report: Report, origin: Unit, work: Work, chosen_id: int | None) -> None:
    """Give it to the lowest desk that can work on it; what is confidential goes to the few who read it."""
    seats = work.desks.seats_from(origin)
    if report.confidential:
        seats = work.desks.confidential_seats(seats, report.ground, chosen_id)
    elif report.urgency is not Urgency.P1:
        seats = work.desks.routed_seats(seats, report)
    placement = work.desks.place(report, seats, work.policy.reachable_staff_for_a_ready_desk)
    work.reports.give(report, placement.seat, work.routes.due_at(report, placement.seat, work.now))
    unready = placement.passed_over if placement.is_ready else seats
    for seat in unready:
        work.also(WarnOfDesk(report_id=report.id, unit_id=seat.unit_id, rung=seat.rung))


def _receipt(report: Report, work: Work, *, illness_asked: bool) -> Notice:
    holder, place_known = work.desks.contact_of(report), report.origin_id is not None
    answer_by = report.due_at or work.now
    if report.must_stay_silent:
        return HomeReportFiled(report.id, report.code)
    if report.confidential:
        return ConfidentialReportFiled(report.code, answer_by, report.id, _tiers_to_choose(report, work))
    if report.urgency is Urgency.P1:
        station = work.desks.station_of(work.units.require(report.origin_id or report.holder_id))
        return UrgentReportFiled(report.code, holder, work.policy.hotlines[0], station, place_known)
    return ReportFiled(report.code, holder, answer_by, place_known, illness_asked)


def _tiers_to_choose(report: Report, work: Work) -> tuple[TierChoice, ...]:
    """The lowest office on its way and the top, as long as they are two: a danger waits for no choice."""
    offices = [seat.unit_id for seat in work.desks.way_of(report) if seat.rung is Rung.OFFICE]
    if report.urgency is Urgency.P1 or len(offices) < 2:
        return ()
    return tuple(TierChoice(unit.id, unit.tier) for unit in map(work.units.require, (offices[0], offices[-1])))


def _remove_from_group(command: ReportInPlace, work: Work) -> None:
    chat = work.chats.find(command.place.chat_id)
    if chat is not None and chat.may_delete and command.message_id is not None:
        work.tell(command.place.chat_id, MessageRemoved(command.message_id))


def _offer_private_chat(command: ReportInPlace, work: Work) -> None:
    """Show the way in the group, once a day to each: a group is spared a message for every try."""
    key = f"offered:{command.place.chat_id}:{command.sender.account_id}:{work.today}"
    work.tell(command.place.chat_id, PrivateChatNeeded("baotin"), key=key)


def _as_further_words(command: ReportInPlace, person: Person, work: Work) -> AddToReport | None:
    """Minutes after a report it belongs to that one, unless it accuses somebody who may be reading along."""
    report = _current_report(person, work)
    if report is None:
        return None
    ground = triage.read(command.words).ground
    if confidential.stays_apart(ground, report.ground, is_confidential=report.confidential):
        return None
    return AddToReport(
        sender=command.sender,
        place=command.place,
        message_id=command.message_id,
        report_id=report.id,
        words=command.words,
        enclosures=command.enclosures,
    )


def _as_filing(command: ReportInPlace, work: Work) -> FileReport:
    unit = work.units.unit_of_chat(command.place.chat_id)
    return FileReport(
        sender=command.sender,
        place=command.place,
        message_id=command.message_id,
        words=command.words,
        enclosures=command.enclosures,
        said_at=unit.id if unit is not None and unit.tier == work.policy.tiers.community else None,
    )


def _current_report(person: Person, work: Work) -> Report | None:
    report = work.reports.newest_of(person.id)
    if report is None or work.now - report.active_at >= work.policy.join_within:
        return None
    return report


STORIES: Stories = {
    FileReport: file,
    PlaceReport: place,
    ReportInPlace: report_in_place,
    AskForHelp: ask_for_help,
    InviteReport: invite,
}
