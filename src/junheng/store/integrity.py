"""Verify a whole national store: every file is there, and is what was loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from junheng.base.errors import JunhengError
from junheng.store.loads import Load
from junheng.store.national import NationalStore
from junheng.tables.model import Tables


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was loaded.

    Attributes:
        needed: whether what it holds still holds; else a later load replaced all of it.
    """

    load: Load
    file: str
    reason: str
    needed: bool


def damages(store: NationalStore) -> Iterator[tuple[Load, list[Damage]]]:
    """Verify load by load, earliest first: its damaged files, mostly none.

    Raises:
        LoadUnreadableError: a manifest does not read or was changed.
        LoadMissingError: a manifest is gone.
    """
    for load in store.loads:
        yield (
            load,
            [
                Damage(load, name, reason, store.needs(load, name))
                for name, file in load.files.items()
                if (reason := store.damage(name, file)) is not None
            ],
        )


def conflicts(store: NationalStore, tables: Tables) -> Iterator[JunhengError]:
    """The years that do not open: a school in two counties, a damaged file, a column of another type."""
    for year in store.years():
        try:
            store.open(year, tables)
        except JunhengError as error:
            yield error


def leftovers(store: NationalStore) -> list[Path]:
    """Files that no manifest names: of loads that were interrupted, or that are being loaded right now.

    Nobody reads them. A repeated load takes its own again; the others may be deleted while nothing is being loaded.
    """
    named = {store.folder / name for load in store.loads for name in load.files}
    found = [path for room in ("rows", "rosters") for path in (store.folder / room).rglob("*") if path.is_file()]
    drafts = [path for path in (store.folder / "loads").glob(".draft-*/*") if path.is_file()]
    return sorted(path for path in [*found, *drafts] if path not in named)
