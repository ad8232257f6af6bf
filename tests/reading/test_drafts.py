"""A draft's document is read apart, and whoever waits for it hears how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.directing import reading
from bot.directing.reading import ReadDraft
from bot.errands.apart import Refused as NotHandedOver
from bot.reading.kinds import GaveUp, Reason, Refused
from bot.reading.process import Progress, Reading
from handlers.commands import Command
from handlers.commands.tasks import ShowReadSoFar, TakeReading
from tests.reading import hostile
from tests.reading.hostile import TEXT
from tests.stories.document_day import DOCUMENT

PASTED = {"directive_id": 7, "file_id": "", "name": "", "words": TEXT}
FILE = {"directive_id": 7, "file_id": "file-1", "name": "33-CV-TTCH.pdf", "words": ""}


async def nothing_comes(_file_id: str) -> bytes:
    raise NotHandedOver("import.not_handed_over")


async def heed_nothing(_command: Command) -> None:
    pass


def reader() -> ReadDraft:
    return ReadDraft(nothing_comes, heed_nothing)


async def test_pasted_words_are_read_into_tasks() -> None:
    taken = await reader().do(PASTED)
    assert taken.document is not None
    assert (taken.document["number"], taken.text) == (5, TEXT)


async def test_how_far_a_long_document_has_come_is_told_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told: asyncio.Queue[Command] = asyncio.Queue()

    async def read_slowly(_data: bytes, _name: str, *, progress: Callable[[Progress], None]) -> Reading:
        for page in (1, 2):
            progress(Progress(page, 20, is_picture=True))
            heard.append(await told.get())
        return Reading(DOCUMENT, TEXT)

    heard: list[Command] = []
    monkeypatch.setattr(reading, "read_document", read_slowly)
    monkeypatch.setattr(reading, "TELL_EVERY", 0.0)
    await ReadDraft(nothing_comes, told.put).do(PASTED)
    assert heard == [ShowReadSoFar(directive_id=7, page=page, of=20) for page in (1, 2)]


async def test_what_the_service_does_not_hand_over_is_too_large() -> None:
    assert await reader().do(FILE) == TakeReading(directive_id=7, reason=Reason.TOO_LARGE.value)


@pytest.mark.parametrize(("harmful", "reason"), [(hostile.macros, Reason.MACROS), (hostile.zip_bomb, Reason.TOO_HEAVY)])
async def test_a_file_that_may_do_harm_is_said_to_at_once(harmful: Callable[[], bytes], reason: Reason) -> None:
    async def hand_over(_file_id: str) -> bytes:
        return harmful()

    read = await ReadDraft(hand_over, heed_nothing).do({**FILE, "name": "van-ban.docx"})
    assert (read.reason, read.is_harmful) == (reason.value, True)


async def test_what_takes_too_long_is_tried_once_more_and_then_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def find_it_heavy(*_: object, **__: object) -> Reading:
        raise GaveUp

    monkeypatch.setattr(reading, "read_document", find_it_heavy)
    draft = reader()
    with pytest.raises(Refused):
        await draft.do(PASTED)
    assert await draft.do(PASTED) == TakeReading(directive_id=7, reason=Reason.TOO_HEAVY.value, text=TEXT)


HEAD, TASKS = TEXT.split("1. UBND")
ALBUM = {**FILE, "name": "", "pages": [["file-1", "trang-1.txt"], ["file-2", "trang-2.txt"]]}


def album(**files: bytes) -> ReadDraft:
    async def hand_over(file_id: str) -> bytes:
        return files[file_id.replace("-", "_")]

    return ReadDraft(hand_over, heed_nothing)


async def test_a_document_in_several_files_is_read_as_one() -> None:
    taken = await album(file_1=HEAD.encode(), file_2=f"1. UBND{TASKS}".encode()).do(ALBUM)
    assert taken.document is not None
    assert (taken.document["number"], [task["no"] for task in taken.document["tasks"]]) == (5, ["1"])
    assert (taken.pages, taken.unread) == (2, ())


async def test_a_page_that_cannot_be_read_is_named_and_the_others_are_read() -> None:
    taken = await album(file_1=TEXT.encode(), file_2=b"\xff\xfe\xff").do(ALBUM)
    assert taken.document is not None
    assert (taken.pages, taken.unread) == (2, (2,))


async def test_one_harmful_file_refuses_all() -> None:
    pages = [["file-1", "trang-1.txt"], ["file-2", "trang-2.docx"]]
    taken = await album(file_1=TEXT.encode(), file_2=hostile.macros()).do({**ALBUM, "pages": pages})
    assert (taken.document, taken.is_harmful, taken.pages) == (None, True, 2)


async def test_files_that_all_cannot_be_read_say_why() -> None:
    taken = await album(file_1=b"", file_2=b"").do(ALBUM)
    assert (taken.reason, taken.pages) == (Reason.EMPTY.value, 2)
