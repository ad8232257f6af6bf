"""The grammar: a line teaches a way to say something, and nothing stands in it that nobody asks for."""

import re
from pathlib import Path

import pytest

from models.rules.documents import grammar as module
from models.rules.documents.grammar import Grammar, shipped, spell

HOME = Path(module.__file__).parent
LINES = """
[hour]
$hour giờ/h ($minute) (phút)
[until]
chậm/muộn nhất (là) <hour> = until
trước {lúc/thời điểm bắt đầu} <hour>+ = before
Phòng
"""


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("chậm nhất 17h", "until"),
        ("Muộn nhất là 17 giờ 30 phút", "until"),
        ("trước lúc 7h, 9h30", "before"),
        ("trước thời điểm bắt đầu 7h", "before"),
        ("Phòng", ""),
        ("PHÒNG", ""),
    ],
)
def test_a_line_says_what_may_be_missing_and_what_may_be_instead(text: str, stands_for: str) -> None:
    found = Grammar(LINES).whole("until", text)
    assert found is not None
    assert found.stands_for == stands_for


@pytest.mark.parametrize("text", ["chậm 17h", "phòng", "trước 7h", "chậm nhấtt 17h", "xchậm nhất 17h"])
def test_what_no_line_says_is_not_found(text: str) -> None:
    assert Grammar(LINES).search("until", text) is None


def test_values_are_kept_as_they_stand() -> None:
    found = Grammar(LINES).search("hour", "họp lúc 07h30")
    assert found is not None
    assert found.values == {"hour": "07", "minute": "30"}


def test_the_tone_may_stand_on_either_vowel() -> None:
    assert spell("hoà thuỷ quý ỦY UỶ") == "hòa thủy qúy ỦY ỦY"


def test_a_bracket_left_open_and_an_unknown_value_are_named() -> None:
    with pytest.raises(ValueError, match="not closed"):
        Grammar("[a]\nchậm (nhất").search("a", "chậm")
    with pytest.raises(KeyError, match="nothing"):
        Grammar("[a]\n$nothing").search("a", "chậm")


def test_every_family_is_asked_for_by_somebody() -> None:
    text = (HOME / "grammar.txt").read_text(encoding="utf-8")
    families = re.findall(r"^\[(.+)\]$", text, re.M)
    asked = set(re.findall(r"<([^<>]+)>", text))
    code = "".join(path.read_text(encoding="utf-8") for path in HOME.glob("*.py"))
    assert [family for family in families if family not in asked and f'"{family}"' not in code] == []


def test_every_line_can_be_looked_for() -> None:
    text = (HOME / "grammar.txt").read_text(encoding="utf-8")
    for family in re.findall(r"^\[(.+)\]$", text, re.M):
        assert shipped().search(family, "") is None
