"""Hearing the chat service, and knowing for how long it was not heard."""

from __future__ import annotations

from datetime import timedelta

from bot.telegram.contact import Contact
from handlers.commands.outages import NoteContact


class Stopwatch:
    """A monotonic clock that the test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_process_that_has_just_begun_leaves_it_to_the_database_to_know_how_long_it_was() -> None:
    contact = Contact(Stopwatch())
    assert contact.note() is None
    assert contact.silence is None
    contact.hear()
    assert contact.note() == NoteContact(silent_for=None)


def test_nothing_is_noted_while_nothing_is_heard() -> None:
    watch = Stopwatch()
    contact = Contact(watch)
    contact.hear()
    contact.note()
    watch.seconds += 600
    assert contact.note() is None
    assert contact.silence == 600


def test_the_longest_silence_counts_however_soon_it_is_noted_after() -> None:
    watch = Stopwatch()
    contact = Contact(watch)
    contact.hear()
    contact.note()
    for pause in (10, 400, 5):
        watch.seconds += pause
        contact.hear()
    assert contact.note() == NoteContact(silent_for=timedelta(seconds=400))
    watch.seconds += 20
    contact.hear()
    assert contact.note() == NoteContact(silent_for=timedelta(seconds=20))
