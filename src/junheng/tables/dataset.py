"""A dataset: the validated tables of one filing or county, and where each row was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from junheng.tables.model import Tables


@dataclass(frozen=True)
class Origin:
    """Where the rows of one table were read: file, sheet, the column letters and the row numbers.

    ``rows[i]`` is the row number on the sheet of row ``i`` of the table's frame. A table put together from several
    sheets or files has ``parts``, each a sheet with its letters, and row ``i`` comes from ``parts[part_of[i]]``.
    ``cells`` are the exceptions, by row and column: the part and the cell (``(2, "D17")``) of what does not stand on
    that line, because several sheets hold the row together or because the sheet is a form that has no such column.
    ``letters`` names every column that was in any of the sheets.
    """

    file: str
    sheet: str
    letters: Mapping[str, str]
    rows: tuple[int, ...]
    parts: Sequence[tuple[str, Mapping[str, str]]] = ()
    part_of: Sequence[int] = ()
    cells: Mapping[int, Mapping[str, tuple[int, str]]] = field(default_factory=dict)

    def cell(self, row: int, column: str) -> str:
        """``学段情况!D17`` for row ``row`` of the frame; the sheet alone when the column was not in the file."""
        if elsewhere := self.cells.get(row, {}).get(column):
            part, cell = elsewhere
            return f"{self.parts[part][0]}!{cell}"
        sheet, letters = self.parts[self.part_of[row]] if self.parts else (self.sheet, self.letters)
        letter = letters.get(column)
        return f"{sheet}!{letter}{self.rows[row]}" if letter else sheet


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file with rows of many counties, and which of them count: ``county_code`` is a column of every file.

    ``without`` are counties whose rows a later load replaced; ``within`` is what the codes that count begin with.
    """

    file: str
    without: tuple[str, ...] = ()
    within: str = ""

    @property
    def narrowed(self) -> bool:
        return bool(self.without or self.within)


@dataclass(frozen=True)
class Dataset:
    """Typed frames by table name (absent tables are empty frames), in key order, with their origins.

    ``snapshot`` is the content's name once committed to a store, else empty. ``parts`` are the files that hold the
    same rows, by table, for an engine that reads them on many machines; what changes the frames has none.
    """

    tables: Tables
    frames: Mapping[str, pl.DataFrame]
    origins: Mapping[str, Origin] = field(default_factory=dict)
    name: str = ""
    snapshot: str = ""
    parts: Mapping[str, Sequence[Part]] = field(default_factory=dict)

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.frames[table]

    def cell(self, table: str, row: int, column: str) -> str:
        """Address of a filed cell, empty when the dataset did not come from a file."""
        origin = self.origins.get(table)
        return origin.cell(row, column) if origin else ""

    def widened(self, tables: Tables) -> Dataset:
        """The same data with the columns (and tables) of ``tables`` that it lacks, blank: nobody filed them."""
        merged = {}
        frames = {}
        for name, table in {**self.tables.tables, **tables.tables}.items():
            own = self.tables.tables.get(name, table)
            merged[name] = replace(table, columns={**own.columns, **table.columns})
            frame = self.frames.get(name, own.empty())
            lacking = {c: dtype for c, dtype in merged[name].schema.items() if c not in frame.columns}
            frames[name] = frame.with_columns(pl.lit(None, dtype).alias(c) for c, dtype in lacking.items())
        return replace(self, tables=replace(tables, tables=merged), frames=frames)
