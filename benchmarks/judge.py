"""Our own contenders: the whole verdict on either engine, and the part of it that the others compute."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from benchmarks.question import STANDARD
from junheng.engine.embedded import Embedded
from junheng.engine.protocol import Engine
from junheng.indicators.balance import county_balance
from junheng.indicators.quotients import with_values
from junheng.indicators.rows import build_rows
from junheng.standards.library import load_standard
from junheng.standards.on_day import on_day
from junheng.store.national import NationalStore
from junheng.tables.dataset import Dataset
from junheng.verdict.balance import judge_balance
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement
from junheng.verdict.schools import judge_rows
from junheng.workflow.judging import tables_for
from junheng.workflow.nation import day_of


def opened(nation: Path, year: int) -> Dataset:
    return NationalStore(nation).open(year, tables_for(load_standard(STANDARD)))


class WholeVerdict:
    """Every indicator, item, part and county of the standard."""

    def __init__(self, nation: Path, year: int) -> None:
        self.dataset, self.standard, self.year = opened(nation, year), load_standard(STANDARD), year
        self.engine: Engine = Embedded()
        self.judgement: Judgement | None = None

    def run(self) -> None:
        self.judgement = judge(self.dataset, self.standard, day_of(self.year), year=self.year, engine=self.engine)

    def answer(self) -> tuple[Any, Any]:
        assert self.judgement is not None
        return self.judgement.rows, self.judgement.balance


class ResourcesAndBalance:
    """The rows, the seven resources with their outcomes and the coefficients: no items, no reasons."""

    def __init__(self, nation: Path, year: int) -> None:
        standard = on_day(load_standard(STANDARD), day_of(year))
        self.dataset, self.year = opened(nation, year), year
        self.standard = standard.model_copy(update={name: None for name, _ in standard.parts()})
        self.found: tuple[pl.DataFrame, pl.DataFrame] | None = None

    def run(self) -> None:
        standard, tables, engine = self.standard, self.dataset.tables, Embedded()
        rows = build_rows(dict(engine.open(self.dataset)), standard, tables, self.year, engine)
        split = set(standard.split.indicators) if standard.split else set()
        stages = engine.keep("学段", {"stages": with_values(rows.stages, standard.resources, split)})["stages"]
        balance = county_balance(stages.filter(nw.col("left_out").is_null()), [*standard.resources], weighted=True)
        collected = engine.collect("指标", {"stages": stages, "balance": balance})
        judged = judge_rows(collected["stages"], standard, tables)
        self.found = judged, judge_balance(collected["balance"], judged, standard)

    def answer(self) -> tuple[Any, Any]:
        assert self.found is not None
        return self.found
