"""基础数据统计表: schools add up to towns and towns to the county, blanks are marked, and nobody is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

import junheng
from junheng import workflow
from junheng.base.outcome import Outcome
from junheng.reporting.report.blocks import Cell, Table
from junheng.reporting.report.runs import Figure, words_of
from junheng.verdict.judgement import Judgement

COUNTY = Path(__file__).parents[4] / "examples/county.xlsx"
SHEETS = ("schools", "pupils", "teachers", "conditions")


@pytest.fixture(scope="module")
def judgement() -> Judgement:
    return junheng.judge(COUNTY, on="2025-12-31")


@pytest.fixture(scope="module")
def found(judgement: Judgement) -> dict[str, Table]:
    return made(judgement)


def made(judgement: Judgement) -> dict[str, Table]:
    report = workflow.report_on(judgement, "base_tables", earlier=[judgement])
    return {block.key: block for block in report.blocks if isinstance(block, Table)}


def changed(judgement: Judgement, **frames: pl.DataFrame) -> dict[str, Table]:
    dataset = replace(judgement.dataset, frames={**judgement.dataset.frames, **frames})
    return made(junheng.judge(dataset, on="2025-12-31"))


def value(cell: Cell) -> Fraction | None:
    return next(
        (None if run.value is None else Fraction(run.value) for run in cell.text if isinstance(run, Figure)), None
    )


def said(cell: Cell) -> str:
    return "".join(str(run) for run in cell.text)


def split(table: Table) -> tuple[list[tuple[Cell, ...]], list[tuple[Cell, ...]]]:
    """Rows of schools, and rows of towns' sums."""
    body = table.body[: -table.total]
    return [row for row in body if not row[0].label], [row for row in body if row[0].label]


def test_four_tables_each_by_school_and_by_town(found: dict[str, Table]) -> None:
    assert list(found) == [f"{sheet}_by_{way}" for sheet in SHEETS for way in ("school", "town")]
    assert words_of(found["conditions_by_town"].caption) == "表五　办学条件情况（县级汇总表）"


@pytest.mark.parametrize("sheet", SHEETS)
def test_schools_add_up_to_their_town_and_towns_to_the_county(found: dict[str, Table], sheet: str) -> None:
    table = found[f"{sheet}_by_school"]
    schools, towns = split(table)
    columns = len(table.rows[-1]) - 1
    assert len(towns) == 12
    for at in range(1, columns + 1):
        of_schools = sum(value(row[-at]) or 0 for row in schools)
        assert of_schools == sum(value(row[-at]) or 0 for row in towns) == value(table.rows[-1][-at])
    for town in towns:
        name = said(town[0]).removesuffix("小计")
        own = [row for row in schools if said(row[0]) == name]
        assert sum(value(row[-1]) or 0 for row in own) == (value(town[-1]) or 0)


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_county_is_reconciled_at_the_foot_of_every_summary(found: dict[str, Table], sheet: str) -> None:
    table = found[f"{sheet}_by_town"]
    foot = {said(row[0]): row for row in table.rows[-table.total :]}
    assert {said(cell) for cell in foot["核对：县＝乡镇＝学校"][2:]} == {"相符"}
    three = [[value(cell) for cell in foot[label][2:]] for label in ("各乡镇之和", "各校之和", "县汇总数")]
    assert three[0] == three[1] == three[2]


def test_pupils_are_those_of_compulsory_education(judgement: Judgement, found: dict[str, Table]) -> None:
    filed = judgement.dataset["stage_year"].filter(pl.col("school_year") == 2025, pl.col("stage") != "senior")
    table = found["pupils_by_school"]
    schools, _ = split(table)
    assert len(schools) == filed.height
    assert value(table.rows[-1][1]) == filed["pupils"].sum()


def test_a_sum_that_lacks_a_school_is_marked_and_the_blank_counted(found: dict[str, Table]) -> None:
    table = found["teachers_by_town"]
    blanks = next(row for row in table.rows if said(row[0]).startswith("未填报"))
    at = next(index for index, cell in enumerate(blanks) if index > 1 and value(cell))
    marked = [row for row in table.body[: -table.total] if "＊" in said(row[at])]
    assert len(marked) == 1
    unmarked = [index for index, cell in enumerate(blanks) if index > 1 and not value(cell)]
    assert not any("＊" in said(row[index]) for row in table.body for index in unmarked)


def test_schools_whose_town_is_blank_are_a_group_of_their_own(judgement: Judgement) -> None:
    school = judgement.dataset["school"]
    town = pl.when(pl.col("school_code").is_in(["9901010001", "9901010002"])).then(None).otherwise("town").alias("town")
    found = changed(judgement, school=school.with_columns(town))
    schools, towns = split(found["pupils_by_school"])
    assert [said(row[1]) for row in schools if "未填" in said(row[0])] == ["示例县第一小学", "示例县第二小学"]
    assert len(towns) == 13
    assert {said(cell) for cell in found["pupils_by_town"].rows[-1][2:]} == {"相符"}


def test_a_column_that_nobody_filed_is_blank_in_every_row_and_no_zero(judgement: Judgement) -> None:
    frame = judgement.dataset["school_year"]
    found = changed(judgement, school_year=frame.with_columns(pl.lit(None, frame.schema["books"]).alias("books")))
    table = found["conditions_by_town"]
    at = next(index for index, cell in enumerate(table.rows[0]) if "图书" in said(cell))
    assert {said(row[at]) for row in table.body[: -table.total]} == {"未填报"}
    assert table.rows[-1][at].outcome is Outcome.MET
    schools, _ = split(found["conditions_by_school"])
    assert {said(row[at]) for row in schools} == {"未填报"}


@pytest.mark.slow
def test_a_county_of_five_hundred_schools_with_very_long_names_loses_none(judgement: Judgement) -> None:
    frames = {}
    more = "（云岭市青禾县第一实验九年一贯制学校东校区暨附属特殊教育资源中心分校）"
    for name in ("school", "school_year", "stage_year", "class"):
        frame = judgement.dataset[name]
        copies = [frame.with_columns(school_code=pl.lit(copy) + pl.col("school_code")) for copy in "1234"]
        frames[name] = pl.concat(copies)
    frames["school"] = frames["school"].with_columns(
        school_name=pl.col("school_name") + more + pl.col("school_code"), campus_of=pl.lit(None, pl.String)
    )
    found = changed(judgement, **frames)
    schools, _ = split(found["schools_by_school"])
    filed = frames["stage_year"].filter(pl.col("school_year") == 2025)["school_code"].n_unique()
    assert filed > 500
    assert len({said(row[1]) for row in schools}) == filed
    assert {said(cell) for cell in found["schools_by_town"].rows[-1][2:]} == {"相符"}
