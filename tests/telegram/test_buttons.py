"""Buttons live for years in people's chats: what they carry must stay readable, short and harmless."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import LONGEST, from_data, own_fields, to_data
from handlers.commands import FromPerson, Place, Sender
from handlers.commands.checkins import AnswerForHousehold
from handlers.commands.enrolment import RefuseUnknown
from handlers.commands.reports import TakeReport
from models.rules.checkins import Answer, Source

SENDER, PLACE = Sender(7, "Bà Mẫu"), Place(7)
KNOWN_FORMS = Path(__file__).with_name("known_buttons.json")


def test_a_tap_gives_the_command_its_button_was_made_for() -> None:
    data = to_data(TakeReport, report_id=12)
    assert data == "v1|take|12"
    assert from_data(data, SENDER, PLACE, 5) == TakeReport(sender=SENDER, place=PLACE, message_id=5, report_id=12)


def test_a_button_names_answers_and_sources_by_their_words() -> None:
    data = to_data(AnswerForHousehold, round_id=1, household_id=2, answer=Answer.SOMEONE_ILL, source=Source.NEIGHBOUR)
    command = from_data(data, SENDER, PLACE, None)
    assert isinstance(command, AnswerForHousehold)
    assert (command.answer, command.source) == (Answer.SOMEONE_ILL, Source.NEIGHBOUR)


@pytest.mark.parametrize("data", ["", "v1", "v1|take", "v1|take|x", "v1|take|1|2", "v0|take|1", "v1|nothing|1", "|||"])
def test_a_button_nobody_knows_explains_itself(data: str) -> None:
    assert isinstance(from_data(data, SENDER, PLACE, 5), RefuseUnknown)


@given(st.text(max_size=64))
def test_no_forged_data_raises_an_error(data: str) -> None:
    assert isinstance(from_data(data, SENDER, PLACE, 5), FromPerson)


@given(st.integers(min_value=1, max_value=2**40), st.integers(min_value=1, max_value=2**40))
def test_the_longest_button_still_fits(round_id: int, household_id: int) -> None:
    data = to_data(
        AnswerForHousehold, round_id=round_id, household_id=household_id, answer=Answer.SOMEONE_ILL, source=Source.SELF
    )
    assert len(data.encode()) <= LONGEST


def test_buttons_already_in_peoples_chats_keep_their_meaning() -> None:
    """A verb or the order of its fields may be added to this list, never changed in it."""
    today = {verb: own_fields(command) for verb, command in sorted(FromPerson.by_verb.items())}
    known = json.loads(KNOWN_FORMS.read_text(encoding="utf-8"))
    assert {verb: today.get(verb) for verb in known} == known
    assert sorted(today) == sorted(known), "a new verb is added to known_buttons.json"
