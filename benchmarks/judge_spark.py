"""Our judge on Spark: the same rules, on a cluster of this one machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from benchmarks.judge import WholeVerdict
from junheng.engine.protocol import Engine

MASTER = "local[2]"


@cache
def local_spark() -> Engine:
    """The one of this process: there can be no second."""
    from junheng.engine.spark import Spark

    return Spark(MASTER)


class OnSpark(WholeVerdict):
    """The whole verdict, its expressions run by Spark."""

    def __init__(self, nation: Path, year: int) -> None:
        super().__init__(nation, year)
        self.engine = local_spark()
