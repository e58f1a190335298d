"""What lists say of every judged school and stage: its outcome, how many indicators it meets, the worst, what it lacks.

Read from a judgement; nothing is held against a limit here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages

# The worst first, as lists are read.
SEVERITY = {str(Outcome.UNMET): 0, str(Outcome.UNKNOWN): 1, str(Outcome.TOLERATED): 2, str(Outcome.MET): 3, "": 4}


@dataclass(frozen=True, slots=True)
class Lack:
    """What is to be added (negative: to be taken away) to reach one limit; None where that cannot be said."""

    indicator: str
    amount: float | None
    unit: str
    outcome: str


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school and stage.

    Attributes:
        outcome: empty where the school is not in scope.
        met: of ``counted`` indicators that concern it.
        worst: the missed indicator that is furthest below its limit; empty where none is missed.
        lacks: of every missed indicator, the worst first.
    """

    school: str
    name: str
    stage: str
    outcome: str
    met: int
    counted: int
    pupils: int | None
    worst: str
    lacks: tuple[Lack, ...]


def lines_of_school(judgement: Judgement, school: str) -> list[SchoolLine]:
    """The stages of one school, in their order."""
    own = replace(judgement, rows=judgement.rows.filter(pl.col("school_code") == school))
    order = [str(stage) for stage in Stage]
    return sorted(school_lines(own), key=lambda line: order.index(line.stage))


def school_lines(judgement: Judgement) -> list[SchoolLine]:
    """Every row judged, the worst first."""
    missed: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in shortages(judgement).iter_rows(named=True):
        missed.setdefault((row["school_code"], row["stage"]), []).append(row)
    lines = [
        _line(judgement, row, missed.get((row["school_code"], row["stage"]), []))
        for row in judgement.rows.iter_rows(named=True)
    ]
    return sorted(lines, key=lambda line: (SEVERITY[line.outcome], line.met - line.counted, line.school, line.stage))


def _line(judgement: Judgement, row: Mapping[str, Any], missed: list[Mapping[str, Any]]) -> SchoolLine:
    outcomes = [row[f"{name}__outcome"] for name in judgement.standard.counted() if f"{name}__outcome" in row]
    in_scope = row["left_out"] is None
    listed = sorted(missed, key=_how_far)
    return SchoolLine(
        school=row["school_code"],
        name=row["school_name"] or row["school_code"],
        stage=row["stage"],
        outcome=(row["outcome"] or "") if in_scope else "",
        met=outcomes.count(str(Outcome.MET)) if in_scope else 0,
        counted=len(outcomes) - outcomes.count(None) if in_scope else 0,
        pupils=row["pupils"],
        worst=listed[0]["indicator"] if listed else "",
        lacks=tuple(Lack(entry["indicator"], entry["lack"], entry["unit"], entry["outcome"]) for entry in listed),
    )


def _how_far(entry: Mapping[str, Any]) -> tuple[bool, float]:
    """The unmet before the tolerated, then the smaller share of what is asked for."""
    value, limit = entry["value"], entry["limit"]
    share = inf if value is None or not limit else value / limit
    if entry["lack"] is not None and entry["lack"] < 0 and share:
        share = 1 / share  # above an upper limit
    return entry["outcome"] != str(Outcome.UNMET), share


@dataclass(frozen=True, slots=True)
class Total:
    """What the schools of one stage lack of one indicator together.

    Attributes:
        schools: how many miss it; ``unsaid`` of them lack an amount that cannot be said.
    """

    stage: str
    indicator: str
    schools: int
    amount: float
    unit: str
    unsaid: int


def lacks_in_all(judgement: Judgement, county: str) -> list[Total]:
    """Sums of what is lacking, by stage and indicator, in the standard's order; what is above an upper limit left out.

    Every school that misses an indicator counts, also where that is tolerated.
    """
    found = shortages(judgement).filter(pl.col("county_code") == county)
    found = found.filter(pl.col("lack").fill_null(0) >= 0)
    grouped = found.group_by("stage", "indicator", "unit").agg(
        schools=pl.len(), amount=pl.col("lack").sum(), unsaid=pl.col("lack").null_count()
    )
    order = list(judgement.standard.resources)
    stages = [str(stage) for stage in Stage]
    totals = [Total(**row) for row in grouped.iter_rows(named=True)]
    return sorted(totals, key=lambda total: (stages.index(total.stage), order.index(total.indicator)))


def by_indicator(totals: list[Total]) -> Iterator[Total]:
    """The same summed over the stages, what most schools miss first."""
    kept: dict[str, Total] = {}
    for total in totals:
        old = kept.get(total.indicator)
        kept[total.indicator] = (
            total
            if old is None
            else Total(
                "",
                total.indicator,
                old.schools + total.schools,
                old.amount + total.amount,
                total.unit,
                old.unsaid + total.unsaid,
            )
        )
    yield from sorted(kept.values(), key=lambda total: -total.schools)
