"""The few numbers of the method that no filing says. They were chosen by back-tests; see the page on forecasts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How much of the past counts, and how far a trend is believed.

    Attributes:
        moves: how many of the last moves from one year to the next the ratios are taken from.
        share_years: how many years the schools' shares of the entrants are taken from.
        growth_moves: how many moves the trend of the entrants is taken from.
        damping: how much of one year's trend of the entrants is left in the next, 0 to 1.
        drift_damping: the same for the drift of the entrants between town and country, which lasts longer.
        jump: a grade with more than this many times the pupils of the grade below a year before does not live on it
            (a central school that takes in the pupils of teaching points): it gets a share of the county's.
    """

    moves: int = 4
    share_years: int = 2
    growth_moves: int = 3
    damping: float = 0.5
    drift_damping: float = 0.9
    jump: float = 2.0

    def trend(self, ahead: int) -> float:
        """How many years' worth of the last growth lie between the base year and ``ahead`` years later."""
        return sum(self.damping**i for i in range(1, ahead + 1))

    def drift(self, ahead: int) -> float:
        """The same of the drift."""
        return sum(self.drift_damping**i for i in range(1, ahead + 1))
