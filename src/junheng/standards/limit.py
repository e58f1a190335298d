"""What must be reached: limits by stage, size and condition, each from a day on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from junheng.standards.formula import Condition
from junheng.standards.source import Dated, Number, Part, listed

Operator = Literal["at_least", "at_most", "above", "below"]
OPERATORS: tuple[Operator, ...] = ("at_least", "at_most", "above", "below")


class Graded(Part):
    """A limit that depends on size: points by a column, in between by straight line, outside by the end values."""

    by: str
    points: dict[str, Number] = Field(min_length=2)
    between: Literal["line"] = "line"

    def at(self, size: Fraction) -> Fraction:
        points = sorted((Fraction(at), Fraction(value)) for at, value in self.points.items())
        if size <= points[0][0]:
            return points[0][1]
        for (left, low), (right, high) in pairwise(points):
            if size <= right:
                return low + (size - left) * (high - low) / (right - left)
        return points[-1][1]


class Limit(Part):
    """One limit: an operator with a number (or a graded one), for the rows that ``where`` names."""

    where: Condition = Field({})
    at_least: Number | Graded | None = None
    at_most: Number | Graded | None = None
    above: Number | None = None
    below: Number | None = None
    not_found: bool = Field(False, description="值未见: the document sets a limit whose value was not found")

    @model_validator(mode="after")
    def _one_operator(self) -> Limit:
        given = [name for name in OPERATORS if getattr(self, name) is not None]
        if len(given) != (0 if self.not_found else 1):
            raise ValueError("一个限值须恰好写 at_least、at_most、above、below 之一，或写 not_found")
        return self

    @property
    def operator(self) -> Operator | None:
        return next((name for name in OPERATORS if getattr(self, name) is not None), None)

    @property
    def value(self) -> Decimal | Graded | None:
        return getattr(self, self.operator) if self.operator else None


Limits = Annotated[tuple[Limit, ...], BeforeValidator(listed)]


class Threshold(Dated):
    """达标要求: limits by stage, or ``all`` where stages do not differ. The first limit whose rows match counts."""

    primary: Limits = ()
    junior: Limits = ()
    all: Limits = ()
    looser_because: str = ""

    def limits(self, stage: str | None) -> tuple[Limit, ...]:
        return (self.primary if stage == "primary" else self.junior if stage == "junior" else ()) or self.all


class CvLimit(Part):
    cv_at_most: Number


class BalanceLimit(Dated):
    """Limits of the 校际差异系数 by stage."""

    primary: CvLimit | None = None
    junior: CvLimit | None = None
    looser_because: str = ""

    def limit(self, stage: str) -> Decimal | None:
        entry = self.primary if stage == "primary" else self.junior
        return entry.cv_at_most if entry else None
