"""Rosters as tables: the sums, the list of differences and the structure, for CSV and for Excel alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import polars as pl

from junheng.base.terms import Stage
from junheng.indicators.rosters import BLANK, RosterSums
from junheng.reporting.csv_text import csv_text
from junheng.reporting.plan_sheets import Cell, Column, PlanSheets
from junheng.reporting.rosters.comparison import Comparison
from junheng.reporting.rosters.structure import Line, Part, Row, Structure
from junheng.reporting.sheet_style import workbook
from junheng.tables.catalogue import load_tables

Sheet = tuple[str, str, list[Column], list[list[Cell]]]  # name, note, columns, rows
_PLACE = [Column("学校标识码", 14), Column("学校", 30), Column("学年", 8)]


def comparison_sheet(found: Comparison) -> Sheet:
    """The list of differences, a figure a row."""
    columns = [
        *_PLACE, Column("学段", 8), Column("项目", 26), Column("结果", 12), Column("填报", 10, "count"),
        Column("填报位置", 22), Column("花名册", 10, "count"), Column("花名册比填报多", 14, "count"),
        Column("无法归入的行", 12, "count"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            entry.school_code, entry.school_name, entry.school_year, entry.stage_zh, entry.label, entry.status.zh,
            entry.filed, entry.cell, entry.summed, entry.difference, entry.blanks or None,
        ]
        for entry in found.differences
    ]  # fmt: skip
    return "核对", "花名册汇总数与填报数不一致的，逐校逐项", columns, rows


def sums_sheets(sums: RosterSums, schools: pl.DataFrame | None) -> Iterator[Sheet]:
    """The amounts themselves: a sheet for stages, one for whole schools."""
    names = {} if schools is None else dict(schools.select("school_code", "school_name").iter_rows())
    for table, title in (("stage_year", "学段情况"), ("school_year", "全校")):
        labels = {name: load_tables()[table].columns[name].label.zh for name in sums.columns[table]}
        if not labels:
            continue
        of_stage = table == "stage_year"
        columns = [*_PLACE, *([Column("学段", 8)] if of_stage else [])]
        columns += [Column(label, 11, "count") for label in labels.values()] + [Column("无法得出的", 40, "wrapped")]
        rows: list[list[Cell]] = []
        for row in sums.of(table).iter_rows(named=True):
            is_open = "、".join(f"{label}（{row[n + BLANK]} 行）" for n, label in labels.items() if row[n + BLANK])
            place: list[Cell] = [row["school_code"], names.get(row["school_code"]), row["school_year"]]
            place += [Stage(row["stage"]).zh] if of_stage else []
            rows.append([*place, *(row[name] for name in labels), is_open or None])
        yield title, "由花名册汇总；空着的没有依据，不是 0", columns, rows


def structure_sheets(found: Structure) -> Iterator[Sheet]:
    """A sheet for the numbers and ratios, one for each part of the structure."""
    head = [Column(found.by, 30), Column("学年", 8), Column("学段", 8)]
    columns = [
        *head, Column("学生", 10, "count"), Column("教职工", 10, "count"), Column("专任教师", 10, "count"),
        Column("专任教师无法归入的行", 12, "count"), Column("每名专任教师负担学生", 12, "two"),
        Column("每名教职工负担学生", 12, "two"),
    ]  # fmt: skip
    numbers: list[list[Cell]] = [
        [
            row.group, row.school_year, row.stage, row.pupils.amount, row.staff.amount if row.staff else None,
            row.teachers.amount, row.teachers.blanks or None, _number(row.pupils_per("teachers")),
            _number(row.pupils_per("staff")),
        ]
        for row in found.rows
    ]  # fmt: skip
    yield "人数和师生比", "专任教师与教职工分别计算；教职工只按全校", columns, numbers
    for part in found.parts:
        own = [*head, Column("专任教师", 10, "count"), *(column for line in part.lines for column in _heads(line))]
        rows = [[*_place(row), row.teachers.amount, *_cells(row, part)] for row in found.rows]
        yield (
            part.label,
            "专任教师中的人数和占比；空着的无法得出，不是 0",
            [*own, Column("无法得出的", 30, "wrapped")],
            rows,
        )


def _place(row: Row) -> list[Cell]:
    return [row.group, row.school_year, row.stage]


def _heads(line: Line) -> list[Column]:
    label = line.label
    return (
        [Column(label, 10, "two")] if line.mean else [Column(label, 10, "count"), Column(f"{label}占比", 10, "percent")]
    )


def _cells(row: Row, part: Part) -> Iterator[Cell]:
    for line in part.lines:
        if not line.mean:
            yield row.counts[line.name].amount
        yield _number(row.share(line))
    is_open = [(line.label, row.counts[line.name].blanks) for line in part.lines]
    yield "、".join(f"{label}（{blanks} 人不详）" for label, blanks in is_open if blanks) or None


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def as_csv(sheet: Sheet) -> str:
    """One sheet as CSV; shares as numbers between 0 and 1."""
    _, _, columns, rows = sheet
    return csv_text([column.head for column in columns], [[_plain(cell) for cell in row] for row in rows])


def _plain(cell: Cell) -> Cell:
    return f"{cell:.6f}".rstrip("0").rstrip(".") if isinstance(cell, float) else cell


def write_book(path: str | Path, sheets: Iterable[Sheet]) -> None:
    """All sheets as one workbook.

    Raises:
        OSError: the place cannot be written to.
    """
    with workbook(path) as book:
        written = PlanSheets(book)
        for name, note, columns, rows in sheets:
            written.table(name, note, columns, _as_rows(rows), frozen=3)


def _as_rows(rows: Sequence[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield from rows
