"""Look up a figure of a report a second time, from its key alone, without any of the code that made it.

``resolve(key, sources)`` reads the raw tables that were filed, the published result document and the standard, adds up
in plain Python and fractions, and says value and unit. Every kind of key (``schools/…``, ``cv/…``) has one function
here, found by its name; a kind without one is an ``UnknownKeyError``, so that no new kind of figure goes unproved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from math import isqrt
from typing import Any

from junheng.reporting.result import result_document
from junheng.verdict.judgement import Judgement

Value = Fraction | None
Row = Mapping[str, Any]


class UnknownKeyError(LookupError):
    """No function here can look up this kind of key."""


@dataclass(frozen=True)
class Resolved:
    """What a key stands for: the value at full precision, None where it is not known, and its unit.

    ``unit`` is None where the chapter chooses the word (人, 名).
    """

    value: Value
    unit: str | None


@dataclass
class Year:
    """One school year of what a report was made from."""

    judgement: Judgement
    tables: dict[str, list[Row]] = field(default_factory=dict)

    @cached_property
    def document(self) -> dict[str, Any]:
        return result_document(self.judgement).model_dump(mode="json")

    @cached_property
    def gate(self) -> Year:
        assert self.judgement.gate is not None
        return Year(self.judgement.gate)

    @property
    def year(self) -> int:
        return self.judgement.year

    def rows(self, table: str) -> list[Row]:
        """A table as it was filed."""
        if table not in self.tables:
            self.tables[table] = self.judgement.dataset[table].to_dicts()
        return self.tables[table]

    def column(self, name: str) -> Any:
        return self.judgement.dataset.tables.column(name)

    @cached_property
    def schools(self) -> dict[str, Row]:
        return {row["school_code"]: row for row in self.rows("school")}

    def filed(self, county: str) -> list[tuple[str, list[Row], Row | None]]:
        """The schools that filed anything in the year: code, rows by stage, row of the whole school."""
        stages: dict[str, list[Row]] = {}
        for row in self.rows("stage_year"):
            if row["school_year"] == self.year:
                stages.setdefault(row["school_code"], []).append(row)
        whole = {row["school_code"]: row for row in self.rows("school_year") if row["school_year"] == self.year}
        codes = sorted({*stages, *whole})
        own = [code for code in codes if code in self.schools and self.schools[code]["county_code"] == county]
        return [(code, stages.get(code, []), whole.get(code)) for code in own]

    def judged(self, county: str, stage: str) -> list[Row]:
        """The schools of a stage that the judge took in."""
        return [
            row
            for row in self.document["schools"]
            if row["county_code"] == county and row["stage"] == stage and row["left_out"] is None
        ]

    def part(self, county: str, name: str) -> Row | None:
        found = next(row for row in self.document["counties"] if row["county_code"] == county)
        return next((part for part in found["parts"] if part["part"] == name), None)

    def item(self, county: str, part: str, name: str) -> Row:
        found = self.part(county, part)
        assert found is not None
        return next(item for item in found["items"] if item["item"] == name)


@dataclass(frozen=True)
class Sources:
    """What a report was made from: years by how long they are ago (0 is the year reported on), and plans by kind."""

    years: Mapping[int, Year]
    plans: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def sources_of(
    judgement: Judgement | None, earlier: tuple[Judgement, ...] = (), plans: tuple[Any, ...] = ()
) -> Sources:
    """The sources of a report on what was judged."""
    years = {} if judgement is None else {0: Year(judgement)}
    years |= {judgement.year - old.year: Year(old) for old in earlier if judgement is not None}
    return Sources(years, {plan["kind"]: plan for plan in plans})


def resolve(key: str, sources: Sources) -> Resolved:
    """What the key stands for.

    Raises:
        UnknownKeyError: there is no function for this kind of key.
    """
    kind, _, rest = key.partition("/")
    if kind in _WRAPPERS:
        return _WRAPPERS[kind](rest, sources)
    if kind == "plan":
        return _resolve_plan(rest, sources)
    if kind in OVER_YEARS:
        return OVER_YEARS[kind](sources, *rest.split("/"))
    back = 0
    if kind.startswith("-"):
        back = int(kind[1:])
        kind, _, rest = rest.partition("/")
    year = sources.years[back]
    if kind == "gate":  # judged by the basic standard beside the other
        kind, _, rest = rest.partition("/")
        year = year.gate
    resolver = RESOLVERS.get(kind)
    if resolver is None:
        raise UnknownKeyError(f"no resolver for keys of the kind {kind!r}: {key}")
    return resolver(year, *rest.split("/"))


def printed(value: Value, unit: str, digits: int, *, fixed: bool, with_unit: bool) -> str | None:
    """A known value as official tables print it: rounded half up, at most ``digits`` decimals, no exponent."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        text = format(exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP), "f")
    if not fixed and "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.strip("-0.") == "":
        text = text.removeprefix("-")
    return f"{text}{unit}" if with_unit else text


# How values are read and added up.


def _exact(value: Any) -> Value:
    """A number of the result document: a float is the decimal that names it."""
    if value is None:
        return None
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _share(part: int, whole: int) -> Value:
    return Fraction(100 * part, whole) if whole else None


def _square_root(value: Fraction) -> Fraction:
    """To thirty digits: more than any figure prints."""
    scale = 10**30
    return Fraction(isqrt(value.numerator * scale * scale // value.denominator), scale)


# Schools judged.


def _schools(year: Year, county: str, stage: str, *rest: str) -> Resolved:
    *indicator, which = rest
    rows = year.judged(county, stage)
    outcomes = [row["indicators"][indicator[0]]["outcome"] if indicator else row["outcome"] for row in rows]
    wanted = which.split("+")
    return Resolved(Fraction(sum(which == "judged" or outcome in wanted for outcome in outcomes)), "所")


def _share_of_schools(year: Year, county: str, stage: str, which: str) -> Resolved:
    rows = year.judged(county, stage)
    passed = sum(row["outcome"] in which.split("+") for row in rows)
    unknown = sum(row["outcome"] == "unknown" for row in rows)
    return Resolved(None if not passed and unknown == len(rows) else _share(passed, len(rows)), "%")


def _school(year: Year, code: str, stage: str, *rest: str) -> Resolved:
    row = next(row for row in year.document["schools"] if row["school_code"] == code and row["stage"] == stage)
    if rest == ("pupils",):
        return Resolved(_exact(row["pupils"]), "人")  # of a school with its campuses and points
    if rest == ("missed",):
        missed = [one for one in year.document["shortages"] if (one["school_code"], one["stage"]) == (code, stage)]
        return Resolved(Fraction(len(missed)), "项")
    indicator, what = rest
    unit = year.judgement.standard.resources[indicator].unit
    if what == "lack":
        found = next(
            entry
            for entry in year.document["shortages"]
            if (entry["school_code"], entry["stage"], entry["indicator"]) == (code, stage, indicator)
        )
        return _in_wan(_exact(found["lack"]), found["unit"])
    if what in ("share", "from_mean"):
        rows = _weighted(year, row["county_code"], stage, indicator)
        mean, _ = _mean_and_variance([(weight, value) for _, weight, value in rows])
        parts = {school: weight * (value - mean) ** 2 for school, weight, value in rows}
        if what == "from_mean":
            own = next(value for school, _, value in rows if school == code)
            return Resolved((own - mean) * 100 / mean if mean else None, "%")
        return Resolved(100 * parts[code] / sum(parts.values()), "%")
    return Resolved(_exact(row["indicators"][indicator][what]), unit)


def _in_wan(amount: Value, unit: str) -> Resolved:
    """Money in 万元."""
    return Resolved(None if amount is None else amount / 10_000, "万元") if unit == "元" else Resolved(amount, unit)


def _lack(sign: int, year: Year, county: str, stage: str, indicator: str) -> Resolved:
    """What schools lack together (or have too much of, by the sign); money in 万元."""
    found = [
        row
        for row in year.document["shortages"]
        if (row["county_code"], row["stage"], row["indicator"]) == (county, stage, indicator)
    ]
    unit = found[0]["unit"] if found else ""
    lacks = [_exact(row["lack"]) for row in found]
    known = None not in lacks
    return _in_wan(sum((max(sign * lack, Fraction(0)) for lack in lacks), Fraction(0)) if known else None, unit)


# Balance.


def _coefficient(year: Year, county: str, stage: str, indicator: str) -> Row:
    key = (county, stage, indicator)
    return next(row for row in year.document["balance"] if (row["county_code"], row["stage"], row["indicator"]) == key)


def _weighted(year: Year, county: str, stage: str, indicator: str) -> list[tuple[str, Fraction, Fraction]]:
    """The schools that count in a coefficient: code, weight, value."""
    found = []
    for row in year.judged(county, stage):
        value = _exact(row["indicators"][indicator]["value"])
        if value is not None and row["pupils"]:
            weight = Fraction(row["pupils"]) if year.judgement.standard.weighted else Fraction(1)
            found.append((row["school_code"], weight, value))
    return found


def _mean_and_variance(rows: list[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    total = sum(weight for weight, _ in rows)
    mean = sum(weight * value for weight, value in rows) / total
    return mean, sum(weight * (value - mean) ** 2 for weight, value in rows) / total


def _measure(year: Year, county: str, stage: str, indicator: str) -> tuple[Value, Value, Value]:
    """Mean, standard deviation and coefficient, added up from the schools."""
    rows = [(weight, value) for _, weight, value in _weighted(year, county, stage, indicator)]
    if not rows:
        return None, None, None
    mean, variance = _mean_and_variance(rows)
    deviation = _square_root(variance)
    return mean, deviation, deviation / mean if mean else None


def _cv(year: Year, county: str, stage: str, indicator: str) -> Resolved:
    row = _coefficient(year, county, stage, indicator)
    if row["absent"] and row["outcome"] == "unknown":
        return Resolved(None, "")
    if indicator != "composite":
        return Resolved(_measure(year, county, stage, indicator)[2], "")
    others = [
        entry["indicator"]
        for entry in year.document["balance"]
        if entry["county_code"] == county and entry["stage"] == stage and entry["indicator"] != "composite"
    ]
    found = [_measure(year, county, stage, name)[2] for name in others]
    known = [value for value in found if value is not None]
    return Resolved(sum(known, Fraction(0)) / len(known) if len(known) == len(found) else None, "")


def _unit_of(year: Year, indicator: str) -> str:
    return "" if indicator == "composite" else year.judgement.standard.resources[indicator].unit


def _mean(year: Year, county: str, stage: str, indicator: str) -> Resolved:
    value = None if indicator == "composite" else _measure(year, county, stage, indicator)[0]
    return Resolved(value, _unit_of(year, indicator))


def _sd(year: Year, county: str, stage: str, indicator: str) -> Resolved:
    value = None if indicator == "composite" else _measure(year, county, stage, indicator)[1]
    return Resolved(value, _unit_of(year, indicator))


def _cv_limit(year: Year, county: str, stage: str, indicator: str) -> Resolved:
    return Resolved(_exact(_coefficient(year, county, stage, indicator)["limit"]), "")


def _cv_schools(year: Year, county: str, stage: str, indicator: str) -> Resolved:
    if indicator == "composite":
        return Resolved(_exact(_coefficient(year, county, stage, indicator)["schools"]), "所")
    return Resolved(Fraction(len(_weighted(year, county, stage, indicator))), "所")


def _cvs(year: Year, county: str, stage: str, which: str) -> Resolved:
    outcomes = [
        row["outcome"]
        for row in year.document["balance"]
        if row["county_code"] == county and row["stage"] == stage and row["outcome"]
    ]
    return Resolved(Fraction(sum(which == "judged" or outcome in which.split("+") for outcome in outcomes)), "项")


# What was filed.

_SIZES = {("元", "万元"): 10_000, ("元", "千元"): 1000}


def _filed_as(year: Year, column: Any, value: Value) -> Resolved:
    """In the unit that people file in."""
    unit = column.form_unit or column.unit
    if value is None:
        return Resolved(None, unit)
    return Resolved(value / (_SIZES[column.unit, unit] if unit != column.unit else 1), unit)


def _cells(year: Year, county: str, column: str, stage: str, group: tuple[str, ...]) -> Iterator[Value]:
    """The cells that a sum is made of, blanks included: one a school, or one a school and stage that is asked."""
    stages = ("primary", "junior") if stage == "all" else (stage,)
    by_stage = column in year.judgement.dataset["stage_year"].columns
    asked = year.judgement.dataset.tables["stage_year"].columns[column].required_when.get("stage") if by_stage else ()
    for code, rows, whole in year.filed(county):
        if group and not _among(year, code, rows, whole, group):
            continue
        if not by_stage:
            yield None if whole is None else _exact(whole[column])
            continue
        for row in rows:
            if row["stage"] not in stages:
                continue
            value = _exact(row[column])
            if asked and row["stage"] not in asked and value is None:
                continue
            yield value


def _among(year: Year, code: str, rows: list[Row], whole: Row | None, group: tuple[str, ...]) -> bool:
    column, wanted = group
    for row in (year.schools[code], whole or {}, *rows):
        if column in row:
            return ("" if row[column] is None else str(row[column])) == wanted
    raise UnknownKeyError(f"no column {column!r}")


def _sum(year: Year, county: str, column: str, stage: str, *group: str) -> Resolved:
    known = [value for value in _cells(year, county, column, stage, group) if value is not None]
    return _filed_as(year, year.column(column), sum(known, Fraction(0)) if known else None)


def _blank(year: Year, county: str, column: str, stage: str, *group: str) -> Resolved:
    """How many cells are blank where the sum stands."""
    return Resolved(Fraction(sum(value is None for value in _cells(year, county, column, stage, group))), "所")


def _per(year: Year, county: str, column: str, base: str, stage: str) -> Resolved:
    top = [*_cells(year, county, column, stage, ())]
    bottom = [*_cells(year, county, base, stage, ())]
    if not top or not bottom or None in top or None in bottom or not sum(bottom):
        return Resolved(None, None)
    return Resolved(sum(top, Fraction(0)) / sum(bottom, Fraction(0)), None)


_KINDS = {
    "points": ("218",),
    "continuous": ("312", "314", "345"),
    "primary": ("211", "212"),
    "junior": ("311", "313"),
}


def _filed_schools(year: Year, county: str, kind: str, stage: str, *group: str) -> Resolved:
    count = 0
    for code, rows, whole in year.filed(county):
        if group and not _among(year, code, rows, whole, group):
            continue
        school = year.schools[code]
        if school["counted"] is False or (stage != "all" and stage not in {row["stage"] for row in rows}):
            continue
        private = kind == "private" and school["operator"] == "private"
        count += kind == "all" or private or school["school_kind"] in _KINDS.get(kind, ())
    return Resolved(Fraction(count), "所")


def _cell(year: Year, county: str, table: str, column: str, *key: str) -> Resolved:
    wanted = dict(part.split("=", 1) for part in key)
    if "school_year" in year.judgement.dataset[table].columns:
        wanted.setdefault("school_year", str(year.year))
    wanted["county_code"] = county
    entry = year.judgement.dataset.tables[table].columns[column]
    for row in year.rows(table):
        if all(str(row[name]) == value for name, value in wanted.items()):
            value = row[column]
            return _filed_as(year, entry, None if isinstance(value, str | bool) else _exact(value))
    return _filed_as(year, entry, None)


def _school_cell(year: Year, code: str, stage: str, column: str) -> Resolved:
    filed = {school: (rows, whole) for school, rows, whole in year.filed(year.schools[code]["county_code"])}
    rows, whole = filed.get(code, ([], None))
    value = None
    for row in (*(row for row in rows if stage in ("all", row["stage"])), whole or {}):
        if column in row:
            value = row[column]
            break
    return _filed_as(year, year.column(column), _exact(value))


# Items and scores.


def _items(year: Year, county: str, part: str, which: str) -> Resolved:
    found = year.part(county, part)
    outcomes = [item["outcome"] for item in found["items"] if item["outcome"]] if found else []
    return Resolved(Fraction(sum(which == "judged" or outcome in which.split("+") for outcome in outcomes)), "项")


def _passed(year: Year, county: str, part: str) -> Resolved:
    found = year.part(county, part)
    outcomes = [item["outcome"] for item in found["items"] if item["outcome"]] if found else []
    unknown = bool(outcomes) and set(outcomes) == {"unknown"}
    return Resolved(None if unknown else Fraction(sum(one in ("met", "tolerated") for one in outcomes)), "项")


def _score(year: Year, county: str, part: str, *item: str) -> Resolved:
    found = year.part(county, part)
    if not item:
        return Resolved(_exact(found["score"]) if found else None, "分")
    (name,) = item
    if name in ("low", "high"):
        return Resolved(_exact(found[f"score_{name}"]) if found else None, "分")
    assert found is not None
    branch = next((one for one in found["branches"] if one["branch"] == name), None)
    if branch is not None:  # a subtotal is known where both of its bounds are the same
        same = branch["score_low"] == branch["score_high"]
        return Resolved(_exact(branch["score_low"]) if same else None, "分")
    return Resolved(_exact(year.item(county, part, name)["score"]), "分")


def _pass_mark(year: Year, part: str) -> Resolved:
    entry = getattr(year.judgement.standard, part)
    return Resolved(_exact(entry.pass_score[0].at_least) if entry and entry.pass_score else None, "分")


def _points(year: Year, part: str, item: str) -> Resolved:
    entry = getattr(year.judgement.standard, part)
    return Resolved(_exact((entry.items.get(item) or entry.groups[item]).points), "分")


def _check(year: Year, county: str, part: str, item: str, check: str, *_: str) -> tuple[Row, Any]:
    found = next(row for row in year.item(county, part, item)["checks"] if row["check"] == check)
    return found, getattr(year.judgement.standard, part).items[item].checks[check]


def _check_value(year: Year, *at: str) -> Resolved:
    found, indicator = _check(year, *at)
    if len(at) == 5:  # of a stage
        return Resolved(_exact(_stage_row(year, at[0], at[4])[f"{at[3]}__value"]), indicator.unit)
    return Resolved(_exact(found["value"]), indicator.unit)


def _stage_row(year: Year, county: str, stage: str) -> Row:
    rows = year.judgement.judged_checks.of("county_stage").filter(county_code=county, stage=stage)
    return rows.row(0, named=True)  # type: ignore[no-any-return]


def _check_limit(year: Year, *at: str) -> Resolved:
    """Of a county's check whose limit hangs on nothing but the county's own filed columns."""
    _, indicator = _check(year, *at)
    if len(at) == 5:
        return Resolved(_exact(_stage_row(year, at[0], at[4])[f"{at[3]}__limit"]), indicator.unit)
    if indicator.level != "county" or not indicator.thresholds:
        return Resolved(None, indicator.unit)
    row = next((row for row in year.rows("county_year") if _is(row, at[0], year.year)), {})
    county = next((row for row in year.rows("county") if row["county_code"] == at[0]), {})
    for limit in indicator.thresholds[0].all:
        if all(_holds(wanted, {**county, **row}.get(name)) for name, wanted in limit.where.items()):
            return Resolved(None if limit.value is None else _exact(limit.value), indicator.unit)
    return Resolved(None, indicator.unit)


def _is(row: Row, county: str, year: int) -> bool:
    return row["county_code"] == county and row["school_year"] == year


def _holds(wanted: Any, value: Any) -> bool:
    return value in wanted if isinstance(wanted, list | tuple) else value == wanted


def _check_count(what: str, year: Year, *at: str) -> Resolved:
    found, indicator = _check(year, *at)
    return Resolved(_exact(found[what]), "个学段" if indicator.level == "county_stage" else "所")


# Figures made of others.


def _change(rest: str, sources: Sources) -> Resolved:
    now, before = (resolve(key, sources) for key in rest.split("/since/"))
    if now.value is None or before.value is None:
        return Resolved(None, now.unit.replace("%", "个百分点"))
    return Resolved(now.value - before.value, now.unit.replace("%", "个百分点"))


def _size(rest: str, sources: Sources) -> Resolved:
    inner = resolve(rest, sources)
    return Resolved(None if inner.value is None else abs(inner.value), inner.unit)


_WRAPPERS: dict[str, Callable[[str, Sources], Resolved]] = {"change": _change, "size": _size}


def _resolve_plan(rest: str, sources: Sources) -> Resolved:
    kind, _, what = rest.partition("/")
    resolver = PLAN_RESOLVERS.get(what.partition("/")[0])
    if resolver is None:
        raise UnknownKeyError(f"no resolver for keys of the kind plan/{rest}")
    return resolver(sources.plans[kind], *what.split("/")[1:])


RESOLVERS: dict[str, Callable[..., Resolved]] = {
    "schools": _schools,
    "share": _share_of_schools,
    "school": _school,
    "lack": lambda year, *at: _lack(1, year, *at),
    "excess": lambda year, *at: _lack(-1, year, *at),
    "cv": _cv,
    "mean": _mean,
    "sd": _sd,
    "cv_limit": _cv_limit,
    "cv_schools": _cv_schools,
    "cvs": _cvs,
    "sum": _sum,
    "blank": _blank,
    "per": _per,
    "filed_schools": _filed_schools,
    "cell": _cell,
    "school_cell": _school_cell,
    "items": _items,
    "passed": _passed,
    "score": _score,
    "pass_mark": _pass_mark,
    "points": _points,
    "check": _check_value,
    "check_limit": _check_limit,
    "check_rows": lambda year, *at: _check_count("rows", year, *at),
    "check_unmet": lambda year, *at: _check_count("unmet", year, *at),
    "check_unknown": lambda year, *at: _check_count("unknown", year, *at),
}

# They take their words from above.
from county_figure_keys import COUNTY_RESOLVERS, OVER_YEARS  # noqa: E402
from form_figure_keys import FORM_RESOLVERS  # noqa: E402
from narrative_figure_keys import NARRATIVE_RESOLVERS, turned  # noqa: E402
from plan_figure_keys import PLAN_RESOLVERS  # noqa: E402
from school_figure_keys import SCHOOL_RESOLVERS  # noqa: E402
from shortage_figure_keys import SHORTAGE_RESOLVERS  # noqa: E402
from spread_figure_keys import SPREAD_RESOLVERS  # noqa: E402

RESOLVERS |= FORM_RESOLVERS | NARRATIVE_RESOLVERS
RESOLVERS |= SCHOOL_RESOLVERS | SHORTAGE_RESOLVERS | SPREAD_RESOLVERS | COUNTY_RESOLVERS
_WRAPPERS["turned"] = turned
