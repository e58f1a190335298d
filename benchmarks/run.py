"""``python -m benchmarks.run [--quick] [--nation FOLDER] [--output FILE]``: measure everything once, in one run.

Prints the tables as they come and writes every figure to a JSON file, from which the manual's page is generated: the
committed ``benchmarks/results/run.json`` by default; a quick run writes only where ``--output`` says.

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
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.page import ENGLISH, machine_lines, section
from benchmarks.processes import ROOT, child
from benchmarks.question import DAY, STANDARD, TABLES, YEAR

RESULTS = ROOT / "benchmarks/results/run.json"
KEPT = ROOT / "build/benchmarks"
EXAMPLE = "examples/county.xlsx"
LIBRARIES = ("junheng", "polars", "narwhals", "pyspark", "duckdb", "pandas", "pyarrow", "numpy", "python-calamine")
SEED = 1
WAYS = ("whole", "part", "sql", "pandas", "spark")
PERSONS = ("rosters", "rosters_sql", "rosters_pandas", "rosters_spark")
FILED = (*TABLES, "county", "county_year", "finance_year", "judged_item", "satisfaction", "monitoring")
PROVINCE = "41"  # 河南, of the provinces with the most counties


@dataclass(frozen=True)
class Plan:
    """What one run measures.

    Attributes:
        sizes: counties judged → how often each way is timed; Spark always once.
        on_spark: the sizes that Spark judges too.
        counties, years, persons: of the large nation; of which years there are persons.
        schools: of the workbooks that are read.
    """

    sizes: dict[int, int]
    on_spark: tuple[int, ...]
    counties: int
    years: tuple[int, ...]
    persons: tuple[int, ...]
    schools: dict[int, int]
    runs: int


FULL = Plan(
    sizes={1: 7, 10: 7, 100: 5, 2900: 3},
    on_spark=(1, 100, 2900),
    counties=2900,
    years=tuple(range(2017, 2027)),
    persons=(YEAR,),
    schools={30: 5, 130: 3, 500: 2},
    runs=3,
)
QUICK = Plan(
    sizes={1: 3, 10: 3, 100: 2},
    on_spark=(1, 100),
    counties=100,
    years=(2023, 2024, 2025),
    persons=(YEAR,),
    schools={30: 2},
    runs=2,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="100 counties, three years; a few minutes")
    parser.add_argument("--output", type=Path, help="the JSON file to write")
    parser.add_argument("--only", nargs="*", default=[], metavar="SECTION", help="these sections alone; needs --output")
    asked = parser.parse_args()
    output = asked.output or (None if asked.quick or asked.only else RESULTS)
    began = perf_counter()
    with TemporaryDirectory() as scratch:
        # Compiled modules are kept as on a person's machine, wherever this one keeps them or not.
        os.environ |= {"PYTHONPYCACHEPREFIX": f"{scratch}/compiled", "JUNHENG_STORE": f"{scratch}/store"}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        run = Run(QUICK if asked.quick else FULL, Path(scratch))
        found: dict[str, Any] = {"about": about(asked.quick)}
        print(machine_lines(found["about"], ENGLISH), flush=True)
        for name, measure in run.sections(asked.only):
            found[name] = measure()
            found["about"]["seconds"] = perf_counter() - began
            if output:  # after each section: an interrupted run keeps what it has measured
                output.parent.mkdir(parents=True, exist_ok=True)
                output.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print("\n" + section(name, found, ENGLISH), flush=True)
    print(f"\nThe whole run took {found['about']['seconds']:.0f} s.")


def about(is_quick: bool) -> dict[str, Any]:
    """The machine, the program, the data: what a reader must know to judge the figures."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "quick": is_quick,
        "cores": cores,
        "memory_gib": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        "system": f"{platform.system()} {platform.machine()}",
        "load": list(os.getloadavg()),
        "python": platform.python_version(),
        "java": _java(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "standard": STANDARD,
        "day": str(DAY),
        "seed": SEED,
    }


def _commit() -> str:
    """The commit measured, with a + where files differ from it; empty without git."""
    try:
        words = ("git", "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*")
        return subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _java() -> str:
    try:
        return subprocess.run(("java", "-version"), check=True, capture_output=True, text=True).stderr.splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return ""


class Run:
    """The sections of one run, in the order in which they need each other."""

    def __init__(self, plan: Plan, scratch: Path) -> None:
        self.plan, self.scratch = plan, scratch
        self.home = KEPT / f"{plan.counties}-counties"

    def sections(self, only: list[str]) -> Iterator[tuple[str, Callable[[], Any]]]:
        every: dict[str, Callable[[], Any]] = {
            "nation": self.nation,
            "agreement": self.agreement,
            "judge": self.judge,
            "decade": self.decade,
            "import": self.intake,
            "trace": self.trace,
            "views": self.views,
            "persons": self.persons,
            "forecast": self.forecast,
            "floor": self.floor,
            "county": self.county,
        }
        return ((name, measure) for name, measure in every.items() if name in only or not only)

    def nation(self) -> Any:  # noqa: ANN401 - this and what follows: what children printed
        plan = self.plan
        years, persons = ",".join(map(str, plan.years)), ",".join(map(str, plan.persons)) or "-"
        return child("nation", self.home, plan.counties, SEED, years, persons)

    def agreement(self) -> Any:  # noqa: ANN401
        """Nothing of it is timed, so both cores are used: one for the year that everything is held against."""
        others = [year for year in self.plan.years if year != YEAR]
        asked = (("--years", YEAR, "--exact", YEAR, "--spark", YEAR), ("--years", *others))
        with ThreadPoolExecutor() as threads:
            found = threads.map(lambda words: child("agreement_nation", self.home, *words), asked)
        return sorted((year for one in found for year in one["years"]), key=itemgetter("year"))

    def judge(self) -> Any:  # noqa: ANN401
        """Every way at every size: warm in one process, cold in one that does nothing else."""
        found = []
        for counties, runs in self.plan.sizes.items():
            home = self.home
            if counties != self.plan.counties:
                home = KEPT / f"{counties}-counties-of-{YEAR}"
                child("nation", home, counties, SEED, YEAR, "-")
            for way in WAYS:
                if way != "spark" or counties in self.plan.on_spark:
                    measured = child("contender", way, home, YEAR, 1 if way == "spark" else runs)
                    found.append({"way": way, "counties": counties, **measured})
        return found

    def decade(self) -> Any:  # noqa: ANN401
        return {engine: child("decade", self.home, engine, *self.plan.years) for engine in ("embedded", "spark")}

    def intake(self) -> Any:  # noqa: ANN401
        return {
            "workbooks": [child("intake", schools, runs) for schools, runs in self.plan.schools.items()],
            "loads": [child("intake", "--load", counties, SEED) for counties in self.plan.sizes],
        }

    def trace(self) -> Any:  # noqa: ANN401
        return child("tracing", self.home, YEAR, 20, self.plan.runs)

    def views(self) -> Any:  # noqa: ANN401
        return {
            "province": child("provinces", self.home, YEAR, PROVINCE, self.plan.runs),
            "nation": child("provinces", self.home, YEAR, "", self.plan.runs),
        }

    def persons(self) -> Any:  # noqa: ANN401
        """Read and counted from the files each time; the answers of the passes that are timed are compared."""
        found = []
        for way in PERSONS:
            runs = 0 if way == "rosters_pandas" else 1  # a minute each
            measured = child("contender", way, self.home, YEAR, runs, self.scratch / f"{way}.parquet")
            apart = child("agreement_persons", *(self.scratch / f"{one}.parquet" for one in (PERSONS[0], way)))
            found.append({"way": way, **measured, "largest": apart["largest"]})
        return found

    def forecast(self) -> Any:  # noqa: ANN401
        return {"province": child("forecasts", self.home, PROVINCE), "nation": child("forecasts", self.home, "")}

    def floor(self) -> Any:  # noqa: ANN401
        years, filed = ",".join(map(str, self.plan.years)), ",".join(FILED)
        return {
            "year": child("floor", self.home, YEAR, filed, self.plan.runs),
            "decade": child("floor", self.home, years, filed, self.plan.runs),
            "persons": child("floor", self.home, ",".join(map(str, self.plan.persons)), "teacher", self.plan.runs),
        }

    def county(self) -> Any:  # noqa: ANN401
        """The example county: warm, and as commands, each in a process of its own."""
        runs = self.plan.runs
        return child("county", runs) | {"cold": _commands(runs)}


def _commands(runs: int) -> dict[str, float]:
    command, day = str(Path(sys.executable).with_name("junheng")), ("--on", str(DAY))
    words = {
        "python": (sys.executable, "-c", "pass"),
        "import": (sys.executable, "-c", "import junheng"),
        "first_import": (sys.executable, "-B", "-X", f"pycache_prefix={os.devnull}", "-c", "import junheng"),
        "help": (command, "--help"),
        "check": (command, "check", EXAMPLE),
        "judge": (command, "judge", EXAMPLE, *day),
        "explain": (command, "explain", EXAMPLE, *day),
    }
    return {name: _process_seconds(asked, runs) for name, asked in words.items()}


def _process_seconds(words: tuple[str, ...], runs: int) -> float:
    """The median of ``runs`` processes after one that does not count."""
    times = []
    for _ in range(runs + 1):
        began = perf_counter()
        subprocess.run(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(perf_counter() - began)
    return median(times[1:])


if __name__ == "__main__":
    main()
