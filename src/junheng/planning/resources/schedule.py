"""Which year what is done: within each year's budget, as many schools finished as early as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from junheng.planning.resources.applied import Addition
from junheng.planning.resources.errors import YearsTooTightError
from junheng.planning.resources.measures import Inputs, all_measures
from junheng.planning.solvers.highs import solve_linear
from junheng.planning.solvers.program import ProgramBuilder

_SECONDS, _GAP = 10.0, 0.01
_CENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Dated:
    """An addition and the year it is made; None where no years were given."""

    addition: Addition
    cost: Fraction
    year: int | None


def spread_over_years(additions: Sequence[Addition], inputs: Inputs) -> list[Dated]:
    """Date the additions.

    With share fᵢᵧ of addition i in year y, whole lots where things come in lots:

        max  Σ over schools s and years y of done_sy
        s.t. Σᵧ f = 1;  Σᵢ cost f ≤ budget of y;  given = taken each year;  done_sy ≤ Σ up to y of fᵢ for each i of s

    Raises:
        YearsTooTightError: the years' budgets add up to enough, but nothing divides so that each year keeps its own.
    """
    costs = [_cost(addition, inputs) for addition in additions]
    if not inputs.budgets or not additions:
        return [Dated(addition, cost, None) for addition, cost in zip(additions, costs, strict=True)]
    years = sorted(inputs.budgets)
    lots = [_lots(addition) for addition in additions]
    builder = ProgramBuilder()
    count, span = len(additions), len(years)
    # A variable counts the lots made in a year, or the share of what comes in any amount.
    shares = builder.variables(
        count * span,
        upper=np.repeat([float(n) if n else 1.0 for n in lots], span),
        whole=np.repeat([n is not None for n in lots], span),
    ).reshape(count, span)
    whole = np.array([float(n) if n else 1.0 for n in lots])
    schools = {school: number for number, school in enumerate(dict.fromkeys(a.school for a in additions))}
    done = builder.variables(len(schools) * span, upper=1.0, cost=-1.0, whole=True).reshape(len(schools), span)
    every = np.arange(count)
    builder.rows("all", np.repeat(every, span), shares.ravel(), 1.0, lower=whole, upper=whole, count=count)
    budgets = np.array([float(inputs.budgets[year]) for year in years])
    price = np.array([float(cost) for cost in costs]) / whole
    builder.rows(
        "budget", np.tile(np.arange(span), count), shares.ravel(), np.repeat(price, span) / 1e4,
        upper=budgets / 1e4, count=span,
    )  # fmt: skip
    _balance(builder, additions, shares, whole)
    rows, variables, factors = [], [], []
    at = 0
    for number, addition in enumerate(additions):
        for year in range(span):
            rows += [at] * (year + 2)
            variables += [done[schools[addition.school], year], *shares[number, : year + 1]]
            factors += [whole[number], *([-1.0] * (year + 1))]
            at += 1
    builder.rows("done", rows, variables, factors, upper=0.0, count=at)
    answer = solve_linear(builder.program(), seconds=_SECONDS, gap=_GAP)
    if answer.x is None:
        raise YearsTooTightError(years="、".join(map(str, years)))
    return _dated(additions, inputs, years, lots, answer.x[shares])


def _balance(builder: ProgramBuilder, additions: Sequence[Addition], shares: np.ndarray, whole: np.ndarray) -> None:
    """What moves is given and taken in the same year."""
    groups: dict[tuple[str, str | None], list[int]] = {}
    for number, addition in enumerate(additions):
        if all_measures()[addition.measure].moves:
            groups.setdefault((addition.measure, addition.stage), []).append(number)
    span = shares.shape[1]
    for (measure, stage), members in groups.items():
        sign = np.array([1.0 if additions[n].amount > 0 else -1.0 for n in members])
        builder.rows(
            f"moves:{measure}:{stage}", np.tile(np.arange(span), len(members)), shares[members].ravel(),
            np.repeat(sign, span), lower=0.0, upper=0.0, count=span,
        )  # fmt: skip


def _cost(addition: Addition, inputs: Inputs) -> Fraction:
    return max(addition.amount, Fraction(0)) * inputs.choices[addition.measure].cost


def _lots(addition: Addition) -> int | None:
    lot = all_measures()[addition.measure].lot
    return None if lot is None else int(abs(addition.amount) / Fraction(lot))


def _dated(
    additions: Sequence[Addition], inputs: Inputs, years: Sequence[int], lots: Sequence[int | None], shares: np.ndarray
) -> list[Dated]:
    parts: list[dict[int, Fraction]] = []
    for number, addition in enumerate(additions):
        left = addition.amount
        used = [year for year in range(len(years)) if shares[number, year] > 1e-6]
        own: dict[int, Fraction] = {}
        for year in used:
            if lots[number] is not None:
                part = addition.amount / (lots[number] or 1) * round(shares[number, year])
            elif year == used[-1]:
                part = left
            else:  # to the cent: the rest falls to the last year
                part = floor(addition.amount * 100 * Fraction(float(shares[number, year]))) * _CENT
            left -= part
            own[years[year]] = part
        parts.append(own)
    _to_the_cent(additions, inputs, lots, parts)
    dated = []
    for addition, own in zip(additions, parts, strict=True):
        for year in sorted(year for year, part in own.items() if part):
            one = replace(addition, amount=own[year])
            dated.append(Dated(one, _cost(one, inputs), year))
    return dated


def _to_the_cent(
    additions: Sequence[Addition], inputs: Inputs, lots: Sequence[int | None], parts: list[dict[int, Fraction]]
) -> None:
    """Shift hundredths between years until no budget is broken: what was rounded fell to some year's cost.

    Raises:
        YearsTooTightError: the years are so full that hundredths do not help.
    """
    room = dict(inputs.budgets)
    for addition, own in zip(additions, parts, strict=True):
        for year, part in own.items():
            room[year] -= _cost(replace(addition, amount=part), inputs)
    price = {n: inputs.choices[a.measure].cost for n, a in enumerate(additions) if lots[n] is None}
    # What is divided already first: then nothing that was done in one year is divided for a cent.
    order = sorted((n for n in price if price[n]), key=lambda n: (-len(parts[n]), price[n], n))
    for full in sorted(room):
        for number in order:
            for other in sorted(room, key=lambda year: (year not in parts[number], -room[year])):
                there = parts[number].get(full, Fraction(0))
                if room[full] >= 0 or not there or other == full:
                    continue
                wanted = ceil(-room[full] / price[number] * 100) * _CENT
                shift = min(wanted, there, max(floor(room[other] / price[number] * 100) * _CENT, Fraction(0)))
                parts[number][full] = there - shift
                parts[number][other] = parts[number].get(other, Fraction(0)) + shift
                room[full] += shift * price[number]
                room[other] -= shift * price[number]
    if min(room.values()) < 0:
        raise YearsTooTightError(years="、".join(map(str, sorted(room))))


def costs_by_year(dated: Sequence[Dated]) -> Mapping[int | None, Fraction]:
    """The money of each year."""
    found: dict[int | None, Fraction] = {}
    for one in dated:
        found[one.year] = found.get(one.year, Fraction(0)) + one.cost
    return found
