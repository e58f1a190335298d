"""补缺: blank figures of a dataset filled from what the rosters say, each with the roster as its origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from junheng.tables.dataset import Dataset, Origin


@dataclass(frozen=True, slots=True)
class Filling:
    """One blank that was filled: ``row`` of the table's frame, and where the figure comes from."""

    table: str
    row: int
    column: str
    amount: int
    origin: str


def filled(dataset: Dataset, amounts: Mapping[str, pl.DataFrame], place: str) -> tuple[Dataset, list[Filling]]:
    """Fill the blanks of rows that were filed; what was filed stays, and no row is added.

    Args:
        amounts: by table, its keys and the amounts that are known.
        place: what the rosters are called in the origin of a figure: ``花名册.xlsx 教职工花名册``.
    """
    frames, origins, fillings = dict(dataset.frames), dict(dataset.origins), []
    for table, known in amounts.items():
        key = list(dataset.tables[table].key)
        columns = [name for name in known.columns if name not in key]
        frame = dataset[table]
        joined = frame.join(known.rename({name: f"{name}__roster" for name in columns}), on=key, how="left")
        own = []
        for column in columns:
            gap = joined.with_row_index("row").filter(
                pl.col(column).is_null(), pl.col(f"{column}__roster").is_not_null()
            )
            for row, amount in gap.select("row", f"{column}__roster").iter_rows():
                own.append(Filling(table, row, column, amount, f"{place}!汇总"))
        if own:
            wanted = [pl.coalesce(column, f"{column}__roster").cast(frame.schema[column]) for column in columns]
            frames[table] = joined.with_columns(wanted).select(frame.columns)
            origins[table] = _origin(origins.get(table), frame.height, own, place)
            fillings += own
    return replace(dataset, frames=frames, origins=origins, snapshot="", parts={}), fillings


def _origin(origin: Origin | None, rows: int, fillings: Sequence[Filling], place: str) -> Origin:
    """The former origin with the roster as one more part, where the filled cells come from."""
    former = origin or Origin("", "", {}, (0,) * rows)
    parts = [*(former.parts or [(former.sheet, former.letters)]), (place, {})]
    cells = {row: dict(entries) for row, entries in former.cells.items()}
    for filling in fillings:
        cells.setdefault(filling.row, {})[filling.column] = (len(parts) - 1, "汇总")
    part_of = former.part_of or (0,) * rows
    return replace(former, parts=parts, part_of=part_of, cells=cells)
