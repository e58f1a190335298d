"""Statements small enough to try every plan: whole lots, few of each, everything else in fractions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from operator import mul
from random import Random

from junheng.planning.resources.statement import Affine, Decision, Demand, SchoolNeed, Spread, Statement

MOST_PLANS = 150_000
REST = Fraction(85, 100)
Amounts = tuple[int, ...]  # of each decision, in lots


def random_statement(seed: int) -> Statement:
    """A county of two to four rows and two or three indicators, with a bit of everything that the real ones have.

    Some rows share a school, whose measures then raise both; some things move between schools; some ceilings and
    budgets are tight, and so are most limits of the coefficients.
    """
    random = Random(seed)
    while True:
        statement = _drawn(random)
        if prod(int(d.most or 0) + 1 for d in statement.decisions) <= MOST_PLANS:
            return statement


def _drawn(random: Random) -> Statement:
    rows = [
        {
            "school_code": f"S{number}",
            "school_name": f"学校{number}",
            "stage": "primary",
            "pupils": random.randint(50, 120),
        }
        for number in range(random.choice((2, 3, 3, 4)))
    ]
    if random.random() < 0.4:  # the last two rows are one nine-year school
        rows[-1] |= {"school_code": rows[-2]["school_code"], "stage": "junior"}
    indicators = [f"k{number}" for number in range(random.choice((2, 2, 3)))]
    need = {k: random.randint(2, 5) for k in indicators}
    have = {
        (r, k): int(Fraction(row["pupils"], 100) * need[k] * random.randint(60, 150) / 100)
        for r, row in enumerate(rows)
        for k in indicators
    }
    decisions: list[Decision] = []
    factors: dict[tuple[int, str], dict[int, Fraction]] = {key: {} for key in have}
    for k in indicators:
        shared, moving = random.random() < 0.5, random.random() < 0.5
        price, fare = Fraction(random.randint(8, 99) * 1000), Fraction(random.randint(1, 9) * 1000)
        seen = set()
        for r, row in enumerate(rows):
            stage = None if shared else row["stage"]
            if (row["school_code"], stage) in seen:
                continue
            seen.add((row["school_code"], stage))
            feeds = [
                n for n, other in enumerate(rows) if other["school_code"] == row["school_code"] and (shared or n == r)
            ]
            add = Decision(
                k,
                "add",
                row["school_code"],
                stage,
                price,
                Fraction(1),
                Fraction(random.choice((0, 2, 3, 4, 5, 6))),
            )
            ways = [(add, 1)]
            if moving:
                spare = Fraction(min(random.randint(0, 2), *(have[n, k] for n in feeds)))
                ways.append((Decision(k, "give", row["school_code"], stage, Fraction(0), Fraction(1), spare), -1))
                ways.append((Decision(k, "take", row["school_code"], stage, fare, Fraction(1), Fraction(2)), 1))
            for decision, sign in ways:
                share = Fraction(random.randint(3, 9), 10) if len(feeds) > 1 else Fraction(1)
                for n, part in zip(feeds, (share, 1 - share) if len(feeds) > 1 else (share,), strict=True):
                    factors[n, k][len(decisions)] = sign * part
                decisions.append(decision)
    demands, needs = [], []
    for r, row in enumerate(rows):
        for k in indicators:
            size = Fraction(row["pupils"], 100) * need[k]
            own = factors[r, k]
            floor = Affine(have[r, k] - REST * size, own) if random.random() < 0.8 else None
            demands.append(Demand(r, k, Fraction(1), Affine(have[r, k] - size, own), floor))
        needs.append(SchoolNeed(r, Fraction(len(indicators) - random.choice((0, 1, 1))), Fraction(0)))
    spreads = []
    for stage in ("primary", "junior"):
        own_rows = tuple(r for r, row in enumerate(rows) if row["stage"] == stage)
        for k in indicators:
            if own_rows:
                limit = Fraction(random.choice((12, 16, 20, 25, 45)), 100)
                values = tuple(
                    Affine(Fraction(100 * have[r, k], rows[r]["pupils"]),
                           {n: f * 100 / rows[r]["pupils"] for n, f in factors[r, k].items()}) for r in own_rows
                )  # fmt: skip
                weights = tuple(Fraction(rows[r]["pupils"]) for r in own_rows)
                spreads.append(Spread(stage, k, limit, own_rows, weights, values))
    budget = Fraction(random.randint(5, 40) * 10_000) if random.random() < 0.2 else None
    return Statement(
        "990000", tuple(rows), tuple(decisions), tuple(demands), tuple(needs), tuple(spreads), budget=budget
    )


def cheapest(statement: Statement) -> Fraction | None:
    """The cost of the cheapest plan in 元, of all that there are; None where none keeps every rule."""
    costs = [int(d.cost) for d in statement.decisions]  # whole 元, to be quick
    priced = [(sum(map(mul, costs, amounts)), amounts) for amounts in plans(statement)]
    return next((Fraction(cost) for cost, amounts in sorted(priced) if kept(statement, amounts)), None)


def plans(statement: Statement) -> Iterator[Amounts]:
    """Every choice of whole lots in which as much is taken as given."""
    signs: dict[tuple[str, str | None], list[int]] = {}
    for number, decision in enumerate(statement.decisions):
        if decision.way != "add":
            own = signs.setdefault((decision.measure, decision.stage), [0] * len(statement.decisions))
            own[number] = 1 if decision.way == "take" else -1
    for amounts in product(*(range(int(d.most or 0) + 1) for d in statement.decisions)):
        if not any(sum(map(mul, own, amounts)) for own in signs.values()):
            yield amounts


def kept(statement: Statement, amounts: Sequence[int]) -> bool:
    """Whether a plan keeps every rule, in fractions: the coefficient by its square."""
    cost = sum((d.cost * n for d, n in zip(statement.decisions, amounts, strict=True)), Fraction(0))
    if statement.budget is not None and cost > statement.budget:
        return False
    for need in statement.needs:
        points = need.fixed
        for demand in (d for d in statement.demands if d.row == need.row):
            if demand.floor is not None and at(demand.floor, amounts) < 0:
                return False
            points += demand.weight * (at(demand.full, amounts) >= 0)
        if points < need.least or need.lost:
            return False
    return all(coefficient_kept(spread, amounts) for spread in statement.spreads)


def coefficient_kept(spread: Spread, amounts: Sequence[int]) -> bool:
    square, mean = squares(spread, amounts)
    return spread.limit is None or square <= spread.limit**2 * mean**2


def squares(spread: Spread, amounts: Sequence[int | Fraction]) -> tuple[Fraction, Fraction]:
    """The variance of the values and their mean, by weight."""
    values = [at(value, amounts) for value in spread.values]
    total = sum(spread.weights)
    mean = sum((w * v for w, v in zip(spread.weights, values, strict=True)), Fraction(0)) / total
    return sum((w * (v - mean) ** 2 for w, v in zip(spread.weights, values, strict=True)), Fraction(0)) / total, mean


def at(affine: Affine, amounts: Sequence[int | Fraction]) -> Fraction:
    return affine.constant + sum((f * amounts[n] for n, f in affine.factors.items()), Fraction(0))
