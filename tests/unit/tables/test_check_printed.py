"""Figures that a report prints, computed again from the amounts beside them."""

from decimal import Decimal

import pytest

from junheng.tables.finding import Severity

# A masked county of 黔西南州 (S002), 万元: appropriation, printed growth, printed lead over the growth of revenue.
SERIES = {
    2013: ("26447", None, None),
    2014: ("41296", "56.15", "28.65"),
    2015: ("39631", "-4.03", "39.35"),
    2016: ("72014", "81.71", "0.71"),
    2017: ("75484", "4.82", "0.07"),
}


def wan(amount):
    return None if amount is None else Decimal(amount) * 10_000


def series(**changed):
    rows = []
    for year, (amount, growth, margin) in SERIES.items():
        row = {
            "fiscal_year": year,
            "appropriation": wan(amount),
            "appropriation_growth": growth and Decimal(growth),
            "appropriation_growth_margin": margin and Decimal(margin),
        }
        rows.append(row | changed.get(f"y{year}", {}))
    return rows


def two(column, before, now, **more):
    return [{"fiscal_year": 2024, column: before}, {"fiscal_year": 2025, column: now, **more}]


def test_growths_as_printed_agree(findings):
    assert not findings("JH-F170", finance_year=series())


def test_a_wrong_printed_growth_is_found_with_both_amounts(findings):
    (found,) = findings("JH-F170", finance_year=series(y2015={"appropriation_growth": Decimal("4.03")}))
    assert found.severity is Severity.EXPLAIN
    assert found.cell == "教育经费!C5"
    assert all(word in found.message for word in ("4.03 %", "-4.03 %", "41296 万元", "39631 万元", "教育经费!C4"))


@pytest.mark.parametrize(
    ("printed", "told"),
    [("4.3", False), ("4.35", False), ("4.34", False), ("4.36", True), ("4.4", True), ("4", False), ("5", True)],
)
def test_rounded_and_cut_off_agree_and_nothing_else(findings, printed, told):
    """100 to 104.345 grew by 4.345 %."""
    rows = two("staff_pay_mean", Decimal(100_000), Decimal(104_345), staff_pay_growth=Decimal(printed))
    assert bool(findings("JH-F170", finance_year=rows)) == told


def test_a_growth_from_nothing_or_over_a_gap_is_left_alone(findings):
    rows = two("expense_primary", Decimal(0), Decimal(5), expense_primary_growth=Decimal(7))
    assert not findings("JH-F170", finance_year=rows)
    rows = two("expense_primary", Decimal(4), Decimal(5), expense_primary_growth=Decimal(7))
    assert not findings("JH-F170", finance_year=[{**rows[0], "fiscal_year": 2023}, rows[1]])
    assert not findings("JH-F170", finance_year=[rows[0], {**rows[1], "county_code": "35"}])


def test_a_printed_margin_without_revenue_asks_for_it_and_says_what_it_implies(findings):
    found = findings("JH-F171", finance_year=series())
    assert [finding.cell for finding in found] == [f"教育经费!C{row}" for row in (4, 5, 6, 7)]
    assert all("请补报财政经常性收入" in finding.message for finding in found)
    implied = ["27.50%", "-43.38%", "81.00%", "4.75%"]
    assert [figure in finding.message for finding, figure in zip(found, implied, strict=True)] == [True] * 4
    assert ["本软件的判断" in finding.message for finding in found] == [False, True, True, False]
    assert "没有 2014 年、2015 年的财政经常性收入" in found[1].message


def test_only_the_year_that_is_missing_is_asked_for(findings):
    (found,) = findings(
        "JH-F171",
        finance_year=[
            {"fiscal_year": 2024, "appropriation": wan(100), "recurrent_revenue": wan(500)},
            {"fiscal_year": 2025, "appropriation": wan(110), "appropriation_growth_margin": Decimal(2)},
        ],
    )
    assert "没有 2025 年的财政经常性收入" in found.message


@pytest.mark.parametrize(
    ("printed", "told"),
    # 10.333… % less 5.166… %: 5.1666… is printed 5.17, cut off 5.16, and 10.33 − 5.17 = 5.16 of rounded growths
    [("5.17", False), ("5.16", False), ("5.2", False), ("5.1", False), ("5.18", True), ("-5.17", True)],
)
def test_a_printed_margin_is_computed_again(findings, printed, told):
    rows = [
        {"fiscal_year": 2024, "appropriation": wan(300), "recurrent_revenue": wan(600)},
        {"fiscal_year": 2025, "appropriation": wan(331), "recurrent_revenue": wan(631)},
    ]
    rows[1]["appropriation_growth_margin"] = Decimal(printed)
    found = findings("JH-F171", finance_year=rows)
    assert bool(found) == told
    assert all("10.33%" in finding.message and "5.17%" in finding.message for finding in found)


def test_a_fall_against_yearly_growth_is_told(findings):
    (found,) = findings("JH-F172", finance_year=series())
    assert found.cell == "教育经费!C5"
    assert all(word in found.message for word in ("减少 1665 万元", "下降 4.03%", "41296 万元"))
    level = two("appropriation", wan(5), wan(5))
    assert not findings("JH-F172", finance_year=level)


def test_an_explained_fall_is_only_a_hint(findings):
    (found,) = findings("JH-F172", finance_year=series(y2015={"note": "上年含一次性补助"}))
    assert found.severity is Severity.HINT


@pytest.mark.parametrize(("printed", "told"), [("16.66", False), ("16.67", False), ("16.7", False), ("17.6", True)])
def test_a_printed_share_is_computed_again(findings, printed, told):
    row = {"education_expenditure": wan(1), "fiscal_expenditure": wan(6), "education_share": Decimal(printed)}
    found = findings("JH-F173", finance_year=[row])
    assert bool(found) == told
    assert all("16.67 %" in finding.message for finding in found)
