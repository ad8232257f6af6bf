"""The cells of an office's form are named as people write them; what is no name fills nothing."""

from hypothesis import given
from hypothesis import strategies as st

from models.rules.day_figures import FIGURES
from models.rules.form_cells import CONTENTS, FormCell, content_of, read_cells


def test_cells_and_columns_are_named_in_a_line() -> None:
    cells, unread = read_cells("C5 số hộ; d5 = nhan khau, B2 ngày\ncột E mới về, Xã!F7: f0, G7 con trâu")
    assert cells == [
        FormCell("", "C", 5, "homes"),
        FormCell("", "D", 5, "people"),
        FormCell("", "B", 2, "day"),
        FormCell("", "E", 0, "returnees"),
        FormCell("Xã", "F", 7, "cases"),
    ]
    assert unread == ("G7 con trâu",)


def test_the_last_name_of_a_cell_counts() -> None:
    assert read_cells("C5 số hộ, C5 nhân khẩu")[0] == [FormCell("", "C", 5, "people")]


def test_a_form_may_hold_the_names_itself() -> None:
    assert content_of("{Số hộ}") == "homes"
    assert content_of(" {nguoi ve} ") == "returnees"
    assert content_of("Số hộ") is None
    assert content_of("{con trâu}") is None


def test_every_figure_has_a_name() -> None:
    assert {content_of(f"{{{name}}}") for name in ("số hộ", "vi phạm", "chưa tiêm")} <= set(FIGURES) <= set(CONTENTS)


@given(st.text(max_size=80))
def test_nothing_anybody_types_breaks_the_reader(line: str) -> None:
    cells, _ = read_cells(line)
    assert all(cell.content in CONTENTS for cell in cells)
