"""Whether the deliverer as it runs in the bot, with its database, keeps the pace that the bare pacer promises.

A directive goes to 311 groups by its own stories: cards are leased, rendered, sent and settled, each arrival is
counted on the issuer's board, and the board's edits take their share of the pace. The strict sandbox and the line
printed are those of `benchmarks.pacing`. A number as argument takes so many groups.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from telegram import Bot

from benchmarks.far_end import TOKEN, Town, strict_town
from benchmarks.pacing import JITTER, PER_SECOND, WORDS, Run, report
from bot.catalogue import Catalogues
from bot.router import run
from bot.telegram.deliver import Deliverer
from bot.telegram.envelope import Envelope
from bot.telegram.pacing import Limits, Pacer
from bot.telegram.send import Outcome, Sender
from bot.telegram.transport import AiohttpRequest
from bot.writer import Writer
from handlers.commands import Place, PlaceKind
from handlers.commands import Sender as Giver
from handlers.commands.directives import DraftDirective, SendDirective
from models.database import open_engine
from models.notices.directives import DirectiveGiven
from models.records import Chat, Directive, Mail, MailState, Record
from models.rules.policy import Policy
from models.rules.roles import Role
from models.work import Told, Work

GROUPS = 311
EPOCH = 1
COMMANDER = Giver(1_001, "Chỉ Huy")


class Counted(Sender):
    """Sends as ever, and notes when each answer came until every group has its card."""

    def __init__(self, bot: Bot, policy: Policy, groups: int) -> None:
        super().__init__(bot, Catalogues.load(), policy)
        self.run = Run()
        self.finished = asyncio.Event()
        self.messages = 0
        self._left = groups

    async def send(self, envelope: Envelope) -> Outcome:
        outcome = await super().send(envelope)
        if self._left:
            self.run.answered(alarm=False)
            self.messages += 1
            self._left -= isinstance(envelope.notice, DirectiveGiven)
        if not self._left:
            self.finished.set()
        return outcome


def found(session: Session, chat_ids: Sequence[int], policy: Policy) -> None:
    """A district with a commander, a commune for every group but the first, and each group bound to its unit."""
    work = Work(session, datetime.now(UTC), policy)
    root = work.units.add("H", "Huyện Mẫu", policy.tiers.names[0], None)
    communes = [work.units.add(f"X{number}", f"Xã {number}", "commune", root) for number in range(1, len(chat_ids))]
    for chat_id, unit in zip(chat_ids, [root, *communes], strict=True):
        session.add(Chat(id=chat_id, title=unit.name, unit_id=unit.id, bound_at=work.now))
    commander = work.people.meet(COMMANDER.account_id, COMMANDER.name, in_private=False)
    work.people.grant(commander, root.id, Role.COMMANDER, work.now, None)


def issue(session: Session, chat_id: int, policy: Policy) -> Sequence[Told]:
    """Let the commander write the directive in the district's group and send it."""
    work = Work(session, datetime.now(UTC), policy)
    place = Place(chat_id, PlaceKind.GROUP)
    run(DraftDirective(sender=COMMANDER, place=place, words=WORDS), work)
    directive_id = session.scalars(select(Directive.id)).one()
    run(SendDirective(sender=COMMANDER, place=place, directive_id=directive_id), work)
    return work.told


async def deliver(town: Town, folder: Path) -> Counted:
    """Let the deliverer send them all, and require that every one is marked sent."""
    engine = open_engine(f"sqlite:///{(folder / 'delivery.sqlite3').as_posix()}")
    Record.metadata.create_all(engine)
    writer, policy = Writer(engine), Policy()
    await writer.transact(lambda session: found(session, town.chat_ids, policy))
    async with AiohttpRequest(connections=40) as request:
        bot = Bot(TOKEN, base_url=f"{town.url}/bot", request=request)
        await bot.get_me()
        await writer.transact(lambda session: issue(session, town.chat_ids[0], policy))
        sender = Counted(bot, policy, len(town.chat_ids) - 1)
        pacer = Pacer(Limits(per_second=PER_SECOND))
        deliverer = Deliverer(writer, sender, pacer, policy, lambda: datetime.now(UTC), EPOCH)
        running = asyncio.create_task(deliverer.run())
        await sender.finished.wait()
        await deliverer.drain(5.0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    is_sent = select(func.count(Mail.id)).where(Mail.job == "directive:1", Mail.state == MailState.SENT)
    sent = await writer.transact(lambda session: session.scalar(is_sent))
    assert sent == len(town.chat_ids) - 1, f"{sent} of {len(town.chat_ids)} marked sent"
    writer.close()
    return sender


def main() -> None:
    """Measure and print."""
    groups = int(sys.argv[1]) if sys.argv[1:] else GROUPS
    with strict_town(groups + 1, JITTER) as (town, tally), tempfile.TemporaryDirectory(prefix="tocovid-") as folder:
        sender = asyncio.run(deliver(town, Path(folder)))
        report("tocovid, the whole deliverer", groups, sender.messages, sender.run, tally())


if __name__ == "__main__":
    main()
