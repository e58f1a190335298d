"""Notices: what should be known before one relies on a verdict."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from example import county_judgement
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.verdict.notices import notices
from strategies import DAY, YEAR, dataset_of, school_row, tables_of


def test_fresh_data_and_rules_need_no_notice():
    assert not any("核对于" in notice or "学年" in notice for notice in notices(county_judgement()))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 1), "评估日期在 2026 学年，判定用的是 2025 学年"),
        (date(2028, 1, 1), "最近核对于 2026-11-21"),
    ],
)
def test_what_may_be_out_of_date_is_said(day, words):
    assert any(words in notice for notice in notices(replace(county_judgement(), day=day)))


def test_a_coefficient_next_to_its_limit_is_said():
    judgement = county_judgement()
    near = replace(judgement, balance=judgement.balance.with_columns(near=True))
    assert any("差异系数与限值之差小于 0.0005" in text and "等 14 项" in text for text in notices(near))


@pytest.mark.parametrize(
    ("filed", "told"),
    [
        ({"music_rooms": 1}, False),
        ({"lab_area": Decimal(86)}, False),
        ({"lab_area": Decimal("85.9999")}, True),
        ({"lab_area": Decimal("85.9")}, False),
    ],
)
def test_a_value_next_to_its_limit_is_said_unless_it_is_a_whole_number(filed, told):
    """A room that is there is one room, exactly; 85.9999 ㎡ may be 86."""
    standard, code = load_standard("CN-61/banxue"), "320000000001"
    rows = {
        "school": [school_row(code, "320000")],
        "school_year": [{"school_code": code, "school_year": YEAR, **filed}],
        "stage_year": [{"school_code": code, "school_year": YEAR, "stage": "primary", "pupils": 100}],
    }
    judgement = judge(dataset_of(tables_of(standard), rows), standard, DAY)
    assert any("学校指标与限值之差小于 0.0005" in notice for notice in notices(judgement)) == told
