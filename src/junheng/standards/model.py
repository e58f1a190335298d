"""The types of a standard, as it stands in YAML.

A standard is a folder: ``standard.yaml`` (names, scope, rules), ``resources.yaml`` (indicators of every school) and one
file per further part (``government.yaml``, ``quality.yaml``, …) with its items. Numbers are written as strings and read
as ``Decimal``; a float in a standard is a loading error. The JSON Schema for editors is generated from these types.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from junheng.base.terms import Label
from junheng.standards.formula import Amount, Condition
from junheng.standards.indicator import Indicator
from junheng.standards.item import ItemPart
from junheng.standards.limit import BalanceLimit, Limits
from junheng.standards.source import Document, Number, Part, Source


class LeaveOut(Part):
    """Schools that a standard does not judge."""

    label: Label
    where: Condition
    source: Source


class Split(Part):
    """How what is filed for a whole mixed school is shared between its stages: by pupils × weight."""

    weights: dict[Literal["primary", "junior", "senior"], Number]
    indicators: tuple[str, ...] = Field(
        description="resources and checks whose amounts are shared out; no other may be"
    )
    source: Source

    @model_validator(mode="after")
    def _every_stage(self) -> Split:
        if set(self.weights) != {"primary", "junior", "senior"}:
            raise ValueError("拆分须写明 primary、junior、senior 三个权重：完全中学的高中学生也占一份")
        return self


class Campuses(Part):
    """Whether separately filed campuses are judged on their own or with their main school."""

    mode: Literal["separate", "merged"]
    at_least: int = Field(0, description="separate: smaller campuses still count with their main school")
    merge: Condition = Field({}, description="separate: rows that always count with their main school (附设班)")
    source: Source


class SchoolScore(Part):
    """A school scored by its indicators: a met one earns its points. What does not concern a school is taken out and
    the score rescaled to ``total``."""

    total: Number
    at_least: Number | None = Field(None, description="the pass mark; without one it was not found")


class SchoolRule(Part):
    """学校达标规则: at least ``at_least`` indicators met, every other at least ``rest`` × its limit where given; or
    a score; or, where the rule itself was not found, nothing but the indicators."""

    at_least: int | None = Field(None, ge=1)
    rest: Number | None = None
    score: SchoolScore | None = None
    not_found: bool = Field(False, description="值未见: how the indicators decide was not found")
    not_seen: int = Field(
        0, ge=0, description="requirements that count but whose content was not found: they stay open"
    )
    grades: dict[Literal["met", "tolerated", "unmet"], Label] = Field({}, description="what the document calls each")
    source: Source

    @model_validator(mode="after")
    def _one_rule(self) -> SchoolRule:
        if (self.at_least is not None) + (self.score is not None) + self.not_found != 1:
            raise ValueError("学校达标规则须恰好写 at_least、score、not_found 之一")
        if self.rest is not None and self.at_least is None:
            raise ValueError("余项（rest）只用于按达标项数判定的规则（at_least）")
        return self


class BalanceRule(Part):
    """How the 差异系数 decide: ``each`` must keep its limit, or their ``mean`` must keep ``limits``."""

    rule: Literal["each", "mean"]
    weights: Literal["pupils", "none"] = "pupils"
    indicators: tuple[str, ...] = Field(
        (),
        description="resources whose 差异系数 count; empty: for each, those with a balance entry; for mean, all "
        "resources of the standard that declares the rule",
    )
    limits: tuple[BalanceLimit, ...] = ()
    source: Source


class Compare(Part):
    """Whether values are compared as they are (exact) or as printed with ``digits`` decimals."""

    mode: Literal["exact", "printed"] = "exact"
    digits: int | None = None
    source: Source | None = None


class Change(Part):
    """What a relaxation does to one indicator: further terms of its amount, limits tried before its own."""

    add: Amount = Amount()
    limits: Limits = ()

    def columns(self) -> set[str]:
        """Every filed column that the change depends on."""
        named = self.add.columns()
        for term in (*self.add.all, *self.add.primary, *self.add.junior):
            named |= set(term.where)
        return named.union(*(limit.where for limit in self.limits))


class Relaxation(Part):
    """A named exception that is off unless asked for."""

    label: Label
    source: Source
    changes: dict[str, Change]


class InForce(Part):
    since: date = Field(alias="from")
    ends: date | None = None
    checked_on: date = Field(description="the day somebody last made sure that nothing newer replaced it")
    source: Source


PART_NAMES = ("eligibility", "coverage", "government", "quality", "satisfaction", "vetoes")


class Standard(Part):
    """A whole standard, all its dates included. ``on_day`` gives what holds on one day."""

    id: str
    ancestors: tuple[str, ...] = Field((), description="ids of what it extends, nearest first; set by the loader")
    label: Label
    purpose: Literal["evaluation", "gate", "checklist"]
    in_force: InForce
    stages: tuple[Literal["primary", "junior"], ...]
    leave_out: tuple[LeaveOut, ...] = ()
    split: Split | None = None
    campuses: Campuses
    compare: Compare = Compare()
    school_rule: SchoolRule | None = None
    balance_rule: BalanceRule | None = None
    resources: dict[str, Indicator] = Field({})
    required: tuple[str, ...] = Field((), description="resources that count for the school rule; empty: all")
    eligibility: ItemPart | None = None
    coverage: ItemPart | None = Field(None, description="普及普惠水平, of preschool standards only")
    government: ItemPart | None = None
    quality: ItemPart | None = None
    satisfaction: ItemPart | None = None
    vetoes: ItemPart | None = None
    relaxations: dict[str, Relaxation] = Field({})
    no_published_case: str = ""
    looser_because: dict[str, str] = Field(
        {},
        description="of an overlay: name of what is looser than in the parent → why, where the entry cannot say it",
    )
    tables_folders: tuple[str, ...] = Field((), exclude=True, description="set by the loader: its own columns")
    ledger: dict[str, Document] = Field({}, exclude=True, description="set by the loader: the documents it may cite")

    def parts(self) -> Iterator[tuple[str, ItemPart]]:
        """The parts made of items, in the order they are judged."""
        for name in PART_NAMES:
            part = getattr(self, name)
            if part is not None:
                yield name, part

    def counted(self) -> tuple[str, ...]:
        """The resource indicators that the school rule counts (sub-items of a bundle do not)."""
        return self.required or tuple(self.resources)

    @property
    def weighted(self) -> bool:
        """Whether the 差异系数 weigh each school by its pupils."""
        return self.balance_rule is None or self.balance_rule.weights == "pupils"

    def balanced(self) -> tuple[str, ...]:
        """The resource indicators whose 差异系数 the balance rule counts."""
        rule = self.balance_rule
        if rule is None:
            return ()
        return rule.indicators or tuple(
            name for name, indicator in self.resources.items() if rule.rule == "mean" or indicator.balance
        )

    def indicators(self) -> Iterator[tuple[str, Indicator]]:
        """Every computed indicator: resources and the checks of all items."""
        yield from self.resources.items()
        for _, part in self.parts():
            for item in part.items.values():
                yield from item.checks.items()

    def sources(self) -> Iterator[tuple[str, Source]]:
        """Every source with the place in the standard that cites it."""
        yield "in_force", self.in_force.source
        for index, entry in enumerate(self.leave_out):
            yield f"leave_out[{index}]", entry.source
        for name in ("split", "campuses", "compare", "school_rule", "balance_rule"):
            rule = getattr(self, name)
            if rule is not None and rule.source is not None:
                yield name, rule.source
        if self.balance_rule:
            for limit in self.balance_rule.limits:
                yield f"balance_rule.limits[{limit.since}]", limit.source
        for name, indicator in self.indicators():
            for dated in (*indicator.thresholds, *indicator.balance):
                yield f"{name}[{dated.since}]", dated.source
        for name, part in self.parts():
            yield name, part.source
            for score in part.pass_score:
                yield f"{name}.pass_score[{score.since}]", score.source
            for item_name, item in part.items.items():
                yield f"{name}.{item_name}", item.source
                for deduction in item.deductions:
                    yield f"{name}.{item_name}.deductions[{deduction.check}]", deduction.source
        for name, relaxation in self.relaxations.items():
            yield f"relaxations.{name}", relaxation.source
