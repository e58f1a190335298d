"""One county out of a judgement of many: whatever is asked about it is then quick to find, however many there are."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from junheng.tables.dataset import Dataset
from junheng.verdict.items import JudgedChecks
from junheng.verdict.judgement import Judgement


def within(judgement: Judgement, county: str) -> Judgement:
    """The same judgement with the rows of one county alone; what it was computed from stays whole."""
    if judgement.counties.height == 1:
        return judgement
    here = pl.col("county_code") == county
    checks = judgement.judged_checks
    return replace(
        judgement,
        dataset=_filed_within(judgement.dataset, county),
        judged_checks=JudgedChecks({level: frame.filter(here) for level, frame in checks.frames.items()}, checks.exact),
        rows=judgement.rows.filter(here),
        balance=judgement.balance.filter(here),
        checks=judgement.checks.filter(here),
        items=judgement.items.filter(here),
        parts=judgement.parts.filter(here),
        counties=judgement.counties.filter(here),
        gate=within(judgement.gate, county) if judgement.gate else None,
    )


def _filed_within(dataset: Dataset, county: str) -> Dataset:
    """What the county filed. Where a row was read goes by its number, so a dataset that knows it stays whole."""
    if dataset.origins:
        return dataset
    here = pl.col("county_code") == county
    schools = dataset["school"].filter(here)["school_code"].implode()
    frames = {
        name: frame.filter(here if "county_code" in frame.columns else pl.col("school_code").is_in(schools))
        for name, frame in dataset.frames.items()
    }
    return replace(dataset, frames=frames, parts={})
