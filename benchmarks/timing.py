"""Time a call several times."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

from benchmarks.processes import core_seconds


def seconds(call: Callable[[], object], runs: int, *, is_warm: bool = False) -> tuple[float, float]:
    """The median of ``runs`` calls: seconds on the clock, and of all cores together.

    Args:
        is_warm: it was called before; else a first call does not count.
    """
    if not is_warm:
        call()
    clock, cores = [], []
    for _ in range(runs):
        used, began = core_seconds(), perf_counter()
        call()
        clock.append(perf_counter() - began)
        cores.append(core_seconds() - used)
    return median(clock), median(cores)
