"""How what is said about recorded clips reads."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.checkins import contact_line
from handlers.commands.clips import AskVoice, ChooseVoice, DropClip, PlayClip
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
from models.rules.clips import Prompt


@renders(ClipsListed)
def clips_listed(notice: ClipsListed, reader: Reader) -> Message:
    if not notice.lines:
        return Message("\n".join([reader.say("clips.none"), reader.say("clips.how")]))
    lines = [reader.say("clips.listed"), *(_named(each.prompt, each.language, reader) for each in notice.lines)]
    buttons = (
        Button(_named(each.prompt, each.language, reader), to_data(PlayClip, clip_id=each.clip_id))
        for each in notice.lines
    )
    return Message("\n".join([*lines, reader.say("clips.how")]), column(*buttons))


@renders(RecordingAsked)
def recording_asked(notice: RecordingAsked, reader: Reader) -> Message:
    said = reader.say(f"clips.says.{notice.prompt.value}")
    return Message(reader.say("clips.recording_asked", clip=_named(notice.prompt, notice.language, reader), said=said))


@renders(ClipKept)
def clip_kept(notice: ClipKept, reader: Reader) -> Message:
    about = {"clip_id": notice.clip_id}
    text = reader.say("clips.kept", clip=_named(notice.prompt, notice.language, reader))
    return Message(
        text, column(reader.button("clip_play", PlayClip, **about), reader.button("clip_drop", DropClip, **about))
    )


@renders(ClipDropped)
def clip_dropped(notice: ClipDropped, reader: Reader) -> Message:
    return Message(reader.say("clips.dropped", clip=_named(notice.prompt, notice.language, reader)))


@renders(ClipUnread)
def clip_unread(notice: ClipUnread, reader: Reader) -> Message:
    return Message("\n".join([reader.say("clips.unread"), reader.say("clips.how")]))


@renders(ClipRefused)
def clip_refused(notice: ClipRefused, reader: Reader) -> Message:
    lines = [reader.say("clips.refused"), *(contact_line(contact, reader) for contact in notice.contacts[:4])]
    return Message("\n".join(lines))


@renders(VoiceAsked)
def voice_asked(notice: VoiceAsked, reader: Reader) -> Message:
    if not notice.languages:
        return Message(reader.say("clips.no_voice"))
    choices = [
        Button(reader.say(f"clips.spoken.{code}"), to_data(ChooseVoice, language=code)) for code in notice.languages
    ]
    if notice.next_page is not None:
        choices.append(reader.button("voice_more", AskVoice, page=notice.next_page))
    now = reader.say(f"clips.spoken.{notice.chosen}") if notice.chosen else reader.say("clips.not_chosen")
    return Message(reader.say("clips.voice_asked", now=now), column(*choices))


@renders(VoiceChosen)
def voice_chosen(notice: VoiceChosen, reader: Reader) -> Message:
    return Message(reader.say("clips.voice_chosen", language=reader.say(f"clips.spoken.{notice.language}")))


def _named(prompt: Prompt, language: str, reader: Reader) -> str:
    spoken = reader.say(f"clips.spoken.{language}")
    return reader.say("clips.named", prompt=reader.say(f"clips.prompt.{prompt.value}"), language=spoken)
