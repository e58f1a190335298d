"""The national store: filings of many counties and years in one place, as Parquet by year and province.

::

    <folder>/rows/<table>/year=2025/province=33/<load>.parquet
    <folder>/loads/000001.json

Nothing is ever changed, only added. A load is there once its manifest is: written last, under the next free number,
and naming every file it brought. Files of a load that was interrupted are named by no manifest, so nobody reads them,
and the same load run again writes the same files. Where two loads bring the same county and year, the later one holds.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from junheng.store.errors import LoadUnreadableError, NationalYearMissingError
from junheng.store.parts import scan
from junheng.store.snapshot import content_id
from junheng.tables.dataset import Dataset, Part
from junheng.tables.model import Table, Tables

FISCAL, FILING = "fiscal", "filing"


@dataclass(frozen=True, slots=True)
class Load:
    """What one load brought.

    Attributes:
        number: its place among the loads.
        name: the content's name, see ``content_id``: the same rows are loaded once.
        label: where they came from, in a person's words.
        loaded_at: time of day in UTC, ISO form.
        covers: what it says all about, by kind (``filing``: registers and tables by school year; ``fiscal``: those by
            fiscal year; or a roster's table): year → codes of counties.
        files: path below ``rows`` → number of rows.
    """

    number: int
    name: str
    label: str
    loaded_at: str
    covers: Mapping[str, Mapping[int, Sequence[str]]]
    files: Mapping[str, int]


class NationalStore:
    """A folder of loads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def append(
        self, dataset: Dataset, *, label: str = "", homes: pl.DataFrame | None = None, kind: str = FILING
    ) -> Load:
        """Add a validated dataset, all or nothing. What is loaded already, and still holds, is not loaded again.

        Args:
            label: where it came from.
            homes: school_code and county_code, for a dataset without a list of schools (a roster).
            kind: what the load replaces of earlier ones; a roster's load replaces rosters only.
        """
        name = dataset.snapshot or content_id(dataset)
        if (known := self._holding(name)) is not None:
            return known
        register = dataset["school"] if homes is None else homes
        homes = register.select("school_code", "county_code")
        covers = _covers(dataset, homes, kind)
        files: dict[str, int] = {}
        for table, year, frame in _by_year(dataset, homes, covers):
            for (province,), rows in frame.group_by(pl.col("county_code").str.slice(0, 2), maintain_order=True):
                file = f"{table}/year={year}/province={province}/{name[:16]}.parquet"
                self._write(self.folder / "rows" / file, rows)
                files[file] = rows.height
        return self._commit(name, label or dataset.name, covers, files)

    def _holding(self, name: str) -> Load | None:
        """The load of this content, if all it covers still comes from it."""
        known = [load for load in self.loads if load.name == name]
        later = [load for load in self.loads if known and load.number > known[-1].number]
        replaced = any(
            set(counties) & set(load.covers.get(kind, {}).get(year, ()))
            for load in later
            for kind, years in known[-1].covers.items()
            for year, counties in years.items()
        )
        return known[-1] if known and not replaced else None

    def _write(self, path: Path, rows: pl.DataFrame) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        rows.write_parquet(draft)
        draft.replace(path)

    def _commit(
        self, name: str, label: str, covers: Mapping[str, Mapping[int, Sequence[str]]], files: Mapping[str, int]
    ) -> Load:
        home = self.folder / "loads"
        home.mkdir(parents=True, exist_ok=True)
        number = self.loads[-1].number + 1 if self.loads else 1
        with tempfile.TemporaryDirectory(prefix=".draft-", dir=home) as scratch:
            while True:
                load = Load(number, name, label, datetime.now(UTC).isoformat(timespec="seconds"), covers, files)
                draft = Path(scratch) / "load.json"
                draft.write_text(json.dumps(asdict(load), ensure_ascii=False, indent=1), encoding="utf-8")
                try:
                    os.link(draft, home / f"{number:06}.json")  # fails where another process took the number
                except FileExistsError:
                    number += 1
                    continue
                self.__dict__.pop("loads", None)
                return load

    @cached_property
    def loads(self) -> list[Load]:
        """All loads, earliest first.

        Raises:
            LoadUnreadableError: a manifest does not read.
        """
        return [_load(file) for file in sorted((self.folder / "loads").glob("*.json"))]

    def years(self, kind: str = FILING) -> list[int]:
        return sorted({year for load in self.loads for year in load.covers.get(kind, {})})

    def counties(self, year: int, kind: str = FILING) -> list[str]:
        """Codes of the counties that something was loaded of for ``year``."""
        found = {code for load in self.loads for code in load.covers.get(kind, {}).get(year, ())}
        return sorted(found)

    def parts(self, table: Table, years: Iterable[int], *, region: str = "", kind: str = "") -> list[Part]:
        """The files with the rows of ``table`` that hold, each county's from the latest load that covers it.

        Args:
            region: what the codes of the counties begin with; all by default.
        """
        return [part for year in years for part in self._parts(table, year, region, kind or _kind(table))]

    def _parts(self, table: Table, year: int, region: str, kind: str) -> Iterator[Part]:
        taken: set[str] = set()
        for load in reversed(self.loads):
            counties = set(load.covers.get(kind, {}).get(year, ()))
            if counties and not counties <= taken:
                for province in sorted({code[:2] for code in counties - taken}):
                    file = f"{table.name}/year={year}/province={province}/{load.name[:16]}.parquet"
                    if file in load.files and (region.startswith(province) or province.startswith(region)):
                        own = {code for code in counties if code.startswith(province)}
                        within = region if len(region) > 2 else ""
                        yield Part(str(self.folder / "rows" / file), tuple(sorted(own & taken)), within)
            taken |= counties

    def scan(self, table: Table, years: Iterable[int], *, region: str = "", kind: str = "") -> pl.LazyFrame:
        """The rows of a table in ``years``."""
        return scan(table, self.parts(table, years, region=region, kind=kind))

    def open(self, year: int, tables: Tables, *, region: str = "") -> Dataset:
        """The filings of one school year, with the finance of all fiscal years, as one dataset.

        Raises:
            NationalYearMissingError: nothing was loaded for the year.
        """
        if not any(code.startswith(region) for code in self.counties(year)):
            known = "、".join(map(str, self.years())) or "（无）"
            raise NationalYearMissingError(folder=self.folder, year=year, region=region or "全国", known=known)
        parts = {
            name: self.parts(table, self.years(FISCAL) if _kind(table) == FISCAL else [year], region=region)
            for name, table in tables.tables.items()
        }
        frames = {name: scan(tables[name], parts[name]).collect().sort(tables[name].key) for name in parts}
        return Dataset(tables, frames, name=self.folder.name, snapshot=_state(parts), parts=parts)


def _kind(table: Table) -> str:
    return FISCAL if "fiscal_year" in table.key else FILING


def _load(file: Path) -> Load:
    try:
        filed = json.loads(file.read_text(encoding="utf-8"))
        covers = {kind: {int(year): codes for year, codes in years.items()} for kind, years in filed["covers"].items()}
        return Load(**{**filed, "covers": covers})
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise LoadUnreadableError(file=file) from error


def _covers(dataset: Dataset, homes: pl.DataFrame, kind: str) -> dict[str, dict[int, list[str]]]:
    found: dict[str, dict[int, set[str]]] = {}
    for name, frame in dataset.frames.items():
        table = dataset.tables[name]
        column = _year_column(table)
        if column and not frame.is_empty():
            own = _kind(table) if kind == FILING else kind
            for county, year in _with_county(frame, homes).select("county_code", column).unique().iter_rows():
                found.setdefault(own, {}).setdefault(year, set()).add(county)
    return {kind: {year: sorted(codes) for year, codes in sorted(years.items())} for kind, years in found.items()}


def _by_year(
    dataset: Dataset, homes: pl.DataFrame, covers: Mapping[str, Mapping[int, Sequence[str]]]
) -> Iterator[tuple[str, int, pl.DataFrame]]:
    """Every table year by year, ``county_code`` included; a register once for each year it was filed with."""
    for name, frame in sorted(dataset.frames.items()):
        if frame.is_empty():
            continue
        filed = _with_county(frame, homes)
        if column := _year_column(dataset.tables[name]):
            for (year,), rows in filed.group_by(column, maintain_order=True):
                yield name, int(str(year)), rows
        else:
            for year, counties in covers.get(FILING, {}).items():
                if not (rows := filed.filter(pl.col("county_code").is_in(list(counties)))).is_empty():
                    yield name, year, rows


def _year_column(table: Table) -> str:
    return next((column for column in ("school_year", "fiscal_year") if column in table.key), "")


def _with_county(frame: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    if "county_code" in frame.columns:
        return frame
    return frame.join(homes, on="school_code", how="inner", maintain_order="left")


def _state(parts: Mapping[str, Sequence[Part]]) -> str:
    """The name of what is opened: the same loads in force, the same name."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        for part in sorted(parts[name], key=lambda part: part.file):
            place = "/".join(Path(part.file).parts[-4:])
            digest.update(f"{place} {part.without} {part.within}\n".encode())
    return digest.hexdigest()
