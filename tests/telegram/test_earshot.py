"""Hearing the chat service, and knowing for how long it was not heard."""

from __future__ import annotations

from datetime import timedelta

from bot.telegram.earshot import Earshot
from handlers.commands.outages import NoteHeard


class Stopwatch:
    """A monotonic clock that the test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_process_that_has_just_begun_leaves_it_to_the_database_to_know_how_long_it_was() -> None:
    earshot = Earshot(Stopwatch())
    assert earshot.note() is None
    assert earshot.silence is None
    earshot.hear()
    assert earshot.note() == NoteHeard(silent_for=None)


def test_nothing_is_noted_while_nothing_is_heard() -> None:
    watch = Stopwatch()
    earshot = Earshot(watch)
    earshot.hear()
    earshot.note()
    watch.seconds += 600
    assert earshot.note() is None
    assert earshot.silence == 600


def test_the_longest_silence_counts_however_soon_it_is_noted_after() -> None:
    watch = Stopwatch()
    earshot = Earshot(watch)
    earshot.hear()
    earshot.note()
    for pause in (10, 400, 5):
        watch.seconds += pause
        earshot.hear()
    assert earshot.note() == NoteHeard(silent_for=timedelta(seconds=400))
    watch.seconds += 20
    earshot.hear()
    assert earshot.note() == NoteHeard(silent_for=timedelta(seconds=20))
