"""Items of a part, judged by people or computed, and the tree of points that they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from junheng.base.terms import Label
from junheng.standards.indicator import Indicator
from junheng.standards.source import Dated, Number, Part, Source

FindingCode = Literal["met", "basically", "piloting", "partly", "unmet"]


class Deduction(Part):
    """扣分规则: what an item loses when its check ``check`` misses its limit."""

    check: str
    points: Number | None = Field(None, description="points lost, once or for every step; without: all of the item's")
    per: Number | None = Field(None, description="size of a step of the shortfall, in the check's unit")
    steps: Literal["started", "full", "part"] = Field("full", description="how the rest of a step counts")
    source: Source


class Item(Part):
    """One item of a part: checks that are computed, a finding that people make, or both."""

    label: Label
    number: int | None = None
    group: str = ""
    source: Source
    judged: bool = Field(True, description="needs an inspector's or the county's finding")
    checks: dict[str, Indicator] = Field({})
    gate: bool = Field(False, description="every school must meet the basic standard that is judged beside this one")
    points: Number | None = None
    deductions: tuple[Deduction, ...] = ()
    evidence: tuple[Label, ...] = Field((), description="佐证材料 that the document asks for")
    may_not_apply: bool = Field(False, description="people may find that it does not concern the county")
    since: date | None = Field(None, alias="from")
    ends: date | None = None
    note: Label | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Item:
        if not self.judged and not self.checks and not self.gate:
            raise ValueError("事项既不认定（judged）也没有 checks")
        for deduction in self.deductions:
            if deduction.check not in self.checks:
                raise ValueError(f"扣分规则所指的 {deduction.check} 不在本事项的 checks 中")
            if deduction.per is not None and (deduction.points is None or deduction.per <= 0):
                raise ValueError("按步扣分（per）须为正数，并写明每步扣多少分（points）")
        return self


class PassScore(Dated):
    at_least: Number
    looser_because: str = ""


class Branch(Part):
    """A branch of a part's tree (A、B 级指标); a bare label is a branch without points."""

    label: Label
    points: Number | None = None
    group: str = Field("", description="the branch above, where there is one")
    not_seen: bool = Field(False, description="some of what stands below it was not found")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"label": value} if isinstance(value, Label) or (isinstance(value, dict) and "zh" in value) else value


class ItemPart(Part):
    """A part made of items: all must be met, or their points must reach a score."""

    label: Label
    rule: Literal["all", "score"] = "all"
    pass_score: tuple[PassScore, ...] = ()
    total: Number | None = Field(Decimal(100), description="of a scored part; null where it was not found")
    rescale: bool = Field(False, description="points of items that do not apply are taken out, the rest rescaled")
    findings: tuple[FindingCode, ...] = Field(("met", "unmet"), description="what people may find")
    plans: bool = Field(False, description="an item that is not met needs a plan")
    not_seen: int = Field(0, ge=0, description="items that count but whose content was not found: they stay open")
    groups: dict[str, Branch] = Field({})
    items: dict[str, Item]
    source: Source

    @model_validator(mode="after")
    def _consistent(self) -> ItemPart:
        entries: dict[str, Item | Branch] = {**self.items, **self.groups}
        for name, entry in entries.items():
            if entry.group and (entry.group not in self.groups or entry.group == name):
                raise ValueError(f"{name} 的分组 {entry.group} 没有定义")
        for name, group in self.groups.items():
            if any(above is group for above in self._above(group)):
                raise ValueError(f"分组 {name} 归属成环")
        if self.rule == "score":
            self._check_points("", self.total, open_=bool(self.not_seen))
            for name, group in self.groups.items():
                self._check_points(name, group.points, open_=group.not_seen)
        return self

    def path(self, item: Item) -> tuple[Branch, ...]:
        """The branches that an item stands under (一级指标, 二级指标, …), the highest first."""
        return tuple(reversed([*self._above(item)]))

    def _above(self, entry: Item | Branch) -> Iterator[Branch]:
        for _ in self.groups:
            if not entry.group:
                return
            entry = self.groups[entry.group]
            yield entry

    @property
    def unseen(self) -> bool:
        """Whether something counts that was not found."""
        return self.not_seen > 0 or any(group.not_seen for group in self.groups.values())

    def _check_points(self, group: str, points: Decimal | None, *, open_: bool) -> None:
        """What stands below a branch adds up to its points; below it where something was not seen."""
        entries: list[Item | Branch] = [*self.items.values(), *self.groups.values()]
        below = [entry.points for entry in entries if entry.group == group]
        known = sum((own for own in below if own is not None), Decimal(0))
        if points is None or not below:
            return
        label = self.groups[group].label.zh if group else self.label.zh
        if open_ or None in below:
            if known > points:
                raise ValueError(f"“{label}”各项分值之和 {known} 超过 {points}")
        elif known != points:
            raise ValueError(f"“{label}”各项分值之和应为 {points}，实为 {known}")
