"""The door list of a community as a page to print: every home in walking order, with boxes to tick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.catalogue import Catalogues, Say
from bot.errands.apart import run_apart
from bot.errands.loop import Data
from bot.paper.typesetting import pack, typeset
from bot.writer import Writer
from handlers.commands.called_homes import HandPaper, PaperNotMade
from models.phones import as_dialled
from models.records import Household, Round, Unit
from models.rules.policy import Policy
from models.rules.words import fold
from models.work import Work

_COLUMNS = ("number", "head", "phone", "well", "ill", "help", "away", "note")


class MakeDoorList:
    """Makes the list of one round's community for one person."""

    def __init__(self, writer: Writer, catalogues: Catalogues, policy: Policy, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._catalogues = catalogues
        self._policy = policy
        self._clock = clock

    async def do(self, data: Data) -> HandPaper:
        name, packed = await self._writer.transact(lambda session: self._page(session, data))
        content: bytes = await run_apart(typeset, packed)
        return HandPaper(account_id=data["account_id"], name=name, content=content)

    def give_up(self, data: Data) -> PaperNotMade:
        return PaperNotMade(account_id=data["account_id"])

    def _page(self, session: Session, data: Data) -> tuple[str, bytes]:
        work = Work(session, self._clock(), self._policy)
        round_ = work.checkins.require_round(data["round_id"])
        unit = work.units.require(round_.unit_id)
        person = work.people.find_by_account(data["account_id"])
        language = (person.language if person else "") or self._policy.language
        homes = [home for home in work.households.of_unit(unit.id) if home.is_asked_on(round_.day)]
        known = work.checkins.answers_of(round_.id)
        answered = {household_id for household_id, each in known.items() if each.answer is not None}
        page = fill(unit, round_, homes, answered, self._catalogues.in_language(language))
        return f"{fold(unit.name).replace(' ', '-')}-{round_.day}.pdf", pack("door_list", page)


def fill(unit: Unit, round_: Round, homes: list[Household], answered: set[int], say: Say) -> dict[str, object]:
    """What the page says; homes that answered already are marked, so that nobody knocks twice."""
    return {
        "language": say.language,
        "title": say("checkins.paper_title", unit=unit.name, day=say.day(round_.day)),
        "subtitle": say("checkins.paper_subtitle"),
        "columns": [say(f"checkins.paper_{column}") for column in _COLUMNS],
        "homes": [
            {
                "number": home.number,
                "head": home.head or say("checkins.no_head"),
                "address": home.address,
                "phone": as_dialled(home.phone) if home.phone else "",
                "note": say("checkins.paper_answered") if home.id in answered else "",
            }
            for home in homes
        ],
        "hint": say("checkins.paper_hint"),
    }
