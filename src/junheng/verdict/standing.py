"""离要求还差几个: how schools stand against every limit that binds a school, with their data as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Label
from junheng.engine.embedded import Embedded
from junheng.engine.protocol import Engine
from junheng.indicators.compute import compute
from junheng.standards.indicator import Indicator
from junheng.standards.item import ItemPart
from junheng.standards.model import Standard
from junheng.standards.on_day import on_day
from junheng.tables.dataset import Dataset
from junheng.tables.model import Tables
from junheng.verdict.items import judge_checks
from junheng.verdict.judge import latest_year
from junheng.verdict.lacks import amount_unit, lack
from junheng.verdict.limits import limit_for
from junheng.verdict.schools import judge_rows, school_rest

_OF_SCHOOLS = ("stage", "school")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one school stands against one requirement.

    Attributes:
        stage: empty where the requirement is of the school as a whole.
        counted: whether it is one of the 资源配置 indicators of the school rule, else a check of an item.
        limit, operator: none where no limit is known.
        lack: how much is to be added (negative: taken away) to reach the limit; 0 when it is reached, None when that
            cannot be said.
        lack_to_rest: the same to what an indicator must reach that may be missed (余项).
        lack_unit: what is counted by ``lack``.
        blanks: the columns that are not filled and that the value needs, by name.
    """

    school: str
    stage: str
    indicator: str
    label: Label
    counted: bool
    value: float | None
    unit: str
    limit: float | None
    operator: str
    outcome: Outcome
    lack: float | None
    lack_to_rest: float | None
    lack_unit: str
    absent: str
    blanks: tuple[str, ...]


def standing(
    dataset: Dataset, standard: Standard, day: date, *, year: int | None = None, engine: Engine | None = None
) -> list[Standing]:
    """Hold each school of a dataset against the standard's requirements of schools; the county's are left out.

    Args:
        year: the school year; by default the latest filed that had begun on ``day``.

    Raises:
        NoDataForYearError, StandardNotInForceError: see ``judge``.
    """
    held = on_day(standard, day, ())
    own = _of_schools(held)
    year = year if year is not None else latest_year(dataset, day)
    computed = compute(dataset, own, year=year, day=day, engine=engine or Embedded())
    checks = judge_checks(computed, dataset, own, year, day)
    frames = {
        "stage": judge_rows(checks.of("stage"), own, dataset.tables).filter(pl.col("left_out").is_null()),
        "school": checks.of("school"),
    }
    rest = school_rest(held)
    indicators = [(name, indicator, True) for name, indicator in own.resources.items()]
    indicators += [(name, indicator, False) for _, part in own.parts() for name, indicator in _checks(part).items()]
    return [
        _standing(name, indicator, counted, own, row, dataset.tables, rest)
        for level, frame in frames.items()
        for row in frame.iter_rows(named=True)
        for name, indicator, counted in indicators
        if indicator.level == level and row.get(f"{name}__outcome") is not None
    ]


def _of_schools(standard: Standard) -> Standard:
    """The standard with nothing but what is asked of schools: most of a county's computations fall away."""
    parts = {name: part.model_copy(update={"items": _items(part)}) for name, part in standard.parts()}
    return standard.model_copy(update={**parts, "balance_rule": None})


def _items(part: ItemPart) -> dict[str, Any]:
    kept = {}
    for name, item in part.items.items():
        checks = {check: i for check, i in item.checks.items() if i.level in _OF_SCHOOLS}
        if checks:
            kept[name] = item.model_copy(update={"checks": checks})
    return kept


def _checks(part: ItemPart) -> dict[str, Indicator]:
    return {name: check for item in part.items.values() for name, check in item.checks.items()}


def _standing(
    name: str,
    indicator: Indicator,
    counted: bool,
    standard: Standard,
    row: Mapping[str, Any],
    tables: Tables,
    rest: Fraction | None,
) -> Standing:
    limit = limit_for(indicator, row)
    bundle = indicator.formula.kind == "some_of"

    def lacking(share: Fraction | None) -> float | None:
        if limit is None or bundle or share is None:
            return None
        found = lack(name, indicator, standard, row, limit, tables, share)
        return None if found is None else float(found)

    return Standing(
        school=row["school_code"],
        stage=row.get("stage") or "",
        indicator=name,
        label=indicator.label,
        counted=counted,
        value=row.get(f"{name}__value"),
        unit=indicator.unit,
        limit=None if limit is None else float(limit.value),
        operator="" if limit is None else limit.operator,
        outcome=Outcome(row[f"{name}__outcome"]),
        lack=lacking(Fraction(1)),
        lack_to_rest=lacking(rest) if counted else None,
        lack_unit="" if bundle else amount_unit(indicator, tables),
        absent=row.get(f"{name}__absent") or "",
        blanks=tuple(sorted(c for c in indicator.columns() if c in row and row[c] is None)),
    )
