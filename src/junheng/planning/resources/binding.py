"""Which limits make the plan dear, and what each would save if it were looser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from junheng.base.exact import plain
from junheng.base.terms import Label, Stage
from junheng.planning.resources.measures import measure_label
from junheng.planning.resources.model import MONEY, ResourceModel, build
from junheng.planning.resources.pricing import take_apart
from junheng.planning.resources.search import Found, Tell
from junheng.planning.resources.statement import Statement
from junheng.planning.solvers.conic import solve_relaxed

_TRIED = 6  # of each sort, those with the highest price
_LOOSER_CV = Fraction(1, 100)
_WORTH = 1.0  # 万元; less is not worth a line


@dataclass(frozen=True)
class Binding:
    """One limit and what loosening it would save.

    Attributes:
        saving: 元, what the two bounds differ by: an estimate. ``at_most``: proven, no plan under the looser
            limit saves more than that.
    """

    limit: Label
    saving: Fraction
    at_most: Fraction


@dataclass(frozen=True)
class _Looser:
    """A statement with one limit looser, in words."""

    words: Label
    statement: Statement


def binding_limits(model: ResourceModel, found: Found, tell: Tell | None = None) -> list[Binding]:
    """Loosen the limits with the highest prices one at a time, and bound the county anew each time.

    No plan under the looser limit can cost less than its bound, so what the plan would save is at most the
    difference to what it costs.

    Args:
        tell: asked before each limit with ("binding", the plan's cost, its bound) in 万元; False ends it there.
    """
    if found.x is None or model.statement.composite:
        return []
    cost = model.program.value(found.x)
    bindings = []
    for looser in _candidates(model, found):
        if tell is not None and not tell("binding", cost, found.bound):
            break
        again = build(looser.statement)
        relaxed = solve_relaxed(again.program)
        if relaxed.answer.x is None:
            continue
        apart = take_apart(again, relaxed, seconds=10.0)
        bound = max(apart.bound, relaxed.answer.bound, 0.0)
        if found.bound - bound >= _WORTH:
            saving, at_most = (Fraction(max(v, 0.0)) * int(MONEY) for v in (found.bound - bound, cost - bound))
            bindings.append(Binding(looser.words, saving, at_most))
    return sorted(bindings, key=lambda binding: -binding.saving)


def _candidates(model: ResourceModel, found: Found) -> Iterator[_Looser]:
    statement, relaxed = model.statement, found.relaxed
    prices = {cone.name: own[0] for cone, own in zip(model.program.cones, relaxed.cone_duals, strict=True)}
    dear = sorted((name for name, price in prices.items() if price > 1e-4), key=lambda name: -prices[name])
    for name in dear[:_TRIED]:
        yield _cv(statement, name)
    rows = model.program.rules["enough"]
    enough = relaxed.row_price[rows]
    order = sorted(range(len(statement.needs)), key=lambda number: -enough[number])
    for number in order[:_TRIED]:
        if enough[number] > 1e-4:
            yield _school(statement, number)
    if len(statement.needs) and enough.max() > 1e-4:
        less = _less(statement)
        words = Label(f"每所学校都允许{less.zh}", f"every school may {less.en}")
        yield _Looser(words, replace(statement, needs=tuple(replace(n, least=n.least - 1) for n in statement.needs)))
    yield from _ceilings(model, found)


def _cv(statement: Statement, name: str) -> _Looser:
    _, stage, indicator = name.split(":")
    spreads = tuple(
        replace(s, limit=s.limit + _LOOSER_CV) if s.limit and (s.stage, s.indicator) == (stage, indicator) else s
        for s in statement.spreads
    )
    limit = next(s.limit for s in spreads if (s.stage, s.indicator) == (stage, indicator))
    label = statement.labels[indicator]
    words = Label(
        f"{Stage(stage).zh}{label.zh}的差异系数限值放宽 0.01（到 {plain(limit or 0)}）",
        f"limit of the coefficient of {label.en} ({stage}) looser by 0.01 (to {plain(limit or 0)})",
    )
    return _Looser(words, replace(statement, spreads=spreads))


def _school(statement: Statement, number: int) -> _Looser:
    need = statement.needs[number]
    needs = (*statement.needs[:number], replace(need, least=need.least - 1), *statement.needs[number + 1 :])
    name, stage = statement.name(need.row), Stage(statement.rows[need.row]["stage"])
    less = _less(statement)
    words = Label(f"{name}（{stage.zh}）允许{less.zh}", f"{name} ({stage}) may {less.en}")
    return _Looser(words, replace(statement, needs=needs))


def _less(statement: Statement) -> Label:
    if any(demand.weight != 1 for demand in statement.demands):
        return Label("再少得一分", "score one point less")
    return Label("再少达标一项", "miss one indicator more")


def _ceilings(model: ResourceModel, found: Found) -> Iterator[_Looser]:
    """Ceilings of the inputs, the nearest first: one may force another way without being reached."""
    statement, program = model.statement, model.program
    assert found.x is not None
    names = {str(row["school_code"]): number for number, row in enumerate(statement.rows)}
    rows = program.rules["ceiling"]
    most = program.row_upper[rows]
    spare = (most - program.matrix[rows] @ found.x) / np.maximum(most, 1e-9)
    for number in np.argsort(spare, kind="stable")[:_TRIED]:
        ceiling = statement.ceilings[number]
        looser = replace(statement, ceilings=(*statement.ceilings[:number], *statement.ceilings[number + 1 :]))
        label = measure_label(ceiling.measure)
        name = statement.name(names[ceiling.school])
        words = Label(f"{name}“{label.zh}”不设上限", f"no ceiling on “{label.en}” in {name}")
        yield _Looser(words, looser)
