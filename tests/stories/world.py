"""A small district for stories: two communes, three communities, everyone in every role. Plainly synthetic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.router import run
from handlers.commands import Command, FromPerson, Place, PlaceKind, Sender
from models.notices import Notice
from models.records import Card, Chat, Grant, Household, HouseholdLink, Mail, Person, Reach, Unit
from models.rules.policy import Policy
from models.rules.roles import Role
from models.store.units import Units
from models.work import Told, Work
from tests.databases import engine_of

C = TypeVar("C", bound=FromPerson)

#: 09:00 on a Monday morning in Vietnam.
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class World:
    """The district, a clock that the test moves, and what was said to whom."""

    session: Session
    now: datetime
    policy: Policy

    def __post_init__(self) -> None:
        self._accounts = count(1001)
        self._message_ids = count(1)
        units = Units(self.session)
        self.district = units.add("H", "Huyện Mẫu", "district", None)
        self.commune = units.add("X1", "Xã Mẫu Một", "commune", self.district)
        self.other_commune = units.add("X2", "Xã Mẫu Hai", "commune", self.district)
        self.community = units.add("X1-1", "Tổ 1 bản Mẫu", "community", self.commune, village="Bản Mẫu")
        self.second_community = units.add("X1-2", "Tổ 2 bản Mẫu", "community", self.commune, village="Bản Mẫu")
        self.far_community = units.add("X2-1", "Tổ 1 bản Xa", "community", self.other_commune, village="Bản Xa")
        for number, unit in enumerate(units.all()):
            self.session.add(Chat(id=-100 - number, title=f"Nhóm {unit.name}", unit_id=unit.id, bound_at=self.now))
        self.commander = self.person("Chỉ huy Huyện", Role.COMMANDER, self.district)
        self.clerk = self.person("Văn thư Huyện", Role.CLERK, self.district)
        self.district_officer = self.person("Cán bộ Huyện", Role.OFFICER, self.district)
        self.chair = self.person("Chủ tịch Xã Một", Role.COMMANDER, self.commune)
        self.officer = self.person("Cán bộ Xã Một", Role.OFFICER, self.commune)
        self.health = self.person("Trạm Y tế Xã Một", Role.HEALTH, self.commune)
        self.other_chair = self.person("Chủ tịch Xã Hai", Role.COMMANDER, self.other_commune)
        self.other_officer = self.person("Cán bộ Xã Hai", Role.OFFICER, self.other_commune)
        self.village_head = self.person("Trưởng bản Mẫu", Role.VILLAGE_HEAD, self.community)
        self.grant(self.village_head, Role.VILLAGE_HEAD, self.second_community)
        self.second_village_head = self.person("Phó bản Mẫu", Role.VILLAGE_HEAD, self.community)
        self.member = self.person("Tổ viên Một", Role.TEAM, self.community)
        self.second_member = self.person("Tổ viên Hai", Role.TEAM, self.community)
        self.far_member = self.person("Tổ viên Xa", Role.TEAM, self.far_community)
        self.far_second_member = self.person("Tổ viên Xa Hai", Role.TEAM, self.far_community)
        self.administrator = self.person("Quản trị", Role.ADMINISTRATOR, None)
        self.homes = [self.household(self.community, str(number)) for number in range(1, 6)]
        self.resident = self.person("Bà Mẫu")
        self.link(self.resident, self.homes[0])
        self.neighbour = self.person("Ông Mẫu")
        self.link(self.neighbour, self.homes[1])
        self.stranger = self.person("Người Lạ")
        self.session.commit()

    def person(self, name: str, role: Role | None = None, unit: Unit | None = None) -> Person:
        account = next(self._accounts)
        person = Person(account_id=account, name=name, phone=f"+8491{account:07}", language="", reach=Reach.REACHABLE)
        self.session.add(person)
        self.session.flush()
        if role is not None:
            self.grant(person, role, unit)
        return person

    def grant(self, person: Person, role: Role, unit: Unit | None) -> None:
        self.session.add(Grant(person_id=person.id, unit_id=unit.id if unit else None, role=role, granted_at=self.now))
        self.session.flush()

    def household(self, unit: Unit, number: str) -> Household:
        home = Household(unit_id=unit.id, number=number, head=f"Chủ nhà {number}", phone=f"+849200000{number:>02}")
        self.session.add(home)
        self.session.flush()
        return home

    def link(self, person: Person, home: Household) -> None:
        self.session.add(
            HouseholdLink(household_id=home.id, person_id=person.id, proposed_at=self.now, confirmed_at=self.now)
        )
        self.session.flush()

    def account(self, person: Person) -> int:
        """The account behind the person, which is also their private chat."""
        assert person.account_id is not None
        return person.account_id

    def group_of(self, unit: Unit) -> int:
        """The chat id of the unit's group."""
        chat_id = self.session.scalar(select(Chat.id).where(Chat.unit_id == unit.id))
        assert chat_id is not None
        return chat_id

    def work(self) -> Work:
        return Work(self.session, self.now, self.policy)

    def do(self, command: Command) -> list[Told]:
        """Run the command as intake would, and commit; the mail it told."""
        work = self.work()
        run(command, work)
        self.session.commit()
        return work.told

    def by(self, person: Person, command: type[C], *, chat_id: int | None = None, **values: object) -> list[Told]:
        """Let a person give a command, in private or in the chat named."""
        assert person.account_id is not None
        kind = PlaceKind.PRIVATE if chat_id is None else PlaceKind.GROUP
        place = Place(person.account_id if chat_id is None else chat_id, kind)
        sender = Sender(person.account_id, person.name)
        values.setdefault("message_id", next(self._message_ids))
        return self.do(command(sender=sender, place=place, **values))  # type: ignore[arg-type]

    def later(self, span: timedelta) -> None:
        self.now += span

    def told(self, chat: Person | int) -> list[Notice]:
        """Every notice ever told to a person or chat, oldest first; cards not among them."""
        chat_id = chat if isinstance(chat, int) else chat.account_id
        mails = self.session.scalars(select(Mail).where(Mail.chat_id == chat_id, Mail.kind != "").order_by(Mail.id))
        return [Notice.from_json(mail.kind, mail.notice) for mail in mails]

    def card(self, chat: Person | int, subject: str) -> Notice | None:
        """What the card about a subject shows there now; None when there is no such card."""
        chat_id = chat if isinstance(chat, int) else chat.account_id
        card = self.session.scalar(select(Card).where(Card.chat_id == chat_id, Card.subject == subject))
        return Notice.from_json(card.kind, card.notice) if card else None


@contextmanager
def small_district(url: str) -> Iterator[World]:
    """The district in this database, that morning."""
    engine = engine_of(url)
    with Session(engine, expire_on_commit=False) as session:
        yield World(session, MORNING, Policy())
    engine.dispose()
