import random
import re

import pytest

from models.rules.codes import BadPrefix, receipt_code


def test_a_code_can_be_read_out_over_the_phone() -> None:
    draw = random.Random(7).randrange
    for _ in range(200):
        assert re.fullmatch(r"TD-[1-9]\d{4}", receipt_code(draw))


def test_the_first_and_the_last_number_are_possible_and_none_beyond() -> None:
    assert receipt_code(lambda below: 0) == "TD-10000"
    assert receipt_code(lambda below: below - 1) == "TD-99999"


def test_a_code_tells_nothing_but_the_place_the_bot_serves() -> None:
    assert receipt_code(lambda below: 38213, prefix="TTCH") == "TTCH-48213"


def test_a_place_that_runs_short_of_codes_takes_longer_ones() -> None:
    assert receipt_code(lambda below: 0, digits=6) == "TD-100000"
    assert receipt_code(lambda below: 0, digits=1) == "TD-10000"


@pytest.mark.parametrize("prefix", ["T", "td", "TĐ", "LONGER", "T1", ""])
def test_a_prefix_that_cannot_be_typed_plainly_is_refused(prefix: str) -> None:
    with pytest.raises(BadPrefix, match="two to four capital letters"):
        receipt_code(lambda below: 0, prefix)
