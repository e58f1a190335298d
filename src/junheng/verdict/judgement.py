"""What a judgement holds: every outcome in columns, and what it was computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from junheng.base.outcome import Outcome
from junheng.indicators.compute import Computed
from junheng.standards.model import Standard
from junheng.tables.dataset import Dataset
from junheng.verdict.items import JudgedChecks
from junheng.verdict.scores import PartScore


@dataclass(frozen=True)
class Judgement:
    """The verdict on one county or many, with all that is needed to recompute it.

    Attributes:
        standard: the standard as it holds on ``day``.
        relax: the optional relaxations that were asked for.
        year: the school year judged (the year it starts).
        snapshot: name of the dataset judged, empty when it was not committed.
        version: version of this software.
        rows: a row per school and stage: see ``Rows.stages``, and per indicator ``<id>__value``, ``__absent``,
            ``__limit``, ``__operator``, ``__outcome``; ``outcome`` of the row, ``score_low`` and ``score_high`` where
            the standard scores schools; null when the row is out of scope.
        balance: see ``judge_balance``.
        checks: county_code, part, item, check, outcome, value, rows, unmet, unknown.
        items: county_code, part, item, finding, score, score_low, score_high, responsible, plan, outcome (null: the
            item does not concern the county).
        scores: (county_code, part) → the exact score of each scored part, its items and its branches.
        parts: county_code, part, outcome, score, score_low, score_high.
        counties: county_code, county_name, outcome.
        gate: the judgement by the basic standard that was asked for beside this one.
    """

    standard: Standard
    relax: tuple[str, ...]
    day: date
    year: int
    snapshot: str
    version: str
    dataset: Dataset
    computed: Computed
    judged_checks: JudgedChecks
    rows: pl.DataFrame
    balance: pl.DataFrame
    checks: pl.DataFrame
    items: pl.DataFrame
    scores: Mapping[tuple[str, str], PartScore]
    parts: pl.DataFrame
    counties: pl.DataFrame
    gate: Judgement | None = None

    @property
    def in_scope(self) -> pl.DataFrame:
        """The rows that the resource rules judge."""
        return self.rows.filter(pl.col("left_out").is_null())

    def outcome(self, county: str | None = None) -> Outcome:
        """The verdict on one county (the only one when none is named)."""
        counties = self.counties if county is None else self.counties.filter(pl.col("county_code") == county)
        return Outcome(counties["outcome"].item())
