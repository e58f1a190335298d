"""A plan written back to the tables it was made from: the same data after the additions, for the same judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import polars as pl

from junheng.base.terms import Label
from junheng.planning.resources.errors import PlanRefusedError
from junheng.planning.resources.measures import all_measures, measure_label
from junheng.planning.resources.places import Places, places_of
from junheng.tables.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Addition:
    """What one school gets of one measure; negative where it gives away. ``stage`` is None for the whole school."""

    school: str
    stage: str | None
    measure: str
    amount: Fraction


Changes = dict[str, dict[int, dict[str, Fraction]]]  # table → row → column → change


def with_additions(
    dataset: Dataset, year: int, additions: Iterable[Addition], *, members: pl.DataFrame | None = None
) -> Dataset:
    """The dataset after the additions. Columns that a school left blank stay blank: nobody said what there was.

    Args:
        members: ``Computed.members`` of the judgement; a stage that only a campus has is written to the campus's row.

    Raises:
        PlanRefusedError: something is added where nobody filed a row.
    """
    places = places_of(dataset, year, members)
    changes: Changes = {"stage_year": {}, "school_year": {}}
    for addition in additions:
        _add(changes, places, addition)
    frames = dict(dataset.frames)
    for name, by_row in changes.items():
        if by_row:
            frames[name] = _changed(frames[name], by_row)
    return replace(dataset, frames=frames, snapshot="", parts={})


def _add(changes: Changes, places: Places, addition: Addition) -> None:
    stage, measure = addition.stage, all_measures()[addition.measure]
    school = places.filed_by(addition.school, stage)
    if school is None:
        name = measure_label(addition.measure)
        what = Label(
            f"{addition.school} 没有可以写回“{name.zh}”的一行", f"{addition.school} has no row to write “{name.en}” to"
        )
        raise PlanRefusedError(what=what)
    table = "school_year" if stage is None else "stage_year"
    _sum_up(changes[table], places.rows[table, school, stage], measure.adds.columns(stage or ""), addition.amount)
    whole = places.rows.get(("school_year", school, None))
    if whole is not None:  # a school that filed nothing as a whole left it blank
        _sum_up(changes["school_year"], whole, measure.beside, addition.amount)


def _sum_up(table: dict[int, dict[str, Fraction]], row: int, adds: Mapping[str, int], amount: Fraction) -> None:
    own = table.setdefault(row, {})
    for column, one in adds.items():
        own[column] = own.get(column, Fraction(0)) + one * amount


def _changed(frame: pl.DataFrame, by_row: Mapping[int, Mapping[str, Fraction]]) -> pl.DataFrame:
    columns: dict[str, list[object]] = {}
    for row, own in by_row.items():
        for column, change in own.items():
            values = columns.setdefault(column, frame[column].to_list())
            if values[row] is not None:
                values[row] = _sum(values[row], change)
    return frame.with_columns(pl.Series(name, values, frame.schema[name]) for name, values in columns.items())


def _sum(value: object, change: Fraction) -> int | Decimal:
    if isinstance(value, int):
        return value + int(change)
    assert isinstance(value, Decimal)
    return value + Decimal(change.numerator) / Decimal(change.denominator)
