"""A report that was kept says what it said: every figure, every span, every word."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.base.outcome import Outcome
from junheng.reporting.report.blocks import Cell, Chart, Contents, Heading, PageBreak, Paragraph, Table
from junheng.reporting.report.report import Provenance, Report
from junheng.reporting.report.runs import Figure, Name, Note, Quote
from junheng.reporting.report.serial import from_json, to_json

_WORDS = st.text("县校一0.5“<&\u200b", max_size=4)
_NUMBERS = st.one_of(
    st.none(),
    st.integers(),
    st.fractions(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False),
)
_FIGURES = st.builds(
    Figure, _WORDS, _NUMBERS, _WORDS, st.integers(0, 6), st.booleans(), st.just("未填报"), _WORDS, _WORDS
)
_NAMES = st.builds(Name, _WORDS, st.sampled_from(["county", "town", "school", "office", "person"]))
_PLAIN = st.one_of(_WORDS, _FIGURES, _NAMES, st.builds(Quote, _WORDS))
_LINES = st.lists(st.one_of(_PLAIN, st.builds(Note, st.lists(_PLAIN, max_size=2).map(tuple))), max_size=3).map(tuple)
_CELLS = st.builds(
    Cell, _LINES, align=st.sampled_from([None, "left", "right"]), outcome=st.sampled_from([None, *Outcome]),
    label=st.booleans(),
)  # fmt: skip
_TABLES = st.builds(
    lambda rows, caption, total: Table("balance", caption, (2.5, 1.0), rows, note=caption, unit="元", total=total),
    st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=3).map(tuple),
    _LINES,
    st.integers(0, 1),
)
_BLOCKS = st.one_of(
    st.builds(Heading, _LINES, st.integers(1, 4), st.booleans(), st.booleans()),
    st.builds(Paragraph, _LINES, st.sampled_from(["body", "note", "signature"])),
    _TABLES,
    st.builds(lambda caption: Chart("cv", caption, {"data": {"values": [{"cv": 0.1}]}}, "说明"), _LINES),
    st.builds(Contents),
    st.builds(PageBreak),
)
_PROVENANCES = st.builds(
    Provenance, _WORDS, _WORDS, _WORDS, st.one_of(st.none(), st.dates()), st.one_of(st.none(), st.integers()),
    st.just("1.0"), st.integers(0, 3), st.lists(st.tuples(_WORDS, _WORDS), max_size=2).map(tuple),
)  # fmt: skip
_REPORTS = st.builds(
    Report, st.just("self_assessment"), _LINES, _LINES, st.lists(_BLOCKS, max_size=4).map(tuple), _PROVENANCES,
    st.booleans(), st.booleans(),
)  # fmt: skip


@settings(max_examples=60)
@given(_REPORTS)
def test_what_is_read_back_is_the_report_itself(report):
    again = from_json(to_json(report))
    assert again == report
    assert [type(figure.value) for figure in again.figures()] == [type(figure.value) for figure in report.figures()]
    assert again.checksum == report.checksum


def test_spans_and_exact_numbers_survive():
    wide = Cell((Figure("a", Fraction(1, 3)), Figure("b", Decimal("0.10"), digits=2, fixed=True)), columns=2)
    tall = Cell(("小学",), rows=2, label=True)
    rows = ((wide, Cell()), (tall, Cell(), Cell()), (Cell(), Cell()))
    table = Table("t", ("表",), (1.0, 1.0, 1.0), rows, head=1, landscape=True)
    provenance = Provenance("abc", "CN/youzhi_2017", "标准", date(2025, 12, 31), 2025, "1.0")
    report = Report("x", ("报告",), (), (table,), provenance)
    assert from_json(to_json(report)) == report


def test_a_report_of_a_later_version_is_not_misread():
    with pytest.raises(ValueError, match="not a report"):
        from_json(json.dumps({"format": 2}))
