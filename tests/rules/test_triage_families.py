"""Families of the lexicon, each by messages that its lines must reach and by such as only look like them."""

import pytest

from models.rules import readings
from models.rules.keyboard import read_words
from models.rules.leanings import CONFIDENTIAL, Leanings
from models.rules.triage import Category, Urgency, read

LEXICON_ALONE = Leanings([])


@pytest.mark.parametrize(
    "text",
    [
        "em thắt xong sợi dây rồi, nhắn mẹ em hộ",
        "lát nữa con đi tìm bà ngoại trên trời",
        "mai chắc không còn ai thấy em nữa đâu, em đi đây",
        "co nguoi de dep lai tren cau roi loi dan ra giua song",
        "mấy đứa tắm sông, một đứa chới với rồi mất hút",
        "cháu bé bị kẹt trong xe ô tô, cửa khóa, nắng lắm",
        "đêm nào dượng cũng vào phòng con, dượng cầm sẵn roi ngoài cửa",
    ],
)
def test_farewells_hints_of_drowning_and_children_locked_in_are_called_at_once(text: str) -> None:
    assert read(text, LEXICON_ALONE).urgency is Urgency.P1


@pytest.mark.parametrize(
    "text",
    [
        "sang nay troi mat qua",
        "no da chay xe ra cho roi",
        "mai vao vien tham nguoi nha",
        "truong hoc phai dong cua may hom",
        "nho mua giup cai am sac thuoc",
        "trong khu co cho hut thuoc khong",
        "ngu mot giac la het thoi",
        "xin cai ao am cho con di hoc",
        "nha de may do o dau cung duoc",
        "bao gio co doi thieu nien ra quan",
        "tay sung bang cai cut chi",
    ],
)
def test_words_that_are_a_danger_only_with_other_marks_wake_nobody(text: str) -> None:
    assert read(text, LEXICON_ALONE).urgency is not Urgency.P1


@pytest.mark.parametrize(
    "text",
    [
        "thằng bé rớt ao hôm nọ đi học lại rồi",
        "em bị ngất lúc lấy máu hồi trước",
        "cháu co giật hồi 1 tuổi, giờ tiêm được không",
        "trẻ hay co giật khi sốt thì nhà để sẵn thuốc gì",
        "dê nhà tui đẻ rớt, con non tím ngắt, thú y số mấy",
        "gọi hồi tối chuông đổ mà im re",
        "cười xỉu ngang xỉu dọc",
        "mẹ em nhịp thở 18 mạch 70 huyết áp 110/70 oxy 98",
        "thang sau di may bay duoc khong",
        "duong day nong cu bao tam khoa",
    ],
)
def test_what_was_long_ago_a_beast_or_laughter_wakes_nobody(text: str) -> None:
    assert read(text, LEXICON_ALONE).urgency is not Urgency.P1


def test_one_sign_of_danger_yields_to_what_all_other_words_lean_to_and_two_do_not() -> None:
    learnt = Leanings([("hội ngả nghiêng", [Category.OTHER]), ("mau lên", [Category.EMERGENCY])] * 20)
    assert read("hội ngả nghiêng, bất tỉnh", learnt).urgency is not Urgency.P1
    assert read("hội ngả nghiêng, bất tỉnh, tím tái", learnt).urgency is Urgency.P1


@pytest.mark.parametrize(
    "text",
    [
        "xin giấu, sếp bắt ghi khống số mũi",
        "đừng đăng lên nhóm: em ho sốt hai hôm nay",
        "bà chủ vườn không cho thợ đeo khẩu trang",
        "cô văn phòng chụp hồ sơ của tôi rồi gửi cho người khác",
        "méc nhỏ thôi, bên kia tụ tập nhậu",
        "đừng nhắc tên tui, tui xin vay ít gạo",
        "đứa nhỏ nhà bên tay đầy vết tàn thuốc",
    ],
)
def test_who_fears_to_be_known_or_points_at_somebody_by_trade_is_heard_in_confidence(text: str) -> None:
    assert read(text, LEXICON_ALONE).confidential


def test_what_is_told_in_confidence_is_learnt_from_the_examples_too() -> None:
    told = [("chỗ bác Tư lén xẻ gỗ", ["violation", CONFIDENTIAL]), ("chợ đông quá", ["other"])] * 20
    assert read("chỗ đó lén xẻ gỗ", Leanings(told)).confidential
    assert not read("chợ đó đông quá", Leanings(told)).confidential


def test_good_readings_say_that_somebody_is_well() -> None:
    assert read("spo2 98 nhip tho 18 huyet ap 120/80, ca nha binh thuong").category is Category.WELLNESS
    assert readings.are_good(read_words("spo2 98, nhịp thở 18"))
    assert readings.are_good(read_words("đo 36,7 độ"))
    assert not readings.are_good(read_words("spo2 98, nhịp thở 34"))
    assert not readings.are_good(read_words("spo2 98, 38,5 độ"))
    assert not readings.are_good(read_words("cả nhà khỏe"))
