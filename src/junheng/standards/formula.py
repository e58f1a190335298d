"""What is computed: conditions on rows, amounts of columns, and the kind of computation that takes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from junheng.standards.source import Number, Part, WholeNumber, listed


class Range(Part):
    """An interval; the ends that are given count."""

    at_least: Number | None = None
    at_most: Number | None = None
    above: Number | None = None
    below: Number | None = None

    def holds(self, value: Fraction) -> bool:
        return (
            (self.at_least is None or value >= Fraction(self.at_least))
            and (self.at_most is None or value <= Fraction(self.at_most))
            and (self.above is None or value > Fraction(self.above))
            and (self.below is None or value < Fraction(self.below))
        )


# Which rows a rule concerns: column → allowed codes, yes/no, or an interval. All must hold. A blank
# neither holds nor fails: whether the rule concerns that row stays open.
Condition = dict[str, bool | Range | Annotated[tuple[str, ...], BeforeValidator(listed)]]


class Term(Part):
    """One column of an amount, added or (``-column``) subtracted; with ``where`` it counts only for those rows."""

    column: str
    sign: Literal[1, -1] = 1
    where: Condition = Field({})
    granted: bool = Field(False, description="set where a relaxation adds it: a blank there claims nothing")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        if isinstance(value, str):
            return {"column": value.removeprefix("-"), "sign": -1 if value.startswith("-") else 1}
        return value


Terms = Annotated[tuple[Term, ...], BeforeValidator(listed)]


class Amount(Part):
    """A signed sum of columns; ``primary`` and ``junior`` where the stages count different columns."""

    all: Terms = ()
    primary: Terms = ()
    junior: Terms = ()

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return value if isinstance(value, dict | Amount) and "column" not in value else {"all": value}

    def terms(self, stage: str | None) -> tuple[Term, ...]:
        """The columns that count for one stage (None: rows without a stage)."""
        return (self.primary if stage == "primary" else self.junior if stage == "junior" else ()) or self.all

    def columns(self) -> set[str]:
        return {term.column for term in (*self.all, *self.primary, *self.junior)}


class Formula(Part):
    """A kind of computation and the columns it works on. What a kind needs stands in ``junheng/indicators/kinds``."""

    kind: str
    amount: Amount = Amount()
    base: Amount = Amount()
    scale: WholeNumber = Decimal(1)
    over: str = Field("", description="rows summed for a county: stages, schools, or a table")
    where: Condition = Field({}, description="the rows it concerns; the others are not applicable")
    per: int | None = None
    floor: WholeNumber | None = None
    years: int | None = None
    span: Literal["each", "mean"] = Field("each", description="of several years: the worst of them, or their mean")
    of: tuple[str, ...] = ()
    count: int | None = None
