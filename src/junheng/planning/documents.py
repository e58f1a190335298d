"""What the documents of all plans have in common. The document is the contract: pages, workbooks and files read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from junheng.base.terms import Label

FORMAT = 1


def both(label: Label) -> dict[str, str]:
    """A text in both languages."""
    return {"zh": label.zh, "en": label.en}


def listed(labels: Sequence[Label], most: int | None = None) -> Label:
    """Names one after the other: a、b、c; of more than ``most`` the first ones, and that there are more."""
    shown = labels[:most]
    more = len(labels) > len(shown)
    return Label(
        "、".join(label.zh for label in shown) + ("等" if more else ""),
        ", ".join(label.en for label in shown) + (" and others" if more else ""),
    )


def proof(
    *, value: float, bound: float | None, proven: bool, unit: str, seconds: float, solver: str, says: Label
) -> dict[str, Any]:
    """How good a plan is known to be: its value, the best bound, and the relative gap between them."""
    gap = None if bound is None else 0.0 if value == bound else abs(value - bound) / max(abs(value), 1e-12)
    return {
        "value": value,
        "bound": bound,
        "gap": gap,
        "status": "optimal" if gap is not None and gap <= 1e-6 else "within_gap" if proven else "feasible",
        "unit": unit,
        "seconds": round(seconds, 2),
        "solver": solver,
        "says": both(says),
    }
