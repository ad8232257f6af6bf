"""Every kind of update becomes the commands it stands for, and nothing in a group is kept that is not for us."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.telegram.form import Formless, form_of, lane_of_formless
from bot.telegram.translate import ANONYMOUS_ADMINISTRATOR, Bot, is_for_us, translate
from handlers.commands import Command, Enclosure, PlaceKind
from handlers.commands.directives import DraftDirective
from handlers.commands.enrolment import (
    Greet,
    MoveChat,
    NoteMember,
    NoteOwnMembership,
    NoteTappedMessage,
    NoteTitle,
    RefuseUnknown,
)
from handlers.commands.on_behalf import LogMessage
from handlers.commands.reports import HearMessage, ReportInPlace, TakeReport

BOT = Bot(99, "to_covid_bot")
RESIDENT = {"id": 7, "is_bot": False, "first_name": "Bà", "last_name": "Mẫu", "language_code": "vi"}
ME = {"id": 99, "is_bot": True, "first_name": "Tổ"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Bà"}
GROUP = {"id": -5, "type": "group", "title": "Tổ 1"}


def message(chat: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 3, "date": 0, "chat": chat, "from": RESIDENT, **fields}}


def replied(message_id: int, sender: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The message in the group to which another replies."""
    return {"message_id": message_id, "chat": GROUP, "from": sender, **fields}


def only(update: dict[str, Any]) -> Command:
    (command,) = translate(update, BOT)
    return command


def test_a_private_message_is_heard_with_its_words_in_one_normal_form() -> None:
    heard = only(message(PRIVATE, text="Cha\u0301u bi\u0323 so\u0302\u0301t"))
    assert isinstance(heard, HearMessage)
    assert heard.words == "Cháu bị sốt"
    assert (heard.sender.account_id, heard.sender.name, heard.place.kind) == (7, "Bà Mẫu", PlaceKind.PRIVATE)


def test_the_largest_size_of_a_photo_goes_along_with_its_caption() -> None:
    heard = only(message(PRIVATE, photo=[{"file_id": "small"}, {"file_id": "large"}], caption="đây ạ"))
    assert isinstance(heard, HearMessage)
    assert heard.enclosures == (Enclosure("photo", "large"),)
    assert heard.words == "đây ạ"


@pytest.mark.parametrize("field", ["voice", "video", "video_note", "document", "audio"])
def test_every_kind_of_file_goes_along(field: str) -> None:
    heard = only(message(PRIVATE, **{field: {"file_id": "f"}}))
    assert isinstance(heard, HearMessage)
    assert [enclosure.file_id for enclosure in heard.enclosures] == ["f"]


def test_a_location_goes_along() -> None:
    heard = only(message(PRIVATE, location={"latitude": 22.4, "longitude": 103.5}))
    assert isinstance(heard, HearMessage)
    assert heard.enclosures == (Enclosure("location", latitude=22.4, longitude=103.5),)


def test_a_correction_by_editing_is_heard_in_private_only() -> None:
    private = {"edited_message": message(PRIVATE, text="đã đỡ")["message"], "update_id": 1}
    heard = only(private)
    assert isinstance(heard, HearMessage)
    assert heard.was_edited
    grouped = {"edited_message": message(GROUP, text="đã đỡ")["message"], "update_id": 1}
    assert not is_for_us(form_of(grouped), BOT)


def test_start_carries_the_payload_of_its_link() -> None:
    greeting = only(message(PRIVATE, text="/start gap"))
    assert isinstance(greeting, Greet)
    assert greeting.payload == "gap"


def test_a_command_nobody_knows_is_explained_but_words_after_it_are_heard() -> None:
    assert isinstance(only(message(PRIVATE, text="/lenhla")), RefuseUnknown)
    heard = only(message(PRIVATE, text="/lenhla cháu bị sốt"))
    assert isinstance(heard, HearMessage)
    assert heard.words == "/lenhla cháu bị sốt"
    assert not is_for_us(form_of(message(GROUP, text="/lenhla")), BOT)


def test_a_command_is_heard_in_groups_when_it_is_ours() -> None:
    ours = message(GROUP, text="/baotin@To_Covid_Bot nhà tôi có người sốt")
    theirs = message(GROUP, text="/baotin@other_bot nhà tôi có người sốt")
    assert is_for_us(form_of(ours), BOT)
    command = only(ours)
    assert isinstance(command, ReportInPlace)
    assert command.words == "nhà tôi có người sốt"
    assert not is_for_us(form_of(theirs), BOT)


def test_a_directive_takes_along_the_document_it_replies_to() -> None:
    order = replied(2, {"id": 8}, document={"file_id": "f", "file_name": "33.pdf"}, caption="gấp")
    drafted = only(message(GROUP, text="/chidao", reply_to_message=order))
    assert isinstance(drafted, DraftDirective)
    assert (drafted.words, drafted.enclosures) == ("gấp", (Enclosure("document", "f", name="33.pdf"),))
    own = {**order, "from": {"id": BOT.id}}
    assert only(message(GROUP, text="/chidao", reply_to_message=own)) == replace(drafted, words="", enclosures=())


def test_each_picture_of_an_album_names_its_album() -> None:
    heard = only(message(PRIVATE, photo=[{"file_id": "f"}], media_group_id="13"))
    assert isinstance(heard, HearMessage)
    assert heard.enclosures == (Enclosure("photo", "f", album="13"),)


def test_neighbours_talk_is_not_kept() -> None:
    assert not is_for_us(form_of(message(GROUP, text="mai họp tổ nhé bà con")), BOT)


def test_a_reply_to_the_bot_in_a_group_is_kept() -> None:
    reply = message(GROUP, text="nhà tôi ạ", reply_to_message=replied(2, ME))
    assert is_for_us(form_of(reply), BOT)
    assert isinstance(only(reply), HearMessage)


def test_a_tap_names_who_tapped_and_which_message() -> None:
    tap = {
        "update_id": 1,
        "callback_query": {
            "id": "q",
            "from": RESIDENT,
            "data": "v1|take|12",
            "message": {"message_id": 8, "chat": PRIVATE, "date": 0},
        },
    }
    command, noted = translate(tap, BOT)
    assert isinstance(command, TakeReport)
    assert noted == NoteTappedMessage(chat_id=7, message_id=8)
    assert (command.message_id, command.sender.account_id, form_of(tap).lane) == (8, 7, 7)


@pytest.mark.parametrize("field", ["migrate_to_chat_id", "migrate_from_chat_id"])
def test_a_group_that_became_a_supergroup_is_told_by_either_message(field: str) -> None:
    old, new = (-5, -100) if field == "migrate_to_chat_id" else (-100, -5)
    command = only(message(GROUP, **{field: -100}))
    assert command == MoveChat(old_chat_id=old, new_chat_id=new)


def test_a_logged_message_comes_with_its_words_and_whoever_wrote_it() -> None:
    said = replied(7, RESIDENT, text="Nhà tôi hết gạo")
    command = only(message(GROUP, text="/ghitin", reply_to_message=said))
    assert isinstance(command, LogMessage)
    assert (command.words, command.reply_to_id) == ("Nhà tôi hết gạo", 7)
    assert command.author is not None
    assert command.author.account_id == RESIDENT["id"]


def test_what_the_bot_said_itself_is_nothing_to_log() -> None:
    said = replied(7, ME, text="Bà con báo tin")
    command = only(message(GROUP, text="/log", reply_to_message=said))
    assert isinstance(command, LogMessage)
    assert (command.words, command.author) == ("", None)


def test_a_new_title_is_noted() -> None:
    command = only(message({**GROUP, "title": "Tổ 1 mới"}, new_chat_title="Tổ 1 mới"))
    assert isinstance(command, NoteTitle)
    assert command.place.title == "Tổ 1 mới"


def test_our_own_rights_are_read_from_the_change_of_membership() -> None:
    member = {"user": ME, "status": "administrator", "can_pin_messages": True, "can_delete_messages": False}
    change = {"update_id": 1, "my_chat_member": {"chat": GROUP, "from": RESIDENT, "new_chat_member": member}}
    command = only(change)
    assert isinstance(command, NoteOwnMembership)
    assert (command.present, command.is_administrator, command.may_pin, command.may_delete) == (True, True, True, False)


def test_a_person_who_blocked_the_bot_is_absent() -> None:
    member = {"user": ME, "status": "kicked"}
    change = {"my_chat_member": {"chat": PRIVATE, "from": RESIDENT, "new_chat_member": member}}
    command = only(change)
    assert isinstance(command, NoteOwnMembership)
    assert not command.present


def test_people_who_join_are_noted_and_bots_are_not() -> None:
    joined = message(GROUP, new_chat_members=[RESIDENT, {"id": 50, "is_bot": True, "first_name": "B"}])
    assert [type(command) for command in translate(joined, BOT)] == [NoteMember]


def test_an_administrator_who_hides_behind_the_group_is_nobody_we_know() -> None:
    update = message(GROUP, text="/gannhom")
    update["message"]["from"] = {"id": ANONYMOUS_ADMINISTRATOR, "is_bot": True, "first_name": "Group"}
    (command,) = translate(update, BOT)
    assert getattr(command, "sender").is_anonymous  # noqa: B009 - the command's class does not matter here


def test_an_unknown_kind_of_update_means_nothing_yet_and_breaks_nothing() -> None:
    assert translate({"update_id": 1, "poll": {"id": "1"}}, BOT) == []


def test_another_bot_is_never_answered() -> None:
    program = {"id": 4711, "is_bot": True, "first_name": "Máy khác"}
    assert translate({"message": {**message(GROUP, text="/help")["message"], "from": program}}, BOT) == []


@pytest.mark.parametrize(
    "field", [{"message_id": "7"}, {"message_id": 2**63}, {"chat": {"id": 7.5, "type": "private"}}, {"from": {}}]
)
def test_what_is_not_of_the_services_form_is_refused_with_the_place_and_without_anybodys_words(
    field: dict[str, Any],
) -> None:
    with pytest.raises(Formless, match=r"\$\.message") as refused:
        translate({"message": {**message(PRIVATE, text="Nhà tôi hết gạo")["message"], **field}}, BOT)
    assert "gạo" not in str(refused.value)


def test_half_a_letter_in_place_of_a_message_is_formless_too() -> None:
    with pytest.raises(Formless):
        translate({"update_id": 1, "message": "\udfff"}, BOT)


def test_a_file_that_nobody_could_find_is_formless() -> None:
    with pytest.raises(Formless):
        only(message(PRIVATE, voice={"file_id": ""}))


def test_a_file_is_called_by_no_half_letter_and_found_by_none() -> None:
    heard = only(message(PRIVATE, document={"file_id": "f", "file_name": "công\ud800 văn.docx"}))
    assert isinstance(heard, HearMessage)
    assert heard.enclosures == (Enclosure("document", "f", name="công văn.docx"),)
    with pytest.raises(Formless):
        only(message(PRIVATE, voice={"file_id": "f\ud800"}))


@pytest.mark.parametrize("number", [True, None, "7", 7.0, 2**63])
def test_what_is_no_number_of_a_chat_is_kept_in_no_chats_lane(number: object) -> None:
    """PostgreSQL would not keep it, and with it nothing that came in the same moment."""
    assert lane_of_formless({"message": {"chat": {"id": number}}}) == 0
    assert lane_of_formless({"message": {"chat": {"id": -100}}}) == -100
