"""What a solver answers, whatever the solver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from junheng.planning.solvers.program import Floats

Status = Literal["optimal", "feasible", "infeasible", "unbounded", "nothing"]


@dataclass(frozen=True)
class Answer:
    """The best point found and the best bound proven.

    Attributes:
        status: ``optimal`` within the gap asked for; ``feasible`` where time ran out first; ``nothing`` where no point
            was found and nothing is known of whether there is one.
        x: (n,) or None.
        bound: no point costs less than this; −inf where nothing was proven.
        seconds: what the solver took.
        ended: how the solver ended, in its own word, for the log.
        duals: (m,) what each row is worth, of a solved linear program without whole numbers; else None.
    """

    status: Status
    x: Floats | None
    bound: float
    seconds: float
    ended: str = ""
    duals: Floats | None = None
