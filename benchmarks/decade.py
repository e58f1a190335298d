"""All years of a nation, as ``junheng nation judge`` does: open, judge, keep what is watched; each year once.

``python -m benchmarks.decade NATION ENGINE [YEARS]``, the engine ``embedded`` or ``spark``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.judge_spark import local_spark
from benchmarks.processes import TreePeak, core_seconds
from benchmarks.question import STANDARD
from junheng.engine.embedded import Embedded
from junheng.workflow.nation import judge_nation


def main() -> None:
    nation, engine, *years = sys.argv[1:]
    with TreePeak() as tree:
        used, began = core_seconds(), perf_counter()
        judged = list(
            judge_nation(
                Path(nation),
                standard=STANDARD,
                years=[int(year) for year in years],
                engine=local_spark() if engine == "spark" else Embedded(),
                again=True,
            )
        )
        clock, cores = perf_counter() - began, core_seconds() - used
    by_year = {year.about.year: year.seconds for year in judged}
    counties = sum(year.counties.height for year in judged)
    print(json.dumps({"years": by_year, "counties": counties, "clock": clock, "cores": cores, "peak": tree.mib}))


if __name__ == "__main__":
    main()
