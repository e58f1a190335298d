"""Persons counted by the declared rules, on either engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.judge_spark import local_spark
from benchmarks.rosters_question import AMOUNTS, KEY
from junheng.engine.embedded import Embedded
from junheng.engine.protocol import Engine
from junheng.indicators.roster_rules import roster_rules
from junheng.indicators.rosters import RosterAmounts, school_amounts
from junheng.store.national import NationalStore
from junheng.tables.catalogue import roster_tables

TEACHER = "teacher"


class Rosters:
    """The embedded engine, streaming: the persons need not fit in memory."""

    def __init__(self, nation: Path, year: int) -> None:
        self.table = roster_tables()[TEACHER]
        self.parts = NationalStore(nation).parts(self.table, [year], kind=TEACHER)
        self.engine: Engine = Embedded("streaming")
        self.found: RosterAmounts | None = None

    def run(self) -> None:
        persons = self.engine.scan(self.table, self.parts)
        self.found = school_amounts(persons, self.table, roster_rules()[TEACHER], self.engine)

    def answer(self) -> tuple[Any, Any]:
        assert self.found is not None
        of_compulsory = self.found.stages.filter(pl.col("stage").is_in(["primary", "junior"]))
        return of_compulsory.select(*KEY, *AMOUNTS), None


class RostersOnSpark(Rosters):
    """The same expressions on Spark."""

    def __init__(self, nation: Path, year: int) -> None:
        super().__init__(nation, year)
        self.engine = local_spark()
