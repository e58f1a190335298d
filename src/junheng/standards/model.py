"""The types of a standard, as it stands in YAML.

A standard is a folder: ``standard.yaml`` (names, scope, rules), ``resources.yaml`` (indicators of every school) and one
file per further part (``government.yaml``, ``quality.yaml``, …) with its items. Numbers are written as strings and read
as ``Decimal``; a float in a standard is a loading error. The JSON Schema for editors is generated from these types.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from junheng.base.terms import Label

Level = Literal["stage", "school", "county_stage", "county"]
Group = Literal["primary", "junior", "all"]
Operator = Literal["at_least", "at_most", "above", "below"]
OPERATORS: tuple[Operator, ...] = ("at_least", "at_most", "above", "below")


def _number(value: object) -> object:
    if isinstance(value, float | int) and not isinstance(value, bool):
        raise ValueError(f'数字须加引号写成文本（如 "4.2"），这里是 {value!r}')
    return value


def _whole(value: Decimal) -> Decimal:
    if value != int(value):
        raise ValueError(f"须为整数，这里是 {value}")
    return value


Number = Annotated[Decimal, BeforeValidator(_number)]
WholeNumber = Annotated[Number, AfterValidator(_whole)]


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) or value is None else [value]


class Part(BaseModel):
    """Strict and frozen: an unknown key in a standard is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """Where a rule stands and how sure we are of it."""

    document: str = Field(description="an entry of sources.yaml")
    place: str = ""
    printed: str = Field("", description="the figure as printed; every number of the rule occurs in it")
    confidence: Literal["seen", "inferred", "general"]
    read_in: str = Field(description="the page or founding document where it was read")


class Document(Part):
    """One official document that the project relies on (sources.yaml)."""

    title: str
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    confidence: Literal["seen", "inferred", "general"]
    read_in: str
    note: str = ""


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
Condition = dict[str, bool | Range | Annotated[tuple[str, ...], BeforeValidator(_listed)]]


class Term(Part):
    """One column of an amount, added or (``-column``) subtracted; with ``where`` it counts only for those rows."""

    column: str
    sign: Literal[1, -1] = 1
    where: Condition = {}
    granted: bool = Field(False, description="set where a relaxation adds it: a blank there claims nothing")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        if isinstance(value, str):
            return {"column": value.removeprefix("-"), "sign": -1 if value.startswith("-") else 1}
        return value


Terms = Annotated[tuple[Term, ...], BeforeValidator(_listed)]


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

    where: Condition = {}
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


Limits = Annotated[tuple[Limit, ...], BeforeValidator(_listed)]


class Dated(Part):
    """Something in force from a day (inclusive) until the next entry, or until ``ends`` (inclusive)."""

    since: date = Field(alias="from")
    ends: date | None = None
    source: Source


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


class Indicator(Part):
    """One computed requirement: what it is called, how it is computed, what it must reach and how alike schools are."""

    label: Label
    unit: str
    level: Level = "stage"
    formula: Formula
    thresholds: tuple[Threshold, ...] = ()
    balance: tuple[BalanceLimit, ...] = ()
    points: Number | None = Field(None, description="of a resource, where the school rule scores")
    note: Label | None = None

    def columns(self) -> set[str]:
        """Every filed column that the value or its limits depend on."""
        named = self.formula.amount.columns() | self.formula.base.columns() | set(self.formula.where)
        for term in (*self.formula.amount.all, *self.formula.amount.primary, *self.formula.amount.junior):
            named |= set(term.where)
        for threshold in self.thresholds:
            for limit in (*threshold.primary, *threshold.junior, *threshold.all):
                named |= set(limit.where)
                if isinstance(limit.value, Graded):
                    named.add(limit.value.by)
        return named


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

    at_least: int | None = None
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
    checks: dict[str, Indicator] = {}
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
    groups: dict[str, Branch] = {}
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
    resources: dict[str, Indicator] = {}
    required: tuple[str, ...] = Field((), description="resources that count for the school rule; empty: all")
    eligibility: ItemPart | None = None
    coverage: ItemPart | None = Field(None, description="普及普惠水平, of preschool standards only")
    government: ItemPart | None = None
    quality: ItemPart | None = None
    satisfaction: ItemPart | None = None
    vetoes: ItemPart | None = None
    relaxations: dict[str, Relaxation] = {}
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
