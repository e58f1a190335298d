"""Look up the figures of single schools, shortages, spread, years and counties a second time, in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil
from typing import Any

from figure_keys import (
    Resolved,
    Row,
    Value,
    Year,
    _coefficient,
    _cv,
    _exact,
    _mean_and_variance,
    _square_root,
    _weighted,
)

MISSED, PASSED = ("unmet", "tolerated"), ("met", "tolerated")
RANK = {"met": 0, "tolerated": 1, "unmet": 2}
STAGES = ("primary", "junior", "senior")


def _count(number: int, unit: str = "所") -> Resolved:
    return Resolved(Fraction(number), unit)


# One school.


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
    return _count(sum(o is not None and (which == "judged" or o in which.split("+")) for o in outcomes), "项")


def _rule(year: Year, what: str) -> Resolved:
    rule = year.judgement.standard.school_rule
    return Resolved(Fraction(rule.at_least), "项") if what == "at_least" else Resolved(_exact(rule.rest) * 100, "%")


def _behind(year: Year, code: str, stage: str, column: str) -> Resolved:
    tables = year.judgement.dataset.tables
    derived = column == "school_pupils" or (column.startswith("pupils_") and column != "pupils_year_before")
    unit = "人" if derived else tables.column(column).unit
    return Resolved(taken(year, code, None if stage == "all" else stage, column), unit)


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
        return Resolved(asked_lack(year, code, at, check), lack_unit(year, check))
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


# Shortages.


def indicator_of(year: Year, name: str) -> Any:
    return year.judgement.standard.resources.get(name) or check_of(year, name)


def lacks(year: Year, county: str, name: str) -> list[tuple[str, str, Fraction]]:
    """School, stage and amount of everything that lacks of one thing."""
    if name in year.judgement.standard.resources:
        rows = [row for row in year.document["shortages"] if (row["county_code"], row["indicator"]) == (county, name)]
        found = [(row["school_code"], row["stage"], _exact(row["lack"])) for row in rows]
    else:
        check = check_of(year, name)
        stages = ("primary", "junior") if check.level == "stage" else (None,)
        found = [
            (code, stage or "all", asked_lack(year, code, stage, check))
            for code, rows, _ in year.filed(county)
            for stage in stages
            if (stage is None or any(row["stage"] == stage for row in rows)) and concerned(year, code, check)
        ]
    return [(code, stage, lack) for code, stage, lack in found if lack is not None and lack > 0]


def concerned(year: Year, code: str, check: Any) -> bool:
    row = {**year.schools[code], "school_pupils": taken(year, code, None, "school_pupils")}
    alone = all(code not in members(year, other) for other in year.schools if other != code)
    return alone and all(
        wanted.holds(row[name]) if hasattr(wanted, "holds") else row[name] in wanted if isinstance(wanted, tuple) else row[name] == wanted  # noqa: E501
        for name, wanted in check.formula.where.items()
    )  # fmt: skip


def wholes(year: Year, county: str, name: str) -> dict[str, Fraction]:
    """What every school must add altogether."""
    return {code: whole(year, code, name, lack) for code, _, lack in lacks(year, county, name)}


def whole(year: Year, code: str, name: str, lack: Fraction) -> Fraction:
    indicator = indicator_of(year, name)
    filed = next(rows for one, rows, _ in year.filed(year.schools[code]["county_code"]) if one == code)
    columns = indicator.formula.amount.columns()
    if (
        check_is_whole(year, name)
        or len(filed) == 1
        or not columns & set(year.judgement.dataset["school_year"].columns)
    ):
        return lack
    split = year.judgement.standard.split
    asked = [Fraction(0)]
    for row in judged_rows(year, code):
        entry = row["indicators"][name]
        if entry["limit"] is None or entry["value"] is None or not row["pupils"]:
            continue
        share = split_share(year, code, row["stage"]) if split and name in split.indicators else Fraction(1)
        amount = amount_of(year, code, row["stage"], indicator.formula.amount)
        asked.append(wanted_of(year, code, row, name) / share - amount)
    counted = all(year.judgement.dataset.tables.column(column).unit not in ("㎡", "元") for column in columns)
    return Fraction(ceil(max(asked))) if counted else max(asked)


def check_is_whole(year: Year, name: str) -> bool:
    return name not in year.judgement.standard.resources and check_of(year, name).level == "school"


def wanted_of(year: Year, code: str, row: Row, name: str) -> Fraction:
    indicator = indicator_of(year, name)
    formula, limit = indicator.formula, _exact(row["indicators"][name]["limit"])
    pupils, base = _exact(row["pupils"]), amount_of(year, code, row["stage"], indicator.formula.base)
    match formula.kind:
        case "per_pupil":
            return limit * pupils / Fraction(formula.scale)
        case "pupils_per":
            return pupils * Fraction(formula.scale) / limit
        case "share":
            return limit * base / 100
        case "ratio":
            return limit * base / Fraction(formula.scale)
        case "amount":
            return limit
    raise LookupError(formula.kind)


def _lack_schools(year: Year, county: str, stage: str, *name: str) -> Resolved:
    if stage == "any":
        names = [*year.judgement.standard.resources]
        names += [
            key
            for _, p in year.judgement.standard.parts()
            for i in p.items.values()
            for key, c in i.checks.items()
            if c.level in ("stage", "school")
        ]
        return _count(len({code for one in names for code, _, _ in lacks(year, county, one)}))
    if stage == "whole":
        return _count(len(wholes(year, county, *name)))
    return _count(sum(at == stage for _, at, _ in lacks(year, county, *name)))


def _lack_sum(year: Year, county: str, town: str, stage: str, name: str) -> Resolved:
    own = [lack for code, at, lack in lacks(year, county, name) if at == stage and in_town(year, code, town)]
    return Resolved(sum(own, Fraction(0)), lack_unit(year, indicator_of(year, name)))


def _whole_sum(year: Year, county: str, town: str, name: str) -> Resolved:
    own = [lack for code, lack in wholes(year, county, name).items() if in_town(year, code, town)]
    return Resolved(sum(own, Fraction(0)), lack_unit(year, indicator_of(year, name)))


def in_town(year: Year, code: str, town: str) -> bool:
    return town == "all" or year.schools[code]["town"] == town


def _need(year: Year, code: str, stage: str, name: str, what: str = "") -> Resolved:
    indicator, at = indicator_of(year, name), None if stage == "all" else stage
    unit = lack_unit(year, indicator)
    county = year.schools[code]["county_code"]
    if stage == "whole":
        return Resolved(wholes(year, county, name)[code], unit)
    amount = amount_of(year, code, at, indicator.formula.amount)
    split = year.judgement.standard.split
    if split and name in split.indicators:
        amount *= split_share(year, code, stage)
    if what == "has":
        return Resolved(amount, unit)
    shared = split and name in split.indicators and split_share(year, code, stage) != 1
    if name in year.judgement.standard.resources and (shared or unit in ("㎡", "元")):
        return Resolved(wanted_of(year, code, judged_row(year, code, stage), name), unit)
    lack = next(
        (_exact(row["lack"]) for row in year.document["shortages"] if (row["school_code"], row["stage"], row["indicator"]) == (code, stage, name)),  # noqa: E501
        None,
    )  # fmt: skip
    return Resolved(amount + (asked_lack(year, code, at, indicator) if lack is None else lack), unit)


def _open_schools(year: Year, county: str) -> Resolved:
    limited = [name for name, entry in year.judgement.standard.resources.items() if entry.thresholds]
    found = {
        row["school_code"]
        for row in year.document["schools"]
        if row["county_code"] == county and row["left_out"] is None
        and any(row["indicators"][name]["outcome"] == "unknown" for name in limited)
    }  # fmt: skip
    for level in ("stage", "school"):
        names = [
            key
            for _, p in year.judgement.standard.parts()
            for i in p.items.values()
            for key, c in i.checks.items()
            if c.level == level
        ]
        for row in year.judgement.judged_checks.of(level).to_dicts():
            if row["county_code"] == county and any(row[f"{name}__outcome"] == "unknown" for name in names):
                found.add(row["school_code"])
    return _count(len(found))


# Spread.


def shares(year: Year, county: str, stage: str, indicator: str) -> list[tuple[Fraction, Fraction, Fraction]]:
    """Share of S², weight and value of every school, the largest share first."""
    rows = [(weight, value) for _, weight, value in _weighted(year, county, stage, indicator)]
    mean, _ = _mean_and_variance(rows)
    parts = [(weight * (value - mean) ** 2, weight, value) for weight, value in rows]
    total = sum(part for part, _, _ in parts)
    return sorted(((part / total, w, v) for part, w, v in parts), key=lambda part: -part[0])


def mean_of(rows: list[tuple[Fraction, Fraction, Fraction]]) -> Fraction:
    return _mean_and_variance([(weight, value) for _, weight, value in rows])[0]


def _share_of_first(year: Year, most: str, *at: str) -> Resolved:
    return Resolved(sum(share for share, _, _ in shares(year, *at)[: int(most)]) * 100, "%")


def _schools_of_mean(year: Year, which: str, *at: str) -> Resolved:
    rows = shares(year, *at)
    mean = mean_of(rows)
    return _count(sum(which == "all" or (value < mean) is (which == "below") for _, _, value in rows))


def _from_mean(year: Year, code: str, stage: str, indicator: str) -> Resolved:
    county = year.schools[code]["county_code"]
    mean = mean_of(shares(year, county, stage, indicator))
    value = _exact(judged_row(year, code, stage)["indicators"][indicator]["value"])
    return Resolved((value - mean) * 100 / mean, "%")


def _enough(year: Year, county: str, stage: str, indicator: str, what: str) -> Resolved:
    rows = shares(year, county, stage, indicator)
    mean, limit = mean_of(rows), _exact(_coefficient(year, county, stage, indicator)["limit"])
    raised, cv = 0, None
    for place, (share, weight, value) in enumerate(rows):
        if value >= mean:
            continue
        rows[place] = (share, weight, mean)
        raised += 1
        now, variance = _mean_and_variance([(w, v) for _, w, v in rows])
        cv = _square_root(variance) / now
        if cv <= limit:
            break
    return _count(raised) if what == "schools" else Resolved(cv, "")


def in_group(year: Year, county: str, by: str, group: str, stage: str) -> list[Row]:
    return [row for row in year.judged(county, stage) if str(row[by]) == group]


def _group(year: Year, county: str, by: str, group: str, stage: str, indicator: str) -> Resolved:
    rows = [
        (_exact(row["pupils"]), value)
        for row in in_group(year, county, by, group, stage)
        if (value := _exact(row["indicators"][indicator]["value"])) is not None and row["pupils"]
    ]
    unit = year.judgement.standard.resources[indicator].unit
    return Resolved(_mean_and_variance(rows)[0] if rows else None, unit)


def _group_schools(year: Year, county: str, by: str, group: str, stage: str) -> Resolved:
    return _count(len(in_group(year, county, by, group, stage)))


def _cv_absent(year: Year, *at: str) -> Resolved:
    return _count(_coefficient(year, *at)["absent"])


def _blocking(year: Year, county: str) -> Resolved:
    rows = [row for row in year.gate.document["schools"] if row["county_code"] == county and row["outcome"] == "unmet"]
    return _count(len({row["school_code"] for row in rows}))


# Years and classes.


def _classes(year: Year, county: str, stage: str, what: str) -> Resolved:
    columns = {
        "count": ("classes",),
        "large": ("classes_60", "classes_65", "classes_over_65"),
        "huge": ("classes_over_65",),
        "largest": ("largest_class",),
    }[what]
    rows = [row for _, stages, _ in year.filed(county) for row in stages if row["stage"] == stage]
    values = [row[column] for row in rows for column in columns]
    if not values or None in values:
        return Resolved(None, "人" if what == "largest" else "个")
    return Resolved(Fraction(max(values)), "人") if what == "largest" else Resolved(Fraction(sum(values)), "个")


# Counties together.


def counties(year: Year) -> list[Row]:
    return year.document["counties"]


def school_outcomes(year: Year, stage: str | None, county: str | None = None) -> list[str]:
    return [
        row["outcome"]
        for row in year.document["schools"]
        if row["left_out"] is None and stage in (None, row["stage"]) and county in (None, row["county_code"])
    ]


def passing(outcomes: list[str]) -> Value:
    known = [outcome for outcome in outcomes if outcome != "unknown"]
    return Fraction(100 * sum(outcome in PASSED for outcome in outcomes), len(outcomes)) if known else None


def chosen(outcomes: Iterator[str | None] | list[str], which: str) -> int:
    return sum(which == "all" or outcome in which.split("+") for outcome in outcomes)


def _counties(year: Year, what: str, *at: str) -> Resolved:
    return _COUNTIES[what](year, *at)


def _unknown(year: Year, county: str, what: str) -> Resolved:
    if what == "schools":
        return _count(
            school_outcomes(year, None, county).count("unknown") if year.judgement.standard.school_rule else 0
        )
    if what == "cvs":
        rows = [row for row in year.document["balance"] if row["county_code"] == county]
        return _count(sum(row["outcome"] == "unknown" for row in rows), "项")
    found = next(row for row in counties(year) if row["county_code"] == county)
    items = [item["outcome"] for part in found["parts"] for item in part["items"]]
    return _count(items.count("unknown"), "项")


def _weak(year: Year, stage: str, name: str, what: str) -> Resolved:
    cvs = [row for row in year.document["balance"] if (row["stage"], row["indicator"]) == (stage, name)]
    if what in ("over", "partial"):
        return _count(sum(row["outcome"] == "unmet" if what == "over" else row["absent"] > 0 for row in cvs), "个")
    rows = [row for row in year.document["schools"] if row["left_out"] is None and row["stage"] == stage]
    outcomes = [row["indicators"][name]["outcome"] for row in rows]
    limited = bool(year.judgement.standard.resources[name].thresholds)
    judged = sum(outcome not in (None, "unknown") for outcome in outcomes) if limited else 0
    missed = sum(outcome in MISSED for outcome in outcomes)
    unit = "%" if what == "share" else "所"
    if not judged:
        return Resolved(None, unit)
    return Resolved(
        {"unmet": Fraction(missed), "judged": Fraction(judged), "share": Fraction(100 * missed, judged)}[what], unit
    )


def _rank(year: Year, county: str) -> Resolved:
    shares_ = [passing(school_outcomes(year, None, row["county_code"])) for row in counties(year)]
    own = passing(school_outcomes(year, None, county))
    return _count(1 + sum(share is not None and share > own for share in shares_), "")


def _part(year: Year, part: str, which: str) -> Resolved:
    found = [entry["outcome"] for row in counties(year) for entry in row["parts"] if entry["part"] == part]
    return _count(chosen(found, which), "个")


def _item(year: Year, part: str, item: str, which: str) -> Resolved:
    return _count(sum(year.item(row["county_code"], part, item)["outcome"] == which for row in counties(year)), "个")


_COUNTIES: dict[str, Callable[..., Resolved]] = {
    "outcome": lambda year, which: _count(chosen([row["outcome"] for row in counties(year)], which), "个"),
    "part": _part,
    "schools": lambda year, stage, which: _count(chosen(school_outcomes(year, stage), which)),
    "share": lambda year, stage: Resolved(passing(school_outcomes(year, stage)), "%"),
    "passed": lambda year, county: Resolved(passing(school_outcomes(year, None, county)), "%"),
    "rank": _rank,
    "weak": _weak,
    "item": _item,
    "unknown": _unknown,
}


# Since the year before: these need two years.


def _cvs_moved(sources: Any, county: str, word: str) -> Resolved:
    now, before = sources.years[0], sources.years[1]
    moves = []
    old = {(row["stage"], row["indicator"]): row for row in before.document["balance"] if row["county_code"] == county}
    for row in now.document["balance"]:
        last = old.get((row["stage"], row["indicator"]))
        if last and not row["absent"] and not last["absent"] and row["cv"] is not None and last["cv"] is not None:
            at = (county, row["stage"], row["indicator"])
            difference = _cv(now, *at).value - _cv(before, *at).value
            moves.append("不变" if abs(difference) < Fraction(1, 10**12) else "上升" if difference > 0 else "下降")
    return _count(moves.count(word), "项")


def _schools_changed(sources: Any, county: str, sign: int) -> Resolved:
    old = {(row["school_code"], row["stage"]): row["outcome"] for row in sources.years[1].document["schools"]}
    found = set()
    for row in sources.years[0].document["schools"]:
        last = old.get((row["school_code"], row["stage"]))
        known = row["county_code"] == county and row["outcome"] in RANK and last in RANK
        if known and (RANK[row["outcome"]] - RANK[last]) * sign > 0:
            found.add(row["school_code"])
    return _count(len(found))


OVER_YEARS: dict[str, Callable[..., Resolved]] = {
    "cvs_moved": _cvs_moved,
    "schools_slipped": lambda sources, county: _schools_changed(sources, county, 1),
    "schools_improved": lambda sources, county: _schools_changed(sources, county, -1),
}
SCHOOL_RESOLVERS: dict[str, Callable[..., Resolved]] = {
    "tally": _tally,
    "rule": _rule,
    "behind": _behind,
    "split": _split,
    "asked": _asked,
    "lack_schools": _lack_schools,
    "lack_sum": _lack_sum,
    "whole_sum": _whole_sum,
    "need": _need,
    "open_schools": _open_schools,
    "share_of_first": _share_of_first,
    "schools_of_mean": _schools_of_mean,
    "from_mean": _from_mean,
    "enough": _enough,
    "group": _group,
    "group_schools": _group_schools,
    "cv_absent": _cv_absent,
    "blocking": _blocking,
    "classes": _classes,
    "counties": _counties,
}
