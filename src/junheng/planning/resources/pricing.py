"""The county taken apart by prices: a better bound, and which limits each school had best meet.

The relaxation puts a price on every rule that ties schools together: the 差异系数, what moves, the money. With these
paid, each school stands alone, and small whole problems are solved exactly. Lagrange: no plan of the county can cost
less than the sum of theirs. The bound counts whole teachers and whole choices, which the relaxation does not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from junheng.planning.resources.model import ResourceModel
from junheng.planning.solvers.conic import Relaxed, generous, priced
from junheng.planning.solvers.highs import solve_linear
from junheng.planning.solvers.program import Floats

_TYING = ("moves", "budget", "mean:", "mean_cv:")


@dataclass(frozen=True)
class Priced:
    """A bound in the unit of the objective, and 0 or 1 for each demand: whether its limit had best be met."""

    bound: float
    met: Floats | None


def take_apart(model: ResourceModel, relaxed: Relaxed, *, seconds: float) -> Priced:
    """Solve the schools one by one at the prices of the relaxation, which must have an answer."""
    program = model.program
    assert relaxed.answer.x is not None
    worth = generous(program.value(relaxed.answer.x))
    tying = np.zeros(program.matrix.shape[0], dtype=bool)
    for name, rows in program.rules.items():
        if name.startswith(_TYING):
            tying[rows] = True
    # The rows within a school stay rows: only those that tie schools together are paid for.
    apart = priced(program, np.where(tying, relaxed.row_price, 0.0), relaxed.cone_duals, worth)
    alone = replace(apart, matrix=program.matrix[~tying], row_lower=program.row_lower[~tying],
                    row_upper=program.row_upper[~tying], rules={})  # fmt: skip
    found = solve_linear(alone, seconds=seconds, gap=1e-4)
    return Priced(min(found.bound, worth), None if found.x is None else np.round(found.x[model.met]))
