"""A plan written back to the tables it was made from: the same data after the additions, for the same judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import polars as pl

from junheng.planning.resources.errors import UnknownPlaceError
from junheng.planning.resources.measures import Inputs, all_measures
from junheng.tables.dataset import Dataset
from junheng.tables.units import how_many


@dataclass(frozen=True, slots=True)
class Addition:
    """What one school gets of one measure; negative where it gives away. ``stage`` is None for the whole school."""

    school: str
    stage: str | None
    measure: str
    amount: Fraction


def with_additions(dataset: Dataset, year: int, additions: Iterable[Addition]) -> Dataset:
    """The dataset after the additions. Columns that a school left blank stay blank: nobody said what there was."""
    changes: dict[str, dict[tuple[str, str | None], dict[str, Fraction]]] = {"stage_year": {}, "school_year": {}}
    for addition in additions:
        stage, measure = addition.stage, all_measures()[addition.measure]
        _add(
            changes["school_year" if stage is None else "stage_year"],
            addition,
            stage,
            measure.adds.columns(stage or ""),
        )
        _add(changes["school_year"], addition, None, measure.beside)
    frames = dict(dataset.frames)
    for name, by_place in changes.items():
        if by_place:
            frames[name] = _changed(frames[name], year, by_place, staged=name == "stage_year")
    return replace(dataset, frames=frames, snapshot="")


def _add(
    table: dict[tuple[str, str | None], dict[str, Fraction]],
    addition: Addition,
    stage: str | None,
    adds: Mapping[str, int],
) -> None:
    own = table.setdefault((addition.school, stage), {})
    for column, one in adds.items():
        own[column] = own.get(column, Fraction(0)) + one * addition.amount


def _changed(
    frame: pl.DataFrame, year: int, by_place: Mapping[tuple[str, str | None], Mapping[str, Fraction]], *, staged: bool
) -> pl.DataFrame:
    stages = frame["stage"] if staged else [None] * frame.height
    places = {
        (school, stage): row
        for row, (school, stage, of) in enumerate(zip(frame["school_code"], stages, frame["school_year"], strict=True))
        if of == year
    }
    columns: dict[str, list[object]] = {}
    for place, own in by_place.items():
        row = places.get(place)
        for column, change in own.items():
            if row is None or column not in frame.columns:
                continue
            values = columns.setdefault(column, frame[column].to_list())
            if values[row] is not None:
                values[row] = _sum(values[row], change)
    return frame.with_columns(pl.Series(name, values, frame.schema[name]) for name, values in columns.items())


def _sum(value: object, change: Fraction) -> int | Decimal:
    if isinstance(value, int):
        return value + int(change)
    assert isinstance(value, Decimal)
    return value + Decimal(change.numerator) / Decimal(change.denominator)


def with_supposed(dataset: Dataset, year: int, inputs: Inputs) -> Dataset:
    """The dataset with the supposed values where nothing was filed.

    Raises:
        UnknownPlaceError: no such school, stage or column, or something was filed there.
    """
    frames = dict(dataset.frames)
    for (school, stage, column), value in inputs.supposed.items():
        name = next((t for t in ("stage_year", "school_year") if column in dataset.tables[t].columns), None)
        if name is None:
            raise _wrong(school, column, "没有这个填报项目，请照表头写它的名称")
        kept = dataset.tables[name].columns[column]
        frame = frames[name]
        where = (pl.col("school_code") == school) & (pl.col("school_year") == year)
        if name == "stage_year":
            where = where & (pl.col("stage") == stage)
        rows = frame.with_row_index("__row").filter(where)
        if rows.is_empty():
            raise _wrong(school, kept.label.zh, f"{year} 学年没有填报这所学校（这个学段）")
        if rows[column][0] is not None:
            raise _wrong(school, kept.label.zh, "这一项已经填报，不能再假定")
        size = how_many(kept.unit, kept.form_unit) if kept.form_unit else Fraction(1)
        exact = value * (size or 1)
        whole = frame.schema[column] == pl.Int64
        filled = frame[column].to_list()
        filled[rows["__row"][0]] = int(exact) if whole else Decimal(exact.numerator) / Decimal(exact.denominator)
        frames[name] = frame.with_columns(pl.Series(column, filled, frame.schema[column]))
    return replace(dataset, frames=frames, snapshot="")


def _wrong(school: str, column: str, why: str) -> UnknownPlaceError:
    return UnknownPlaceError(table="假定值", name=f"{school} {column}", why=why)
