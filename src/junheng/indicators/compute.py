"""From rows to indicator values: every indicator of a standard, at its level, side by side.

Each indicator becomes two columns: ``<id>__value`` (Float64, in the indicator's unit) and ``<id>__absent`` (why there
is no value, else null). Limits are not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import narwhals.stable.v2 as nw
import polars as pl

from junheng.base.terms import Label, Stage
from junheng.engine.protocol import Engine
from junheng.indicators.balance import county_balance
from junheng.indicators.county import county_values
from junheng.indicators.errors import FormulaError
from junheng.indicators.kinds import kind_problems
from junheng.indicators.quotients import with_values
from junheng.indicators.reach import columns_out_of_reach
from junheng.indicators.rows import build_rows
from junheng.indicators.splitting import split_problems
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard
from junheng.tables.dataset import Dataset


@dataclass(frozen=True)
class Computed:
    """Collected results of one school year.

    Attributes:
        stages: rows of ``Rows.stages`` with the values of stage-level indicators.
        schools: rows of ``Rows.schools`` with those of school-level checks.
        county_stages: county_code, stage and the values of county_stage-level checks.
        counties: county_code, county_name and the values of county-level checks.
        balance: see ``county_balance``.
        members: school_code, home of campuses that are judged with their main school.
    """

    stages: pl.DataFrame
    schools: pl.DataFrame
    county_stages: pl.DataFrame
    counties: pl.DataFrame
    balance: pl.DataFrame
    members: pl.DataFrame


def _of_kind(problems: Sequence[str]) -> Label:
    return Label("；".join(problems), "its kind lacks something it needs, or does not go with its level")


def _of_reach(problem: str) -> Label:
    return Label(problem, "it uses a column that does not stand in a school's row")


def _of_split(problem: str) -> Label:
    return Label(problem, "figures of a whole school and of one stage meet in it")


def compute(dataset: Dataset, standard: Standard, *, year: int, day: date, engine: Engine) -> Computed:
    """Compute every indicator of ``standard`` (already dated) for school year ``year``.

    Raises:
        FormulaError: an indicator names a kind that does not exist, or lacks what its kind needs.
        EngineError: the engine failed.
    """
    levels: dict[str, dict[str, Indicator]] = {"stage": {}, "school": {}, "county_stage": {}, "county": {}}
    for name, indicator in standard.indicators():
        if problems := kind_problems(indicator):
            raise FormulaError(standard=standard.id, indicator=indicator.label, problems=_of_kind(problems))
        levels[indicator.level][name] = indicator
    for name, problem in columns_out_of_reach(standard, dataset.tables):
        label = dict(standard.indicators())[name].label
        raise FormulaError(standard=standard.id, indicator=label, problems=_of_reach(problem))
    for name, problem in split_problems(standard, dataset.tables):
        label = dict(standard.indicators())[name].label
        raise FormulaError(standard=standard.id, indicator=label, problems=_of_split(problem))

    frames = dict(engine.open(dataset))
    rows = build_rows(frames, standard, dataset.tables, year, engine)
    kept = engine.keep("整理数据", {"stages": rows.stages, "schools": rows.schools, "counties": rows.counties})
    rows = replace(rows, stages=kept["stages"], schools=kept["schools"], counties=kept["counties"])
    split = set(standard.split.indicators) if standard.split else set()
    # In a fixed order, so that sums of floats, and with them every printed digit, come out the same each time.
    valued = with_values(rows.stages, levels["stage"], split).sort("county_code", "school_code", "stage")
    stages = engine.keep("计算学段指标", {"stages": valued})["stages"]
    balanced = [name for name in standard.resources if _is_balanced(name, standard)]
    in_scope = stages.filter(nw.col("left_out").is_null())
    results = engine.collect(
        "计算指标",
        {
            "stages": stages,
            "schools": with_values(rows.schools, levels["school"], set()),
            "county_stages": county_values(frames, rows, levels["county_stage"], ("county_code", "stage"), year, day),
            "counties": county_values(frames, rows, levels["county"], ("county_code",), year, day),
            "balance": county_balance(in_scope, balanced, weighted=standard.weighted),
        },
    )
    ordered = {name: frame.sort(_order(frame)) for name, frame in results.items()}
    return Computed(**ordered, members=rows.members.sort("school_code"))


def _order(frame: pl.DataFrame) -> list[pl.Expr]:
    """By county and school, 小学 before 初中."""
    keys = {"county_code": pl.col("county_code"), "school_code": pl.col("school_code"), "stage": stage_order()}
    return [key for column, key in keys.items() if column in frame.columns]


def stage_order() -> pl.Expr:
    return pl.col("stage").cast(pl.Enum([str(stage) for stage in Stage]))


def _is_balanced(name: str, standard: Standard) -> bool:
    return name in standard.balanced()
