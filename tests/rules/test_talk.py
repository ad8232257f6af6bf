"""Among neighbours most words are talk; what a team would act on is offered to it."""

from __future__ import annotations

import pytest

from models.rules import triage
from models.rules.talk import looks_like_report, tells_of_something


@pytest.mark.parametrize("words", ["Nhà tôi hết gạo mấy hôm rồi bà con ơi", "Bố tôi khó thở tím tái", "Cháu sốt 39 độ"])
def test_need_and_danger_look_like_a_report(words: str) -> None:
    assert looks_like_report(triage.read(words))


@pytest.mark.parametrize("words", ["Tối nay ai đi xem bóng không", "Vâng cảm ơn tổ", "Cả nhà khỏe ạ"])
def test_talk_thanks_and_good_news_do_not(words: str) -> None:
    assert not looks_like_report(triage.read(words))
    assert not tells_of_something(triage.read(words))
