"""What was published, judged again: figures as printed, compared to the precision they were printed with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from junheng.base.exact import half_up
from junheng.standards.library import load_standard
from junheng.standards.model import Standard
from junheng.tables.check import check_dataset
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement
from junheng.verdict.reason import Reason
from junheng.verdict.reasons import county_reasons
from strategies import Row, dataset_of, school_row, tables_of

Case = dict[str, Any]
COUNTY = "320000"
KIND = {"primary": "211", "junior": "311"}


def cases(shape: str) -> list[Any]:
    """The cases of one shape, named by their files."""
    files = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    found = [(file.stem, yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files]
    return [pytest.param(case, id=name) for name, case in found if shape in case]


def rows_of(shape: str) -> list[Any]:
    """The single rows of the cases of one shape."""
    return [
        pytest.param(parameter.values[0], row, id=f"{parameter.id}-{row.get('county', number)}-{row['stage']}")
        for parameter in cases(shape)
        for number, row in enumerate(parameter.values[0][shape], start=1)
    ]


class Filed:
    """A county put together school by school."""

    def __init__(self, case: Case) -> None:
        self.standard: Standard = load_standard(case["standard"])
        self.day = case["day"]
        self.year = self.day.year
        self.tables = tables_of(self.standard)
        self.rows: dict[str, list[Row]] = {"school": [], "school_year": [], "stage_year": []}

    def school(self, kind: str, pupils: dict[str, int]) -> str:
        code = f"{COUNTY}{len(self.rows['school']):06d}"
        self.rows["school"].append(school_row(code, COUNTY, school_kind=kind))
        self.rows["school_year"].append({"school_code": code, "school_year": self.year})
        for stage, number in pupils.items():
            key = {"school_code": code, "school_year": self.year, "stage": stage}
            self.rows["stage_year"].append({**key, "pupils": number})
        return code

    def give(self, code: str, stage: str, indicator: str, amount: Fraction) -> None:
        """Let the indicator's first added column hold the amount and its others nothing."""
        terms = self.standard.resources[indicator].formula.amount.terms(stage)
        for number, term in enumerate(terms):
            table = self.tables.home_of(term.column).name
            row = next(r for r in self.rows[table] if r["school_code"] == code and r.get("stage", stage) == stage)
            # 室内体育用房 belongs to two indicators; nothing of it leaves both alone.
            row[term.column] = self._typed(term.column, amount if number == 0 else Fraction(0))

    def _typed(self, column: str, amount: Fraction) -> int | Decimal:
        if self.tables.column(column).type.polars == pl.Int64():
            assert amount.denominator == 1, f"{column} counts whole things"
            return int(amount)
        digits = Decimal(amount.numerator) / Decimal(amount.denominator)
        assert Fraction(digits) == amount, f"{column} has no exact decimal"
        return digits

    def judge(self) -> Judgement:
        return judge(dataset_of(self.tables, self.rows), self.standard, self.day)


def found_balance(judgement: Judgement, stage: str, indicator: str) -> Row:
    rows = judgement.balance.filter((pl.col("stage") == stage) & (pl.col("indicator") == indicator))
    return rows.row(0, named=True)


def agrees(printed: str, found: float) -> bool:
    """Rounds to what is printed, half up as official tables do."""
    digits = len(printed.partition(".")[2])
    return half_up(found, digits) == Decimal(printed)


@pytest.mark.parametrize("case", cases("schools"))
def test_figures_of_each_school_give_the_printed_difference(case):
    filed, stage, indicator = Filed(case), case["stage"], case["indicator"]
    for pupils, amount in zip(case["schools"]["pupils"], case["schools"]["amount"], strict=True):
        filed.give(filed.school(KIND[stage], {stage: pupils}), stage, indicator, Fraction(amount))
    judgement = filed.judge()
    values = judgement.rows[f"{indicator}__value"].to_list()
    assert all(agrees(printed, value) for printed, value in zip(case["printed_values"], values, strict=True))
    found = found_balance(judgement, stage, indicator)
    for measure, printed in (*case["expected"].items(), *case["computed"].items()):
        assert agrees(printed, found[measure]), f"{case['name']}：{measure} 文件载 {printed}，算得 {found[measure]}"
    # Neither the unweighted form nor that with n − 1 rounds to what is printed: the weighting is part of the case.
    assert not agrees(case["expected"]["cv"], found["plain_cv"])


@pytest.mark.parametrize("case", cases("nine_year_school"))
def test_a_nine_year_schools_books_are_shared_out_as_printed(case):
    filed, school, indicator = Filed(case), case["nine_year_school"], case["indicator"]
    code = filed.school("312", {"primary": school["primary"], "junior": school["junior"]})
    filed.give(code, "primary", indicator, Fraction(school["amount"]))
    judgement = filed.judge()
    rows = {row["stage"]: row for row in judgement.rows.iter_rows(named=True)}
    values = {stage: row[f"{indicator}__value"] for stage, row in rows.items()}
    expected, computed = case["expected"], case["computed"]
    assert school["primary"] + Fraction("1.1") * school["junior"] == Fraction(expected["weighted_pupils"])
    assert agrees(expected["value"], values["primary"])
    assert agrees(computed["value"], values["primary"])
    assert values["junior"] == pytest.approx(1.1 * values["primary"], rel=1e-12)
    for stage in ("primary", "junior"):
        books = values[stage] * school[stage]
        assert abs(books - float(expected[stage])) < float(expected["tolerance"])
        assert agrees(computed[stage], books)
    assert sum(values[stage] * school[stage] for stage in values) == pytest.approx(school["amount"], rel=1e-12)


def made_from(case: Case, row: Row) -> Judgement:
    """A county of two schools with exactly the differences (and means) of a row.

    With a fifth of the pupils at 1 + 2c times the mean and four fifths at 1 − c/2 of it the difference is c.
    """
    filed, stage, one = Filed(case), row["stage"], _pupils(case, row)
    for pupils, factor in ((one, Fraction(2)), (4 * one, Fraction(-1, 2))):
        code = filed.school(KIND[stage], {stage: pupils})
        for indicator, cv in row["cv"].items():
            mean = Fraction(row.get("mean", {}).get(indicator, "1"))
            scale = Fraction(filed.standard.resources[indicator].formula.scale)
            filed.give(code, stage, indicator, mean * (1 + factor * Fraction(cv)) * pupils / scale)
    return filed.judge()


def _pupils(case: Case, row: Row) -> int:
    """So many pupils that every printed digit of a mean and a difference comes out in whole teachers."""
    digits = max(len(str(cv).partition(".")[2]) for cv in row["cv"].values()) + 3
    return 10 ** (digits + max((len(m.partition(".")[2]) for m in row.get("mean", {}).values()), default=0))


@pytest.mark.parametrize(("case", "row"), rows_of("made_from_differences"))
def test_printed_differences_lead_to_the_printed_verdict(case, row):
    judgement, stage = made_from(case, row), row["stage"]
    expected = row["expected"]
    own = judgement.balance.filter((pl.col("stage") == stage) & (pl.col("indicator") != "composite"))
    found = {r["indicator"]: r for r in own.iter_rows(named=True)}
    assert found.keys() == row["cv"].keys()
    for indicator, printed in row["cv"].items():
        assert found[indicator]["cv"] == pytest.approx(float(printed), rel=1e-12)
    for indicator, printed in row.get("mean", {}).items():
        assert found[indicator]["mean"] == pytest.approx(float(printed), rel=1e-12)
    for indicator, printed in row.get("sd", {}).items():
        # The page divides its own rounded figures: its deviation, mean and difference agree to the last digit printed.
        assert abs(Fraction(printed) / Fraction(row["mean"][indicator]) - Fraction(row["cv"][indicator])) < Fraction(
            "1e-6"
        )
    tolerance = Fraction(case["tolerance"])
    if "composite" in expected:
        composite = found_balance(judgement, stage, "composite")
        assert abs(Fraction(composite["cv"]) - Fraction(expected["composite"])) <= tolerance
        assert composite["outcome"] == expected["outcome"]
    else:
        mean = sum(Fraction(cv) for cv in row["cv"].values()) / len(row["cv"])
        assert abs(mean - Fraction(expected["mean_of_cv"])) <= tolerance
        assert [name for name, r in found.items() if r["outcome"] == "unmet"] == expected["exceeding"]
        assert all(r["outcome"] == "met" for name, r in found.items() if name not in expected["exceeding"])
    # The page has one stage: its failure fails the county, its success leaves the other stage open.
    part = judgement.parts.filter(pl.col("part") == "balance")["outcome"].item()
    assert part == (expected["outcome"] if expected["outcome"] == "unmet" else "unknown")


def test_every_published_composite_row_is_there():
    assert sum("composite" in parameter.values[1]["expected"] for parameter in rows_of("made_from_differences")) == 23


@pytest.mark.parametrize(("case", "row"), rows_of("values"))
def test_a_value_at_its_limit_meets_it_and_one_unit_less_does_not(case, row):
    filed = Filed(case)
    code = filed.school(KIND[row["stage"]], {row["stage"]: row["pupils"]})
    filed.give(code, row["stage"], row["indicator"], Fraction(row["amount"]))
    assert filed.judge().rows[f"{row['indicator']}__outcome"].item() == row["outcome"]


@pytest.mark.parametrize(("case", "row"), rows_of("differences"))
def test_a_difference_at_its_limit_meets_it_and_a_little_more_does_not(case, row):
    filed = Filed(case)
    for pupils, amount in zip(row["pupils"], row["amount"], strict=True):
        code = filed.school(KIND[row["stage"]], {row["stage"]: pupils})
        filed.give(code, row["stage"], row["indicator"], Fraction(amount))
    found = found_balance(filed.judge(), row["stage"], row["indicator"])
    assert found["outcome"] == row["outcome"]
    if "cv" in row:
        assert found["cv"] == pytest.approx(float(row["cv"]), rel=1e-12)


def test_a_composite_exactly_at_its_limit_is_met():
    """Eight differences whose mean is exactly 0.65, four of 0.5 and four of 0.8; a single book more is too much."""
    standard = load_standard("CN/jiben_2012")
    cv = dict(zip(standard.resources, ["0.5", "0.8"] * 4, strict=True))
    case = {"standard": "CN/jiben_2012", "day": cases("schools")[0].values[0]["day"]}
    exact = made_from(case, {"stage": "primary", "cv": cv})
    assert found_balance(exact, "primary", "composite")["outcome"] == "met"
    more = made_from(case, {"stage": "primary", "cv": {**cv, "books_per_pupil": "0.50000000000001"}})
    assert found_balance(more, "primary", "composite")["outcome"] == "unmet"


def finance_of(case: Case) -> Dataset:
    """The county's printed series, with one school so that there is a school year to judge."""
    filed = Filed(case)
    filed.school("211", {"primary": 200})
    wan = Decimal(10_000)
    filed.rows["finance_year"] = [
        {
            "county_code": COUNTY,
            "fiscal_year": row["year"],
            "appropriation": Decimal(row["appropriation"]) * wan,
            "appropriation_growth": Decimal(row["growth"]) if "growth" in row else None,
            "appropriation_growth_margin": Decimal(row["margin"]) if "margin" in row else None,
        }
        for row in case["fiscal_years"]
    ]
    return dataset_of(filed.tables, filed.rows)


def found_by(dataset: Dataset, code: str) -> list[Finding]:
    return [finding for finding in check_dataset(dataset) if finding.check == code]


def nodes(reason: Reason) -> Iterator[Reason]:
    yield reason
    for child in reason.children:
        yield from nodes(child)


@pytest.mark.parametrize("case", cases("fiscal_years"))
def test_printed_growths_agree_and_the_missing_revenue_is_asked_for_each_year(case):
    years = case["fiscal_years"]
    for before, row in pairwise(years):
        assert int(row["appropriation"]) - int(before["appropriation"]) == int(row["change"])
    dataset = finance_of(case)
    assert found_by(dataset, "JH-F170") == []
    asked = found_by(dataset, "JH-F171")
    assert len(asked) == len(years) - 1
    for finding, row in zip(asked, years[1:], strict=True):
        assert "请补报财政经常性收入" in finding.message
        assert f"应为 {row['implied_revenue_growth']}%" in finding.message
        assert ("本软件的判断" in finding.message) == row.get("implausible", False)


@pytest.mark.parametrize("case", cases("fiscal_years"))
def test_a_fall_contradicts_the_printed_claim_of_growth_every_year(case):
    fallen = [row["year"] for row in case["fiscal_years"] if row.get("change", "0").startswith("-")]
    found = found_by(finance_of(case), "JH-F172")
    assert [f"{year} 年" in finding.message for finding, year in zip(found, fallen, strict=True)] == [True]
    assert all("减少 1665 万元，下降 4.03%" in finding.message for finding in found)


@pytest.mark.parametrize("case", cases("fiscal_years"))
def test_growth_without_revenue_is_unknown_and_the_reason_names_the_years(case):
    judgement = judge(finance_of(case), load_standard(case["standard"]), case["day"])
    check = "appropriation_outgrows_revenue"
    assert judgement.checks.filter(pl.col("check") == check)["outcome"].item() == "unknown"
    assert judgement.outcome() == "unknown"
    (reason,) = [node for node in nodes(county_reasons(judgement, COUNTY)) if node.key.endswith(f"/{check}")]
    assert [child.title for child in reason.children] == ["2015 年", "2016 年", "2017 年"]
    assert all("财政经常性收入" in child.because for child in reason.children)
    assert "减少 1665 万元，下降 4.03%，缺 2014 年财政经常性收入、2015 年财政经常性收入" in reason.because
