"""How welcomes, help, duty, codes and invitations read."""

from __future__ import annotations

from bot.catalogue import languages
from bot.telegram import menu
from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.people import post_line
from handlers.commands.clips import AskVoice
from handlers.commands.enrolment import ChooseLanguage, ShowHelp
from handlers.commands.reports import AskForHelp, InviteReport
from models.notices.enrolment import (
    AdministratorMade,
    ButtonTooOld,
    CodeRefused,
    CodesPaused,
    DraftCancelled,
    Joined,
    LanguageAsked,
    LanguageChosen,
    PrivateChatNeeded,
    ResidentHelped,
    ResidentWelcomed,
    StaffWelcomed,
)
from models.rules.roles import Role

#: What a link to the private chat is called by the errand it carries there.
_ERRANDS = {"baotin": "report_to_team", "ask": "ask"}


@renders(ResidentWelcomed)
def resident_welcomed(notice: ResidentWelcomed, reader: Reader) -> Message:
    greeting = "enrolment.welcome" if notice.place else "enrolment.welcome_nowhere"
    text = reader.say(greeting, place=notice.place, hotline=notice.hotline)
    return Message(_remarked(notice.remark, text, reader), _two_doors(reader))


@renders(StaffWelcomed)
def staff_welcomed(notice: StaffWelcomed, reader: Reader) -> Message:
    posts = "\n".join(f"• {post_line(post, reader)}" for post in notice.posts)
    roles = [Role(post.role) for post in notice.posts]
    commands = "\n".join(
        f"/{entry.name_in(reader.say.language)} – {reader.say(f'command.{entry.name}')}"
        for entry in menu.shown(menu.Scope.PRIVATE, roles)
    )
    text = reader.say("enrolment.staff_welcome", name=notice.name, posts=posts, commands=commands)
    return Message(_remarked(notice.remark, text, reader))


@renders(ResidentHelped)
def resident_helped(notice: ResidentHelped, reader: Reader) -> Message:
    return Message(reader.say("enrolment.help", hotline=notice.hotline), _two_doors(reader))


@renders(PrivateChatNeeded)
def private_chat_needed(notice: PrivateChatNeeded, reader: Reader) -> Message:
    label = _ERRANDS.get(notice.payload.partition("-")[0], "open_private")
    return Message(reader.say("enrolment.private_chat"), column(reader.link(label, notice.payload)))


@renders(LanguageAsked)
def language_asked(notice: LanguageAsked, reader: Reader) -> Message:
    choices = [Button(reader.say(f"language.{code}"), to_data(ChooseLanguage, language=code)) for code in languages()]
    if notice.has_voices:
        choices.append(reader.button("voice_hear", AskVoice, page=0))
    return Message(reader.say("enrolment.language_asked"), column(*choices))


@renders(LanguageChosen)
def language_chosen(_notice: LanguageChosen, reader: Reader) -> Message:
    return Message(reader.say("enrolment.language_chosen"))


@renders(ButtonTooOld)
def button_too_old(_notice: ButtonTooOld, reader: Reader) -> Message:
    return Message(reader.say("enrolment.button_too_old"), column(reader.button("help", ShowHelp)))


@renders(DraftCancelled)
def draft_cancelled(_notice: DraftCancelled, reader: Reader) -> Message:
    return Message(reader.say("enrolment.draft_cancelled"))


@renders(AdministratorMade)
def administrator_made(notice: AdministratorMade, reader: Reader) -> Message:
    return Message(reader.say("enrolment.administrator_made", name=notice.name))


@renders(Joined)
def joined(notice: Joined, reader: Reader) -> Message:
    posts = "\n".join(f"• {post_line(post, reader)}" for post in notice.posts)
    if not posts:
        return Message(reader.say("enrolment.joined", name=notice.name), _two_doors(reader))
    text = reader.say("enrolment.joined_staff", name=notice.name, posts=posts)
    return Message(text, column(reader.button("help", ShowHelp)))


@renders(CodeRefused)
def code_refused(notice: CodeRefused, reader: Reader) -> Message:
    return Message(reader.say.count("enrolment.code_refused", notice.tries_left))


@renders(CodesPaused)
def codes_paused(notice: CodesPaused, reader: Reader) -> Message:
    return Message(reader.say("enrolment.codes_paused", until=reader.clock(notice.until)))


def _two_doors(reader: Reader) -> tuple[tuple[Button, ...], ...]:
    return column(reader.button("report_to_team", InviteReport), reader.button("urgent_help", AskForHelp))


def _remarked(remark: str, text: str, reader: Reader) -> str:
    if not remark:
        return text
    return "\n".join([reader.say(f"enrolment.remark.{remark}"), text])
