"""差多少: what a school lacks to a limit, in the unit that can be bought, built or appointed (名、㎡、元、间)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.indicators.amounts import exact_amount
from junheng.indicators.exact import exact_share
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard
from junheng.tables.model import Tables
from junheng.verdict.judgement import Judgement
from junheng.verdict.limits import RowLimit, limit_for
from junheng.verdict.schools import school_rest
from junheng.verdict.wholes import is_whole

Row = Mapping[str, Any]


def lack(
    name: str, indicator: Indicator, standard: Standard, row: Row, limit: RowLimit, tables: Tables, rest: Fraction
) -> Fraction | None:
    """How much the amount must grow (negative: shrink) to reach ``rest`` × the limit; 0 when it does.

    Whole persons, rooms and copies are rounded up to whole ones. None where the kind has no amount that could grow.
    """
    formula = indicator.formula
    amount = exact_amount(formula.amount, row)
    if amount is None:
        return None
    if standard.split and name in standard.split.indicators:
        share = exact_share(row, standard.split)
        if share is None:
            return None
        amount *= share
    needed = needed_amount(indicator, row, limit, rest)
    if needed is None:
        return None
    lower = limit.operator in ("at_least", "above") or formula.kind == "pupils_per"
    missing = needed - amount
    if (missing <= 0) if lower else (missing >= 0):
        return Fraction(0)
    if is_whole(indicator, tables):
        return Fraction(ceil(missing) if lower else floor(missing))
    return missing


def needed_amount(indicator: Indicator, row: Row, limit: RowLimit, rest: Fraction) -> Fraction | None:
    """The amount, after any split, at which the value equals ``rest`` × the limit; None where there is none."""
    formula = indicator.formula
    pupils = row.get("pupils")
    value = limit.value * rest if limit.operator in ("at_least", "above") else limit.value / rest
    match formula.kind:
        case "per_pupil":
            return value * pupils / Fraction(formula.scale) if pupils else None
        case "pupils_per":
            return Fraction(pupils) * Fraction(formula.scale) / value if pupils and value else None
        case "amount":
            return value
        case "share" | "ratio":
            base = exact_amount(formula.base, row)
            scale = Fraction(100) if formula.kind == "share" else Fraction(formula.scale)
            return None if base is None else value * base / scale
        case "rooms_for_classes":
            base = exact_amount(formula.base, row)
            return None if base is None else value * ceil(base / (formula.per or 1))
        case "funded_as":
            base = exact_amount(formula.base, row)
            return None if base is None or pupils is None else value * base * max(pupils, Fraction(formula.floor or 0))
        case _:
            return None


def amount_unit(indicator: Indicator, tables: Tables) -> str:
    """The unit of what is lacking: that of the first column of the amount."""
    formula = indicator.formula
    terms = (*formula.amount.all, *formula.amount.primary, *formula.amount.junior)
    unit = tables.column(terms[0].column).unit if terms else ""
    return {"人": "名"}.get(unit, unit)


def shortages(judgement: Judgement) -> pl.DataFrame:
    """Every missed indicator of every school in scope, with what is lacking to the limit and to the tolerated share.

    Of an either/or rule that a school meets in one way, the other ways are no shortage.

    Returns:
        county_code, school_code, school_name, stage, indicator, value, limit, outcome, lack, lack_to_rest, unit.
        ``lack`` is positive for what is to be added and negative for what is above an upper limit.
    """
    standard, tables = judgement.standard, judgement.dataset.tables
    rest = school_rest(standard)
    found = []
    for name, indicator in standard.resources.items():
        if f"{name}__value" not in judgement.rows.columns:
            continue
        missed = judgement.in_scope.filter(
            pl.col(f"{name}__outcome").is_in([str(Outcome.UNMET), str(Outcome.TOLERATED)]),
            *(pl.col(f"{bundle}__outcome").ne_missing(str(Outcome.MET)) for bundle in _bundles_of(name, standard)),
        )
        for row in missed.iter_rows(named=True):
            limit = limit_for(indicator, row)
            if limit is None:
                continue
            to_rest = lack(name, indicator, standard, row, limit, tables, rest) if rest is not None else None
            found.append(
                {
                    "county_code": row["county_code"],
                    "school_code": row["school_code"],
                    "school_name": row["school_name"],
                    "stage": row["stage"],
                    "indicator": name,
                    "value": row[f"{name}__value"],
                    "limit": float(limit.value),
                    "outcome": row[f"{name}__outcome"],
                    "lack": _float(lack(name, indicator, standard, row, limit, tables, Fraction(1))),
                    "lack_to_rest": _float(to_rest),
                    "unit": amount_unit(indicator, tables),
                }
            )
    return pl.DataFrame(found, schema=_SCHEMA).sort("county_code", "school_code", "stage", maintain_order=True)


def _bundles_of(name: str, standard: Standard) -> list[str]:
    """The either/or rules that an indicator is a part of, at any depth: where one is met, nothing lacks."""
    own = [bundle for bundle, indicator in standard.resources.items() if name in indicator.formula.of]
    return [*own, *(above for bundle in own for above in _bundles_of(bundle, standard))]


_TEXT = ("county_code", "school_code", "school_name", "stage", "indicator")
_SCHEMA = {
    **dict.fromkeys(_TEXT, pl.String),
    "value": pl.Float64,
    "limit": pl.Float64,
    "outcome": pl.String,
    "lack": pl.Float64,
    "lack_to_rest": pl.Float64,
    "unit": pl.String,
}


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
