"""A mathematical program, as the planners state it and the solvers read it: sparse rows, second-order cones, names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]


@dataclass(frozen=True)
class Cone:
    """‖factor·x + offset‖₂ ≤ bound·x + constant.

    Attributes:
        factor: (p, n); ``offset``: (p,); ``bound``: (n,) as one sparse row.
    """

    name: str
    factor: sparse.csr_array
    offset: Floats
    bound: sparse.csr_array
    constant: float = 0.0

    def slack(self, x: Floats) -> float:
        """Right side less left side at a point: negative where the cone is violated."""
        right = float((self.bound @ x)[0]) + self.constant
        return right - float(np.linalg.norm(self.factor @ x + self.offset))


@dataclass(frozen=True)
class Program:
    """min cost·x + constant, subject to row_lower ≤ matrix·x ≤ row_upper, lower ≤ x ≤ upper, cones, whole numbers.

    Attributes:
        cost, lower, upper: (n,); ``whole``: (n,) bool, the variables that must be whole.
        matrix: (m, n); ``row_lower``, ``row_upper``: (m,), infinite where open.
        rules: name of a rule → the rows that state it, in the order the rules were added.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    whole: NDArray[np.bool_]
    matrix: sparse.csr_array
    row_lower: Floats
    row_upper: Floats
    cones: tuple[Cone, ...] = ()
    rules: dict[str, slice] = field(default_factory=dict)
    constant: float = 0.0

    @property
    def size(self) -> int:
        return len(self.cost)

    def value(self, x: Floats) -> float:
        """The objective at a point."""
        return float(self.cost @ x) + self.constant

    def violation(self, x: Floats) -> float:
        """By how much a point breaks its worst bound, row or cone; wholeness is not looked at."""
        rows = self.matrix @ x
        worst = [0.0]
        for low, at, high in ((self.lower, x, self.upper), (self.row_lower, rows, self.row_upper)):
            if len(at):
                worst += [float(np.max(low - at)), float(np.max(at - high))]
        return max(*worst, *(-cone.slack(x) for cone in self.cones))


class ProgramBuilder:
    """Collects variables, rows and cones; one call of ``rows`` states one rule of the planner."""

    def __init__(self) -> None:
        self._cost: list[Floats] = []
        self._lower: list[Floats] = []
        self._upper: list[Floats] = []
        self._whole: list[NDArray[np.bool_]] = []
        self._count = 0
        self._blocks: list[tuple[Indexes, Indexes, Floats]] = []
        self._row_lower: list[Floats] = []
        self._row_upper: list[Floats] = []
        self._rows = 0
        self._rules: dict[str, slice] = {}
        self._cones: list[tuple[str, Indexes, Indexes, Floats, Floats, Indexes, Floats, float]] = []

    def variables(
        self,
        count: int,
        *,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        cost: ArrayLike = 0.0,
        whole: ArrayLike = False,
    ) -> Indexes:
        """Add variables; return their indexes (count,)."""
        for kept, given in ((self._cost, cost), (self._lower, lower), (self._upper, upper)):
            kept.append(np.broadcast_to(np.asarray(given, dtype=float), (count,)))
        self._whole.append(np.broadcast_to(np.asarray(whole, dtype=bool), (count,)))
        self._count += count
        return np.arange(self._count - count, self._count)

    def rows(
        self,
        rule: str,
        row: ArrayLike,
        variable: ArrayLike,
        factor: ArrayLike,
        *,
        lower: ArrayLike = -np.inf,
        upper: ArrayLike = np.inf,
        count: int,
    ) -> None:
        """Add ``count`` rows of one rule, given as entries (row within the rule, variable, factor)."""
        at, of, by = np.broadcast_arrays(
            np.asarray(row, dtype=np.int64), np.asarray(variable, dtype=np.int64), np.asarray(factor, dtype=float)
        )
        self._blocks.append((at.ravel() + self._rows, of.ravel(), by.ravel()))
        self._row_lower.append(np.broadcast_to(np.asarray(lower, dtype=float), (count,)))
        self._row_upper.append(np.broadcast_to(np.asarray(upper, dtype=float), (count,)))
        self._rules[rule] = slice(self._rows, self._rows + count)
        self._rows += count

    def cone(
        self,
        name: str,
        row: ArrayLike,
        variable: ArrayLike,
        factor: ArrayLike,
        offset: Floats,
        *,
        bound: tuple[ArrayLike, ArrayLike],
        constant: float = 0.0,
    ) -> None:
        """Add ‖F x + offset‖₂ ≤ bound·x + constant, with F as entries and ``bound`` as (variables, factors)."""
        at, of, by = np.broadcast_arrays(
            np.asarray(row, dtype=np.int64), np.asarray(variable, dtype=np.int64), np.asarray(factor, dtype=float)
        )
        on, with_ = np.atleast_1d(np.asarray(bound[0], dtype=np.int64)), np.atleast_1d(np.asarray(bound[1], float))
        self._cones.append((name, at.ravel(), of.ravel(), by.ravel(), offset, on, with_, constant))

    def program(self, *, constant: float = 0.0) -> Program:
        count = self._count

        def joined(parts: list[Any]) -> Any:  # noqa: ANN401
            return np.concatenate(parts) if parts else np.empty(0)

        entries = [joined([block[part] for block in self._blocks]) for part in range(3)]
        matrix = sparse.csr_array((entries[2], (entries[0], entries[1])), shape=(self._rows, count))
        cones = tuple(
            Cone(
                name,
                sparse.csr_array((by, (at, of)), shape=(len(offset), count)),
                offset,
                sparse.csr_array((with_, (np.zeros(len(on), dtype=np.int64), on)), shape=(1, count)),
                level,
            )
            for name, at, of, by, offset, on, with_, level in self._cones
        )
        return Program(
            cost=joined(self._cost),
            lower=joined(self._lower),
            upper=joined(self._upper),
            whole=joined(self._whole).astype(bool),
            matrix=matrix,
            row_lower=joined(self._row_lower),
            row_upper=joined(self._row_upper),
            cones=cones,
            rules=dict(self._rules),
            constant=constant,
        )
