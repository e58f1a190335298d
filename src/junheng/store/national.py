"""The national store: filings of many counties and years in one place, as Parquet by year and province.

::

    <folder>/rows/<table>/year=2025/province=33/<load>.parquet
    <folder>/rosters/<table>/year=2025/province=33/<load>.parquet
    <folder>/loads/000001/load.json

Nothing is ever changed, only added. A load is there once its manifest is: written last, under the next free number,
and naming every file it brought with its size and SHA-256. Files of a load that was interrupted are named by no
manifest, so nobody reads them, and the same load run again writes the same files. What holds of a county in a year
is always from one source: where several bring the same county and year, the latest load.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path

import polars as pl

from junheng.store.errors import (
    CountyNotLoadedError,
    LoadDamagedError,
    NationalYearMissingError,
    SchemaUnfitError,
)
from junheng.store.loads import File, Load, Source, commit, name_of_load, read_loads
from junheng.store.parts import scan
from junheng.store.placing import FILING, FISCAL, Place, Placed, kind_of, place
from junheng.store.registers import one_county_each, one_register
from junheng.store.writing import write_whole
from junheng.tables.dataset import Dataset, Part
from junheng.tables.model import Table, Tables

__all__ = ["FILING", "FISCAL", "Load", "NationalStore"]

WITHDRAWN = "withdrawn"


class NationalStore:
    """A folder of loads: append-only, read by year and region. What is read is the state when it was first looked at.

    Args:
        folder: made by the first load.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._held: dict[tuple[str, int], dict[str, tuple[Load, Source]]] = {}
        self._names: dict[tuple[str, int, str], str] = {}
        self._verified: dict[int, bool] = {}

    # Loading

    def append(
        self, dataset: Dataset, *, label: str = "", homes: pl.DataFrame | None = None, kind: str = FILING
    ) -> Load:
        """Add a validated dataset, all or nothing. What is loaded already, and still holds, is not loaded again.

        Args:
            dataset: its tables by school year replace all that was loaded of the same counties and years; a school year
                without rows of ``stage_year`` is not filed and left out.
            label: where it came from.
            homes: school_code and county_code, for a dataset without a list of schools (a roster).
            kind: what the load replaces of earlier ones; a roster's load replaces rosters of its kind only.

        Raises:
            LoadRefusedError: a row has no county or year.
            OSError: the disk is full or refuses; the store is as it was.
        """
        return self.add([place(dataset, label=label, homes=homes, kind=kind)])

    def add(self, placed: Sequence[Placed]) -> Load:
        """Add several datasets of one kind as one load; no two of them may cover the same county and year."""
        known = [self.holding(entry.source) for entry in placed]
        new = [entry for entry, load in zip(placed, known, strict=True) if load is None]
        if not new:
            return known[-1]  # type: ignore[return-value]  # all of them hold
        units = Counter(unit for entry in new for unit in entry.source.units())
        if several := [unit for unit, times in units.items() if times > 1]:
            raise ValueError(f"two datasets of one load cover {several[0]}")
        while True:
            name = name_of_load([entry.source.name for entry in new])
            files = self._write_all(self._stem(name), _together(new))
            if load := self.commit([entry.source for entry in new], files):
                return load
            # Another process was quicker: it may have loaded the same.
            known = [self.holding(entry.source) for entry in new]
            if all(known):
                return known[-1]  # type: ignore[return-value]

    def withdraw(self, year: int, counties: Sequence[str], *, label: str = "", kind: str = FILING) -> Load:
        """Take counties out of a year, such as after a change of code; what was loaded stays in the store's past.

        Raises:
            CountyNotLoadedError: there is nothing of a county in the year.
        """
        for county in counties:
            self.holder(county, year, kind)
        sources = [Source(WITHDRAWN, "", label or "撤下", {kind: {year: dict.fromkeys(sorted(counties), 0)}})]
        while not (load := self.commit(sources, {})):
            pass  # another process took the number
        return load

    def holding(self, source: Source) -> Load | None:
        """The load of this very content, if all it covers still comes from it and its files are whole."""
        found: set[int] = set()
        for kind, year, county in source.units():
            load, held = self._holders(kind, year).get(county, (None, None))
            if load is None or held is None or held.name != source.name:
                return None
            found.add(load.number)
        loads = [load for load in self.loads if load.number in found]
        return loads[-1] if loads and all(map(self._is_whole, loads)) else None

    def _is_whole(self, load: Load) -> bool:
        """Whether all files of a load are what was loaded; looked at once."""
        if load.number not in self._verified:
            self._verified[load.number] = all(self.damage(*entry) is None for entry in load.files.items())
        return self._verified[load.number]

    def _stem(self, name: str) -> str:
        """How the files of a load are called: those of an earlier load of the same name may be damaged."""
        times = sum(load.name == name for load in self.loads)
        return f"{name}-{times + 1}" if times else name

    def _write_all(self, stem: str, frames: Iterable[tuple[Place, pl.DataFrame]]) -> dict[str, File]:
        return dict(self.write(where, stem, rows) for where, rows in frames)

    def write(self, where: Place, stem: str, rows: pl.DataFrame) -> tuple[str, File]:
        """Write one file of a load that is to be committed."""
        buffer = BytesIO()
        rows.write_parquet(buffer)
        content = buffer.getvalue()
        name = f"{where.folder}/{stem}.parquet"
        write_whole(self.folder / name, content)
        return name, File(where.kind, rows.height, len(content), hashlib.sha256(content).hexdigest())

    def commit(self, sources: Sequence[Source], files: Mapping[str, File]) -> Load | None:
        """Put the manifest in its place; None where another process took the number: look again, what holds changed."""
        number = self.loads[-1].number + 1 if self.loads else 1
        load = Load(number, datetime.now(UTC).isoformat(timespec="seconds"), tuple(sources), dict(files))
        if not commit(self.folder / "loads", load):
            self.look_again()
            return None
        # Nobody came between: all the loads there are were known, so they need not be read again.
        self.__dict__["loads"] = [*self.loads, load]
        self.__dict__.pop("_files", None)
        self._names.clear()
        for (kind, year), held in self._held.items():
            held.update(_held_by(load, kind, year))
        return load

    # What holds

    @cached_property
    def loads(self) -> list[Load]:
        """All loads, earliest first.

        Raises:
            LoadUnreadableError: a manifest does not read or was changed.
            LoadMissingError: one between others is gone.
        """
        return read_loads(self.folder / "loads")

    def look_again(self) -> None:
        """Forget what was read: see what other processes have loaded since."""
        self.__dict__.pop("loads", None)
        self.__dict__.pop("_files", None)
        for known in (self._held, self._names, self._verified):
            known.clear()

    def kinds(self) -> list[str]:
        return sorted({kind for load in self.loads for kind in load.covers})

    def years(self, kind: str = FILING, *, region: str = "") -> list[int]:
        """The years that something is there of, for any county whose code begins with ``region``."""
        found = {year for load in self.loads for year in load.covers.get(kind, {})}
        return sorted(year for year in found if any(code.startswith(region) for code in self.sizes(year, kind)))

    def counties(self, year: int, kind: str = FILING) -> list[str]:
        """Codes of the counties that something is there of for ``year``."""
        return sorted(self.sizes(year, kind))

    def sizes(self, year: int, kind: str = FILING) -> dict[str, int]:
        """How much there is of each county in a year: its schools, or its rows where it is not a filing."""
        held = {code: source.covers[kind][year][code] for code, (_, source) in self._holders(kind, year).items()}
        return {code: size for code, size in held.items() if size}

    def holder(self, county: str, year: int, kind: str = FILING) -> tuple[Load, Source]:
        """The load and the source that a county's year is from.

        Raises:
            CountyNotLoadedError: there is nothing of it.
        """
        if county not in self.sizes(year, kind):
            known = "、".join(str(known) for known in self.years(kind) if county in self.sizes(known, kind)) or "（无）"
            raise CountyNotLoadedError(folder=self.folder, county=county, year=year, known=known)
        return self._holders(kind, year)[county]

    def _holders(self, kind: str, year: int) -> dict[str, tuple[Load, Source]]:
        if (kind, year) not in self._held:
            found: dict[str, tuple[Load, Source]] = {}
            for load in self.loads:
                found.update(_held_by(load, kind, year))
            self._held[kind, year] = found
        return self._held[kind, year]

    def state(self, year: int, region: str = "") -> str:
        """The name of a year's data: what is loaded of it, whoever loaded it and in whatever files."""
        fiscal = [self._name_of_content(FISCAL, known, region) for known in self.years(FISCAL) if known <= year]
        return hashlib.sha256("".join([self._name_of_content(FILING, year, region), *fiscal]).encode()).hexdigest()

    def _name_of_content(self, kind: str, year: int, region: str) -> str:
        """One kind's part of the name of a year."""
        if (kind, year, region) not in self._names:
            digest = hashlib.sha256(f"{kind} {year}\n".encode())
            for county, (_, source) in sorted(self._holders(kind, year).items()):
                if county.startswith(region) and source.covers[kind][year][county]:
                    digest.update(f"{county} {source.name}\n".encode())
            self._names[kind, year, region] = digest.hexdigest()
        return self._names[kind, year, region]

    # Reading

    def parts(self, table: Table, years: Iterable[int], *, region: str = "", kind: str = "") -> list[Part]:
        """The files with the rows of ``table`` that hold, each county's from the latest load that covers it.

        Args:
            region: what the codes of the counties begin with; all by default.

        Raises:
            LoadDamagedError: one of the files is gone, or shorter or longer than it was.
        """
        own = kind or kind_of(table)
        return [part for year in years for part in self._parts(table.name, own, year, region, whole=False)]

    def parts_at(self, where: Place) -> list[Part]:
        """The files of one place that hold, their content verified.

        Raises:
            LoadDamagedError: one of them is gone or not what was loaded.
        """
        return list(self._parts(where.table, where.kind, where.year, where.province, whole=True))

    def _parts(self, table: str, kind: str, year: int, region: str, *, whole: bool) -> Iterator[Part]:
        """``whole``: read every file and see that it is what was loaded, not only that it has its size."""
        held = self._holders(kind, year)
        for load, province, name in self._files.get((kind, table, year), ()):
            if not (region.startswith(province) or province.startswith(region)):
                continue
            own = [code for code in load.covers[kind][year] if code.startswith(province)]
            replaced = tuple(sorted(code for code in own if held[code][0] is not load))
            if len(replaced) < len(own):
                file = load.files[name]
                reason = self.damage(name, file) if whole else self._wrong_size(name, file)
                if reason is not None:
                    raise LoadDamagedError(file=self.folder / name, reason=reason, sources=load.label)
                yield Part(str(self.folder / name), replaced, region if len(region) > 2 else "")

    @cached_property
    def _files(self) -> dict[tuple[str, str, int], list[tuple[Load, str, str]]]:
        """Kind, table and year → the files of all loads with their provinces."""
        found: dict[tuple[str, str, int], list[tuple[Load, str, str]]] = {}
        for load in self.loads:
            for name, file in load.files.items():
                _, table, year, province, _ = name.split("/")
                entry = (load, province.removeprefix("province="), name)
                found.setdefault((file.kind, table, int(year.removeprefix("year="))), []).append(entry)
        return found

    def places(self) -> list[Place]:
        """Every table, kind, year and province that any load brought a file of."""
        found = {(*key, province) for key, files in self._files.items() for _, province, _ in files}
        return [Place(kind, table, year, province) for kind, table, year, province in sorted(found)]

    def scan(self, table: Table, years: Iterable[int], *, region: str = "", kind: str = "") -> pl.LazyFrame:
        """The rows of a table in ``years``."""
        return scan(table, self.parts(table, years, region=region, kind=kind))

    def open(self, year: int, tables: Tables, *, region: str = "") -> Dataset:
        """The filings of one school year, with the finance of all fiscal years up to it, as one dataset.

        Raises:
            NationalYearMissingError: nothing was loaded for the year.
            LoadDamagedError: a file is gone or not what was loaded.
            SchoolTwiceError: two counties of the year list the same school.
        """
        if not any(code.startswith(region) for code in self.counties(year)):
            known = "、".join(map(str, self.years(region=region))) or "（无）"
            raise NationalYearMissingError(folder=self.folder, year=year, region=region or "全国", known=known)
        fiscal = [known for known in self.years(FISCAL) if known <= year]
        parts = {
            name: self._whole_parts(table, fiscal if kind_of(table) == FISCAL else [year], region)
            for name, table in tables.tables.items()
        }
        frames = {name: self._read(tables[name], parts[name]).sort(tables[name].key) for name in parts}
        if "school" in frames:
            one_county_each(frames["school"], year)
        return Dataset(tables, frames, name=self.folder.name, snapshot=self.state(year, region), parts=parts)

    def check_schools(self, schools: Table, year: int) -> None:
        """See that a school year can be opened as far as its lists of schools go, which is quick.

        Args:
            schools: the table that lists them.

        Raises:
            SchoolTwiceError: two counties of the year list the same school.
            LoadDamagedError: a file is gone or not of the size it had.
        """
        one_county_each(self._read(schools, self.parts(schools, [year])), year)

    def county(self, county: str, years: Sequence[int], tables: Tables) -> Dataset:
        """One county in one or several school years as a dataset, with its finance up to the last of them.

        Raises:
            CountyNotLoadedError: nothing was loaded for a year.
            RegistersDifferError: its list of schools says something else in another of the years.
        """
        for year in years:
            self.holder(county, year)
        fiscal = [known for known in self.years(FISCAL) if known <= max(years)]
        frames = {}
        for name, table in tables.tables.items():
            wanted = fiscal if kind_of(table) == FISCAL else years
            by_year = {year: self._read(table, self._whole_parts(table, [year], county)) for year in wanted}
            if {"school_year", "fiscal_year"} & set(table.key):
                frames[name] = pl.concat([table.empty(), *by_year.values()]).sort(table.key)
            else:
                frames[name] = one_register(county, table, by_year)
        return Dataset(tables, frames, name=self._name_of(county, frames))

    def _name_of(self, county: str, frames: Mapping[str, pl.DataFrame]) -> str:
        names = frames["county"]["county_name"].drop_nulls() if "county" in frames else pl.Series([])
        return str(names[0]) if len(names) else county

    def _whole_parts(self, table: Table, years: Iterable[int], region: str) -> list[Part]:
        """As ``parts``, the content of every file verified: what is judged must be what was loaded."""
        own = kind_of(table)
        return [part for year in years for part in self._parts(table.name, own, year, region, whole=True)]

    def _read(self, table: Table, parts: Sequence[Part]) -> pl.DataFrame:
        try:
            return scan(table, parts).collect()
        except pl.exceptions.PolarsError as error:
            raise SchemaUnfitError(table=table.label.zh, reason=str(error).splitlines()[0]) from error

    # Whether files are what was loaded

    def damage(self, name: str, file: File) -> str | None:
        """What is wrong with a file of a load, None where it is what was loaded."""
        if (reason := self._wrong_size(name, file)) is not None:
            return reason
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            return f"无法读出（{error.strerror}）"
        return None if hashlib.sha256(content).hexdigest() == file.sha256 else "内容与入库时不同"

    def needs(self, load: Load, name: str) -> bool:
        """Whether a file of a load still has rows that hold."""
        file = load.files[name]
        _, _, year, province, _ = name.split("/")
        held = self._holders(file.kind, int(year.removeprefix("year=")))
        return any(by is load and code.startswith(province.removeprefix("province=")) for code, (by, _) in held.items())

    def _wrong_size(self, name: str, file: File) -> str | None:
        try:
            size = (self.folder / name).stat().st_size
        except FileNotFoundError:
            return "不见了"
        return None if size == file.size else f"大小与入库时不同（现为 {size} 字节，入库时 {file.size} 字节）"


def _held_by(load: Load, kind: str, year: int) -> Iterator[tuple[str, tuple[Load, Source]]]:
    """The counties that a load covers in a year, each with the load and its source."""
    for source in load.sources:
        for county in source.covers.get(kind, {}).get(year, {}):
            yield county, (load, source)


def _together(placed: Sequence[Placed]) -> Iterator[tuple[Place, pl.DataFrame]]:
    """The rows of several datasets place by place, each county's together and in the order of the key."""
    found: dict[Place, list[pl.DataFrame]] = {}
    keys: dict[str, tuple[str, ...]] = {}
    for entry in placed:
        for where, rows in entry.frames():
            found.setdefault(where, []).append(rows)
            keys[where.table] = entry.tables[where.table].key
    for where, frames in sorted(found.items(), key=lambda item: item[0].folder):
        rows = pl.concat(frames, how="diagonal_relaxed") if len(frames) > 1 else frames[0]
        yield where, rows.sort("county_code", *keys[where.table], maintain_order=True)
