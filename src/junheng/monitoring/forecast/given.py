"""What people know of the years to come: entrants, births, migration, closures and openings; all of it optional."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from junheng.base.terms import Label, Stage
from junheng.intake.read import read_file
from junheng.intake.template import write_workbook
from junheng.monitoring.forecast.faults import ForecastInputsRefusedError
from junheng.monitoring.forecast.grades import ALL_GRADES, FIRST, GRADES, column
from junheng.monitoring.forecast.panel import Panel, numbered
from junheng.tables.catalogue import planning_tables
from junheng.tables.dataset import Dataset
from junheng.tables.finding import blocking
from junheng.tables.model import Tables

PLANNER = "forecast"
# Children who begin school in a year were born from September seven years before to August six years before.
_BORN_EARLIER, _BORN_LATER = 4 / 12, 8 / 12


@dataclass(frozen=True)
class Given:
    """What was given, by what the steps look up.

    Attributes:
        totals: (county, stage, school year) → entrants of the county.
        schools: (school, stage, school year) → entrants of the school.
        net: (county, stage, school year) → pupils on top of the usual moves.
        births: (county, calendar year) → births.
        closes: school → first school year without pupils.
        opens: schools to be: rows of the table of closures and openings.
    """

    totals: Mapping[tuple[str, str, int], float] = field(default_factory=dict)
    schools: Mapping[tuple[str, str, int], float] = field(default_factory=dict)
    net: Mapping[tuple[str, str, int], float] = field(default_factory=dict)
    births: Mapping[tuple[str, int], float] = field(default_factory=dict)
    closes: Mapping[str, int] = field(default_factory=dict)
    opens: tuple[Mapping[str, Any], ...] = ()


def given_tables() -> Tables:
    return planning_tables(PLANNER)


def write_template(path: Path) -> None:
    """Write the empty workbook of inputs."""
    write_workbook(path, given_tables(), title="学生数预测输入表")


def read_given(path: Path, panel: Panel) -> Given:
    """Read a workbook, CSV file or folder of inputs.

    Raises:
        ForecastInputsRefusedError: cells that do not read, counties or schools that are not there, sums that cannot be.
        JunhengError: the file as a whole cannot be read.
    """
    reading = read_file(path, given_tables())
    dataset = reading.dataset
    lines = [f"{finding.cell}：{finding.message}" for finding in blocking(reading.findings)]
    lines = lines or list(_faults(dataset, panel))
    if lines:
        raise ForecastInputsRefusedError(name=path.name, lines=lines)
    rows = {table: dataset[table].to_dicts() for table in dataset.frames}
    return Given(
        totals={(r["county_code"], r["stage"], r["school_year"]): float(r["entrants"]) for r in rows["county_entry"]},
        schools={(r["school_code"], r["stage"], r["school_year"]): float(r["entrants"]) for r in rows["school_entry"]},
        net={(r["county_code"], r["stage"], r["school_year"]): float(r["net"]) for r in rows["migration"]},
        births={(r["county_code"], r["birth_year"]): float(r["births"]) for r in rows["births"]},
        closes={r["school_code"]: r["closes_in"] for r in rows["change"] if r["closes_in"] is not None},
        opens=tuple(r for r in rows["change"] if r["opens_in"] is not None),
    )


def unused(given: Given, ahead: range) -> list[Label]:
    """What was given and says nothing of the years forecast."""
    base, end = ahead[0] - 1, ahead[-1]
    years = [key[2] for table in (given.totals, given.schools, given.net) for key in table]
    notes = []
    if past := sum(year <= base for year in years):
        zh = f"输入表中 {base} 学年和以前的 {past} 行没有用上，那些学年以填报数为准。"
        notes.append(Label(zh, f"{past} rows of the inputs are of {base} and before: not used, filings count."))
    if later := sum(year > end for year in years):
        zh = f"输入表中 {end} 学年以后的 {later} 行没有用上，这次只预测到 {end} 学年；要用请加大 --years。"
        notes.append(Label(zh, f"{later} rows of the inputs are of years after {end}: not used; ask for more years."))
    for county in sorted({county for county, _ in given.births}):
        silent = [str(year) for year in ahead if _born(given, county, year) is None]
        if silent:
            first, second = int(silent[0]) - 7, int(silent[0]) - 6
            zh = (
                f"{county} 的出生人数推不出这些学年的一年级：{'、'.join(silent)}，仍按趋势推算。"
                f"一个学年要有前七年和前六年两个年份的出生数，如 {silent[0]} 学年要 {first} 年和 {second} 年。"
            )
            en = (
                f"Births of {county} do not say grade 1 of {', '.join(silent)}, which follow the trend: a year takes "
                f"the births of seven and of six years before ({first} and {second} for {silent[0]})."
            )
            notes.append(Label(zh, en))
    return notes


def _faults(dataset: Dataset, panel: Panel) -> Iterator[str]:
    """What reads well and cannot be: places, schools and years that do not fit the filed data."""
    base = panel.years[-1]
    counties = set(panel.units["county_code"])
    schools = set(panel.units["school_code"])
    for table in ("county_entry", "births", "migration"):
        for place, code in enumerate(dataset[table]["county_code"]):
            if code not in counties:
                known = "、".join(sorted(counties)[:5])
                yield f"{_at(dataset, table, place, 'county_code')}：没有县 {code}；数据中有：{known}。请改正县代码。"
    yield from _entry_faults(dataset, panel)
    for place, row in enumerate(dataset["change"].to_dicts()):
        yield from _change_faults(dataset, place, row, schools, counties, base)
    yield from _sum_faults(dataset, panel)


def _entry_faults(dataset: Dataset, panel: Panel) -> Iterator[str]:
    """Entrants of schools that are not there, have no such stage, or are not open in the year."""
    stages: dict[str, set[str]] = {}
    for code, stage in panel.units.select("school_code", "stage").iter_rows():
        stages.setdefault(code, set()).add(stage)
    opens, closes = (
        {r["school_code"]: r[name] for r in dataset["change"].to_dicts() if r[name] is not None}
        for name in ("opens_in", "closes_in")
    )
    for place, row in enumerate(dataset["school_entry"].to_dicts()):
        code, stage, year = row["school_code"], row["stage"], row["school_year"]
        where = _at(dataset, "school_entry", place, "school_code")
        if code not in stages and code not in opens:
            yield f"{where}：没有学校 {code}。请改正代码；新建学校请先填“撤并新建”。"
        elif code in stages and stage not in stages[code]:
            yield f"{where}：学校 {code} 没有{Stage(stage).zh}。请改正学校标识码或学段。"
        elif year < opens.get(code, year):
            yield f"{where}：学校 {code} 到 {opens[code]} 学年才开办，{year} 学年没有入学人数。请改正学年。"
        elif year >= closes.get(code, year + 1):
            yield f"{where}：学校 {code} 从 {closes[code]} 学年起撤并，{year} 学年没有入学人数。请删去，或改正学年。"
    told = set(dataset["school_entry"]["school_code"])
    for place, code in enumerate(dataset["change"]["school_code"]):
        if code in opens and code not in stages and code not in told:
            where = _at(dataset, "change", place, "school_code")
            yield f"{where}：新建学校 {code} 没有入学人数，无从预测。请在“学校入学人数”里填上。"


def _change_faults(
    dataset: Dataset, place: int, row: Mapping[str, Any], schools: set[str], counties: set[str], base: int
) -> Iterator[str]:
    code, opens, closes = row["school_code"], row["opens_in"], row["closes_in"]
    where = _at(dataset, "change", place, "school_code")
    if opens is None and closes is None:
        yield f"{where}：学校 {code} 既没有填新建学年，也没有填撤并学年。请填一个，或删去这一行。"
    if opens is None and closes is not None and code not in schools:
        yield f"{where}：没有学校 {code}，谈不上撤并。请改正代码。"
    if opens is not None and code in schools:
        yield f"{where}：学校 {code} 已有在校生，不能再新建。请改正代码，或清空新建学年。"
    if opens is not None and row["county_code"] not in counties:
        written = row["county_code"] or "（空）"
        yield f"{where}：新建学校 {code} 的县代码是 {written}，数据中没有这个县。请补上。"
    if opens is not None and closes is not None and closes <= opens:
        yield f"{where}：学校 {code} {closes} 学年撤并，不晚于新建的 {opens} 学年。请改正。"
    for year, what in ((opens, "新建"), (closes, "撤并")):
        if year is not None and year <= base:
            yield f"{where}：学校 {code} 的{what}学年 {year} 已经过去，填报数到 {base} 学年。请填 {base + 1} 或以后。"


def _sum_faults(dataset: Dataset, panel: Panel) -> Iterator[str]:
    """Schools that are given more entrants than their county."""
    homes = dict(panel.units.select("school_code", "county_code").iter_rows())
    homes |= {r["school_code"]: r["county_code"] for r in dataset["change"].to_dicts() if r["opens_in"] is not None}
    given: dict[tuple[str, str, int], int] = {}
    for row in dataset["school_entry"].to_dicts():
        key = (homes.get(row["school_code"], ""), row["stage"], row["school_year"])
        given[key] = given.get(key, 0) + row["entrants"]
    for place, row in enumerate(dataset["county_entry"].to_dicts()):
        of_schools = given.get((row["county_code"], row["stage"], row["school_year"]), 0)
        if of_schools > row["entrants"]:
            where = _at(dataset, "county_entry", place, "entrants")
            yield (
                f"{where}：全县 {row['school_year']} 学年入学 {row['entrants']} 人，"
                f"少于各校所填之和 {of_schools} 人。请核对两张表。"
            )


def _at(dataset: Dataset, table: str, row: int, column_name: str) -> str:
    return dataset.cell(table, row, column_name) or f"“{dataset.tables[table].label.zh}”第 {row + 1} 行"


_ABOUT = ("unit", "school_code", "school_name", "county_code", "town", "location", "stage", "opens", "closes")


def with_new_schools(panel: Panel, given: Given) -> Panel:
    """The panel with the schools to be: without pupils in its last year, so that entrants can be given to them."""
    codes = {school: {stage for code, stage, _ in given.schools if code == school} for school, _, _ in given.schools}
    new = [
        (row, stage)
        for row in given.opens
        for stage in sorted(codes.get(row["school_code"], ()), key=list(GRADES).index)
    ]
    if not new:
        return panel
    start = int(panel.units["unit"].max()) + 1  # type: ignore[arg-type]  # a column of numbers
    units = pl.DataFrame(
        [
            {
                "unit": start + place,
                "school_code": row["school_code"],
                "school_name": row["school_name"] or row["school_code"],
                "county_code": row["county_code"],
                "town": row["town"] or "",
                "location": row["location"] or "",
                "stage": stage,
                "opens": row["opens_in"],
                "closes": None,
            }
            for place, (row, stage) in enumerate(new)
        ],
        schema={name: panel.units.schema[name] for name in _ABOUT},
    )
    none = {column(g): pl.when(pl.col("stage") == stage).then(0.0) for stage, grades in GRADES.items() for g in grades}
    rows = units.select(
        "unit", "stage", pl.lit(panel.years[-1], pl.Int32).alias("year"), pl.lit(0.0).alias("pupils")
    ).with_columns(**none)
    rows = rows.select("unit", "year", "pupils", *map(column, ALL_GRADES))
    return Panel(
        numbered(pl.concat([panel.units.select(_ABOUT), units])), pl.concat([panel.rows, rows]).sort("unit", "year")
    )


def entrants_by_births(given: Given, panel: Panel, years: range) -> dict[tuple[str, str, int], float]:
    """Entrants of grade 1 where births say them: born × the share found in grade 1 in the years that both are known.

    Births are spread evenly over the months of a year. Without a year both are known of, all born begin school.
    """
    rows = panel.rows.join(panel.units.select("unit", "county_code"), on="unit")
    own = pl.col(column(FIRST))
    filed = rows.group_by("county_code", "year").agg(pupils=own.sum())
    entered = {(county, year): pupils for county, year, pupils in filed.iter_rows()}
    found = {}
    for county in {county for county, _ in given.births}:
        known = [(year, _born(given, county, year)) for year in panel.years]
        both = [(entered.get((county, year)), born) for year, born in known if born]
        pairs = [(pupils, born) for pupils, born in both if pupils and born]
        share = sum(p for p, _ in pairs) / sum(b for _, b in pairs) if pairs else 1.0
        for year in years:
            if (born := _born(given, county, year)) is not None:
                found[county, "primary", year] = born * share
    return found


def _born(given: Given, county: str, year: int) -> float | None:
    earlier, later = given.births.get((county, year - 7)), given.births.get((county, year - 6))
    return None if earlier is None or later is None else _BORN_EARLIER * earlier + _BORN_LATER * later


def given_entrants(state: pl.DataFrame, given: Given, year: int) -> pl.DataFrame:
    """Put what is given for the entrants of a year in place; the other schools share what is left of their county.

    Where only schools are given, their entrants are taken from the others of the county, whose total stays.
    """
    for stage, grades in GRADES.items():
        totals = {c: n for (c, s, y), n in given.totals.items() if (s, y) == (stage, year)}
        schools = {c: n for (c, s, y), n in given.schools.items() if (s, y) == (stage, year)}
        if totals or schools:
            state = _put(state, stage, column(grades[0]), totals, schools)
    return state


def _put(
    state: pl.DataFrame, stage: str, name: str, totals: Mapping[str, float], schools: Mapping[str, float]
) -> pl.DataFrame:
    is_own = pl.col("stage") == stage
    of_county = _frame("county_code", totals, "given_total")
    of_school = _frame("school_code", schools, "given_own")
    joined = state.join(of_county, on="county_code", how="left", maintain_order="left")
    joined = joined.join(of_school, on="school_code", how="left", maintain_order="left")
    own = pl.when(is_own).then(pl.col("given_own"))
    others = pl.when(is_own & own.is_null()).then(pl.col(name))
    total = pl.coalesce("given_total", pl.when(is_own).then(pl.col(name)).sum().over("county_code"))
    left = (total - own.sum().over("county_code")).clip(0.0)
    of_others = others.sum().over("county_code")
    count = others.count().over("county_code")
    shared = pl.when(of_others > 0).then(others * left / of_others).otherwise(left / count)
    return joined.with_columns(pl.when(is_own).then(pl.coalesce(own, shared)).alias(name)).drop(
        "given_total", "given_own"
    )


def given_migrants(state: pl.DataFrame, given: Given, year: int) -> pl.DataFrame:
    """Add what comes on top of the usual moves, in proportion to pupils; nothing falls below zero."""
    for stage, grades in GRADES.items():
        net = {c: n for (c, s, y), n in given.net.items() if (s, y) == (stage, year)}
        if not net:
            continue
        names = [column(grade) for grade in grades]
        own = pl.sum_horizontal(names).sum().over("county_code")
        joined = state.join(_frame("county_code", net, "net"), on="county_code", how="left", maintain_order="left")
        factor = (1 + pl.when(own > 0).then(pl.col("net") / own).fill_null(0.0)).clip(0.0)
        state = joined.with_columns((pl.col(name) * factor).alias(name) for name in names).drop("net")
    return state


def _frame(key: str, values: Mapping[str, float], name: str) -> pl.DataFrame:
    return pl.DataFrame({key: list(values), name: list(values.values())}, schema={key: pl.String, name: pl.Float64})
