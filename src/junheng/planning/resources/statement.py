"""What a county has, what it needs and what it may do, as numbers: from a judgement and the inputs of a plan.

Everything that is held against a limit is an affine function of the decisions: constant + Σ factor × units. Constants
and factors are exact fractions, so that whole needs are rounded up exactly and no limit is missed by a float.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Any, Literal

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Label
from junheng.indicators.amounts import exact, exact_amount
from junheng.indicators.conditions import holds
from junheng.indicators.exact import exact_share, exact_value
from junheng.planning.resources.errors import NoPupilsError, NothingToPlanError
from junheng.planning.resources.measures import Inputs, Measure, all_measures
from junheng.planning.resources.places import places_of
from junheng.standards.formula import Amount
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard
from junheng.tables.dataset import Dataset
from junheng.tables.model import Tables
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import needed_amount
from junheng.verdict.limits import limit_for
from junheng.verdict.schools import school_rest

Row = Mapping[str, Any]
Way = Literal["add", "give", "take"]
_FORMULAS = frozenset({"per_pupil", "pupils_per", "amount", "rooms_for_classes", "share", "ratio"})
_NO_RULE = Label("没有学校达标规则，也没有差异系数限值", "it has no rule for schools and no limit of a coefficient")
_NO_PASS_MARK = Label("学校的及格分没有查到", "the pass mark of a school was not found")
# Values that are an affine function of the filed amounts, so that their spread is convex.
_CONVEX = frozenset({"per_pupil", "amount", "rooms_for_classes"})


@dataclass(frozen=True)
class Affine:
    """constant + Σ factor × decision."""

    constant: Fraction
    factors: Mapping[int, Fraction]


@dataclass(frozen=True)
class Decision:
    """How much of one measure one school (or one stage of it) gets or gives.

    Attributes:
        stage: None where the measure concerns what is filed for the whole school.
        way: ``add``; or ``give`` and ``take`` of something that moves between schools.
        most: in units: what there is to train or to give; None without a limit. What the inputs limit are ceilings.
        cost: 元 for one unit; what is moved costs where it is taken.
        lot: the least that can be had, None where any amount can.
    """

    measure: str
    way: Way
    school: str
    stage: str | None
    cost: Fraction
    lot: Fraction | None
    most: Fraction | None


@dataclass(frozen=True)
class Ceiling:
    """What the inputs allow at most, over some decisions together: a school's stages share its ceiling."""

    measure: str
    school: str
    decisions: tuple[int, ...]
    most: Fraction


@dataclass(frozen=True)
class Demand:
    """One indicator of one row: met where ``full`` ≥ 0; below ``floor`` ≥ 0 the row fails whatever else it has."""

    row: int
    indicator: str
    weight: Fraction
    full: Affine
    floor: Affine | None


@dataclass(frozen=True)
class SchoolNeed:
    """A row passes when the weights of its met indicators reach ``least``; ``fixed`` is what counts already."""

    row: int
    least: Fraction
    fixed: Fraction
    lost: str = ""  # an indicator that no measure changes and that fails the row


@dataclass(frozen=True)
class Spread:
    """The values of one indicator over the rows of one stage, and the limit of their 差异系数."""

    stage: str
    indicator: str
    limit: Fraction | None
    rows: tuple[int, ...]
    weights: tuple[Fraction, ...]
    values: tuple[Affine, ...]


@dataclass(frozen=True)
class Statement:
    """Everything that a model of one county is built from."""

    county: str
    rows: tuple[Row, ...]
    decisions: tuple[Decision, ...]
    demands: tuple[Demand, ...]
    needs: tuple[SchoolNeed, ...]
    spreads: tuple[Spread, ...]
    ceilings: tuple[Ceiling, ...] = ()
    kept: tuple[Affine, ...] = ()  # what may not fall below nothing: nobody leaves who is not there
    composite: Mapping[str, Fraction] = field(default_factory=dict)  # by stage, the limit of the mean coefficient
    budget: Fraction | None = None
    left: tuple[str, ...] = ()  # indicators that no measure changes
    labels: Mapping[str, Label] = field(default_factory=dict)  # of the indicators

    def name(self, row: int) -> str:
        return str(self.rows[row]["school_name"] or self.rows[row]["school_code"])


def state(judgement: Judgement, inputs: Inputs, county: str) -> Statement:
    """State the problem of one county.

    Raises:
        NothingToPlanError: the standard has no rule that measures could satisfy.
        NoPupilsError: a row has no pupils, so that the county cannot pass.
    """
    standard, tables = judgement.standard, judgement.dataset.tables
    rows = tuple(row for row in judgement.in_scope.iter_rows(named=True) if row["county_code"] == county)
    if empty := [row for row in rows if not row["pupils"]]:
        raise NoPupilsError(places="、".join(str(row["school_name"] or row["school_code"]) for row in empty[:5]))
    chosen = {name: all_measures()[name] for name, choice in inputs.choices.items() if choice.allowed}
    used = set().union(*(indicator.columns() for indicator in standard.resources.values()))
    chosen = {name: measure for name, measure in chosen.items() if _changed(measure) & used}
    places = tuple(_as_filed(rows, judgement.dataset, judgement.year, judgement.computed.members))
    decisions = tuple(_decisions(places, chosen, inputs, tables))
    effects = _effects(rows, decisions, chosen)
    demands, needs, left = _school_rule(rows, standard, decisions, effects)
    _check_stated(standard, chosen, left)
    spreads = list(_spreads(rows, standard, effects))
    if not demands and not needs and not spreads:
        raise NothingToPlanError(standard=standard.id, why=_NO_RULE)
    return Statement(
        county=county,
        rows=rows,
        decisions=decisions,
        demands=tuple(demands),
        needs=tuple(needs),
        spreads=tuple(spreads),
        ceilings=tuple(_ceilings(decisions, inputs)),
        kept=tuple(_kept(places, chosen.values(), decisions, effects)),
        composite=_composite_limits(standard),
        budget=inputs.budget,
        left=left,
        labels={name: indicator.label for name, indicator in standard.resources.items()},
    )


def _as_filed(rows: Iterable[Row], dataset: Dataset, year: int, members: pl.DataFrame) -> Iterator[Row]:
    """The rows with everything that their own school filed, whether the standard uses it or not.

    What there is to train or to give is looked up here, in the rows that a plan is written back to: a row that is
    judged leaves out columns that its standard does not use, and may count campuses in.
    """
    filed: dict[tuple[str, str | None], dict[str, Any]] = {}
    for name in ("school_year", "stage_year"):
        for own in dataset[name].filter(pl.col("school_year") == year).iter_rows(named=True):
            filed[own["school_code"], own.get("stage")] = own
    places = places_of(dataset, year, members)
    for row in rows:
        own = dict(row)
        for stage in (None, row["stage"]):
            own |= filed.get((places.filed_by(row["school_code"], stage) or "", stage), {})
        yield own | {"school_code": row["school_code"]}


def _kept(
    places: Iterable[Row], chosen: Iterable[Measure], decisions: Sequence[Decision], effects: Effects
) -> Iterator[Affine]:
    """Amounts that several decisions together could bring below nothing: each alone has its ``most``."""
    wholes: list[Amount] = []
    for measure in chosen:
        wholes += [one for one in (measure.of, measure.within) if one is not None and one not in wholes]
    for place, own in zip(places, effects, strict=True):
        changed = {column for changes in own.values() for column in changes if place.get(column) is not None}
        for column in sorted(changed):
            factors = {n: changes[column] for n, changes in own.items() if column in changes}
            yield from _falls(exact(place[column]), factors, decisions)
        for amount in wholes:
            if _has(amount, place) and (left := _affine(amount, place, own)) is not None:
                yield from _falls(left.constant, left.factors, decisions)


def _falls(now: Fraction, factors: Mapping[int, Fraction], decisions: Sequence[Decision]) -> Iterator[Affine]:
    most = [(factor, decisions[n].most) for n, factor in factors.items() if factor < 0]
    start = max(now, Fraction(0))
    if any(limit is None for _, limit in most) or start + sum(f * (m or 0) for f, m in most) < 0:
        yield Affine(start, factors)


def _check_stated(standard: Standard, chosen: Mapping[str, Measure], left: Iterable[str]) -> None:
    """See that whatever the measures change is stated: else "no plan" and the bound would be untrue.

    Raises:
        NothingToPlanError: an either/or rule, or a kind of computation, that the model has no form for.
    """
    touched = set().union(*(_changed(measure) | set(measure.beside) for measure in chosen.values()))
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


def _changed(measure: Measure) -> set[str]:
    return set().union(*(measure.adds.columns(stage) for stage in ("primary", "junior")))


def used_measures(standard: Standard) -> list[str]:
    """The measures that change anything a standard's resources are computed from."""
    used = set().union(*(indicator.columns() for indicator in standard.resources.values()))
    return [name for name, measure in all_measures().items() if _changed(measure) & used]


def _decisions(
    rows: tuple[Row, ...], chosen: Mapping[str, Measure], inputs: Inputs, tables: Tables
) -> Iterator[Decision]:
    """One decision a measure and place; of what moves two, one for giving and one for taking."""
    of_school = set(tables["school_year"].columns)
    seen: set[tuple[str, str]] = set()
    for name, measure in chosen.items():
        choice = inputs.choices[name]
        whole_school = bool(_changed(measure) & of_school)
        for row in rows:
            school = row["school_code"]
            stage = None if whole_school else row["stage"]
            if not measure.adds.columns(row["stage"]) or (whole_school and (school, name) in seen):
                continue
            seen.add((school, name))
            lot = Fraction(measure.lot) if measure.lot is not None else None
            there = _room(row, measure)
            if lot is not None and there is not None:
                there = floor(there / lot) * lot
            if measure.moves:
                yield Decision(name, "give", school, stage, Fraction(0), lot, there)
                yield Decision(name, "take", school, stage, choice.cost, lot, None)
            else:
                yield Decision(name, "add", school, stage, choice.cost, lot, there)


def _room(row: Row, measure: Measure) -> Fraction | None:
    """The most units that what is there allows."""
    limits: list[Fraction] = []
    if measure.of is not None:
        there = exact_amount(measure.of, row) if _has(measure.of, row) else None
        limits.append(max(there or Fraction(0), Fraction(0)) * Fraction(measure.share))
    if measure.within is not None and _has(measure.within, row):
        there = exact_amount(measure.within, row)
        if there is not None:
            limits.append(max(there, Fraction(0)))
    return min(limits, default=None)


def _ceilings(decisions: Sequence[Decision], inputs: Inputs) -> Iterator[Ceiling]:
    """What the inputs allow of a measure: at most so much in each school (and stage), and less in some schools."""
    by_school: dict[tuple[str, str], list[int]] = {}
    for number, decision in enumerate(decisions):
        if decision.way == "take":  # ceilings are about what is added or given away
            continue
        by_school.setdefault((decision.school, decision.measure), []).append(number)
        most = inputs.choices[decision.measure].most
        if most is not None:
            yield Ceiling(decision.measure, decision.school, (number,), most)
    for (school, measure), most in inputs.ceilings.items():
        if numbers := by_school.get((school, measure)):
            yield Ceiling(measure, school, tuple(numbers), most)


def _has(amount: Amount, row: Row) -> bool:
    """Whether the row has the columns at all: one that the standard does not use is not joined to it."""
    return all(term.column in row for term in amount.terms(row.get("stage")))


Effects = list[dict[int, dict[str, Fraction]]]  # by row: decision → column → change


def _effects(rows: tuple[Row, ...], decisions: tuple[Decision, ...], chosen: Mapping[str, Measure]) -> Effects:
    """What one unit of each decision of its school changes in each row; what is beside a stage changes all of them."""
    by_school: dict[str, list[int]] = {}
    for number, decision in enumerate(decisions):
        by_school.setdefault(decision.school, []).append(number)
    effects: Effects = []
    for row in rows:
        own: dict[int, dict[str, Fraction]] = {}
        for number in by_school.get(row["school_code"], ()):
            decision, measure = decisions[number], chosen[decisions[number].measure]
            sign = -1 if decision.way == "give" else 1
            adds = dict(measure.beside)
            if decision.stage in (None, row["stage"]):
                adds |= measure.adds.columns(row["stage"])
            if adds:
                own[number] = {column: Fraction(sign * amount) for column, amount in adds.items()}
        effects.append(own)
    return effects


def _affine(amount: Amount, row: Row, effects: Mapping[int, Mapping[str, Fraction]]) -> Affine | None:
    """An amount of one row after the decisions; None where it is not known."""
    constant = exact_amount(amount, row)
    if constant is None:
        return None
    counted = [term for term in amount.terms(row.get("stage")) if holds(term.where, row)]
    factors = {}
    for number, columns in effects.items():
        factor = sum((term.sign * columns.get(term.column, Fraction(0)) for term in counted), Fraction(0))
        if factor:
            factors[number] = factor
    return Affine(constant, factors)


def _school_rule(
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
    amount = _affine(indicator.formula.amount, row, effects)
    base = _affine(indicator.formula.base, row, effects) if indicator.formula.base.columns() else None
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


def _spreads(rows: tuple[Row, ...], standard: Standard, effects: Effects) -> Iterator[Spread]:
    """Every 差异系数 that is limited, as values over the decisions."""
    rule = standard.balance_rule
    if rule is None:
        return
    for name in standard.balanced():
        indicator = standard.resources[name]
        for stage in standard.stages:
            limit = indicator.balance[0].limit(stage) if rule.rule == "each" and indicator.balance else None
            if rule.rule == "each" and limit is None:
                continue
            own = [number for number, row in enumerate(rows) if row["stage"] == stage]
            values = [_value(name, indicator, standard, rows[number], effects[number]) for number in own]
            if not own:
                continue
            if indicator.formula.kind not in _CONVEX:
                raise NothingToPlanError(
                    standard=standard.id,
                    why=Label(
                        f"{indicator.label.zh}的差异系数不是凸的",
                        f"the coefficient of “{indicator.label.en}” is not convex",
                    ),
                )
            weight = [exact(rows[number]["pupils"]) if standard.weighted else Fraction(1) for number in own]
            yield Spread(
                stage, name, None if limit is None else Fraction(limit), tuple(own), tuple(weight), tuple(values)
            )


def _value(
    name: str, indicator: Indicator, standard: Standard, row: Row, effects: Mapping[int, Mapping[str, Fraction]]
) -> Affine:
    """The value of one row after the decisions: as computed now, and what one unit of each decision changes."""
    now = exact_value(name, indicator, standard, row)
    amount = _affine(indicator.formula.amount, row, effects)
    assert now is not None, "blanks were refused before"
    assert amount is not None
    by = Fraction(1)
    if standard.split and name in standard.split.indicators:
        by = exact_share(row, standard.split) or Fraction(0)
    if indicator.formula.kind == "per_pupil":
        by = by * Fraction(indicator.formula.scale) / exact(row["pupils"])
    elif indicator.formula.kind == "rooms_for_classes":
        base = exact_amount(indicator.formula.base, row)
        by = by / ceil((base or 0) / (indicator.formula.per or 1)) if base else Fraction(0)
    return Affine(now, {number: factor * by for number, factor in amount.factors.items()})


def _composite_limits(standard: Standard) -> dict[str, Fraction]:
    rule = standard.balance_rule
    if rule is None or rule.rule != "mean" or not rule.limits:
        return {}
    found = {stage: rule.limits[0].limit(stage) for stage in standard.stages}
    return {stage: Fraction(limit) for stage, limit in found.items() if limit is not None}
