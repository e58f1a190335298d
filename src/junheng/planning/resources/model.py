"""The model of the cheapest plan: decisions, which limits each school meets, and the cones of the 差异系数.

For n rows (school × stage), decisions v and indicators k, with w the weights of a stage's rows, Σw = 1:

    min  Σ cost · v
    s.t. full(v)  ≥ −gap (1 − z)        z = 1 only where the limit is met
         floor(v) ≥ 0                   nothing below the tolerated share of its limit
         kept(v) ≥ 0                    nobody leaves who is not there, parts stay within their whole
         Σ weight · z + fixed ≥ least   so many met in each row
         Σ give = Σ take                of each thing that moves, by stage
         Σ cost · v ≤ budget
         X̄ = Σ w X(v)                   the mean is a variable of its own: it keeps the cone sparse
         ‖√w ∘ (X(v) − X̄)‖₂ ≤ cv · X̄    the 差异系数 of one stage and indicator, with its limit

Why the last line is right: S² = Σ w (X − X̄)² is the squared length of the vector on the left, so S ≤ cv · X̄ is the
limit itself. With enrolment fixed, X is affine in v: the set of plans that keep it is convex.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from junheng.planning.resources.statement import Affine, Demand, Spread, Statement
from junheng.planning.solvers.program import Floats, Indexes, Program, ProgramBuilder

# Where points are looked for, limits of the coefficients are drawn tighter by this part: a solver's tolerance then
# cannot cost the verdict. What is proven is proven of limits looser by a hair, so that no float can spoil it either.
TIGHTER = 1e-6
LOOSER = 1e-9
GRAIN = 1e-7  # 万元 for what costs nothing, where points are looked for: nobody is hired for no reason
MONEY = 10_000.0  # the objective is in 万元, so that its numbers are of ordinary size


@dataclass(frozen=True)
class ResourceModel:
    """The program, and where its variables stand.

    Attributes:
        decisions: (d,) variable of each decision; ``units``: (d,) units of the decision in one of the variable.
        met: variable z of each demand.
    """

    program: Program
    statement: Statement
    decisions: Indexes
    units: Floats
    met: Indexes

    @property
    def tight(self) -> Program:
        """The program to look for points in: coefficients a little below their limits, nothing quite free."""
        part = (1 - TIGHTER) / (1 + LOOSER)
        cones = tuple(replace(cone, bound=cone.bound * part) for cone in self.program.cones)
        free = [not decision.cost and decision.way != "give" for decision in self.statement.decisions]
        cost = self.program.cost.copy()
        cost[self.decisions[free]] += GRAIN
        return replace(self.program, cones=cones, cost=cost)

    def amounts(self, x: Floats) -> Floats:
        """The decisions at a point, in their units."""
        return x[self.decisions] * self.units

    def point(self, amounts: Sequence[Fraction]) -> Floats:
        """The point of exact amounts: which limits they meet, and the means, follow."""
        x = np.zeros(self.program.size)
        x[self.decisions] = [float(amount) for amount in amounts] / self.units
        for number, demand in enumerate(self.statement.demands):
            reached = demand.full.constant + sum((f * amounts[n] for n, f in demand.full.factors.items()), Fraction(0))
            x[self.met[number]] = float(reached >= 0)
        return self.with_means(x)

    def with_means(self, x: Floats) -> Floats:
        """The point with every mean, and every part of a common limit, where the decisions put it."""
        settled = x.copy()
        for name, rows in self.program.rules.items():
            if name.startswith("mean:"):
                row = rows.start
                start, end = self.program.matrix.indptr[row : row + 2]
                at, by = self.program.matrix.indices[start:end], self.program.matrix.data[start:end]
                mean = at[np.argmax(at)]  # the variable added last
                others = at != mean
                settled[mean] = (self.program.row_lower[row] - by[others] @ x[at[others]]) / by[~others][0]
        if any(name.startswith("mean_cv:") for name in self.program.rules):
            for cone in self.program.cones:  # parts of a common limit: as much as the spread takes
                part, factor = cone.bound.indices[0], cone.bound.data[0]
                settled[part] = np.linalg.norm(cone.factor @ settled + cone.offset) / factor * (1 + 1e-12)
        return settled


def build(
    statement: Statement,
    *,
    caps: Mapping[tuple[str, str], float] | None = None,
    means: Mapping[tuple[str, str], float] | None = None,
    without: Iterable[str] = (),
) -> ResourceModel:
    """State the model.

    Args:
        caps: limits of the coefficients by (stage, indicator); those of the standard by default.
        means: where only the mean of the coefficients is limited: each S is held against its part of the limit times
            this mean. With the true means it is the limit itself; with larger ones it is looser.
        without: rules to leave out: ``cv:<stage>:<indicator>``, ``school:<row>``, ``ceiling:<number>``, ``budget``.
    """
    left_out = set(without)
    builder = ProgramBuilder()
    units = _units(statement)
    upper = _most(statement)
    decisions = builder.variables(
        len(statement.decisions),
        upper=upper / units,
        cost=np.array([float(d.cost) for d in statement.decisions]) * units / MONEY,
        whole=[d.lot is not None for d in statement.decisions],
    )
    met = builder.variables(len(statement.demands), upper=1.0, whole=True)
    _floors(builder, statement, decisions, units)
    _kept(builder, statement, decisions, units)
    _limits(builder, statement, decisions, units, met, upper)
    _enough(builder, statement, met, left_out)
    _moves(builder, statement, decisions, units)
    _ceilings(builder, statement, decisions, units, left_out)
    if statement.budget is not None and "budget" not in left_out:
        cost = np.array([float(d.cost) for d in statement.decisions]) * units / MONEY
        builder.rows("budget", 0, decisions, cost, upper=float(statement.budget) / MONEY, count=1)
    if means is not None:
        _shared(builder, statement, means, decisions, units)
        return ResourceModel(builder.program(), statement, decisions, units, met)
    for spread in statement.spreads:
        cap = caps.get((spread.stage, spread.indicator)) if caps is not None else spread.limit
        if cap is not None and f"cv:{spread.stage}:{spread.indicator}" not in left_out:
            _cone(builder, spread, float(cap), decisions, units)
    return ResourceModel(builder.program(), statement, decisions, units, met)


def _most(statement: Statement) -> Floats:
    """The most of each decision: what is there; and no more people than pupils where more of them miss a limit."""
    most = np.array([np.inf if d.most is None else float(d.most) for d in statement.decisions])
    for demand in statement.demands:
        for number, factor in demand.full.factors.items():
            if factor < 0 and not np.isfinite(most[number]):
                pupils = max(float(statement.rows[demand.row]["school_pupils"]), 1.0)
                most[number] = pupils * float(statement.decisions[number].lot or 1)
    return most


def _ceilings(
    builder: ProgramBuilder, statement: Statement, decisions: Indexes, units: Floats, left_out: set[str]
) -> None:
    """Σ v ≤ most, of the decisions that share a ceiling of the inputs. One row a ceiling."""
    rows, numbers = [], []
    most = np.full(len(statement.ceilings), np.inf)
    for row, ceiling in enumerate(statement.ceilings):
        rows += [row] * len(ceiling.decisions)
        numbers += list(ceiling.decisions)
        if f"ceiling:{row}" not in left_out:
            most[row] = float(ceiling.most) / units[ceiling.decisions[0]]
    scale = units[[ceiling.decisions[0] for ceiling in statement.ceilings]]
    factors: Floats = units[numbers] / scale[rows] if numbers else np.empty(0)
    builder.rows("ceiling", rows, decisions[numbers], factors, upper=most, count=len(most))


def _units(statement: Statement) -> Floats:
    """Units in one of the variable: a lot where things come in lots, else what lies between now and the limit."""
    size = np.ones(len(statement.decisions))
    for demand in statement.demands:
        away = abs(float(demand.full.constant))
        for number, factor in demand.full.factors.items():
            size[number] = max(size[number], away / abs(float(factor)))
    for spread in statement.spreads:
        mean = float(sum(value.constant for value in spread.values)) / max(len(spread.values), 1)
        for value in spread.values:
            for number, factor in value.factors.items():
                size[number] = max(size[number], mean / abs(float(factor)))
    return np.array([float(d.lot) if d.lot is not None else n for d, n in zip(statement.decisions, size, strict=True)])


def _entries(affine: Iterable[Affine], decisions: Indexes, units: Floats) -> tuple[Indexes, Indexes, Floats]:
    """Rows, variables and factors of affine expressions, one a row."""
    found = [
        (row, decisions[number], float(factor) * units[number])
        for row, one in enumerate(affine)
        for number, factor in one.factors.items()
    ]
    rows, variables, factors = zip(*found, strict=True) if found else ((), (), ())
    return np.array(rows, np.int64), np.array(variables, np.int64), np.array(factors, float)


def _floors(builder: ProgramBuilder, statement: Statement, decisions: Indexes, units: Floats) -> None:
    """floor(v) ≥ 0: nothing below the tolerated share. One row a demand that has a floor."""
    floors = [demand.floor for demand in statement.demands if demand.floor is not None]
    rows, variables, factors = _entries(floors, decisions, units)
    constants = np.array([float(one.constant) for one in floors])
    scale = _scales(rows, factors, len(floors))
    builder.rows("floor", rows, variables, factors / scale[rows], lower=-constants / scale, count=len(floors))


def _kept(builder: ProgramBuilder, statement: Statement, decisions: Indexes, units: Floats) -> None:
    """kept(v) ≥ 0: what all decisions of a place leave there. One row an amount that could fall below nothing."""
    rows, variables, factors = _entries(statement.kept, decisions, units)
    constants = np.array([float(one.constant) for one in statement.kept])
    scale = _scales(rows, factors, len(constants))
    builder.rows("kept", rows, variables, factors / scale[rows], lower=-constants / scale, count=len(constants))


def _limits(
    builder: ProgramBuilder, statement: Statement, decisions: Indexes, units: Floats, met: Indexes, upper: Floats
) -> None:
    """full(v) ≥ −gap (1 − z): a limit counts as met only where it is. One row a demand."""
    rows, variables, factors = _entries([d.full for d in statement.demands], decisions, units)
    constants = np.array([float(d.full.constant) for d in statement.demands])
    gaps = np.array([_gap(demand, upper) for demand in statement.demands])
    scale = _scales(np.r_[rows, np.arange(len(gaps))], np.r_[factors, gaps], len(gaps))
    every = np.arange(len(gaps))
    builder.rows(
        "limit",
        np.r_[rows, every],
        np.r_[variables, met],
        np.r_[factors / scale[rows], -gaps / scale],
        lower=(-constants - gaps) / scale,
        count=len(gaps),
    )


def _scales(rows: Indexes, factors: Floats, count: int) -> Floats:
    """What each row is divided by, so that 元 and 名 weigh alike: solvers stop at one tolerance for all."""
    largest = np.zeros(count)
    np.maximum.at(largest, rows, np.abs(factors))
    return np.where(largest > 0, largest, 1.0)


def _gap(demand: Demand, upper: Floats) -> float:
    """How far below its limit an indicator can lie: what z has to make up for."""
    full, floor = demand.full, demand.floor
    if floor is not None and floor.factors == full.factors:
        return float(floor.constant - full.constant)
    worst = float(full.constant)
    for number, factor in full.factors.items():
        if factor < 0:
            worst += float(factor) * upper[number]
    return max(-worst, 0.0)


def _enough(builder: ProgramBuilder, statement: Statement, met: Indexes, left_out: set[str]) -> None:
    """Σ weight · z + fixed ≥ least. One row a school and stage."""
    place = {need.row: number for number, need in enumerate(statement.needs)}
    rows = [place[demand.row] for demand in statement.demands]
    weights = [float(demand.weight) for demand in statement.demands]
    least = np.array(
        [
            -np.inf if f"school:{need.row}" in left_out else float(need.least - need.fixed) if not need.lost else 1e9
            for need in statement.needs
        ]
    )
    builder.rows("enough", rows, met, weights, lower=least, count=len(statement.needs))


def _moves(builder: ProgramBuilder, statement: Statement, decisions: Indexes, units: Floats) -> None:
    """Σ give = Σ take, of each thing that moves and by stage."""
    groups: dict[tuple[str, str | None], int] = {}
    rows, signs, numbers = [], [], []
    for number, decision in enumerate(statement.decisions):
        if decision.way == "add":
            continue
        rows.append(groups.setdefault((decision.measure, decision.stage), len(groups)))
        signs.append(units[number] if decision.way == "take" else -units[number])
        numbers.append(decisions[number])
    builder.rows("moves", rows, numbers, signs, lower=0.0, upper=0.0, count=len(groups))


def _shared(
    builder: ProgramBuilder,
    statement: Statement,
    means: Mapping[tuple[str, str], float],
    decisions: Indexes,
    units: Floats,
) -> None:
    """‖√w ∘ (X − X̄)‖₂ ≤ mean · s of each indicator, and Σ s ≤ number · limit of each stage."""
    parts: dict[str, list[int]] = {}
    for spread in statement.spreads:
        part = int(builder.variables(1, upper=1e6)[0])
        parts.setdefault(spread.stage, []).append(part)
        _cone(builder, spread, means[spread.stage, spread.indicator], decisions, units, part=part)
    for stage, own in parts.items():
        most = float(statement.composite[stage]) * len(own) * (1 + LOOSER)
        builder.rows(f"mean_cv:{stage}", 0, own, 1.0, upper=most, count=1)


def _cone(
    builder: ProgramBuilder,
    spread: Spread,
    cap: float,
    decisions: Indexes,
    units: Floats,
    *,
    part: int | None = None,
) -> None:
    """‖√w ∘ (X − X̄)‖₂ ≤ cv · X̄ and X̄ = Σ w X, for the rows of one stage; values in units of today's mean.

    With ``part``, a variable, the right side is cap × part instead, where ``cap`` is a mean.
    """
    weights = np.array([float(weight) for weight in spread.weights])
    weights = weights / weights.sum()
    now = np.array([float(value.constant) for value in spread.values])
    scale = float(weights @ now) or 1.0
    rows, variables, factors = _entries(spread.values, decisions, units)
    # Far above any mean of interest, so that a bound needs no other limit.
    mean = int(builder.variables(1, upper=1e5)[0])
    name = f"{spread.stage}:{spread.indicator}"
    builder.rows(
        f"mean:{name}",
        0,
        np.r_[variables, mean],
        np.r_[weights[rows] * factors / scale, -1.0],
        lower=-float(weights @ now) / scale,
        upper=-float(weights @ now) / scale,
        count=1,
    )
    roots = np.sqrt(weights)
    every = np.arange(len(now))
    builder.cone(
        f"cv:{name}",
        np.r_[rows, every],
        np.r_[variables, np.full(len(now), mean)],
        np.r_[roots[rows] * factors / scale, -roots],
        roots * now / scale,
        bound=([mean], [cap * (1 + LOOSER)]) if part is None else ([part], [cap / scale]),
    )
