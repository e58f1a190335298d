"""The forecast of a province or the nation, back-tests included: ``python -m benchmarks.forecasts NATION REGION``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.processes import core_seconds, peak_mib
from junheng.store.national import NationalStore
from junheng.workflow.forecast import forecast


def main() -> None:
    nation, region = NationalStore(Path(sys.argv[1])), sys.argv[2]
    used, began = core_seconds(), perf_counter()
    found = forecast(nation, region=region)
    clock, cores = perf_counter() - began, core_seconds() - used
    sizes = {"counties": found.counties["county_code"].n_unique(), "schools": found.schools["school_code"].n_unique()}
    print(json.dumps(sizes | {"rows": found.grades.height, "clock": clock, "cores": cores, "peak": peak_mib()}))


if __name__ == "__main__":
    main()
