"""A forecast: pupils by school and grade with intervals, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from junheng.base.terms import Label
from junheng.monitoring.forecast.backtest import origins_of
from junheng.monitoring.forecast.cohort import Past, project
from junheng.monitoring.forecast.consequences import by_county, consequences
from junheng.monitoring.forecast.faults import HorizonError
from junheng.monitoring.forecast.given import Given, entrants_by_births, unused, with_new_schools
from junheng.monitoring.forecast.grades import ALL_GRADES, column
from junheng.monitoring.forecast.intervals import BOUNDS, bounded, calibrate, log_error
from junheng.monitoring.forecast.misses import COUNTY, GRADE, SCHOOL, Misses, misses, size_class, with_totals
from junheng.monitoring.forecast.panel import Panel, is_graded
from junheng.monitoring.forecast.settings import Settings

MOST_YEARS = 15
FALLS = {
    "county_code": pl.String(),
    "school_code": pl.String(),
    "school_name": pl.String(),
    "stage": pl.String(),
    "indicator": pl.String(),
    "limit": pl.Float64(),
    "value_today": pl.Float64(),
    "value": pl.Float64(),
    "falls_in": pl.Int64(),
    "earliest": pl.Int64(),
    "latest": pl.Int64(),
}
COEFFICIENTS = {
    "county_code": pl.String(),
    "stage": pl.String(),
    "indicator": pl.String(),
    "school_year": pl.Int64(),
    "scenario": pl.String(),
    "cv": pl.Float64(),
    "limit": pl.Float64(),
    "outcome": pl.String(),
}


@dataclass(frozen=True)
class Forecast:
    """Pupils of the years to come; numbers are not rounded, so that sums equal their parts.

    ``low_80`` to ``high_95`` are the ends of the intervals, blank where back-tests are too few to give one;
    ``interval_from`` says ``backtest``, or ``extrapolated`` for years further ahead than could be tested.

    Attributes:
        base_year: the last filed school year.
        years: the forecast ones.
        history: county_code, stage, school_year, pupils (blank where a school did not file).
        counties: county_code, stage, school_year, pupils, low_80 … high_95, interval_from.
        schools: county_code, school_code, school_name, town, stage, school_year, pupils, low_80 … high_95,
            interval_from, method (cohort, totals: no grades filed; new).
        grades: county_code, school_code, stage, grade, school_year, pupils, low_80 … high_95.
        consequences: see ``consequences.consequences``.
        needs: the same summed by county and stage.
        falls: schools that meet a limit today and will not: county_code, school_code, school_name, stage, indicator
            (``school``: the school's whole verdict), limit, value_today, value, falls_in, earliest, latest.
        coefficients: county_code, stage, indicator, school_year, scenario (middle, low, high), cv, limit, outcome.
        origins: the years that the intervals were back-tested from.
        notes: what was assumed and what could not be said.
        county_names: by county code.
        indicator_labels: of the indicators in ``falls`` and ``coefficients``.
    """

    base_year: int
    years: tuple[int, ...]
    history: pl.DataFrame
    counties: pl.DataFrame
    schools: pl.DataFrame
    grades: pl.DataFrame
    consequences: pl.DataFrame
    needs: pl.DataFrame
    origins: tuple[int, ...]
    notes: tuple[Label, ...]
    falls: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FALLS))
    coefficients: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=COEFFICIENTS))
    county_names: Mapping[str, str] = field(default_factory=dict)
    indicator_labels: Mapping[str, Label] = field(default_factory=dict)


def forecast_panel(
    panel: Panel,
    years: int,
    settings: Settings,
    *,
    given: Given,
    today: pl.DataFrame,
    limits: Mapping[str, int],
    pupils_per_teacher: Mapping[str, float],
    region: str = "",
) -> Forecast:
    """Forecast from the last filed year.

    Args:
        today: school_code, stage, pupils, classes, teachers of the base year.
        region: counties whose codes begin so are told of; ratios and intervals come from all of the panel.

    Raises:
        HorizonError: more years than entrants are born.
    """
    if not 1 <= years <= MOST_YEARS:
        raise HorizonError(years=years, most=MOST_YEARS)
    base = panel.years[-1]
    tested = misses(Past(panel), origins_of(panel), years, settings)
    ahead = range(base + 1, base + years + 1)
    told = _told(panel, given, ahead)
    wider = with_new_schools(panel, told)
    past = Past(wider)
    projected = project(past, base, years, settings, told)
    units = wider.units.filter(pl.col("county_code").str.starts_with(region))
    graded = pl.lit(True).alias("graded")
    pupils = with_totals(past, projected, base, years, settings).join(
        projected.select("unit").unique().with_columns(graded), on="unit", how="left"
    )
    # A school that closes ends; what is not yet open has not begun.
    open_then = (pl.col("opens").is_null() | (pl.col("opens") <= pl.col("year"))) & ~_closed(told)
    pupils = pupils.join(units, on="unit").filter(open_then | (pl.col("pupils") > 0))
    pupils = pupils.sort("county_code", "unit", "year").with_columns(
        horizon=(pl.col("year") - base).cast(pl.Int32), school_year=pl.col("year").cast(pl.Int64)
    )
    of_new = pl.col("unit") >= panel.units.height
    method = pl.when(of_new).then(pl.lit("new")).when("graded").then(pl.lit("cohort")).otherwise(pl.lit("totals"))
    schools = bounded(
        pupils.with_columns(size_class(SCHOOL, pl.col("pupils")).alias("size"), method=method),
        _calibrated(tested, SCHOOL),
        ["stage"],
    )
    of_counties = pupils.group_by("county_code", "stage", "school_year", "horizon", maintain_order=True).agg(
        pl.col("pupils").sum()
    )
    counties = bounded(
        of_counties.with_columns(size_class(COUNTY, pl.col("pupils")).alias("size")),
        _calibrated(tested, COUNTY),
        ["stage"],
    )
    found = consequences(schools, projected, today, limits, pupils_per_teacher)
    return Forecast(
        base_year=base,
        years=tuple(ahead),
        history=_history(panel, region),
        counties=counties.select("county_code", "stage", "school_year", "pupils", *BOUNDS, "interval_from").sort(
            "county_code", pl.col("stage") == "junior", "school_year"
        ),
        schools=schools.select(
            "county_code",
            "school_code",
            "school_name",
            "town",
            "stage",
            "school_year",
            "pupils",
            *BOUNDS,
            "interval_from",
            "method",
        ),
        grades=_grades(projected, units, tested, base),
        consequences=found,
        needs=by_county(found),
        origins=tested.origins,
        notes=(*unused(given, ahead), *_notes(panel, schools, tested, settings, region)),
    )


def _told(panel: Panel, given: Given, ahead: range) -> Given:
    """What is given, with entrants by births, and with closures that the register already names."""
    base = panel.years[-1]
    born = entrants_by_births(given, panel, ahead)
    known = panel.units.filter(pl.col("closes") > base).select("school_code", "closes")
    return Given(
        totals={**born, **given.totals},
        schools=given.schools,
        net=given.net,
        closes={**dict(known.iter_rows()), **given.closes},
        opens=given.opens,
    )


def _closed(given: Given) -> pl.Expr:
    if not given.closes:
        return pl.lit(False)
    closes = pl.col("school_code").replace_strict(dict(given.closes), default=None, return_dtype=pl.Int32)
    return (closes <= pl.col("year")).fill_null(False)


def _calibrated(tested: Misses, level: str) -> pl.DataFrame:
    errors = tested.totals.filter(pl.col("level") == level)
    return calibrate(errors.with_columns(error=log_error(pl.col("actual"), pl.col("cohort"))), ["stage"])


def _history(panel: Panel, region: str) -> pl.DataFrame:
    units = panel.units.filter(pl.col("county_code").str.starts_with(region)).select("unit", "county_code", "stage")
    own = pl.col("pupils")
    return (
        panel.rows.join(units, on="unit")
        .group_by("county_code", "stage", "year")
        .agg(pl.when(own.null_count() == 0).then(own.sum()).alias("pupils"))
        .select("county_code", "stage", pl.col("year").cast(pl.Int64).alias("school_year"), "pupils")
        .sort("county_code", pl.col("stage") == "junior", "school_year")
    )


def _grades(projected: pl.DataFrame, units: pl.DataFrame, tested: Misses, base: int) -> pl.DataFrame:
    """A row per school, grade and year, with intervals of their own."""
    errors = tested.grades.with_columns(error=log_error(pl.col("actual"), pl.col("cohort")))
    calibrated = calibrate(errors, ["grade"])
    places = units.select("unit", "county_code", "school_code", "stage")
    long = (
        projected.join(places, on="unit")
        .unpivot(
            [column(grade) for grade in ALL_GRADES],
            index=["unit", "county_code", "school_code", "stage", "year"],
            variable_name="name",
            value_name="pupils",
        )
        .filter(pl.col("pupils").is_not_null())
        .with_columns(
            grade=pl.col("name").str.tail(1).cast(pl.Int32),
            horizon=(pl.col("year") - base).cast(pl.Int32),
            size=size_class(GRADE, pl.col("pupils")),
            school_year=pl.col("year").cast(pl.Int64),
        )
    )
    found = bounded(long, calibrated, ["grade"])
    return found.sort("unit", "grade", "year").select(
        "county_code", "school_code", "stage", "grade", "school_year", "pupils", *BOUNDS
    )


def _notes(panel: Panel, schools: pl.DataFrame, tested: Misses, settings: Settings, region: str) -> list[Label]:
    base, years = panel.years[-1], panel.years
    own = panel.of_year(base).filter(pl.col("county_code").str.starts_with(region))
    since = max(years[0], base - settings.moves)
    notes = [
        Label(
            f"升级率取自 {since}—{base} 学年的填报数；平常的转入转出已在升级率里，不另加。",
            f"Progression is taken from {since}–{base}; usual moves are contained in it.",
        )
    ]
    if blank := own.filter(~is_graded() & pl.col("pupils").is_not_null()).height:
        notes.append(
            Label(
                f"{blank} 个学校学段没有填全各年级，只能按总数跟着本县同学段的升降推算（方法为“总数”），不分年级。",
                f"{blank} stages of schools filed no grades: their totals follow those of the county, without grades.",
            )
        )
    if unknown := own.filter(~is_graded() & pl.col("pupils").is_null()).height:
        notes.append(
            Label(
                f"{unknown} 个学校学段 {base} 学年没有填在校生数，没有预测；县合计不含它们，偏小。",
                f"{unknown} stages filed no pupils for {base}: not forecast, and missing in the county's sums.",
            )
        )
    absent = panel.units.filter(pl.col("county_code").str.starts_with(region))
    absent = absent.join(own, on="unit", how="anti").filter(pl.col("closes").is_null())
    if absent.height:
        notes.append(
            Label(
                f"{absent.height} 个学校学段以前填过、{base} 学年没有填，也没有撤并日期，没有预测。",
                f"{absent.height} stages filed in earlier years, not for {base}, and are not closed: not forecast.",
            )
        )
    return notes + _interval_notes(schools, tested)


def _interval_notes(schools: pl.DataFrame, tested: Misses) -> list[Label]:
    notes = []
    if not tested.origins:
        notes.append(
            Label(
                "只有两个学年，没有可以回测的年份，给不出区间；只有一次升级可看，学校的升级率按人数向同类学校靠拢得更多。",
                "Only two school years: nothing to back-test, no intervals; ratios lean more on schools alike.",
            )
        )
    elif len(tested.origins) < 4:
        notes.append(
            Label(
                f"区间只来自 {len(tested.origins)} 个起点的回测，同一年的误差有共同原因，实际可能落在区间外的更多。",
                f"Intervals rest on {len(tested.origins)} origins only: more may fall outside than they claim.",
            )
        )
    if (schools["interval_from"] == "extrapolated").any():
        farthest = int(tested.totals["horizon"].max())  # type: ignore[arg-type]  # a column of numbers
        notes.append(
            Label(
                f"回测最远只到 {farthest} 年后，再往后的区间是按年数的平方根放宽推出来的。",
                f"Back-tests reach {farthest} years ahead; beyond, intervals widen by the square root of the years.",
            )
        )
    return notes
