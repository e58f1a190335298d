"""Look up how unlike the schools of a county are a second time, in plain Python, and their classes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from figure_keys import Resolved, Row, Year, _coefficient, _exact, _mean_and_variance, _square_root, _weighted
from school_figure_keys import counted, judged_row


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
    return counted(sum(which == "all" or (value < mean) is (which == "below") for _, _, value in rows))


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
    return counted(raised) if what == "schools" else Resolved(cv, "")


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
    return counted(len(in_group(year, county, by, group, stage)))


def _cv_absent(year: Year, *at: str) -> Resolved:
    return counted(_coefficient(year, *at)["absent"])


def _blocking(year: Year, county: str) -> Resolved:
    rows = [row for row in year.gate.document["schools"] if row["county_code"] == county and row["outcome"] == "unmet"]
    return counted(len({row["school_code"] for row in rows}))


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


SPREAD_RESOLVERS: dict[str, Callable[..., Resolved]] = {
    "share_of_first": _share_of_first,
    "schools_of_mean": _schools_of_mean,
    "from_mean": _from_mean,
    "enough": _enough,
    "group": _group,
    "group_schools": _group_schools,
    "cv_absent": _cv_absent,
    "blocking": _blocking,
    "classes": _classes,
}
