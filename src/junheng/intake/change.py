"""改数: cells of a dataset typed anew on a copy, read and checked by the same rules as everything that is filed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.intake.entered import Entered, as_typed
from junheng.intake.errors import CellNotThereError
from junheng.intake.read import Reading
from junheng.tables.dataset import Dataset
from junheng.tables.model import Column


@dataclass(frozen=True, slots=True)
class Change:
    """One cell typed anew.

    Attributes:
        row: the key columns of the row and their values as kept: ``(("school_code", "…"), ("school_year", 2025))``.
        typed: as a person types it under the column's head, in the unit of the form; empty: nothing is filed there.
    """

    table: str
    row: tuple[tuple[str, str | int], ...]
    column: str
    typed: str


def changed(dataset: Dataset, changes: Sequence[Change]) -> Reading:
    """The whole dataset typed again with the changes in it; the dataset itself stays as it is.

    Raises:
        CellNotThereError: a change is of a cell that the dataset does not have.
    """
    tables = dataset.tables
    lines = {
        name: [_typed(tables[name].columns, row) for row in frame.iter_rows(named=True)]
        for name, frame in dataset.frames.items()
        if name in tables.tables and frame.height
    }
    for change in changes:
        place = row_of(dataset, change)
        lines[change.table][place][change.column] = change.typed.strip()
    return Entered(tables, lines).read(dataset.name)


def row_of(dataset: Dataset, change: Change) -> int:
    """The place of the row that a change is of.

    Raises:
        CellNotThereError: there is no such row, or it has no such column to fill in.
    """
    table = dataset.tables.tables.get(change.table)
    if table is None or change.column not in table.columns or change.column in table.key:
        raise _not_there(dataset, change)
    wanted = dict(change.row)
    if set(wanted) != set(table.key):
        raise _not_there(dataset, change)
    keys = dataset[change.table].select(table.key).iter_rows(named=True)
    place = next((place for place, key in enumerate(keys) if key == wanted), None)
    if place is None:
        raise _not_there(dataset, change)
    return place


def _not_there(dataset: Dataset, change: Change) -> CellNotThereError:
    table = dataset.tables.tables.get(change.table)
    column = table.columns.get(change.column) if table else None
    return CellNotThereError(
        table=table.label.zh if table else change.table,
        row=" ".join(str(value) for _, value in change.row),
        column=column.label.zh if column else change.column,
    )


def _typed(columns: Mapping[str, Column], row: Mapping[str, Any]) -> dict[str, str]:
    return {name: as_typed(columns[name], value) for name, value in row.items() if value is not None}
