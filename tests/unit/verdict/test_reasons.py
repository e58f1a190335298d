"""Reasons: every sentence carries its figures, every figure its cell and article."""

import polars as pl
import pytest
from openpyxl import load_workbook

from example import COUNTY, county_judgement
from junheng.base.outcome import Outcome
from junheng.verdict.errors import NotInJudgementError
from junheng.verdict.reasons import county_reasons, indicator_reasons, school_reasons

COUNTY_CODE = "990101"


def nodes(reason):
    yield reason
    for child in reason.children:
        yield from nodes(child)


def test_the_county_sentence_names_what_fails():
    reason = county_reasons(county_judgement(), COUNTY_CODE)
    assert reason.outcome is Outcome.UNMET
    assert "小学每百名学生拥有县级以上骨干教师数差异系数 0.502 ＞ 0.50" in reason.because


def test_every_row_and_every_item_has_its_reason():
    judgement = county_judgement()
    reason = county_reasons(judgement, COUNTY_CODE)
    assert [part.key.split("/")[1] for part in reason.children] == judgement.parts["part"].to_list()
    resources = reason.children[0]
    assert len(resources.children) == judgement.rows.height
    assert all(node.because for node in nodes(reason))


def test_every_judged_rule_is_cited():
    for node in nodes(county_reasons(county_judgement(), COUNTY_CODE)):
        if node.outcome is not None and node.key != COUNTY_CODE:
            assert node.source, node.key


def test_the_cells_hold_what_the_reason_says():
    sheets = load_workbook(COUNTY, read_only=False, data_only=True)
    judgement = county_judgement()
    checked = 0
    for school in judgement.in_scope["school_code"].unique().sort()[:10]:
        for row in school_reasons(judgement, school):
            for indicator in row.children:
                for filed in indicator.cells:
                    sheet, _, address = filed.cell.partition("!")
                    written = sheets[sheet][address].value
                    factor = 10_000 if filed.unit == "元" else 1
                    assert float(filed.value) == pytest.approx(float(written) * factor), filed
                    checked += 1
    assert checked > 200


def test_an_indicator_is_explained_to_the_cell_with_its_sum():
    (reason,) = indicator_reasons(county_judgement(), "示例县第三小学", "pe_arts_teachers_per_100")
    assert reason.outcome is Outcome.UNMET
    assert "0.6764 人/百名学生，要求 ≥ 0.9 人/百名学生，差 4 名（到余项底线 85% 差 2 名）" in reason.because
    assert [cell.label for cell in reason.cells][-1] == "在校生数"
    assert any("12 ÷ 1774 × 100 = 0.676437" in step.because for step in reason.children)


def test_a_mixed_school_says_how_its_rooms_are_shared():
    judgement = county_judgement()
    mixed = judgement.in_scope.filter(pl.col("school_kind") == "312")["school_code"][0]
    reasons = indicator_reasons(judgement, mixed, "teaching_area_per_pupil")
    assert len(reasons) == 2
    shares = [step.because for reason in reasons for step in reason.children if step.key.endswith("/split")]
    assert len(shares) == 2
    assert all("小学" in text and "× 1.1" in text for text in shares)


def test_a_row_out_of_scope_says_which_rule_leaves_it_out():
    judgement = county_judgement()
    outside = judgement.rows.filter(pl.col("left_out").is_not_null())["school_code"][0]
    (reason, *_) = school_reasons(judgement, outside)
    assert reason.outcome is None
    assert reason.because.startswith("不计入：")
    assert reason.source


def test_a_school_that_is_not_there_is_refused_with_a_hint():
    with pytest.raises(NotInJudgementError, match="请核对学校标识码"):
        school_reasons(county_judgement(), "没有的学校")


def test_an_indicator_that_is_not_there_is_refused_with_those_there_are():
    with pytest.raises(NotInJudgementError, match="可用的指标"):
        indicator_reasons(county_judgement(), "示例县第三小学", "x")


def test_a_closed_school_says_that_it_was_closed():
    judgement = county_judgement()
    closed = judgement.dataset["school"].filter(pl.col("closed_on").is_not_null())["school_code"][0]
    with pytest.raises(NotInJudgementError, match="已撤并"):
        school_reasons(judgement, closed)
