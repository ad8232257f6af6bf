"""How what is said about followed health reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.checkins import contact_line, in_rows
from bot.telegram.render.readings import MOST_NAMED, figures, openers
from handlers.commands.followups import (
    AskFollowUp,
    ConfirmFollowUp,
    DropFollowUp,
    FollowQuestion,
    MakeCase,
    OpenFollowUp,
)
from models.notices.followups import (
    DaysUnread,
    FollowedLeft,
    FollowRefused,
    FollowUpBegan,
    FollowUpCertified,
    FollowUpClosed,
    FollowUpDropped,
    FollowUpKept,
    FollowUpOver,
    FollowUpRead,
    FollowUpShown,
    FollowUpsListed,
    FollowUpUnread,
    FollowWordsAsked,
    Happened,
    Measured,
)
from models.phones import as_dialled
from models.rules.followups import FollowUpState
from models.rules.protocols import Subject


@renders(FollowUpOver)
def follow_up_over(notice: FollowUpOver, reader: Reader) -> Message:
    return Message(reader.say("followups.over", name=notice.name, last=reader.say.day(notice.last_day)))


@renders(FollowUpClosed)
def follow_up_closed(notice: FollowUpClosed, reader: Reader) -> Message:
    lines = [reader.say("followups.closed"), *(contact_line(contact, reader) for contact in notice.contacts[:2])]
    return Message("\n".join(lines))


@renders(FollowedLeft)
def followed_left(notice: FollowedLeft, reader: Reader) -> Message:
    text = reader.say(
        "followups.left",
        number=notice.number,
        unit=notice.unit,
        name=notice.name,
        last=reader.say.day(notice.last_day),
        phone=as_dialled(notice.phone) if notice.phone else reader.say("checkins.no_phone"),
    )
    return Message(text, openers([notice]))


@renders(FollowUpBegan)
def follow_up_began(notice: FollowUpBegan, reader: Reader) -> Message:
    last = reader.say.day(notice.last_day)
    lines = [reader.say("followups.began", name=notice.name, last=last)]
    if notice.isolates_until:
        lines.append(reader.say("followups.stay_home", until=reader.say.day(notice.isolates_until)))
    return Message("\n".join([*lines, *(contact_line(contact, reader) for contact in notice.contacts[:2])]))


@renders(FollowUpRead)
def follow_up_read(notice: FollowUpRead, reader: Reader) -> Message:
    say = reader.say
    lines = [
        say(
            "followups.read",
            number=notice.number,
            name=notice.name,
            subject=_subject(notice.subject, reader),
            vaccinated=say(f"followups.vaccinated.{notice.vaccinated.value}"),
            begins=say.day(notice.begins_on),
        ),
        *_days(notice.isolates_until, notice.last_day, notice.source, reader),
        say.count("followups.readings_a_day", notice.readings),
    ]
    if notice.resident_id is None:
        lines.append(say("followups.not_listed"))
    return Message(
        "\n".join(lines), column(reader.button("send", ConfirmFollowUp), reader.button("cancel", DropFollowUp))
    )


@renders(FollowUpKept)
def follow_up_kept(notice: FollowUpKept, reader: Reader) -> Message:
    return Message(reader.say("followups.started", name=notice.name))


@renders(FollowUpDropped)
def follow_up_dropped(notice: FollowUpDropped, reader: Reader) -> Message:
    return Message(reader.say("followups.dropped"))


@renders(FollowUpUnread)
def follow_up_unread(notice: FollowUpUnread, reader: Reader) -> Message:
    return Message(reader.say("followups.unread"))


@renders(FollowUpsListed)
def follow_ups_listed(notice: FollowUpsListed, reader: Reader) -> Message:
    if not notice.lines:
        return Message("\n".join([reader.say("followups.none"), reader.say("followups.how")]))
    lines = [reader.say.count("followups.listed", len(notice.lines))]
    for each in notice.lines[:MOST_NAMED]:
        line = reader.say(
            "followups.line",
            number=each.number,
            name=each.name,
            subject=_subject(each.subject, reader),
            last=reader.say.day(each.last_day),
        )
        lines.append(reader.say("followups.line_missed", line=line) if each.is_missed else line)
    return Message("\n".join([*lines, reader.say("followups.how")]), openers(notice.lines))


@renders(FollowUpShown)
def follow_up_shown(notice: FollowUpShown, reader: Reader) -> Message:
    say = reader.say
    lines = [
        say("followups.title", unit=notice.unit, number=notice.number, name=notice.name),
        say(f"followups.state.{notice.state.value}", subject=_subject(notice.subject, reader)),
        say("followups.since", begins=say.day(notice.begins_on)),
        *_days(notice.isolates_until, notice.last_day, notice.source, reader),
    ]
    if notice.phone:
        lines.append(as_dialled(notice.phone))
    lines += [_measured(each, reader) for each in notice.readings]
    lines += [_happened(each, reader) for each in notice.history]
    if notice.asks_case:
        lines.append(say("followups.case_asked", name=notice.name))
    return Message("\n".join(lines), _ways_on(notice, reader))


@renders(FollowWordsAsked)
def follow_words_asked(notice: FollowWordsAsked, reader: Reader) -> Message:
    return Message(reader.say(f"followups.ask_{notice.question}", name=notice.name))


@renders(DaysUnread)
def days_unread(notice: DaysUnread, reader: Reader) -> Message:
    return Message(reader.say("followups.days_unread"))


@renders(FollowUpCertified)
def follow_up_certified(notice: FollowUpCertified, reader: Reader) -> Message:
    year = reader.say("followups.born", year=notice.birth_year) if notice.birth_year else ""
    line = reader.say(
        "followups.certificate",
        name=notice.name + year,
        number=notice.number,
        unit=notice.unit,
        subject=_subject(notice.subject, reader),
        begins=reader.say.day(notice.begins_on),
        last=reader.say.day(notice.last_day),
        source=notice.source,
    )
    return Message("\n".join([reader.say("followups.certified", name=notice.name), line]))


@renders(FollowRefused)
def follow_refused(notice: FollowRefused, reader: Reader) -> Message:
    if not notice.unit:
        return Message(reader.say("followups.refused_any"))
    lines = [reader.say("checkins.refused", unit=notice.unit)]
    return Message("\n".join([*lines, *(contact_line(contact, reader) for contact in notice.contacts[:4])]))


def _ways_on(notice: FollowUpShown, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    if notice.state is not FollowUpState.RUNNING:
        return ()
    about = {"follow_up_id": notice.follow_up_id}
    if notice.asks_case:
        return column(
            reader.button("is_case", MakeCase, **about, is_sure=True),
            reader.button("follow_back", OpenFollowUp, **about),
        )
    questions = {
        "follow_reading": FollowQuestion.READING,
        "follow_extend": FollowQuestion.EXTEND,
        "follow_stop": FollowQuestion.STOP,
    }
    buttons = [reader.button(label, AskFollowUp, **about, question=asked) for label, asked in questions.items()]
    if notice.subject is not Subject.F0:
        buttons.append(reader.button("make_case", MakeCase, **about, is_sure=False))
    return in_rows(buttons, 2)


def _subject(subject: Subject, reader: Reader) -> str:
    return reader.say(f"followups.subject.{subject.value}")


def _days(isolates_until: date | None, last: date, source: str, reader: Reader) -> Iterable[str]:
    if isolates_until:
        yield reader.say("followups.isolates", until=reader.say.day(isolates_until))
    yield reader.say("followups.lasts", last=reader.say.day(last), source=source)


def _measured(each: Measured, reader: Reader) -> str:
    measured = figures(each.vitals, reader) or reader.say("followups.no_figures")
    line = reader.say("followups.measured", at=reader.moment(each.at), figures=measured, by=each.by)
    if not each.flags:
        return line
    flags = ", ".join(reader.say(f"followups.flag.{flag.value}") for flag in each.flags)
    return reader.say("followups.measured_flagged", line=line, flags=flags)


def _happened(each: Happened, reader: Reader) -> str:
    said = reader.say(f"followups.event.{each.event.value}", last=reader.say.day(each.last_day))
    line = reader.say("followups.happened", at=reader.moment(each.at), said=said)
    parts = [line, *([each.by] if each.by else []), *([each.words] if each.words else [])]
    return reader.say("followups.parted").join(parts)
