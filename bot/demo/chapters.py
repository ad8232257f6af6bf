"""The chapters of the demo's day. Each says what people do, and what must then be seen in the chats."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.district import Someone
from bot.demo.narration import Narration, code_in
from bot.demo.playing import Play
from bot.demo.stage import BOT_ID
from bot.sandbox import Seen
from models.rules.roles import Role

#: Where the day is played.
COMMUNE, COMMUNITY, NEIGHBOURS = "X06", "X06-1", "X06-2"
#: Longer than a P2 report's patience.
TOO_LONG = timedelta(minutes=31)


async def report_goes_up(scene: Play, story: Narration) -> None:
    """Someone is ill; nobody takes it up; it climbs; an officer helps, at the second try."""
    district = scene.district
    resident = district.living_in(COMMUNITY)[2]
    member = district.holding(Role.TEAM, COMMUNITY)[0]
    head = district.holding(Role.VILLAGE_HEAD, COMMUNITY)[0]
    officer = district.holding(Role.OFFICER, COMMUNE)[0]
    story.chapter("report")
    story.start(resident)
    await story.sees(resident, story.has("report_to_team", "urgent_help"))
    story.writes(resident, story.say("story.words.ill"))
    code = code_in(await story.sees(resident, lambda seen: seen.by_bot and "TD-" in seen.text))
    await story.sees(member, story.has("take", "reply", "escalate", "result", code=code))
    await story.sees(officer, story.has(code=code), place=district.place(COMMUNE))
    story.tell("nobody_answers")
    await story.later(TOO_LONG)
    await story.sees(head, story.has("take", code=code))
    await story.later(TOO_LONG)
    card = await story.sees(officer, story.has("take", code=code))
    await story.sees(resident, story.has(code=code, words=district.place(COMMUNE).name))
    await story.taps(officer, card, "take")
    await story.sees(officer, story.without("take", code=code))
    await story.sees(resident, lambda seen: code in seen.text and officer.name in seen.text)
    await _answer(story, officer, resident, code)
    await _result(story, officer, code, "result_first")
    told = await story.sees(resident, story.has("helped", "not_helped", code=code))
    await story.taps(resident, told, "not_helped")
    story.tell("reopened")
    await story.sees(officer, story.has("take", code=code))
    await _result(story, officer, code, "result_second")
    told = await story.sees(resident, story.has("helped", "not_helped", code=code))
    await story.taps(resident, told, "helped")
    await story.sees(officer, story.without("result", code=code))


async def _answer(story: Narration, officer: Someone, resident: Someone, code: str) -> None:
    card = await story.sees(officer, story.has("reply", code=code), quietly=True)
    await story.taps(officer, card, "reply")
    await story.sees(officer, story.has("cancel", code=code))
    story.writes(officer, story.say("story.words.answer"))
    await story.sees(resident, story.has(code=code, words=story.say("story.words.answer")))


async def _result(story: Narration, officer: Someone, code: str, words: str) -> None:
    card = await story.sees(officer, story.has("result", code=code), quietly=True)
    await story.taps(officer, card, "result")
    await story.sees(officer, story.has("cancel", code=code))
    story.writes(officer, story.say(f"story.words.{words}"))


async def stranger(scene: Play, story: Narration) -> None:
    """Someone on nobody's list is accepted first and asked after."""
    district = scene.district
    duty = district.holding(Role.OFFICER, "TD")[0]
    story.chapter("stranger")
    story.start(district.stranger)
    await story.sees(district.stranger, story.has("report_to_team"))
    story.writes(district.stranger, story.say("story.words.stranger"))
    code = code_in(await story.sees(district.stranger, lambda seen: seen.by_bot and "TD-" in seen.text))
    await story.sees(duty, story.has("take", "hand_down", code=code))


async def directive_goes_down(scene: Play, story: Narration) -> None:
    """A commander decides; some acknowledge; the missing, and only they, are chased."""
    district = scene.district
    commander = district.holding(Role.COMMANDER, "TD")[0]
    chair = district.holding(Role.COMMANDER, COMMUNE)[0]
    member = district.holding(Role.TEAM, COMMUNITY)[0]
    late = district.holding(Role.TEAM, NEIGHBOURS)[0]
    story.chapter("directive")
    story.writes(commander, f"/chidao {story.say('story.words.directive')}")
    preview = await story.sees(commander, story.has("send", "cancel", "staff_only", "choose_places"))
    code = code_in(preview)
    await story.taps(commander, preview, "choose_places")
    name = district.place(COMMUNE).name
    choosing = await story.sees(commander, lambda seen: code in seen.text and name in seen.labels)
    await story.taps_name(commander, choosing, name)
    choosing = await story.sees(commander, lambda seen: code in seen.text and _is_ticked(name, seen))
    await story.taps(commander, choosing, "send")
    await story.sees(commander, story.has("missing_units", "chase", "correct", "withdraw", code=code))
    at_commune = await story.sees(
        chair, story.has("acknowledge", "done", "ask", code=code), place=district.place(COMMUNE)
    )
    in_group = await story.sees(member, story.has("acknowledge", "ask", code=code), place=district.place(COMMUNITY))
    await story.taps(chair, at_commune, "acknowledge")
    await story.taps(member, in_group, "acknowledge")
    await story.sees(commander, story.has("chase", code=code, words="2/4"))
    await story.until(13, 15)
    story.tell("chased")
    await story.sees(late, lambda seen: code in seen.text and bool(seen.reply_to), place=district.place(NEIGHBOURS))
    board = await story.sees(commander, story.has("missing_units", code=code), quietly=True)
    await story.taps(commander, board, "missing_units")
    await story.sees(commander, story.has(code=code, words=district.place(NEIGHBOURS).name))


def _is_ticked(name: str, seen: Seen) -> bool:
    return any(label.startswith(name) and label != name for label in seen.labels)


async def group_moves(scene: Play, story: Narration) -> None:
    """A group becomes a supergroup in the middle of the day; the bot goes along."""
    place = scene.district.place(COMMUNITY)
    member = scene.district.holding(Role.TEAM, COMMUNITY)[0]
    story.chapter("supergroup")
    moved_to = scene.hands.upgrade(member.account, place.chat)
    index = scene.district.places.index(place)
    scene.district.places[index] = place = place.moved_to(moved_to)
    story.tell("moved", name=place.name)
    await story.sees(member, story.has("report_to_team", "urgent_help"), place=place)


async def resident_leaves(scene: Play, story: Narration) -> None:
    """A resident blocks the bot; the desk is told to telephone instead."""
    resident = scene.district.living_in(COMMUNITY)[5]
    member = scene.district.holding(Role.TEAM, COMMUNITY)[0]
    story.chapter("blocked")
    story.start(resident)
    story.writes(resident, story.say("story.words.relief"))
    code = code_in(await story.sees(resident, lambda seen: seen.by_bot and "TD-" in seen.text))
    card = await story.sees(member, story.has("reply", code=code))
    scene.hands.block(resident.account, BOT_ID)
    story.tell("blocks", name=resident.name)
    await story.taps(member, card, "reply")
    await story.sees(member, story.has("cancel", code=code))
    story.writes(member, story.say("story.words.answer_relief"))
    await story.sees(member, lambda seen: code in seen.text and resident.phone[-3:] in seen.text and not seen.labels)


async def round_is_asked(scene: Play, story: Narration) -> None:
    """Every home is asked: some tap, one is ill, the silent are reminded, called on, and counted."""
    district = scene.district
    place = district.place(COMMUNITY)
    residents = district.living_in(COMMUNITY)
    member = district.holding(Role.TEAM, COMMUNITY)[1]
    chair = district.holding(Role.COMMANDER, COMMUNE)[0]
    homes = sum(home.unit == COMMUNITY for home in district.homes)
    story.chapter("round")
    await story.until(18, 30)
    board = await story.sees(residents[0], story.has("all_well", "someone_ill", "need_help"), place=place)
    for resident in residents[:8]:
        await story.taps(resident, board, "all_well")
    await story.taps(residents[8], board, "someone_ill")
    await story.sees(residents[0], story.has("all_well", words=f"9/{homes}"), place=place)
    ill = await story.sees(member, lambda seen: "TD-" in seen.text and residents[8].name in seen.text)
    story.tell("ill_reported", code=code_in(ill))
    await story.until(5, 30)
    await story.sees(residents[0], lambda seen: bool(seen.reply_to) and str(homes - 9) in seen.text, place=place)
    await story.until(7, 0)
    calls = await story.sees(member, lambda seen: bool(seen.labels) and residents[9].phone[-3:] in seen.text)
    await _answer_for_a_silent_home(story, member, calls)
    await story.sees(residents[0], story.has("all_well", words=f"10/{homes}"), place=place)
    await story.until(14, 31)
    await story.sees(residents[0], story.without("all_well", code=f"10/{homes}"), place=place)
    everywhere = sum(home.unit.startswith(f"{COMMUNE}-") for home in district.homes)
    counted = story.has(words=f"10/{everywhere}")
    await story.sees(chair, counted, place=district.place(COMMUNE))


async def _answer_for_a_silent_home(story: Narration, member: Someone, calls: Seen) -> None:
    home = calls.labels[0]
    await story.taps_name(member, calls, home)
    opened = await story.sees(member, story.has("all_well", "someone_ill", "need_help"))
    await story.taps(member, opened, "all_well")
    asked = await story.sees(member, story.has("source_met", "source_called"))
    await story.taps(member, asked, "source_called")
