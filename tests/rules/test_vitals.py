import pytest

from models.rules.vitals import RedFlag, Vitals, looks_like_reading, read_vitals, red_flags


@pytest.mark.parametrize(
    ("words", "vitals"),
    [
        ("38.2", Vitals(38.2)),
        ("38,2", Vitals(38.2)),
        ("37 độ 5", Vitals(37.5)),
        ("nhiet do 38do5", Vitals(38.5)),
        ("spo2 95", Vitals(oxygen=95)),
        ("sp02 la 94", Vitals(oxygen=94)),
        ("nhịp thở 22", Vitals(breaths=22)),
        ("36.8 97", Vitals(36.8, 97)),
        ("37 98 mach 80", Vitals(37, 98, pulse=80)),
        ("huyết áp 120/80 mạch 88", Vitals(pulse=88, systolic=120, diastolic=80)),
        ("sáng nay 37 độ 5, oxy 96, nhịp thở 20", Vitals(37.5, 96, 20)),
        ("spo2 9", Vitals()),
        ("nhiệt 99", Vitals()),
    ],
)
def test_values_are_read_as_people_type_them(words: str, vitals: Vitals) -> None:
    assert read_vitals(words) == vitals


@pytest.mark.parametrize(
    ("words", "is_reading"),
    [
        ("38.2", True),
        ("sáng nay 37 độ 5, oxy 96", True),
        ("nhà tôi cần 38 kg gạo", False),
        ("tổ đến lúc 17h nhé", False),
        ("khoe 1-12, om 13", False),
        ("12", False),
        ("", False),
    ],
)
def test_only_measured_values_and_nothing_else_are_taken_for_a_reading(words: str, is_reading: bool) -> None:
    assert looks_like_reading(words) is is_reading


@pytest.mark.parametrize(
    ("vitals", "age", "flags"),
    [
        (Vitals(oxygen=96), None, ()),
        (Vitals(oxygen=95), None, (RedFlag.OXYGEN,)),
        (Vitals(breaths=20), 40, ()),
        (Vitals(breaths=21), 40, (RedFlag.BREATHS,)),
        (Vitals(breaths=21), None, (RedFlag.BREATHS,)),
        (Vitals(breaths=29), 11, ()),
        (Vitals(breaths=30), 11, (RedFlag.BREATHS,)),
        (Vitals(breaths=39), 3, ()),
        (Vitals(breaths=40), 3, (RedFlag.BREATHS,)),
        (Vitals(pulse=120), None, ()),
        (Vitals(pulse=121), None, (RedFlag.PULSE,)),
        (Vitals(pulse=49), None, (RedFlag.PULSE,)),
        (Vitals(systolic=89, diastolic=70), None, (RedFlag.PRESSURE,)),
        (Vitals(systolic=100, diastolic=59), None, (RedFlag.PRESSURE,)),
        (Vitals(40.0), None, ()),
    ],
)
def test_red_flags_are_those_at_which_health_staff_are_told(
    vitals: Vitals, age: int | None, flags: tuple[RedFlag, ...]
) -> None:
    assert red_flags(vitals, age) == flags


def test_danger_said_is_a_red_flag_by_itself() -> None:
    assert red_flags(Vitals(), None, in_danger=True) == (RedFlag.DANGER,)
