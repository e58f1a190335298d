"""What was filed over the years, as the forecast needs it: a row per school, stage and year, with grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from junheng.base.terms import Stage
from junheng.monitoring.forecast.faults import NoHistoryError
from junheng.monitoring.forecast.grades import ALL_GRADES, GRADES, column, total_of_grades
from junheng.monitoring.forecast.settings import Settings
from junheng.store.national import NationalStore
from junheng.tables.dataset import Dataset
from junheng.tables.model import Tables
from junheng.tables.school_years import YEAR_STARTS

_REGISTER = ("school_code", "school_name", "county_code", "town", "location", "opened_on", "closed_on")
_FILED = ("school_code", "stage", "school_year", "pupils", *map(column, ALL_GRADES))


@dataclass(frozen=True)
class Panel:
    """Filings of several years.

    Attributes:
        units: a row per school and stage that ever filed: unit (its number), school_code, school_name, county_code,
            town, location, stage, opens (first school year open), closes (first school year closed, blank: open), and
            the numbers of its school, county, place (county and 城乡分类) and area (county and town), which join and
            group faster than words.
        rows: a row per unit and year: unit, year, pupils, grade_1 … grade_9 (blank where not filed, and in the grades
            of the other stage), sorted by unit and year.
    """

    units: pl.DataFrame
    rows: pl.DataFrame

    @property
    def years(self) -> list[int]:
        return sorted(self.rows["year"].unique().to_list())

    def until(self, year: int) -> Panel:
        """What was known in ``year``; who closes later is not known yet."""
        closes = pl.when(pl.col("closes") <= year).then(pl.col("closes"))
        return replace(self, units=self.units.with_columns(closes), rows=self.rows.filter(pl.col("year") <= year))

    def of_year(self, year: int) -> pl.DataFrame:
        """The units that were open in a year, with what they filed."""
        rows = self.rows.filter(pl.col("year") == year).drop("year")
        return self.units.join(rows, on="unit").filter(pl.col("closes").is_null() | (pl.col("closes") > year))


def panel_of(dataset: Dataset) -> Panel:
    """The school years of a dataset.

    Raises:
        NoHistoryError: no two of the last school years follow each other.
    """
    return _panel(dataset["school"].select(_REGISTER), dataset["stage_year"].select(_FILED), dataset.name)


def panel_of_nation(store: NationalStore, tables: Tables, *, region: str = "", years: Sequence[int] = ()) -> Panel:
    """The filings of a national store; of a school the latest register counts.

    Raises:
        NoHistoryError: no two of the last school years follow each other.
    """
    wanted = sorted(years or store.years())
    registers = [
        store.scan(tables["school"], [year], region=region).select(*_REGISTER, pl.lit(year).alias("filed_in"))
        for year in wanted
    ]
    filed = store.scan(tables["stage_year"], wanted, region=region).select(_FILED)
    if not registers:
        raise NoHistoryError(name=store.folder.name, years="（无）")
    register, rows = pl.collect_all(
        [pl.concat(registers).sort("filed_in").unique("school_code", keep="last").drop("filed_in"), filed]
    )
    return _panel(register, rows, store.folder.name)


def _panel(register: pl.DataFrame, filed: pl.DataFrame, name: str) -> Panel:
    filed = filed.filter(pl.col("stage").is_in([Stage.PRIMARY, Stage.JUNIOR])).cast(
        dict.fromkeys(("pupils", *map(column, ALL_GRADES)), pl.Float64)
    )
    years = sorted(filed["school_year"].unique().to_list())
    followed = any(year + 1 in years and year >= years[-1] - Settings().moves for year in years)
    if not followed:
        raise NoHistoryError(name=name or "数据", years="、".join(map(str, years)) or "（无）")
    units = (
        filed.select("school_code", "stage")
        .unique()
        .join(register, on="school_code")
        .sort("county_code", "school_code", "stage")
        .with_row_index("unit")
        .select(
            "unit",
            "school_code",
            "school_name",
            "county_code",
            pl.col("town").fill_null(""),
            pl.col("location").fill_null(""),
            "stage",
            _first_year_from("opened_on").alias("opens"),
            _first_year_from("closed_on").alias("closes"),
        )
        .pipe(numbered)
    )
    rows = (
        units.select("unit", "school_code", "stage")
        .join(filed, on=["school_code", "stage"])
        .select("unit", pl.col("school_year").cast(pl.Int32).alias("year"), "pupils", *_grades())
        .sort("unit", "year")
    )
    return Panel(units, rows)


def numbered(units: pl.DataFrame) -> pl.DataFrame:
    """Units with the numbers of what they belong to."""
    together = {"school": ["school_code"], "county": ["county_code"], "place": ["county_code", "location"]}
    together["area"] = ["county_code", "town"]
    return units.with_columns(
        pl.concat_str(names, separator="\n").rank("dense").cast(pl.UInt32).alias(name)
        for name, names in together.items()
    )


def _first_year_from(day: str) -> pl.Expr:
    """The first school year whose 1 September is not before ``day``."""
    month, first = YEAR_STARTS
    date = pl.col(day)
    late = (date.dt.month() > month) | ((date.dt.month() == month) & (date.dt.day() > first))
    return (date.dt.year() + late.cast(pl.Int32)).cast(pl.Int32)


def _grades() -> list[pl.Expr]:
    """Grades as filed; where the filed ones make up all pupils of the row, a blank grade is one without pupils."""
    found = []
    whole = (total_of_grades() == pl.col("pupils")) & pl.any_horizontal(
        pl.col(column(g)).is_not_null() for g in ALL_GRADES
    )
    for stage, grades in GRADES.items():
        for grade in grades:
            own = pl.col(column(grade))
            filled = pl.when(whole).then(own.fill_null(0.0)).otherwise(own)
            found.append(pl.when(pl.col("stage") == stage).then(filled).alias(column(grade)))
    return found


def is_graded() -> pl.Expr:
    """Whether all grades of the row's stage are known."""
    known = {
        stage: pl.all_horizontal(pl.col(column(g)).is_not_null() for g in grades) for stage, grades in GRADES.items()
    }
    return pl.when(pl.col("stage") == Stage.PRIMARY).then(known["primary"]).otherwise(known["junior"])
