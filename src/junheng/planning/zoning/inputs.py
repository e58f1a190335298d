"""Read what a zoning plan is told: a workbook or folder of tables, a map, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.intake.read import Reading, read_file, read_sheets
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
_CELL = re.compile(r"([\u4e00-\u9fff]+)![A-Z]+(\d+)")


@dataclass(frozen=True)
class Inputs:
    """Validated tables, and the outlines of blocks where a map gave them.

    Attributes:
        outlines: by block code, polygons in WGS84 degrees.
        remarks: findings that do not stand in the way.
        notes: what map and tables do not have in common.
        file: name of the file, as messages call it.
        features: of tables that came from a map, by row the number of its feature.
    """

    dataset: Dataset
    outlines: Mapping[str, Shape] = field(default_factory=dict)
    remarks: tuple[Finding, ...] = ()
    notes: tuple[Label, ...] = ()
    file: str = ""
    features: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.file or self.dataset.name

    def place(self, table: str, row: int, column: str) -> str:
        """Where row ``row`` (from 0) of a table says ``column``: a cell, or a feature of the map."""
        about = self.dataset.tables[table]
        label = about.label.zh
        if table in self.features:
            return f"第 {self.features[table][row]} 个要素（{label}的{about.columns[column].label.zh}）"
        return self.dataset.cell(table, row, column) or f"“{label}”第 {row + 1} 行"

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
    drawn = read_map(outlines, tables).outlines
    accepted = _accepted(reading, path.name, None, drawn)
    listed = [str(row["block_code"]) for row in accepted.rows("block")]
    return replace(accepted, notes=tuple(_apart(listed, drawn, outlines.name)))


def _apart(listed: Sequence[str], drawn: Mapping[str, Shape], file: str) -> Iterator[Label]:
    """Blocks that are only in the tables, and outlines that no table knows."""
    for codes, zh, en in (
        ([code for code in listed if code not in drawn], "没有边界，地图上不画它们的范围", "have no outline"),
        (
            [code for code in drawn if code not in set(listed)],
            "不在“居住地块”表里，没有用上",
            "are in no table; left out",
        ),
    ):
        if codes:
            shown = "、".join(codes[:10]) + ("等" if len(codes) > 10 else "")
            yield Label(f"{file}：{len(codes)} 个地块{zh}：{shown}。", f"{file}: {len(codes)} blocks {en}: {shown}.")


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
    inputs = Inputs(dataset, outlines or {})
    if beyond := list(_beyond_limits(inputs)):
        raise InputsRefusedError(name=dataset.name, lines=beyond)
    findings = check_dataset(dataset)
    if errors := blocking(findings):
        raise InputsRefusedError(name=dataset.name, lines=[_line(finding, dataset, None) for finding in errors])
    return replace(inputs, remarks=tuple(findings))


def _beyond_limits(inputs: Inputs) -> Iterator[str]:
    """Numbers outside of what their column allows; files are held to that as they are read."""
    for name, table in inputs.dataset.tables.tables.items():
        limited = [column for column in table.columns.values() if (column.minimum, column.maximum) != (None, None)]
        for number, row in enumerate(inputs.rows(name)):
            for column in limited:
                least, most, value = column.minimum, column.maximum, row[column.name]
                if value is not None and ((least is not None and value < least) or (most is not None and value > most)):
                    allowed = f"{'' if least is None else least}～{'' if most is None else most}"
                    place = inputs.place(name, number, column.name)
                    yield f"{place}：{column.label.zh} {plain(value, 2)} 不在 {allowed} 之内"


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
    features = {} if found is None else {table: [n for n, _ in rows] for table, rows in found.rows.items()}
    remarks = tuple(finding for finding in reading.findings if not finding.blocks)
    return Inputs(reading.dataset, outlines, remarks, file=name, features=features)


def _line(finding: Finding, dataset: Dataset, found: Map | None) -> str:
    """``地块生源!C5：…``, or of a map ``第 4 个要素（地块生源）：…``."""
    if found is None:
        return f"{finding.cell}：{finding.message}"
    tables = {table.label.zh: table.name for table in dataset.tables.tables.values() if table.name in found.rows}

    def feature(cell: re.Match[str]) -> str:
        table, row = tables.get(cell[1]), int(cell[2])
        return cell[0] if table is None or row < 2 else f"第 {found.feature(table, row)} 个要素（{cell[1]}）"

    return _CELL.sub(feature, f"{finding.cell}：{finding.message}")
