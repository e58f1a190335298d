"""What a county has, what it needs and what it may do, as numbers: what a model is built from.

Everything that is held against a limit is an affine function of the decisions: constant + Σ factor × units. Constants
and factors are exact fractions, so that whole needs are rounded up exactly and no limit is missed by a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from junheng.base.terms import Label

Row = Mapping[str, Any]
Way = Literal["add", "give", "take"]


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
