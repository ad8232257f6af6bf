"""How what is said to those who sent a report reads."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.confidential import send_to
from bot.telegram.render.people import who
from handlers.commands.confidential import ChooseReaders, OfferConfidence
from handlers.commands.reports import AskForHelp, ConfirmHelped, ConfirmNeed, DismissNeed, SayNotHelped, WithdrawReport
from models.notices import Contact
from models.notices.reports import (
    ConfidentialReportFiled,
    HelpConfirmed,
    LoggingExplained,
    MessageLogged,
    NeedAsked,
    NeedDismissed,
    NobodyServesYet,
    OwnLine,
    OwnReportsListed,
    ReportFiled,
    ReportOutOfReach,
    ReportPassedOn,
    ReportReopened,
    ReportTakenUp,
    ReportWithdrawn,
    ResultTold,
    SenderAnswered,
    UrgentReportFiled,
    WordsJoined,
    WritingInvited,
)
from models.phones import as_dialled
from models.rules.words import shorten

#: How much of the desk's own words fits one message beside ours, in UTF-16 units.
DESK_WORDS = 3500
#: How many reports one message offers to withdraw: a resident finds at most three buttons.
_WITHDRAWABLE = 3


@renders(ReportFiled)
def report_filed(notice: ReportFiled, reader: Reader) -> Message:
    asked = "reports.receipt_goes_on"
    if notice.illness_asked:
        asked = "reports.ask_illness"
    if not notice.place_known:
        asked = "reports.ask_place"
    receipt = reader.say(
        "reports.receipt",
        code=notice.code,
        holder=who(notice.holder, reader),
        answer_by=reader.moment(notice.answer_by),
    )
    return Message(f"{receipt}\n{reader.say(asked)}")


@renders(UrgentReportFiled)
def urgent_report_filed(notice: UrgentReportFiled, reader: Reader) -> Message:
    receipt = reader.say("reports.receipt_urgent", code=notice.code, holder=who(notice.holder, reader))
    asked = reader.say("reports.keep_phone_near" if notice.place_known else "reports.ask_place_now")
    return Message("\n".join([_call_now(notice.emergency, notice.station, reader), receipt, asked]))


@renders(ConfidentialReportFiled)
def confidential_report_filed(notice: ConfidentialReportFiled, reader: Reader) -> Message:
    receipt = reader.say("reports.receipt_confidential", code=notice.code, answer_by=reader.moment(notice.answer_by))
    choices = [
        Button(send_to(choice, reader), to_data(ChooseReaders, report_id=notice.report_id, unit_id=choice.unit_id))
        for choice in notice.choices
    ]
    asked = [reader.say("confidential.who_reads")] if choices else []
    return Message("\n".join([receipt, *asked]), column(*choices))


@renders(WordsJoined)
def words_joined(notice: WordsJoined, reader: Reader) -> Message:
    if not notice.emergency:
        return Message(reader.say("reports.joined", code=notice.code))
    joined = reader.say("reports.joined_urgent", code=notice.code)
    return Message(f"{_call_now(notice.emergency, notice.station, reader)}\n{joined}")


@renders(ReportTakenUp)
def report_taken_up(notice: ReportTakenUp, reader: Reader) -> Message:
    taken = reader.say("reports.taken_up", code=notice.code, by=who(notice.by, reader))
    return Message(f"{taken}\n{reader.say('reports.receipt_goes_on')}")


@renders(ReportPassedOn)
def report_passed_on(notice: ReportPassedOn, reader: Reader) -> Message:
    to, answer_by = who(notice.to, reader), reader.moment(notice.answer_by)
    return Message(reader.say("reports.passed_on", code=notice.code, to=to, answer_by=answer_by))


@renders(SenderAnswered)
def sender_answered(notice: SenderAnswered, reader: Reader) -> Message:
    words = reader.say(f"ready.{notice.ready}") if notice.ready else shorten(notice.words, DESK_WORDS)
    answer = reader.say("reports.answered", code=notice.code, by=who(notice.by, reader), words=words)
    return Message(f"{answer}\n{reader.say('reports.write_back')}")


@renders(ResultTold)
def result_told(notice: ResultTold, reader: Reader) -> Message:
    words = shorten(notice.words, DESK_WORDS)
    result = reader.say("reports.result", code=notice.code, words=words, by=who(notice.by, reader))
    if not notice.asks:
        return Message(f"{result}\n{reader.say('reports.will_be_called')}")
    return Message(
        f"{result}\n{reader.say('reports.helped_question')}",
        column(
            reader.button("helped", ConfirmHelped, report_id=notice.report_id),
            reader.button("not_helped", SayNotHelped, report_id=notice.report_id),
        ),
    )


@renders(HelpConfirmed)
def help_confirmed(notice: HelpConfirmed, reader: Reader) -> Message:
    return Message(reader.say("reports.confirmed", code=notice.code))


@renders(ReportReopened)
def report_reopened(notice: ReportReopened, reader: Reader) -> Message:
    holder, answer_by = who(notice.holder, reader), reader.moment(notice.answer_by)
    return Message(reader.say("reports.reopened", code=notice.code, holder=holder, answer_by=answer_by))


@renders(NeedAsked)
def need_asked(_notice: NeedAsked, reader: Reader) -> Message:
    buttons = column(reader.button("need_yes", ConfirmNeed), reader.button("need_no", DismissNeed))
    return Message(reader.say("reports.need_question"), buttons)


@renders(NeedDismissed)
def need_dismissed(_notice: NeedDismissed, reader: Reader) -> Message:
    return Message(reader.say("reports.need_dismissed"))


@renders(WritingInvited)
def writing_invited(_notice: WritingInvited, reader: Reader) -> Message:
    ways = column(reader.button("urgent_help", AskForHelp), reader.button("report_closely", OfferConfidence))
    return Message(reader.say("reports.invited"), ways)


@renders(ReportWithdrawn)
def report_withdrawn(notice: ReportWithdrawn, reader: Reader) -> Message:
    if not notice.is_closed:
        return Message(reader.say("reports.withdrawal_noted", code=notice.code))
    told = reader.say("reports.withdrawn", code=notice.code)
    return Message(told, column(reader.button("still_needed", SayNotHelped, report_id=notice.report_id)))


@renders(MessageLogged)
def message_logged(notice: MessageLogged, reader: Reader) -> Message:
    if notice.number:
        return Message(reader.say("reports.logged_for_home", code=notice.code, number=notice.number))
    return Message(reader.say("reports.logged", code=notice.code))


@renders(LoggingExplained)
def logging_explained(_notice: LoggingExplained, reader: Reader) -> Message:
    return Message(reader.say("reports.logging_explained"))


@renders(ReportOutOfReach)
def report_out_of_reach(_notice: ReportOutOfReach, reader: Reader) -> Message:
    return Message(reader.say("reports.out_of_reach"))


@renders(NobodyServesYet)
def nobody_serves_yet(notice: NobodyServesYet, reader: Reader) -> Message:
    phones = ", ".join(as_dialled(phone) for phone in notice.hotlines)
    return Message(reader.say("reports.nobody_yet", phones=phones))


@renders(OwnReportsListed)
def own_reports_listed(notice: OwnReportsListed, reader: Reader) -> Message:
    if not notice.lines:
        return Message(reader.say("reports.own_none"))
    lines = [_own_line(line, reader) for line in notice.lines]
    pending = [line for line in notice.lines if line.report_id is not None][:_WITHDRAWABLE]
    buttons = [_withdraw(line.code, line.report_id, reader) for line in pending if line.report_id is not None]
    return Message("\n".join([reader.say("reports.own_title"), *lines]), column(*buttons))


def _withdraw(code: str, report_id: int, reader: Reader) -> Button:
    return Button(reader.say("reports.withdraw", code=code), to_data(WithdrawReport, report_id=report_id))


def _own_line(line: OwnLine, reader: Reader) -> str:
    return reader.say(
        "reports.own_line",
        code=line.code,
        at=reader.moment(line.filed_at),
        state=reader.say(f"reports.state.{line.state.value}"),
        holder=line.holder.name or line.holder.unit,
    )


def _call_now(emergency: str, station: Contact | None, reader: Reader) -> str:
    if station is None:
        return reader.say("reports.call_now", emergency=emergency)
    return reader.say("reports.call_now_or_station", emergency=emergency, phone=as_dialled(station.phone))
