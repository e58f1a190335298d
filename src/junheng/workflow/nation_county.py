"""One county of the national store: take it out as a snapshot, and say why it was judged as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from junheng.standards.library import load_standard
from junheng.store.errors import SnapshotDamagedError, SnapshotNotFoundError
from junheng.store.national import NationalStore
from junheng.store.placing import year_column
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset, Origin
from junheng.tables.model import Tables
from junheng.verdict.judge import judge as judge_dataset
from junheng.verdict.judgement import Judgement
from junheng.workflow.judging import DEFAULT_STANDARD, tables_for
from junheng.workflow.nation import day_of


def take(
    nation: NationalStore | str | Path,
    county: str,
    years: Sequence[int],
    *,
    standards: Sequence[str | Path] = (),
    store: Store | None = None,
) -> Dataset:
    """Commit a county as a snapshot, so that every other command can go on with it.

    Args:
        years: school years; the finance goes up to the last of them.
        standards: whose own columns are taken too.

    Raises:
        CountyNotLoadedError: nothing was loaded for a year.
        RegistersDifferError: the list of schools differs between the years: take them one at a time.
    """
    tables = tables_for(*map(load_standard, standards))
    return (store or Store.default()).commit(_home(nation).county(county, years, tables))


def judge_county(
    nation: NationalStore | str | Path,
    county: str,
    year: int,
    *,
    standard: str | Path = DEFAULT_STANDARD,
    day: date | None = None,
    store: Store | None = None,
) -> Judgement:
    """Judge one county of the store, reading nothing else, for ``explain`` to give the reasons.

    Where the snapshot it was loaded from is at hand and says the same, that is judged: then the reasons name the cells.

    Args:
        day: by default the 31st of December of the year, as ``judge_nation`` does.
        store: of the snapshots; the user's by default.

    Raises:
        CountyNotLoadedError: nothing was loaded for the year.
    """
    home, wanted = _home(nation), load_standard(standard)
    _, source = home.holder(county, year)
    dataset = home.open(year, tables_for(wanted), region=county)
    filed = _filed(store or Store.default(), source.snapshot, county, dataset.tables)
    if filed is not None and _says(filed, dataset, year):
        dataset = filed
    return judge_dataset(dataset, wanted, day or day_of(year), year=year)


def _filed(store: Store, name: str, county: str, tables: Tables) -> Dataset | None:
    """The rows of a county in the snapshot that it was loaded from, each with its cells."""
    try:
        snapshot = store.open(name, tables)
    except (SnapshotNotFoundError, SnapshotDamagedError):
        return None
    own = snapshot["school"].filter(pl.col("county_code") == county)["school_code"].to_list()
    frames, origins = {}, {}
    for table, frame in snapshot.frames.items():
        column, values = ("county_code", [county]) if "county_code" in frame.columns else ("school_code", own)
        numbered = frame.with_row_index("__place").filter(pl.col(column).is_in(values))
        frames[table] = numbered.drop("__place")
        if table in snapshot.origins:
            origins[table] = _at(snapshot.origins[table], numbered["__place"].to_list())
    # Of one county the whole, else a part of it: then it is no longer what the name stands for.
    whole = all(frames[table].height == frame.height for table, frame in snapshot.frames.items())
    return replace(snapshot, frames=frames, origins=origins, snapshot=snapshot.snapshot if whole else "")


def _at(origin: Origin, places: Sequence[int]) -> Origin:
    """Where some of the rows were read."""
    return replace(
        origin,
        rows=tuple(origin.rows[place] for place in places),
        part_of=[origin.part_of[place] for place in places] if origin.part_of else (),
        cells={now: origin.cells[place] for now, place in enumerate(places) if place in origin.cells},
    )


def _says(filed: Dataset, dataset: Dataset, year: int) -> bool:
    """Whether a snapshot says of a year exactly what the store says; others, and later finance, may differ."""
    for name, frame in dataset.frames.items():
        table, own = filed.tables[name], filed[name]
        column = year_column(table)
        if column:
            own = own.filter(pl.col(column) == year if column == "school_year" else pl.col(column) <= year)
        if not own.select(frame.columns).sort(table.key).equals(frame):
            return False
    return True


def _home(nation: NationalStore | str | Path) -> NationalStore:
    return nation if isinstance(nation, NationalStore) else NationalStore(Path(nation))
