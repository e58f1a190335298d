"""Monitoring: the counties of a national store, or of one workbook with several years, over the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from junheng.monitoring.errors import NothingJudgedError, YearNotMonitoredError
from junheng.monitoring.monitoring import FILED, Monitoring, of_region
from junheng.monitoring.observed import Observed, observe
from junheng.standards.library import load_standard
from junheng.store.judged import JudgedYears
from junheng.store.national import FISCAL, NationalStore
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset
from junheng.tables.model import Table
from junheng.verdict.judge import judge as judge_dataset
from junheng.workflow.judging import DEFAULT_STANDARD, load, tables_for
from junheng.workflow.nation import day_of


def monitor(
    source: NationalStore | Dataset | str | Path,
    *,
    standard: str | Path = DEFAULT_STANDARD,
    region: str = "",
    years: Sequence[int] = (),
    store: Store | None = None,
) -> Monitoring:
    """Watch counties over the years.

    Args:
        source: a national store or its folder (what was judged there is taken as it was kept), or the data of one
            county or several (a dataset, file, folder or snapshot), judged here for each school year filed.
        region: what the codes of the counties begin with.
        years: the school years; all by default.

    Raises:
        NothingJudgedError: nothing of it was judged.
        YearNotMonitoredError: one of ``years`` was not.
        JunhengError: see ``load`` and ``judge``.
    """
    if isinstance(source, NationalStore) or _is_nation(source):
        return _of_nation(_nation(source), standard, region, years)
    return _of_dataset(_dataset(source, standard, store), standard, region, years)


def _is_nation(source: object) -> bool:
    return isinstance(source, str | Path) and (Path(source) / "loads").is_dir()


def _nation(source: NationalStore | Dataset | str | Path) -> NationalStore:
    return source if isinstance(source, NationalStore) else NationalStore(Path(str(source)))


def _dataset(source: NationalStore | Dataset | str | Path, standard: str | Path, store: Store | None) -> Dataset:
    return source if isinstance(source, Dataset) else load(str(source), standards=[standard], store=store)


def _of_nation(home: NationalStore, standard: str | Path, region: str, years: Sequence[int]) -> Monitoring:
    wanted = load_standard(standard)
    kept = JudgedYears(home.folder)
    known = [about.year for about in kept.years(wanted.id)]
    nothing = NothingJudgedError(
        folder=home.folder, standard=wanted.id, region=region or "全国", known="、".join(map(str, known)) or "（无）"
    )
    if not known:
        raise nothing
    _check_years(years, known)
    frames = {name: of_region(kept.frame(wanted.id, name), region, years) for name in Observed.names()}
    if frames["counties"].limit(1).collect().is_empty():
        raise nothing
    tables = tables_for(wanted)
    county = tables["county"].columns["county_code"]
    filed = {}
    for name in FILED:
        table = tables[name]
        own = home.years(FISCAL) if "fiscal_year" in table.key else sorted(years) or home.years()
        # What schools file has no county of its own: every file of the store has that column beside it.
        wider = table if "county_code" in table.columns else _with_column(table, county)
        filed[name] = of_region(home.scan(wider, own, region=region), region, ())
    return Monitoring(wanted, region, frames, filed, tables)


def _check_years(years: Sequence[int], known: Sequence[int]) -> None:
    if missing := sorted(set(years) - set(known)):
        raise YearNotMonitoredError(year=missing[0], known="、".join(map(str, known)) or "（无）")


def _with_column(table: Table, county: object) -> Table:
    return replace(table, columns={**table.columns, "county_code": county})  # type: ignore[dict-item]  # a Column


def _of_dataset(dataset: Dataset, standard: str | Path, region: str, years: Sequence[int]) -> Monitoring:
    wanted, tables = load_standard(standard), tables_for(load_standard(standard))
    filed_years = dataset["stage_year"]["school_year"].unique().sort().to_list()
    _check_years(years, filed_years)
    observed = [
        observe(judge_dataset(dataset, wanted, day_of(year), year=year))
        for year in filed_years
        if not years or year in years
    ]
    if not observed or not any(frame.counties["county_code"].str.starts_with(region).any() for frame in observed):
        raise NothingJudgedError(
            folder=dataset.name, standard=wanted.id, region=region or "全部", known="、".join(map(str, filed_years))
        )
    together = Observed.together(observed)
    frames = {name: of_region(frame.lazy(), region, ()) for name, frame in together.frames().items()}
    return Monitoring(wanted, region, frames, _filed(dataset.widened(tables), region, years), tables)


def _filed(dataset: Dataset, region: str, years: Sequence[int]) -> Mapping[str, pl.LazyFrame]:
    homes = dataset["school"].select("school_code", "county_code")
    found = {}
    for name in FILED:
        frame = dataset[name]
        if "county_code" not in frame.columns:
            frame = frame.join(homes, on="school_code", how="inner", maintain_order="left")
        own_years = years if "school_year" in frame.columns else ()
        found[name] = of_region(frame.lazy(), region, own_years)
    return found
