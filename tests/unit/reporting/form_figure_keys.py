"""Look up the figures of the official forms a second time: from the tables filed and the published result document."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from figure_keys import Resolved, Row, Value, Year, _exact, _filed_as

PASSED = ("met", "tolerated")
KINDS = {
    "小学": "211 212 213", "小学教学点": "218", "附设小学班": "219", "初级中学": "311 313", "附设普通初中班": "319",
    "职业初中": "321", "九年一贯制学校": "312 314", "十二年一贯制学校": "345", "完全中学": "341 343", "工读学校": "371",
    "特殊教育学校": "511 512 513 514 518 519",
}  # fmt: skip


def counted(year: Year) -> list[str]:
    return list(year.judgement.standard.counted())


def why_not_listed(year: Year, row: Row) -> str:
    """The rules of 表Ⅱ hold for basic standards; forms on a standard of evaluation list all that it judges."""
    if year.judgement.standard.purpose == "gate":
        if row["operator"] == "private":
            return "民办学校"
        if row["operator"] in ("city", "province", "university", "enterprise", "other"):
            return "非本县政府举办的公办学校"
        if row["school_kind"] == "218":
            return "小学教学点"
        if row["school_kind"].startswith("51"):
            return "特殊教育学校"
    return "" if row["left_out"] is None else "标准不判定的学校"


def listed(year: Year, county: str, stage: str) -> list[Row]:
    return [
        row
        for row in year.document["schools"]
        if row["county_code"] == county and row["stage"] == stage and not why_not_listed(year, row)
    ]


def form_schools(year: Year, county: str, stage: str, *rest: str) -> Resolved:
    *indicator, which = rest
    rows = listed(year, county, stage)
    outcomes = [_outcome(year, row, indicator[0]) if indicator else row["outcome"] for row in rows]
    return Resolved(Fraction(sum(which == "listed" or outcome in which.split("+") for outcome in outcomes)), "所")


def _outcome(year: Year, row: Row, indicator: str) -> str | None:
    """What bundles several others is not in the document; it stands with the judge's rows."""
    if indicator in row["indicators"]:
        return str(row["indicators"][indicator]["outcome"]) if row["indicators"][indicator]["outcome"] else None
    judged = year.judgement.rows.filter(school_code=row["school_code"], stage=row["stage"])
    found: str | None = judged[f"{indicator}__outcome"].item()
    return found


def form_share(year: Year, county: str, stage: str) -> Resolved:
    rows = listed(year, county, stage)
    passed = sum(row["outcome"] in PASSED for row in rows)
    known = any(row["outcome"] != "unknown" for row in rows)
    return Resolved(Fraction(100 * passed, len(rows)) if known else None, "%")


def form_left_out(year: Year, county: str, why: str) -> Resolved:
    rows = [row for row in year.document["schools"] if row["county_code"] == county]
    return Resolved(Fraction(sum(why_not_listed(year, row) == why for row in rows)), "所")


def school_row(year: Year, code: str, stage: str) -> Row:
    return next(row for row in year.document["schools"] if row["school_code"] == code and row["stage"] == stage)


def form_pass(year: Year, code: str, stage: str) -> Resolved:
    return Resolved(Fraction(1) if school_row(year, code, stage)["outcome"] in PASSED else None, "")


def form_met(year: Year, code: str, stage: str) -> Resolved:
    indicators = school_row(year, code, stage)["indicators"]
    return Resolved(Fraction(sum(indicators[name]["outcome"] == "met" for name in counted(year))), "项")


def form_limit(year: Year, county: str, stage: str, indicator: str) -> Resolved:
    unit = year.judgement.standard.resources[indicator].unit
    if year.judgement.standard.resources[indicator].formula.kind == "some_of":
        return Resolved(None, unit)
    limits = {row["indicators"][indicator]["limit"] for row in listed(year, county, stage)}
    return Resolved(_exact(limits.pop()) if len(limits) == 1 else None, unit)


def form_not_seen(year: Year, *_: str) -> Resolved:
    rule = year.judgement.standard.school_rule
    return Resolved(Fraction(rule.not_seen if rule else 0), "项")


def county_row(year: Year, county: str) -> Row:
    return next((row for row in year.rows("county") if row["county_code"] == county), {})


def population(year: Year, county: str) -> Resolved:
    people = county_row(year, county).get("resident_population")
    return Resolved(None if people is None else Fraction(people, 10_000), "万人")


def survey_needed(year: Year, county: str) -> Resolved:
    people = county_row(year, county).get("resident_population")
    if people is None:
        return Resolved(None, "份")
    whole, rest = divmod(people * 15, 10_000)
    return Resolved(Fraction(600 if people <= 400_000 else whole + (rest > 0)), "份")


def kind(year: Year, county: str, word: str) -> Resolved:
    codes = KINDS[word].split()
    schools = [year.schools[code] for code, _, _ in year.filed(county)]
    return Resolved(Fraction(sum(s["school_kind"] in codes and s["counted"] is not False for s in schools)), "所")


def money(year: Year, county: str, fiscal_year: int, column: str) -> Value:
    for row in year.rows("finance_year"):
        if row["county_code"] == county and row["fiscal_year"] == fiscal_year:
            return _exact(row[column])
    return None


def finance(year: Year, county: str, fiscal_year: str, column: str, unit: str) -> Resolved:
    value = money(year, county, int(fiscal_year), column)
    size = {"元": 1, "千元": 1000, "万元": 10_000}[unit]
    return Resolved(None if value is None else value / size, unit)


def growth(year: Year, county: str, fiscal_year: str, column: str) -> Resolved:
    now, before = (money(year, county, int(fiscal_year) - back, column) for back in (0, 1))
    known = now is not None and before is not None and before > 0
    return Resolved((now / before - 1) * 100 if known else None, "%")  # type: ignore[operator]


def growth_margin(year: Year, county: str, fiscal_year: str, column: str, other: str) -> Resolved:
    own, beside = (growth(year, county, fiscal_year, name).value for name in (column, other))
    return Resolved(None if own is None or beside is None else own - beside, "个百分点")


def finance_share(year: Year, county: str, fiscal_year: str, part: str, whole: str) -> Resolved:
    top, bottom = (money(year, county, int(fiscal_year), name) for name in (part, whole))
    return Resolved(top * 100 / bottom if top is not None and bottom else None, "%")


def town_schools(year: Year, county: str, *town: str) -> Resolved:
    towns = [year.schools[code]["town"] or "" for code, _, _ in year.filed(county)]
    return Resolved(Fraction(sum(not town or name == town[0] for name in towns)), "所")


def whole_sum(year: Year, county: str, column: str) -> Resolved:
    """All that was filed of a column in the county: what sums by school and by town have to come to."""
    known: list[Any] = []
    for _, stages, whole in year.filed(county):
        by_stage = column in year.judgement.dataset["stage_year"].columns
        rows = [row for row in stages if row["stage"] != "senior"] if by_stage else [whole or {}]
        known += [_exact(row[column]) for row in rows if row.get(column) is not None]
    return _filed_as(year, year.column(column), sum(known, Fraction(0)) if known else None)


FORM_RESOLVERS: dict[str, Callable[..., Resolved]] = {
    "form_schools": form_schools,
    "form_share": form_share,
    "form_left_out": form_left_out,
    "form_pass": form_pass,
    "form_met": form_met,
    "form_limit": form_limit,
    "form_not_seen": form_not_seen,
    "population": population,
    "survey_needed": survey_needed,
    "kind": kind,
    "finance": finance,
    "growth": growth,
    "growth_margin": growth_margin,
    "finance_share": finance_share,
    "town_schools": town_schools,
    "sum_of_towns": whole_sum,
    "sum_of_schools": whole_sum,
}
