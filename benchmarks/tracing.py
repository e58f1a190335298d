"""Reasons on demand: of one school and of one county, out of the judgement of a whole nation.

``python -m benchmarks.tracing NATION YEAR COUNT RUNS``: of so many counties and schools, evenly chosen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import junheng
from benchmarks.judge import WholeVerdict
from benchmarks.processes import peak_mib
from benchmarks.question import STANDARD
from benchmarks.timing import seconds
from junheng.verdict.judgement import Judgement
from junheng.verdict.reasons import county_reasons
from junheng.workflow.nation_county import judge_county


def main() -> None:
    nation, year, count, runs = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    contender = WholeVerdict(nation, year)
    contender.run()
    assert contender.judgement
    found = {
        name: per_one(call, runs, many) for name, (call, many) in asked(contender.judgement, nation, count).items()
    }
    print(json.dumps({"asked": found, "rows": contender.judgement.rows.height, "peak": peak_mib()}))


def asked(judgement: Judgement, nation: Path, count: int) -> dict[str, tuple[Callable[[], object], int]]:
    """What is timed, and of how many: everything that somebody asks why about."""
    schools = evenly(judgement.in_scope["school_code"].unique(maintain_order=True).to_list(), count)
    counties = evenly(judgement.counties["county_code"].to_list(), count)

    def alone(county: str) -> object:
        """As ``junheng nation explain`` does it: nothing of the nation is in memory."""
        return county_reasons(judge_county(nation, county, standard=STANDARD, year=judgement.year), county)

    return {
        "school": (lambda: [junheng.explain(judgement, school=school) for school in schools], len(schools)),
        "county": (lambda: [county_reasons(judgement, county) for county in counties], len(counties)),
        "county_from_store": (lambda: [alone(county) for county in counties], len(counties)),
    }


def per_one(call: Callable[[], object], runs: int, many: int) -> dict[str, float]:
    clock, cores = seconds(call, runs)
    return {"clock": clock / many, "cores": cores / many}


def evenly(every: Sequence[str], count: int) -> list[str]:
    """So many of a list, as far apart as they can be."""
    return [every[place * len(every) // count] for place in range(min(count, len(every)))]


if __name__ == "__main__":
    main()
