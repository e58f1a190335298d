"""Look up the figures of single schools a second time, in plain Python: what each filed, what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from typing import Any

from figure_keys import Resolved, Row, Value, Year, _exact, _in_wan

STAGES = ("primary", "junior", "senior")


def counted(number: int, unit: str = "所") -> Resolved:
    return Resolved(Fraction(number), unit)


def judged_rows(year: Year, code: str) -> list[Row]:
    return [row for row in year.document["schools"] if row["school_code"] == code and row["left_out"] is None]


def judged_row(year: Year, code: str, stage: str) -> Row:
    return next(row for row in judged_rows(year, code) if row["stage"] == stage)


def members(year: Year, code: str) -> list[str]:
    """The school and the campuses that the judge adds to it."""
    return [
        code,
        *(
            one
            for one, home in year.judgement.computed.members.select("school_code", "home").iter_rows()
            if home == code
        ),
    ]


def taken(year: Year, code: str, stage: str | None, column: str) -> Value:
    """What the judge reckons with: the filed cells of the school and its campuses, added up."""
    if column in ("school_pupils", "pupils_primary", "pupils_junior", "pupils_senior"):
        wanted = ("primary", "junior") if column == "school_pupils" else (column.removeprefix("pupils_"),)
        return sum((stage_sum(year, code, name, "pupils") or Fraction(0) for name in wanted), Fraction(0))
    if column in year.judgement.dataset["county_year"].columns and column not in ("note", "school_year"):
        county = year.schools[code]["county_code"]
        rows = [r for r in year.rows("county_year") if r["county_code"] == county and r["school_year"] == year.year]
        return _exact(rows[0][column]) if rows else None
    if column in year.judgement.dataset["stage_year"].columns:
        names = [stage] if stage else ["primary", "junior"]
        found = [value for name in names if (value := stage_sum(year, code, name, column)) is not None]
        return sum(found, Fraction(0)) if found else None
    codes = members(year, code)
    own = [
        row[column]
        for row in year.rows("school_year")
        if row["school_code"] in codes and row["school_year"] == year.year
    ]
    if not own or None in own:
        return None
    return sum((_exact(value) or Fraction(0) for value in own), Fraction(0))


def stage_sum(year: Year, code: str, stage: str, column: str) -> Value:
    codes = members(year, code)
    own = [
        row[column]
        for row in year.rows("stage_year")
        if row["school_code"] in codes and row["school_year"] == year.year and row["stage"] == stage
    ]
    if not own or None in own:
        return None
    return sum((_exact(value) or Fraction(0) for value in own), Fraction(0))


def amount_of(year: Year, code: str, stage: str | None, amount: Any) -> Value:
    total = Fraction(0)
    for term in amount.terms(stage):
        value = taken(year, code, stage, term.column)
        if value is None:
            return None
        total += term.sign * value
    return total


def split_share(year: Year, code: str, stage: str) -> Fraction:
    weights = year.judgement.standard.split.weights
    parts = {s: (stage_sum(year, code, s, "pupils") or Fraction(0)) * Fraction(weights[s]) for s in STAGES}
    return parts[stage] / sum(parts.values())


def _tally(year: Year, code: str, stage: str, which: str) -> Resolved:
    row = judged_row(year, code, stage)
    outcomes = [row["indicators"][name]["outcome"] for name in year.judgement.standard.counted()]
    return counted(sum(o is not None and (which == "judged" or o in which.split("+")) for o in outcomes), "项")


def _rule(year: Year, what: str) -> Resolved:
    rule = year.judgement.standard.school_rule
    return Resolved(Fraction(rule.at_least), "项") if what == "at_least" else Resolved(_exact(rule.rest) * 100, "%")


def _behind(year: Year, code: str, stage: str, column: str) -> Resolved:
    tables = year.judgement.dataset.tables
    derived = column == "school_pupils" or (column.startswith("pupils_") and column != "pupils_year_before")
    value = taken(year, code, None if stage == "all" else stage, column)
    if derived:
        return Resolved(value, "人")
    shown = tables.column(column)
    return _in_wan(value, shown.unit) if shown.form_unit == "万元" else Resolved(value, shown.unit)


def _split(year: Year, code: str, stage: str) -> Resolved:
    return Resolved(split_share(year, code, stage) * 100, "%")


def check_of(year: Year, name: str) -> Any:
    for _, part in year.judgement.standard.parts():
        for item in part.items.values():
            if name in item.checks:
                return item.checks[name]
    raise LookupError(name)


def _asked(year: Year, code: str, stage: str, name: str, what: str) -> Resolved:
    check, at = check_of(year, name), None if stage == "all" else stage
    formula = check.formula
    amount, base = amount_of(year, code, at, formula.amount), amount_of(year, code, at, formula.base)
    if what == "limit":
        return Resolved(asked_limit(year, code, check), check.unit)
    if what == "lack":
        return _in_wan(asked_lack(year, code, at, check), lack_unit(year, check))
    if amount is None or base is None:
        return Resolved(None, check.unit)
    match formula.kind:
        case "amount":
            value = amount
        case "share":
            value = amount * 100 / base
        case "rooms_for_classes":
            value = amount / ceil(base / formula.per)
        case "funded_as":
            pupils = taken(year, code, at, "pupils") or Fraction(0)
            value = amount / (base * max(pupils, Fraction(formula.floor)))
        case _:
            raise LookupError(formula.kind)
    return Resolved(value, check.unit)


def asked_limit(year: Year, code: str, check: Any) -> Value:
    for limit in check.thresholds[0].all:
        if all(year.schools[code].get(name) in wanted for name, wanted in limit.where.items()):
            return _exact(limit.value)
    return None


def asked_lack(year: Year, code: str, stage: str | None, check: Any) -> Value:
    formula, limit = check.formula, asked_limit(year, code, check)
    amount, base = amount_of(year, code, stage, formula.amount), amount_of(year, code, stage, formula.base)
    if amount is None or base is None or limit is None:
        return None
    wanted = {
        "amount": lambda: limit,
        "share": lambda: limit * base / 100,
        "rooms_for_classes": lambda: limit * ceil(base / formula.per),
        "funded_as": lambda: limit * base * max(taken(year, code, stage, "pupils") or 0, Fraction(formula.floor)),
    }[formula.kind]()
    lack = wanted - amount
    return min(lack, Fraction(0)) if check.thresholds[0].all[-1].at_most is not None else lack


def lack_unit(year: Year, indicator: Any) -> str:
    amount = indicator.formula.amount
    unit = year.judgement.dataset.tables.column((*amount.all, *amount.primary, *amount.junior)[0].column).unit
    return {"人": "名"}.get(unit, unit)


SCHOOL_RESOLVERS: dict[str, Callable[..., Resolved]] = {
    "tally": _tally,
    "rule": _rule,
    "behind": _behind,
    "split": _split,
    "asked": _asked,
}
