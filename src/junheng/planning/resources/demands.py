"""学校达标 as demands: what each indicator of a school needs, and how many of them it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from junheng.base.outcome import Outcome
from junheng.base.terms import Label
from junheng.indicators.conditions import holds
from junheng.indicators.exact import exact_share
from junheng.planning.resources.affine import affine
from junheng.planning.resources.decisions import Effects, changed_by
from junheng.planning.resources.errors import NothingToPlanError
from junheng.planning.resources.measures import Measure
from junheng.planning.resources.statement import Affine, Decision, Demand, Row, SchoolNeed
from junheng.standards.model import Standard
from junheng.verdict.lacks import needed_amount
from junheng.verdict.limits import limit_for
from junheng.verdict.schools import school_rest

_FORMULAS = frozenset({"per_pupil", "pupils_per", "amount", "rooms_for_classes", "share", "ratio"})
_NO_PASS_MARK = Label("学校的及格分没有查到", "the pass mark of a school was not found")


def school_rule(
    rows: tuple[Row, ...], standard: Standard, decisions: tuple[Decision, ...], effects: Effects
) -> tuple[list[Demand], list[SchoolNeed], tuple[str, ...]]:
    """What every school must reach: demands that measures can meet, and how many of them it takes."""
    rule = standard.school_rule
    if rule is None:
        return [], [], ()
    rest = school_rest(standard)
    demands: list[Demand] = []
    needs: list[SchoolNeed] = []
    left: dict[str, None] = {}
    for number, row in enumerate(rows):
        weights = _weights(standard, row)
        fixed, lost = Fraction(0), ""
        for name, weight in weights.items():
            demand = _demand(number, name, weight, standard, row, effects[number], rest, decisions)
            if demand is not None:
                demands.append(demand)
                continue
            left[name] = None
            outcome = row[f"{name}__outcome"]
            if outcome == str(Outcome.MET):
                fixed += weight
            elif outcome == str(Outcome.UNMET) and rest is not None:
                lost = name
        needs.append(SchoolNeed(number, _least(standard, weights), fixed, lost))
    return demands, needs, tuple(left)


def _weights(standard: Standard, row: Row) -> dict[str, Fraction]:
    """What each indicator that concerns a row counts when it is met: 1, or its points."""
    score = standard.school_rule.score if standard.school_rule else None
    concerned = [name for name in standard.counted() if row[f"{name}__outcome"] is not None]
    if score is None:
        return dict.fromkeys(concerned, Fraction(1))
    return {name: Fraction(standard.resources[name].points or 0) for name in concerned}


def _least(standard: Standard, weights: Mapping[str, Fraction]) -> Fraction:
    rule = standard.school_rule
    assert rule is not None
    if rule.score is not None:
        if rule.score.at_least is None:
            raise NothingToPlanError(standard=standard.id, why=_NO_PASS_MARK)
        known = [i.points for n, i in standard.resources.items() if n in standard.counted() and i.points is not None]
        elsewhere = max(Fraction(rule.score.total) - sum(map(Fraction, known), Fraction(0)), Fraction(0))
        most = sum(weights.values(), elsewhere)
        return Fraction(rule.score.at_least) * most / Fraction(rule.score.total)
    if rule.not_found:  # nothing but everything is sure to keep a rule that was not found
        return Fraction(len(weights))
    # What does not concern a school is not missed; what was not seen is taken as missed.
    missable = len(standard.counted()) - (rule.at_least or 0)
    return Fraction(len(weights) - max(missable, 0))


def _demand(
    number: int,
    name: str,
    weight: Fraction,
    standard: Standard,
    row: Row,
    effects: Mapping[int, Mapping[str, Fraction]],
    rest: Fraction | None,
    decisions: tuple[Decision, ...],
) -> Demand | None:
    """The demand of one indicator, None where no measure can change how it is judged."""
    indicator = standard.resources[name]
    kind = indicator.formula.kind
    limit = limit_for(indicator, row)
    if kind not in _FORMULAS or limit is None or holds(indicator.formula.where, row) is not True:
        return None
    if limit.operator not in (("at_most", "below") if kind == "pupils_per" else ("at_least", "above")):
        return None
    amount = affine(indicator.formula.amount, row, effects)
    base = affine(indicator.formula.base, row, effects) if indicator.formula.base.columns() else None
    if amount is None or not (amount.factors or (base and base.factors)):
        return None
    share = Fraction(1)
    if standard.split and name in standard.split.indicators:
        own = exact_share(row, standard.split)
        if own is None:
            return None
        share = own
    strict = limit.operator in ("above", "below")

    def reach(part: Fraction) -> Affine | None:
        if base is not None and base.factors:  # a share whose base grows too: amount − limit × base, times its scale
            scale = Fraction(100) if kind == "share" else Fraction(indicator.formula.scale)
            by = limit.value * part / scale
            factors = {
                n: factor
                for n in sorted({*amount.factors, *base.factors})
                if (factor := amount.factors.get(n, Fraction(0)) - by * base.factors.get(n, Fraction(0)))
            }
            return _rounded(Affine(amount.constant - by * base.constant, factors), decisions, strict=strict)
        needed = needed_amount(indicator, row, limit, part)
        if needed is None:
            return None
        return _rounded(Affine(amount.constant - needed / share, amount.factors), decisions, strict=strict)

    full = reach(Fraction(1))
    below = reach(rest) if rest is not None else None
    return None if full is None or not full.factors else Demand(number, name, weight, full, below)


def _rounded(demand: Affine, decisions: tuple[Decision, ...], *, strict: bool) -> Affine:
    """The same need in whole steps, where everything that feeds it comes in steps: exact, and tighter to solve."""
    steps = [abs(factor) * (decisions[n].lot or 0) for n, factor in demand.factors.items()]
    if not steps or not all(steps):
        return Affine(demand.constant - (Fraction(1, 1000) if strict else 0), demand.factors)
    step = _common(steps)
    short = -demand.constant / step
    whole = floor(short) + 1 if strict else ceil(short)
    return Affine(-whole * step, demand.factors)


def _common(steps: Iterable[Fraction]) -> Fraction:
    """The greatest common divisor of fractions."""
    given = list(steps)
    bottom = lcm(*(step.denominator for step in given))
    return Fraction(gcd(*(int(step * bottom) for step in given)), bottom)


def check_stated(standard: Standard, chosen: Mapping[str, Measure], left: Iterable[str]) -> None:
    """See that whatever the measures change is stated: else "no plan" and the bound would be untrue.

    Raises:
        NothingToPlanError: an either/or rule, or a kind of computation, that the model has no form for.
    """
    touched = set().union(*(changed_by(measure) | set(measure.beside) for measure in chosen.values()))
    for name in left:
        indicator = standard.resources[name]
        parts = [standard.resources[part] for part in indicator.formula.of] or [indicator]
        if indicator.formula.kind not in _FORMULAS and any(part.columns() & touched for part in parts):
            raise NothingToPlanError(
                standard=standard.id,
                why=Label(
                    f"“{indicator.label.zh}”的算法（{indicator.formula.kind}）还不能列入方案",
                    f"how “{indicator.label.en}” is computed ({indicator.formula.kind}) has no form in a plan yet",
                ),
            )
