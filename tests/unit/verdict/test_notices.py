"""Notices: what should be known before one relies on a verdict."""

from dataclasses import replace
from datetime import date

import pytest

from example import county_judgement
from junheng.verdict.notices import notices


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
