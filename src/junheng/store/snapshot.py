"""Commit datasets and open them again.

A snapshot is a folder ``<store>/<id>/`` of Parquet files and a manifest; the id is the SHA-256 of the canonical rows,
so the same content has the same name wherever it was read. Where rows were read (file, sheet, cell) is kept beside it,
one file per set of source files, and is no part of the name. Nothing is ever changed, only added.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from junheng.store.errors import SnapshotDamagedError, SnapshotNotFoundError
from junheng.tables.dataset import Dataset, Origin
from junheng.tables.model import Table, Tables

# What readers make of damaged bytes; a panic of theirs is no Exception.
_UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    MemoryError,
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
)

# Text that no filed cell can hold: a blank is not an empty string.
_BLANK = "\x00"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a dataset was read from."""

    name: str
    sha256: str
    size: int


def content_id(dataset: Dataset) -> str:
    """SHA-256 over tables by name, columns by name, rows by key, decimals as text.

    Columns and tables without any value are left out, so a table that gains a column keeps its old names.
    """
    return _content_id(dataset.frames, {name: dataset.tables[name].key for name in dataset.frames})


def _content_id(frames: Mapping[str, pl.DataFrame], keys: Mapping[str, Sequence[str]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(frames):
        frame = _canonical(frames[name], keys[name])
        if frame.is_empty():
            continue
        buffer = BytesIO()
        frame.select(pl.all().cast(pl.String)).write_csv(buffer, null_value=_BLANK)
        digest.update(f"{name}\n".encode())
        digest.update(buffer.getvalue())
    return digest.hexdigest()


def _canonical(frame: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    filled = sorted(column for column in frame.columns if frame[column].null_count() < frame.height)
    return frame.sort(key).select(filled)


def _of_table(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The columns of a table in its order, blank where the file lacks them, then others that hold a value.

    A blank column is no part of the name, so nothing vouches for what the file calls it.
    """
    own = [
        frame[name] if name in frame.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in table.schema.items()
    ]
    held = [name for name in frame.columns if name not in table.schema and frame[name].null_count() < frame.height]
    return frame.select(*own, *held)


def _origin(filed: Mapping[str, Any]) -> Origin:
    """JSON has no numbers for names; origins written before rows were joined have no ``cells``."""
    cells = {int(row): entry for row, entry in filed.get("cells", {}).items()}
    return Origin(**{**filed, "rows": tuple(filed["rows"]), "cells": cells})


class Store:
    """A folder of snapshots."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def default(cls) -> Store:
        """The store of this user: ``$JUNHENG_STORE``, else below the user's data folder."""
        data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
        return cls(Path(os.environ.get("JUNHENG_STORE") or Path(data) / "junheng/snapshots"))

    def commit(self, dataset: Dataset, files: Sequence[SourceFile] = ()) -> Dataset:
        """Write a snapshot, all or nothing, and return the dataset with its name. Committing twice changes nothing."""
        named = replace(dataset, snapshot=content_id(dataset))
        home = self.folder / named.snapshot
        if not home.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=self.folder))
            try:
                self._write(draft, named, files)
                draft.rename(home)
            except OSError:
                shutil.rmtree(draft, ignore_errors=True)
                if not home.exists():  # else somebody else committed the same content meanwhile
                    raise
        if dataset.origins:
            self._write_origins(home, named.origins, files)
        return named

    def _write(self, folder: Path, dataset: Dataset, files: Sequence[SourceFile]) -> None:
        rows = {}
        for name, frame in dataset.frames.items():
            if not frame.is_empty():
                frame.write_parquet(folder / f"{name}.parquet")
                rows[name] = frame.height
        manifest = {
            "snapshot": dataset.snapshot,
            "name": dataset.name,
            "rows": rows,
            "keys": {name: dataset.tables[name].key for name in rows},
            "files": [asdict(file) for file in files],
        }
        (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2), encoding="utf-8")

    def _write_origins(self, home: Path, origins: Mapping[str, Origin], files: Sequence[SourceFile]) -> None:
        key = hashlib.sha256("".join(sorted(file.sha256 for file in files)).encode()).hexdigest()[:16]
        target = home / "origins" / f"{key}.json"
        if target.exists():
            return
        target.parent.mkdir(exist_ok=True)
        text = json.dumps({name: asdict(origin) for name, origin in origins.items()}, ensure_ascii=False)
        with tempfile.TemporaryDirectory(prefix=".draft-", dir=target.parent) as scratch:
            draft = Path(scratch) / target.name
            draft.write_text(text, encoding="utf-8")
            draft.rename(target)

    def open(self, name: str, tables: Tables) -> Dataset:
        """Open a snapshot by its id or the first letters of it; columns the tables have gained are blank.

        Raises:
            SnapshotNotFoundError: none or several match.
            SnapshotDamagedError: the content does not give the name.
        """
        home = self._find(name)
        try:
            manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
            # All that was filed gives the name, tables that the caller does not know included.
            filed = {file.stem: pl.read_parquet(file, glob=False) for file in home.glob("*.parquet")}
            found = _content_id(filed, manifest["keys"])
            frames = {name: _of_table(frame, tables[name]) for name, frame in filed.items() if name in tables.tables}
            dataset = Dataset(tables, frames, self._origins(home), manifest["name"], home.name)
        except _UNREADABLE as error:
            raise SnapshotDamagedError(name=home.name, found="—，文件无法读出") from error
        if found != home.name:
            raise SnapshotDamagedError(name=home.name, found=found)
        return dataset.widened(tables)

    def _origins(self, home: Path) -> dict[str, Origin]:
        for file in sorted((home / "origins").glob("*.json")):
            filed = json.loads(file.read_text(encoding="utf-8"))
            return {name: _origin(entry) for name, entry in filed.items()}
        return {}

    def _find(self, name: str) -> Path:
        found = [home for home in self.snapshots() if home.name.startswith(name)] if name else []
        if len(found) != 1:
            raise SnapshotNotFoundError(folder=self.folder, name=name, count=len(found))
        return found[0]

    def snapshots(self) -> Iterator[Path]:
        """Folders of all snapshots."""
        return iter(sorted(home.parent for home in self.folder.glob("[0-9a-f]*/manifest.json")))
