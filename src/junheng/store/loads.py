"""The manifests of a national store: what each load brought, and which files hold it.

``<folder>/loads/000001/load.json``. A manifest is a folder that is renamed into its place: that happens whole or not
at all and fails where the number is taken, on every file system (links or locks do not work on all). Each names its own
SHA-256, and the numbers have no gap: one that was changed or taken away is noticed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from junheng.store.errors import LoadMissingError, LoadUnreadableError
from junheng.store.writing import sync_folder, write_whole

# kind → year → county → how much there is of it: schools of a filing, else rows. 0 withdraws what was loaded before.
Covers = Mapping[str, Mapping[int, Mapping[str, int]]]


@dataclass(frozen=True)
class Source:
    """One dataset that was loaded.

    Attributes:
        name: names the content as loaded: the same rows, of the same columns, with the same counties.
        snapshot: the content's name in a store of snapshots, see ``content_id``.
        label: where it came from, in a person's words.
        covers: what it says all about, by kind (``filing``: registers and tables by school year; ``fiscal``: those by
            fiscal year; or a kind of roster).
    """

    name: str
    snapshot: str
    label: str
    covers: Covers

    def units(self) -> Iterator[tuple[str, int, str]]:
        """Kind, year and county, one by one."""
        for kind, years in self.covers.items():
            for year, counties in years.items():
                for county in counties:
                    yield kind, year, county


@dataclass(frozen=True)
class File:
    """A Parquet file: its kind of rows, how many, and what its bytes are."""

    kind: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Load:
    """What one load brought.

    Attributes:
        number: its place among the loads, from 1 and without a gap.
        loaded_at: time of day in UTC, ISO form.
        sources: the datasets, in their order; no two of them say something of the same county and year.
        files: path below the store's folder → what it holds.
    """

    number: int
    loaded_at: str
    sources: tuple[Source, ...]
    files: Mapping[str, File]

    @cached_property
    def name(self) -> str:
        """The name of the one source, or one made from the names of all."""
        return name_of_load([source.name for source in self.sources])

    @cached_property
    def label(self) -> str:
        """Where it came from: the first sources by name, then how many there are."""
        labels = [source.label for source in self.sources]
        return "、".join(labels[:3]) + (f" 等 {len(labels)} 份" if len(labels) > 3 else "")

    @cached_property
    def covers(self) -> dict[str, dict[int, dict[str, int]]]:
        """What all sources cover, as one."""
        found: dict[str, dict[int, dict[str, int]]] = {}
        for source in self.sources:
            for kind, years in source.covers.items():
                for year, counties in years.items():
                    found.setdefault(kind, {}).setdefault(year, {}).update(counties)
        return {kind: dict(sorted(years.items())) for kind, years in found.items()}

    @property
    def counties(self) -> set[str]:
        """The codes of all counties of which it says anything."""
        return {county for years in self.covers.values() for counties in years.values() for county in counties}

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files.values())

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files.values())


def name_of_load(sources: list[str]) -> str:
    return sources[0] if len(sources) == 1 else hashlib.sha256("\n".join(sources).encode()).hexdigest()


def read_loads(folder: Path) -> list[Load]:
    """All loads, earliest first.

    Raises:
        LoadUnreadableError: a manifest does not read, or is not what was written.
        LoadMissingError: one between others is gone.
    """
    loads = [_read(home / "load.json") for home in sorted(folder.glob("[0-9]*"))]
    for place, load in enumerate(loads, start=1):
        if load.number != place:
            raise LoadMissingError(folder=folder.parent, number=place, count=len(loads), last=loads[-1].number)
    return loads


def commit(folder: Path, load: Load) -> bool:
    """Put a manifest in its place; False where another load took the number meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    filed = asdict(load)
    text = json.dumps({"load": filed, "sha256": _digest(filed)}, ensure_ascii=False, indent=1)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder))
    draft.chmod(0o755)  # a scratch folder is its owner's alone; a manifest is for whoever may read the store
    try:
        write_whole(draft / "load.json", text.encode())
        draft.rename(folder / f"{load.number:06}")
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if (folder / f"{load.number:06}").exists():
            return False
        raise
    sync_folder(folder)
    return True


def _digest(filed: object) -> str:
    text = json.dumps(filed, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(file: Path) -> Load:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["sha256"] != _digest(document["load"]):
            raise LoadUnreadableError(file=file)
        filed = document["load"]
        sources = tuple(Source(**{**source, "covers": _covers(source["covers"])}) for source in filed["sources"])
        files = {name: File(**entry) for name, entry in filed["files"].items()}
        return Load(**{**filed, "sources": sources, "files": files})
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise LoadUnreadableError(file=file) from error


def _covers(filed: Mapping[str, Mapping[str, Mapping[str, int]]]) -> Covers:
    """JSON has no numbers for names."""
    return {kind: {int(year): dict(codes) for year, codes in years.items()} for kind, years in filed.items()}
