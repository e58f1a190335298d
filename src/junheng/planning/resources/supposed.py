"""Values that a county supposes where nothing was filed: put into the tables, held to the rules of filing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import polars as pl

from junheng.base.exact import half_up, plain
from junheng.base.terms import Label
from junheng.planning.resources.errors import SupposedRefusedError, UnknownPlaceError
from junheng.planning.resources.faults import fault_words, new_faults
from junheng.planning.resources.measures import Inputs
from junheng.planning.resources.places import Places, places_of
from junheng.tables.dataset import Dataset
from junheng.tables.model import DECIMAL_PLACES, Column, ColumnType, Tables

_TABLES = ("stage_year", "school_year", "school")


def with_supposed(dataset: Dataset, year: int, inputs: Inputs) -> Dataset:
    """The dataset with the supposed values where nothing was filed.

    Raises:
        UnknownPlaceError: no such school, stage or column, or something was filed there, or no value of that column.
        SupposedRefusedError: the values contradict what was filed beside them.
    """
    places = places_of(dataset, year)
    frames = dict(dataset.frames)
    filled: set[tuple[str, int, str]] = set()
    for (school, stage, word), value in inputs.supposed.items():
        table, column = _column(dataset.tables, school, word)
        row = _row(places, table, school, stage, year, column)
        if (table, row, column.name) in filled:
            raise _wrong(
                school,
                column.label,
                Label("假定了两次；按全校填报的数只写一行，学段任写一个", "it is supposed twice; one row is enough"),
            )
        filled.add((table, row, column.name))
        frame = frames[table]
        values = frame[column.name].to_list()
        if values[row] is not None:
            raise _wrong(school, column.label, Label("这一项已经填报，不能再假定", "it was filed already"))
        values[row] = _value(school, column, value)
        frames[table] = frame.with_columns(pl.Series(column.name, values, frame.schema[column.name]))
    supposed = replace(dataset, frames=frames, snapshot="", parts={})
    if faults := new_faults(dataset, supposed):
        raise SupposedRefusedError(what=fault_words(faults[0]))
    return supposed


def _column(tables: Tables, school: str, word: str) -> tuple[str, Column]:
    """The table and the column of that name, or with that label."""
    for table in _TABLES:
        for column in tables[table].columns.values():
            if word in (column.name, column.label.zh) and column.name not in tables[table].key:
                return table, column
    why = Label("没有这个填报项目，请照表头写它的名称", "there is no such column; write its head")
    raise _wrong(school, Label(word, word), why)


def _row(places: Places, table: str, school: str, stage: str, year: int, column: Column) -> int:
    row = places.rows.get((table, school, stage if table == "stage_year" else None))
    if row is None:
        raise _wrong(
            school,
            column.label,
            Label(
                f"{year} 学年没有填报这所学校（这个学段）的这一行，请先补报这一行",
                f"no row was filed for this school (and stage) in {year}; file it first",
            ),
        )
    return row


def _value(school: str, column: Column, value: Fraction) -> object:
    """The value as the column holds it; in kept units (元, ㎡)."""
    if column.type is ColumnType.FLAG:
        if value not in (0, 1):
            raise _wrong(school, column.label, Label("是、否的项写 1（是）或 0（否）", "write 1 for yes, 0 for no"))
        return value == 1
    if not column.type.is_number:
        raise _wrong(school, column.label, Label("这一项不是数，不能假定，请补报", "it is no number: file it"))
    low, high = column.minimum, column.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        shown, limits = plain(value), f"{'' if low is None else low}—{'' if high is None else high}"
        raise _wrong(
            school,
            column.label,
            Label(f"假定值 {shown} 超出可能的范围（{limits} {column.unit}）", f"{shown} is out of range ({limits})"),
        )
    if column.type is ColumnType.COUNT:
        if value.denominator != 1:
            shown = plain(value)
            raise _wrong(
                school, column.label, Label(f"必须是整数，这里是 {shown}", f"it must be whole, here it is {shown}")
            )
        return int(value)
    return half_up(value, DECIMAL_PLACES)


def _wrong(school: str, column: Label, why: Label) -> UnknownPlaceError:
    name = Label(f"{school} {column.zh}", f"{school} {column.en}")
    return UnknownPlaceError(table=Label("假定值", "of supposed values"), name=name, why=why)
