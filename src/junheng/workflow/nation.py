"""The nation: load counties into the national store, judge year by year, open what was judged."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

import polars as pl

from junheng.base.errors import JunhengError
from junheng.base.terms import Label
from junheng.engine.embedded import Embedded
from junheng.engine.protocol import Engine
from junheng.monitoring.observed import Observed, observe
from junheng.standards.library import load_standard
from junheng.standards.model import Standard
from junheng.store.errors import LoadRefusedError, NationEmptyError, NotJudgedError
from junheng.store.judged import About, JudgedYears
from junheng.store.national import FILING, Load, NationalStore
from junheng.store.placing import Placed, place
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge as judge_dataset
from junheng.workflow.judging import DEFAULT_STANDARD, load, tables_for

# So many sources make one load at most: few files to open later, and not much to do again after an interruption.
SOURCES_OF_A_LOAD = 100
_ROWS_OF_A_LOAD = 2_000_000


@dataclass(frozen=True, slots=True)
class Replaced:
    """A county's school year that was there before: how many schools it had, and how many it has now."""

    county: str
    year: int
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one source.

    Attributes:
        load: the load that brought it, now or before; None where it was refused.
        known: it was loaded before and still holds.
        left_out: school year → counties with rows of that year but none of stages: such a year is not loaded.
        replaced: what it took the place of.
        refused: why it was not loaded.
    """

    source: str
    load: Load | None = None
    known: bool = False
    left_out: Mapping[int, Sequence[str]] = field(default_factory=dict)
    replaced: Sequence[Replaced] = ()
    refused: JunhengError | None = None


def load_into(
    nation: NationalStore | str | Path,
    sources: Iterable[str | Path],
    *,
    standards: Sequence[str | Path] = (),
    store: Store | None = None,
) -> Iterator[Arrival]:
    """Load files, folders or snapshots; each is checked and committed as a snapshot first.

    Up to a hundred sources become one load, all or nothing. A source that is refused does not keep out the others.
    What is loaded already and still holds is not loaded again, so that an interrupted run is simply repeated.

    Args:
        sources: later ones replace what earlier ones said of the same county and year.
        standards: whose own columns are kept too.
        store: of the snapshots; the user's by default.

    Raises:
        OSError: the disk is full or refuses; what is in the store stays as it was after the last load.
    """
    home = _home(nation)
    batch: list[tuple[str, Placed]] = []
    taken: set[tuple[str, int, str]] = set()
    rows = 0
    for source in map(str, sources):
        try:
            placed = _placed(source, load(source, standards=standards, store=store))
        except JunhengError as error:
            yield Arrival(source, refused=error)
            continue
        units, more = set(placed.source.units()), sum(frame.height for frame in placed.rows.values())
        if batch and (taken & units or len(batch) == SOURCES_OF_A_LOAD or rows + more > _ROWS_OF_A_LOAD):
            yield from _loaded(home, batch)
            batch, taken, rows = [], set(), 0
        batch.append((source, placed))
        taken |= units
        rows += more
    if batch:
        yield from _loaded(home, batch)


def each_within(folder: str | Path) -> list[str]:
    """The files and folders directly in a folder, each a source of its own; hidden and lock files are none."""
    return sorted(str(path) for path in Path(folder).iterdir() if not path.name.startswith((".", "~$")))


def snapshots_by_age(store: Store | None = None) -> list[str]:
    """The names of all snapshots of a store, in the order in which they were committed."""
    homes = (store or Store.default()).snapshots()
    return [home.name for home in sorted(homes, key=lambda home: (home.stat().st_mtime_ns, home.name))]


def _placed(source: str, dataset: Dataset) -> Placed:
    name = Path(source).name
    placed = place(dataset, label=f"{name}（{dataset.name}）" if dataset.name != Path(source).stem else name)
    listed = set(dataset["county"]["county_code"])
    covered = {county for kind, _, county in placed.source.units() if kind == FILING}
    if missing := sorted(covered - listed):
        raise LoadRefusedError(name=name, reason=_one_school(missing))
    return placed


def _one_school(counties: Sequence[str]) -> Label:
    codes = "、".join(counties)
    return Label(
        zh=f"没有县 {codes} 的“县基本情况”，像是单独一所学校的数据，会替换掉全县的数据。请由县里汇总后再入库。",
        en=f"the counties {codes} are not listed: data of single schools would replace whole counties. "
        "Combine them first.",
    )


def _loaded(home: NationalStore, batch: Sequence[tuple[str, Placed]]) -> Iterator[Arrival]:
    known = [home.holding(placed.source) for _, placed in batch]
    before = {
        (county, year): size
        for _, placed in batch
        for year, counties in placed.source.covers.get(FILING, {}).items()
        for county, size in home.sizes(year).items()
        if county in counties
    }
    new = [placed for (_, placed), former in zip(batch, known, strict=True) if former is None]
    added = home.add(new) if new else None
    for (source, placed), former in zip(batch, known, strict=True):
        replaced = [
            Replaced(county, year, before[county, year], now)
            for year, counties in placed.source.covers.get(FILING, {}).items()
            for county, now in counties.items()
            if former is None and (county, year) in before
        ]
        yield Arrival(source, former or added, former is not None, placed.left_out, replaced)


@dataclass(frozen=True, slots=True)
class JudgedYear:
    """A judged school year.

    Attributes:
        counties: see ``Observed.counties``: a row per county with its verdict and how many of its schools pass.
        fresh: judged now; else nothing had changed since it was judged and kept.
        seconds: how long it took to open and judge, or to read.
    """

    about: About
    counties: pl.DataFrame
    fresh: bool
    seconds: float


def judge_nation(
    nation: NationalStore | str | Path,
    *,
    standard: str | Path = DEFAULT_STANDARD,
    years: Sequence[int] = (),
    region: str = "",
    engine: Engine | None = None,
    keep: bool = True,
    again: bool = False,
) -> Iterator[JudgedYear]:
    """Judge every county of the store, one school year after the other, each on the 31st of December of its year.

    A year that was judged and kept is not judged again as long as its data, the standard and the program's version are
    the same. Only one year is in memory at a time.

    Args:
        years: the school years; all by default.
        region: only counties whose codes begin so; then nothing is kept, and every year is judged.
        keep: keep what is watched of each year beside the store, for pages and analyses.
        again: judge also what has not changed.

    Raises:
        NationEmptyError: nothing was loaded.
        NationalYearMissingError: nothing was loaded for a year.
        JunhengError: see ``judge``.
    """
    home, wanted = _home(nation), load_standard(standard)
    if not home.loads:
        raise NationEmptyError(folder=home.folder)
    asked = years or home.years()
    stale = _stale(home, wanted, asked)
    for year in asked:
        start = time.perf_counter()
        if not (again or region) and year in home.years() and year not in stale:
            [about] = [kept for kept in JudgedYears(home.folder).years(wanted.id) if kept.year == year]
            counties = observed(home, standard=standard, years=[year]).counties
            yield JudgedYear(about, counties, False, time.perf_counter() - start)
            continue
        about, counties = _judge_year(home, wanted, year, region, engine or Embedded(), keep=keep and not region)
        yield JudgedYear(about, counties, True, time.perf_counter() - start)


def _judge_year(
    home: NationalStore, wanted: Standard, year: int, region: str, engine: Engine, *, keep: bool
) -> tuple[About, pl.DataFrame]:
    """A year's data are gone from memory before the next is opened: nothing that holds them leaves this function."""
    dataset = home.open(year, tables_for(wanted), region=region)
    judgement = judge_dataset(dataset, wanted, day_of(year), year=year, engine=engine)
    watched = observe(judgement)
    about = About(
        wanted.id, year, str(judgement.day), dataset.snapshot, judgement.version, engine.name, content_of(wanted)
    )
    if keep:
        JudgedYears(home.folder).keep(about, watched.frames())
    return about, watched.counties


def observed(
    nation: NationalStore | str | Path,
    *,
    standard: str | Path = DEFAULT_STANDARD,
    years: Sequence[int] = (),
    region: str = "",
) -> Observed:
    """What was judged and kept, of some years (all by default) and of the counties whose codes begin with ``region``.

    It may be older than the data: see ``stale_years``.

    Raises:
        NotJudgedError: nothing of it was judged.
        JudgedUnreadableError: a file of what was kept is gone or damaged.
    """
    home, name = _home(nation), load_standard(standard).id
    kept = JudgedYears(home.folder)
    known = [about.year for about in kept.years(name)]
    if not known or (missing := sorted(set(years) - set(known))):
        raise NotJudgedError(
            folder=home.folder,
            standard=name,
            year=missing[0] if known else "各",
            region=region or "全国",
            known="、".join(map(str, known)) or "（无）",
        )
    frames = {}
    # A range of codes lets whole groups of rows be skipped, which the beginning of a text does not.
    within = pl.col("county_code").is_between(pl.lit(region), pl.lit(f"{region}\uffff"))
    for frame in Observed.names():
        rows = kept.frame(name, frame)
        rows = rows.filter(within) if region else rows
        rows = rows.filter(pl.col("school_year").is_in(list(years))) if years else rows
        frames[frame] = rows.collect()
    return Observed(**frames)


def stale_years(nation: NationalStore | str | Path, *, standard: str | Path = DEFAULT_STANDARD) -> dict[int, Label]:
    """The school years whose kept judgement is not of today's data, standard or program, and why; judge them again.

    Years that were loaded and never judged are among them.
    """
    return _stale(_home(nation), load_standard(standard), ())


_NEVER = Label(zh="尚未判定", en="not judged yet")
_DATA = Label(zh="判定之后数据有变动", en="the data have changed since")
_GONE = Label(zh="判定所用的数据已撤下", en="the data were withdrawn since")
_STANDARD = Label(zh="判定之后标准有变动", en="the standard has changed since")
_PROGRAM = Label(zh="由程序的另一版本判定", en="judged by another version of the program")


def _stale(home: NationalStore, standard: Standard, years: Sequence[int]) -> dict[int, Label]:
    kept = {about.year: about for about in JudgedYears(home.folder).years(standard.id)}
    loaded, content, program = home.years(), content_of(standard), version("junheng")
    found: dict[int, Label] = {}
    for year in years or sorted({*loaded, *kept}):
        if year not in kept:
            found[year] = _NEVER
        elif year not in loaded:
            found[year] = _GONE
        elif kept[year].state != home.state(year):
            found[year] = _DATA
        elif kept[year].content != content:
            found[year] = _STANDARD
        elif kept[year].version != program:
            found[year] = _PROGRAM
    return found


def content_of(standard: Standard) -> str:
    """SHA-256 of all that a standard says, with the tables of its own: the same rules have the same name."""
    digest = hashlib.sha256(standard.model_dump_json().encode())
    if standard.tables_folders:
        digest.update(repr(tables_for(standard).tables).encode())
    return digest.hexdigest()


def day_of(year: int) -> date:
    """The day a school year is judged on, in the middle of it, when its fiscal year ends."""
    return date(year, 12, 31)


def _home(nation: NationalStore | str | Path) -> NationalStore:
    return nation if isinstance(nation, NationalStore) else NationalStore(Path(nation))
