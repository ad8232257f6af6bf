"""How what is said about the register of homes reads."""

from __future__ import annotations

from collections.abc import Iterator

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from handlers.commands.enrolment import CancelDraft
from handlers.commands.households import (
    AskAboutHome,
    AskCommunity,
    AskNewHome,
    EndResident,
    HomeQuestion,
    MergeHome,
    MoveHome,
    MoveOut,
    MoveResident,
    ReturnHome,
    ReturnResident,
    SetHomeKind,
    SetNoPhone,
    ShowHome,
    ShowHomeHistory,
    ShowResident,
)
from models.notices.households import (
    CommunitiesOffered,
    FoundHome,
    HomeArrived,
    HomeHistoryShown,
    HomeSearchAsked,
    HomesFound,
    HomeWordsAsked,
    HomeWordsUnread,
    HouseholdShown,
    MergeProposed,
    ResidentAsked,
    ShownEvent,
    ShownResident,
)
from models.phones import as_dialled
from models.rules.households import Ending, HouseholdKind
from models.rules.words import shorten

#: Letters of a name on a button.
_LABEL = 30
#: People for whom a home's page has a button each.
_PEOPLE = 12
#: What a home's kind changes to at a tap, round and round.
_KINDS = list(HouseholdKind)
#: The buttons that ask for words.
_ASKING = {
    HomeQuestion.RESIDENT: "home_resident",
    HomeQuestion.EDIT: "home_edit",
    HomeQuestion.SPLIT: "home_split",
    HomeQuestion.MERGE: "home_merge",
    HomeQuestion.REPORT: "home_report",
}


@renders(HomeSearchAsked)
def home_search_asked(notice: HomeSearchAsked, reader: Reader) -> Message:
    new = [
        Button(shorten(reader.say("homes.new_in", unit=unit.name), _LABEL), to_data(AskNewHome, unit_id=unit.unit_id))
        for unit in notice.units
    ]
    return Message(reader.say("homes.search"), column(*new))


@renders(HomesFound)
def homes_found(notice: HomesFound, reader: Reader) -> Message:
    if not notice.homes:
        return Message(reader.say("homes.none", words=notice.words))
    lines = [reader.say.count("homes.found", len(notice.homes) + notice.more, words=notice.words)]
    lines += [_found(home, reader) for home in notice.homes]
    if notice.more:
        lines.append(reader.say("homes.more", n=reader.say.number(notice.more)))
    buttons = [
        Button(shorten(f"{home.number} {home.head}", _LABEL), to_data(ShowHome, household_id=home.household_id))
        for home in notice.homes
    ]
    return Message("\n".join(lines), column(*buttons))


def _found(home: FoundHome, reader: Reader) -> str:
    year = reader.say("homes.born", year=home.birth_year) if home.birth_year else ""
    through = reader.say("homes.through", name=home.through) if home.through else ""
    gone = reader.say("homes.gone") if home.is_gone else ""
    remarks = ", ".join(part for part in (through, year, gone) if part)
    line = reader.say("homes.found_line", number=home.number, unit=home.unit, head=home.head)
    return f"{line} ({remarks})" if remarks else line


@renders(HouseholdShown)
def home_shown(notice: HouseholdShown, reader: Reader) -> Message:
    return Message("\n".join(_page(notice, reader)), tuple(_buttons(notice, reader)))


def _page(notice: HouseholdShown, reader: Reader) -> Iterator[str]:
    if notice.remark is not None:
        yield reader.say("homes.noted", what=reader.say(f"homes.step.{notice.remark.value}"))
    yield reader.say("homes.title", number=notice.number, unit=notice.unit, head=notice.head)
    yield reader.say("homes.kind", kind=reader.say(f"list.kind.{notice.sort.value}"))
    if notice.is_gone:
        yield reader.say("homes.into", number=notice.into) if notice.into else reader.say("homes.is_gone")
    elif notice.mourns_until is not None:
        yield reader.say("homes.mourns", until=reader.say.day(notice.mourns_until))
    if notice.phone:
        yield reader.say("homes.phone", phone=as_dialled(notice.phone))
    if notice.no_phone:
        yield reader.say("homes.no_phone")
    if notice.members is not None:
        yield reader.say.count("homes.members", notice.members)
    if notice.address:
        yield reader.say("homes.address", address=notice.address)
    yield from (_resident(resident, reader) for resident in notice.residents)
    if notice.accounts.first:
        yield reader.say("homes.accounts", names=", ".join(notice.accounts.first))


def _resident(resident: ShownResident, reader: Reader) -> str:
    year = str(resident.birth_year) if resident.birth_year else ""
    no_phone = reader.say("homes.without_phone") if resident.no_phone else ""
    risk = reader.say("homes.at_risk") if resident.is_at_risk else ""
    told = ", ".join(part for part in (year, resident.conditions, no_phone, risk) if part)
    return f"• {resident.name}: {told}" if told else f"• {resident.name}"


def _buttons(notice: HouseholdShown, reader: Reader) -> Iterator[tuple[Button, ...]]:
    about: dict[str, object] = {"household_id": notice.household_id}
    for each in notice.waiting[:_PEOPLE]:
        label = shorten(reader.say("homes.take_along", name=each.name), _LABEL)
        yield (Button(label, to_data(MoveResident, resident_id=each.resident_id, **about)),)
    for resident in notice.residents[:_PEOPLE]:
        yield (Button(shorten(resident.name, _LABEL), to_data(ShowResident, resident_id=resident.resident_id)),)
    history = reader.button("home_history", ShowHomeHistory, **about)
    if notice.is_gone:
        yield (reader.button("home_back", ReturnHome, **about), history)
        return
    yield (_asking(HomeQuestion.RESIDENT, notice, reader), _asking(HomeQuestion.EDIT, notice, reader))
    yield (_to_next_kind(notice, reader), _phone_switch(notice, reader))
    yield (_asking(HomeQuestion.SPLIT, notice, reader), _asking(HomeQuestion.MERGE, notice, reader))
    yield (reader.button("home_rehome", AskCommunity, page=0, **about), reader.button("home_out", MoveOut, **about))
    yield (_asking(HomeQuestion.REPORT, notice, reader), history)


def _to_next_kind(notice: HouseholdShown, reader: Reader) -> Button:
    kind = _KINDS[(_KINDS.index(notice.sort) + 1) % len(_KINDS)]
    label = reader.say("homes.to_kind", kind=reader.say(f"list.kind.{kind.value}"))
    return Button(label, to_data(SetHomeKind, household_id=notice.household_id, kind=kind))


def _phone_switch(notice: HouseholdShown, reader: Reader) -> Button:
    label = "home_has_phone" if notice.no_phone else "home_no_phone"
    return reader.button(label, SetNoPhone, household_id=notice.household_id, no_phone=not notice.no_phone)


def _asking(question: HomeQuestion, notice: HouseholdShown, reader: Reader) -> Button:
    return reader.button(_ASKING[question], AskAboutHome, household_id=notice.household_id, question=question)


@renders(ResidentAsked)
def resident_asked(notice: ResidentAsked, reader: Reader) -> Message:
    about: dict[str, object] = {"resident_id": notice.resident.resident_id}
    lines = [reader.say("homes.of_home", number=notice.number, unit=notice.unit), _resident(notice.resident, reader)]
    back = reader.button("home_page", ShowHome, household_id=notice.household_id)
    if notice.ending is not None:
        lines.append(reader.say(f"homes.ending.{notice.ending.value}"))
        if notice.is_deserted:
            lines.append(reader.say("homes.deserted"))
        elif notice.mourns_until is not None:
            lines.append(reader.say("homes.mourns", until=reader.say.day(notice.mourns_until)))
        return Message("\n".join(lines), column(reader.button("undo", ReturnResident, **about), back))
    died = reader.button("resident_died", EndResident, ending=Ending.DIED, **about)
    left = reader.button("resident_left", EndResident, ending=Ending.LEFT, **about)
    return Message("\n".join(lines), column(left, died, back))


@renders(HomeWordsAsked)
def home_words_asked(notice: HomeWordsAsked, reader: Reader) -> Message:
    text = reader.say(f"homes.asked.{notice.question}", number=notice.number)
    return Message(text, column(reader.button("cancel", CancelDraft)))


@renders(HomeWordsUnread)
def home_words_unread(notice: HomeWordsUnread, reader: Reader) -> Message:
    return Message(reader.say(f"homes.unread.{notice.why}", given=notice.given))


@renders(MergeProposed)
def merge_proposed(notice: MergeProposed, reader: Reader) -> Message:
    text = reader.say(
        "homes.merge",
        number=notice.number,
        head=notice.head,
        into_number=notice.into_number,
        into_head=notice.into_head,
        residents=notice.residents,
    )
    agree = reader.button("home_merge", MergeHome, household_id=notice.household_id, into_id=notice.into_id)
    return Message(text, column(agree, reader.button("home_page", ShowHome, household_id=notice.household_id)))


@renders(CommunitiesOffered)
def communities_offered(notice: CommunitiesOffered, reader: Reader) -> Message:
    about: dict[str, object] = {"household_id": notice.household_id}
    units = [
        Button(shorten(unit.name, _LABEL), to_data(MoveHome, unit_id=unit.unit_id, **about)) for unit in notice.units
    ]
    turning = []
    if notice.page:
        turning.append(reader.button("previous_page", AskCommunity, page=notice.page - 1, **about))
    if notice.page + 1 < notice.pages:
        turning.append(reader.button("next_page", AskCommunity, page=notice.page + 1, **about))
    back = reader.button("home_page", ShowHome, **about)
    said = "homes.where" if notice.units else "homes.nowhere"
    rows = (*column(*units), *((tuple(turning),) if turning else ()), (back,))
    return Message(reader.say(said, number=notice.number), rows)


@renders(HomeArrived)
def home_arrived(notice: HomeArrived, reader: Reader) -> Message:
    text = reader.say("homes.arrived", number=notice.number, head=notice.head, unit=notice.unit, former=notice.former)
    return Message(text, column(reader.button("home_page", ShowHome, household_id=notice.household_id)))


@renders(HomeHistoryShown)
def home_history_shown(notice: HomeHistoryShown, reader: Reader) -> Message:
    lines = [reader.say("homes.history", number=notice.number, unit=notice.unit)]
    lines += [_event(event, reader) for event in notice.events] or [reader.say("homes.no_history")]
    return Message("\n".join(lines), column(reader.button("home_page", ShowHome, household_id=notice.household_id)))


def _event(event: ShownEvent, reader: Reader) -> str:
    about = ", ".join(reader.say(f"list.column.{name}").lower() for name in event.columns) or event.about
    return reader.say(
        "homes.event",
        at=reader.moment(event.at),
        what=reader.say(f"homes.step.{event.step.value}"),
        about=f" ({about})" if about else "",
        by=event.by or reader.say("homes.by_list"),
    )
