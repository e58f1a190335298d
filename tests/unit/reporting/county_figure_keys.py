"""Look up the figures of many counties, and of changes since the year before, a second time, in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from figure_keys import Resolved, Row, Value, Year, _cv
from school_figure_keys import counted

MISSED, PASSED = ("unmet", "tolerated"), ("met", "tolerated")
RANK = {"met": 0, "tolerated": 1, "unmet": 2}


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
        return counted(
            school_outcomes(year, None, county).count("unknown") if year.judgement.standard.school_rule else 0
        )
    if what == "cvs":
        rows = [row for row in year.document["balance"] if row["county_code"] == county]
        return counted(sum(row["outcome"] == "unknown" for row in rows), "项")
    found = next(row for row in counties(year) if row["county_code"] == county)
    items = [item["outcome"] for part in found["parts"] for item in part["items"]]
    return counted(items.count("unknown"), "项")


def _weak(year: Year, stage: str, name: str, what: str) -> Resolved:
    cvs = [row for row in year.document["balance"] if (row["stage"], row["indicator"]) == (stage, name)]
    if what in ("over", "partial"):
        return counted(sum(row["outcome"] == "unmet" if what == "over" else row["absent"] > 0 for row in cvs), "个")
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
    return counted(1 + sum(share is not None and share > own for share in shares_), "")


def _part(year: Year, part: str, which: str) -> Resolved:
    found = [entry["outcome"] for row in counties(year) for entry in row["parts"] if entry["part"] == part]
    return counted(chosen(found, which), "个")


def _item(year: Year, part: str, item: str, which: str) -> Resolved:
    return counted(sum(year.item(row["county_code"], part, item)["outcome"] == which for row in counties(year)), "个")


_COUNTIES: dict[str, Callable[..., Resolved]] = {
    "outcome": lambda year, which: counted(chosen([row["outcome"] for row in counties(year)], which), "个"),
    "part": _part,
    "schools": lambda year, stage, which: counted(chosen(school_outcomes(year, stage), which)),
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
        if row["county_code"] != county:
            continue
        last = old.get((row["stage"], row["indicator"]))
        if last and not row["absent"] and not last["absent"] and row["cv"] is not None and last["cv"] is not None:
            at = (county, row["stage"], row["indicator"])
            difference = _cv(now, *at).value - _cv(before, *at).value
            moves.append("不变" if abs(difference) < Fraction(1, 10**12) else "上升" if difference > 0 else "下降")
        else:
            moves.append("不能比较")
    return counted(moves.count(word), "项")


def _schools_changed(sources: Any, county: str, sign: int) -> Resolved:
    old = {(row["school_code"], row["stage"]): row["outcome"] for row in sources.years[1].document["schools"]}
    found = set()
    for row in sources.years[0].document["schools"]:
        last = old.get((row["school_code"], row["stage"]))
        known = row["county_code"] == county and row["outcome"] in RANK and last in RANK
        if known and (RANK[row["outcome"]] - RANK[last]) * sign > 0:
            found.add(row["school_code"])
    return counted(len(found))


COUNTY_RESOLVERS: dict[str, Callable[..., Resolved]] = {"counties": _counties}
OVER_YEARS: dict[str, Callable[..., Resolved]] = {
    "cvs_moved": _cvs_moved,
    "schools_slipped": lambda sources, county: _schools_changed(sources, county, 1),
    "schools_improved": lambda sources, county: _schools_changed(sources, county, -1),
}
