"""Write what holds of a national store as one load, where it came in thousands of small ones."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import polars as pl

from junheng.store.loads import File, Load, Source, name_of_load
from junheng.store.national import NationalStore
from junheng.store.placing import Place


def compact(store: NationalStore) -> Load | None:
    """Add one load that brings what holds, under the names of its sources, so that readers open few files.

    Nothing is taken away: the earlier loads and their files stay, and the state of every year keeps its name. None
    where one load holds everything already.

    Raises:
        LoadDamagedError: a file to be read is gone or not what was loaded.
        OSError: the disk is full or refuses; the store is as it was.
    """
    while True:
        sources, holding = _held(store)
        if len(holding) < 2:
            return None
        stem = _name(sources, len(store.loads))
        files: dict[str, File] = {}
        for where in store.places():
            if (rows := _rows(store, where)) is not None:
                name, file = store.write(where, stem, rows)
                files[name] = file
        if load := store.commit(sources, files):
            return load
        # What holds changed meanwhile; where another process compacted the same, its files have the same names.
        named = {name for other in store.loads for name in other.files}
        for name in files.keys() - named:
            (store.folder / name).unlink()


def _held(store: NationalStore) -> tuple[list[Source], set[int]]:
    """The sources that hold, each with what of it still holds, in the order they were loaded; the loads they are of."""
    found: dict[tuple[int, int], dict[str, dict[int, dict[str, int]]]] = {}
    sources: dict[tuple[int, int], Source] = {}
    for kind in store.kinds():
        for year in store.years(kind):
            for county, size in store.sizes(year, kind).items():
                load, source = store.holder(county, year, kind)
                key = (load.number, load.sources.index(source))
                sources[key] = source
                found.setdefault(key, {}).setdefault(kind, {}).setdefault(year, {})[county] = size
    order = sorted(sources)
    return [replace(sources[key], covers=found[key]) for key in order], {number for number, _ in order}


def _name(sources: list[Source], loads: int) -> str:
    """Names the files: the sources and what of them holds after so many loads."""
    digest = hashlib.sha256(f"{loads} {name_of_load([source.name for source in sources])}".encode())
    for source in sources:
        digest.update(repr(sorted(source.units())).encode())
    return digest.hexdigest()


def _rows(store: NationalStore, where: Place) -> pl.DataFrame | None:
    """The rows that hold, with all the columns of their files: also those of a standard that is not at hand."""
    frames = []
    for part in store.parts_at(where):
        rows = pl.read_parquet(part.file, hive_partitioning=False, glob=False)
        frames.append(rows.filter(~pl.col("county_code").is_in(list(part.without))))
    if not frames:
        return None
    return pl.concat(frames, how="diagonal_relaxed").sort("county_code", maintain_order=True)
