"""Who is on duty: shown, set in chat, swapped, handed over, rung, missed and tested."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from handlers.commands.duty import (
    AnswerSwap,
    BeginHandOver,
    BeginSwap,
    CallForTest,
    ChooseReceiver,
    DropShift,
    HandOverWithoutNote,
    ListMyShifts,
    OfferSwap,
    RingNext,
    ShowDuty,
    ShowRoster,
    TakeShift,
    TapTest,
    WatchRoster,
    WatchShifts,
)
from handlers.commands.enrolment import EndRole
from handlers.commands.reports import AskForHelp, HearMessage, TakeReport
from models.notices.desks import DeskAlarmed, ReportCard
from models.notices.duty import (
    CallHeard,
    CallTested,
    CallUnheard,
    DutyGapRaised,
    DutyRefused,
    DutyShown,
    DutyUnread,
    HandOverRaised,
    MyShiftsShown,
    NotOnDuty,
    PostKept,
    ReceiverAsked,
    RosterShown,
    ShiftEnding,
    ShiftHandedOver,
    ShiftOffered,
    ShiftSet,
    SwapAsked,
    SwapSettled,
)
from models.notices.reports import ReportFiled, ReportTakenUp
from models.records import DutyShift, DutySwap, HandOver, Mail, Person, Reach, Report, Unit
from models.rules.reports import Step
from models.rules.roles import Role
from tests.stories.reading import last, read, the_report
from tests.stories.rendering import labels
from tests.stories.world import World

HOUR = timedelta(hours=1)
HUNGRY = "Nhà tôi xin ít gạo với thuốc"


def stand(world: World, person: Person, unit: Unit, start: float, end: float) -> DutyShift:
    """A shift that begins and ends so many hours from now."""
    world.work().duty.add_shift(unit.id, person.id, world.now + start * HOUR, world.now + end * HOUR)
    world.session.commit()
    return shifts(world, person)[-1]


def shifts(world: World, person: Person) -> list[DutyShift]:
    found = select(DutyShift).where(DutyShift.person_id == person.id).order_by(DutyShift.starts_at)
    return list(world.session.scalars(found))


def shown(world: World, person: Person) -> DutyShown:
    world.by(person, ShowDuty)
    notice = last(world, person)
    assert isinstance(notice, DutyShown)
    return notice


def raised(world: World, person: Person) -> list[DutyGapRaised]:
    return [told for told in world.told(person) if isinstance(told, DutyGapRaised)]


def rung(world: World) -> set[int]:
    """Whose phones an alarm made ring."""
    mails = world.session.scalars(select(Mail).where(Mail.kind == DeskAlarmed.__name__, Mail.silent.is_(False)))
    return {mail.chat_id for mail in mails}


# What everybody is shown.


def test_everybody_sees_who_is_on_duty_where_and_which_number(world: World) -> None:
    stand(world, world.health, world.commune, -1, 5)
    world.by(world.chair, ShowDuty, words="nơi X1 02133123456 Phòng trực tầng 1")
    text = read(world, shown(world, world.resident)).text
    for said in (world.health.name, "14:00", "Phòng trực tầng 1", "0213 3123 456", "115", "1900 9095"):
        assert said in text


def test_the_two_national_numbers_are_shown_whatever_the_configuration_says(world: World) -> None:
    object.__setattr__(world.policy, "hotlines", ("0213 999 999",))
    text = read(world, shown(world, world.stranger)).text
    assert "115" in text
    assert "1900 9095" in text


def test_a_resident_reads_one_number_of_each_unit_and_no_buttons(world: World) -> None:
    for unit, person in ((world.community, world.member), (world.commune, world.officer)):
        stand(world, person, unit, -1, 5)
    work = world.work()
    work.duty.keep_post(world.community.id).place = "Nhà văn hoá bản Mẫu, cạnh sân bóng, đường vào trường tiểu học"
    message = read(world, shown(world, world.resident))
    assert message.rows == ()
    assert len(message.text) <= 280
    assert len(message.text.splitlines()) <= 5
    for said in ("115", "1900 9095", world.member.name, world.officer.name, world.district_officer.name):
        assert said in message.text


def test_where_nobody_is_on_duty_those_who_serve_are_named(world: World) -> None:
    places = {place.unit: place for place in shown(world, world.resident).places}
    assert not places[world.community.name].on_duty
    assert world.member.name in [person.name for person in places[world.community.name].people]


def test_the_receipt_names_whoever_is_on_duty(world: World) -> None:
    stand(world, world.second_member, world.community, -1, 5)
    world.by(world.resident, HearMessage, words=HUNGRY)
    receipt = last(world, world.resident)
    assert isinstance(receipt, ReportFiled)
    assert receipt.holder.name == world.second_member.name


# Setting it in chat.


def test_a_commander_sets_a_weekly_shift_by_one_line_and_whoever_stands_it_is_told(world: World) -> None:
    world.by(world.chair, ShowDuty, words=f"{world.officer.name} X1 t2-t6 7h-19h")
    roster = last(world, world.chair)
    assert isinstance(roster, RosterShown)
    assert len(shifts(world, world.officer)) == 10
    assert roster.lines[0].who == world.officer.name
    assert roster.lines[0].is_weekly
    assert isinstance(last(world, world.officer), ShiftSet)
    assert [person.name for person in world.work().duty.on_duty(world.commune.id)] == [world.officer.name]


def test_the_same_line_twice_sets_it_once(world: World) -> None:
    for _ in range(2):
        world.by(world.chair, ShowDuty, words=f"{world.officer.phone} X1 24/11 19h-7h")
    assert len(shifts(world, world.officer)) == 1


def test_weekly_shifts_are_made_ahead_for_ever(world: World) -> None:
    world.by(world.chair, ShowDuty, words=f"{world.officer.name} X1 t2 7h-19h")
    assert len(shifts(world, world.officer)) == 2
    world.later(timedelta(days=7))
    world.do(WatchRoster())
    world.do(WatchRoster())
    assert len(shifts(world, world.officer)) == 3


def test_who_keeps_the_roster_and_who_is_told_who_does(world: World) -> None:
    world.by(world.village_head, ShowDuty, words=f"{world.member.name} X1-1 t2 7h-19h")
    assert shifts(world, world.member)
    for person in (world.officer, world.resident, world.other_chair):
        world.by(person, ShowDuty, words=f"{world.officer.name} X1 t2 7h-19h")
        refused = last(world, person)
        assert isinstance(refused, DutyRefused)
        assert refused.who_can[0].name == world.chair.name
    assert not shifts(world, world.officer)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("ngày mai ai trực", "form"),
        ("Cán bộ Xã Một X9 t2 7h-19h", "unit"),
        ("Người Lạ X1 t2 7h-19h", "person"),
        ("máy X1 0999999999", "person"),
    ],
)
def test_a_line_that_cannot_be_set_says_what_is_wrong_and_how_it_is_typed(world: World, words: str, why: str) -> None:
    world.by(world.chair, ShowDuty, words=words)
    unread = last(world, world.chair)
    assert isinstance(unread, DutyUnread)
    assert unread.why == why
    assert "/truc 0912345678" in read(world, unread).text


def test_a_shift_is_taken_off_the_roster_with_every_later_one_of_its_week(world: World) -> None:
    world.by(world.chair, ShowDuty, words=f"{world.officer.name} X1 t2 7h-19h")
    first = shifts(world, world.officer)[0]
    world.by(world.chair, DropShift, shift_id=first.id)
    world.later(timedelta(days=7))
    world.do(WatchRoster())
    assert all(shift.cancelled_at for shift in shifts(world, world.officer))
    told = last(world, world.officer)
    assert isinstance(told, ShiftSet)
    assert told.is_off


def test_whoever_serves_there_may_look_at_the_roster_and_only_its_keepers_change_it(world: World) -> None:
    stand(world, world.officer, world.commune, 0, 5)
    world.by(world.health, ShowRoster, unit_id=world.commune.id)
    roster = last(world, world.health)
    assert isinstance(roster, RosterShown)
    assert not read(world, roster).rows
    assert roster.gap_at == world.now + 5 * HOUR
    world.by(world.health, DropShift, shift_id=shifts(world, world.officer)[0].id)
    assert isinstance(last(world, world.health), DutyRefused)


# Swaps.


def test_a_shift_is_swapped_once_the_colleague_takes_it(world: World) -> None:
    shift = stand(world, world.officer, world.commune, 2, 8)
    world.by(world.officer, ListMyShifts)
    assert isinstance(last(world, world.officer), MyShiftsShown)
    world.by(world.officer, BeginSwap, shift_id=shift.id)
    assert world.health.name in labels(read(world, last(world, world.officer)))
    world.by(world.officer, OfferSwap, shift_id=shift.id, person_id=world.health.id)
    asked = last(world, world.health)
    assert isinstance(asked, SwapAsked)
    assert shift.person_id == world.officer.id
    world.by(world.health, AnswerSwap, swap_id=asked.swap_id, agreed=True)
    assert shift.person_id == world.health.id
    settled = [told for told in world.told(world.officer) if isinstance(told, SwapSettled)]
    assert [each.outcome for each in settled] == ["sent", "taken"]


def test_a_colleague_who_begins_at_the_same_hour_stands_until_both_shifts_are_over(world: World) -> None:
    shift, own = stand(world, world.officer, world.commune, 2, 8), stand(world, world.health, world.commune, 2, 4)
    world.by(world.officer, OfferSwap, shift_id=shift.id, person_id=world.health.id)
    swap = world.session.scalars(select(DutySwap)).one()
    world.by(world.health, AnswerSwap, swap_id=swap.id, agreed=True)
    assert (own.starts_at, own.ends_at) == (shift.starts_at, shift.ends_at)
    assert shift.cancelled_at is not None


def test_a_declined_or_forged_swap_changes_nothing(world: World) -> None:
    shift = stand(world, world.officer, world.commune, 2, 8)
    world.by(world.officer, OfferSwap, shift_id=shift.id, person_id=world.health.id)
    swap = world.session.scalars(select(DutySwap)).one()
    world.by(world.chair, AnswerSwap, swap_id=swap.id, agreed=True)
    assert isinstance(last(world, world.chair), NotOnDuty)
    world.by(world.health, AnswerSwap, swap_id=swap.id, agreed=False)
    world.by(world.health, AnswerSwap, swap_id=swap.id, agreed=True)
    lapsed = last(world, world.health)
    assert isinstance(lapsed, SwapSettled)
    assert lapsed.outcome == "lapsed"
    world.by(world.health, OfferSwap, shift_id=shift.id, person_id=world.health.id)
    assert shift.person_id == world.officer.id


# Handing over.


def taken(world: World) -> Report:
    """A report that the first member of the team works on."""
    world.by(world.resident, HearMessage, words=HUNGRY)
    world.by(world.member, TakeReport, report_id=the_report(world).id)
    return the_report(world)


def test_a_shift_is_handed_over_with_its_claims_and_a_note_and_both_hold_until_it_is_taken(world: World) -> None:
    stand(world, world.member, world.community, -4, 1)
    stand(world, world.second_member, world.community, 1, 9)
    report = taken(world)
    world.by(world.member, BeginHandOver, unit_id=world.community.id)
    world.by(world.member, HearMessage, words="Nhà bà Mẫu cần gạo trước tối")
    offered = last(world, world.second_member)
    assert isinstance(offered, ShiftOffered)
    assert (offered.codes, offered.note) == ((report.code,), "Nhà bà Mẫu cần gạo trước tối")
    world.later(2 * HOUR)
    on_duty = world.work().duty.on_duty(world.community.id)
    assert set(on_duty) == {world.member, world.second_member}
    assert report.taken_by_id == world.member.id
    world.by(world.second_member, TakeShift, hand_over_id=offered.hand_over_id)
    assert report.taken_by_id == world.second_member.id
    assert world.work().duty.on_duty(world.community.id) == [world.second_member]
    step = world.work().reports.history(report.id)[-1]
    assert (step.step, step.words) == (Step.HANDED_OVER, "Nhà bà Mẫu cần gạo trước tối")
    told = last(world, world.resident)
    assert isinstance(told, ReportTakenUp)
    assert told.by.name == world.second_member.name


def test_taking_early_ends_the_givers_shift_and_begins_the_receivers(world: World) -> None:
    stand(world, world.member, world.community, -4, 1)
    stand(world, world.second_member, world.community, 1, 9)
    world.by(world.member, BeginHandOver, unit_id=world.community.id)
    given = hand_over_without_note(world, world.member, world.second_member)
    world.by(world.second_member, TakeShift, hand_over_id=given.id)
    assert world.work().duty.on_duty(world.community.id) == [world.second_member]
    assert shifts(world, world.second_member)[0].starts_at == world.now
    world.by(world.second_member, TakeShift, hand_over_id=given.id)
    assert len(shifts(world, world.second_member)) == 1


def hand_over_without_note(world: World, giver: Person, receiver: Person) -> HandOver:
    world.by(giver, HandOverWithoutNote, unit_id=world.community.id, person_id=receiver.id)
    return world.session.scalars(select(HandOver).order_by(HandOver.id.desc()).limit(1)).one()


def test_where_nobody_comes_next_the_giver_chooses_a_colleague(world: World) -> None:
    stand(world, world.member, world.community, -4, 1)
    world.by(world.member, BeginHandOver, unit_id=world.community.id)
    assert isinstance(last(world, world.member), ReceiverAsked)
    world.by(world.member, ChooseReceiver, unit_id=world.community.id, person_id=world.second_member.id)
    world.by(world.member, HearMessage, words="Không có việc gì")
    given = world.session.scalars(select(HandOver)).one()
    world.by(world.second_member, TakeShift, hand_over_id=given.id)
    assert [shift.ends_at for shift in shifts(world, world.second_member)] == [world.now + HOUR]


def test_only_whoever_it_was_offered_to_takes_it_and_only_who_is_on_duty_gives(world: World) -> None:
    stand(world, world.member, world.community, -4, 1)
    given = hand_over_without_note(world, world.member, world.second_member)
    for person in (world.village_head, world.far_member, world.resident):
        world.by(person, TakeShift, hand_over_id=given.id)
        assert isinstance(last(world, person), NotOnDuty)
    world.by(world.second_member, BeginHandOver, unit_id=world.community.id)
    assert isinstance(last(world, world.second_member), NotOnDuty)
    assert given.settled_at is None


def test_a_shift_that_ends_is_announced_and_its_claims_are_offered_to_the_next_by_the_clock(world: World) -> None:
    stand(world, world.member, world.community, -4, 1)
    stand(world, world.second_member, world.community, 1, 9)
    report = taken(world)
    world.later(timedelta(minutes=50))
    for _ in range(2):
        world.do(WatchShifts())
    assert [type(told) for told in world.told(world.member)].count(ShiftEnding) == 1
    world.later(timedelta(minutes=11))
    for _ in range(2):
        world.do(WatchShifts())
    offers = [told for told in world.told(world.second_member) if isinstance(told, ShiftOffered)]
    assert [offer.codes for offer in offers] == [(report.code,)]
    assert report.taken_by_id == world.member.id


def test_a_hand_over_that_nobody_takes_rings_again_and_is_raised_once_a_day(world: World) -> None:
    stand(world, world.member, world.community, -4, 1)
    hand_over_without_note(world, world.member, world.second_member)
    for _ in range(3):
        world.later(timedelta(minutes=16))
        world.do(WatchShifts())
    offers = [told for told in world.told(world.second_member) if isinstance(told, ShiftOffered)]
    assert [offer.is_again for offer in offers] == [False, True, True, True]
    assert [type(told) for told in world.told(world.chair)].count(HandOverRaised) == 1


def test_a_claim_about_the_receivers_own_home_stays_with_the_giver(world: World) -> None:
    world.link(world.second_member, world.homes[0])
    third = world.person("Tổ viên Ba", Role.TEAM, world.community)
    assert third.id
    stand(world, world.member, world.community, -4, 1)
    report = taken(world)
    given = hand_over_without_note(world, world.member, world.second_member)
    world.by(world.second_member, TakeShift, hand_over_id=given.id)
    assert report.taken_by_id == world.member.id


# The duty phone.


@pytest.fixture
def handset(world: World) -> Person:
    """An account of its own that the chair made the commune's duty phone."""
    phone = world.person("Máy trực Xã Một")
    world.by(world.chair, ShowDuty, words=f"máy X1 {phone.phone}")
    assert isinstance(last(world, world.chair), PostKept)
    return phone


def test_what_the_duty_phone_does_is_credited_to_whoever_is_on_duty_and_answered_there(
    world: World, handset: Person
) -> None:
    stand(world, world.officer, world.commune, -1, 5)
    world.by(world.resident, AskForHelp)
    report = the_report(world)
    assert isinstance(world.card(handset, report.subject), ReportCard)
    assert isinstance(world.card(world.officer, report.subject), ReportCard)
    before = len(world.told(world.officer))
    world.by(handset, TakeReport, report_id=report.id)
    assert report.taken_by_id == world.officer.id
    world.by(handset, TakeReport, report_id=report.id)
    assert [step.person_id for step in world.work().reports.history(report.id) if step.step is Step.TAKEN] == [
        world.officer.id
    ]
    assert len(world.told(world.officer)) == before


def test_while_nobody_is_on_duty_the_duty_phone_is_nobodys(world: World, handset: Person) -> None:
    world.by(world.resident, AskForHelp)
    report = the_report(world)
    assert world.card(handset, report.subject) is None
    world.by(handset, TakeReport, report_id=report.id)
    assert report.taken_by_id is None


def test_somebody_who_serves_cannot_become_a_duty_phone(world: World) -> None:
    world.by(world.chair, ShowDuty, words=f"máy X1 {world.officer.phone}")
    assert last(world, world.chair) == DutyUnread("role", world.officer.name)


# Alarms.


@pytest.mark.parametrize("at_night", [False, True])
def test_an_alarm_rings_whoever_is_on_duty_then_the_next_until_somebody_takes_it(world: World, at_night: bool) -> None:
    if at_night:
        world.later(14 * HOUR)
    stand(world, world.second_member, world.community, -1, 5)
    stand(world, world.health, world.commune, -1, 5)
    world.by(world.resident, AskForHelp)
    account = world.account
    assert account(world.second_member) in rung(world)
    assert account(world.health) in rung(world)
    assert account(world.member) not in rung(world)
    assert account(world.officer) not in rung(world)
    assert isinstance(world.card(world.member, the_report(world).subject), ReportCard)
    world.later(timedelta(minutes=2))
    for _ in range(2):
        world.do(RingNext())
    assert account(world.member) in rung(world)
    assert account(world.officer) in rung(world)
    assert account(world.chair) not in rung(world)
    world.by(world.health, TakeReport, report_id=the_report(world).id)
    world.later(timedelta(minutes=2))
    world.do(RingNext())
    assert account(world.chair) not in rung(world)


def test_where_nobody_is_on_duty_an_alarm_rings_the_whole_desk_at_once(world: World) -> None:
    world.by(world.resident, AskForHelp)
    accounts = {world.account(person) for person in (world.member, world.second_member, world.health, world.officer)}
    assert accounts <= rung(world)


def test_who_cannot_be_reached_does_not_keep_the_others_asleep(world: World) -> None:
    stand(world, world.second_member, world.community, -1, 5)
    world.second_member.reach = Reach.BLOCKED
    world.session.commit()
    world.by(world.resident, AskForHelp)
    assert world.account(world.member) in rung(world)


# Nobody on duty.


def test_nobody_on_duty_is_raised_to_the_tier_above_a_day_before_and_at_once(world: World) -> None:
    stand(world, world.officer, world.commune, -1, 30)
    world.do(WatchRoster())
    assert raised(world, world.commander) == []
    world.later(7 * HOUR)
    for _ in range(2):
        world.do(WatchRoster())
    (soon,) = raised(world, world.commander)
    assert (soon.unit, soon.is_now, soon.starts_at) == (world.commune.name, False, world.now + 23 * HOUR)
    world.later(23 * HOUR)
    for _ in range(2):
        world.later(timedelta(minutes=1))
        world.do(WatchRoster())
    now = raised(world, world.commander)[1:]
    assert [each.is_now for each in now] == [True]
    assert raised(world, world.chair)


def test_a_shift_of_somebody_whose_role_ended_covers_nothing(world: World) -> None:
    stand(world, world.officer, world.commune, -1, 240)
    world.do(WatchRoster())
    assert raised(world, world.commander) == []
    world.by(world.chair, EndRole, person_id=world.officer.id, unit_id=world.commune.id, role=Role.OFFICER)
    world.do(WatchRoster())
    assert [each.is_now for each in raised(world, world.commander)] == [True]


def test_whoever_holds_on_until_the_next_takes_over_covers_the_gap(world: World) -> None:
    stand(world, world.officer, world.commune, -1, 1)
    world.by(world.officer, HandOverWithoutNote, unit_id=world.commune.id, person_id=world.health.id)
    world.later(2 * HOUR)
    world.do(WatchRoster())
    assert not [each for each in raised(world, world.commander) if each.is_now]


def test_a_gap_at_the_top_is_told_to_its_commander_and_the_administrators(world: World) -> None:
    stand(world, world.district_officer, world.district, -2, -1)
    world.do(WatchRoster())
    assert raised(world, world.commander)
    assert raised(world, world.administrator)


def test_a_unit_without_a_roster_is_left_alone(world: World) -> None:
    world.do(WatchRoster())
    assert raised(world, world.commander) == []


# The weekly test call.


def test_the_weekly_test_call_is_silent_once_a_week_and_must_be_tapped(world: World) -> None:
    world.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    stand(world, world.officer, world.commune, -1, 24 * 8)
    for _ in range(2):
        world.do(CallForTest())
    called = world.card(world.officer, "test:1")
    assert isinstance(called, CallTested)
    assert called.silent
    assert labels(read(world, called)) == ["Tôi nghe được"]
    world.by(world.health, TapTest, test_id=1)
    assert isinstance(last(world, world.health), NotOnDuty)
    world.by(world.officer, TapTest, test_id=1)
    assert isinstance(world.card(world.officer, "test:1"), CallHeard)
    world.later(2 * HOUR)
    world.do(CallForTest())
    assert not [told for told in world.told(world.chair) if isinstance(told, CallUnheard)]
    world.later(timedelta(days=7))
    world.do(CallForTest())
    assert isinstance(world.card(world.officer, "test:2"), CallTested)


def test_a_test_call_nobody_tapped_is_raised_once(world: World) -> None:
    stand(world, world.officer, world.commune, -1, 24)
    world.do(CallForTest())
    for _ in range(2):
        world.later(timedelta(minutes=61))
        world.do(CallForTest())
    unheard = [told for told in world.told(world.chair) if isinstance(told, CallUnheard)]
    assert [each.person.name for each in unheard] == [world.officer.name]


def test_somebody_on_duty_finds_the_way_to_hand_over_in_their_list(world: World) -> None:
    stand(world, world.member, world.community, -1, 5)
    notice = shown(world, world.member)
    assert labels(read(world, notice))[:2] == ["Bàn giao ca", "Ca của tôi"]
    assert isinstance(last(world, world.member), DutyShown)
    assert not isinstance(last(world, world.member), ShiftHandedOver)
