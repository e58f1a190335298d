"""Read what a zoning plan is told: a workbook or folder of tables, a map, or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from junheng.intake.read import Reading, read_file, read_sheets
from junheng.intake.sheet import split_address
from junheng.intake.template import write_workbook
from junheng.planning.zoning.errors import InputsRefusedError
from junheng.planning.zoning.geojson import Map, read_map
from junheng.planning.zoning.geometry import Shape
from junheng.tables.catalogue import planning_tables
from junheng.tables.check import check_dataset
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding, blocking

PLANNER = "zoning"
_MAPS = frozenset({".geojson", ".json"})


@dataclass(frozen=True)
class Inputs:
    """Validated tables, and the outlines of blocks where a map gave them.

    Attributes:
        outlines: by block code, polygons in WGS84 degrees.
        remarks: findings that do not stand in the way.
    """

    dataset: Dataset
    outlines: Mapping[str, Shape] = field(default_factory=dict)
    remarks: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        return self.dataset.name

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self.dataset[table].to_dicts()


def read_inputs(path: Path, *, outlines: Path | None = None) -> Inputs:
    """Read tables (.xlsx, .csv, folder), a map (.geojson), or tables with the map of their blocks.

    A folder may hold one .geojson: it is the map of the tables beside it. Beside tables only the outlines of a map are
    used; alone, its properties are the tables.

    Raises:
        InputsRefusedError: errors in cells or features, all of them.
        NotGeoJsonError: the map cannot be read.
        JunhengError: the file as a whole cannot be read.
    """
    tables = planning_tables(PLANNER)
    if path.suffix.casefold() in _MAPS:
        found = read_map(path, tables)
        reading = read_sheets(path.name, found.sheets(tables), tables)
        return _accepted(reading, path.name, found, found.outlines)
    if path.is_dir() and outlines is None:
        maps = sorted(file for file in path.iterdir() if file.suffix.casefold() == ".geojson")
        outlines = maps[0] if len(maps) == 1 else None
    reading = read_file(path, tables)
    if outlines is None:
        return _accepted(reading, path.name, None, {})
    return _accepted(reading, path.name, None, read_map(outlines, tables).outlines)


def inputs_from_rows(
    rows: Mapping[str, list[dict[str, object]]], outlines: Mapping[str, Shape] | None = None
) -> Inputs:
    """Inputs from rows in kept types, for programs.

    Raises:
        InputsRefusedError: rows that are twice there or name schools that are not.
    """
    tables = planning_tables(PLANNER)
    frames = {name: pl.DataFrame(rows.get(name, []), schema=table.schema) for name, table in tables.tables.items()}
    dataset = Dataset(tables, frames, name="输入")
    findings = check_dataset(dataset)
    if errors := blocking(findings):
        raise InputsRefusedError(name=dataset.name, lines=[_line(finding, dataset, None) for finding in errors])
    return Inputs(dataset, outlines or {}, tuple(findings))


def write_inputs(
    path: Path, *, frames: Mapping[str, pl.DataFrame] | None = None, title: str = "学区划片输入表"
) -> None:
    """Write the input workbook, empty or filled with ``frames``; the rules come with the stages to fill in."""
    tables = planning_tables(PLANNER)
    filled = dict(frames or {})
    if "rule" not in filled:
        stages = pl.DataFrame({"stage": ["primary", "junior"]})
        filled["rule"] = pl.concat([tables["rule"].empty(), stages], how="diagonal")
    write_workbook(path, tables, frames=filled, title=title)


def _accepted(reading: Reading, name: str, found: Map | None, outlines: Mapping[str, Shape]) -> Inputs:
    errors = blocking(reading.findings)
    if errors:
        raise InputsRefusedError(name=name, lines=[_line(finding, reading.dataset, found) for finding in errors])
    return Inputs(reading.dataset, outlines, tuple(f for f in reading.findings if not f.blocks))


def _line(finding: Finding, dataset: Dataset, found: Map | None) -> str:
    """``地块生源!C5：…``, or of a map ``第 4 个要素：…``."""
    place, _, number = split_address(finding.cell)
    if found is not None and number is not None:
        table = next((t.name for t in dataset.tables.tables.values() if t.label.zh == place), None)
        if table is not None and table in found.rows and number >= 2:
            return f"第 {found.feature(table, number)} 个要素（{place}）：{finding.message}"
    return f"{finding.cell}：{finding.message}"
