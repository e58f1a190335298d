"""The county's money over five fiscal years: every growth holds, one of them only just."""

from __future__ import annotations

from decimal import Decimal

from synthetic_county.plan import COUNTY_CODE
from synthetic_county.row import Row

FIRST_YEAR = 2021
FIRST = {
    "appropriation": 95_620,  # 万元
    "recurrent_revenue": 248_300,
    "education_expenditure": 121_450,
    "fiscal_expenditure": 602_700,
    "gdp": 2_913_500,
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
    "fiscal_expenditure": (5.30, 5.96, 4.21, 4.60),
    "gdp": (4.90, 5.75, 4.38, 4.95),
    "expense_primary": (4.83, 5.16, 3.27, 4.08),
    "expense_junior": (4.41, 4.96, 3.05, 3.87),
    "public_funds_primary": (3.18, 6.42, 2.11, 2.95),
    "public_funds_junior": (2.96, 6.05, 1.94, 2.72),
    "staff_pay_mean": (3.90, 4.35, 2.86, 3.24),
}
FILED_IN_WAN = ("appropriation", "recurrent_revenue", "education_expenditure", "fiscal_expenditure", "gdp")


def finance_rows() -> list[Row]:
    """Return one row per fiscal year; amounts in 元, those filed in 万元 with two decimals of 万元."""
    rows = []
    amounts = {name: Decimal(str(amount)) for name, amount in FIRST.items()}
    for number in range(5):
        row: Row = {"county_code": COUNTY_CODE, "fiscal_year": FIRST_YEAR + number, "note": None}
        row |= {name: amount * 10_000 if name in FILED_IN_WAN else amount for name, amount in amounts.items()}
        rows.append(row)
        if number < 4:
            amounts = {
                name: (amount * (1 + Decimal(str(GROWTH[name][number])) / 100)).quantize(Decimal("0.01"))
                for name, amount in amounts.items()
            }
    return rows
