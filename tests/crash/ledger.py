"""The books after the day: what people did against what the database holds and what stands in the chats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from bot.situation import count_everything
from models.database import plain_url
from models.notices import IfUnsure, Notice, Passed
from models.notices.call_lists import RoundMissed
from models.records import (
    Card,
    CheckinAnswer,
    CheckinAnswerChange,
    Directive,
    DirectivePlace,
    EntryState,
    InboxEntry,
    Mail,
    MailState,
    Person,
    Report,
    ReportStep,
    Round,
    Unit,
)
from models.rules.directives import DirectiveState
from models.rules.reports import ReportState, Step
from models.rules.rounds import RoundState
from tests.crash.bot_process import PATIENCE, until
from tests.crash.day import Day, Deeds, Screens
from tests.crash.village import BOT_ID, COMMUNITIES, Village

_MARK = re.compile(r"[#=*]\d{4,}")
#: Steps the clock takes; two of one report are a whole patience apart.
BY_THE_CLOCK = (Step.ESCALATED, Step.REMINDED)
#: What a copy is called whose card has changed since.
EARLIER_CARD = "an earlier state of a card"


@contextmanager
def reading(database: str) -> Iterator[Session]:
    """A look at the database that holds nobody up, and waits while somebody tidies up after a kill."""
    url = plain_url(database)
    engine = create_engine(url, connect_args={"timeout": PATIENCE} if url.get_backend_name() == "sqlite" else {})
    with Session(engine) as session:
        yield session
    engine.dispose()


def in_flight(database: str) -> int:
    """How many messages the bot that was just killed was sending."""
    with reading(database) as session:
        return session.scalar(select(func.count(Mail.id)).where(Mail.state == MailState.LEASED)) or 0


def is_settled(database: str) -> bool:
    """Whether nothing waits any more: no update, no message, no report to be taken up, no round for its end."""
    with reading(database) as session:
        counts = count_everything(session)
        waiting = session.scalar(select(func.count(InboxEntry.id)).where(InboxEntry.state == EntryState.WAITING))
        open_now = session.scalar(select(func.count(Report.id)).where(Report.state == ReportState.OPEN))
    return not (counts.mail_waiting or counts.rounds_open or waiting or open_now)


def mail_by_state(database: str) -> Counter[MailState]:
    """How many messages stand where."""
    with reading(database) as session:
        return Counter(session.scalars(select(Mail.state)))


def reports_by_mark(database: str) -> Counter[str]:
    """How often each message became, or joined, a report."""
    found: Counter[str] = Counter()
    with reading(database) as session:
        for words in [*session.scalars(select(Report.words)), *session.scalars(select(ReportStep.words))]:
            found.update(_MARK.findall(words))
    return found


async def until_all_mail_left(database: str) -> None:
    """Wait until no message waits or is under way; AssertionError when one still does."""
    await until(lambda: not mail_by_state(database).keys() & {MailState.WAITING, MailState.LEASED})


def copies(village: Village, database: str) -> int:
    """How many messages stand in the chats that the mark of no sent message knows: they were sent twice."""
    with reading(database) as session:
        return len(_standing(village) - _marked(session).keys())


@dataclass
class Books:
    """Everything that was found wrong, and the figures."""

    wrong: list[str]
    updates: int = 0  #: Accepted and handled.
    ticks: int = 0  #: Steps in the life of reports that the clock took.
    messages: int = 0  #: Of the bot's, standing in the chats.
    duplicates: Counter[str] = field(default_factory=Counter)  #: Of these, seen twice, by the kind of notice.
    missed: int = 0  #: Rounds that passed while the bot was away, and were told of.
    uncertain: int = 0  #: Messages that may not be repeated and were in flight when the bot, or the way, broke.


def audit(village: Village, database: str, day: Day, patience: timedelta) -> Books:
    """Hold the deeds of the day against their effects."""
    deeds = day.deeds
    with reading(database) as session:
        duplicates = _duplicates(session, village, day.screens)
        return Books(
            wrong=[
                *_updates(session),
                *_reports(session, deeds),
                *_histories(session, deeds, patience),
                *_directives(session, village, deeds),
                *_rounds(session, deeds),
                *_untold(session, village),
                *_mail(session, village),
                *(f"{kind} must not be repeated and was" for kind in duplicates if not _may_repeat(kind)),
            ],
            updates=session.scalar(select(func.count(InboxEntry.id))) or 0,
            ticks=session.scalar(select(func.count(ReportStep.id)).where(ReportStep.step.in_(BY_THE_CLOCK))) or 0,
            messages=len(_standing(village)),
            duplicates=duplicates,
            missed=len(_missed(session)),
            uncertain=session.scalar(select(func.count(Mail.id)).where(Mail.state == MailState.UNCERTAIN)) or 0,
        )


def audit_mail(village: Village, database: str) -> list[str]:
    """What is wrong with the bot's messages alone: not all have left, or not in their order."""
    with reading(database) as session:
        return list(_mail(session, village))


def _duplicates(session: Session, village: Village, screens: Screens) -> Counter[str]:
    """What no mark knows and no uncertain message accounts for, by its kind."""
    marked = _marked(session)
    kinds = {(chat, screens.first_words[chat, number]): kind for (chat, number), kind in marked.items()}
    uncertain = Counter((mail.chat_id, mail.kind) for mail in _in_state(session, MailState.UNCERTAIN))
    found: Counter[str] = Counter()
    for chat, number in _standing(village) - marked.keys():
        if (chat, number) in screens.pictures:
            kind = Passed.__name__
        else:
            # Its twin says the same; there is none where the card has changed before its first message was repeated.
            kind = kinds.get((chat, screens.first_words[chat, number]), EARLIER_CARD)
        # One that was never marked because it was uncertain, and did arrive, is no duplicate.
        if uncertain[chat, kind]:
            uncertain[chat, kind] -= 1
        else:
            found[kind] += 1
    return found


def _may_repeat(kind: str) -> bool:
    return kind == EARLIER_CARD or Notice.kinds[kind].if_unsure is not IfUnsure.LEAVE


def _marked(session: Session) -> dict[tuple[int, int], str]:
    """Every message that the mark of a sent mail knows, by chat and number, and what kind of notice it is."""
    cards = {card.id: card.kind for card in session.scalars(select(Card))}
    return {
        (mail.chat_id, mail.message_id): cards[mail.card_id] if mail.card_id else mail.kind
        for mail in session.scalars(select(Mail).where(Mail.message_id.is_not(None)))
        if mail.message_id
    }


def _in_state(session: Session, state: MailState) -> Sequence[Mail]:
    return session.scalars(select(Mail).where(Mail.state == state)).all()


def _updates(session: Session) -> Iterator[str]:
    """All were handled, and each chat's were kept in the order in which they happened."""
    newest: dict[int, int] = {}
    for entry in session.scalars(select(InboxEntry).where(InboxEntry.update_id > 0).order_by(InboxEntry.id)):
        if entry.state is not EntryState.HANDLED:
            yield f"in-{entry.id} is {entry.state.value}: {entry.failure}"
        if entry.update_id < newest.get(entry.chat_id, 0):
            yield f"in-{entry.id} came before an earlier one of its chat"
        newest[entry.chat_id] = entry.update_id


def _reports(session: Session, deeds: Deeds) -> Iterator[str]:
    """Every message that told of something is in exactly one place: a report's words, or its history."""
    found: Counter[str] = Counter()
    for words in session.scalars(select(Report.words)):
        found.update(_MARK.findall(words))
    for step, words in session.execute(select(ReportStep.step, ReportStep.words)):
        found.update(mark for mark in _MARK.findall(words) if mark[0] == "#" or step is Step.RESOLVED)
    for mark in [*deeds.reported, *deeds.results]:
        if found[mark] != 1:
            yield f"the message {mark} had its effect {found[mark]} times"


def _histories(session: Session, deeds: Deeds, patience: timedelta) -> Iterator[str]:
    """What can happen once to a report happened once, and the clock never struck twice."""
    for report in session.scalars(select(Report)):
        steps = session.scalars(select(ReportStep).where(ReportStep.report_id == report.id).order_by(ReportStep.id))
        history = [(each.step, each.at) for each in steps]
        times = Counter(step for step, _ in history)
        begun = 1 + times[Step.REOPENED]
        once = {Step.FILED: True, Step.TAKEN: report.code in deeds.taken, Step.CONFIRMED: report.code in deeds.helped}
        for step, is_expected in once.items():
            if times[step] > (1 if step is Step.FILED else begun) or (is_expected and not times[step]):
                yield f"{report.code} was {step.value} {times[step]} times"
        ticks = [at for step, at in history if step in BY_THE_CLOCK]
        if any(later - earlier < patience for earlier, later in pairwise(ticks)):
            yield f"{report.code}: the clock struck twice"


def _directives(session: Session, village: Village, deeds: Deeds) -> Iterator[str]:
    kept = Counter(_MARK.findall("\n".join(session.scalars(select(Directive.words)))))
    for directive in session.scalars(select(Directive)):
        mark = _MARK.findall(directive.words)[0]
        if kept[mark] != 1 or (directive.state is DirectiveState.SENT) != (mark in deeds.directed):
            yield f"the directive {mark} was kept {kept[mark]} times and is {directive.state.value}"
        places = select(DirectivePlace, Unit.code).join(Unit).where(DirectivePlace.directive_id == directive.id)
        for reached, code in session.execute(places):
            is_acknowledged = (mark, village.groups[code]) in deeds.acknowledged
            if mark in deeds.directed and reached.delivered_at is None:
                yield f"the directive {mark} never came to {code}"
            if is_acknowledged and reached.acknowledged_at is None:
                yield f"the directive {mark} was acknowledged at {code}, to no effect"
    yield from (f"the directive {mark} is lost" for mark in deeds.directed if not kept[mark])


def _rounds(session: Session, deeds: Deeds) -> Iterator[str]:
    """Every tap on a board is one answer with one change in its history, and one report when somebody is ill."""
    by_account = {account: person for person, account in session.execute(select(Person.id, Person.account_id))}
    for account, label in deeds.answered.items():
        answers = session.scalars(select(CheckinAnswer).where(CheckinAnswer.by_id == by_account[account])).all()
        changes = session.scalar(
            select(func.count(CheckinAnswerChange.id)).where(CheckinAnswerChange.by_id == by_account[account])
        )
        if len(answers) != 1 or not changes or changes > 2:
            yield f"{account} answered {label}: {len(answers)} answers, {changes} changes"
        elif (answers[0].report_id is not None) != (label == "Có người ốm"):
            yield f"{account} answered {label}: report {answers[0].report_id}"
    linked = [each for each in session.scalars(select(CheckinAnswer.report_id)) if each is not None]
    if len(linked) != len(set(linked)):
        yield "two answers share one report"
    states = Counter(session.scalars(select(Round.state)))
    if states[RoundState.CLOSED] + states[RoundState.SKIPPED] != len(COMMUNITIES) or states[RoundState.OPEN]:
        yield f"of the rounds are {states}"


def _missed(session: Session) -> Sequence[tuple[Round, str]]:
    """The rounds that nobody was asked in, each with the code of its community."""
    missed = select(Round, Unit.code).join(Unit, Unit.id == Round.unit_id).where(Round.state == RoundState.SKIPPED)
    return [(round_, code) for round_, code in session.execute(missed)]


def _untold(session: Session, village: Village) -> Iterator[str]:
    """A round may pass while the bot, or its database, is away from its opening to its closing, but never unsaid."""
    for round_, code in _missed(session):
        telling = select(Mail.chat_id).where(Mail.kind == RoundMissed.__name__, Mail.subject == round_.subject)
        if Counter(session.scalars(telling)) != Counter(village.teams[code]):
            yield f"the round of {code} was missed, and its team was not told of it once"


def _mail(session: Session, village: Village) -> Iterator[str]:
    """All mail has left, stands in its chat, and came in its order."""
    standing = _standing(village)
    last: dict[tuple[int, str], int] = {}
    for mail in session.scalars(select(Mail).order_by(Mail.id)):
        if mail.state not in (MailState.SENT, MailState.UNCERTAIN):
            yield f"out-{mail.id} {mail.kind} is {mail.state.value}: {mail.failure}"
        if mail.message_id is None or mail.card_id is not None:
            continue
        if (mail.chat_id, mail.message_id) not in standing:
            yield f"out-{mail.id} {mail.kind} is said to have been sent and is not there"
        if mail.message_id < last.get((mail.chat_id, mail.subject), 0):
            yield f"out-{mail.id} {mail.kind} came before an earlier one about {mail.subject}"
        last[mail.chat_id, mail.subject] = mail.message_id


def _standing(village: Village) -> set[tuple[int, int]]:
    """Every message of the bot's own making, by chat and number; that something was pinned is the service's word."""
    world = village.sandbox.world
    rooms = [*world.groups.values(), *world.bots[BOT_ID].private.values()]
    return {
        (room.id, number)
        for room in rooms
        for number, kept in room.messages.items()
        if kept.author == BOT_ID and kept.message.pinned_message is None
    }
