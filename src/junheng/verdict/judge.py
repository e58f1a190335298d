"""Judge a dataset by a standard on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import polars as pl

from junheng.base.outcome import Outcome, all_of
from junheng.engine.embedded import Embedded
from junheng.engine.protocol import Engine
from junheng.indicators.compute import compute
from junheng.standards.model import Standard
from junheng.standards.on_day import on_day
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset
from junheng.verdict.balance import judge_balance
from junheng.verdict.earned import earned_by_items
from junheng.verdict.errors import GateNotUsedError, NoDataForYearError, YearNotBegunError
from junheng.verdict.findings import findings_of
from junheng.verdict.items import county_checks, judge_checks, judge_items
from junheng.verdict.judgement import Judgement
from junheng.verdict.schools import judge_rows
from junheng.verdict.scores import SCORE_COLUMNS, PartScore, floats, score_parts, with_scores

RESOURCES, BALANCE = "resources", "balance"


def judge(
    dataset: Dataset,
    standard: Standard,
    day: date,
    *,
    year: int | None = None,
    relax: Sequence[str] = (),
    gate: Standard | None = None,
    engine: Engine | None = None,
) -> Judgement:
    """Judge every county of a dataset.

    Args:
        dataset: validated tables of one county or many.
        standard: the whole standard; the rules in force on ``day`` are used.
        day: the day judged, which decides the rules and what is over by then.
        year: the school year judged; by default the latest one filed that had begun on ``day``.
        relax: names of optional relaxations to apply.
        gate: the basic standard (办学基本标准) that every school must meet first, judged beside this one.
        engine: the embedded one by default.

    Raises:
        StandardNotInForceError: the standard or one of its limits does not hold on ``day``.
        GateNotUsedError: the standard asks for no basic standard, or ``gate`` is none.
        YearNotBegunError: ``year`` begins after ``day``.
        NoDataForYearError: nothing was filed for the year.
    """
    held = on_day(standard, day, relax)
    if standard.tables_folders:
        dataset = dataset.widened(load_tables(*(Path(folder) for folder in standard.tables_folders)))
    if gate is not None:
        _check_gate(standard, gate)
    if year is not None and year > current_year(day):
        raise YearNotBegunError(year=year, day=day)
    year = year if year is not None else latest_year(dataset, day)
    if dataset["stage_year"].filter(pl.col("school_year") == year).is_empty():
        raise NoDataForYearError(year=year, filed=_years_filed(dataset))
    gated = judge(dataset, gate, day, year=year, engine=engine) if gate else None
    computed = compute(dataset, held, year=year, day=day, engine=engine or Embedded())
    checks = judge_checks(computed, dataset, held, year, day)
    rows = judge_rows(checks.of("stage"), held, dataset.tables)
    balance = judge_balance(computed.balance, rows, held)
    by_check = county_checks(checks, held, computed.counties)
    gate_outcomes = dict(gated.counties.select("county_code", "outcome").iter_rows()) if gated else {}
    items = judge_items(by_check, findings_of(dataset, held, year), held, computed.counties, gate_outcomes)
    scores = score_parts(earned_by_items(items, by_check, checks, held), held)
    parts = _judge_parts(rows, balance, items, scores, held, computed.counties)
    return Judgement(
        standard=held,
        relax=tuple(relax),
        day=day,
        year=year,
        snapshot=dataset.snapshot,
        version=version("junheng"),
        dataset=dataset,
        computed=computed,
        judged_checks=checks,
        rows=rows,
        balance=balance,
        checks=by_check,
        items=with_scores(items, scores),
        scores=scores,
        parts=parts,
        counties=_judge_counties(parts, computed.counties),
        gate=gated,
    )


def _check_gate(standard: Standard, gate: Standard) -> None:
    asked = any(item.gate for _, part in standard.parts() for item in part.items.values())
    if gate.purpose != "gate" or not asked:
        raise GateNotUsedError(standard=standard.id, gate=gate.id)


def current_year(day: date) -> int:
    """The school year that ``day`` lies in, by the year it starts."""
    return day.year if (day.month, day.day) >= (9, 1) else day.year - 1


def latest_year(dataset: Dataset, day: date) -> int:
    """The latest school year filed that had begun on ``day``.

    Raises:
        NoDataForYearError: none had.
    """
    current = current_year(day)
    begun = dataset["stage_year"].filter(pl.col("school_year") <= current)["school_year"]
    if begun.is_empty():
        raise NoDataForYearError(year=current, filed=_years_filed(dataset))
    return int(begun.max())  # type: ignore[arg-type]  # a column of years


def _years_filed(dataset: Dataset) -> str:
    years = dataset["stage_year"]["school_year"].unique().sort().to_list()
    return "、".join(str(year) for year in years) or "（无）"


def _judge_parts(
    rows: pl.DataFrame,
    balance: pl.DataFrame,
    items: pl.DataFrame,
    scores: Mapping[tuple[str, str], PartScore],
    standard: Standard,
    counties: pl.DataFrame,
) -> pl.DataFrame:
    """One row per county and part of the standard; a part of which nothing is known is unknown."""
    found = []
    in_scope = rows.filter(pl.col("left_out").is_null())
    missing = _missing_stages(in_scope, standard, counties)
    if standard.school_rule:
        found.append(_all_met(pl.concat([in_scope.select("county_code", "outcome"), missing]), RESOURCES))
    if standard.balance_rule:
        limited = balance.filter(pl.col("limit").is_not_null())
        found.append(_all_met(pl.concat([limited.select("county_code", "outcome"), missing]), BALANCE))
    for name, part in standard.parts():
        if part.rule == "score":
            own = [
                (county, name, str(score.outcome), *floats(score.bounds))
                for (county, scored), score in scores.items()
                if scored == name
            ]
            found.append(pl.DataFrame(own, schema=_PART_SCHEMA, orient="row"))
            continue
        # An item that does not concern the county has no outcome and decides nothing.
        decided = items.filter((pl.col("part") == name) & pl.col("outcome").is_not_null())
        outcomes = [decided.select("county_code", "outcome")]
        if part.unseen:
            outcomes.append(counties.select("county_code", pl.lit(str(Outcome.UNKNOWN)).alias("outcome")))
        found.append(_all_met(pl.concat(outcomes), name))
    names = [*([RESOURCES] if standard.school_rule else []), *([BALANCE] if standard.balance_rule else [])]
    names += [name for name, _ in standard.parts()]
    grid = counties.select("county_code").join(pl.DataFrame({"part": names}), how="cross", maintain_order="left_right")
    if not found:
        return pl.DataFrame(schema=_PART_SCHEMA)
    joined = grid.join(pl.concat(found), on=["county_code", "part"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("outcome").fill_null(str(Outcome.UNKNOWN)))


def _missing_stages(in_scope: pl.DataFrame, standard: Standard, counties: pl.DataFrame) -> pl.DataFrame:
    """An unknown for every county and stage without a school in scope: what is not there cannot have passed."""
    stages = pl.DataFrame({"stage": standard.stages}, schema={"stage": pl.String})
    every = counties.select("county_code").join(stages, how="cross", maintain_order="left_right")
    missing = every.join(in_scope, on=["county_code", "stage"], how="anti")
    return missing.select("county_code", pl.lit(str(Outcome.UNKNOWN)).alias("outcome"))


_PART_SCHEMA = {**dict.fromkeys(("county_code", "part", "outcome"), pl.String), **SCORE_COLUMNS}


def _all_met(frame: pl.DataFrame, part: str) -> pl.DataFrame:
    """All rows of a county must pass; see ``all_of`` for the unknown ones."""
    outcome = pl.col("outcome")
    combined = (
        pl.when((outcome == str(Outcome.UNMET)).any())
        .then(pl.lit(str(Outcome.UNMET)))
        .when((outcome == str(Outcome.UNKNOWN)).any())
        .then(pl.lit(str(Outcome.UNKNOWN)))
        .otherwise(pl.lit(str(Outcome.MET)))
    )
    grouped = frame.group_by("county_code", maintain_order=True).agg(outcome=combined)
    scores = (pl.lit(None, kind).alias(name) for name, kind in SCORE_COLUMNS.items())
    return grouped.select("county_code", pl.lit(part).alias("part"), "outcome", *scores)


def _judge_counties(parts: pl.DataFrame, counties: pl.DataFrame) -> pl.DataFrame:
    outcomes: dict[str, list[Outcome]] = {}
    for county, outcome in parts.select("county_code", "outcome").iter_rows():
        outcomes.setdefault(county, []).append(Outcome(outcome))
    verdicts = [str(all_of(outcomes.get(county, []))) for county in counties["county_code"]]
    return counties.select("county_code", "county_name").with_columns(outcome=pl.Series(verdicts, dtype=pl.String))
