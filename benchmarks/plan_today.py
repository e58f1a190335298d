"""How counties are planned today, on the same numbers as our plan: what it costs, and what the judge says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil

from junheng.planning.resources.applied import Addition, with_additions
from junheng.planning.resources.model import build
from junheng.planning.resources.search import search
from junheng.planning.resources.statement import Affine, Demand, SchoolNeed, Spread, Statement
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement

WAYS = {
    "fill": "(a) fill every school to every threshold",
    "greedy": "(b) the cheapest gap first",
    "apart": "(c) each indicator on its own",
}
CENT = Fraction(1, 100)
SECONDS = 5.0  # for one indicator on its own
Amounts = list[Fraction]


def today(way: str, before: Judgement, statement: Statement) -> tuple[Fraction, Judgement]:
    """Plan in one of the ``WAYS``: its cost in 元, and the judgement after it. Nothing moves between schools."""
    assert all(decision.way == "add" for decision in statement.decisions)
    amounts = _WAYS[way](statement)
    cost = sum((d.cost * n for d, n in zip(statement.decisions, amounts, strict=True)), Fraction(0))
    additions = [
        Addition(d.school, d.stage, d.measure, n) for d, n in zip(statement.decisions, amounts, strict=True) if n
    ]
    dataset = with_additions(before.dataset, before.year, additions, members=before.computed.members)
    return cost, judge(dataset, before.standard, before.day, year=before.year)


def _fill(statement: Statement) -> Amounts:
    amounts = _nothing(statement)
    for demand in statement.demands:
        _meet(statement, demand, amounts)
    return amounts


def _greedy(statement: Statement) -> Amounts:
    """The cheapest gap of those schools that do not pass yet; then of those indicators that are too unequal."""
    amounts = _nothing(statement)
    while gap := min(_gaps_of_schools(statement, amounts), default=None):
        _meet(statement, statement.demands[gap[1]], amounts)
    while gap := min(_gaps_of_spreads(statement, amounts), default=None):
        _meet(statement, statement.demands[gap[1]], amounts)
    return amounts


def _apart(statement: Statement) -> Amounts:
    """The cheapest plan of each indicator that every school meets; what all of them ask for, together."""
    amounts = _nothing(statement)
    for name in dict.fromkeys(demand.indicator for demand in statement.demands):
        demands = tuple(replace(d, weight=Fraction(1)) for d in statement.demands if d.indicator == name)
        alone = replace(
            statement,
            demands=demands,
            needs=tuple(SchoolNeed(demand.row, Fraction(1), Fraction(0)) for demand in demands),
            spreads=tuple(spread for spread in statement.spreads if spread.indicator == name),
        )
        model = build(alone)
        found = search(model, seconds=SECONDS, gap=1e-3)
        if found.x is None:
            continue
        for number, value in enumerate(model.amounts(found.x)):
            lot = statement.decisions[number].lot
            amounts[number] += round(value / float(lot)) * lot if lot else ceil(value * 100 - 1e-4) * CENT
    return amounts


_WAYS: dict[str, Callable[[Statement], Amounts]] = {"fill": _fill, "greedy": _greedy, "apart": _apart}


def _nothing(statement: Statement) -> Amounts:
    return [Fraction(0)] * len(statement.decisions)


def _at(affine: Affine, amounts: Amounts) -> Fraction:
    return affine.constant + sum((factor * amounts[n] for n, factor in affine.factors.items()), Fraction(0))


def _meet(statement: Statement, demand: Demand, amounts: Amounts) -> Fraction:
    """Add what meets a demand, by the measures that are cheapest for it; return what it costs."""
    cost = Fraction(0)
    useful = [n for n, factor in demand.full.factors.items() if factor > 0]
    for number in sorted(useful, key=lambda n: statement.decisions[n].cost / demand.full.factors[n]):
        short = -_at(demand.full, amounts)
        if short <= 0:
            break
        decision = statement.decisions[number]
        step = decision.lot or CENT
        more = ceil(short / demand.full.factors[number] / step) * step
        if decision.most is not None:
            more = min(more, max(decision.most - amounts[number], Fraction(0)))
        amounts[number] += more
        cost += more * decision.cost
    return cost


def _gaps_of_schools(statement: Statement, amounts: Amounts) -> Iterator[tuple[Fraction, int]]:
    """(what it costs, demand) of every gap that can be filled in rows that do not pass."""
    of_row: dict[int, list[int]] = {}
    for number, demand in enumerate(statement.demands):
        of_row.setdefault(demand.row, []).append(number)
    for need in statement.needs:
        own = of_row.get(need.row, [])
        points = need.fixed + sum(
            (statement.demands[n].weight for n in own if _at(statement.demands[n].full, amounts) >= 0), Fraction(0)
        )
        floors = [n for n in own if (floor := statement.demands[n].floor) and _at(floor, amounts) < 0]
        if floors or points < need.least:
            yield from _open(statement, floors or own, amounts)


def _gaps_of_spreads(statement: Statement, amounts: Amounts) -> Iterator[tuple[Fraction, int]]:
    """The same of the rows of every coefficient that is over its limit."""
    for spread in statement.spreads:
        if spread.limit is not None and not _alike(spread, amounts):
            rows = set(spread.rows)
            own = [n for n, d in enumerate(statement.demands) if d.indicator == spread.indicator and d.row in rows]
            yield from _open(statement, own, amounts)


def _open(statement: Statement, numbers: list[int], amounts: Amounts) -> Iterator[tuple[Fraction, int]]:
    for number in numbers:
        demand = statement.demands[number]
        if _at(demand.full, amounts) >= 0:
            continue
        tried = [*amounts]
        cost = _meet(statement, demand, tried)
        if tried != amounts:
            yield cost, number


def _alike(spread: Spread, amounts: Amounts) -> bool:
    values, weights = [_at(value, amounts) for value in spread.values], spread.weights
    total = sum(weights)
    mean = sum((w * v for w, v in zip(weights, values, strict=True)), Fraction(0)) / total
    variance = sum((w * (v - mean) ** 2 for w, v in zip(weights, values, strict=True)), Fraction(0)) / total
    return variance <= (spread.limit or 0) ** 2 * mean**2
