"""Filling filings from a dataset that was read elsewhere: a workbook sent in, statistics forms, an earlier system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from junheng.intake.entered import as_typed
from junheng.tables.dataset import Dataset
from junheng.web.filings.form import FormTable, form_of
from junheng.web.filings.models import SCHOOL, Filing

# table → key of the row → column → as typed
Wanted = dict[str, dict[str, dict[str, str]]]


def rows_in(dataset: Dataset, filing: Filing) -> Wanted:
    """The rows of a dataset that belong to a filing: of its school or county, its school year, its form's columns."""
    form = form_of(filing)
    found: Wanted = {}
    for name, part in form.parts.items():
        if name not in dataset.frames:
            continue
        frame = dataset[name]
        if "school_code" in frame.columns and filing.office == SCHOOL:
            frame = frame.filter(pl.col("school_code") == filing.place.code)
        elif "county_code" in frame.columns:
            frame = frame.filter(pl.col("county_code") == filing.period.county.code)
        if "school_year" in frame.columns:
            frame = frame.filter(pl.col("school_year") == filing.period.school_year)
        elif "fiscal_year" in frame.columns:
            frame = frame.filter(pl.col("fiscal_year") <= filing.period.school_year)
        found[name] = {part.key_of(_keys(part, row)): _typed(part, row) for row in frame.iter_rows(named=True)}
    return found


def notes_in(dataset: Dataset, filing: Filing) -> dict[tuple[str, str], str]:
    """The 填报说明 of those rows, by table and key."""
    form, found = form_of(filing), {}
    for name, rows in rows_in(dataset, filing).items():
        frame = dataset[name]
        if "note" not in frame.columns:
            continue
        part = form.parts[name]
        for row in frame.filter(pl.col("note").is_not_null()).iter_rows(named=True):
            key = part.key_of(_keys(part, row))
            mine = filing.office != SCHOOL or row.get("school_code") == filing.place.code
            if mine and key in rows and row.get("school_year") in (None, filing.period.school_year):
                found[name, key] = row["note"]
    return found


def _keys(part: FormTable, row: Mapping[str, Any]) -> dict[str, str]:
    """Key values by their codes, unlike other cells, which stand as people write them."""
    return {name: "" if row[name] is None else str(row[name]) for name in part.key}


def _typed(part: FormTable, row: Mapping[str, Any]) -> dict[str, str]:
    return {c.name: as_typed(c, row[c.name]) for c in part.columns if row.get(c.name) is not None}
