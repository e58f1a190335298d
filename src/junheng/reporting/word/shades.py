"""Shades of cells by outcome: the hues of the pages, light enough for words, and in grey the unmet still stand out."""

from __future__ import annotations

from junheng.base.outcome import Outcome
from junheng.reporting.charts.theme import OUTCOME_COLOURS

# How much of the colour is left on white: printers of offices are black and white, and forms shade what fails.
_STRENGTH = {Outcome.MET: 0.12, Outcome.TOLERATED: 0.25, Outcome.UNMET: 0.6, Outcome.UNKNOWN: 0.2}


def shade(outcome: Outcome) -> str:
    """The fill of a cell: ``EDBFAD``."""
    colour = OUTCOME_COLOURS[outcome.value].removeprefix("#")
    strength = _STRENGTH[outcome]
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(255 - (255 - part) * strength):02X}" for part in parts)
