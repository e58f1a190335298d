"""Time a call several times."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time


def seconds(call: Callable[[], object], runs: int) -> tuple[float, float]:
    """The median of ``runs`` calls after one that does not count: seconds on the clock, and of all cores together."""
    call()
    clock, cores = [], []
    for _ in range(runs):
        began, used = perf_counter(), process_time()
        call()
        clock.append(perf_counter() - began)
        cores.append(process_time() - used)
    return median(clock), median(cores)
