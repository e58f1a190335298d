"""What the checker says about one figure of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType


class Verdict(StrEnum):
    """Whether a figure holds. A plan, a rule or a figure with nothing to compare it with is not checkable."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NOT_CHECKABLE = "not-checkable"

    @property
    def zh(self) -> str:
        return {"consistent": "相符", "inconsistent": "不符", "not-checkable": "无法核对"}[self.value]

    @property
    def en(self) -> str:
        return {"consistent": "holds", "inconsistent": "does not hold", "not-checkable": "cannot be checked"}[
            self.value
        ]


class Met(StrEnum):
    """Whether a limit that the figure is said to meet is truly met."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words: the name of a template of ``reasons.py`` and what fills it."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Input:
    """A figure that the recomputation used.

    Attributes:
        value: None when it is masked or missing.
        start: offset of ``quote`` in the document's text; -1 when it stands elsewhere (the county's data, a standard).
        source: where it stands when not in the document: a file and cell, a snapshot and key.
    """

    name: str
    value: Fraction | None
    unit: str
    quote: str
    start: int
    source: str = ""


# How operators are shown to people.
OPERATOR_SIGNS = MappingProxyType({">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="})


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit that a figure is said to meet.

    Attributes:
        operator: one of >=, >, <=, <, =.
        value: None when the text names a standard without its number and no standard was chosen.
        quote: the words of the text that claim it.
        source: article of the chosen standard; empty when the text itself gives the limit.
    """

    operator: str
    value: Fraction | None
    unit: str
    quote: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the report and what was found about it.

    Attributes:
        quote: exact text, ``document.text[start : start + len(quote)]``.
        section: the headings above it, outermost first, joined by " › "; empty at the top.
        relation: id of the relation that judged it (``relations.yaml``); empty when none applies.
        claimed: the value in ``unit``; True for claims such as 逐年增长; None when masked or cut off.
        written: the digits as printed, for people ("40", "1:18.04", "九成", "xx").
        recomputed: in ``unit``; None when nothing could be recomputed.
        cause: why it may be wrong, or None.
        against: what it was compared with: "text" (the report itself) or "data" (what was filed or judged). A figure of
            which both say something has a claim for each, side by side in the list.
    """

    quote: str
    start: int
    section: str
    relation: str
    claimed: Fraction | bool | None
    written: str
    unit: str
    inputs: tuple[Input, ...]
    recomputed: Fraction | bool | None
    verdict: Verdict
    threshold: Threshold | None
    threshold_met: Met | None
    why: Reason
    cause: Reason | None = None
    against: str = "text"

    @property
    def end(self) -> int:
        return self.start + len(self.quote)
