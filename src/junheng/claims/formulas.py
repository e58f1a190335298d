"""How a figure was recomputed, in signs that anybody can follow: 20517平方米÷903名."""

from __future__ import annotations

from collections.abc import Sequence


def formula_words(formula: str, figures: Sequence[str], tops: int = 1, factor: int = 1) -> str:
    """Put the figures of a recomputation together.

    Args:
        formula: ÷, +, −, × join them in order; rest is what they leave of 100 %; growth, implied, compound,
            mean_growth and mean_change are those of
            ``relations/change.py``, whose figures are (now, before) or (now, difference).
        figures: as printed, with their units.
        tops: how many of them make up the dividend of ÷; the others make up the divisor.
        factor: what a quotient is multiplied by (100 for per cent).
    """
    times = f"×{factor}" if factor != 1 else ""
    if formula == "÷":
        return f"{_side(figures[:tops])}÷{_side(figures[tops:])}{times}"
    first, *rest = figures
    other = rest[0] if rest else ""
    match formula:
        case "growth" | "mean_growth" | "compound":
            return f"({first}−{other})÷{other}{times}" + _NOTES.get(formula, "")
        case "implied" | "implied_down":
            sign = "−" if formula == "implied" else "+"
            return f"{other}÷({first}{sign}{other}){times}"
        case "rest":
            return "−".join(("100%", *figures))
        case "mean_change":
            return f"({first}−{other})" + _NOTES[formula]
    return formula.join(figures)


_NOTES = {"mean_growth": "÷年数", "compound": "，按复利年均", "mean_change": "÷年数"}  # zh: data


def _side(figures: Sequence[str]) -> str:
    return figures[0] if len(figures) == 1 else f"({'+'.join(figures)})"
