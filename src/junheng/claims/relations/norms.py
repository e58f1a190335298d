"""The limit behind 达到省定标准: stated elsewhere in the report, or set by a chosen standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from junheng.claims.mention import Mention
from junheng.claims.relations.limits import Limit
from junheng.claims.report import Report, ratio_value
from junheng.claims.roles import Role, each_of, without_each
from junheng.claims.terms import Named, terms
from junheng.standards.indicator import Indicator
from junheng.standards.limit import Graded, Threshold
from junheng.standards.model import Standard

_OPERATORS = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}


@dataclass(frozen=True, slots=True)
class Norm:
    """A limit with its number.

    Attributes:
        value: in the base unit; of a ratio how many stand against one.
        source: article of the chosen standard; empty when the report states it.
    """

    operator: str
    value: Fraction
    source: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure measures, as far as its words and its neighbours say.

    Attributes:
        concept: of an average what is shared out, of a ratio the one that many stand against.
        facets: of its own words, of the words before it or of the school it is about.
        rest: words that narrow it further (音体美 of 音体美专任教师).
    """

    role: Role
    base: str
    per: int
    concept: str
    facets: frozenset[str]
    rest: str

    @property
    def stage(self) -> str | None:
        stages = [facet.partition(":")[2] for facet in self.facets if facet.startswith("stage:")]
        return stages[0] if len(stages) == 1 else None


def subject_of(report: Report, mention: Mention) -> Subject:
    """What a figure measures: 生均19平方米 after 占地面积15960平方米 is of land."""
    concept = mention.concept
    bases = {"", mention.figure.unit.base}
    if mention.role is Role.EACH:
        known = terms().concepts
        own = [one for one in (concept, *mention.named.others) if one and known[one].base in bases - {""}]
        before = [
            other.concept
            for other in report.in_sentence(mention)
            if other.figure.start < mention.figure.start
            and other.role is Role.STATED
            and other.concept
            and other.figure.unit.base == mention.figure.unit.base
        ]
        concept = own[0] if own else before[-1] if before else ""
    facets = mention.facets or mention.carried or terms().named(mention.entity).facets
    if not facets:
        head = report.text(report.built.sentences[mention.sentence].start, mention.figure.start).partition(":")[0]
        facets = terms().named(head).facets if len(head) <= 16 else frozenset()
    per = mention.each.per if mention.each is not None else 1
    rest = terms().named(without_each(mention.label)).rest
    return Subject(mention.role, mention.figure.unit.base, per, concept, facets, rest)


def stated_norm(report: Report, mention: Mention, limits: Sequence[Limit]) -> Norm | None:
    """The limit that an earlier sentence of the chapter sets for the same quantity; None when none or several do."""
    subject = subject_of(report, mention)
    found = {
        Norm(limit.operator(mention), limit.value(mention))
        for limit in limits
        if limit.numeral.start < mention.figure.start
        and limit.mention is not None
        and limit.sentence != mention.sentence
        and report.chapter(limit.mention) == report.chapter(mention)
        and _sets(report, subject, limit)
    }
    return found.pop() if len(found) == 1 else None


def _sets(report: Report, subject: Subject, limit: Limit) -> bool:
    assert limit.mention is not None
    of_limit = subject_of(report, limit.mention)
    if subject.role is Role.RATIO:
        same = of_limit.role is Role.RATIO
    else:
        same = of_limit.role is subject.role and of_limit.per == subject.per and of_limit.base == subject.base
        same = same and bool(subject.concept) and of_limit.concept == subject.concept
    return same and of_limit.facets == subject.facets


def standard_norm(report: Report, mention: Mention, standard: Standard) -> Norm | None:
    """What the chosen standard asks of the same quantity; None when nothing.

    Where it asks different things of different stages and the report does not say which is meant, the easiest that the
    figure misses or the hardest that it meets; None when it meets one and misses another.
    """
    subject = subject_of(report, mention)
    norms: set[Norm] = set()
    for _, indicator in standard.indicators():
        if indicator.level == "stage" and _measures(indicator, subject):
            norms |= _asked(indicator, subject.stage)
    known = ratio_value(mention) if mention.role is Role.RATIO else mention.figure.numeral.value
    if len(norms) == 1 or known is None:
        return norms.pop() if len(norms) == 1 else None
    value = known * (1 if mention.role is Role.RATIO else mention.figure.unit.factor)
    kept = {norm for norm in norms if holds(norm, value)}
    if not norms or len({norm.operator for norm in norms}) != 1 or (kept and kept != norms):
        return None
    hardest_last = sorted(norms, key=lambda norm: norm.value, reverse=next(iter(norms)).operator in ("<=", "<"))
    return hardest_last[-1] if kept else hardest_last[0]


def holds(norm: Norm, value: Fraction) -> bool:
    """Whether a value keeps a limit."""
    match norm.operator:
        case ">=":
            return value >= norm.value
        case ">":
            return value > norm.value
        case "<=":
            return value <= norm.value
    return value < norm.value


def _measures(indicator: Indicator, subject: Subject) -> bool:
    """Whether an indicator, by its own name, is the quantity that a figure gives: 生均教学及辅助用房面积."""
    name = indicator.label.zh
    if subject.role is Role.RATIO:
        return indicator.formula.kind == "pupils_per"
    each = each_of(name)
    if subject.role is not Role.EACH or each is None or not subject.concept or each.per != subject.per:
        return False
    asked = _shared_out(name)
    narrower = set(asked.rest) & set(subject.rest)
    return asked.concept == subject.concept and bool(narrower) is bool(set(asked.rest) | set(subject.rest))


@cache
def _shared_out(name: str) -> Named:
    return terms().named(without_each(name))


def _asked(indicator: Indicator, stage: str | None) -> set[Norm]:
    if not indicator.thresholds:
        return set()
    threshold = max(indicator.thresholds, key=lambda one: one.since)
    stages = [stage] if stage in ("primary", "junior") else ["primary", "junior"]
    return {norm for one in stages for norm in _of_stage(threshold, one)}


def _of_stage(threshold: Threshold, stage: str) -> set[Norm]:
    found = set()
    for limit in threshold.limits(stage):
        if limit.operator is None or limit.value is None or isinstance(limit.value, Graded) or limit.where:
            return set()  # it depends on what the report does not say
        source = f"{threshold.source.document} {threshold.source.place}".strip()
        found.add(Norm(_OPERATORS[limit.operator], Fraction(limit.value), source))
    return found
