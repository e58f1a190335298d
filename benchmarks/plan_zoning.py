"""School zones: what is proven, in what time and memory, and against sending everybody to the nearest school.

``python -m benchmarks.plan_zoning [--blocks 1500] [--schools 60] [--seconds 90] [--seed 3]``
"""

from __future__ import annotations

import argparse
import resource
from time import perf_counter

import numpy as np
from scipy.spatial import Delaunay

from junheng.planning.zoning.contiguity import is_whole, members_of
from junheng.planning.zoning.problem import Owner, Problem, Unit
from junheng.planning.zoning.solve import solve

DETOUR = 1.3
OVER, SHORT = 50_000, 50_000  # pupil-metres for a missing seat, and for one below the least use
LEAST_USE = 0.75
SLACK = 1.10  # seats for every pupil, spread unevenly over the schools


def county(blocks: int, schools: int, seed: int) -> Problem:
    """Half the blocks in a dozen towns, half in the country; seats that do not lie where the children live."""
    random = np.random.default_rng(seed)
    towns = random.random((12, 2)) * 20
    inside = towns[random.integers(0, 12, blocks // 2)] + random.normal(0, 1.6, (blocks // 2, 2))
    places = np.vstack([inside, random.random((blocks - blocks // 2, 2)) * 20])
    homes = random.choice(blocks, schools, replace=False)
    pupils = (random.poisson(40, blocks) + 1).astype(np.int64)
    straight = np.hypot(*(places[:, None] - places[homes][None]).transpose(2, 0, 1))
    way = np.round(straight * DETOUR * 1000).astype(np.int64)
    share = random.lognormal(0, 0.35, schools)
    seats = np.ceil(share / share.sum() * pupils.sum() * SLACK).astype(int)
    beside: list[set[int]] = [set() for _ in range(blocks)]
    for corners in Delaunay(places).simplices.tolist():
        for corner in corners:
            beside[corner] |= set(corners) - {corner}
    return Problem(
        pupils=pupils,
        entry=np.zeros(blocks, dtype=np.int64),
        neighbours=tuple(tuple(sorted(near)) for near in beside),
        units=tuple(
            Unit(int(home), int(count), int(np.ceil(LEAST_USE * count)))
            for home, count in zip(homes, seats, strict=True)
        ),
        cost=way * pupils[:, None],
        way=way,
        over=np.full(schools, OVER, dtype=np.int64),
        short=np.full(schools, SHORT, dtype=np.int64),
    )


def line(name: str, problem: Problem, owner: Owner) -> str:
    """Travel, seats and contiguity of one assignment."""
    loads, _ = problem.loads(owner)
    seats = np.array([unit.seats for unit in problem.units])
    ways = problem.way[np.arange(problem.groups), owner]
    travel = float((ways * problem.pupils).sum()) / 1000
    broken = sum(not is_whole(problem, unit, zone) for unit, zone in enumerate(members_of(problem, owner)))
    over, full = int(np.maximum(0, loads - seats).sum()), int((loads > seats).sum())
    use = f"{100 * (loads / seats).min():.0f}-{100 * (loads / seats).max():.0f} %"
    mean = travel / int(problem.pupils.sum())
    return f"{name:16}{travel:12.0f}{mean:10.3f}{over:10}{full:10}{use:>14}{broken:10}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--blocks", type=int, default=1_500)
    arguments.add_argument("--schools", type=int, default=60)
    arguments.add_argument("--seconds", type=float, default=90)
    arguments.add_argument("--seed", type=int, default=3)
    chosen = arguments.parse_args()
    problem = county(chosen.blocks, chosen.schools, chosen.seed)
    began = perf_counter()
    found = solve(problem, seconds=chosen.seconds, gap=1e-4)
    took = perf_counter() - began
    print(f"{chosen.blocks} blocks, {chosen.schools} schools, {int(problem.pupils.sum())} pupils, seed {chosen.seed}")
    if found is None:
        print(f"no plan in {took:.1f} s")
        return
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    status = "optimal" if found.is_optimal else "feasible"
    print(
        f"{status}: value {found.value / 1000:.0f}, bound {found.bound / 1000:.0f}, gap {found.gap * 100:.3f} %, "
        f"{took:.1f} s, {memory:.0f} MB, {found.rounds} programs for the bound, {found.cuts} cuts"
    )
    heads = ("pupil-km", "mean km", "no seat", "over", "use", "broken")
    print(f"{'':16}{heads[0]:>12}{heads[1]:>10}{heads[2]:>10}{heads[3]:>10}{heads[4]:>14}{heads[5]:>10}")
    print(line("plan", problem, found.owner))
    print(line("nearest school", problem, problem.way.argmin(axis=1).astype(np.int64)))


if __name__ == "__main__":
    main()
