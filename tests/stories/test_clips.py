"""Prompts that can be heard: the administrator brings a clip, a home chooses its language, and hears it once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.commands import Enclosure
from handlers.commands.clips import AskVoice, BringClip, ChooseVoice, DropClip, PlayClip
from handlers.commands.enrolment import ChooseLanguage
from handlers.commands.followups import AdvanceFollowUps, ConfirmFollowUp, ShowFollowUps
from handlers.commands.reports import HearMessage
from models.notices import Passed
from models.notices.checkins import HomeUnknown
from models.notices.clips import (
    ClipDropped,
    ClipKept,
    ClipRefused,
    ClipsListed,
    ClipUnread,
    RecordingAsked,
    VoiceAsked,
    VoiceChosen,
)
from models.records import Clip, Person
from models.rules.clips import Prompt
from tests.stories.checkin_day import Day
from tests.stories.reading import last
from tests.stories.rendering import labels, read
from tests.stories.world import World

VOICE = Enclosure("voice", "voice-7")


def bring(world: World, words: str = "hỏi thăm tiếng Mông", file_id: str = "voice-7") -> None:
    world.by(world.administrator, BringClip, words=words, enclosures=(Enclosure("voice", file_id),))


def clips(world: World) -> list[tuple[Prompt, str, str]]:
    return [(clip.prompt, clip.language, clip.file_id) for clip in world.work().clips.all()]


def heard(world: World, person: Person) -> list[str]:
    return [notice.file_id for notice in world.told(person) if isinstance(notice, Passed)]


def test_the_administrator_names_a_prompt_and_sends_the_voice_after_it(world: World) -> None:
    world.by(world.administrator, BringClip, words="hỏi thăm tiếng Mông")
    asked = last(world, world.administrator)
    assert isinstance(asked, RecordingAsked)
    assert "Hôm nay nhà mình có ai ốm không?" in read(asked).text
    world.by(world.administrator, HearMessage, words="", enclosures=(Enclosure("photo", "photo-1"),))
    assert isinstance(last(world, world.administrator), ClipUnread)
    world.by(world.administrator, HearMessage, words="", enclosures=(VOICE,))
    assert clips(world) == [(Prompt.CHECKIN, "hmn", "voice-7")]
    assert isinstance(world.card(world.administrator, "clip"), ClipKept)


def test_a_later_clip_takes_the_place_of_the_earlier_one(world: World) -> None:
    bring(world)
    bring(world, file_id="voice-8")
    bring(world, "nhắc lại tiếng Mông", "voice-9")
    assert clips(world) == [(Prompt.CHECKIN, "hmn", "voice-8"), (Prompt.REMINDER, "hmn", "voice-9")]


def test_clips_are_listed_heard_and_dropped(world: World) -> None:
    bring(world)
    world.by(world.administrator, BringClip)
    listed = world.card(world.administrator, "clips")
    assert isinstance(listed, ClipsListed)
    world.by(world.administrator, PlayClip, clip_id=listed.lines[0].clip_id)
    assert heard(world, world.administrator) == ["voice-7"]
    world.by(world.administrator, DropClip, clip_id=listed.lines[0].clip_id)
    assert isinstance(world.card(world.administrator, "clip"), ClipDropped)
    assert clips(world) == []


def test_a_home_chooses_the_language_it_hears_beside_the_one_it_reads(world: World) -> None:
    world.by(world.resident, ChooseLanguage)
    assert labels(read(last(world, world.resident))) == ["Tiếng Việt", "English"]
    for words in ("hỏi thăm tiếng Mông", "hỏi thăm tiếng Thái", "hỏi thăm tiếng Dao"):
        bring(world, words)
    world.by(world.resident, ChooseLanguage)
    assert labels(read(last(world, world.resident)))[-1] == "Nghe bằng lời"
    world.by(world.resident, AskVoice, page=0)
    offered = world.card(world.resident, "voice")
    assert isinstance(offered, VoiceAsked)
    assert labels(read(offered)) == ["Tiếng Thái", "Tiếng Mông", "Tiếng khác"]
    world.by(world.resident, AskVoice, page=1)
    assert labels(read(world.card(world.resident, "voice"))) == ["Tiếng Dao"]
    world.by(world.resident, ChooseVoice, language="hmn")
    assert isinstance(world.card(world.resident, "voice"), VoiceChosen)
    assert world.homes[0].language == "hmn"


def test_a_prompt_is_followed_by_its_clip_once_and_only_where_its_language_was_chosen(day: Day) -> None:
    world = day.world
    bring(world)
    bring(world, "nhắc lại tiếng Mông", "voice-9")
    for home in world.homes[:2]:
        home.prompted_privately = True
    world.homes[0].language = "hmn"
    world.session.commit()
    day.begin()
    day.tick()
    assert heard(world, world.resident) == ["voice-7"]
    assert heard(world, world.neighbour) == []
    assert day.card_of(world.neighbour, 1) is not None
    day.until(day.round.reminds_at)
    day.tick()
    assert heard(world, world.resident) == ["voice-7", "voice-9"]


def test_whoever_is_followed_hears_what_is_asked(world: World) -> None:
    bring(world, "hỏi số đo tiếng Mông", "voice-5")
    world.homes[0].language = "hmn"
    world.by(world.member, ShowFollowUps, words="1 Bà Mẫu F1")
    world.by(world.member, ConfirmFollowUp)
    world.now = datetime(2026, 11, 23, 17, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    for _ in range(2):
        world.do(AdvanceFollowUps())
    assert heard(world, world.resident) == ["voice-5"]


def test_whoever_has_no_home_here_is_told_how_to_have_one(world: World) -> None:
    world.by(world.stranger, AskVoice, page=0)
    world.by(world.stranger, ChooseVoice, language="hmn")
    assert all(isinstance(notice, HomeUnknown) for notice in world.told(world.stranger))


@pytest.mark.parametrize("who", ["resident", "member", "commander", "stranger"])
def test_only_the_administrator_brings_plays_and_drops_clips(world: World, who: str) -> None:
    bring(world)
    (clip,) = world.session.query(Clip).all()
    person = getattr(world, who)
    world.by(person, BringClip, words="hỏi thăm tiếng Dao", enclosures=(VOICE,))
    world.by(person, PlayClip, clip_id=clip.id)
    world.by(person, DropClip, clip_id=clip.id)
    assert all(isinstance(notice, ClipRefused) for notice in world.told(person))
    assert len(clips(world)) == 1
