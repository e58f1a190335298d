"""What changed since the year before: coefficients, schools by name, classes; nothing is compared that is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.report.runs import Figure, Name

Row = Mapping[str, Any]
# Best first: a school slips where it comes further down.
_RANK = {Outcome.MET: 0, Outcome.TOLERATED: 1, Outcome.UNMET: 2}
# A coefficient within this share of its limit is close to it.
_CLOSE = 0.95
_VISIBLE = 0.001  # coefficients are printed with three decimals


@dataclass(frozen=True, slots=True)
class Changed:
    """A school whose outcome is another than the year before, and the indicators that went down or up with it."""

    code: str
    name: Name
    town: Name | None
    stage: Stage
    before: Outcome
    after: Outcome
    worse: tuple[str, ...]
    better: tuple[str, ...]


@dataclass(frozen=True)
class Trend:
    """The county this year beside the years before it, earliest first."""

    years: tuple[CountyYear, ...]

    @property
    def now(self) -> CountyYear:
        return self.years[-1]

    @property
    def before(self) -> CountyYear:
        return self.years[-2]

    def cvs_moved(self, way: int) -> Figure:
        """How many coefficients fell (-1), rose (1) or stayed (0) since the year before, as printed."""
        found = [row for row, old in self._cvs if (row["cv"] > old["cv"]) - (row["cv"] < old["cv"]) == way]
        words = {-1: "下降", 1: "上升", 0: "不变"}[way]
        at = f"cvs_moved/{self.now.county}/{words}"
        return Figure(at, len(found), "项", about=f"比上年{words}的差异系数", origin="差异系数表")

    def cvs_not_compared(self) -> Figure:
        """How many coefficients of this year cannot be compared: none the year before, or not all schools known."""
        left = len(self.now.balance.rows) - len(self._cvs)
        at = f"cvs_moved/{self.now.county}/不能比较"
        return Figure(at, left, "项", about="不能与上年比较的差异系数", origin="差异系数表")

    def crossed(self, before: Outcome, after: Outcome) -> list[Row]:
        """This year's rows of the coefficients that went from one outcome to another."""
        return [row for row, old in self._cvs if old["outcome"] == before and row["outcome"] == after]

    def close(self) -> list[Row]:
        """The coefficients that keep their limit but are close to it."""
        return [
            row
            for row in self.now.balance.rows
            if row["outcome"] == Outcome.MET and row["limit"] and row["cv"] >= row["limit"] * _CLOSE
        ]

    def risen(self) -> list[Row]:
        """The coefficients not over a limit that rose visibly since the year before, the largest rise first."""
        found = [(row["cv"] - old["cv"], row) for row, old in self._cvs if row["cv"] - old["cv"] >= _VISIBLE]
        return [row for _, row in sorted(found, key=lambda pair: -pair[0]) if row["outcome"] != Outcome.UNMET]

    def comparable(self) -> bool:
        """Whether anything is known of both years."""
        return bool(self._cvs or self._both)

    def slipped(self) -> list[Changed]:
        """The schools that came further down."""
        return [found for found in self._changed if _RANK[found.after] > _RANK[found.before]]

    def improved(self) -> list[Changed]:
        """The schools that came further up."""
        return [found for found in self._changed if _RANK[found.after] < _RANK[found.before]]

    def count(self, found: Sequence[Changed], which: str) -> Figure:
        at = f"schools_{which}/{self.now.county}"
        words = {"slipped": "结论变差", "improved": "结论变好"}[which]
        codes = {one.code for one in found}
        return Figure(at, len(codes), "所", about=f"{words}的学校数", origin="学校判定")

    @cached_property
    def _cvs(self) -> list[tuple[Row, Row]]:
        """This year's coefficients with last year's, where both are known for all schools."""
        found = []
        for row in self.now.balance.rows:
            old = self.before.balance.find(Stage(row["stage"]), row["indicator"])
            if old is not None and _known(row) and _known(old):
                found.append((row, old))
        return found

    @cached_property
    def _both(self) -> list[tuple[Row, Row]]:
        """The schools that could be judged in both years, a stage each: this year's row with last year's."""
        old = {(row["school_code"], row["stage"]): row for row in self.before.schools.rows}
        pairs = [(row, old.get((row["school_code"], row["stage"]))) for row in self.now.schools.rows]
        return [(row, last) for row, last in pairs if last and row["outcome"] in _RANK and last["outcome"] in _RANK]

    @cached_property
    def _changed(self) -> list[Changed]:
        return [self._change(row, last) for row, last in self._both if row["outcome"] != last["outcome"]]

    def _change(self, row: Row, last: Row) -> Changed:
        names = [name for name in self.now.standard.counted() if f"{name}__outcome" in last]
        pairs = [(name, last[f"{name}__outcome"], row[f"{name}__outcome"]) for name in names]
        known = [(name, _RANK[a], _RANK[b]) for name, a, b in pairs if a in _RANK and b in _RANK]
        label = self.now.standard.resources
        return Changed(
            row["school_code"],
            self.now.schools.name(row),
            Name(row["town"], "town") if row["town"] else None,
            Stage(row["stage"]),
            Outcome(last["outcome"]),
            Outcome(row["outcome"]),
            tuple(label[name].label.zh for name, a, b in known if b > a),
            tuple(label[name].label.zh for name, a, b in known if b < a),
        )


def _known(row: Row) -> bool:
    return row["cv"] is not None and not row["absent"]
