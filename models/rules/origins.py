"""Where people come from, as typed in a hurry: `HN`, `sg`, `binh duong` are the places everybody knows."""

from __future__ import annotations

import re

from models.rules.words import clean, fold

#: The provinces and cities of 2021; their old names live on in people's mouths.
_PROVINCES = (
    "An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước,"
    "Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai,"
    "Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang,"
    "Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ,"
    "Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình,"
    "Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Tiền Giang, TP. Hồ Chí Minh, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc,"
    "Yên Bái, Trung Quốc, Lào, Campuchia"
)
#: Other ways in which they are written, folded; what may be two places is left out, and kept as typed.
_SHORT = {
    "TP. Hồ Chí Minh": "sg, sai gon, hcm, tphcm, tp hcm, ho chi minh, thanh pho ho chi minh, tp ho chi minh",
    "Hà Nội": "hn, ha noi, tp ha noi",
    "Bình Dương": "bd, b duong",
    "Hải Phòng": "hp",
    "Bắc Ninh": "bn",
    "Bắc Giang": "bg",
    "Quảng Ninh": "qn",
    "Trung Quốc": "tq",
    "Thừa Thiên Huế": "hue",
    "Bà Rịa - Vũng Tàu": "vung tau, brvt",
    "Đắk Lắk": "dac lac, dak lak, daklak",
    "Campuchia": "cam, cpc, cam pu chia",
}


def _known() -> dict[str, str]:
    names = [name.strip() for name in _PROVINCES.split(",")]
    short = {way.strip(): name for name, ways in _SHORT.items() for way in ways.split(",")}
    return {**{_plain(name): name for name in names}, **short}


def _plain(place: str) -> str:
    return " ".join(re.findall(r"\w+", fold(place)))


_KNOWN = _known()


def as_place(typed: str) -> str:
    """Return the place as everybody writes it; one that is not known as typed, with a capital where it has none."""
    written = " ".join(clean(typed).split())
    known = _KNOWN.get(_plain(written))
    if known is not None:
        return known
    return written if written != written.lower() else written.title()


def is_known(typed: str) -> bool:
    """Whether these words are a place everybody knows."""
    return _plain(typed) in _KNOWN
