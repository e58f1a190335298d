"""Small random programs for all solvers."""

from __future__ import annotations

import numpy as np

from junheng.planning.solvers.program import Program, ProgramBuilder


def random_program(seed: int, *, whole: bool, cone: bool = False) -> Program:
    """A covering problem: it has an answer, and its optimum is finite."""
    rng = np.random.default_rng(seed)
    count, rules = int(rng.integers(3, 9)), int(rng.integers(2, 6))
    builder = ProgramBuilder()
    x = builder.variables(count, upper=rng.integers(3, 9, count), cost=rng.integers(1, 20, count), whole=whole)
    factors = rng.integers(0, 5, (rules, count)).astype(float)
    most = factors @ np.full(count, 3.0)
    rows, columns = np.nonzero(factors)
    builder.rows("cover", rows, x[columns], factors[rows, columns], lower=np.floor(most * 0.6), count=rules)
    if cone:
        builder.cone("round", np.arange(count), x, 1.0, np.zeros(count), bound=(x, np.full(count, 0.8)), constant=1.0)
    return builder.program(constant=3.0)
