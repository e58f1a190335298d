"""What provinces settle differently and a county writes in an overlay of its own: 师生比 by staff or by teachers."""

from pathlib import Path

import polars as pl
import pytest

from example import DAY, county_dataset
from junheng.indicators.errors import FormulaError
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.workflow import check_rules

BY_STAFF = """\
extends: CN/jiben_2012
label: {zh: 示例县基本均衡（师生比按教职工）, en: "Basic balance, staff instead of teachers"}
in_force:
  from: 2012-01-20
  checked_on: 2026-11-21
  source: {document: moe-jd-2012-3, place: 师生比口径由省规定, confidence: inferred, read_in: 县内口径}
looser_because: {teachers_per_pupil: 省规定师生比以教职工计}
changes:
  teachers_per_pupil:
    formula: {amount: staff}
"""
PUPILS_OVER = """\
extends: CN/jiben_2012
label: {{zh: 示例县基本均衡（生机比）, en: "Basic balance, pupils per computer"}}
in_force:
  from: 2012-01-20
  checked_on: 2026-11-21
  source: {{document: moe-jd-2012-3, place: 生机比口径由省规定, confidence: inferred, read_in: 县内口径}}
looser_because: {{computers_per_100: 省规定用生机比}}
changes:
  computers_per_100:
    formula: {formula}
"""
SPLIT = """\
  split:
    indicators: [teaching_area_per_pupil, sports_area_per_pupil, equipment_value_per_pupil, computers_per_100,
      books_per_pupil, teachers_per_pupil]
"""


def overlay(folder: Path, text: str):
    folder.mkdir()
    (folder / "standard.yaml").write_text(text, encoding="utf-8")
    return load_standard(folder)


def test_staff_filed_for_the_whole_school_must_be_shared_out(tmp_path):
    standard = overlay(tmp_path / "by_staff", BY_STAFF)
    errors = [problem for problem in check_rules(standard) if problem.severity == "error"]
    assert [problem.place for problem in errors] == ["teachers_per_pupil"]
    assert "教职工数" in errors[0].message
    assert "split.indicators" in errors[0].message
    with pytest.raises(FormulaError, match=r"split\.indicators"):
        judge(county_dataset(), standard, DAY)


def test_staff_is_shared_out_and_nobody_counts_twice(tmp_path):
    standard = overlay(tmp_path / "by_staff", BY_STAFF + SPLIT)
    assert [problem for problem in check_rules(standard) if problem.severity == "error"] == []
    judgement = judge(county_dataset(), standard, DAY)
    rows = judgement.in_scope.with_columns(counted=pl.col("teachers_per_pupil__value") * pl.col("pupils"))
    mixed = rows.filter(pl.col("school_kind") == "312").group_by("school_code").agg(pl.col("counted").sum(), pl.len())
    staff = judgement.dataset["school_year"].filter(pl.col("school_year") == judgement.year)
    joined = mixed.filter(pl.col("len") == 2).join(staff.select("school_code", "staff"), on="school_code")
    assert joined.height > 0
    for counted, total in joined.select("counted", "staff").iter_rows():
        assert counted == pytest.approx(total)


def test_what_is_filed_by_stage_is_not_shared_out(tmp_path):
    text = BY_STAFF.replace("{amount: staff}", "{amount: teachers}") + SPLIT
    problems = [p for p in check_rules(overlay(tmp_path / "by_stage", text)) if p.severity == "error"]
    assert [(p.place, "分学段" in p.message) for p in problems] == [("teachers_per_pupil", True)]


@pytest.mark.parametrize(
    "formula",
    [
        "{kind: ratio, amount: pupils, base: computers}",
        "{kind: ratio, amount: pupils_primary, base: computers}",
        "{kind: share, amount: teachers, base: staff}",
        "{kind: ratio, amount: books, base: [computers, teachers]}",
        "{kind: room_per_pupil, amount: computer_room_area, base: computers}",
    ],
)
def test_what_one_stage_has_is_not_divided_by_what_the_whole_school_has(tmp_path, formula):
    """300 + 300 pupils and 50 computers are 12 to one, not 6 to one in both stages."""
    standard = overlay(tmp_path / "pupils_over", PUPILS_OVER.format(formula=formula))
    problems = [problem for problem in check_rules(standard) if problem.severity == "error"]
    (problem,) = [problem for problem in problems if "分母" in problem.message]
    assert problem.place == "computers_per_100"
    assert "pupils_per" in problem.message
    with pytest.raises(FormulaError, match="分母"):
        judge(county_dataset(), standard, DAY)


@pytest.mark.parametrize(
    ("split", "problems"), [(SPLIT.replace(" computers_per_100,", ""), []), (SPLIT, ["分子和分母都按全校填报"])]
)
def test_two_whole_school_figures_are_divided_unshared(tmp_path, split, problems):
    text = PUPILS_OVER.format(formula="{kind: ratio, amount: books, base: staff}")
    standard = overlay(tmp_path / "whole", text + split.replace("teachers_per_pupil", "books_per_pupil"))
    found = [problem.message for problem in check_rules(standard) if problem.severity == "error"]
    assert [message.split("，")[0] for message in found] == problems


def test_a_school_s_indicator_cannot_use_a_column_of_the_county_s_own_table(tmp_path):
    text = BY_STAFF.replace("{amount: staff}", "{amount: resident_population}")
    standard = overlay(tmp_path / "by_population", text)
    errors = [problem for problem in check_rules(standard) if problem.severity == "error"]
    assert [(problem.place, "县基本情况" in problem.message) for problem in errors] == [("teachers_per_pupil", True)]
    with pytest.raises(FormulaError, match="常住人口"):
        judge(county_dataset(), standard, DAY)
