"""申报表 of 2012: each table says what was judged and filed, by the rules of filling in; a blank is never a zero."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import junheng
from junheng import workflow
from junheng.base.errors import JunhengError
from junheng.base.outcome import Outcome
from junheng.reporting.facts.facts import Writer
from junheng.reporting.report.blocks import Cell, PageBreak, Paragraph, Table
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Figure, words_of
from junheng.tables.dataset import Dataset
from junheng.verdict.judgement import Judgement

COUNTY = Path(__file__).parents[4] / "examples/county.xlsx"
DAY = "2025-12-31"


@pytest.fixture(scope="module")
def judgement() -> Judgement:
    return workflow.judge(COUNTY, standard="CN/jiben_2012", on=DAY, gate="CN-61/banxue")


@pytest.fixture(scope="module")
def report(judgement: Judgement) -> Report:
    return workflow.report_on(judgement, "application_2012")


def tables(report: Report) -> dict[str, Table]:
    return {block.key: block for block in report.blocks if isinstance(block, Table)}


def said(cell: Cell) -> str:
    return "".join(run.number if cell.bare and isinstance(run, Figure) else str(run) for run in cell.text)


def lines(table: Table) -> list[list[str]]:
    return [[said(cell) for cell in row] for row in table.rows]


def line(table: Table, label: str) -> list[str]:
    return next(row for row in lines(table) if row[0] == label)


def after(table: Table, label: str) -> str:
    """What stands beside a label."""
    return next(row[at + 1] for row in lines(table) for at, text in enumerate(row) if text == label)


def changed(judgement: Judgement, change: Callable[[Dataset], dict[str, pl.DataFrame]], **how: str) -> Report:
    """The report on changed data."""
    dataset = replace(judgement.dataset, frames={**judgement.dataset.frames, **change(judgement.dataset)})
    settings = {"standard": "CN/jiben_2012", "gate": "CN-61/banxue", **how}
    judged = workflow.judge(dataset, on=DAY, **{name: value for name, value in settings.items() if value})
    return workflow.report_on(judged, "application_2012")


def nothing(table: str) -> Callable[[Dataset], dict[str, pl.DataFrame]]:
    return lambda dataset: {table: dataset[table].clear()}


def test_the_form_has_its_seven_tables_in_order_each_on_a_page_of_its_own(report: Report) -> None:
    assert report.form
    captions = [words_of(table.caption)[:2] for table in tables(report).values()]
    assert list(dict.fromkeys(captions)) == ["申报", "表Ⅰ", "表Ⅱ", "表Ⅲ", "表Ⅳ", "表Ⅴ", "表Ⅵ", "表Ⅶ"]
    assert sum(isinstance(block, PageBreak) for block in report.blocks) == len(tables(report)) - 1
    assert "原表的版式没有见到" in words_of(tables(report)["cover"].note)


def test_population_is_in_ten_thousands_with_two_decimals_and_money_in_whole_numbers(report: Report) -> None:
    first = tables(report)["form_1"]
    assert after(first, "常住人口（万人）") == "64.32"
    assert after(first, "地区生产总值（万元）") == "3540549"
    assert after(first, "财政经常性收入（万元）") == "297566"


def test_pupils_of_table_one_are_those_of_all_schools_and_a_blank_is_counted_beside_the_sum(
    judgement: Judgement, report: Report
) -> None:
    first = tables(report)["form_1"]
    filed = judgement.dataset["stage_year"].filter(pl.col("school_year") == 2025)
    sums = [int(filed.filter(pl.col("stage") == stage)["pupils"].sum()) for stage in ("primary", "junior")]
    assert line(first, "在校生数（人）")[1:] == [str(sums[0]), str(sums[1]), str(sum(sums))]
    assert "未填报" in line(first, "其中：县级以上骨干教师（人）")[2]


def test_only_schools_of_the_countys_own_government_are_listed_and_no_teaching_points(judgement: Judgement) -> None:
    other = {"9901010001": "city", "9901010002": "enterprise"}

    def move(dataset: Dataset) -> dict[str, pl.DataFrame]:
        own = pl.col("school_code").replace_strict(other, default=pl.col("operator"))
        return {"school": dataset["school"].with_columns(operator=own)}

    # This basic standard itself judges teaching points and private schools too.
    report = changed(judgement, move, gate="CN-13/banxue")
    names = {row[1] for key in ("form_2_2_primary_0", "form_2_2_junior_0") for row in lines(tables(report)[key])}
    schools = judgement.dataset["school"]
    gone = schools.filter((pl.col("operator") != "county") | (pl.col("school_kind") == "218"))["school_name"].to_list()
    assert not names.intersection(gone)
    assert "示例县第一小学" not in names
    assert "示例县第三小学" in names
    note = words_of(tables(report)["form_2_1"].note)
    assert "非本县政府举办的公办学校2所" in note
    assert "小学教学点22所" in note
    assert "民办学校5所" in note


def test_each_stage_of_a_mixed_school_is_a_line_of_its_own(report: Report) -> None:
    primary, junior = (
        {row[1] for row in lines(tables(report)[f"form_2_2_{stage}_0"])} for stage in ("primary", "junior")
    )
    assert "示例县东湖学校（小学部）" in primary
    assert "示例县东湖学校（初中部）" in junior
    assert "示例县第一初级中学" in junior


def test_a_school_that_passes_has_a_one_and_a_missed_indicator_is_shaded(judgement: Judgement, report: Report) -> None:
    assert judgement.gate is not None
    outcomes = {
        row["school_name"]: row
        for row in judgement.gate.in_scope.filter(pl.col("stage") == "primary").iter_rows(named=True)
    }
    body = tables(report)["form_2_2_primary_0"].body
    assert {said(row[-1]) for row in body} >= {"1", "未达标"}
    for row in body:
        judged = outcomes[said(row[1]).removesuffix("（小学部）")]
        assert (said(row[-1]) == "1") == (judged["outcome"] in ("met", "tolerated"))
        missed = [judged[f"{name}__outcome"] for name in judgement.gate.standard.counted()]
        assert sum(cell.outcome is Outcome.UNMET for cell in row[2:-1]) == missed.count("unmet")


def test_the_summary_adds_up_to_the_schools_listed(report: Report) -> None:
    found = tables(report)
    summary = found["form_2_1"]
    listed = [len(found[f"form_2_2_{stage}_0"].body) for stage in ("primary", "junior")]
    assert line(summary, "列入学校数")[1:] == [str(count) for count in listed]
    parts = [line(summary, f"{word}学校数")[1:] for word in ("达标", "未达标", "不能判定")]
    assert [sum(int(part[at]) for part in parts) for at in (0, 1)] == listed


def test_without_a_basic_standard_table_two_says_that_none_was_chosen(judgement: Judgement) -> None:
    report = changed(judgement, lambda _: {}, gate="")
    for key in ("form_2_1", "form_2_2"):
        assert line(tables(report)[key], "办学基本标准")[1] == "未填报"
        assert "没有选定" in words_of(tables(report)[key].note)


def test_table_three_gives_mean_deviation_and_coefficient_of_the_eight_and_the_composite(
    judgement: Judgement, report: Report
) -> None:
    third = tables(report)["form_3"]
    assert len(third.body) - third.total == 8
    rows = {(row["stage"], row["indicator"]): row for row in judgement.balance.iter_rows(named=True)}
    composite = [f"{rows[stage, 'composite']['cv']:.3f}" for stage in ("primary", "junior")]
    assert [text for text in line(third, "综合差异系数") if text][1:] == composite
    assert line(third, "综合差异系数限值（不高于）")[1:] == ["0.65", "0.55"]
    assert line(third, "结论")[1:] == ["达标", "达标"]
    books = rows["primary", "books_per_pupil"]
    own = next(row for row in lines(third) if "生均图书册数" in row)
    assert own[5] == f"{books['cv']:.3f}"


def test_points_that_nobody_saw_and_scores_that_nobody_gave_are_not_zeros(report: Report) -> None:
    work = tables(report)["form_4"]
    items = [row[-5:] for row in lines(work)[1:-1]]
    assert len(items) == 17
    assert {row[1] for row in items} == {"未见"}
    assert {row[2] for row in items} == {"未评定"}
    assert "85" in said(work.rows[-1][0])


def test_a_filed_score_stands_beside_its_item_and_the_plan_in_table_seven(judgement: Judgement) -> None:
    def find(dataset: Dataset) -> dict[str, pl.DataFrame]:
        row = {
            "county_code": "990101",
            "school_year": 2025,
            "standard": "CN/jiben_2012",
            "item": "performance_pay",
            "finding": "unmet",
            "plan": "2026年6月前补发",
            "responsible": "人事科",
            "note": "绩效工资欠发",
        }
        frame = dataset["judged_item"]
        return {"judged_item": pl.concat([frame, pl.DataFrame([row], schema_overrides=frame.schema)], how="diagonal")}

    report = changed(judgement, find)
    work = next(row for row in lines(tables(report)["form_4"]) if "全面实施绩效工资制度" in row)
    assert work[-2:] == ["未达到", "绩效工资欠发；整改：2026年6月前补发；责任科室：人事科"]
    measures = line(tables(report)["form_7"], "全面实施绩效工资制度")
    assert measures[1:] == ["未达到", "绩效工资欠发", "2026年6月前补发", "人事科"]


def test_shandongs_own_vetoes_stand_with_what_was_computed(judgement: Judgement) -> None:
    report = changed(judgement, lambda _: {}, standard="CN-37/jiben_2012")
    vetoes = tables(report)["form_4_vetoes"]
    assert len(vetoes.body) == 4
    growth = next(row for row in lines(vetoes) if "三个增长" in row[1])
    assert growth[2:] == ["未发生", "按数据测算，各项均达标"]
    assert "省级评分表的评价要点没有全部见到" in words_of(tables(report)["form_4"].note)


def test_a_growth_that_was_missed_is_told_with_its_value_beside_the_veto(judgement: Judgement) -> None:
    def fall(dataset: Dataset) -> dict[str, pl.DataFrame]:
        lower = pl.when(pl.col("fiscal_year") == 2024).then(pl.col("staff_pay_mean") - 9000).otherwise("staff_pay_mean")
        return {"finance_year": dataset["finance_year"].with_columns(lower.alias("staff_pay_mean"))}

    vetoes = tables(changed(judgement, fall, standard="CN-37/jiben_2012"))["form_4_vetoes"]
    growth = next(row for row in lines(vetoes) if "三个增长" in row[1])
    assert growth[2:] == ["存在", "教职工年人均工资逐年增长：-6282.4元（未达标）"]


def test_money_of_table_five_is_in_thousands_with_its_growth(report: Report) -> None:
    funds = tables(report)["form_5"]
    assert line(funds, "义务教育预算内经费拨款")[1] == "千元"
    assert line(funds, "义务教育预算内经费拨款")[-2:] == ["1195246", "5.90"]
    assert line(funds, "小学生均预算内教育事业费")[-2:] == ["13728.62", "4.08"]
    assert line(funds, "预算内教育经费占财政支出比例")[-1] == "20.22"
    assert line(funds, "拨款增幅高于经常性收入增幅")[-1] == "1.74"


def test_a_year_without_finance_data_stays_in_the_table_and_says_so(judgement: Judgement) -> None:
    report = changed(
        judgement, lambda data: {"finance_year": data["finance_year"].filter(pl.col("fiscal_year") > 2024)}
    )
    funds = tables(report)["form_5"]
    assert line(funds, "教职工年人均工资")[2:] == ["未填报", "不能计算", "未填报", "不能计算", "100905.49", "不能计算"]


def test_questionnaires_and_visits_stay_apart_and_parents_by_themselves(report: Report) -> None:
    survey = lines(tables(report)["form_6"])
    parents = [row for row in survey if "家长" in row[:2]]
    assert [row[-4:] for row in parents] == [["640", "611", "566", "92.64"], ["96", "96", "88", "91.67"]]
    assert [row[-4:-1] for row in survey if row[0] == "合计"] == [["1230", "1171", "1088"], ["180", "179", "164"]]
    assert "965份" in words_of(tables(report)["form_6"].note)


def test_only_visits_filed_leaves_the_questionnaires_visibly_blank(judgement: Judgement) -> None:
    report = changed(judgement, lambda data: {"satisfaction": data["satisfaction"].filter(pl.col("method") == "visit")})
    assert line(tables(report)["form_6"], "问卷")[1] == "未填报"


@pytest.mark.parametrize(
    ("table", "key", "label"), [("satisfaction", "form_6", "满意度调查"), ("judged_item", "form_7", "主要措施和成效")]
)
def test_what_was_not_filed_is_said_to_be_missing(judgement: Judgement, table: str, key: str, label: str) -> None:
    assert line(tables(changed(judgement, nothing(table)))[key], label)[1] == "未填报"


def test_a_county_that_filed_no_more_than_its_schools_gets_every_table_and_no_invented_zero(
    judgement: Judgement,
) -> None:
    empty = ("finance_year", "county_year", "satisfaction", "judged_item", "monitoring", "class")

    def clear(dataset: Dataset) -> dict[str, pl.DataFrame]:
        county = dataset["county"].with_columns(pl.lit(None, pl.Int64).alias("resident_population"))
        return {"county": county} | {name: dataset[name].clear() for name in empty}

    found = tables(changed(judgement, clear))
    assert after(found["form_1"], "常住人口（万人）") == "未填报"
    assert set(line(found["form_5"], "义务教育预算内经费拨款")[2:]) == {"未填报", "不能计算"}
    assert "未填报" in words_of(found["form_6"].note) or line(found["form_6"], "满意度调查")[1] == "未填报"


def test_a_county_without_junior_schools_says_so_in_table_three(judgement: Judgement) -> None:
    def primary(dataset: Dataset) -> dict[str, pl.DataFrame]:
        codes = dataset["school"].filter(pl.col("school_kind") == "211")["school_code"].implode()
        names = ("school", "school_year", "stage_year", "class")
        return {name: dataset[name].filter(pl.col("school_code").is_in(codes)) for name in names}

    third = tables(changed(judgement, primary))["form_3"]
    assert line(third, "结论")[1:] == ["达标", "未填报"]


def test_the_writer_signs_on_the_cover_and_adds_own_words_to_the_measures(judgement: Judgement) -> None:
    writer = Writer(office="示例县人民政府", written_on=date(2026, 1, 5), texts={"measures": "建成城乡学校共同体。"})
    report = workflow.report_on(judgement, "application_2012", writer=writer)
    cover = tables(report)["cover"]
    assert line(cover, "申报单位（盖章）")[1] == "示例县人民政府"
    assert line(cover, "申报日期")[1] == "2026年1月5日"
    assert "建成城乡学校共同体。" in [words_of(b.text) for b in report.blocks if isinstance(b, Paragraph)]


def test_another_standard_than_the_one_of_the_form_is_refused() -> None:
    with pytest.raises(JunhengError, match="JH-R013"):
        workflow.report_on(junheng.judge(COUNTY, on=DAY), "application_2012")


def test_where_no_school_could_be_judged_the_share_that_passes_is_unknown_and_not_zero() -> None:
    judged = workflow.judge(COUNTY, standard="CN/jiben_2012", on=DAY, gate="CN-13/banxue")
    summary = tables(workflow.report_on(judged, "application_2012"))["form_2_1"]
    assert line(summary, "达标率（%）")[1:] == ["无法判定", "无法判定"]
