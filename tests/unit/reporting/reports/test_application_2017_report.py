"""优质均衡 set: every part of the standard in a table, with values, limits, how many are met, and the verdict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import junheng
from junheng import workflow
from junheng.base.outcome import Outcome
from junheng.reporting.report.blocks import Cell, Table
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Figure, words_of
from junheng.verdict.judgement import Judgement

COUNTY = Path(__file__).parents[4] / "examples/county.xlsx"
STAGES = ("primary", "junior")


@pytest.fixture(scope="module")
def judgement() -> Judgement:
    return junheng.judge(COUNTY, on="2025-12-31")


@pytest.fixture(scope="module")
def found(judgement: Judgement) -> dict[str, Table]:
    return tables(workflow.report_on(judgement, "application_2017"))


def tables(report: Report) -> dict[str, Table]:
    return {block.key: block for block in report.blocks if isinstance(block, Table)}


def said(cell: Cell) -> str:
    return "".join(run.number if cell.bare and isinstance(run, Figure) else str(run) for run in cell.text)


def row_of(table: Table, label: str) -> list[str]:
    """The cells of the row that has this label."""
    return next(texts for row in table.rows if label in (texts := [said(cell) for cell in row]))


def test_every_part_of_the_standard_has_its_table(found: dict[str, Table]) -> None:
    assert list(found) == [
        "cover", "form_1", "items_eligibility", "attainment", "schools_primary", "schools_junior", "coefficients",
        "items_government", "items_quality", "form_6", "items_vetoes",
    ]  # fmt: skip
    assert "统一的表样没有见到" in words_of(found["cover"].note)


def test_every_school_judged_stands_with_seven_values_how_many_it_meets_and_what_follows(
    judgement: Judgement, found: dict[str, Table]
) -> None:
    for stage in STAGES:
        judged = judgement.in_scope.filter(pl.col("stage") == stage)
        body = found[f"schools_{stage}"].body
        assert len(body) == judged.height
        for row, own in zip(body, judged.iter_rows(named=True), strict=True):
            outcomes = [own[f"{name}__outcome"] for name in judgement.standard.resources]
            assert said(row[-2]) == str(outcomes.count("met"))
            assert row[-1].outcome == Outcome(own["outcome"])
            assert [cell.outcome for cell in row[3:10]] == [None if o == "met" else Outcome(o) for o in outcomes]


def test_the_limits_of_both_stages_are_those_of_the_standard(found: dict[str, Table]) -> None:
    assert [said(cell) for cell in found["schools_primary"].rows[1][1:8]] == [
        "4.2", "1", "0.9", "4.5", "7.5", "2000", "2.3",
    ]  # fmt: skip
    assert [said(cell) for cell in found["schools_junior"].rows[1][1:8]] == [
        "5.3", "1", "0.9", "5.8", "10.2", "2500", "2.4",
    ]  # fmt: skip


def test_the_summary_counts_every_school_once_in_each_indicator(judgement: Judgement, found: dict[str, Table]) -> None:
    summary = found["attainment"]
    listed = [int(text) for text in row_of(summary, "参加判定的学校")[1:]]
    assert listed == [judgement.in_scope.filter(pl.col("stage") == stage).height for stage in STAGES]
    for row in summary.body[: -summary.total]:
        counts = [int(said(cell)) for at in (2, 7) for cell in row[at : at + 4]]
        assert [sum(counts[:4]), sum(counts[4:])] == listed


def test_fourteen_coefficients_stand_beside_their_limits_and_each_decides(
    judgement: Judgement, found: dict[str, Table]
) -> None:
    table = found["coefficients"]
    body = table.body
    assert len(body) == 7
    decided = [cell for row in body for cell in (row[7], row[12])]
    assert len(decided) == 14
    rows = judgement.balance.filter(pl.col("limit").is_not_null())
    assert [cell.outcome for cell in decided].count(Outcome.UNMET) == rows.filter(pl.col("outcome") == "unmet").height
    assert {said(row[6]) for row in body} == {"0.50"}
    assert {said(row[11]) for row in body} == {"0.45"}


def test_fifteen_items_of_guarantee_and_nine_of_quality_with_values_and_findings(found: dict[str, Table]) -> None:
    government, quality = found["items_government"], found["items_quality"]
    assert (len(government.body) - 1, len(quality.body) - 1) == (15, 9)
    rotation = row_of(government, "教师交流轮岗")
    assert "11.54%（要求≥10%）" in rotation[2]
    assert rotation[3] == "不需认定"
    hours = row_of(government, "教师5年360学时培训完成率")
    assert "未填报" in hours[2]
    assert hours[-1] == "无法判定"
    assert said(government.rows[-1][1]) == "达标11项，未达标3项，无法判定1项"


def test_what_rules_a_county_out_has_a_finding_each(found: dict[str, Table]) -> None:
    vetoes = found["items_vetoes"]
    assert {said(row[-1]) for row in vetoes.body} == {"未发生"}
    assert row_of(vetoes, "存在以考试方式招生")[3] == "未发生"  # and not 达到, which would say that there were exams
    assert row_of(vetoes, "存在以考试方式招生")[4] == "未发现此类情形"


def test_nothing_but_unknowns_fills_every_table_with_unknowns_and_no_zero_values(judgement: Judgement) -> None:
    frames = dict(judgement.dataset.frames)
    keep = {"county_code", "school_code", "school_year", "stage", "fiscal_year"}
    for name in ("school_year", "stage_year"):
        frame = frames[name]
        frames[name] = frame.with_columns(
            pl.lit(None, frame.schema[column]).alias(column) for column in frame.columns if column not in keep
        )
    for name in ("county_year", "finance_year", "judged_item", "satisfaction", "monitoring", "class"):
        frames[name] = frames[name].clear()
    empty = junheng.judge(replace(judgement.dataset, frames=frames), on="2025-12-31")
    found = tables(workflow.report_on(empty, "application_2017"))
    values = {said(cell) for stage in STAGES for row in found[f"schools_{stage}"].body for cell in row[3:10]}
    assert not any(text.isdigit() for text in values)
    assert {said(row[-1]) for row in found["items_government"].body} <= {"无法判定", "不涉及"}
    assert row_of(found["form_6"], "满意度调查")[1] == "未填报"
    assert row_of(found["form_1"], "在校生数（人）")[1:] == ["未填报"] * 3
