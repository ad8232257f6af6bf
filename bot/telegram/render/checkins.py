"""How what is said to households about check-ins reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from handlers.commands.checkins import (
    AnswerForHousehold,
    AnswerRound,
    AskOtherHome,
    AskWhichHome,
    ChooseHow,
    ChooseOwnHome,
    ConfirmHome,
    ProposeHome,
    ShowSilent,
)
from models.notices import Contact
from models.notices.checkins import (
    AnswerKept,
    AnswerStood,
    ClaimsPaused,
    HomeAsked,
    HomeClaimed,
    HomeClaimSettled,
    HomeLinked,
    HomeNotLinked,
    HomePrompted,
    HomeProposed,
    HomeShown,
    HomeUnknown,
    HowAsked,
    HowKept,
    LeftInPeace,
    NothingOpen,
    RoundClosed,
    RoundOpened,
    RoundOver,
    RoundReminded,
    StrangerPrompted,
    TeamTapNoted,
)
from models.phones import as_dialled
from models.rules.checkins import Answer, Asking, Source

#: The three buttons of every round, from best to worst.
ANSWERS = (Answer.ALL_WELL, Answer.SOMEONE_ILL, Answer.NEED_HELP)

#: Homes in one row of the choice.
_ROW = 4


@renders(RoundOpened)
def round_opened(notice: RoundOpened, reader: Reader) -> Message:
    text = reader.say(
        "checkins.board",
        answered=notice.answered,
        expected=notice.expected,
        until=reader.moment(notice.closes_at),
        link=reader.start_link(f"hoitham-{notice.unit_id}"),
    )
    return Message(_asking_beside(notice.question, text), _three_answers(reader, notice.round_id))


@renders(RoundClosed)
def round_closed(notice: RoundClosed, reader: Reader) -> Message:
    day = reader.say.day(notice.day)
    return Message(reader.say("checkins.board_closed", day=day, answered=notice.answered, expected=notice.expected))


@renders(RoundReminded)
def round_reminded(notice: RoundReminded, reader: Reader) -> Message:
    until = reader.clock(notice.closes_at)
    return Message(reader.say.count("checkins.group_reminder", notice.waiting_for, until=until))


@renders(LeftInPeace)
def left_in_peace(notice: LeftInPeace, reader: Reader) -> Message:
    lines = [reader.say("checkins.left_in_peace"), *(contact_line(each, reader) for each in notice.contacts[:2])]
    return Message("\n".join(lines))


@renders(HomeShown)
@renders(HomePrompted)
def home_prompted(notice: HomePrompted, reader: Reader) -> Message:
    sentence = "checkins.prompt_again" if notice.again else "checkins.prompt"
    text = reader.say(sentence, number=notice.number, until=reader.moment(notice.closes_at))
    return Message(_asking_beside(notice.question, text), _home_answers(reader, notice.round_id, notice.household_id))


@renders(AnswerKept)
def answer_kept(notice: AnswerKept, reader: Reader) -> Message:
    text = reader.say(f"checkins.kept.{notice.answer.value}", number=notice.number)
    return Message(text, _home_answers(reader, notice.round_id, notice.household_id))


@renders(AnswerStood)
def answer_stood(notice: AnswerStood, reader: Reader) -> Message:
    return Message(reader.say("checkins.stood", number=notice.number))


@renders(RoundOver)
def round_over(notice: RoundOver, reader: Reader) -> Message:
    lines = [reader.say("checkins.over")]
    if notice.is_reported:
        lines.append(reader.say("checkins.over_reported"))
    lines.append(next_opening(reader, notice.opens_at))
    return Message("\n".join(lines))


@renders(NothingOpen)
def nothing_open(notice: NothingOpen, reader: Reader) -> Message:
    said = (
        reader.say("checkins.nothing_open_in", unit=notice.unit) if notice.unit else reader.say("checkins.nothing_open")
    )
    return Message(f"{said}\n{next_opening(reader, notice.opens_at)}")


@renders(HomeUnknown)
def home_unknown(notice: HomeUnknown, reader: Reader) -> Message:
    return Message(reader.say("checkins.home_unknown"))


@renders(StrangerPrompted)
def stranger_prompted(notice: StrangerPrompted, reader: Reader) -> Message:
    text = reader.say("checkins.stranger_prompt", unit=notice.unit)
    return Message(text, _three_answers(reader, notice.round_id))


@renders(HomeAsked)
def home_asked(notice: HomeAsked, reader: Reader) -> Message:
    asked = "which_own" if notice.are_own else "which_other" if notice.are_others else "which"
    text = reader.say(f"checkins.{asked}")
    command = ChooseOwnHome if notice.are_own else ProposeHome
    homes = [
        Button(
            reader.say("button.home", number=home.number),
            to_data(command, round_id=notice.round_id, household_id=home.household_id, answer=notice.answer),
        )
        for home in notice.homes
    ]
    about: dict[str, object] = {"round_id": notice.round_id, "answer": notice.answer}
    turns = [
        reader.button(label, AskOtherHome if notice.are_others else AskWhichHome, page=page, **about)
        for label, page in (("previous_page", notice.page - 1), ("next_page", notice.page + 1))
        if 0 <= page < notice.pages
    ]
    other = [reader.button("other_home", AskOtherHome, page=0, **about)] if notice.are_own else []
    return Message(text, (*in_rows(homes, _ROW), *in_rows(turns, 2), *column(*other)))


@renders(HomeProposed)
def home_proposed(notice: HomeProposed, reader: Reader) -> Message:
    return Message(reader.say("checkins.home_proposed", number=notice.number))


@renders(HomeClaimed)
def home_claimed(notice: HomeClaimed, reader: Reader) -> Message:
    text = reader.say(
        "checkins.home_claimed",
        name=notice.name,
        number=notice.number,
        head=notice.head or reader.say("checkins.no_head"),
        unit=notice.unit,
    )
    buttons = (
        reader.button(
            label,
            ConfirmHome,
            round_id=notice.round_id,
            household_id=notice.household_id,
            person_id=notice.person_id,
            answer=notice.answer,
            agreed=agreed,
        )
        for label, agreed in (("home_right", True), ("home_wrong", False))
    )
    return Message(text, column(*buttons))


@renders(HomeClaimSettled)
def home_claim_settled(notice: HomeClaimSettled, reader: Reader) -> Message:
    sentence = "checkins.claim_confirmed" if notice.agreed else "checkins.claim_refused"
    return Message(reader.say(sentence, name=notice.name, number=notice.number, by=notice.by))


@renders(HomeLinked)
def home_linked(notice: HomeLinked, reader: Reader) -> Message:
    return Message(reader.say("checkins.home_linked", number=notice.number))


@renders(HomeNotLinked)
def home_not_linked(notice: HomeNotLinked, reader: Reader) -> Message:
    return _call_team(reader.say("checkins.home_not_linked", number=notice.number), notice.contacts, reader)


@renders(ClaimsPaused)
def claims_paused(notice: ClaimsPaused, reader: Reader) -> Message:
    return _call_team(reader.say("checkins.claims_paused"), notice.contacts, reader)


def _call_team(said: str, contacts: Sequence[Contact], reader: Reader) -> Message:
    return Message("\n".join([said, *(contact_line(contact, reader) for contact in contacts[:3])]))


@renders(TeamTapNoted)
def team_tap_noted(notice: TeamTapNoted, reader: Reader) -> Message:
    silent = reader.button("silent_homes", ShowSilent, round_id=notice.round_id, page=0)
    return Message(reader.say("checkins.team_tap"), column(silent))


@renders(HowAsked)
def how_asked(notice: HowAsked, reader: Reader) -> Message:
    now = reader.say(f"checkins.asked_by.{notice.asking.value}")
    buttons = (
        reader.button(f"ask_{how.value}", ChooseHow, household_id=notice.household_id, how=how) for how in Asking
    )
    return Message(reader.say("checkins.how_asked", number=notice.number, now=now), column(*buttons))


@renders(HowKept)
def how_kept(notice: HowKept, reader: Reader) -> Message:
    how = reader.say(f"checkins.asked_by.{notice.asking.value}")
    return Message(reader.say("checkins.how_kept", number=notice.number, how=how))


def contact_line(contact: Contact, reader: Reader) -> str:
    """Whom to call, and where."""
    if not contact.phone:
        return contact.name
    return reader.say("checkins.contact", name=contact.name, phone=as_dialled(contact.phone))


def in_rows(buttons: Iterable[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """The buttons in rows of at most `width`."""
    all_of_them = tuple(buttons)
    return tuple(all_of_them[start : start + width] for start in range(0, len(all_of_them), width))


def _asking_beside(question: str, text: str) -> str:
    """The plan's own question comes right after how the home is."""
    first, _, rest = text.partition("\n")
    return "\n".join([first, question, rest] if question else [first, rest])


def _three_answers(reader: Reader, round_id: int) -> tuple[tuple[Button, ...], ...]:
    return column(*(reader.button(answer.value, AnswerRound, round_id=round_id, answer=answer) for answer in ANSWERS))


def _home_answers(reader: Reader, round_id: int, household_id: int) -> tuple[tuple[Button, ...], ...]:
    return column(
        *(
            reader.button(
                answer.value,
                AnswerForHousehold,
                round_id=round_id,
                household_id=household_id,
                answer=answer,
                source=Source.SELF,
            )
            for answer in ANSWERS
        )
    )


def next_opening(reader: Reader, opens_at: datetime | None) -> str:
    """The line that says when the next round opens, or that none is planned."""
    if opens_at is None:
        return reader.say("checkins.no_next")
    return reader.say("checkins.next_opens", at=reader.moment(opens_at))
