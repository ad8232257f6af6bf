"""The chapters of the demo's day. Each says what people do, and what must then be seen in the chats."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.district import ELDER, SILENT, YOUNG, Someone
from bot.demo.stage import BOT_ID
from bot.demo.telling import Telling, code_in
from bot.sandbox import Seen
from models.rules.roles import Role

#: Longer than a P2 report's patience.
TOO_LONG = timedelta(minutes=31)


async def report_goes_up(story: Telling) -> None:
    """Someone is ill; nobody takes it up; it climbs; an officer helps, at the second try."""
    district, here = story.district, story.here
    resident = district.living_in(here.community)[ELDER]
    member = district.holding(Role.TEAM, here.community)[0]
    head = district.holding(Role.VILLAGE_HEAD, here.community)[0]
    officer = district.holding(Role.OFFICER, here.commune)[0]
    story.chapter("report")
    await story.start(resident)
    await story.sees(resident, story.has("report_to_team", "urgent_help"))
    story.tell("any_way_will_do")
    await story.writes(resident, story.say("story.words.ill"))
    code = code_in(await story.sees(resident, lambda seen: seen.by_bot and "TD-" in seen.text))
    await story.sees(member, story.has("take", "reply", "escalate", "result", code=code))
    await story.sees(officer, story.has(code=code), place=district.place(here.commune))
    story.tell("nobody_answers")
    await story.later(TOO_LONG)
    await story.sees(head, story.has("take", code=code))
    story.tell("higher_still")
    await story.later(TOO_LONG)
    card = await story.sees(officer, story.has("take", code=code))
    await story.sees(resident, story.has(code=code, words=district.place(here.commune).name))
    story.tell("take_it_up")
    await story.taps(officer, card, "take")
    await story.sees(officer, story.without("take", code=code))
    await story.sees(resident, lambda seen: code in seen.text and officer.name in seen.text)
    await _answer(story, officer, resident, code)
    story.tell("write_the_result")
    await _result(story, officer, code, "result_first")
    told = await story.sees(resident, story.has("helped", "not_helped", code=code))
    story.tell("last_word")
    await story.taps(resident, told, "not_helped")
    story.tell("reopened")
    await story.sees(officer, story.has("take", code=code))
    await _result(story, officer, code, "result_second")
    told = await story.sees(resident, story.has("helped", "not_helped", code=code))
    story.tell("closed_by_them")
    await story.taps(resident, told, "helped")
    await story.sees(officer, story.without("result", code=code))


async def _answer(story: Telling, officer: Someone, resident: Someone, code: str) -> None:
    card = await story.sees(officer, story.has("reply", code=code), quietly=True)
    story.tell("answer_them")
    await story.taps(officer, card, "reply")
    await story.sees(officer, story.has("cancel", code=code))
    answer = await story.writes(officer, story.say("story.words.answer"))
    await story.sees(resident, story.has(code=code, words=answer))


async def _result(story: Telling, officer: Someone, code: str, words: str) -> None:
    card = await story.sees(officer, story.has("result", code=code), quietly=True)
    await story.taps(officer, card, "result")
    await story.sees(officer, story.has("cancel", code=code))
    await story.writes(officer, story.say(f"story.words.{words}"))


async def stranger(story: Telling) -> None:
    """Someone on nobody's list is accepted first and asked after."""
    district, here = story.district, story.here
    duty = district.holding(Role.OFFICER, here.top)[0]
    story.chapter("stranger")
    await story.start(district.stranger)
    await story.sees(district.stranger, story.has("report_to_team"))
    await story.writes(district.stranger, story.say("story.words.stranger"))
    code = code_in(await story.sees(district.stranger, lambda seen: seen.by_bot and "TD-" in seen.text))
    await story.sees(duty, story.has("take", "hand_down", code=code))
    commune, community = district.place(here.commune), district.place(here.community)
    asked = await story.sees(district.stranger, lambda seen: commune.name in seen.labels)
    await story.taps_name(district.stranger, asked, commune.name)
    asked = await story.sees(district.stranger, lambda seen: community.name in seen.labels)
    await story.taps_name(district.stranger, asked, community.name)
    member = district.holding(Role.TEAM, here.community)[0]
    await story.sees(member, story.has("take", code=code))


async def directive_goes_down(story: Telling) -> None:
    """A commander decides; some acknowledge; the missing, and only they, are chased."""
    district, here = story.district, story.here
    commander = district.holding(Role.COMMANDER, here.top)[0]
    chair = district.holding(Role.COMMANDER, here.commune)[0]
    member = district.holding(Role.TEAM, here.community)[0]
    late = district.holding(Role.TEAM, here.neighbours)[0]
    story.chapter("directive")
    await story.writes(commander, f"/chidao {story.say('story.words.directive')}")
    preview = await story.sees(commander, story.has("send", "cancel", "staff_only", "choose_places"))
    code = code_in(preview)
    story.tell("preview_first")
    await story.taps(commander, preview, "choose_places")
    name = district.place(here.commune).name
    choosing = await story.sees(commander, lambda seen: code in seen.text and name in seen.labels)
    await story.taps_name(commander, choosing, name)
    choosing = await story.sees(commander, lambda seen: code in seen.text and _is_ticked(name, seen))
    await story.taps(commander, choosing, "send")
    await story.sees(commander, story.has("missing_units", "chase", "correct", "withdraw", code=code))
    at_commune = await story.sees(
        chair, story.has("acknowledge", "done", "ask", code=code), place=district.place(here.commune)
    )
    in_group = await story.sees(
        member, story.has("acknowledge", "ask", code=code), place=district.place(here.community)
    )
    story.tell("who_counts")
    await story.taps(chair, at_commune, "acknowledge")
    await story.taps(member, in_group, "acknowledge")
    await story.sees(commander, story.has("chase", code=code, words="2/4"))
    story.tell("board_counts")
    await story.until(13, 15)
    story.tell("chased")
    await story.sees(
        late, lambda seen: code in seen.text and bool(seen.reply_to), place=district.place(here.neighbours)
    )
    board = await story.sees(commander, story.has("missing_units", code=code), quietly=True)
    await story.taps(commander, board, "missing_units")
    await story.sees(commander, story.has(code=code, words=district.place(here.neighbours).name))


def _is_ticked(name: str, seen: Seen) -> bool:
    return any(label.startswith(name) and label != name for label in seen.labels)


async def group_moves(story: Telling) -> None:
    """A group becomes a supergroup in the middle of the day; the bot goes along."""
    place = story.district.place(story.here.community)
    member = story.district.holding(Role.TEAM, story.here.community)[0]
    story.chapter("supergroup")
    story.play.hands.upgrade(member.account, place.chat)
    story.tell("moved", name=place.name)
    await story.sees(member, story.has("report_to_team", "urgent_help"), place=place)


async def resident_leaves(story: Telling) -> None:
    """A resident blocks the bot; the desk is told to telephone instead."""
    district, here = story.district, story.here
    resident = district.living_in(here.community)[5]
    member = district.holding(Role.TEAM, here.community)[0]
    story.chapter("blocked")
    await story.start(resident)
    await story.writes(resident, story.say("story.words.relief"))
    code = code_in(await story.sees(resident, lambda seen: seen.by_bot and "TD-" in seen.text))
    card = await story.sees(member, story.has("reply", code=code))
    story.play.hands.block(resident.account, BOT_ID)
    story.tell("blocks", name=resident.name)
    await story.taps(member, card, "reply")
    await story.sees(member, story.has("cancel", code=code))
    await story.writes(member, story.say("story.words.answer_relief"))
    await story.sees(member, lambda seen: code in seen.text and resident.phone[-3:] in seen.text and not seen.labels)


async def round_is_asked(story: Telling) -> None:
    """Every home is asked: some tap, one is ill, the silent are reminded, called on, and counted."""
    district, here = story.district, story.here
    place = district.place(here.community)
    residents = district.living_in(here.community)
    member = district.holding(Role.TEAM, here.community)[1]
    chair = district.holding(Role.COMMANDER, here.commune)[0]
    homes = sum(home.unit == here.community for home in district.homes)
    story.chapter("round")
    await story.until(18, 30)
    board = await story.sees(residents[0], story.has("all_well", "someone_ill", "need_help"), place=place)
    story.tell("one_tap")
    await story.taps(residents[ELDER], board, "all_well")
    await story.all_tap([one for one in residents[:YOUNG] if one is not residents[ELDER]], board, "all_well")
    await story.taps(residents[YOUNG], board, "someone_ill")
    await story.sees(residents[0], story.has("all_well", words=f"9/{homes}"), place=place)
    ill = await story.sees(member, lambda seen: "TD-" in seen.text and residents[YOUNG].name in seen.text)
    story.tell("ill_reported", code=code_in(ill))
    await story.until(5, 30)
    await story.sees(residents[0], lambda seen: bool(seen.reply_to) and str(homes - 9) in seen.text, place=place)
    story.tell("reminded")
    await story.until(7, 0)
    calls = await story.sees(member, lambda seen: bool(seen.labels) and residents[SILENT].phone[-3:] in seen.text)
    story.tell("call_list")
    await _answer_for_a_silent_home(story, member, calls)
    await story.sees(residents[0], story.has("all_well", words=f"10/{homes}"), place=place)
    story.tell("told_apart")
    await story.until(14, 31)
    await story.sees(residents[0], story.without("all_well", code=f"10/{homes}"), place=place)
    below = {place.code for place in district.places if place.parent == here.commune}
    everywhere = sum(home.unit in below for home in district.homes)
    counted = story.has(words=f"10/{everywhere}")
    await story.sees(chair, counted)


async def _answer_for_a_silent_home(story: Telling, member: Someone, calls: Seen) -> None:
    home = calls.labels[0]
    await story.taps_name(member, calls, home)
    opened = await story.sees(member, story.has("all_well", "someone_ill", "need_help"))
    await story.taps(member, opened, "all_well")
    asked = await story.sees(member, story.has("source_met", "source_called"))
    await story.taps(member, asked, "source_called")
