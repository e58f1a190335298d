"""The whole nation into a national store, province by province, so that memory holds one province only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from examples.synthetic_nation.county import FILED_FROM, FILED_TO
from examples.synthetic_nation.people import KIND
from examples.synthetic_nation.places import ALL, counties_of
from examples.synthetic_nation.province import filings

from junheng.store.national import NationalStore

YEARS = range(2016, 2026)
Step = Callable[[str, int], object]


class YearsOutsideError(ValueError):
    """A school year that the assumed births do not reach, or teachers of one that is not made."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made.

    Attributes:
        counties: their number.
        school_stages: rows of school and stage, all years together.
        teachers: rows of persons, all years together.
        planted: school_code, school_year, stage, column, filed, roster: where the persons' sums differ on purpose; none
            where no persons were made.
    """

    counties: int
    school_stages: int
    teachers: int = 0
    planted: pl.DataFrame | None = None


def make_nation(
    store: NationalStore | str | Path,
    *,
    counties: int = ALL,
    years: Iterable[int] = YEARS,
    seed: int = 1,
    provinces: Sequence[str] = (),
    teachers: Collection[int] = (),
    step: Step | None = None,
) -> Made:
    """Append synthetic counties to a store, one load a province and year. Made again, nothing is added.

    Args:
        counties: how many, spread over the provinces as the real counties are.
        years: school years, each between 2016 and 2035.
        seed: the same seed gives the same counties, whichever others are made with them.
        provinces: two-digit codes; all by default.
        teachers: the school years, of those, whose teachers are written person by person.
        step: told the province and the year of every load.

    Raises:
        YearsOutsideError, TooManyCountiesError: see there.
    """
    home = store if isinstance(store, NationalStore) else NationalStore(Path(store))
    wanted = sorted(set(years))
    if not wanted or wanted[0] < FILED_FROM or wanted[-1] > FILED_TO:
        raise YearsOutsideError(f"学年须在 {FILED_FROM} 到 {FILED_TO} 之间；收到的是 {wanted or '（无）'}。")
    if missing := sorted(set(teachers) - set(wanted)):
        raise YearsOutsideError(f"教师只能写在要生成的学年里；{missing} 不在其中。")
    rows, people, planted = 0, 0, []
    for province, codes in counties_of(counties, provinces).items():
        for filing in filings(province, codes, wanted, seed):
            home.append(filing.dataset, label=filing.dataset.name)
            rows += filing.dataset["stage_year"].height
            if filing.year in teachers:
                roster = filing.roster()
                home.append(roster.dataset, label=roster.dataset.name, homes=roster.homes, kind=KIND)
                people += roster.dataset[KIND].height
                planted.append(roster.planted)
            if step:
                step(province, filing.year)
    return Made(counties, rows, people, pl.concat(planted) if planted else None)
