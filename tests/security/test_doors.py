"""Codes, links, names and floods: what somebody outside can send at the doors, and what they get for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from bot.telegram.door import Door
from bot.telegram.render import Message
from bot.telegram.translate import Bot
from bot.telegram.webhook import Webhook
from handlers.commands.enrolment import Greet, OfferBinding
from handlers.commands.reports import HearMessage, ReportInPlace
from models.notices import Notice
from models.records import Chat, InvitationKind, Mail, Person, Report
from models.rules.mail import STRANGERS
from models.rules.words import utf16_length
from tests.security.raw import arrive, group, message, parked
from tests.stories.reading import read, the_report
from tests.stories.world import MORNING, World

DAY = timedelta(days=1)

# Links and codes.


def test_a_code_opens_once_and_only_what_it_was_made_for(world: World) -> None:
    work = world.work()
    until = world.now + timedelta(hours=24)
    join = work.invitations.make(InvitationKind.JOIN, person_id=world.far_member.id, expires_at=world.now + DAY)
    bind = work.invitations.make(InvitationKind.BIND, unit_id=world.community.id, expires_at=until)
    world.session.commit()
    for payload in (f"gan-{join}", f"moi-{bind}", join[:10], bind[:10]):
        world.by(world.stranger, Greet, payload=payload)
    assert not world.work().people.grants_of(world.stranger.id)
    world.by(world.stranger, Greet, payload=f"gan-{bind}", chat_id=-100777)
    assert world.session.get(Chat, -100777) is None or world.session.get_one(Chat, -100777).unit_id is None


def test_whoever_guesses_codes_is_not_listened_to_for_an_hour_even_when_they_hit(world: World) -> None:
    token = world.work().invitations.make(
        InvitationKind.JOIN, person_id=world.far_member.id, expires_at=world.now + DAY
    )
    world.session.commit()
    for number in range(6):
        world.by(world.stranger, Greet, payload=f"moi-WRONG{number}")
    world.by(world.stranger, Greet, payload=f"moi-{token}")
    assert not world.work().people.grants_of(world.stranger.id)
    told = len(world.told(world.stranger))
    world.by(world.stranger, Greet, payload="moi-AGAIN")
    assert len(world.told(world.stranger)) == told


def test_the_first_starts_code_makes_one_administrator_and_never_a_second(world: World) -> None:
    code = world.work().invitations.make(InvitationKind.ADMINISTRATOR, expires_at=world.now + DAY)
    world.session.commit()
    world.by(world.stranger, Greet, payload=code)
    assert not world.work().people.is_administrator(world.stranger.id)


def test_a_binding_link_expires_after_a_day(world: World) -> None:
    world.by(world.administrator, OfferBinding, unit_id=world.community.id)
    token = world.told(world.administrator)[-1].token  # type: ignore[attr-defined]
    world.later(timedelta(hours=25))
    world.by(world.member, Greet, payload=f"gan-{token}", chat_id=-100778)
    chat = world.session.get(Chat, -100778)
    assert chat is None or chat.unit_id is None


# The webhook.


class NothingIsKept:
    """What stands behind a door that must stay closed."""

    async def transact(self, *_: object, **__: object) -> None:
        raise AssertionError("something entered")


async def nobody_pressed(press: str) -> None:
    raise AssertionError(press)


def closed_door() -> Door:
    return Door(NothingIsKept(), Bot(1, "to_bot"), lambda: MORNING, lambda: None, nobody_pressed)  # type: ignore[arg-type]


@pytest.mark.parametrize("secret", ["", "wrong", "đúng-mà-sai", "\udcff\udcfe", "S" * 4000])
async def test_without_the_secret_nothing_enters_by_the_webhook(secret: str) -> None:
    webhook = Webhook("https://example.org/hook", "right", closed_door())
    app = web.Application(client_max_size=2**21)
    app.router.add_post(webhook.path, webhook.take)
    async with TestServer(app) as server, ClientSession() as client:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret.isascii() else {}
        async with client.post(server.make_url("/hook"), headers=headers, data=b'{"update_id": 1}') as answer:
            assert answer.status == 403
        good = {"X-Telegram-Bot-Api-Secret-Token": "right"}
        for body, status in ((b"{", 400), (b"[]", 400), (b"x" * (2**21 + 1), 413)):
            async with client.post(server.make_url("/hook"), headers=good, data=body) as answer:
                assert answer.status == status


# Names and words.

NASTY = [
    "CHỈ ĐẠO CD-12345\nTừ: Huyện\nHạn: hôm nay\n\nChuyển tiền ngay",
    "\u202eđảo ngược\u202c \u2066x\u2069 \u200b\u200f",
    "{code} {0} %s %(name)s {reader.say.__class__}",
    "🧨" * 2000,
    "x" * 4096,
    "a\u0301" * 1500,
    "\x00\x07\x1b[2Jđỏ",
    "=HYPERLINK(1) +1 -1 @x <b>đậm</b> [x](tg://user?id=1)",
]


def texts(world: World) -> list[Message]:
    mails = world.session.scalars(select(Mail).where(Mail.kind != "", ~Mail.kind.in_(["MenuOffered", "Passed"])))
    return [read(world, Notice.from_json(mail.kind, mail.notice)) for mail in mails]


@pytest.mark.parametrize("nasty", NASTY)
async def test_no_name_and_no_words_break_or_imitate_a_message_of_ours(world: World, nasty: str) -> None:
    newcomer = Person(account_id=555000, name="x")  # known to nobody yet
    title = group(-100888, nasty)
    fresh = message(newcomer, f"Nhà tôi có người sốt: {nasty}"[:4096], name=nasty)
    hello = message(world.administrator, "/gannhom X1-1", title, name=nasty)
    order = message(world.commander, f"/chidao {nasty}"[:4096], name=nasty)
    await arrive(world, fresh, hello, order)
    assert parked(world) == []
    for shown in texts(world):
        assert utf16_length(shown.text) <= 4096
        assert not set(shown.text) & set("\u202e\u2066\u200b\u0000\u001b")
    report = the_report(world)
    card = world.card(world.district_officer, report.subject)
    assert utf16_length(read(world, card).text) <= 4096
    assert not [line for line in read(world, card).text.splitlines() if line.startswith("CHỈ ĐẠO CD-")]


async def test_a_name_stays_in_its_line(world: World) -> None:
    newcomer = Person(account_id=555001, name="x")
    await arrive(world, message(newcomer, "Nhà tôi có người sốt", name="Páo\n\nCHỈ ĐẠO CD-1\nChuyển tiền"))
    sender = world.work().people.require(the_report(world).sender_id)
    assert "\n" not in sender.name


# Floods.


def count(world: World, of: object) -> int:
    return world.session.scalar(select(func.count(of))) or 0  # type: ignore[arg-type]


@pytest.mark.parametrize("command", [HearMessage, ReportInPlace])
def test_two_hundred_messages_of_one_person_are_one_report_that_rings_once_a_minute(
    world: World, command: type[HearMessage | ReportInPlace]
) -> None:
    for number in range(200):
        world.by(world.resident, command, words=f"Nhà tôi cần gạo, lần {number}")
        world.later(timedelta(seconds=0.25))
    assert count(world, Report.id) == 1
    rung = [told for told in world.told(world.member) if told.kind == "DeskRung"]
    assert len(rung) <= 2


def test_a_flood_typed_in_a_group_leaves_one_message_there(world: World) -> None:
    crowd = world.group_of(world.community)
    loud = world.person("Ồn Ào")
    loud.reach = loud.reach.NEVER_STARTED
    for number in range(30):
        world.by(loud, ReportInPlace, words=f"Nhà tôi cần gạo, lần {number}", chat_id=crowd)
        world.by(loud, Greet, chat_id=crowd)
    assert len([told for told in world.told(crowd) if told.kind == "PrivateChatNeeded"]) == 2


def test_answers_to_those_whom_nobody_knows_wait_together_and_never_before_the_others(world: World) -> None:
    strange = world.by(world.stranger, HearMessage, words="Nhà tôi có người sốt")
    own = [told for told in strange if told.chat_id == world.account(world.stranger)]
    assert own
    assert {told.job for told in own} == {STRANGERS}
    for person in (world.resident, world.member):
        mail = world.by(person, HearMessage, words="Nhà tôi cần gạo")
        assert {told.job for told in mail if told.chat_id == world.account(person)} == {""}


def test_a_hundred_strangers_are_each_received_and_delay_nobody(world: World) -> None:
    for number in range(100):
        world.by(world.person(f"Người {number}"), HearMessage, words="Nhà tôi có người sốt")
    mail = world.by(world.resident, HearMessage, words="Nhà tôi cần gạo")
    assert count(world, Report.id) == 101
    assert [told for told in mail if told.chat_id == world.account(world.resident)]
