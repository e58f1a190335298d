"""``python -m benchmarks.plan_resources``: print what resource plans cost, how near the best they are proven to be, and
what the same counties cost when they are planned as people plan today.

Every plan is made in a process of its own, whose peak memory is that of one plan; SCIP's is that of its child.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import junheng
from benchmarks.page import table
from benchmarks.plan_counties import DAY, judged
from benchmarks.plan_today import WAYS, today
from junheng.planning.resources.filed import missing_values
from junheng.planning.resources.measures import Inputs, default_inputs
from junheng.planning.resources.plan import plan_resources
from junheng.planning.resources.state import state
from junheng.verdict.judgement import Judgement

ROOT = Path(__file__).parents[1]
STANDARD = "CN/youzhi_2017"
EXAMPLE = ROOT / "examples/county.xlsx"
SEED, SPREAD = 1, 0.35
SPREADS = (0.2, 0.3, 0.4, 0.5)
LIBRARIES = ("junheng", "clarabel", "highspy", "pyscipopt", "numpy", "scipy", "polars")
SUPPOSED = Fraction(3)  # of what the example county left blank
WAN = 10_000

LIMITS = f"""
## What this run does not prove

- One run on one machine whose other load is not controlled. A slower machine finds worse plans in the same seconds,
  but what is printed as proven holds anywhere.
- The generated counties are random, with logarithms of factors spread by {SPREAD} where nothing else is said. Unit
  costs are the assumed ones; with others, ratios differ.
- The ways of today are ours to state: fill everything; the cheapest gap first; each indicator on its own. They use the
  same numbers, measures without moves and the same judge, but an able person would notice some of what they miss.
- A way of today that fails has no comparable cost: its ratio is of an unfinished plan.
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description="Print cost, bound, gap, time and memory of resource plans.")
    arguments.add_argument("--sizes", type=int, nargs="*", default=[130, 500, 2000], help="schools of a county")
    arguments.add_argument("--seconds", type=float, default=60.0, help="for each search")
    arguments.add_argument("--counties", type=int, default=20, help="counties of the comparison")
    arguments.add_argument("--schools", type=int, default=60, help="schools of each county of the comparison")
    arguments.add_argument("--one", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.one is not None:
        kind, *words = given.one.split(":")
        print(json.dumps(_plan(*words) if kind == "plan" else _compare(*words)))
        return
    began = perf_counter()
    print("# Resource plans\n")
    _print_machine()
    _print_sizes(given.sizes, given.seconds)
    if given.counties:
        _print_comparison(given.counties, given.schools)
    print(LIMITS)
    print(f"The whole run took {perf_counter() - began:.0f} s.")


def _child(*words: object) -> Any:  # noqa: ANN401 - what the child printed
    command = [sys.executable, "-m", "benchmarks.plan_resources", "--one", ":".join(map(str, words))]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def _print_machine() -> None:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    rows = [
        ("cores", os.cpu_count()),
        ("load before the run (1, 5, 15 min)", load),
        ("system", f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"),
        ("libraries", ", ".join(f"{name} {version(name)}" for name in LIBRARIES)),
        ("standard, day", f"{STANDARD}, {DAY}"),
    ]
    print(table(("machine", ""), rows))


def _print_sizes(sizes: list[int], seconds: float) -> None:
    print("## Cost, bound and proof\n")
    print(
        f"All measures at their assumed costs, nothing limited; the search ends at a gap of 0.01 % or after "
        f"{seconds:g} s. “Whole” is everything from the judgement to the plan judged again, dated and exact; "
        "“first plan” and “gap ≤ 0.1 %” are the seconds at which they were there.\n"
    )
    rows = []
    for county in ("example", *sizes):
        one = _child("plan", county, seconds)
        rows.append(
            (
                f"{one['schools']} ({one['rows']} rows)" + (", the example county" if county == "example" else ""),
                f"{one['cost'] / WAN:,.2f}",
                f"{one['bound'] / WAN:,.2f}",
                f"{one['gap'] * 100:.4f}",
                f"{one['gap_at_5'] * 100:.4f}" if one["gap_at_5"] is not None else "none",
                _seconds(one["first"]),
                _seconds(one["within"]),
                _seconds(one["search"]),
                _seconds(one["whole"]),
                f"{one['peak']:.0f}",
                f"{one['child_peak']:.0f}",
            )
        )
    heads = ("schools", "cost, 万元", "bound, 万元", "gap, %", "gap after 5 s, %", "first plan, s", "gap ≤ 0.1 %, s")
    print(table((*heads, "search, s", "whole, s", "MiB peak", "MiB peak of SCIP"), rows))


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _plan(county: str, seconds: str) -> dict[str, Any]:
    """One county, planned in this process."""
    judgement, inputs = _example() if county == "example" else _generated(int(county))
    points: list[tuple[float, float, float]] = []
    began = perf_counter()

    def tell(step: str, value: float, bound: float) -> bool:
        points.append((perf_counter() - began, value, bound))
        return True

    plan = plan_resources(judgement, inputs, seconds=float(seconds), gap=1e-4, tell=tell, explain=False)
    whole = perf_counter() - began
    known = [(at, (value - bound) / value if value else 0.0) for at, value, bound in points if value < float("inf")]
    return {
        "schools": plan.before.in_scope["school_code"].n_unique(),
        "rows": len(plan.statement.rows),
        "cost": float(plan.cost),
        "bound": float(plan.bound),
        "gap": plan.gap,
        "gap_at_5": min((gap for at, gap in known if at <= 5.0), default=None),
        "first": min((at for at, _ in known), default=None),
        "within": min((at for at, gap in known if gap <= 1e-3), default=None),
        "search": plan.seconds,
        "whole": whole,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "child_peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def _example() -> tuple[Judgement, Inputs]:
    judgement = junheng.judge(EXAMPLE, standard=STANDARD, on=str(DAY))
    code = str(judgement.counties["county_code"][0])
    supposed = dict.fromkeys(missing_values(judgement, code), SUPPOSED)
    return judgement, replace(default_inputs(confirmed=True), supposed=supposed)


def _generated(schools: int) -> tuple[Judgement, Inputs]:
    return judged(schools, SEED, SPREAD), default_inputs(confirmed=True)


def _print_comparison(counties: int, schools: int) -> None:
    print("## Against what is done today\n")
    print(
        f"{counties} generated counties of {schools} schools, spreads {', '.join(map(str, SPREADS))} in turn, and the "
        "example county. Costs are divided by that of our plan (gap ≤ 0.1 %, or 10 s). A county counts as failed when "
        "the judge finds a school or a coefficient that misses its limit; “CV over” counts coefficients. Our plan "
        "without moves is given too: the ways of today know no moves.\n"
    )
    found = [_child("compare", "example")]
    found += [_child("compare", schools, seed, SPREADS[seed % len(SPREADS)]) for seed in range(counties)]
    rows = []
    for way, label in {"still": "ours, without moves", **WAYS}.items():
        for name, part in (("example county", found[:1]), ("generated", found[1:])):
            ratios = sorted(one[way]["cost"] / one["ours"]["cost"] for one in part if one["ours"]["cost"])
            failed = [one[way] for one in part if one[way]["schools"] or one[way]["coefficients"]]
            rows.append(
                (
                    label,
                    name,
                    f"{median(ratios):.2f}",
                    f"{ratios[0]:.2f} – {ratios[-1]:.2f}",
                    f"{sum(1 for one in part if one[way]['coefficients'])} of {len(part)}",
                    sum(one[way]["coefficients"] for one in part),
                    f"{sum(1 for one in part if one[way]['schools'])} of {len(part)}",
                    f"{len(failed)} of {len(part)}",
                )
            )
    heads = ("way", "counties", "cost to ours, median", "least – most", "counties with a CV over", "CV over in all")
    print(table((*heads, "counties with a school unmet", "failed"), rows))
    over = [one["before"]["coefficients"] for one in found[1:]]
    unequal = sum(1 for number in over if number)
    print(f"Before any plan {unequal} of {len(over)} generated counties have a CV over, {sum(over)} in all.\n")


def _compare(schools: str, seed: str = "", spread: str = "") -> dict[str, Any]:
    """One county planned in every way."""
    if schools == "example":
        judgement, inputs = _example()
    else:
        judgement, inputs = judged(int(schools), int(seed), float(spread)), default_inputs(confirmed=True)
    ours = plan_resources(judgement, inputs, seconds=10, gap=1e-3, explain=False)
    still = {n: replace(c, allowed=c.allowed and not n.startswith("move_")) for n, c in inputs.choices.items()}
    inputs = replace(inputs, choices=still)
    ours_still = plan_resources(judgement, inputs, seconds=10, gap=1e-3, explain=False)
    found = {
        "ours": {"cost": float(ours.cost), **_failed(ours.after, ours.county)},
        "still": {"cost": float(ours_still.cost), **_failed(ours_still.after, ours.county)},
        "before": _failed(ours.before, ours.county),
    }
    statement = state(ours.before, inputs, ours.county)
    for way in WAYS:
        cost, after = today(way, ours.before, statement)
        found[way] = {"cost": float(cost), **_failed(after, ours.county)}
    return found


def _failed(judgement: Judgement, county: str) -> dict[str, int]:
    """How many rows and how many coefficients miss their limits."""
    rows = judgement.in_scope.filter(judgement.in_scope["county_code"] == county)
    balance = judgement.balance.filter(judgement.balance["county_code"] == county)
    return {
        "schools": int((rows["outcome"] == "unmet").sum()),
        "coefficients": int((balance["outcome"] == "unmet").sum()),
    }


if __name__ == "__main__":
    main()
