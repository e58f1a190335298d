"""Who holds a post: somebody young after each retirement, with a number that stays the same."""

from __future__ import annotations

import numpy as np
import polars as pl
from examples.synthetic_nation.draws import Draws, Numbers
from examples.synthetic_nation.schools import Schools

YOUNGEST, CAREER = 23, 37  # years; people retire at 60
ORIGIN = 2010
DIGITS = np.array(list("0123456789abcdefghijklmnopqrstuvwxyz"))


def born_in(draws: Draws, key: Numbers, year: int) -> tuple[Numbers, Numbers]:
    """Who holds a post: after each retirement somebody young. Year of birth, and which holder this is."""
    age = YOUNGEST + np.floor(draws.uniform(key, "age") * CAREER).astype(np.int64)
    born = ORIGIN - age
    generation = np.maximum((year - born - YOUNGEST) // CAREER, 0)
    return born + generation * CAREER, generation


def staff_numbers(schools: Schools, school: Numbers, slot: Numbers, stage: int, generation: Numbers) -> pl.Series:
    """Twelve characters: seven for the school, one for the stage, three for the post and one for who holds it."""
    of_school = pl.Series(_base36(schools.key, 7)).gather(school)
    of_slot = pl.Series(_base36(np.arange(slot.max() + 1), 3)).gather(slot)
    of_holder = pl.Series(DIGITS).gather(generation)
    return of_school + pl.Series(["pjo"[stage]]).new_from_index(0, len(school)) + of_slot + of_holder


def _base36(numbers: Numbers, length: int) -> np.ndarray:
    words = np.full(len(numbers), "", dtype=f"<U{length}")
    for _ in range(length):
        words = np.char.add(DIGITS[numbers % 36], words)
        numbers = numbers // 36
    return words
