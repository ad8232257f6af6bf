"""Updates wait until they are confirmed."""

from __future__ import annotations

from tests.sandbox.conftest import Village


def _say(village: Village, *texts: str) -> None:
    for text in texts:
        village.hands.say(village.mai.id, village.bot.id, text)


def _texts(village: Village, **parameters: int) -> list[str]:
    return [update["message"]["text"] for update in village.call("getUpdates", None, **parameters)]


def test_an_update_comes_again_until_a_higher_offset_confirms_it(village: Village) -> None:
    _say(village, "một", "hai", "ba")
    assert _texts(village) == _texts(village) == ["một", "hai", "ba"]
    first = village.call("getUpdates", limit=1)[0]["update_id"]
    assert _texts(village, offset=first + 1) == ["hai", "ba"]
    assert _texts(village) == ["hai", "ba"]


def test_a_negative_offset_keeps_only_the_newest(village: Village) -> None:
    _say(village, "một", "hai", "ba")
    assert _texts(village, offset=-1) == ["ba"]
    assert _texts(village) == ["ba"]


def test_a_batch_is_at_most_a_hundred(village: Village) -> None:
    _say(village, *map(str, range(105)))
    assert len(_texts(village)) == 100
    assert len(_texts(village, limit=500)) == 100


def test_an_update_is_forgotten_after_a_day(village: Village) -> None:
    _say(village, "hôm qua")
    village.clock.forward(hours=24)
    assert _texts(village) == ["hôm qua"]
    village.clock.forward(seconds=1)
    assert _texts(village) == []


def test_the_wish_for_kinds_of_updates_is_remembered(village: Village) -> None:
    village.call("getUpdates", allowed_updates=["callback_query"])
    _say(village, "bỏ qua")
    assert village.call("getUpdates") == []
    village.call("getUpdates", allowed_updates=[])
    _say(village, "lại nghe")
    assert _texts(village) == ["lại nghe"]


def test_updates_can_be_doubled_and_shuffled(village: Village) -> None:
    _say(village, *map(str, range(10)))
    village.sandbox.faults.duplicate_updates = 3
    assert _texts(village) == [*map(str, range(10)), "0", "1", "2"]
    village.sandbox.faults.reorder_updates = 1
    shuffled = _texts(village)
    assert shuffled != sorted(shuffled)
    assert sorted(shuffled) == _texts(village)
