"""Whole amounts for schools so that the enrolment-weighted mean and CV come out as wanted.

The wish of every school (its amount per pupil, up to scale) is stretched or flattened by one exponent until the CV is
near, so that the order of the schools stays; then the total is set to the last unit, and a few exchanges between two
schools at a time, which leave the total alone, bring the CV to the wanted digits.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction

CV_TOLERANCE = 1e-7  # the published figures have six decimals
MOST_ROUNDS = 60


class FitError(Exception):
    """The amounts could not be brought to the wanted mean and CV with this seed."""


@dataclass(frozen=True)
class Row:
    """One school at one stage: its pupils, its wish, and the share of the filed amount that is this stage's."""

    pupils: int
    wish: float
    share: Fraction = Fraction(1)
    least: int = 0
    most: int = 10**12


@dataclass(frozen=True)
class Goal:
    """Wanted weighted mean per pupil and CV, and the unit that amounts are filed in."""

    mean: float
    cv: float
    grain: float = 1.0
    mean_tolerance: float = 5e-7  # half of the last printed digit


def roughly(rows: list[Row], goal: Goal) -> list[int]:
    """Return amounts (in grains, of the whole school) whose mean and CV are near the goal."""
    low, high = 0.05, 6.0
    for _ in range(60):
        middle = (low + high) / 2
        if cv(rows, _stretched(rows, goal, middle)) < goal.cv:
            low = middle
        else:
            high = middle
    return _stretched(rows, goal, (low + high) / 2)


def exactly(rows: list[Row], goal: Goal) -> list[int]:
    """Return amounts whose mean and CV agree with the goal within the tolerances of this module."""
    amounts = roughly(rows, goal)
    total = goal.mean * sum(row.pupils for row in rows) / goal.grain
    _set_fraction(rows, amounts, total, goal)
    _set_whole(rows, amounts, total)
    _set_spread(rows, amounts, goal)
    mean_off = abs(_mean(rows, amounts) * goal.grain - goal.mean)
    if mean_off > goal.mean_tolerance or abs(cv(rows, amounts) - goal.cv) > CV_TOLERANCE:
        raise FitError(f"mean off by {mean_off}, CV {cv(rows, amounts)} instead of {goal.cv}")
    return amounts


def cv(rows: list[Row], amounts: list[int]) -> float:
    """The enrolment-weighted CV of the stage's parts of the amounts."""
    mean = _mean(rows, amounts)
    squares = sum((float(row.share) * amount) ** 2 / row.pupils for row, amount in zip(rows, amounts, strict=True))
    variance = squares / sum(row.pupils for row in rows) - mean * mean
    return float(max(variance, 0.0) ** 0.5 / mean)


def _mean(rows: list[Row], amounts: list[int]) -> float:
    parts = sum(float(row.share) * amount for row, amount in zip(rows, amounts, strict=True))
    return parts / sum(row.pupils for row in rows)


def _stretched(rows: list[Row], goal: Goal, exponent: float) -> list[int]:
    per_pupil = [row.wish**exponent for row in rows]
    total = goal.mean * sum(row.pupils for row in rows) / goal.grain
    scale = total / sum(row.pupils * wish for row, wish in zip(rows, per_pupil, strict=True))
    return [
        min(max(round(row.pupils * wish * scale / float(row.share)), row.least), row.most)
        for row, wish in zip(rows, per_pupil, strict=True)
    ]


def _set_fraction(rows: list[Row], amounts: list[int], total: float, goal: Goal) -> None:
    """Shift shared schools by a unit or two until what their parts leave to the others is a whole number."""
    shared = [number for number, row in enumerate(rows) if row.share != 1][:6]
    pupils = sum(row.pupils for row in rows)
    near_enough = goal.mean_tolerance * pupils / goal.grain / 4
    best, least_off = (0,) * len(shared), 1.0
    rest = total - sum(float(row.share) * amount for row, amount in zip(rows, amounts, strict=True))
    for shifts in sorted(itertools.product(range(-3, 4), repeat=len(shared)), key=lambda shifts: sum(map(abs, shifts))):
        left = rest - sum(float(rows[number].share) * shift for number, shift in zip(shared, shifts, strict=True))
        off = abs(left - round(left))
        if off < least_off:
            best, least_off = shifts, off
        if off < near_enough:
            break
    for number, shift in zip(shared, best, strict=True):
        amounts[number] += shift


def _set_whole(rows: list[Row], amounts: list[int], total: float) -> None:
    """Give or take single units where that changes the value per pupil least, in turn."""
    left = round(total - sum(float(row.share) * amount for row, amount in zip(rows, amounts, strict=True)))
    step = 1 if left > 0 else -1
    whole = [number for number, row in enumerate(rows) if row.share == 1]
    by_size = sorted(whole, key=lambda number: (-rows[number].pupils, number))
    for number in itertools.cycle(by_size):
        if left == 0:
            return
        if rows[number].least <= amounts[number] + step <= rows[number].most:
            amounts[number] += step
            left -= step


def _set_spread(rows: list[Row], amounts: list[int], goal: Goal) -> None:
    """Exchange units between two schools at a time until the CV is right."""
    for _ in range(MOST_ROUNDS):
        if abs(cv(rows, amounts) - goal.cv) <= CV_TOLERANCE / 2:
            return
        for gains, loses in _best_exchanges(_exchanges(rows, amounts), _missing_squares(rows, amounts, goal)):
            amounts[gains] += 1
            amounts[loses] -= 1


def _missing_squares(rows: list[Row], amounts: list[int], goal: Goal) -> float:
    mean = _mean(rows, amounts)
    squares = sum((float(row.share) * amount) ** 2 / row.pupils for row, amount in zip(rows, amounts, strict=True))
    return sum(row.pupils for row in rows) * mean * mean * (1 + goal.cv**2) - squares


def _exchanges(rows: list[Row], amounts: list[int]) -> list[tuple[float, int, int]]:
    """All exchanges of one unit, with what each adds to the sum of squares, in rising order."""
    whole = [number for number, row in enumerate(rows) if row.share == 1]
    found = []
    for gains, loses in itertools.permutations(whole, 2):
        if amounts[gains] < rows[gains].most and amounts[loses] > rows[loses].least:
            added = (2 * amounts[gains] + 1) / rows[gains].pupils - (2 * amounts[loses] - 1) / rows[loses].pupils
            found.append((added, gains, loses))
    return sorted(found)


def _best_exchanges(exchanges: list[tuple[float, int, int]], missing: float) -> list[tuple[int, int]]:
    """The one exchange, or the two between four different schools, whose sum is nearest to what is missing."""
    best: list[tuple[int, int]] = []
    least_off = abs(missing)
    for added, gains, loses in exchanges:
        if abs(missing - added) < least_off:
            best, least_off = [(gains, loses)], abs(missing - added)
    low, high = 0, len(exchanges) - 1
    while low < high:
        added, *one = exchanges[low]
        more, *other = exchanges[high]
        if abs(missing - added - more) < least_off and not {*one} & {*other}:
            best, least_off = [(one[0], one[1]), (other[0], other[1])], abs(missing - added - more)
        if added + more < missing:
            low += 1
        else:
            high -= 1
    return best
