"""What a county may do: a decision for every measure and place, what limits it, and what one unit changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

import polars as pl

from junheng.indicators.amounts import exact, exact_amount
from junheng.planning.resources.affine import affine
from junheng.planning.resources.measures import Inputs, Measure
from junheng.planning.resources.places import places_of
from junheng.planning.resources.statement import Affine, Ceiling, Decision, Row
from junheng.standards.formula import Amount
from junheng.tables.dataset import Dataset
from junheng.tables.model import Tables

Effects = list[dict[int, dict[str, Fraction]]]  # by row: decision → column → change


def changed_by(measure: Measure) -> set[str]:
    """The columns that a measure changes."""
    return set().union(*(measure.adds.columns(stage) for stage in ("primary", "junior")))


def as_filed(rows: Iterable[Row], dataset: Dataset, year: int, members: pl.DataFrame) -> Iterator[Row]:
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


def decisions_of(
    rows: tuple[Row, ...], chosen: Mapping[str, Measure], inputs: Inputs, tables: Tables
) -> Iterator[Decision]:
    """One decision a measure and place; of what moves two, one for giving and one for taking."""
    of_school = set(tables["school_year"].columns)
    seen: set[tuple[str, str]] = set()
    for name, measure in chosen.items():
        choice = inputs.choices[name]
        whole_school = bool(changed_by(measure) & of_school)
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


def ceilings_of(decisions: Sequence[Decision], inputs: Inputs) -> Iterator[Ceiling]:
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


def effects_of(rows: tuple[Row, ...], decisions: tuple[Decision, ...], chosen: Mapping[str, Measure]) -> Effects:
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


def kept_of(
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
            if _has(amount, place) and (left := affine(amount, place, own)) is not None:
                yield from _falls(left.constant, left.factors, decisions)


def _falls(now: Fraction, factors: Mapping[int, Fraction], decisions: Sequence[Decision]) -> Iterator[Affine]:
    most = [(factor, decisions[n].most) for n, factor in factors.items() if factor < 0]
    start = max(now, Fraction(0))
    if any(limit is None for _, limit in most) or start + sum(f * (m or 0) for f, m in most) < 0:
        yield Affine(start, factors)
