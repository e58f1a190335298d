"""The nation: load counties into the national store, judge year by year, open what was judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from junheng.engine.embedded import Embedded
from junheng.engine.protocol import Engine
from junheng.monitoring.observed import Observed, observe
from junheng.standards.library import load_standard
from junheng.store.errors import NationalYearMissingError
from junheng.store.judged import About, JudgedYears
from junheng.store.national import Load, NationalStore
from junheng.store.snapshot import Store
from junheng.verdict.judge import judge as judge_dataset
from junheng.verdict.judgement import Judgement
from junheng.workflow.judging import DEFAULT_STANDARD, load, tables_for


def load_into(
    nation: NationalStore | str | Path,
    sources: Iterable[str | Path],
    *,
    standards: Sequence[str | Path] = (),
    store: Store | None = None,
) -> Iterator[Load]:
    """Load files, folders or snapshots, one after the other; each is checked and committed as a snapshot first.

    Args:
        standards: whose own columns are kept too.
    """
    home = _home(nation)
    for source in sources:
        yield home.append(load(source, standards=standards, store=store), label=Path(source).name)


def judge_nation(
    nation: NationalStore | str | Path,
    *,
    standard: str | Path = DEFAULT_STANDARD,
    years: Sequence[int] = (),
    engine: Engine | None = None,
    keep: bool = True,
) -> Iterator[Judgement]:
    """Judge every county of the store, one school year after the other, each on the 31st of December of its year.

    Args:
        years: the school years; all by default.
        keep: keep what is watched of each year beside the store, for pages and analyses.

    Raises:
        NationalYearMissingError: nothing was loaded for a year.
        JunhengError: see ``judge``.
    """
    home, wanted, engine = _home(nation), load_standard(standard), engine or Embedded()
    tables = tables_for(wanted)
    for year in years or home.years():
        dataset = home.open(year, tables)
        judgement = judge_dataset(dataset, wanted, day_of(year), year=year, engine=engine)
        if keep:
            about = About(wanted.id, year, str(judgement.day), dataset.snapshot, judgement.version, engine.name)
            JudgedYears(home.folder).keep(about, observe(judgement).frames())
        yield judgement


def observed(
    nation: NationalStore | str | Path,
    *,
    standard: str | Path = DEFAULT_STANDARD,
    years: Sequence[int] = (),
    region: str = "",
) -> Observed:
    """What was judged and kept, of some years (all by default) and of the counties whose codes begin with ``region``.

    Raises:
        NationalYearMissingError: nothing of it was judged.
    """
    home, name = _home(nation), load_standard(standard).id
    kept = JudgedYears(home.folder)
    known = [about.year for about in kept.years(name)]
    if not known or (missing := sorted(set(years) - set(known))):
        years_known = "、".join(map(str, known)) or "（无）"
        raise NationalYearMissingError(
            folder=home.folder, year=missing[0] if known else "", region=region or "全国", known=years_known
        )
    frames = {}
    for frame in Observed.names():
        rows = kept.frame(name, frame).filter(pl.col("county_code").str.starts_with(region))
        frames[frame] = (rows.filter(pl.col("school_year").is_in(list(years))) if years else rows).collect()
    return Observed(**frames)


def day_of(year: int) -> date:
    """The day a school year is judged on, in the middle of it, when its fiscal year ends."""
    return date(year, 12, 31)


def _home(nation: NationalStore | str | Path) -> NationalStore:
    return nation if isinstance(nation, NationalStore) else NationalStore(Path(nation))
