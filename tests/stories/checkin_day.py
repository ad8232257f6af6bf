"""One day's round in a small district, told in the words of the stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.catalogue import Catalogues
from bot.telegram.render import Message, Reader, render
from handlers.commands import FromPerson
from handlers.commands.checkins import AdvanceRounds, AnswerForHousehold, AnswerRound, ConfirmHome
from models.notices import Notice
from models.records import ChatState, CheckinAnswer, CheckinAnswerChange, Person, Report, Round
from models.rules.checkins import Answer, Source, Tally
from tests.stories.world import World


@dataclass
class Day:
    """The world, the round it is about, and the clock that goes through it."""

    world: World
    round: Round = field(init=False)

    @property
    def group(self) -> int:
        return self.world.group_of(self.world.community)

    def begin(self) -> None:
        """Plan the first round and open it."""
        self.tick()
        self.round = self.newest_round()
        self.until(self.round.opens_at)

    def tick(self) -> None:
        self.world.do(AdvanceRounds())

    def until(self, at: datetime) -> None:
        """Let the clock tick at every step that falls due up to this moment, and at the moment itself."""
        coming = select(func.min(Round.due_at))
        while self.world.now < at:
            next_at = self.world.session.scalar(coming.where(Round.due_at > self.world.now))
            self.world.now = min(at, next_at or at)
            self.tick()

    def later(self, span: timedelta) -> None:
        self.until(self.world.now + span)

    def newest_round(self) -> Round:
        newest = self.world.session.scalar(
            select(Round).where(Round.unit_id == self.world.community.id).order_by(Round.day.desc()).limit(1)
        )
        assert newest is not None
        return newest

    def at_local_clock(self, at: datetime) -> str:
        return at.astimezone(self.world.policy.timezone).strftime("%H:%M")

    def by(self, person: Person, command: type[FromPerson], **values: Any) -> None:
        """A tap in private on a button of this round."""
        self.world.by(person, command, round_id=self.round.id, **values)

    def tap(self, person: Person, answer: Answer) -> None:
        """A tap on the group's board."""
        self.world.by(person, AnswerRound, chat_id=self.group, round_id=self.round.id, answer=answer)

    def tap_home(self, person: Person, home: int, answer: Answer, source: Source = Source.SELF) -> None:
        """A tap in private that names the home."""
        household_id = self.world.homes[home].id
        self.by(person, AnswerForHousehold, household_id=household_id, answer=answer, source=source)

    def answer_all(self, answer: Answer) -> None:
        for home in range(len(self.world.homes)):
            self.tap_home(self.world.member, home, answer, Source.CALLED)

    def confirm_home(self, decider: Person, person: Person, home: int, *, agreed: bool) -> None:
        """A tap on the card that asks whether an account speaks for a home."""
        household_id = self.world.homes[home].id
        card = self.world.work().outbox.cards_about(f"claim:{household_id}:{person.id}")[0]
        claimed: Any = Notice.from_json(card.kind, card.notice)
        self.by(
            decider,
            ConfirmHome,
            household_id=household_id,
            person_id=person.id,
            answer=claimed.answer,
            agreed=agreed,
        )

    def board(self) -> Any:
        return self.world.card(self.group, f"round:{self.round.id}")

    def card_of(self, person: Person, home: int) -> Notice | None:
        return self.world.card(person, f"round:{self.round.id}:{self.world.homes[home].id}")

    def calls_of(self, person: Person) -> Any:
        return self.world.card(person, f"calls:{self.round.id}")

    def kept(self, home: int) -> CheckinAnswer | None:
        return self.world.work().checkins.find_answer(self.round.id, self.world.homes[home].id)

    def answer_of(self, home: int) -> tuple[Answer | None, Source] | None:
        kept = self.kept(home)
        return (kept.answer, kept.source) if kept else None

    def history_of(self, home: int) -> Sequence[CheckinAnswerChange]:
        kept = self.kept(home)
        assert kept is not None
        return self.world.session.scalars(
            select(CheckinAnswerChange).where(CheckinAnswerChange.answer_id == kept.id).order_by(CheckinAnswerChange.id)
        ).all()

    def tally(self) -> Tally:
        return self.world.work().checkins.tallies.of(self.round)

    def lose_group(self) -> None:
        """The bot was removed from the community's group."""
        chat = self.world.work().units.chat_of(self.world.community.id)
        assert chat is not None
        chat.state = ChatState.LOST
        self.world.session.commit()

    def read(self, notice: Notice | None, language: str = "vi") -> Message:
        """What a person reads."""
        assert notice is not None
        say = Catalogues.load(strict=True).in_language(language)
        return render(notice, Reader(say, self.world.policy.timezone, "to_covid_bot"))


def reports_of(world: World, person: Person) -> Sequence[Report]:
    return world.session.scalars(select(Report).where(Report.sender_id == person.id)).all()
