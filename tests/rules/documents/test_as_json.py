"""A document that was written down as JSON is the same document when it is read back."""

import json
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.documents.as_json import from_json, to_json
from models.rules.documents.document import Deadline, Document, PartialDate, Reference, Task

MONTHS, DAYS = st.integers(1, 12), st.integers(1, 31)
DATES = st.one_of(
    st.builds(PartialDate, st.integers(1000, 9999)),
    st.builds(PartialDate, st.integers(1000, 9999), quarter=st.integers(1, 4)),
    st.builds(PartialDate, st.none() | st.integers(1000, 9999), MONTHS, st.none() | DAYS),
)
DEADLINES = st.builds(
    Deadline,
    date=st.none() | DATES,
    time=st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0, fold=0)),
    within=st.none() | st.integers(1, 1000).map(lambda hours: timedelta(hours=hours)),
)
TASKS = st.builds(Task, deadlines=st.lists(DEADLINES, max_size=2).map(tuple))
REFERENCES = st.builds(Reference, date=st.none() | DATES)
DOCUMENTS = st.builds(
    Document,
    date=st.none() | DATES,
    tasks=st.lists(TASKS, max_size=2).map(tuple),
    references=st.lists(REFERENCES, max_size=2).map(tuple),
)


@given(DATES)
def test_a_date_is_as_complete_after_writing_as_before(written: PartialDate) -> None:
    assert PartialDate.parse(str(written)) == written


def test_dates_are_written_as_programs_expect() -> None:
    dates = [PartialDate(2021, 11, 2), PartialDate(2021, 9), PartialDate(2021), PartialDate(2022, quarter=1)]
    assert [str(date) for date in dates] == ["2021-11-02", "2021-09", "2021", "2022-Q1"]


@given(DOCUMENTS)
def test_a_document_is_the_same_when_it_is_read_back(document: Document) -> None:
    assert from_json(json.loads(json.dumps(to_json(document)))) == document
