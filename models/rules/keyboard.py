"""What phones and hurry leave in Vietnamese text, undone: Telex and VNI keys, teencode.

The outcome serves matching only; the words a person typed are kept as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.rules.words import clean, fold

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_SET = frozenset(_TONES)

#: Keys that set a tone, each with its mark: Telex letters, VNI digits.
_TONE_KEYS = dict(zip("fsxrj21435", _TONES * 2, strict=True))

#: Keys that change a letter: Telex doubles and w, VNI digits. Longer ones first.
_LETTER_KEYS = {
    "uwow": "ươ", "uwo": "ươ", "uow": "ươ", "uo7": "ươ", "aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ",
    "uw": "ư", "a6": "â", "e6": "ê", "o6": "ô", "a8": "ă", "o7": "ơ", "u7": "ư", "dd": "đ", "d9": "đ",
}  # fmt: skip

_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|nh?|ngh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:[aeiouy]|[aeo][iouy]|[iu][aeiou]|uy|oa[iy]|oe|oo|ie[u]|ye[u]?|uo[iu]|uy[ea]|ua[y]|uu|uou)"
    r"(?:ch?|m|nh?|ng|p|t)?"
)
#: Foreign words that happen to spell a Vietnamese syllable and a tone key.
_NOT_KEYS = frozenset({"bus", "pfizer", "gas", "max", "test", "for", "oxy", "oxi", "para", "taxi", "xanax"})

#: Short forms of chat language. One letter says what it nearly always says in this place.
_SHORT = {
    "k": "không", "ko": "không", "kô": "không", "hok": "không", "hk": "không", "khum": "không", "kg": "không",
    "kh": "không", "dc": "được", "đc": "được", "ddc": "được", "đk": "được", "r": "rồi", "ng": "người",
    "ngta": "người ta", "j": "gì", "gj": "gì", "bt": "bình thường", "h": "giờ", "vs": "với", "mn": "mọi người",
    "ck": "chồng", "vk": "vợ", "e": "em", "đt": "điện thoại", "dt": "điện thoại", "sdt": "số điện thoại",
    "sđt": "số điện thoại", "hqua": "hôm qua", "hnay": "hôm nay", "trc": "trước", "bv": "bệnh viện", "cl": "cách ly",
    "clt": "cách ly tập trung", "bc": "báo cáo", "đag": "đang", "dag": "đang", "wa": "qua", "wá": "quá",
    "sp02": "spo2", "fo": "f0", "f0s": "f0", "vx": "vắc xin", "kt": "khẩu trang", "yt": "y tế", "hs": "học sinh",
    "tq": "trung quốc", "hn": "hà nội", "sg": "sài gòn", "oy": "rồi", "hông": "không", "hổng": "không",
    "hỏng": "không", "khg": "không", "hem": "không", "khôg": "không", "nỏ": "không", "0": "không", "bj": "bị",
    "z": "vậy", "zậy": "vậy", "zề": "về", "zô": "vô", "nhìu": "nhiều", "hum": "hôm", "bth": "bình thường",
    "bthg": "bình thường", "bthường": "bình thường", "tui": "tôi", "tau": "tôi", "tao": "tôi", "iem": "em",
    "bh": "bao giờ", "bgio": "bây giờ", "bn": "bệnh nhân", "xn": "xét nghiệm", "dtinh": "dương tính", "dg": "đang",
    "đg": "đang", "pk": "phải không", "lun": "luôn", "mún": "muốn", "cx": "cũng", "ntn": "như thế nào", "lm": "làm",
    "lsao": "làm sao", "cty": "công ty", "kcn": "khu công nghiệp", "dki": "đăng ký", "đki": "đăng ký",
    "dky": "đăng ký", "đky": "đăng ký", "gđ": "gia đình", "gd": "gia đình", "hcm": "sài gòn", "tphcm": "sài gòn",
    "cb": "cán bộ", "tyt": "trạm y tế", "nvyt": "y tế", "vc": "vợ chồng", "ae": "anh em", "f1s": "f1", "cov": "covid",
    "côvy": "covid", "covi": "covid", "vacin": "vắc xin", "vacxin": "vắc xin", "vaccin": "vắc xin",
    "vắcxin": "vắc xin", "bịnh": "bệnh", "mui1": "mũi 1", "mui2": "mũi 2", "mui3": "mũi 3", "mũi1": "mũi 1",
    "mũi2": "mũi 2", "mũi3": "mũi 3", "m1": "mũi 1", "m2": "mũi 2", "m3": "mũi 3", "wên": "quên", "gđình": "gia đình",
    "đthoai": "điện thoại", "xog": "xong", "vcl": "lắm", "vl": "lắm", "thg": "thằng", "rui": "rồi", "rùi": "rồi",
    "xg": "xong", "qa": "qua", "hqa": "hôm qua", "hnai": "hôm nay", "ny": "người yêu", "mik": "mình", "mk": "mình",
    "bit": "biết", "ms": "mới", "neg": "âm tính", "dtri": "điều trị", "đtri": "điều trị", "ngừi": "người",
    "ngừoi": "người", "nguoif": "người", "zạ": "vậy", "v": "vậy", "dzậy": "vậy", "dìa": "về", "zìa": "về", "dô": "vô",
    "gòi": "rồi", "ròi": "rồi", "roài": "rồi", "roy": "rồi", "nma": "nhưng mà", "nhma": "nhưng mà",
    "tnv": "tình nguyện", "kq": "kết quả", "sk": "sức khỏe", "tx": "tiếp xúc", "đht": "đi học", "ib": "inbox",
    "hsinh": "học sinh", "bs": "bác sĩ", "bsi": "bác sĩ", "bsĩ": "bác sĩ", "ytế": "y tế", "dthoai": "điện thoại",
    "hđ": "hợp đồng", "thui": "thôi", "thoy": "thôi", "đth": "điện thoại", "sđth": "số điện thoại",
    "ttin": "thông tin", "thik": "thích", "ntin": "nhắn tin", "mng": "mọi người", "mngười": "mọi người",
    "vde": "vấn đề", "cmnd": "căn cước", "chừ": "giờ", "bựa": "bữa", "hong": "không", "hôk": "không", "khôn": "không",
    "trog": "trong", "hog": "không", "khog": "không", "bít": "biết", "bik": "biết", "wê": "quê", "chẳng": "không",
    "chẵng": "không", "chả": "không", "đếch": "không", "éo": "không",
}  # fmt: skip

_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"\d+[.,]\d+|[:=]-?\)+|[😂🤣😆😁😜]|[^\W_]+|[.,;!?\n]")

#: A digit between letters, or two behind them, is typed by those whose digits are keys.
_DIGIT_INSIDE = re.compile(r"[a-z]+[1-9]+[a-z]+[1-9]?|[a-z]{2,}(?:[6789][1-5]|[1-5][6789])")
_STRAY_KEYS = re.compile(r"(?<=[a-z])[1-9fjwz]+|(?<=[aeiouy])[srx](?=[a-z])|(?<=[a-z])[srx]$")
_DOUBLED = re.compile(r"([aeod])\1|(?<=[aeo][nmcpt])[aeo]$|(?<=ng)[aeo]$")

#: A unit typed to its number: "38do5", "8tháng"; and short ones that are written out: "20k".
_UNIT = re.compile(r"(\d)(do|độ|tháng|thang|tuổi|tuoi|ngày|ngay|hộ|lần|lan)(?![^\W\d_])")
_SHORT_UNITS = {"k": "nghìn", "tr": "triệu", "ng": "người", "thag": "tháng", "thg": "tháng", "th": "tháng", "đ": "đồng"}
_SHORT_UNIT = re.compile(rf"(?<!\w)(\d+)({'|'.join(_SHORT_UNITS)})(?!\w)")

#: Behind a word that is meant as it stands.
_CERTAIN = "\u2020"
#: So many of the different words of a message have tones if its writer sets them: in Vietnamese two in three.
_TONED = 0.5

LAUGHTER = "haha"
STOPS = frozenset({",", "."})


@lru_cache(maxsize=8192)
def spell(word: str) -> str:
    """Return the word with its tone mark last, so that `hoà` and `hòa` are one word: the spelling used below."""
    parts = unicodedata.normalize("NFD", word.lower())
    tone = "".join(part for part in parts if part in _TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)) + tone


def spellings(word: str) -> frozenset[str]:
    """Return the ways a word is typed: whole, without its tone, without any mark."""
    return frozenset({*whole_spellings(word), spell(word).rstrip(_TONES), fold(word)})


def whole_spellings(word: str) -> frozenset[str]:
    """Return the ways a word is typed with all its marks, whether its writer always sets them or not."""
    whole = spell(word)
    return frozenset({whole, whole + _CERTAIN})


@lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """Return the word as it is typed without any mark."""
    return fold(word).rstrip(_CERTAIN)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a message."""

    read: str  #: As `spell` writes it.
    typed: str  #: What was typed, in lower case; several words may share it: "hqua".


def read_typed(text: str) -> list[Word]:
    """Return the words as `spell` writes them, short forms written out, clauses parted by "," and "."."""
    typed = unicodedata.normalize("NFKC", clean(text)).lower()
    typed = _SHORT_UNIT.sub(lambda unit: f"{unit[1]} {_SHORT_UNITS[unit[2]]}", _UNIT.sub(r"\1 \2 ", typed))
    pieces = _PIECE.findall(typed)
    digits_are_keys = any(_DIGIT_INSIDE.fullmatch(piece) for piece in pieces)
    return [Word(word, piece) for piece in pieces for word in _written_out(piece, digits_are_keys)]


def certain(words: Sequence[Word]) -> list[Word]:
    """Return the words; whoever sets tones means a word as it stands: there "ho" is no "hộ", and "lơ" no "lỡ"."""
    letters = {word.read for word in words if not (word.read in STOPS or _DIGIT.search(word.read))}
    toned = sum(not _TONE_SET.isdisjoint(unicodedata.normalize("NFD", read)) for read in letters)
    if toned < _TONED * len(letters):
        return list(words)
    return [Word(word.read + _CERTAIN, word.typed) if word.read in letters else word for word in words]


def read_words(text: str) -> list[str]:
    """Return the words of `read_typed` without what was typed."""
    return [word.read for word in read_typed(text)]


def _written_out(piece: str, digits_are_keys: bool) -> list[str]:
    if piece in ".;!?\n":
        return ["."]
    if piece[0] in ":=😂🤣😆😁😜":
        return [LAUGHTER]
    if piece in _SHORT:
        return [spell(word) for word in _SHORT[piece].split()]
    return [_without_keys(piece, digits_are_keys) if piece.isascii() else spell(piece)]


@lru_cache(maxsize=8192)
def _without_keys(piece: str, digits_are_keys: bool) -> str:
    """Undo the keys of an input method that was off: `khoong` is `không`, `so6t1` is `sốt`."""
    has_number = piece[-1].isdigit() and not any(letter.isdigit() for letter in piece[:-1])
    if piece in _NOT_KEYS or len(piece) < 3 or (has_number and not digits_are_keys):
        return piece
    tone = _TONE_KEYS.get(piece[-1], "")
    letters = piece[:-1] if tone else piece
    for keys, letter in _LETTER_KEYS.items():
        letters = letters.replace(keys, letter)
    return letters + tone if _SYLLABLE.fullmatch(fold(letters)) else _without_stray_keys(piece)


def _without_stray_keys(piece: str) -> str:
    """Drop keys that were hit late: `giat65` is `giật`, `khongo` is `không`; the marks are not known then."""
    if _SYLLABLE.fullmatch(piece):
        return piece
    letters = _DOUBLED.sub(lambda twice: twice[1] or "", _STRAY_KEYS.sub("", piece))
    return letters if len(letters) > 1 and letters != piece and _SYLLABLE.fullmatch(letters) else piece
