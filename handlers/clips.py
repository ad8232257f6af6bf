"""Prompts that can be heard: `/ghiam` brings recorded clips, and a home chooses the language it hears them in."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, meet_in_private
from handlers.commands import Enclosure, FromPerson
from handlers.commands.clips import (
    AskVoice,
    BringClip,
    ChooseVoice,
    ClipQuestion,
    DropClip,
    KeepRecording,
    PlayClip,
)
from models.notices import Passed
from models.notices.checkins import HomeUnknown
from models.notices.clips import (
    ClipDropped,
    ClipKept,
    ClipLine,
    ClipRefused,
    ClipsListed,
    ClipUnread,
    RecordingAsked,
    VoiceAsked,
    VoiceChosen,
)
from models.records import Clip, Household, Person
from models.rules.clips import Prompt, read_clip
from models.rules.registry_words import LANGUAGES
from models.rules.roles import Role
from models.store.people import contacts
from models.work import Work

#: What can be heard: a voice message, or a sound file.
_SOUND = "voice"
#: The cards on which clips, and the choice of a language, are shown.
_CARD, _CHOICE = "clip", "voice"
#: Languages offered at once: with the way on, as many buttons as a resident's message has.
_OFFERED = 2


def bring(command: BringClip, work: Work) -> None:
    """Keep the clip that came along, ask for it, or list those there are."""
    person = meet_in_private(command, work)
    if person is None:
        return
    if not _admits(command, person, work):
        return
    prompt, language = read_clip(command.words)
    account_id = command.sender.account_id
    if prompt is not None and language is not None and command.enclosures:
        _keep(command, command.enclosures, prompt, language, person, work)
    elif prompt is not None and language is not None:
        work.ask(account_id, ClipQuestion.RECORDING, prompt=prompt.value, language=language)
        work.tell(account_id, RecordingAsked(prompt, language))
    elif command.words or command.enclosures:
        work.tell(account_id, ClipUnread())
    else:
        lines = tuple(ClipLine(clip.id, clip.prompt, clip.language) for clip in work.clips.all())
        work.show(account_id, "clips", ClipsListed(lines), afresh=True)


def keep_recording(command: KeepRecording, work: Work) -> None:
    """Keep the voice message that was asked for."""
    person = work.meet(command)
    if _admits(command, person, work) and command.language in LANGUAGES:
        _keep(command, command.enclosures, Prompt(command.prompt), command.language, person, work)


def play(command: PlayClip, work: Work) -> None:
    """Let the administrator hear it, with a way to drop it."""
    person, clip = work.meet(command), work.clips.require(command.clip_id)
    if _admits(command, person, work):
        work.show(command.sender.account_id, _CARD, _kept(clip), afresh=True)
        work.tell(command.sender.account_id, Passed(media=_SOUND, file_id=clip.file_id), subject=_CARD)


def drop(command: DropClip, work: Work) -> None:
    """Let the prompt go without it."""
    person, clip = work.meet(command), work.clips.require(command.clip_id)
    if _admits(command, person, work):
        dropped = ClipDropped(clip.prompt, clip.language)
        work.done(command, person, f"clip:{clip.id}")
        work.session.delete(clip)
        work.show(command.sender.account_id, _CARD, dropped)


def ask_voice(command: AskVoice, work: Work) -> None:
    """Offer the languages in which prompts can be heard, for one's own home."""
    person, homes = _at_home(command, work)
    if homes:
        spoken = list(work.clips.languages())
        start = command.page * _OFFERED if 0 <= command.page * _OFFERED < len(spoken) else 0
        following = start // _OFFERED + 1 if start + _OFFERED < len(spoken) else None
        chosen = homes[0].language if homes[0].language in spoken else ""
        asked = VoiceAsked(tuple(spoken[start : start + _OFFERED]), chosen, following)
        work.show_each([person], _CHOICE, asked, afresh=command.page == 0)


def choose_voice(command: ChooseVoice, work: Work) -> None:
    """Let one's home hear prompts in that language from now on."""
    person, homes = _at_home(command, work)
    if homes and command.language in LANGUAGES:
        for home in homes:
            home.language = command.language
            work.done(command, person, f"home:{home.id}")
        work.show_each([person], _CHOICE, VoiceChosen(command.language))


def _at_home(command: FromPerson, work: Work) -> tuple[Person, Sequence[Household]]:
    """Who asks, and the homes they speak for; without any they are told how the team comes to know theirs."""
    person = work.meet(command)
    homes = work.people.households_of(person.id)
    if not homes:
        work.tell_each([person], HomeUnknown())
    return person, homes


def _keep(
    command: FromPerson, enclosures: Sequence[Enclosure], prompt: Prompt, language: str, by: Person, work: Work
) -> None:
    sound = next((file for file in enclosures if file.media == _SOUND), None)
    if sound is None:
        work.ask(command.sender.account_id, ClipQuestion.RECORDING, prompt=prompt.value, language=language)
        work.tell(command.sender.account_id, ClipUnread())
        return
    clip = work.clips.keep(prompt, language, sound.file_id, by, work.now)
    work.done(command, by, f"clip:{clip.id}")
    work.show(command.sender.account_id, _CARD, _kept(clip), afresh=True)


def _kept(clip: Clip) -> ClipKept:
    return ClipKept(clip.id, clip.prompt, clip.language)


def _admits(command: FromPerson, person: Person, work: Work) -> bool:
    """Whether this person brings clips; otherwise they are told who does."""
    if work.people.is_administrator(person.id):
        return True
    able = contacts(work.people.administrators(), Role.ADMINISTRATOR)
    work.refuse(command, person, "clips", ClipRefused(able))
    return False


STORIES: Stories = {
    BringClip: bring,
    KeepRecording: keep_recording,
    PlayClip: play,
    DropClip: drop,
    AskVoice: ask_voice,
    ChooseVoice: choose_voice,
}
