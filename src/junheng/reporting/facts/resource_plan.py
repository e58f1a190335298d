"""Figures of 填平补齐方案: what it costs, what it buys, what it changes, what its limits cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.digits import digits_beside
from junheng.reporting.facts.facts import size
from junheng.reporting.facts.money import in_wan
from junheng.reporting.facts.plan import Plan, Row, exact, total
from junheng.reporting.report.runs import Figure, Name

Side = Literal["before", "after"]
_OWN = ("resources", "balance")  # the parts that measures of a plan can change


@dataclass(frozen=True, eq=False)
class ResourcePlan(Plan):
    """One 填平补齐方案."""

    @property
    def additions(self) -> Sequence[Row]:
        """What one school gets of one measure in one year."""
        rows: Sequence[Row] = self.document["additions"]
        return rows

    @property
    def years(self) -> Sequence[Row]:
        rows: Sequence[Row] = self.document["years"]
        return rows

    @property
    def cost(self) -> Figure:
        return self.money("cost", total(row["cost"] for row in self.additions), about="方案总花费")

    @property
    def schools(self) -> Figure:
        """How many schools get or give anything."""
        return self.figure("schools", len({row["school_code"] for row in self.additions}), "所", about="涉及的学校数")

    @property
    def year_count(self) -> Figure:
        return self.figure("years", len(self.years), "年", about="分几年")

    def parts(self, *outcomes: Outcome, own: bool) -> list[str]:
        """The parts of the standard with one of these outcomes after the plan, as the standard calls them.

        Args:
            own: those that the plan is for; else the others.
        """
        parts = self.document["after"]["parts"]
        return [
            str(part["label"])
            for part in parts
            if (part["part"] in _OWN) is own and part["outcome"] is not None and Outcome(part["outcome"]) in outcomes
        ]

    def school_count(self, side: Side, outcome: Outcome) -> Figure:
        """How many schools and stages have an outcome."""
        count = self.document[side]["schools"].get(outcome.value, 0)
        return self.figure(f"{side}/schools/{outcome.value}", count, "所", about=f"{_SIDES[side]}{outcome.zh}的学校数")

    @property
    def judges_schools(self) -> bool:
        return any(self.document["after"]["schools"].values())

    # By year.

    def year_cost(self, row: Row) -> Figure:
        return self.money(f"year/{row['year']}/cost", row["cost"], about=f"{row['year']}年花费")

    def year_budget(self, row: Row) -> Figure:
        return self.money(f"year/{row['year']}/budget", row["budget"], about=f"{row['year']}年预算", absent="不限")

    def year_left(self, row: Row) -> Figure:
        left = None if row["budget"] is None else exact(row["budget"]) - exact(row["cost"])
        return self.money(f"year/{row['year']}/left", left, about=f"{row['year']}年预算结余", absent="不限")

    def year_spent(self, row: Row) -> Figure:
        """All that is spent by the end of a year."""
        until = [entry["cost"] for entry in self.years if entry["year"] <= row["year"]]
        return self.money(f"year/{row['year']}/spent", total(until), about=f"至{row['year']}年累计花费")

    def year_done(self, row: Row) -> Figure:
        done = row["schools_done"]
        return self.figure(f"year/{row['year']}/schools_done", done, "所", about=f"至{row['year']}年完成的学校数")

    # By measure.

    @cached_property
    def measures(self) -> dict[str, list[Row]]:
        """The additions of each measure, the dearest measure first."""
        found: dict[str, list[Row]] = {}
        for row in self.additions:
            found.setdefault(row["measure"], []).append(row)
        return dict(sorted(found.items(), key=lambda entry: -total(row["cost"] for row in entry[1])))

    def measure_amount(self, measure: str) -> Figure:
        """What schools get; what moves is counted where it goes to."""
        rows = self.measures[measure]
        value, unit, digits = in_wan(total(max(row["amount"], 0) for row in rows), rows[0]["unit"])
        return self.figure(f"measure/{measure}/amount", value, unit, digits, about=f"{_label(rows[0])}数量")

    def measure_schools(self, measure: str) -> Figure:
        rows = self.measures[measure]
        count = len({row["school_code"] for row in rows if row["amount"] > 0})
        return self.figure(f"measure/{measure}/schools", count, "所", about=f"{_label(rows[0])}学校数")

    def measure_cost(self, measure: str) -> Figure:
        rows = self.measures[measure]
        return self.money(f"measure/{measure}/cost", total(row["cost"] for row in rows), about=f"{_label(rows[0])}花费")

    def measure_share(self, measure: str) -> Figure:
        """Of the whole cost, in per cent."""
        rows = self.measures[measure]
        whole, part = total(row["cost"] for row in self.additions), total(row["cost"] for row in rows)
        share = part * 100 / whole if whole else None
        digits = 1 if share is None else digits_beside(share, 0, 1)
        return self.figure(f"measure/{measure}/share", share, "%", digits, about=f"{_label(rows[0])}占总花费的比重")

    # By school.

    @cached_property
    def by_school(self) -> dict[str, list[Row]]:
        """The additions of each school, the dearest school first."""
        found: dict[str, list[Row]] = {}
        for row in self.additions:
            found.setdefault(row["school_code"], []).append(row)
        return dict(sorted(found.items(), key=lambda entry: -total(row["cost"] for row in entry[1])))

    def school_cost(self, code: str) -> Figure:
        rows = self.by_school[code]
        about = f"{rows[0]['school_name']}花费"
        return self.money(f"school/{code}/cost", total(row["cost"] for row in rows), about=about)

    def amount(self, row: Row) -> Figure:
        """What one school gets of one measure; below zero it is given away."""
        at = f"addition/{row['school_code']}/{row['stage'] or 'all'}/{row['measure']}/{row['year'] or 'any'}"
        value, unit, digits = in_wan(row["amount"], row["unit"])
        return self.figure(f"{at}/amount", value, unit, digits, about=f"{row['school_name']}{_label(row)}")

    def given_or_got(self, row: Row) -> Figure:
        """The amount without its sign: what follows 调出."""
        return size(self.amount(row))

    # 差异系数.

    @cached_property
    def coefficients(self) -> list[tuple[Row, Row]]:
        """Every coefficient before and after; before is empty where there was none."""
        before = {(row["stage"], row["indicator"]): row for row in self.document["before"]["balance"]}
        return [(before.get((row["stage"], row["indicator"]), {}), row) for row in self.document["after"]["balance"]]

    def cv(self, side: Side, after: Row) -> Figure:
        """A coefficient of the side; three decimals, more where three would be on the wrong side of the limit."""
        row = next((was for was, now in self.coefficients if now is after), {}) if side == "before" else after
        value, limit = row.get("cv"), after["limit"]
        digits = 3 if value is None else digits_beside(value, limit, 3)
        at = f"{side}/cv/{after['stage']}/{after['indicator']}"
        about = f"{_SIDES[side]}{Stage(after['stage']).zh}{after['label']}差异系数"
        return self.figure(at, value, "", digits, about=about, absent="不可计算", fixed=True)

    def cv_limit(self, after: Row) -> Figure:
        at = f"cv_limit/{after['stage']}/{after['indicator']}"
        return self.figure(at, after["limit"], "", 2, about="差异系数限值", absent="不设限", fixed=True)

    # What limits cost.

    @property
    def binding(self) -> Sequence[Row]:
        rows: Sequence[Row] = self.document["binding"]
        return rows

    def saving(self, number: int) -> Figure:
        """About what loosening a limit saves; ``number`` counts from 1."""
        return self.money(f"binding/{number}/saving", self.binding[number - 1]["saving"], about="放宽后约省")

    def at_most(self, number: int) -> Figure:
        """What it saves at most, proven."""
        value = self.binding[number - 1].get("at_most")
        return self.money(f"binding/{number}/at_most", value, about="放宽后至多省", absent="没有证明")

    def name(self, row: Row) -> Name:
        return Name(str(row["school_name"] or row["school_code"]), "school")


_SIDES = {"before": "方案前", "after": "方案后"}


def _label(row: Row) -> str:
    return str(row["label"]["zh"])
