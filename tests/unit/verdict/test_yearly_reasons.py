"""Series over fiscal years: the year that fails is named with both growths, the mean may hide it, gaps never pass."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from example import county_dataset
from junheng.base.outcome import Outcome
from junheng.indicators.kinds import kind_problems
from junheng.standards.formula import Formula
from junheng.standards.indicator import Indicator
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from junheng.verdict.reasons import county_reasons

COUNTY, DAY = "990101", date(2025, 12, 31)
GROWTH = "appropriation_outgrows_revenue"


def with_finance(rows):
    """The example county with its finance rows replaced (万元 as filed would be 元 here)."""
    dataset = county_dataset()
    schema = dataset["finance_year"].schema
    blank = dict.fromkeys(schema, None) | {"county_code": COUNTY}
    frame = pl.DataFrame([blank | row for row in rows], schema=schema)
    return type(dataset)(dataset.tables, {**dataset.frames, "finance_year": frame})


def series(**columns):
    """Rows of 2022 to 2025; each column is given for the four years, None for a blank."""
    years = range(2022, 2026)
    return [
        {"fiscal_year": year}
        | {
            name: None if values[number] is None else Decimal(values[number]) * 10_000
            for name, values in columns.items()
        }
        for number, year in enumerate(years)
    ]


def spanning(standard, check, span):
    """The standard with one check averaged over the years instead of judged in each."""
    part = standard.government
    name, item = next((name, item) for name, item in part.items.items() if check in item.checks)
    own = item.checks[check]
    changed = own.model_copy(update={"formula": own.formula.model_copy(update={"span": span})})
    item = item.model_copy(update={"checks": {**item.checks, check: changed}})
    return standard.model_copy(update={"government": part.model_copy(update={"items": {**part.items, name: item}})})


def judged(standard, rows, check):
    judgement = judge(with_finance(rows), standard, DAY)
    outcome = judgement.checks.filter(pl.col("check") == check)["outcome"].item()
    reason = next(node for node in nodes(county_reasons(judgement, COUNTY)) if node.key.endswith(f"/{check}"))
    return outcome, reason


def nodes(reason):
    yield reason
    for child in reason.children:
        yield from nodes(child)


ONE_OF_THREE = series(
    appropriation=["1000", "1200", "1212", "1400"], recurrent_revenue=["5000", "5250", "5355", "5500"]
)


@pytest.mark.parametrize("name", ["CN/jingfei", "CN/jiben_2012"])
def test_one_year_of_three_fails_and_is_named_with_both_growths(name):
    outcome, reason = judged(load_standard(name), ONE_OF_THREE, GROWTH)
    assert outcome == "unmet"
    assert "近 3 年中最低 -1 个百分点，要求每年 > 0 个百分点" in reason.because
    assert "2024 年未达到" in reason.because
    assert "增长 1%，财政经常性收入" in reason.because
    assert "增长 2%，低 1 个百分点" in reason.because
    assert "2023 年" not in reason.because
    assert [(child.title, child.outcome) for child in reason.children] == [
        ("2024 年", Outcome.UNMET),
        ("2023 年", Outcome.MET),
        ("2025 年", Outcome.MET),
    ]
    assert [cell.value for cell in reason.children[0].cells] == ["12000000", "12120000", "52500000", "53550000"]


def test_the_mean_of_the_same_three_years_passes():
    standard = spanning(load_standard("CN/jingfei"), GROWTH, "mean")
    outcome, reason = judged(standard, ONE_OF_THREE, GROWTH)
    assert outcome == "met"
    # 15, −1 and 12.8038… percentage points
    assert "近 3 年平均 8.9346 个百分点（2023 年 15 个百分点，2024 年 -1 个百分点" in reason.because
    assert "2025 年 12.8038 个百分点），要求 > 0 个百分点" in reason.because
    assert {child.outcome for child in reason.children} == {None}


def test_a_negative_mean_fails():
    rows = series(appropriation=["1000", "1010", "1020", "1400"], recurrent_revenue=["1000", "1300", "1600", "1700"])
    each, mean = load_standard("CN/jingfei"), spanning(load_standard("CN/jingfei"), GROWTH, "mean")
    assert judged(each, rows, GROWTH)[0] == judged(mean, rows, GROWTH)[0] == "unmet"


def test_a_mean_of_exactly_nothing_is_decided_exactly():
    """+0.1, −0.1 and 0 in floats leave a crumb; the mean must be above 0."""
    check = "staff_pay_rises"
    standard = spanning(load_standard("CN/jingfei"), check, "mean")
    rows = series(staff_pay_mean=["8.1", "8.4", "8.2", "8.1"])
    assert judged(standard, rows, check)[0] == "unmet"
    rows = series(staff_pay_mean=["8.1", "8.4", "8.2", "8.1000000000001"])
    assert judged(standard, rows, check)[0] == "met"


@pytest.mark.parametrize("span", ["each", "mean"])
@pytest.mark.parametrize("gap", [0, 2, 3])
def test_a_year_without_revenue_is_unknown_and_says_what_is_missing(span, gap):
    revenue = ["5000", "5250", "5355", "5500"]
    revenue[gap] = None
    rows = series(appropriation=["1000", "1200", "1300", "1500"], recurrent_revenue=revenue)
    outcome, reason = judged(spanning(load_standard("CN/jingfei"), GROWTH, span), rows, GROWTH)
    assert outcome == "unknown"
    assert f"{2022 + gap} 年财政经常性收入" in reason.because
    assert "年无法判定（义务教育财政拨款" in reason.because


def test_a_level_amount_is_enough_where_it_must_not_fall_and_not_where_it_must_rise():
    standard = load_standard("CN/jingfei")
    level = series(budget_education_expenditure=["9", "9", "9", "10"], staff_pay_mean=["9", "9", "9", "10"])
    assert judged(standard, level, "budget_education_never_less")[0] == "met"
    assert judged(standard, level, "staff_pay_rises")[0] == "unmet"


def test_a_surcharge_must_be_passed_on_in_full_every_year():
    standard = load_standard("CN/jingfei")
    rows = series(surcharge_levied=[None, "464", "630", "625"], surcharge_allotted=[None, "464", "629", "640"])
    outcome, reason = judged(standard, rows, "surcharge_passed_on")
    assert outcome == "unmet"
    assert "2024 年未达到（教育费附加拨付额 629 万元，教育费附加实征额 630 万元，占 99.84%）" in reason.because
    rows[2]["surcharge_allotted"] += 10_000
    assert judged(standard, rows, "surcharge_passed_on")[0] == "met"


def test_a_year_without_land_proceeds_asks_nothing_but_a_blank_does():
    standard, check = load_standard("CN/jingfei"), "land_proceeds_accrued"
    proceeds, accrued = ["0", "500", "0", "800"], ["0", "50", "0", "80"]
    outcome, reason = judged(standard, series(land_proceeds=proceeds, land_proceeds_for_education=accrued), check)
    assert outcome == "met"
    assert "近 3 年中最低 10%" in reason.because
    accrued[3] = "79.99"
    assert judged(standard, series(land_proceeds=proceeds, land_proceeds_for_education=accrued), check)[0] == "unmet"
    accrued[1] = None
    assert judged(standard, series(land_proceeds=proceeds, land_proceeds_for_education=accrued), check)[0] == "unknown"
    nothing = series(land_proceeds=["0"] * 4, land_proceeds_for_education=["0"] * 4)
    outcome, reason = judged(standard, nothing, check)
    assert outcome == "met"
    assert "不作要求" in reason.because


@pytest.mark.parametrize("year", [1, 2, 3])
def test_something_allotted_of_nothing_levied_is_open_and_not_excused(year):
    standard, check = load_standard("CN/jingfei"), "surcharge_passed_on"
    levied, allotted = ["500"] * 4, ["500"] * 4
    levied[year] = "0"
    rows = series(surcharge_levied=levied, surcharge_allotted=allotted)
    outcome, reason = judged(standard, rows, check)
    assert outcome == "unknown"
    assert f"{2022 + year} 年无法判定" in reason.because
    assert "教育费附加实征额 0 万元，不能计算比例，请核对两栏" in reason.because
    allotted[year] = "0"
    rows = series(surcharge_levied=levied, surcharge_allotted=allotted)
    assert judged(standard, rows, check)[0] == "met"


def test_only_a_kind_that_looks_at_years_takes_a_span():
    mean = Formula.model_validate({"kind": "share", "amount": "teachers", "base": "staff", "span": "mean"})
    indicator = Indicator.model_validate({"label": {"zh": "比例", "en": "Share"}, "unit": "%", "formula": mean})
    assert kind_problems(indicator) == ["计算方式 share 不看多个年度，不能写 span"]
