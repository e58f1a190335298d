"""More counties, so that there is something to compare: some towns of the example county under other codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from junheng.tables.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A synthetic county: its code and name, and which towns of the example county it is made of."""

    code: str
    name: str
    towns: slice


NEIGHBOURS = (
    Neighbour("990102", "示例二县（合成数据）", slice(0, 3)),
    Neighbour("990103", "示例三县（合成数据）", slice(3, 6)),
    Neighbour("990201", "示例四县（合成数据）", slice(6, 9)),
)


def towns_of(dataset: Dataset) -> list[str]:
    return list(dataset["school"]["town"].drop_nulls().unique().sort())


def neighbour(dataset: Dataset, of: Neighbour, towns: Sequence[str]) -> Dataset:
    """The dataset of a neighbour: the schools of some towns, renamed, and the county's own rows under its code."""
    before = str(dataset["county"]["county_code"][0])
    short = of.name.partition("（")[0]
    schools = dataset["school"].filter(pl.col("town").is_in(list(towns)))
    kept = schools.filter(pl.col("campus_of").is_null() | pl.col("campus_of").is_in(schools["school_code"]))[
        "school_code"
    ]
    frames = {name: _recoded(frame, kept, before, of.code) for name, frame in dataset.frames.items()}
    frames["county"] = frames["county"].with_columns(county_name=pl.lit(of.name))
    frames["school"] = frames["school"].with_columns(pl.col("school_name").str.replace("^示例县", short))
    return replace(dataset, frames=frames, origins={}, name=of.name, snapshot="", parts={})


def _recoded(frame: pl.DataFrame, schools: pl.Series, before: str, after: str) -> pl.DataFrame:
    """The rows of some schools and of the county, under the other county's codes."""
    if "school_code" in frame.columns:
        codes = [name for name in ("school_code", "campus_of") if name in frame.columns]
        frame = frame.filter(pl.col("school_code").is_in(schools)).with_columns(
            pl.col(name).str.replace(f"^{before}", after) for name in codes
        )
    return frame.with_columns(county_code=pl.lit(after)) if "county_code" in frame.columns else frame
