"""Scores, grades, branches and plans in the result document and the result book."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from example import DAY, county_dataset
from junheng.reporting.result import Result, result_document
from junheng.reporting.result_book import write_result_book
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge

EVERY_SCORE = load_standard(Path(__file__).parents[1] / "engines/every_score")
FILED = {
    "plan": {"finding": "partly", "score": 5.5, "responsible": "规划股", "plan": "明年补足"},
    "health": {"finding": "basically"},
    "courses": {"finding": "not_applicable"},
}


@pytest.fixture(scope="module")
def judgement():
    key = {"county_code": "990101", "school_year": 2025, "standard": EVERY_SCORE.id}
    rows = [{**key, "item": item, **about} for item, about in FILED.items()]
    filed = pl.DataFrame(rows, schema=county_dataset()["judged_item"].schema)
    dataset = replace(county_dataset(), frames={**county_dataset().frames, "judged_item": filed})
    return judge(dataset, EVERY_SCORE, DAY)


def test_the_document_of_a_scored_standard_keeps_its_schema(judgement):
    document = json.loads(result_document(judgement).model_dump_json())
    Draft202012Validator(Result.model_json_schema(mode="serialization")).validate(document)


def test_the_document_says_scores_grades_and_subtotals(judgement):
    document = result_document(judgement)
    parts = {part.part: part for part in document.counties[0].parts}
    tree = parts["government"]
    assert tree.score is None
    assert tree.score_low < tree.score_high
    assert [(branch.branch, branch.above, branch.points) for branch in tree.branches] == [
        ("a1", None, 40),
        ("a1b1", "a1", 20),
        ("a1b2", "a1", 20),
        ("a2", None, 60),
    ]
    items = {item.item: item for part in parts.values() for item in part.items}
    assert (items["plan"].score, items["plan"].points, items["plan"].branch) == (5.5, 7.5, "a1b1")
    assert (items["plan"].responsible, items["plan"].plan) == ("规划股", "明年补足")
    assert items["courses"].outcome is None
    grades = {school.grade for school in document.schools if school.outcome == "met"}
    assert grades == {"合格"}


def test_the_book_has_the_tree_with_its_subtotals_and_what_is_planned(judgement, tmp_path):
    write_result_book(judgement, tmp_path / "结果册.xlsx")
    book = load_workbook(tmp_path / "结果册.xlsx")
    subtotals = [[cell.value for cell in row] for row in book["分级得分"].iter_rows(min_row=3)]
    assert ["990101", "计分树", "　就近入学", 20, 0] in [row[:5] for row in subtotals]
    items = book["事项"]
    heads = [cell.value for cell in items[2]]
    rows = {row[heads.index("事项")]: row for row in items.iter_rows(min_row=3, values_only=True)}
    plan = dict(zip(heads, rows["规划"], strict=True))
    assert (plan["一级指标"], plan["认定"], plan["得分"]) == ("入学机会／就近入学", "部分达到", 5.5)
    assert (plan["责任科室"], plan["整改措施"]) == ("规划股", "明年补足")
    assert dict(zip(heads, rows["体质"], strict=True))["结论"] == "基本达到"
    assert dict(zip(heads, rows["课程"], strict=True))["结论"] == "不计入"
    zone = dict(zip(heads, rows["就近入学比例"], strict=True))
    assert "，要求" not in zone["数值"]
    assert "≥ 100" in zone["要求"]
    schools = book["学校判定"]
    assert [cell.value for cell in schools[2]][7:9] == ["结论", "得分"]
    assert {cell.value for cell in schools["H"]} >= {"达标（合格）"}
