"""Measure one contender on one snapshot, in a process of its own.

``python -m benchmarks.contender NAME SNAPSHOT RUNS``
"""

from __future__ import annotations

import json
import resource
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.question import Contender
from benchmarks.timing import seconds

# Imported by name: no contender carries the libraries of another in its memory.
CONTENDERS = {
    "whole": ("benchmarks.judge", "WholeVerdict"),
    "part": ("benchmarks.judge", "ResourcesAndBalance"),
    "sql": ("benchmarks.sql", "Sql"),
    "pandas": ("benchmarks.frames_pandas", "Pandas"),
}


def load(name: str, folder: Path) -> Contender:
    module, kind = CONTENDERS[name]
    contender: Contender = getattr(import_module(module), kind)(folder)
    return contender


def peak_mib() -> float:
    unit = 1 if sys.platform == "darwin" else 1024  # Linux counts in KiB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def main() -> None:
    name, folder, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    contender = load(name, folder)
    loaded = peak_mib()
    clock, cores = seconds(contender.run, runs)
    print(json.dumps({"seconds": clock, "cores": cores, "loaded": loaded, "peak": peak_mib()}))


if __name__ == "__main__":
    main()
