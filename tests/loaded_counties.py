"""Counties of a few schools as datasets, for tests of the national store: what matters is which rows they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset
from junheng.tables.model import Tables


@lru_cache(maxsize=1)
def tables() -> Tables:
    return load_tables()


def dataset(rows: Mapping[str, Sequence[Mapping[str, Any]]], of: Tables | None = None) -> Dataset:
    """A dataset of the rows given, all other tables empty, in key order as a reader leaves them."""
    own = of or tables()
    frames = {}
    for name, table in own.tables.items():
        filled = pl.DataFrame(rows.get(name, []), schema=table.schema)
        frames[name] = filled.sort(table.key)
    return Dataset(own, frames, name="合成")


def county(
    code: str, years: Sequence[int], *, schools: int = 2, pupils: int = 100, money: Sequence[int] = ()
) -> Dataset:
    """A county with ``schools`` schools in each of ``years`` and finance of the fiscal years ``money``."""
    return dataset(county_rows(code, years, schools=schools, pupils=pupils, money=money))


def county_rows(
    code: str, years: Sequence[int], *, schools: int = 2, pupils: int = 100, money: Sequence[int] = ()
) -> dict[str, list[dict[str, Any]]]:
    codes = [f"{code}{number:04}" for number in range(schools)]
    return {
        "county": [{"county_code": code, "county_name": f"合成县{code}"}],
        "school": [
            {"school_code": school, "school_name": f"学校{school}", "county_code": code, "town": "镇",
             "school_kind": "211", "location": "town", "operator": "county"}
            for school in codes
        ],
        "school_year": [
            {"school_code": school, "school_year": year, "books": pupils} for school in codes for year in years
        ],
        "stage_year": [
            {"school_code": school, "school_year": year, "stage": "primary", "pupils": pupils + year}
            for school in codes for year in years
        ],
        "county_year": [{"county_code": code, "school_year": year, "rotated": pupils} for year in years],
        "finance_year": [{"county_code": code, "fiscal_year": year, "gdp": pupils} for year in money],
    }  # fmt: skip


def together(*datasets: Dataset) -> Dataset:
    """Several counties as one dataset."""
    own = datasets[0].tables
    frames = {name: pl.concat([each[name] for each in datasets]).sort(table.key) for name, table in own.tables.items()}
    return Dataset(own, frames, name="几个县")
