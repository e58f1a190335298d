"""``python -m benchmarks.run [--quick]``: print how long judging takes, beside SQL and pandas, in one run.

Everything heavy runs in processes of its own; this one stays small, because on Linux a child's peak memory starts at
that of the process that starts it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.contender import CONTENDERS
from benchmarks.question import DAY, STANDARD

ROOT = Path(__file__).parents[1]
SEED = 1
RUNS = {1: 7, 10: 7, 100: 7, 2900: 3}
QUICK = {1: 3, 10: 3, 100: 3}
EXAMPLE = "examples/county.xlsx"
LABELS = {
    "whole": "our judge, whole verdict",
    "part": "our judge, resources and balance only",
    "sql": "hand-written SQL (DuckDB)",
    "pandas": "pandas group-by",
}
LIBRARIES = ("junheng", "polars", "narwhals", "duckdb", "pandas", "numpy", "pyarrow", "python-calamine", "xlsxwriter")

LIMITS = f"""
## What this run does not prove

- It is one run on one machine whose other load is not controlled. Read differences under a third as noise; compare the
  contenders of this run with each other, never with figures from elsewhere. "Core seconds" add up all cores and move
  less with other load than the clock does.
- The counties are generated, with one school year, no campuses, few blanks and no judged items. Real data have other
  sizes and more oddities, and near-limit rows, which are decided again in fractions, may be more or fewer.
- SQL and pandas compute the seven resources and their coefficients of {STANDARD} only, in floats with a fixed
  tolerance, with the standard's numbers typed into them; the whole verdict also computes every item of the county and
  decides near a limit exactly. Only "resources and balance only" is the same work.
- Every contender starts from its own tables in memory, all columns loaded; reading them is not in its time but is in
  its memory. Ours keeps filed decimals exact and turns them into floats while it is timed; the others loaded floats.
- The SQL and the pandas code are what one careful person writes, not the fastest there could be.
- Nothing here is asserted: a slow run fails nothing.
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description="Print times, ratios and memory of judging.")
    arguments.add_argument("--quick", action="store_true", help="small sizes only")
    quick = arguments.parse_args().quick
    runs = QUICK if quick else RUNS
    began = perf_counter()
    with TemporaryDirectory() as scratch:
        store = os.environ["JUNHENG_STORE"] = f"{scratch}/store"
        # Compiled modules are kept as on a person's machine, wherever this one keeps them or not.
        os.environ["PYTHONPYCACHEPREFIX"] = f"{scratch}/compiled"
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        print("# Benchmarks\n")
        print_machine()
        example = child("prepare", 0, SEED, 3, store)
        print_county(example, 3 if quick else 7)
        print_cold(Path(example["folder"]).name, 2 if quick else 3)
        snapshots = {counties: child("prepare", counties, SEED, 3, store) for counties in runs}
        measured = {
            counties: {name: child("contender", name, snapshots[counties]["folder"], k) for name in CONTENDERS}
            for counties, k in runs.items()
        }
        print_sizes(snapshots, measured)
        print_growth(snapshots, measured)
        print_snapshots([example, *snapshots.values()])
    print(LIMITS)
    print(f"The whole run took {perf_counter() - began:.0f} s.")


def child(module: str, *words: object) -> Any:  # noqa: ANN401 - what the child printed
    """Run a module of this folder in a fresh process and read the JSON that it prints."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, words)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def print_machine() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    print_table(
        ("machine", ""),
        [
            ("cores", len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
            ("memory", f"{memory:.1f} GiB"),
            ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
            ("load before the run (1, 5, 15 min)", load),
            ("Python", platform.python_version()),
            ("libraries", libraries),
            ("standard, day", f"{STANDARD}, {DAY}"),
        ],
    )


def print_county(example: Any, runs: int) -> None:  # noqa: ANN401
    found = child("county", runs, example["folder"])
    print("## The example county\n")
    print(
        f"{example['schools']} schools, {example['rows']} rows judged, {example['filed']} rows filed in all tables. "
        f"Warm: the same process has done it before. Median of {runs}; peak memory of the process "
        f"{found['peak']:.0f} MiB. Aim: judging with full reasons in under 0.1 s.\n"
    )
    rows = [(name, _seconds(clock), _seconds(cores)) for name, (clock, cores) in found["steps"].items()]
    print_table(("warm", "seconds", "core seconds"), rows)


def print_cold(snapshot: str, runs: int) -> None:
    command = str(Path(sys.executable).with_name("junheng"))
    day = ("--on", str(DAY))
    uncompiled = (sys.executable, "-B", "-X", f"pycache_prefix={os.devnull}", "-c", "import junheng")
    cases = {
        "start Python and end": (sys.executable, "-c", "pass"),
        "`import junheng`": (sys.executable, "-c", "import junheng"),
        "`junheng --help`": (command, "--help"),
        "`junheng check` the workbook": (command, "check", EXAMPLE),
        "`junheng judge` the workbook": (command, "judge", EXAMPLE, *day),
        "`junheng judge` the snapshot": (command, "judge", snapshot, *day),
        "`junheng explain` the workbook": (command, "explain", EXAMPLE, *day),
    }
    times = {name: _process_seconds(words, runs) for name, words in cases.items()}
    imported = times["`import junheng`"]
    rows = [(name, _seconds(taken), _seconds(max(taken - imported, 0))) for name, taken in times.items()]
    rows[:2] = [(name, taken, "") for name, taken, _ in rows[:2]]
    first = _seconds(_process_seconds(uncompiled, runs))
    rows.append(("`import junheng` where no compiled modules are kept (the first start after set-up)", first, ""))
    print_table((f"cold: a new process each time, median of {runs}", "seconds", "after the import"), rows)


def _process_seconds(words: tuple[str, ...], runs: int) -> float:
    """The median of ``runs`` processes after one that does not count."""
    times = []
    for _ in range(runs + 1):
        began = perf_counter()
        subprocess.run(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(perf_counter() - began)
    return median(times[1:])


def print_sizes(snapshots: dict[int, Any], measured: dict[int, Any]) -> None:
    difference = max(snapshot["difference"] for snapshot in snapshots.values())
    print("## Generated counties, one school year\n")
    print(
        f"Before timing, all contenders gave the same rows, blanks and outcomes at every size; their numbers differ by "
        f"at most {difference:.0e} (relative). Each is timed in a process of its own; ratios are of clock seconds to "
        f"SQL's. Aims: the nation's rows with verdicts in under 2 s on 2 cores; resources and balance at most 1.5 × "
        f"SQL.\n"
    )
    rows = []
    for counties, found in measured.items():
        snapshot = snapshots[counties]
        for name, label in LABELS.items():
            one = found[name]
            rows.append(
                (
                    f"{counties:,} ({snapshot['rows']:,} rows)",
                    label,
                    _seconds(one["seconds"]),
                    f"{one['seconds'] / found['sql']['seconds']:.2f} ×",
                    _seconds(one["cores"]),
                    f"{one['cores'] / found['sql']['cores']:.2f} ×",
                    f"{snapshot['rows'] / one['seconds']:,.0f}",
                    f"{one['loaded']:.0f}",
                    f"{one['peak']:.0f}",
                )
            )
    heads = ("counties", "contender", "seconds", "to SQL", "core seconds", "to SQL", "rows a second")
    print_table((*heads, "MiB loaded", "MiB peak"), rows)


def print_growth(snapshots: dict[int, Any], measured: dict[int, Any]) -> None:
    sizes = list(measured)
    pairs = list(pairwise(sizes))
    print(
        "How cost grows: the exponent of clock seconds over rows between sizes (1 is in proportion, 0 is constant).\n"
    )

    def exponent(name: str, small: int, large: int) -> str:
        grown = measured[large][name]["seconds"] / measured[small][name]["seconds"]
        return f"{log(grown) / log(snapshots[large]['rows'] / snapshots[small]['rows']):.2f}"

    rows = [(label, *(exponent(name, *pair) for pair in pairs)) for name, label in LABELS.items()]
    print_table(("contender", *(f"{small:,} → {large:,}" for small, large in pairs)), rows)


def print_snapshots(snapshots: list[Any]) -> None:
    print("## Snapshots\n")
    rows = [
        (
            f"{snapshot['counties']:,}" if place else "the example county",
            f"{snapshot['filed']:,}",
            _seconds(snapshot["commit"]),
            _seconds(snapshot["open"]),
            f"{snapshot['bytes'] / 2**20:.1f}",
        )
        for place, snapshot in enumerate(snapshots)
    ]
    print_table(("counties", "filed rows", "commit, seconds", "open and verify, seconds", "MiB on disk"), rows)


def print_table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    lines = [heads, tuple("---" for _ in heads), *rows]
    print("\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n", flush=True)


def _seconds(value: float) -> str:
    return f"{value:.3f}"


if __name__ == "__main__":
    main()
