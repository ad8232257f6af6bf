"""What only a few may read: who chooses them, who opens it, what leaves, and what never does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.commands.confidential import (
    BeginConfidential,
    BeginRelease,
    BeginReleaseTo,
    ChooseReaders,
    NameConcerned,
    OfferConfidence,
    OpenConfidential,
    WantWord,
)
from handlers.commands.reports import (
    AddToReport,
    AnswerSender,
    AskForHelp,
    BeginHandDown,
    EscalateOverdue,
    HandDownReport,
    HearMessage,
    ListMyReports,
    ResolveReport,
    TakeReport,
    ViewReport,
)
from models.notices import Notice
from models.notices.confidential import (
    ConcernAsked,
    ConfidenceOffered,
    HomeReportFiled,
    QuietlyJoined,
    ReadersChosen,
    ReadersFixed,
    Released,
    ReleaseOffered,
    SenderMustBeSpared,
)
from models.notices.desks import HandDownOffered, ReportCard, ReportShrunk
from models.notices.reports import (
    ConfidentialReportFiled,
    OwnReportsListed,
    ReportOutOfReach,
    ResultTold,
    SenderAnswered,
)
from models.records import AuditEntry, Card, Mail, Person, Report
from models.rules.confidential import Ground
from models.rules.reports import Action, ReportState, Step
from models.rules.roles import Role
from tests.stories.reading import last, read, the_report
from tests.stories.rendering import labels
from tests.stories.world import World

ACCUSING = "Tổ trưởng nhận tiền hỗ trợ mà không phát, cán bộ ăn chặn"
SHY = "Xin giấu tên em, hàng xóm là F0 mà vẫn bán xôi cho cả xóm"
BEATEN = "Chồng tôi đánh tôi bầm mặt"


def filed(world: World, words: str = ACCUSING) -> Report:
    world.by(world.resident, HearMessage, words=words)
    return world.session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()


def card_of(world: World, person: Person, report: Report) -> ReportCard:
    card = world.card(person, report.subject)
    assert isinstance(card, ReportCard)
    return card


def readers(world: World, report: Report) -> list[Person]:
    return world.work().desks.readers_of(report)


def told_since(world: World, person: Person, count: int) -> list[Notice]:
    return world.told(person)[count:]


@pytest.fixture
def named(world: World) -> tuple[Person, Person]:
    """The two people the district named to read what is confidential; they sit at no desk."""
    first, second = world.person("Thanh tra Một"), world.person("Thanh tra Hai")
    for person in (first, second):
        world.grant(person, Role.READER, world.district)
    return first, second


def test_words_about_officials_go_to_the_districts_two_named_readers(
    world: World, named: tuple[Person, Person]
) -> None:
    report = filed(world)
    assert (report.ground, report.holder_id) == (Ground.OFFICIAL, world.district.id)
    assert readers(world, report) == list(named)
    assert world.card(world.commander, report.subject) is None
    assert world.card(world.district_officer, report.subject) is None


def test_it_stays_sealed_until_a_reader_opens_it_and_who_did_is_kept(
    world: World, named: tuple[Person, Person]
) -> None:
    report = filed(world)
    for reader in named:
        shown = read(world, world.card(reader, report.subject))
        assert ACCUSING not in shown.text
        assert world.resident.name not in shown.text
        assert labels(shown) == ["Mở đọc", "Tôi nhận việc"]
    world.by(named[0], OpenConfidential, report_id=report.id)
    assert ACCUSING in read(world, world.card(named[0], report.subject)).text
    assert ACCUSING not in read(world, world.card(named[1], report.subject)).text
    opened = [step.person_id for step in world.work().reports.history(report.id) if step.step is Step.OPENED]
    assert opened == [named[0].id]
    world.by(named[0], ViewReport, report_id=report.id)
    kept = world.session.query(AuditEntry).filter_by(person_id=named[0].id, refused=False).all()
    assert [entry.action for entry in kept] == ["OpenConfidential", "ViewReport"]


def test_pictures_and_voices_reach_a_reader_once_it_is_opened(world: World, named: tuple[Person, Person]) -> None:
    report = filed(world)
    world.work().reports.attach(report, [_Voice()], None, world.now)
    world.by(named[0], OpenConfidential, report_id=report.id)
    world.by(named[0], TakeReport, report_id=report.id)
    with_voice = set(world.session.scalars(select(Mail.chat_id).where(Mail.kind == "Passed")))
    assert with_voice == {named[0].account_id}


class _Voice:
    media, file_id, latitude, longitude = "voice", "voice-1", None, None


def test_nobody_else_can_open_it_or_learns_that_there_is_one(world: World, named: tuple[Person, Person]) -> None:
    report = filed(world)
    for person in (world.commander, world.chair, world.officer, world.member, world.village_head, world.neighbour):
        world.by(person, OpenConfidential, report_id=report.id)
        assert isinstance(last(world, person), ReportOutOfReach)
        assert world.card(person, report.subject) is None


def test_its_sender_chooses_which_tier_reads_it(world: World, named: tuple[Person, Person]) -> None:
    report = filed(world, SHY)
    receipt = last(world, world.resident)
    assert isinstance(receipt, ConfidentialReportFiled)
    assert labels(read(world, receipt)) == ["Gửi xã", "Gửi huyện"]
    world.by(world.resident, ChooseReaders, report_id=report.id, unit_id=world.commune.id)
    assert last(world, world.resident) == ReadersChosen(report.code, world.commune.name)
    assert report.holder_id == world.commune.id
    assert readers(world, report) == [world.chair, world.officer]
    assert isinstance(world.card(named[0], report.subject), ReportShrunk)
    assert card_of(world, world.chair, report).sealed
    world.by(world.resident, ChooseReaders, report_id=report.id, unit_id=world.district.id)
    assert report.holder_id == world.district.id
    assert isinstance(world.card(world.chair, report.subject), ReportShrunk)


def test_once_somebody_works_on_it_its_readers_stay(world: World) -> None:
    report = filed(world, SHY)
    world.by(world.commander, TakeReport, report_id=report.id)
    world.by(world.resident, ChooseReaders, report_id=report.id, unit_id=world.commune.id)
    assert last(world, world.resident) == ReadersFixed(report.code)
    assert report.holder_id == world.district.id


def test_only_its_sender_chooses(world: World) -> None:
    report = filed(world, SHY)
    for person in (world.chair, world.commander, world.neighbour):
        world.by(person, ChooseReaders, report_id=report.id, unit_id=world.commune.id)
        assert isinstance(last(world, person), ReportOutOfReach)
    world.by(world.resident, ChooseReaders, report_id=report.id, unit_id=world.other_commune.id)
    assert report.holder_id == world.district.id


def test_somebody_who_asks_first_chooses_before_a_word_is_said(world: World) -> None:
    world.by(world.resident, OfferConfidence)
    offered = last(world, world.resident)
    assert isinstance(offered, ConfidenceOffered)
    assert labels(read(world, offered)) == ["Gửi xã", "Gửi huyện"]
    world.by(world.resident, BeginConfidential, unit_id=world.commune.id)
    world.by(world.resident, HearMessage, words="Nhà tôi xin ít gạo")
    report = the_report(world)
    assert (report.confidential, report.ground, report.holder_id) == (True, Ground.ASKED, world.commune.id)
    assert world.card(world.member, report.subject) is None
    assert isinstance(last(world, world.resident), ConfidentialReportFiled)


def test_a_stranger_is_offered_the_district_alone(world: World) -> None:
    world.by(world.stranger, OfferConfidence)
    assert labels(read(world, last(world, world.stranger))) == ["Gửi huyện"]
    world.by(world.stranger, BeginConfidential, unit_id=world.commune.id)
    assert isinstance(last(world, world.stranger), ReportOutOfReach)


def test_readers_who_do_not_take_it_up_are_followed_by_those_above(world: World) -> None:
    report = filed(world, SHY)
    world.by(world.resident, ChooseReaders, report_id=report.id, unit_id=world.commune.id)
    world.later(timedelta(hours=5))
    world.do(EscalateOverdue())
    assert report.holder_id == world.district.id
    assert readers(world, report) == [world.commander, world.district_officer]


@pytest.mark.parametrize("at_night", [False, True])
def test_a_confidential_danger_reaches_a_health_worker_and_a_commander_day_and_night(
    world: World, at_night: bool
) -> None:
    health = world.person("Trung tâm Y tế", Role.HEALTH, world.district)
    if at_night:
        world.later(timedelta(hours=14))
    report = filed(world)
    world.by(world.resident, AskForHelp)
    assert readers(world, report) == [world.commander, health]
    rung = {mail.chat_id: mail.silent for mail in world.session.query(Mail).filter_by(kind="DeskAlarmed")}
    assert rung == {world.commander.account_id: False, health.account_id: False}


# Violence at home, harm to children.


@pytest.fixture
def guardian(world: World) -> Person:
    return world.person("Cán bộ gia đình", Role.GUARDIAN, world.district)


def test_violence_at_home_goes_to_the_named_officer_alone(world: World, guardian: Person) -> None:
    report = filed(world, BEATEN)
    assert report.ground is Ground.HOME
    assert readers(world, report) == [guardian]
    for person in (world.commander, world.district_officer, world.member):
        assert world.card(person, report.subject) is None


def test_where_only_the_commune_named_an_officer_it_goes_there(world: World) -> None:
    guardian = world.person("Cán bộ gia đình xã", Role.GUARDIAN, world.commune)
    report = filed(world, BEATEN)
    assert (report.holder_id, readers(world, report)) == (world.commune.id, [guardian])


def test_its_receipt_tells_whoever_holds_the_phone_nothing(world: World, guardian: Person) -> None:
    report = filed(world, BEATEN)
    receipt = last(world, world.resident)
    assert receipt == HomeReportFiled(report.id, report.code)
    text = read(world, receipt).text
    assert "113" in text
    assert "111" in text
    assert not any(word in text.lower() for word in ("đánh", "bạo", "gia đình", "kín", guardian.name.lower()))
    world.by(world.resident, ListMyReports)
    assert last(world, world.resident) == OwnReportsListed(())


def test_nothing_more_is_written_to_the_sender_unless_they_ask(world: World, guardian: Person) -> None:
    report = filed(world, BEATEN)
    count = len(world.told(world.resident))
    world.by(guardian, TakeReport, report_id=report.id)
    world.by(guardian, AnswerSender, report_id=report.id, words="Chị gọi cho tôi khi ở một mình")
    world.by(guardian, ResolveReport, report_id=report.id, words="Đã đưa chị đến nơi an toàn")
    assert told_since(world, world.resident, count) == []
    assert world.card(world.resident, report.result_subject) is None
    assert last(world, guardian) == SenderMustBeSpared(report.code)
    assert "Không gọi" in read(world, world.card(guardian, report.subject)).text
    world.by(world.resident, WantWord, report_id=report.id)
    answers = [told.words for told in world.told(world.resident) if isinstance(told, SenderAnswered)]
    assert answers == ["Chị gọi cho tôi khi ở một mình", "Đã đưa chị đến nơi an toàn"]
    world.by(world.resident, WantWord, report_id=report.id)
    assert len([told for told in world.told(world.resident) if isinstance(told, SenderAnswered)]) == 2


def test_further_words_are_kept_and_answered_without_a_word_about_them(world: World, guardian: Person) -> None:
    report = filed(world, BEATEN)
    world.by(world.resident, HearMessage, words="Anh ấy lại vừa đánh con")
    assert last(world, world.resident) == QuietlyJoined()
    world.by(guardian, OpenConfidential, report_id=report.id)
    assert card_of(world, guardian, report).added == ("Anh ấy lại vừa đánh con",)
    world.by(guardian, ResolveReport, report_id=report.id, words="Đã gặp")
    world.by(world.resident, AddToReport, report_id=report.id, words="Anh ấy lại đánh")
    assert report.state is ReportState.OPEN
    assert last(world, world.resident) == QuietlyJoined()


def test_a_report_the_team_reads_is_never_joined_by_what_happens_at_home(world: World, guardian: Person) -> None:
    hungry = filed(world, "Nhà tôi xin ít gạo")
    beaten = filed(world, BEATEN)
    assert hungry.id != beaten.id
    assert world.card(world.member, beaten.subject) is None


# A reader passes it on.


def released(world: World, report: Report, concerned: int, to: int, words: str) -> Report:
    reader = readers(world, report)[0]
    world.by(reader, BeginRelease, report_id=report.id)
    world.by(reader, NameConcerned, report_id=report.id, unit_id=concerned)
    world.by(reader, BeginReleaseTo, report_id=report.id, unit_id=to)
    world.by(reader, HearMessage, words=words)
    return world.session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()


def test_a_reader_says_whom_it_speaks_of_and_they_and_all_below_are_left_out(world: World) -> None:
    report = filed(world)
    reader = readers(world, report)[0]
    world.by(reader, BeginRelease, report_id=report.id)
    asked = last(world, reader)
    assert isinstance(asked, ConcernAsked)
    assert [choice.unit_id for choice in asked.choices] == [world.community.id, world.commune.id]
    world.by(reader, NameConcerned, report_id=report.id, unit_id=world.commune.id)
    offered = last(world, reader)
    assert isinstance(offered, ReleaseOffered)
    assert [choice.unit_id for choice in offered.choices] == [world.district.id]
    world.by(reader, BeginReleaseTo, report_id=report.id, unit_id=world.community.id)
    assert isinstance(last(world, reader), ReportOutOfReach)


def test_what_is_passed_on_is_the_readers_words_and_leads_nowhere_back(world: World) -> None:
    report = filed(world)
    reader = readers(world, report)[0]
    passed_on = released(world, report, world.community.id, world.commune.id, "Rà lại việc phát hỗ trợ ở Bản Mẫu")
    assert passed_on.released_from_id == report.id
    text = read(world, card_of(world, world.officer, passed_on)).text
    assert "Rà lại việc phát hỗ trợ" in text
    for mark in (ACCUSING, world.resident.name, world.resident.phone[-7:], report.code):
        assert mark not in text
    told = next(each for each in world.told(reader) if isinstance(each, Released))
    assert (told.code, told.as_code) == (report.code, passed_on.code)
    for unit in (world.community, world.commune, world.district):
        assert world.card(world.group_of(unit), passed_on.subject) is None


def test_its_result_comes_back_to_the_reader_who_passed_it_on(world: World) -> None:
    report = filed(world)
    reader = readers(world, report)[0]
    passed_on = released(world, report, 0, world.commune.id, "Rà lại việc phát hỗ trợ")
    world.by(world.officer, ResolveReport, report_id=passed_on.id, words="Đã rà, còn thiếu ba nhà")
    assert isinstance(world.card(reader, passed_on.result_subject), ResultTold)
    assert report.state is ReportState.OPEN


def test_whoever_it_speaks_of_is_not_handed_it_later_either(world: World) -> None:
    report = filed(world)
    passed_on = released(world, report, world.community.id, world.commune.id, "Rà lại việc phát hỗ trợ")
    world.by(world.officer, BeginHandDown, report_id=passed_on.id)
    offered = last(world, world.officer)
    assert isinstance(offered, HandDownOffered)
    assert world.community.id not in [choice.unit_id for choice in offered.choices]
    world.by(world.officer, HandDownReport, report_id=passed_on.id, unit_id=world.community.id)
    assert passed_on.holder_id == world.commune.id


def test_only_a_confidential_report_is_passed_on_so(world: World) -> None:
    report = filed(world, "Nhà tôi xin ít gạo")
    world.by(world.member, BeginRelease, report_id=report.id)
    assert isinstance(last(world, world.member), ReportOutOfReach)
    assert Action.RELEASE not in card_of(world, world.member, report).actions


# Every person, every report.


def test_of_every_confidential_report_nobody_but_its_readers_ever_sees_a_word(
    world: World, guardian: Person, named: tuple[Person, Person]
) -> None:
    words = {
        "one": ACCUSING + " một một",
        "two": SHY + " hai hai",
        "three": BEATEN + " ba ba",
        "four": "Em không muốn sống nữa, đừng để ai biết, thuốc ngủ em gom đủ rồi bốn bốn",
    }
    allowed: dict[str, set[int | None]] = {}
    for name, said in words.items():
        world.later(timedelta(hours=1))
        report = filed(world, said)
        assert report.confidential, name
        if name == "two":
            world.by(world.resident, ChooseReaders, report_id=report.id, unit_id=world.commune.id)
        everybody = world.session.scalars(select(Person).where(Person.account_id.is_not(None))).all()
        for person in everybody:
            for command in (OpenConfidential, ViewReport, TakeReport, BeginRelease):
                world.by(person, command, report_id=report.id)
        allowed[name] = {reader.account_id for reader in readers(world, report)}
        world.by(world.resident, HearMessage, words=said)
    for name, said in words.items():
        seen = {card.chat_id for card in world.session.query(Card) if said in card.notice}
        seen |= {mail.chat_id for mail in world.session.query(Mail) if said in mail.notice}
        assert seen
        assert seen <= allowed[name], name
