"""Random numbers that depend on the seed, on whom and on what for; never on how many are drawn at once.

A county is therefore the same whether it is made alone, with its province or with the whole nation.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

WIDEST, FARTHEST = 0.85, 2.2  # of factors: their standard deviation, and how many of these one lies off at most

_STEP, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws of one seed. ``keys`` say whom a number is for (a county's or a school's code), ``purpose`` what for."""

    seed: int

    def uniform(self, keys: Numbers, *purpose: object) -> Reals:
        """One number in (0, 1) for each key."""
        words = "/".join(map(str, (self.seed, *purpose)))
        salt = np.uint64(int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "little"))
        mixed = _mixed(_mixed(keys.astype(np.uint64) ^ salt) + salt)
        return ((mixed >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53

    def normal(self, keys: Numbers, *purpose: object) -> Reals:
        """One standard normal number for each key (Box and Muller 1958)."""
        radius = np.sqrt(-2 * np.log(self.uniform(keys, *purpose, "radius")))
        return np.asarray(radius * np.cos(2 * np.pi * self.uniform(keys, *purpose, "angle")))

    def factor(self, spread: Reals, keys: Numbers, *purpose: object) -> Reals:
        """Factors around 1 whose logarithm has this standard deviation, none of them absurd."""
        drawn = np.clip(self.normal(keys, *purpose), -FARTHEST, FARTHEST)
        return np.asarray(np.exp(np.minimum(spread, WIDEST) * drawn))

    def whole(self, amounts: npt.NDArray[np.floating[Any]], keys: Numbers, *purpose: object) -> Numbers:
        """``amounts`` rounded up or down at random, so that sums stay what they were."""
        return np.asarray(np.floor(np.maximum(amounts, 0) + self.uniform(keys, *purpose)), dtype=np.int64)

    def choice(self, shares: Reals, keys: Numbers, *purpose: object) -> Numbers:
        """Which of several: ``shares`` has one row for all keys or one for each."""
        reached = np.cumsum(np.atleast_2d(shares), axis=1)
        drawn = self.uniform(keys, *purpose)[:, None] * reached[:, -1:]
        return np.asarray(np.minimum((drawn > reached).sum(axis=1), reached.shape[1] - 1), dtype=np.int64)


def _mixed(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The mixing of splitmix64 (Steele, Lea and Flood 2014); whole numbers wrap around."""
    with np.errstate(over="ignore"):
        x = x + _STEP
        x = (x ^ (x >> np.uint64(30))) * _FIRST
        x = (x ^ (x >> np.uint64(27))) * _SECOND
        return np.asarray(x ^ (x >> np.uint64(31)))
