"""Say of every row of a dataset where it stands in a national store: its kind, its year, its county."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from junheng.base.terms import Label
from junheng.store.errors import LoadRefusedError
from junheng.store.loads import Source
from junheng.store.snapshot import content_id
from junheng.tables.dataset import Dataset
from junheng.tables.model import Table

FISCAL, FILING = "fiscal", "filing"
# The table without whose rows a county has not filed a school year.
WHOLE = "stage_year"

# A county's code is part of a path; its first two characters are the province.
_COUNTY = re.compile(r"[0-9A-Za-z]{2,}")


@dataclass(frozen=True)
class Place:
    """Where rows stand: all of one table, kind, year and province are in one file of a load."""

    kind: str
    table: str
    year: int
    province: str

    @property
    def folder(self) -> str:
        """Below the store's folder; rosters stand apart, for a filing may have a table of the same name."""
        room = "rows" if self.kind in (FILING, FISCAL) else "rosters"
        return f"{room}/{self.table}/year={self.year}/province={self.province}"


@dataclass(frozen=True)
class Placed:
    """A dataset ready to be loaded.

    Attributes:
        source: how the load will name it.
        kind: what its load replaces of earlier ones.
        left_out: school year → counties that have some rows of it but none of ``stage_year``: such a year is not
            filed, its rows are not loaded, and what was loaded of it before holds on.
    """

    source: Source
    kind: str
    left_out: Mapping[int, tuple[str, ...]]
    tables: Mapping[str, Table]
    rows: Mapping[str, pl.DataFrame]

    def frames(self) -> Iterator[tuple[Place, pl.DataFrame]]:
        """All that is loaded: every table by year and province, a register once for each year it was filed with."""
        for name, frame in sorted(self.rows.items()):
            own = kind_of(self.tables[name], self.kind)
            covered = self._covered.filter(pl.col("kind") == own).drop("kind")
            column = year_column(self.tables[name])
            if column:
                year = pl.col(column).cast(pl.Int64).alias("__year")
                filed = frame.with_columns(year).join(covered, on=["county_code", "__year"], how="semi")
            else:
                filed = frame.join(covered, on="county_code", how="inner", maintain_order="left")
            province = pl.col("county_code").str.slice(0, 2).alias("__province")
            parts = filed.with_columns(province).partition_by("__year", "__province", as_dict=True, include_key=False)
            for (year_of_rows, province_of_rows), rows in sorted(parts.items()):
                yield Place(own, name, int(year_of_rows), str(province_of_rows)), rows

    @cached_property
    def _covered(self) -> pl.DataFrame:
        units = list(self.source.units())
        schema = {"kind": pl.String, "__year": pl.Int64, "county_code": pl.String}
        return pl.DataFrame(units, schema=schema, orient="row")


def place(dataset: Dataset, *, label: str = "", homes: pl.DataFrame | None = None, kind: str = FILING) -> Placed:
    """Make a validated dataset ready to be loaded.

    Args:
        label: where it came from.
        homes: school_code and county_code, for a dataset without a list of schools (a roster).
        kind: what the load replaces of earlier ones; a roster's load replaces rosters of its kind only.

    Raises:
        LoadRefusedError: a row has no county or no year, or nothing was filed.
    """
    name = label or dataset.name or "数据"
    where = (dataset["school"] if homes is None else homes).select("school_code", "county_code").unique()
    if (twice := where.filter(pl.col("school_code").is_duplicated())).height:
        raise LoadRefusedError(name=name, reason=_two_counties(twice["school_code"].sort()[0]))
    rows = {
        table: _with_county(name, dataset.tables[table], frame, where)
        for table, frame in dataset.frames.items()
        if not frame.is_empty()
    }
    covers, left_out = _covers(dataset, rows, kind)
    if not covers:
        raise LoadRefusedError(name=name, reason=_NOTHING)
    snapshot = dataset.snapshot or content_id(dataset)
    source = Source(_name(snapshot, rows, where if homes is not None else None, kind), snapshot, name, covers)
    return Placed(source, kind, left_out, dataset.tables.tables, rows)


def kind_of(table: Table, kind: str = FILING) -> str:
    """The kind of a table's rows in a load of ``kind``."""
    return FISCAL if kind == FILING and "fiscal_year" in table.key else kind


def year_column(table: Table) -> str:
    """The column of a table's key that says the year; empty for a register."""
    return next((column for column in ("school_year", "fiscal_year") if column in table.key), "")


def _with_county(name: str, table: Table, frame: pl.DataFrame, where: pl.DataFrame) -> pl.DataFrame:
    """The rows with their county, each of which must have one, and a year where the table has years."""
    rows = frame
    if "county_code" not in frame.columns:
        rows = frame.join(where, on="school_code", how="left", maintain_order="left")
        if (lost := rows.filter(pl.col("county_code").is_null())).height:
            raise LoadRefusedError(name=name, reason=_not_listed(table, lost["school_code"][0], lost.height))
    column = year_column(table)
    for blank in ("county_code", column):
        if blank and rows[blank].null_count():
            raise LoadRefusedError(name=name, reason=_blank(table, blank, rows[blank].null_count()))
    for code in rows["county_code"].unique().sort():
        if not _COUNTY.fullmatch(code):
            raise LoadRefusedError(name=name, reason=_no_code(table, code))
    return rows


def _covers(
    dataset: Dataset, rows: Mapping[str, pl.DataFrame], kind: str
) -> tuple[dict[str, dict[int, dict[str, int]]], dict[int, tuple[str, ...]]]:
    found: dict[str, dict[int, dict[str, int]]] = {}
    some: set[tuple[int, str]] = set()
    for name, frame in rows.items():
        own, column = kind_of(dataset.tables[name], kind), year_column(dataset.tables[name])
        if not column:
            continue
        of_schools = own == FILING
        size = pl.col("school_code").n_unique() if of_schools and name == WHOLE else pl.len()
        for year, county, number in frame.group_by(column, "county_code").agg(size.alias("n")).sort(pl.all()).rows():
            some |= {(year, county)} if of_schools else set()
            if not of_schools or name == WHOLE:
                counties = found.setdefault(own, {}).setdefault(int(year), {})
                counties[county] = counties.get(county, 0) + int(number)
    whole = {(year, county) for year, counties in found.get(FILING, {}).items() for county in counties}
    left_out: dict[int, tuple[str, ...]] = {}
    for year, county in sorted(some - whole):
        left_out[year] = (*left_out.get(year, ()), county)
    return {own: dict(sorted(years.items())) for own, years in sorted(found.items())}, left_out


def _name(snapshot: str, rows: Mapping[str, pl.DataFrame], homes: pl.DataFrame | None, kind: str) -> str:
    """A snapshot may be opened with fewer columns than it has, and a roster with other homes."""
    digest = hashlib.sha256(f"{snapshot}\n{kind}\n".encode())
    for table, frame in sorted(rows.items()):
        filled = sorted(column for column in frame.columns if frame[column].null_count() < frame.height)
        digest.update(f"{table} {' '.join(filled)}\n".encode())
    if homes is not None:
        digest.update(homes.sort("school_code").write_csv().encode())
    return digest.hexdigest()


_NOTHING = Label(
    zh="没有任何学年的“学段情况”，也没有财政年度的数据。请核对文件是否齐全。",
    en="it has no rows of stages in any school year, and none of any fiscal year. See whether files are lacking.",
)


def _two_counties(school: str) -> Label:
    return Label(
        zh=f"学校 {school} 对应两个县，不知道归哪个县。请改正名录。",
        en=f"the school {school} is listed in two counties. Mend the list of schools.",
    )


def _not_listed(table: Table, school: str, number: int) -> Label:
    return Label(
        zh=f"“{table.label.zh}”有 {number} 行的学校（如 {school}）不在名录中，不知道归哪个县。"
        "请在名录中补上，或改正代码。",
        en=f"{number} rows of {table.label.en} are of schools that are not listed, such as {school}. List them.",
    )


def _blank(table: Table, column: str, number: int) -> Label:
    label = table.columns[column].label if column in table.columns else Label(zh=column, en=column)
    return Label(
        zh=f"“{table.label.zh}”有 {number} 行没有填“{label.zh}”。请补填后再入库。",
        en=f"{number} rows of {table.label.en} have no {label.en}. Fill it in.",
    )


def _no_code(table: Table, code: str) -> Label:
    return Label(
        zh=f"“{table.label.zh}”中的县代码“{code}”不是行政区划代码。请填六位数字代码。",
        en=f"the county code “{code}” in {table.label.en} is none. Give the code of six digits.",
    )
