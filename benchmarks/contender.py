"""Measure one contender on one year of one nation, in a process of its own.

``python -m benchmarks.contender NAME NATION YEAR RUNS [ANSWER]``: the first answer ends what a new process costs
(``cold``), the next ones are timed (with no RUNS that one is); the last is kept as a Parquet file where one is named.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import polars as pl

from benchmarks.processes import TreePeak, peak_mib, resident_mib, since_start
from benchmarks.question import Contender
from benchmarks.timing import seconds

# Imported by name: no contender carries the libraries of another in its memory.
CONTENDERS = {
    "whole": ("benchmarks.judge", "WholeVerdict"),
    "part": ("benchmarks.judge", "ResourcesAndBalance"),
    "sql": ("benchmarks.sql", "Sql"),
    "pandas": ("benchmarks.frames_pandas", "Pandas"),
    "spark": ("benchmarks.judge_spark", "OnSpark"),
    "rosters": ("benchmarks.rosters", "Rosters"),
    "rosters_sql": ("benchmarks.rosters_sql", "RostersSql"),
    "rosters_pandas": ("benchmarks.rosters_pandas", "RostersPandas"),
    "rosters_spark": ("benchmarks.rosters", "RostersOnSpark"),
}
# What starts processes of its own, whose memory counts too.
TREES = ("spark", "rosters_spark")


def load(name: str, nation: Path, year: int) -> Contender:
    module, kind = CONTENDERS[name]
    contender: Contender = getattr(import_module(module), kind)(nation, year)
    return contender


def main() -> None:
    name, nation, year, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    with TreePeak() as tree:
        contender = load(name, nation, year)
        loaded = resident_mib() if name in TREES else peak_mib()
        clock, cores = seconds(contender.run, 1, is_warm=True)
        cold = since_start()
        if runs:
            clock, cores = seconds(contender.run, runs, is_warm=True)
    peak = tree.mib if name in TREES else peak_mib()
    answer = pl.DataFrame(contender.answer()[0])
    for file in sys.argv[5:]:
        answer.write_parquet(file)
    found = {"rows": answer.height, "clock": clock, "cores": cores, "cold": cold, "loaded": loaded, "peak": peak}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
