"""Who reads what is confidential, and whom it never reaches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.confidential import READERS, Confidant, Ground, is_out_of_reach, readers, stays_apart
from models.rules.roles import CONFIDANTS, OFFICE_DESK, Role
from models.rules.triage import read

CHIEF = Confidant(1, frozenset({Role.COMMANDER}))
OFFICER = Confidant(2, frozenset({Role.OFFICER}))
HEALTH = Confidant(3, frozenset({Role.HEALTH}))
POLICE = Confidant(4, frozenset({Role.POLICE}))
FIRST_READER = Confidant(5, frozenset({Role.READER}))
SECOND_READER = Confidant(6, frozenset({Role.READER, Role.OFFICER}))
THIRD_READER = Confidant(7, frozenset({Role.READER}))
GUARDIAN = Confidant(8, frozenset({Role.GUARDIAN}))
DESK = [OFFICER, HEALTH, POLICE, CHIEF]


def test_two_named_people_read_it() -> None:
    people = [*DESK, FIRST_READER, SECOND_READER, THIRD_READER]
    assert readers(people, Ground.OFFICIAL, is_danger=False) == (5, 6)


def test_where_nobody_is_named_the_commander_and_one_more_read_it() -> None:
    assert readers(DESK, Ground.OFFICIAL, is_danger=False) == (1, 2)


def test_a_danger_goes_to_the_health_worker_on_call_and_one_commander() -> None:
    assert readers([HEALTH, OFFICER, CHIEF, FIRST_READER], Ground.ASKED, is_danger=True) == (1, 3)


def test_what_happens_at_home_goes_to_the_officer_named_for_it_alone() -> None:
    assert readers([*DESK, FIRST_READER, GUARDIAN], Ground.HOME, is_danger=False) == (8,)
    assert readers([HEALTH, CHIEF, FIRST_READER, GUARDIAN], Ground.HOME, is_danger=True) == (8, 1, 3)
    assert readers([*DESK, FIRST_READER], Ground.HOME, is_danger=False) == (5,)


people = st.lists(
    st.builds(
        Confidant, st.integers(1, 9), st.frozensets(st.sampled_from(sorted(OFFICE_DESK | CONFIDANTS)), min_size=1)
    ),
    max_size=9,
    unique_by=lambda each: each.person_id,
)


@given(people, st.sampled_from(Ground), st.booleans())
def test_somebody_always_reads_it_and_never_more_than_a_few(
    people: list[Confidant], ground: Ground, is_danger: bool
) -> None:
    chosen = readers(people, ground, is_danger=is_danger)
    assert len(chosen) == len(set(chosen)) <= READERS + (ground is Ground.HOME and is_danger)
    assert set(chosen) <= {each.person_id for each in people}
    assert bool(chosen) == bool(people)


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("Chồng tôi đánh tôi bầm mặt, đừng nói ai biết", Ground.HOME),
        ("bo duong sam so chau be", Ground.HOME),
        ("Ông trạm phó thu 300k tiền test mà không đưa biên lai", Ground.OFFICIAL),
        ("Xin giấu tên em, hàng xóm là F0 mà vẫn bán xôi", Ground.ASKED),
        ("Nhà tôi xin ít gạo", None),
    ],
)
def test_words_tell_what_makes_a_report_confidential(words: str, ground: Ground | None) -> None:
    proposed = read(words)
    assert (proposed.ground, proposed.confidential) == (ground, ground is not None)


def test_words_never_join_a_report_that_those_they_concern_may_read() -> None:
    assert stays_apart(Ground.OFFICIAL, None, is_confidential=False)
    assert not stays_apart(Ground.OFFICIAL, Ground.ASKED, is_confidential=True)
    assert stays_apart(Ground.HOME, Ground.ASKED, is_confidential=True)
    assert not stays_apart(Ground.HOME, Ground.HOME, is_confidential=True)
    assert not stays_apart(None, None, is_confidential=False)


def test_whoever_a_report_speaks_of_and_all_below_them_are_out_of_reach() -> None:
    assert is_out_of_reach("/1/4/", "/1/4/")
    assert is_out_of_reach("/1/4/17/", "/1/4/")
    assert not is_out_of_reach("/1/", "/1/4/")
    assert not is_out_of_reach("/1/5/", "/1/4/")
    assert not is_out_of_reach("/1/4/", None)
