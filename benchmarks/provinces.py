"""What the pages and commands of a province or the nation show: each view from nothing but the store.

``python -m benchmarks.provinces NATION YEAR REGION RUNS``; no region is the whole nation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import peak_mib
from benchmarks.question import INDICATORS
from benchmarks.timing import seconds
from junheng.monitoring.monitoring import Monitoring
from junheng.workflow.monitoring import monitor

FIRST = next(iter(INDICATORS))
VIEWS: dict[str, Callable[[Monitoring, int], object]] = {
    "standings": lambda watched, year: watched.standings(year),
    "warnings": lambda watched, year: watched.warnings(year),
    "ranking": lambda watched, year: watched.ranking("cv", FIRST, "primary", year),
    "distribution": lambda watched, _: watched.distribution(by="province"),
    "schools": lambda watched, year: watched.school_distribution(by="location", year=year),
    "decomposition": lambda watched, _: watched.decomposition(),
}


def main() -> None:
    nation, year, region, runs = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])

    def shown(view: Callable[[Monitoring, int], object]) -> Callable[[], object]:
        return lambda: view(monitor(nation, region=region), year)

    found = {
        name: dict(zip(("clock", "cores"), seconds(shown(view), runs), strict=True)) for name, view in VIEWS.items()
    }
    counties = monitor(nation, region=region).standings(year).height
    print(json.dumps({"counties": counties, "views": found, "peak": peak_mib()}))


if __name__ == "__main__":
    main()
