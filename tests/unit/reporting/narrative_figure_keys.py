"""The kinds of figures that the county's narrative reports say, looked up a second time (see ``figure_keys``)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from figure_keys import Resolved, Sources, UnknownKeyError, Value, Year, _cell, _exact


def _survey(year: Year, part: str, whole: str, county: str, method: str, group: str) -> Resolved:
    found = [
        row
        for row in year.rows("satisfaction")
        if (row["county_code"], row["school_year"], row["method"], row["group"]) == (county, year.year, method, group)
    ]
    if not found or found[0][part] is None or not found[0][whole]:
        return Resolved(None, "%")
    return Resolved(Fraction(100 * found[0][part], found[0][whole]), "%")


def _cell_share(year: Year, county: str, table: str, part: str, whole: str) -> Resolved:
    top, bottom = (_cell(year, county, table, column).value for column in (part, whole))
    return Resolved(top * 100 / bottom if top is not None and bottom else None, "%")


def _stage_check(year: Year, county: str, part: str, item: str, check: str, stage: str) -> Resolved:
    frame = year.judgement.judged_checks.of("county_stage").to_dicts()
    (row,) = [row for row in frame if (row["county_code"], row["stage"]) == (county, stage)]
    return Resolved(_exact(row[f"{check}__value"]), _indicator(year, part, item, check).unit)


def _stage_check_limit(year: Year, county: str, part: str, item: str, check: str, stage: str) -> Resolved:
    indicator = _indicator(year, part, item, check)
    threshold = indicator.thresholds[0]
    (limit,) = getattr(threshold, stage) or threshold.all
    return Resolved(_exact(limit.value), indicator.unit)


def _indicator(year: Year, part: str, item: str, check: str) -> Any:
    return getattr(year.judgement.standard, part).items[item].checks[check]


def _yearly_check(year: Year, county: str, part: str, item: str, check: str, fiscal: str) -> Resolved:
    """By hand: growth of one amount against another, or a rise on the year before, of a share in percentage points."""
    indicator = _indicator(year, part, item, check)
    rows = {row["fiscal_year"]: row for row in year.rows(indicator.formula.over) if row["county_code"] == county}

    def amount(terms: Any, at: int) -> Value:
        row = rows.get(at)
        values = [None if row is None else row[term.column] for term in terms.all]
        if None in values:
            return None
        signed = (term.sign * Fraction(Decimal(value)) for term, value in zip(terms.all, values, strict=True))
        return sum(signed, Fraction(0))

    now, before = int(fiscal), int(fiscal) - 1
    top, base = indicator.formula.amount, indicator.formula.base
    if indicator.formula.kind == "grows_faster":
        grown = [_growth(amount(side, now), amount(side, before)) for side in (top, base)]
        return Resolved(None if None in grown else grown[0] - grown[1], indicator.unit)
    if indicator.formula.kind != "rises":
        raise UnknownKeyError(f"no resolver for yearly checks of the kind {indicator.formula.kind}")
    if not base.all:
        a, b = amount(top, now), amount(top, before)
        return Resolved(None if a is None or b is None else a - b, indicator.unit)
    shares = [_share(amount(top, at), amount(base, at)) for at in (now, before)]
    return Resolved(None if None in shares else 100 * (shares[0] - shares[1]), indicator.unit or "个百分点")


def _growth(now: Value, before: Value) -> Value:
    return None if now is None or not before else (now - before) * 100 / before


def _share(part: Value, whole: Value) -> Value:
    return None if part is None or not whole else part / whole


def _branch(year: Year, county: str, part: str, branch: str) -> Resolved:
    found = year.part(county, part)
    rows = [row for row in found["branches"] if row["branch"] == branch] if found else []
    if not rows or rows[0]["score_low"] != rows[0]["score_high"]:
        return Resolved(None, "分")
    return Resolved(_exact(rows[0]["score_low"]), "分")


def _branch_points(year: Year, part: str, branch: str) -> Resolved:
    return Resolved(_exact(getattr(year.judgement.standard, part).groups[branch].points), "分")


def _bound(year: Year, which: str, county: str, part: str) -> Resolved:
    found = year.part(county, part)
    return Resolved(_exact(found[which]) if found else None, "分")


def turned(rest: str, sources: Sources) -> Resolved:
    """How many items or schools of a stage that were not met some years ago came to what."""
    county, what, back, turn = rest.split("/")
    before, now = (_outcomes(sources.years[at], county, what) for at in (int(back), 0))
    count = 0
    for name in {*before, *now}:
        old, new = before.get(name), now.get(name)
        became = {"unmet": "remaining", "met": "resolved", "tolerated": "resolved"}.get(new or "", "open")
        count += (old == "unmet" and turn in ("unmet_before", became)) or (
            old != "unmet" and (turn, new) == ("new", "unmet")
        )
    return Resolved(Fraction(count), "项" if what == "items" else "所")


def _outcomes(year: Year, county: str, what: str) -> dict[Any, str | None]:
    if what != "items":
        return {row["school_code"]: row["outcome"] for row in year.judged(county, what)}
    found = next(row for row in year.document["counties"] if row["county_code"] == county)
    return {(part["part"], item["item"]): item["outcome"] for part in found["parts"] for item in part["items"]}


NARRATIVE_RESOLVERS: dict[str, Callable[..., Resolved]] = {
    "survey_returned": lambda year, *at: _survey(year, "valid", "distributed", *at),
    "survey_satisfied": lambda year, *at: _survey(year, "satisfied", "valid", *at),
    "cell_share": _cell_share,
    "check_stage": _stage_check,
    "check_stage_limit": _stage_check_limit,
    "check_year": _yearly_check,
    "branch_score": _branch,
    "branch_points": _branch_points,
    "score_low": lambda year, *at: _bound(year, "score_low", *at),
    "score_high": lambda year, *at: _bound(year, "score_high", *at),
}
