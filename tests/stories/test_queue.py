"""Staff see what waits as they like it, find what they look for, and hear when a village tells of one thing."""

from __future__ import annotations

from datetime import timedelta

from handlers.commands.desks import CorrectCategory
from handlers.commands.queue import BrowseQueue, ListQueue, SearchReports, SortQueue
from handlers.commands.reports import HearMessage
from models.notices.desks import StaffOnly
from models.notices.queues import PatternSeen, QueueCount, QueueListed, QueueSorted, ReportsFound, SearchExplained
from models.records import Household, Person, Report
from models.rules.queue import Age, QueueBy
from models.rules.triage import Category
from tests.stories.reading import last, read
from tests.stories.world import World

HUNGRY, ILL = "Nhà tôi hết gạo, xin hỗ trợ", "Bà tôi sốt cao từ tối qua"


def homes(world: World, number: int) -> list[Person]:
    """As many residents, each of a home of their own."""
    people = []
    for place in range(number):
        person = world.person(f"Người dân {place}")
        home: Household = world.household(world.community, f"{50 + place}")
        world.link(person, home)
        people.append(person)
    world.session.commit()
    return people


def reports(world: World) -> list[Report]:
    return world.session.query(Report).order_by(Report.id).all()


def found(world: World, person: Person, words: str) -> list[int]:
    world.by(person, SearchReports, words=words)
    told = last(world, person)
    assert isinstance(told, ReportsFound)
    return [line.report_id for line in told.lines]


def test_what_waits_is_counted_by_age_urgency_and_kind(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.later(timedelta(hours=3))
    world.by(world.neighbour, HearMessage, words=HUNGRY)
    world.by(world.member, SortQueue, by=QueueBy.AGE)
    assert world.card(world.member, "queue") == QueueSorted(
        QueueBy.AGE, (QueueCount(Age.UNDER_2H, 1), QueueCount(Age.UNDER_6H, 1))
    )
    world.by(world.member, SortQueue, by=QueueBy.CATEGORY)
    assert world.card(world.member, "queue") == QueueSorted(QueueBy.CATEGORY, (QueueCount("relief", 2),))
    world.by(world.member, BrowseQueue, by=QueueBy.AGE, heading=Age.UNDER_6H.value, page=0)
    listed = world.card(world.member, "queue")
    assert isinstance(listed, QueueListed)
    assert [line.report_id for line in listed.lines] == [reports(world)[0].id]


def test_a_long_queue_has_pages(world: World) -> None:
    for person in homes(world, 9):
        world.by(person, HearMessage, words="Xin tổ cho hỏi lịch tiêm mũi 2")
    world.by(world.member, ListQueue)
    listed = world.card(world.member, "queue")
    assert isinstance(listed, QueueListed)
    assert (len(listed.lines), listed.pages, listed.total) == (8, 2, 9)
    world.by(world.member, BrowseQueue, by=QueueBy.ALL, heading="", page=7)
    listed = world.card(world.member, "queue")
    assert isinstance(listed, QueueListed)
    assert (len(listed.lines), listed.page) == (1, 1)
    assert "Trang trước" in [button.label for row in read(world, listed).rows for button in row]


def test_a_report_is_found_by_code_words_without_marks_home_and_day(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.later(timedelta(days=1))
    world.by(world.neighbour, HearMessage, words=ILL)
    first, second = reports(world)
    assert found(world, world.member, first.code.lower()) == [first.id]
    assert found(world, world.member, "het gao") == [first.id]
    assert found(world, world.member, "chu nha 2") == [second.id]
    assert found(world, world.member, "hôm qua") == [first.id]
    assert found(world, world.member, "24/11") == [second.id]
    assert found(world, world.member, "xe cứu thương") == []


def test_nobody_finds_what_they_may_not_see(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    (report,) = reports(world)
    assert found(world, world.far_member, "het gao") == []
    assert found(world, world.far_member, report.code) == []
    world.by(world.resident, SearchReports, words="het gao")
    assert last(world, world.resident) == StaffOnly()


def test_whoever_asks_for_nothing_reads_what_can_be_asked_for(world: World) -> None:
    world.by(world.member, SearchReports)
    assert last(world, world.member) == SearchExplained()


def test_three_homes_of_one_village_that_tell_of_the_same_raise_one_alert_at_the_commune(world: World) -> None:
    people = homes(world, 6)
    for person in people[:3]:
        world.by(person, HearMessage, words=ILL)
    (alert,) = [told for told in world.told(world.officer) if isinstance(told, PatternSeen)]
    assert (alert.village, alert.category, alert.homes) == (world.community.village, Category.SYMPTOM, 3)
    assert [line.report_id for line in alert.lines] == [report.id for report in reports(world)]
    text = read(world, alert).text
    assert "sốt cao" not in text
    assert not any(person.name in text for person in people)
    assert not [told for told in world.told(world.member) if isinstance(told, PatternSeen)]


def test_the_next_alert_lists_only_what_is_new(world: World) -> None:
    people = homes(world, 6)
    for person in people[:5]:
        world.by(person, HearMessage, words=ILL)
    assert len([told for told in world.told(world.officer) if isinstance(told, PatternSeen)]) == 1
    world.by(people[5], HearMessage, words=ILL)
    second = last(world, world.officer)
    assert isinstance(second, PatternSeen)
    assert second.homes == 6
    assert [line.report_id for line in second.lines] == [report.id for report in reports(world)[3:]]


def test_one_home_that_writes_often_and_old_news_are_no_pattern(world: World) -> None:
    people = homes(world, 2)
    for person in (people[0], people[0], people[1]):
        world.by(person, HearMessage, words=ILL)
        world.later(timedelta(minutes=20))
    world.later(timedelta(days=1))
    world.by(world.resident, HearMessage, words=ILL)
    assert not [told for told in world.told(world.officer) if isinstance(told, PatternSeen)]


def test_a_kind_that_staff_put_right_counts(world: World) -> None:
    people = homes(world, 3)
    for person in people[:2]:
        world.by(person, HearMessage, words=ILL)
    world.by(people[2], HearMessage, words="Cho tôi hỏi giấy đi đường xin ở đâu")
    assert not [told for told in world.told(world.officer) if isinstance(told, PatternSeen)]
    world.by(world.member, CorrectCategory, report_id=reports(world)[-1].id, category=Category.SYMPTOM)
    assert isinstance(last(world, world.officer), PatternSeen)


def test_whoever_looks_for_as_much_as_a_message_holds_is_answered(world: World) -> None:
    told = len(world.told(world.member))
    for words in ("a b " * 1024, " ".join(str(number) for number in range(900)), "x" * 4096):
        world.by(world.member, SearchReports, words=words)
    assert len(world.told(world.member)) == told + 3
