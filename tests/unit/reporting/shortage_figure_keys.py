"""Look up what schools lack a second time, in plain Python: by school, by town, altogether."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from typing import Any

from figure_keys import Resolved, Row, Year, _exact, _in_wan
from school_figure_keys import (
    amount_of,
    asked_lack,
    check_of,
    counted,
    judged_row,
    judged_rows,
    lack_unit,
    members,
    split_share,
    taken,
)


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
        return counted(len({code for one in names for code, _, _ in lacks(year, county, one)}))
    if stage == "whole":
        return counted(len(wholes(year, county, *name)))
    return counted(sum(at == stage for _, at, _ in lacks(year, county, *name)))


def _lack_sum(year: Year, county: str, town: str, stage: str, name: str) -> Resolved:
    own = [lack for code, at, lack in lacks(year, county, name) if at == stage and in_town(year, code, town)]
    return _in_wan(sum(own, Fraction(0)), lack_unit(year, indicator_of(year, name)))


def _whole_sum(year: Year, county: str, town: str, name: str) -> Resolved:
    own = [lack for code, lack in wholes(year, county, name).items() if in_town(year, code, town)]
    return _in_wan(sum(own, Fraction(0)), lack_unit(year, indicator_of(year, name)))


def in_town(year: Year, code: str, town: str) -> bool:
    return town == "all" or year.schools[code]["town"] == town


def _need(year: Year, code: str, stage: str, name: str, what: str = "") -> Resolved:
    indicator, at = indicator_of(year, name), None if stage == "all" else stage
    unit = lack_unit(year, indicator)
    county = year.schools[code]["county_code"]
    if stage == "whole":
        return _in_wan(wholes(year, county, name)[code], unit)
    amount = amount_of(year, code, at, indicator.formula.amount)
    split = year.judgement.standard.split
    if split and name in split.indicators:
        amount *= split_share(year, code, stage)
    if what == "has":
        return _in_wan(amount, unit)
    shared = split and name in split.indicators and split_share(year, code, stage) != 1
    if name in year.judgement.standard.resources and (shared or unit in ("㎡", "元")):
        return _in_wan(wanted_of(year, code, judged_row(year, code, stage), name), unit)
    lack = next(
        (_exact(row["lack"]) for row in year.document["shortages"] if (row["school_code"], row["stage"], row["indicator"]) == (code, stage, name)),  # noqa: E501
        None,
    )  # fmt: skip
    return _in_wan(amount + (asked_lack(year, code, at, indicator) if lack is None else lack), unit)


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
    return counted(len(found))


SHORTAGE_RESOLVERS: dict[str, Callable[..., Resolved]] = {
    "lack_schools": _lack_schools,
    "lack_sum": _lack_sum,
    "whole_sum": _whole_sum,
    "need": _need,
    "open_schools": _open_schools,
}
