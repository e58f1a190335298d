"""The public money of a county by fiscal year."""

from __future__ import annotations

import numpy as np
from examples.synthetic_nation.county import FILED_FROM, Counties
from examples.synthetic_nation.stage_rows import Columns

BEFORE = 3  # fiscal years before the first school year: the growth checks need four in a row
PUBLIC_MONEY = ("appropriation", "recurrent_revenue", "education_expenditure", "budget_education_expenditure",
                "fiscal_expenditure", "gdp")  # fmt: skip


def make_finance(counties: Counties, year: int, base: np.ndarray) -> Columns:
    """Public money in 元; it grows, in a few years and counties it falls. ``base`` are pupils of the first year."""
    draws, code = counties.draws, counties.code
    grown: dict[str, np.ndarray] = {
        name: np.zeros(len(counties)) for name in (*PUBLIC_MONEY, "expense", "funds", "pay")
    }
    for when in range(FILED_FROM - 3, year + 1):
        bad = draws.uniform(code, "money falls", when) < 0.12 * (1 - counties.done(when))
        common = 0.055 - 0.09 * bad + 0.008 * draws.normal(code, "money", when)
        for name in PUBLIC_MONEY:
            lead = {"appropriation": 0.012, "education_expenditure": 0.011, "budget_education_expenditure": 0.010,
                    "recurrent_revenue": 0.0, "fiscal_expenditure": 0.002, "gdp": 0.0}[name]  # fmt: skip
            grown[name] = grown[name] + common + lead + 0.003 * draws.normal(code, name, when)
        for name in ("expense", "funds", "pay"):
            grown[name] = grown[name] + np.maximum(common * 0.7, -0.05) + 0.004 * draws.normal(code, name, when)
    revenue = base * 21_000.0 * np.exp(0.35 * counties.wealth)
    first = {"appropriation": base * 10_200.0, "education_expenditure": base * 13_000.0,
             "budget_education_expenditure": base * 12_600.0, "recurrent_revenue": revenue,
             "fiscal_expenditure": np.maximum(revenue * 2.6, base * 60_000.0), "gdp": revenue * 11.0}  # fmt: skip
    money = {name: np.rint(first[name] * np.exp(grown[name]) / 100) * 100 for name in PUBLIC_MONEY}
    level = np.exp(0.12 * counties.wealth)
    return money | {
        "expense_primary": np.rint(9_000 * level * np.exp(grown["expense"])),
        "expense_junior": np.rint(12_400 * level * np.exp(grown["expense"])),
        "public_funds_primary": np.rint(2_100 * level * np.exp(grown["funds"])),
        "public_funds_junior": np.rint(2_900 * level * np.exp(grown["funds"])),
        "staff_pay_mean": np.rint(58_000 * level * np.exp(grown["pay"])),
    }
