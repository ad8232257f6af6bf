"""Whether a message names somebody: a title and a name, as those who accuse somebody write them."""

from __future__ import annotations

import re

from models.rules.keyboard import spell, spellings
from models.rules.words import clean

#: Words before a name.
_TITLES = frozenset[str]().union(
    *map(spellings, ("ông", "bà", "anh", "chị", "cô", "chú", "bác", "cậu", "dì", "thím", "mợ", "thầy", "thằng", "thg")),
    *map(spellings, ("mụ", "lão", "gã", "ô", "a", "c", "nhà", "quán", "tiệm", "tên")),
)
#: Titles of two words, by which shops and people of a profession go: "nhà xe Thành Đạt", "cô giáo L.".
_OF_TWO = frozenset(
    (spell(first), spell(second))
    for first, second in (
        ("nhà", "hàng"), ("nhà", "xe"), ("nhà", "thuốc"), ("nhà", "nghỉ"), ("nhà", "trọ"), ("cửa", "hàng"),
        ("khách", "sạn"), ("công", "ty"), ("đại", "lý"), ("tạp", "hóa"), ("cô", "giáo"), ("thầy", "giáo"),
        ("bác", "sĩ"), ("y", "sĩ"), ("y", "tá"), ("hàng", "xóm"), ("dân", "phòng"), ("tài", "xế"),
        ("cắt", "tóc"), ("gội", "đầu"),
    )
)  # fmt: skip
#: Words in capitals after a title that are no names.
_NOT_NAMES = re.compile(r"[fF]\d?|[A-Z]{3,}")


def names_someone(text: str) -> bool:
    """Tell whether a title is followed by a name: "ông P", "chị Lan", "nhà A S.", "nhà xe Thành Đạt"."""
    words = re.findall(r"\w+", clean(text))
    spelt = ["", *map(spell, words)]
    return not text.isupper() and any(
        (spelt[place + 1] in _TITLES or (spelt[place], spelt[place + 1]) in _OF_TWO)
        and name[0].isupper()
        and not _NOT_NAMES.fullmatch(name)
        for place, name in enumerate(words[1:])
    )
