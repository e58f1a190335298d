"""Figures of plans: what every kind of plan says of itself, and how its numbers become figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.reporting.report.runs import Figure, Name

Row = Mapping[str, Any]
WAN = 10_000
_SPACE = re.compile("(?<=[\u4e00-\u9fff，。；、：]) (?=[0-9])|(?<=[0-9%]) (?=[\u4e00-\u9fff])")


@dataclass(frozen=True, eq=False)
class Plan:
    """The document of a plan."""

    document: Mapping[str, Any]

    @property
    def county(self) -> Name | None:
        """Whose plan it is; None for a plan from a roster or a map alone."""
        name = self.document["county"]["name"]
        return Name(str(name), "county") if name else None

    @property
    def proven(self) -> str:
        """How good the plan is known to be."""
        return str(self.document["proof"]["status"])

    @property
    def gap(self) -> Figure:
        """How much better, at most, a plan could be, in per cent of this one; unknown where nothing is proven."""
        gap = self.document["proof"]["gap"]
        digits = 3 if not gap or gap >= 0.0001 else 5
        return self.figure("proof/gap", gap, "%", digits, scale=100, about="与最优至多相差", absent="没有证明")

    @property
    def notes(self) -> list[str]:
        """What a reader has to know, as the planner says it."""
        return [set_close(note["zh"]) for note in self.document["notes"]]

    def figure(
        self,
        at: str,
        value: float | int | Fraction | None,
        unit: str,
        digits: int = 0,
        *,
        about: str,
        absent: str = "没有",
        scale: int = 1,
        fixed: bool = False,
    ) -> Figure:
        """A number of the document; ``scale`` is what it is multiplied by to be in ``unit``."""
        shown = None if value is None else exact(value) * scale
        key = f"plan/{self.document['kind']}/{at}"
        return Figure(key, shown, unit, digits, fixed, absent, about=about, origin="方案")

    def money(self, at: str, yuan: float | Fraction | None, *, about: str, absent: str = "没有") -> Figure:
        """元 as 万元."""
        value = None if yuan is None else exact(yuan) / WAN
        return self.figure(at, value, "万元", 2, about=about, absent=absent)


def set_close(words: str) -> str:
    """The planner's words as a document has them: no space between Chinese and a number (110 人 is 110人)."""
    return _SPACE.sub("", str(words))


def exact(value: float | int | Fraction) -> Fraction:
    """A float counts as the decimal that names it, as it stands in the file."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def total(values: Iterable[float | int]) -> Fraction:
    return sum((exact(value) for value in values), Fraction(0))
