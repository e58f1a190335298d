"""Teacher rotation: ``python -m benchmarks.plan_rotation [--schools 130 …] [--seconds 120] [--direct]``.

Made-up counties of about 46 teachers a school, not half of them eligible, with posts above what the roster fills in
places. Prints for each county and emphasis what the plan says of itself and what it took; with ``--direct`` also what
SCIP and HiGHS take for the same program as it is, without the prices of the relaxation.
"""

from __future__ import annotations

import argparse
import math
import time
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl

from benchmarks.processes import peak_mib
from junheng.planning.rotation.plan import RotationPlan, plan_rotation
from junheng.planning.rotation.rules import default_rows
from junheng.planning.solvers.highs import solve_linear
from junheng.planning.solvers.scip import solve_whole
from junheng.tables.catalogue import planning_tables
from junheng.tables.dataset import Dataset

SEED = 5
SIDE = 60.0  # km
_KM_PER_DEGREE = 111.2
_PRIMARY = {
    "chinese": 28, "mathematics": 22, "english": 9, "morality": 4, "science": 6, "pe": 8, "music": 5, "fine_arts": 5,
    "information": 3, "labour": 2, "psychology": 1, "other": 7,
}  # fmt: skip
_JUNIOR = {
    "chinese": 16, "mathematics": 16, "english": 15, "morality": 6, "physics": 8, "chemistry": 6, "biology": 5,
    "history": 6, "geography": 5, "pe": 6, "music": 2, "fine_arts": 2, "information": 3, "psychology": 1,
}  # fmt: skip


def county(schools: int, seed: int = SEED) -> Dataset:
    """A county of so many schools: town schools large and rich in backbone teachers, far ones small and poor."""
    rng = Random(seed)
    places = [(rng.random() * SIDE, rng.random() * SIDE) for _ in range(schools)]
    centre = (SIDE / 2, SIDE / 2)
    by_distance = sorted(range(schools), key=lambda school: math.dist(places[school], centre))
    rank = {school: place / schools for place, school in enumerate(by_distance)}
    rows: dict[str, list[dict[str, Any]]] = {"school": [], "teacher": [], "post": [], "distance": []}
    for school, (east, north) in enumerate(places):
        code, town = f"99{school:08d}", f"{int(east // 20)}{int(north // 20)}镇"
        rows["school"].append(
            {
                "school_code": code,
                "school_name": f"第{school + 1}学校",
                "town": town,
                "longitude": _degrees(110 + east / (_KM_PER_DEGREE * math.cos(math.radians(30.3)))),
                "latitude": _degrees(30 + north / _KM_PER_DEGREE),
                "hardship": rank[school] > 0.85,
            }
        )
        stage = "junior" if school % 5 == 0 else "primary"
        teachers = max(8, min(200, round(rng.lognormvariate(3.6, 0.6))))
        _staff(rng, rows, code, town, stage, teachers, rank[school])
    tables = planning_tables("rotation")
    rows["setting"] = default_rows()
    frames = {name: pl.DataFrame(rows[name], schema=table.schema) for name, table in tables.tables.items()}
    return Dataset(tables, frames, name="bench")


def _staff(
    rng: Random, rows: dict[str, list[dict[str, Any]]], code: str, town: str, stage: str, size: int, rank: float
) -> None:
    shares = _PRIMARY if stage == "primary" else _JUNIOR
    subjects = rng.choices([*shares], [weight * rng.uniform(0.6, 1.4) for weight in shares.values()], k=size)
    for number, subject in enumerate(subjects):
        rows["teacher"].append(
            {
                "teacher_code": f"{code}-{number:03d}",
                "teacher_name": f"教师{number + 1}",
                "school_code": code,
                "stage": stage,
                "subject": subject,
                "degree": _draw(rng, {"master": 0.05, "bachelor": 0.75 - 0.3 * rank, "associate": 0.3}),
                "title": _draw(rng, {"senior": 0.15, "middle": 0.5 - 0.25 * rank, "junior": 0.4}),
                "backbone": rng.random() < (0.2 if rank < 0.4 else 0.04),
                "years": Decimal(rng.randint(0, 10)),
                "hardship_done": rng.random() < 0.1,
                "home_town": town,
            }
        )
    for subject, weight in shares.items():
        posts = math.floor(size * weight / sum(shares.values()) * 0.8)
        if posts or size >= 30:
            rows["post"].append({"school_code": code, "stage": stage, "subject": subject, "posts": max(1, posts)})


def _draw(rng: Random, shares: dict[str, float]) -> str:
    return rng.choices([*shares], [*shares.values()])[0]


def _degrees(value: float) -> Decimal:
    return Decimal(str(round(value, 6)))


_HEADS = (
    "schools", "teachers", "flows", "emphasis", "status", "gap", "solve s", "all s", "moves", "share", "backbone",
    "mean km", "lacking before", "after", "peak MiB",
)  # fmt: skip


def _line(plan: RotationPlan, whole: float) -> list[str]:
    document = plan.document()
    shares, needs, proof = document["shares"], document["needs"], document["proof"]
    return [
        str(len(plan.inputs.schools)),
        str(shares["teachers"]),
        str(plan.model.arcs),
        plan.emphasis,
        proof["status"],
        "unknown" if proof["gap"] is None else f"{proof['gap']:.4%}",
        f"{proof['seconds']:.1f}",
        f"{whole:.1f}",
        str(shares["moved"]),
        f"{shares['share']:.2f}%",
        f"{shares['backbone_share']:.2f}%",
        f"{document['fairness']['mean_km']}",
        str(sum(max(0, need["need"] - need["before"]) for need in needs)),
        str(sum(need["lacking"] for need in needs)),
        f"{peak_mib():.0f}",
    ]


def _direct(plan: RotationPlan, seconds: float) -> None:
    """The same program given to each solver as it is."""
    program = plan.model.program
    for name, answer in (
        ("SCIP", solve_whole(program, seconds=seconds, gap=0.0)),
        ("HiGHS", solve_linear(program, seconds=seconds)),
    ):
        value = "none" if answer.x is None else f"{program.value(answer.x) / 10:.0f}"
        print(f"{name} alone: {answer.ended}, {answer.seconds:.1f} s, {value} points (plan: {plan.points:.0f})")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--schools", type=int, nargs="+", default=[60, 130])
    arguments.add_argument("--seconds", type=float, default=120.0)
    arguments.add_argument("--direct", action="store_true")
    chosen = arguments.parse_args()
    print(" | ".join(_HEADS))
    for schools in chosen.schools:
        dataset = county(schools)
        for emphasis in ("gaps", "moves", "distance"):
            began = time.perf_counter()
            plan = plan_rotation(dataset, emphasis=emphasis, seconds=chosen.seconds)
            print(" | ".join(_line(plan, time.perf_counter() - began)), flush=True)
            if chosen.direct and emphasis == "gaps":
                _direct(plan, chosen.seconds)


if __name__ == "__main__":
    main()
