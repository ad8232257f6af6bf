"""Every sentence exists in every language, and keeps its promises about length and wording."""

import re
import string
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog, Message
from structlog.testing import capture_logs

from bot.catalogue import LOCALES, Catalogues, Say, SentenceMissing, languages, read_language

HOUSE = Path(__file__).parent.parent
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FOUR_IN_THE_AFTERNOON = datetime(2021, 7, 20, 9, 0, tzinfo=UTC)

LABELS_OTHER_TOOLS_RELY_ON = {
    "report_to_team": "Báo tin cho tổ",
    "urgent_help": "Cần giúp gấp",
    "send": "Gửi",
    "cancel": "Huỷ",
    "approve": "Duyệt",
    "take": "Tôi nhận việc",
    "reply": "Trả lời",
    "to_sender": "Gửi người báo",
    "internal_note": "Ghi chú nội bộ",
    "escalate": "Báo cấp trên",
    "hand_down": "Giao cấp dưới",
    "result": "Ghi kết quả",
    "helped": "Đã được giúp",
    "not_helped": "Vẫn chưa được",
    "all_groups": "Tất cả nhóm",
    "staff_only": "Chỉ cán bộ",
    "choose_places": "Chọn nơi nhận",
    "alarm": "Báo động",
    "acknowledge": "Đã nhận",
    "done": "Đã làm xong",
    "ask": "Xin hỏi thêm",
    "missing_units": "Đơn vị chưa nhận",
    "chase": "Đôn đốc",
    "correct": "Đính chính",
    "withdraw": "Thu hồi",
    "all_well": "Cả nhà khỏe",
    "someone_ill": "Có người ốm",
    "need_help": "Cần hỗ trợ",
}


@cache
def catalogue(language: str) -> Catalog:
    return read_language(language)


def messages(language: str) -> dict[str, Message]:
    return {id_of(message): message for message in catalogue(language) if message.id}


def id_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(message: Message) -> set[str]:
    return {name for form in forms(message) for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.fixture(scope="module")
def vietnamese() -> Say:
    return Catalogues.load(strict=True).in_language("vi")


@pytest.fixture(scope="module")
def english() -> Say:
    return Catalogues.load(strict=True).in_language("en")


def test_the_bot_speaks_vietnamese_first_and_english() -> None:
    assert languages()[0] == "vi"
    assert "en" in languages()


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_sentence(language: str) -> None:
    assert messages(language).keys() == messages("vi").keys()


@pytest.mark.parametrize("language", languages())
def test_every_translation_fills_in_the_same_values(language: str) -> None:
    differing = {
        key: (placeholders(message), placeholders(messages("vi")[key]))
        for key, message in messages(language).items()
        if placeholders(message) != placeholders(messages("vi")[key])
    }
    assert differing == {}


@pytest.mark.parametrize("language", languages())
def test_every_sentence_is_written_and_in_composed_letters(language: str) -> None:
    for key, message in messages(language).items():
        for form in forms(message):
            assert form.strip(), key
            assert form == unicodedata.normalize("NFC", form), key


@pytest.mark.parametrize("language", languages())
def test_every_number_has_its_plural_forms(language: str) -> None:
    for key, message in messages(language).items():
        if message.pluralizable:
            assert message.id == (key, key)
            assert len(forms(message)) == catalogue(language).num_plurals, key


@pytest.mark.parametrize("family", sorted({path.name for path in LOCALES.glob("*/*.po")}))
def test_a_sentence_is_in_the_same_family_in_every_language(family: str) -> None:
    ids = {
        language: set(re.findall(r'^msgid "(.+)"$', (LOCALES / language / family).read_text("utf-8"), re.M))
        for language in languages()
    }
    assert all(found == ids["vi"] for found in ids.values())


@pytest.mark.parametrize("language", languages())
def test_a_sentence_is_written_once(language: str) -> None:
    ids = [
        name
        for family in (LOCALES / language).glob("*.po")
        for name in re.findall(r'^msgid "(.+)"$', family.read_text("utf-8"), re.M)
    ]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


@pytest.mark.parametrize("language", languages())
def test_a_button_fits_an_old_phone(language: str) -> None:
    buttons = {key: message for key, message in messages(language).items() if key.startswith("button.")}
    assert buttons
    assert {key: form for key, b in buttons.items() for form in forms(b) if len(form) > 16} == {}


@pytest.mark.parametrize(("name", "label"), LABELS_OTHER_TOOLS_RELY_ON.items())
def test_the_labels_other_tools_rely_on_stay_letter_for_letter(vietnamese: Say, name: str, label: str) -> None:
    assert vietnamese(f"button.{name}") == label


def test_peoples_braces_mean_nothing() -> None:
    filled = sentence_of("Tin của {name}: {words}", name="{words}", words="{0} {name.__class__} {")
    assert filled == "Tin của {words}: {0} {name.__class__} {"


def sentence_of(template: str, **values: object) -> str:
    return Say("vi")._fill("a.test", template, values)


def test_a_missing_sentence_raises_in_a_test() -> None:
    with pytest.raises(SentenceMissing, match=r"report\.nowhere"):
        Catalogues.load(strict=True).in_language("vi")("report.nowhere")


def test_a_missing_sentence_is_never_shown_as_an_id() -> None:
    with capture_logs() as logged:
        shown = Catalogues.load().in_language("en")("report.nowhere", code="TD-48213")
    assert "report.nowhere" not in shown
    assert "not written yet" in shown
    assert logged[0]["id"] == "report.nowhere"


def test_a_forgotten_value_raises_in_a_test_and_is_bridged_for_a_person() -> None:
    with pytest.raises(SentenceMissing, match="code"):
        Say("vi", strict=True)._fill("a.test", "Mã {code}", {})
    with capture_logs() as logged:
        assert Say("vi")._fill("a.test", "Mã {code}", {}) == "Mã …"
    assert logged[0]["value"] == "code"


def test_an_unknown_language_is_answered_in_vietnamese() -> None:
    assert Catalogues.load().in_language("hmn")("button.send") == "Gửi"


def test_moments_are_said_as_people_of_the_place_say_them(vietnamese: Say, english: Say) -> None:
    assert vietnamese.moment(FOUR_IN_THE_AFTERNOON, VIETNAM) == "16:00 ngày 20/7"
    assert english.moment(FOUR_IN_THE_AFTERNOON, VIETNAM) == "16:00 on 20 July"
    assert vietnamese.clock(FOUR_IN_THE_AFTERNOON, VIETNAM) == "16:00"
    assert vietnamese.day(date(2021, 7, 20)) == "20/7/2021"


@pytest.mark.parametrize(
    ("span", "in_vietnamese", "in_english"),
    [
        (timedelta(seconds=45), "45 giây", "45 seconds"),
        (timedelta(minutes=1), "1 phút", "1 minute"),
        (timedelta(minutes=29, seconds=1), "30 phút", "30 minutes"),
        (timedelta(hours=4), "4 giờ", "4 hours"),
        (timedelta(minutes=90), "1 giờ 30 phút", "1 hour 30 minutes"),
        (timedelta(hours=24), "24 giờ", "24 hours"),
        (timedelta(days=2), "2 ngày", "2 days"),
        (timedelta(days=2, hours=3), "2 ngày 3 giờ", "2 days 3 hours"),
    ],
)
def test_spans_are_said_in_units_people_use(
    vietnamese: Say, english: Say, span: timedelta, in_vietnamese: str, in_english: str
) -> None:
    assert vietnamese.duration(span) == in_vietnamese
    assert english.duration(span) == in_english


def test_vietnamese_counts_in_one_form_and_english_in_two(vietnamese: Say, english: Say) -> None:
    assert [vietnamese.count("count.unit", n) for n in (1, 42_000)] == ["1 đơn vị", "42.000 đơn vị"]
    assert [english.count("count.unit", n) for n in (1, 42_000)] == ["1 unit", "42,000 units"]


def test_every_sentence_is_used_somewhere() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sources_that_may_say_something())
    words = set(re.findall(r"[\"']([\w.]+)[\"']", code)) | {f"button.{label}" for label in LABELS_OTHER_TOOLS_RELY_ON}
    # An id may be put together from a beginning and a value, as f"role.{role}" and f"source_{source}" are.
    beginnings = set(re.findall(r"f[\"']([\w.]+[._])\{", code)) - {f"{name}." for name in FAMILIES}
    unused = [key for key in messages("vi") if not is_said(key, words, tuple(beginnings))]
    assert unused == []


#: Families of which code says whole ids, or the last word alone: only a full name counts as a use.
FAMILIES = {"button", "story", "reports", "checkins", "directives", "binding", "grants", "enrolment", "run", "count"}


def sources_that_may_say_something() -> list[Path]:
    return [path for folder in ("bot", "handlers", "models") for path in (HOUSE / folder).rglob("*.py")]


def is_said(key: str, words: set[str], beginnings: tuple[str, ...]) -> bool:
    """Whether the code names the sentence, by its whole id or by what follows the family."""
    rest = key.partition(".")[2]
    return key in words or rest in words or key.startswith(beginnings) or rest.startswith(beginnings)
