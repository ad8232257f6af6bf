"""Cards for the homes of a community, to print and hand over: whoever scans one asks to speak for that home."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.catalogue import Catalogues, Say
from bot.errands.apart import run_apart
from bot.errands.loop import Data
from bot.paper.typesetting import pack, typeset
from bot.writer import Writer
from handlers.commands.home_cards import CardsNotMade, HandCards
from models.records import Household, Person
from models.rules.policy import Policy
from models.rules.words import fold
from models.store.home_cards import new_token
from models.work import Work


class MakeHomeCards:
    """Makes the cards of one community, each with a code of its own."""

    def __init__(self, writer: Writer, catalogues: Catalogues, policy: Policy, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._catalogues = catalogues
        self._policy = policy
        self._clock = clock

    async def do(self, data: Data) -> HandCards:
        tokens, name, packed = await self._writer.transact(lambda session: self._page(session, data))
        content: bytes = await run_apart(typeset_cards, packed)
        # The codes are kept, as hashes, together with the file that shows them: lost with it, they open nothing.
        return HandCards(
            account_id=data["account_id"], unit_id=data["unit_id"], tokens=tokens, name=name, content=content
        )

    def give_up(self, data: Data) -> CardsNotMade:
        return CardsNotMade(account_id=data["account_id"])

    def _page(self, session: Session, data: Data) -> tuple[tuple[tuple[int, str], ...], str, bytes]:
        work = Work(session, self._clock(), self._policy)
        unit = work.units.require(data["unit_id"])
        person: Person | None = work.people.find_by_account(data["account_id"])
        say = self._catalogues.in_language((person.language if person else "") or self._policy.language)
        homes = work.households.of_unit(unit.id)
        tokens = tuple((home.id, new_token()) for home in homes)
        page = fill(unit.name, homes, dict(tokens), work.facts.get(work.facts.BOT_USERNAME), say)
        return tokens, f"the-nha-{fold(unit.name).replace(' ', '-')}.pdf", pack("home_cards", page)


def fill(
    unit: str, homes: Sequence[Household], tokens: dict[int, str], bot_username: str, say: Say
) -> dict[str, object]:
    """What the pages say; a home's name is not on its card, which may hang where everybody passes."""
    return {
        "language": say.language,
        "unit": unit,
        "instruction": say("cards.instruction"),
        "warning": say("cards.warning"),
        "homes": [
            {
                "title": say("cards.home", number=home.number),
                "link": f"https://t.me/{bot_username}?start=nha-{tokens[home.id]}",
            }
            for home in homes
        ],
    }


def typeset_cards(packed: bytes) -> bytes:
    """The pages as PDF, every link drawn as a code. Runs apart from the bot."""
    import segno

    page = json.loads(packed)
    for home in page["values"]["homes"]:
        drawn = io.BytesIO()
        segno.make(home["link"], error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=2)
        home["code"] = drawn.getvalue().decode()
    return typeset(json.dumps(page, ensure_ascii=False).encode())
