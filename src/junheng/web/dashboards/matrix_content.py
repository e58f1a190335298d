"""学校×指标矩阵 of one county and stage: every figure a door to why it is what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from junheng.reporting.charts.matrix import Cell, Column, Matrix, Row
from junheng.verdict.judgement import Judgement
from junheng.web.dashboards.school_lines import school_lines


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a matrix leads: a school's page, an indicator's page, the reasons of one figure."""

    school: Callable[[str], str]
    indicator: Callable[[str, str], str]
    reasons: Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows of the matrix are wanted; empty: all."""

    stage: str
    town: str = ""
    outcome: str = ""


def matrix_of(judgement: Judgement, county: str, chosen: Chosen, doors: Doors, corner: str) -> Matrix:
    """The rows of one stage, the worst first."""
    here = judgement.rows.filter((pl.col("county_code") == county) & (pl.col("stage") == chosen.stage))
    if chosen.town:
        here = here.filter(pl.col("town") == chosen.town)
    rows = {row["school_code"]: row for row in here.iter_rows(named=True)}
    names = [name for name in judgement.standard.counted() if f"{name}__outcome" in here.columns]
    lines = [
        line
        for line in school_lines(judgement)
        if line.stage == chosen.stage and line.school in rows and chosen.outcome in ("", line.outcome)
    ]
    return Matrix(
        columns=[_column(judgement, here, name, doors.indicator(name, chosen.stage)) for name in names],
        rows=[
            Row(
                label=line.name,
                href=doors.school(line.school),
                outcome=line.outcome or None,
                note=f"{line.met}/{line.counted}" if line.outcome else "",
                cells=[_cell(rows[line.school], name, doors.reasons(line.school, line.stage, name)) for name in names],
            )
            for line in lines
        ],
        corner=corner,
    )


def _column(judgement: Judgement, rows: pl.DataFrame, name: str, href: str) -> Column:
    indicator = judgement.standard.resources[name]
    limits = rows[f"{name}__limit"].drop_nulls().unique().to_list() if f"{name}__limit" in rows.columns else []
    operators = rows[f"{name}__operator"].drop_nulls().to_list() if f"{name}__operator" in rows.columns else []
    return Column(
        label=indicator.label,
        unit=indicator.unit,
        limit=limits[0] if len(limits) == 1 else None,
        direction="at_most" if operators and operators[0] in ("at_most", "below") else "at_least",
        href=href,
    )


def _cell(row: Mapping[str, Any], name: str, href: str) -> Cell:
    return Cell(
        value=row.get(f"{name}__value"),
        outcome=row[f"{name}__outcome"] if row["left_out"] is None else None,
        href=href,
        absent=row.get(f"{name}__absent"),
        limit=row.get(f"{name}__limit"),
    )


def towns_of(judgement: Judgement, county: str) -> list[str]:
    """The towns that a county's judged schools lie in."""
    here = judgement.rows.filter(pl.col("county_code") == county)
    return [town for town in here["town"].drop_nulls().unique().sort().to_list() if town]
