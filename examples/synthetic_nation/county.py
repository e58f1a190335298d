"""What kind of county each is, and how it fares: the effort that all else follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from examples.synthetic_nation.draws import Draws, Numbers, Reals

FIRST_YEAR = 2012  # pupils and stocks are followed from here, so that what is filed from 2016 on has a past
FILED_FROM, FILED_TO = 2016, 2035

STRONG, CATCHING_UP, STUCK, DECLINING = range(4)
PATHS = ("strong", "catching_up", "stuck", "declining")
PATH_SHARES = (0.28, 0.34, 0.23, 0.15)
# Effort in 2016 and its yearly change, lowest and highest of each path. At 1 nothing is left to be done.
START = ((0.66, 0.92), (0.42, 0.70), (0.35, 0.75), (0.50, 0.80))
SLOPE = ((0.022, 0.048), (0.024, 0.056), (-0.004, 0.010), (-0.022, -0.006))
SLIP, SLIP_CHANCE = 0.14, 0.06  # a bad year costs so much effort, two years long


@dataclass(frozen=True)
class Counties:
    """One entry a county.

    Attributes:
        code: six digits, also the key of its draws.
        district: whether it is a district of a city.
        urban: share of its schools in the city.
        wealth: standard normal.
        path: one of ``PATHS``.
        growth: yearly growth of its entrants beyond the nation's, from people moving.
        dense: how large its schools are, around 1.
        schools: number of schools it ever had, special schools included.
    """

    draws: Draws
    code: Numbers
    district: np.ndarray
    urban: Reals
    wealth: Reals
    path: Numbers
    growth: Reals
    dense: Reals
    schools: Numbers

    def __len__(self) -> int:
        return len(self.code)

    def effort(self, year: int) -> Reals:
        """How much of what is asked a county has done, between 0.05 and 1.1; what reaches 1 passes."""
        low, high = np.array(START)[self.path].T
        start = low + (high - low) * self.draws.uniform(self.code, "effort")
        low, high = np.array(SLOPE)[self.path].T
        slope = low + (high - low) * self.draws.uniform(self.code, "slope")
        slipped = np.zeros(len(self))
        for when in (year - 1, year):
            slipped = np.maximum(slipped, self.draws.uniform(self.code, "slip", when) < SLIP_CHANCE)
        return np.asarray(np.clip(start + slope * (year - FILED_FROM) - SLIP * slipped, 0.05, 1.1))

    def done(self, year: int) -> Reals:
        """The share of schools and tasks that this effort has reached, from 0 to 1."""
        return np.asarray(np.clip((self.effort(year) - 0.35) / 0.65, 0, 1))

    def fulfils(self, task: str, year: int, ease: float = 0.5) -> np.ndarray:
        """Whether a task is done: each county has tasks that come to it early and others that come late.

        Args:
            ease: the share of counties that do it whatever their effort.
        """
        return np.asarray(self.draws.uniform(self.code, "task", task) < ease + (1 - ease) * self.done(year))


def make_counties(draws: Draws, codes: Numbers) -> Counties:
    district = draws.uniform(codes, "district") < 0.34
    urban = np.where(district, 0.35 + 0.5 * draws.uniform(codes, "urban"), 0.02 + 0.2 * draws.uniform(codes, "urban"))
    wealth = 0.8 * draws.normal(codes, "wealth") + 0.6 * (district - 0.34)
    shares = np.array(PATH_SHARES)[None, :] * np.exp(wealth[:, None] * np.array((0.5, 0.1, -0.3, -0.3)))
    growth = np.where(district, 0.012, -0.010) + 0.012 * draws.normal(codes, "growth") + 0.006 * wealth
    number = 34 + np.floor(171 * (1 - (1 - draws.uniform(codes, "schools")) ** (1 / 4.3)))
    return Counties(
        draws=draws,
        code=codes,
        district=district,
        urban=urban,
        wealth=wealth,
        path=draws.choice(shares, codes, "path"),
        growth=growth,
        dense=np.exp(0.25 * draws.normal(codes, "dense") + 0.2 * district),
        schools=number.astype(np.int64),
    )
