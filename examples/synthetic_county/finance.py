"""The county's money over five fiscal years: every growth holds, one of them only just."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from junheng.base.exact import half_up
from synthetic_county.plan import COUNTY_CODE
from synthetic_county.row import Row

FIRST_YEAR = 2021
FIRST = {
    "appropriation": 95_620,  # 万元
    "recurrent_revenue": 248_300,
    "education_expenditure": 121_450,
    "budget_education_expenditure": 118_930,
    "fiscal_expenditure": 602_700,
    "gdp": 2_913_500,
    "surcharge_levied": 4_318.26,
    "local_surcharge_levied": 2_877.41,
    "land_proceeds": 21_540,
    "expense_primary": 11_586.42,  # 元
    "expense_junior": 15_930.77,
    "public_funds_primary": 2_214.35,
    "public_funds_junior": 2_968.10,
    "staff_pay_mean": 87_642.00,
}
# Growth in per cent for 2022 to 2025. In 2024 the appropriation grew 3.62 against a revenue of 3.58: a near thing.
GROWTH = {
    "appropriation": (6.41, 7.05, 3.62, 5.90),
    "recurrent_revenue": (4.87, 5.92, 3.58, 4.16),
    "education_expenditure": (6.12, 6.84, 4.55, 5.47),
    "budget_education_expenditure": (6.05, 6.71, 4.48, 5.39),
    "fiscal_expenditure": (5.30, 5.96, 4.21, 4.60),
    "gdp": (4.90, 5.75, 4.38, 4.95),
    "surcharge_levied": (3.12, -1.84, 2.27, 4.06),
    "local_surcharge_levied": (3.08, -1.79, 2.31, 4.11),
    "land_proceeds": (-12.40, -18.75, 6.30, -4.15),
    "expense_primary": (4.83, 5.16, 3.27, 4.08),
    "expense_junior": (4.41, 4.96, 3.05, 3.87),
    "public_funds_primary": (3.18, 6.42, 2.11, 2.95),
    "public_funds_junior": (2.96, 6.05, 1.94, 2.72),
    "staff_pay_mean": (3.90, 4.35, 2.86, 3.24),
}
PER_HEAD = ("expense_primary", "expense_junior", "public_funds_primary", "public_funds_junior", "staff_pay_mean")
# Its report prints the growth of these against the year before.
GROWTH_PRINTED = ("appropriation", "recurrent_revenue", *PER_HEAD)
# Passed on in full in the same year; of the proceeds of land a tenth.
PASSED_ON = {
    "surcharge_allotted": ("surcharge_levied", Decimal(1)),
    "local_surcharge_allotted": ("local_surcharge_levied", Decimal(1)),
    "land_proceeds_for_education": ("land_proceeds", Decimal("0.1")),
}


def finance_rows() -> list[Row]:
    """Return one row per fiscal year; amounts in 元, those filed in 万元 with two decimals of 万元."""
    rows = []
    amounts = {name: Decimal(str(amount)) for name, amount in FIRST.items()}
    for number in range(5):
        row: Row = {"county_code": COUNTY_CODE, "fiscal_year": FIRST_YEAR + number, "note": None}
        row |= {name: amount if name in PER_HEAD else amount * 10_000 for name, amount in amounts.items()}
        row |= {name: row[whole] * share for name, (whole, share) in PASSED_ON.items()}
        row |= _printed(row, rows[-1] if rows else None)
        rows.append(row)
        if number < 4:
            amounts = {
                name: (amount * (1 + Decimal(str(GROWTH[name][number])) / 100)).quantize(Decimal("0.01"))
                for name, amount in amounts.items()
            }
    return rows


def _printed(row: Row, before: Row | None) -> Row:
    share = {
        "education_share": half_up(
            Fraction(row["education_expenditure"]) * 100 / Fraction(row["fiscal_expenditure"]), 2
        )
    }
    if before is None:
        return share
    growth = {name: Fraction(row[name]) * 100 / Fraction(before[name]) - 100 for name in GROWTH_PRINTED}
    margin = growth["appropriation"] - growth["recurrent_revenue"]
    printed = {f"{_stem(name)}_growth": half_up(value, 2) for name, value in growth.items()}
    return share | printed | {"appropriation_growth_margin": half_up(margin, 2)}


def _stem(name: str) -> str:
    return name.removesuffix("_mean")
