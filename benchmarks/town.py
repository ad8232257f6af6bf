"""The district that benchmarks live in: imported from lists as an administrator would, and a busy evening in it."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, make_url, select, update
from sqlalchemy.orm import Session

from bot.config import Settings
from bot.demo import stage
from bot.demo.district import COMMUNES, COMMUNITIES_EACH, HOMES_EACH, District, Someone, build
from bot.demo.playing import settings_for, take_lists
from bot.moments import WallClock
from bot.policies import policy_from
from bot.router import run
from bot.telegram.buttons import to_data
from bot.telegram.translate import Bot
from handlers.commands import Command, Place, Sender
from handlers.commands.checkins import AdvanceRounds, AnswerRound
from handlers.commands.directive_following import AcknowledgeDirective
from handlers.commands.directives import DraftDirective, SendDirective
from handlers.commands.reports import FileReport, TakeReport
from models.database import open_engine
from models.records import Card, Directive, Mail, MailState, Report, Round, Unit
from models.rules.checkins import Answer
from models.rules.policy import Policy
from models.rules.roles import Role
from models.rules.rounds import RoundState
from models.work import Work

Raw = dict[str, Any]
#: The message id of each card, by chat and subject.
Cards = Mapping[tuple[int, str], int]

ME = Bot(stage.BOT_ID, stage.BOT_USERNAME)
HOMES = len(COMMUNES) * COMMUNITIES_EACH * HOMES_EACH
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  #: Nine o'clock in the district.
REPORTS_LYING = 130  #: Filed earlier that day, for officers to take.
REPORTS_COMING = 260  #: Filed in the evening, each by another home.
ILL = 0.02  #: The share of homes whose tap says that somebody is ill.
WORDS = (
    "Nhà tôi có hai người sốt từ hôm qua, ho nhiều, chưa được xét nghiệm.",
    "Bản tôi có người mới từ Hà Nội về chiều nay, chưa thấy khai báo.",
    "Nhà tôi đang cách ly, hết gạo rồi, nhờ tổ giúp mua.",
    "Mẹ tôi hết thuốc huyết áp, không ra trạm được.",
)
ORDER = "Các tổ rà soát người về từ vùng dịch trong ba ngày qua và báo về xã trước 17 giờ."


@dataclass(frozen=True)
class Town:
    """An imported district in a database file, to be copied for every run."""

    district: District
    settings: Settings
    file: Path
    policy: Policy
    now: datetime

    def copy(self, name: str) -> Engine:
        """The same town in a file of its own, opened as the bot opens it."""
        target = self.file.with_name(name)
        for each in target.parent.glob(f"{name}*"):
            each.unlink()
        shutil.copy(self.file, target)
        return open_engine(f"sqlite:///{target.as_posix()}")


def imported(folder: Path, homes: int = HOMES) -> Town:
    """The demo's district, with so many homes, right after its lists were imported."""
    return with_lists(folder, build(homes))


def with_lists(folder: Path, district: District) -> Town:
    """A district right after its lists were imported."""
    settings = settings_for("http://127.0.0.1:1", folder, "vi")
    clock = WallClock()
    clock.set(MORNING)
    take_lists(district, folder, settings, clock)
    file = Path(str(make_url(settings.database.url.get_secret_value()).database))
    return Town(district, settings, file, policy_from(settings), MORNING)


def in_the_evening(town: Town) -> Town:
    """The same district after a day: rounds are open, a directive is out, reports lie at the desks."""
    engine = open_engine(f"sqlite:///{town.file.as_posix()}")
    with Session(engine, expire_on_commit=False) as session, session.begin():
        now = _live_through_the_day(session, town.district, town.policy)
    engine.dispose()
    return replace(town, now=now)


def _live_through_the_day(session: Session, district: District, policy: Policy) -> datetime:
    for resident in district.residents[:: len(district.residents) // REPORTS_LYING][:REPORTS_LYING]:
        report = FileReport(sender=sender(resident), place=Place(resident.account), words=WORDS[0])
        do(report, session, MORNING, policy)
    commander = district.holding(Role.COMMANDER, "TD")[0]
    who, place = sender(commander), Place(commander.account)
    do(DraftDirective(sender=who, place=place, words=ORDER), session, MORNING, policy)
    directive_id = session.scalars(select(Directive.id)).one()
    do(SendDirective(sender=who, place=place, directive_id=directive_id), session, MORNING, policy)
    do(AdvanceRounds(), session, MORNING, policy)
    evening = max(session.scalars(select(Round.opens_at))) + timedelta(minutes=30)
    do(AdvanceRounds(most=10_000), session, evening, policy)
    let_all_arrive(session, evening)
    return evening


def let_all_arrive(session: Session, now: datetime) -> None:
    """Every card stands in its chat under its own id as message id, and no mail waits."""
    session.execute(update(Card).values(message_id=Card.id, shown_version=Card.version))
    session.execute(update(Mail).values(state=MailState.SENT, settled_at=now))


def do(command: Command, session: Session, now: datetime, policy: Policy) -> None:
    """Let a command have its effects in this transaction."""
    run(command, Work(session, now, policy))


def sender(someone: Someone) -> Sender:
    """Somebody of the district, as a command names them."""
    return Sender(someone.account, someone.name)


def evening(town: Town, engine: Engine) -> list[Raw]:
    """The updates of a busy half hour, in an order that is the same every time.

    Every linked home taps its board, 260 homes report something in private, every team member and village head
    acknowledges the directive in the group, and officers take the reports that lie there.
    """
    with Session(engine) as session:
        cards = {(card.chat_id, card.subject): card.id for card in session.scalars(select(Card))}
        updates = [
            *_taps(town, session, cards),
            *_reports(town),
            *_acknowledgements(town, session, cards),
            *_takings(town, session, cards),
        ]
    random.Random(1).shuffle(updates)
    return [{"update_id": number, **update} for number, update in enumerate(updates, 1)]


def sent(update: Raw) -> bytes:
    """An update as the service sends it: as short as can be, in ASCII."""
    return json.dumps(update, separators=(",", ":")).encode()


def _taps(town: Town, session: Session, cards: Cards) -> Iterator[Raw]:
    chance = random.Random(2)
    is_open = Round.state == RoundState.OPEN
    for round_, code in session.execute(select(Round, Unit.code).join(Unit).where(is_open)):
        group = town.district.place(code).chat
        for resident in town.district.living_in(code):
            answer = Answer.SOMEONE_ILL if chance.random() < ILL else Answer.ALL_WELL
            data = to_data(AnswerRound, round_id=round_.id, answer=answer)
            yield _tap(resident, group, data, cards[group, round_.subject])


def _reports(town: Town) -> Iterator[Raw]:
    residents = town.district.residents[1 :: len(town.district.residents) // REPORTS_COMING][:REPORTS_COMING]
    for number, resident in enumerate(residents):
        chat = {"id": resident.account, "type": "private", "first_name": resident.name}
        yield {
            "message": {
                "message_id": 900_000 + number,
                "date": int(town.now.timestamp()),
                "chat": chat,
                "from": _user(resident),
                "text": WORDS[number % len(WORDS)],
            }
        }


def _acknowledgements(town: Town, session: Session, cards: Cards) -> Iterator[Raw]:
    directive = session.scalars(select(Directive)).one()
    data = to_data(AcknowledgeDirective, directive_id=directive.id)
    for post in town.district.posts:
        if post.role in (Role.TEAM, Role.VILLAGE_HEAD):
            group = town.district.place(post.units[0]).chat
            yield _tap(post.who, group, data, cards[group, directive.subject])


def _takings(town: Town, session: Session, cards: Cards) -> Iterator[Raw]:
    holders = session.execute(select(Report, Unit.code).join(Unit, Unit.id == Report.holder_id))
    for report, code in holders:
        team = town.district.holding(Role.TEAM, code) or town.district.holding(Role.OFFICER, code)
        data = to_data(TakeReport, report_id=report.id)
        yield _tap(team[0], team[0].account, data, cards[team[0].account, report.subject])


_queries = count(1)


def _tap(who: Someone, chat_id: int, data: str, message_id: int) -> Raw:
    chat = {"id": chat_id, "type": "group", "title": "Tổ"} if chat_id < 0 else {"id": chat_id, "type": "private"}
    message = {
        "message_id": message_id,
        "date": int(MORNING.timestamp()),
        "chat": chat,
        "from": _ME_USER,
        "text": "Hỏi thăm",
    }
    return {
        "callback_query": {
            "id": str(next(_queries)),
            "from": _user(who),
            "message": message,
            "chat_instance": "1",
            "data": data,
        }
    }


def _user(who: Someone) -> Raw:
    return {"id": who.account, "is_bot": False, "first_name": who.name, "language_code": "vi"}


_ME_USER = {"id": ME.id, "is_bot": True, "first_name": stage.BOT_NAME, "username": ME.username}
