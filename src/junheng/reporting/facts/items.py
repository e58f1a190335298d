"""Figures of the parts made of items: how many are met, scores and points, values of checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Absence
from junheng.reporting.facts.digits import digits_beside
from junheng.reporting.report.runs import Figure
from junheng.standards.indicator import Indicator
from junheng.standards.item import Item, ItemPart
from junheng.verdict.judgement import Judgement
from junheng.verdict.limits import limit_for
from junheng.verdict.reason import Reason
from junheng.verdict.reasons import county_reasons
from junheng.verdict.scores import Bounds

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Items:
    """The items of one county in one year."""

    judgement: Judgement
    county: str
    before: str

    def part(self, name: str) -> ItemPart | None:
        """The part as the standard states it; None where the standard has no such part."""
        found: ItemPart | None = getattr(self.judgement.standard, name)
        return found

    def rows(self, part: str) -> list[Row]:
        """What was found of each item of a part, as the standard lists them."""
        own = self.judgement.items.filter(pl.col("county_code") == self.county, pl.col("part") == part)
        return list(own.iter_rows(named=True))

    def item(self, row: Row) -> Item:
        entry: ItemPart = getattr(self.judgement.standard, row["part"])
        return entry.items[row["item"]]

    def count(self, part: str, *outcomes: Outcome) -> Figure:
        """How many items of a part have one of these outcomes; all that concern the county where none is named."""
        own = [row for row in self.rows(part) if row["outcome"] and (not outcomes or row["outcome"] in outcomes)]
        which = "+".join(outcome.value for outcome in outcomes) or "judged"
        what = "、".join(outcome.zh for outcome in outcomes) or "判定"
        return Figure(f"{self.before}items/{self.county}/{part}/{which}", len(own), "项", about=f"{what}事项数")

    def passed(self, part: str) -> Figure:
        """How many items of a part are met; unknown while none of them can be judged: unknown is not none."""
        found, open_ones = self.count(part, Outcome.MET, Outcome.TOLERATED), self.count(part, Outcome.UNKNOWN)
        all_open = bool(open_ones.value) and open_ones.value == self.count(part).value
        at = f"{self.before}passed/{self.county}/{part}"
        return replace(found, key=at, value=None if all_open else found.value, absent="尚不能判定")

    def score(self, part: str) -> Figure:
        """What a scored part comes to; unknown while it is open."""
        found = self.judgement.scores.get((self.county, part))
        entry = self.part(part)
        mark = entry.pass_score[0].at_least if entry and entry.pass_score else None
        return self._points(f"score/{self.county}/{part}", found.bounds if found else None, "得分", mark)

    def outcome(self, part: str) -> Outcome:
        """What a part comes to."""
        own = self.judgement.parts.filter(pl.col("county_code") == self.county, pl.col("part") == part)
        return Outcome(own["outcome"].item())

    def pass_mark(self, part: str) -> Figure:
        """合格线 of a scored part."""
        entry = self.part(part)
        mark = entry.pass_score[0].at_least if entry and entry.pass_score else None
        return Figure(f"pass_mark/{part}", mark, "分", 2, absent="未见", about="合格线", origin="标准")

    def earned(self, row: Row) -> Figure:
        """What one item of a scored part earns."""
        score = self.judgement.scores.get((self.county, row["part"]))
        bounds = score.items.get(row["item"]) if score else None
        return self._points(f"score/{self.county}/{row['part']}/{row['item']}", bounds, "得分")

    def points(self, row: Row) -> Figure:
        """分值 of an item."""
        points = self.item(row).points
        return Figure(
            f"points/{row['part']}/{row['item']}", points, "分", 2, absent="未见", about="分值", origin="标准"
        )

    def checks(self, row: Row) -> list[tuple[Row, Indicator]]:
        """The computed checks of an item with what came out."""
        own = self.judgement.checks.filter(
            pl.col("county_code") == self.county, pl.col("part") == row["part"], pl.col("item") == row["item"]
        )
        item = self.item(row)
        return [(check, item.checks[check["check"]]) for check in own.iter_rows(named=True)]

    def check_value(self, check: Row, indicator: Indicator) -> Figure:
        """The value of a county's check; of a check of schools there is none, see ``check_missed``."""
        at = f"check/{self.county}/{check['part']}/{check['item']}/{check['check']}"
        absent = self._absent(check, indicator)
        value = check["value"]
        limit = self.check_limit(check, indicator).value
        digits = 2 if value is None else digits_beside(value, limit, 2)
        return Figure(
            f"{self.before}{at}", value, indicator.unit, digits, absent=absent, about=indicator.label.zh, origin="事项"
        )

    def check_limit(self, check: Row, indicator: Indicator) -> Figure:
        """The limit of a county's check."""
        at = f"{self.before}check_limit/{self.county}/{check['part']}/{check['item']}/{check['check']}"
        found = None
        if indicator.level == "county":
            frame = self.judgement.judged_checks.of("county").filter(pl.col("county_code") == self.county)
            found = limit_for(indicator, frame.row(0, named=True))
        value = None if found is None else found.value
        return Figure(at, value, indicator.unit, 4, absent="不设限", about=f"{indicator.label.zh}要求", origin="标准")

    def check_missed(self, check: Row, indicator: Indicator) -> tuple[Figure, Figure, Figure]:
        """Of a check of schools or stages: how many it concerns, how many miss it, how many cannot be judged."""
        at = f"{self.county}/{check['part']}/{check['item']}/{check['check']}"
        unit = "个学段" if indicator.level == "county_stage" else "所"
        names = (("rows", "涉及"), ("unmet", "未达到"), ("unknown", "无法判定"))
        rows, unmet, unknown = (
            Figure(f"{self.before}check_{name}/{at}", check[name], unit, about=words) for name, words in names
        )
        return rows, unmet, unknown

    def note(self, row: Row) -> str:
        """What whoever judged an item wrote beside the finding (认定说明); empty where nobody wrote anything."""
        own = [self.judgement.standard.id, *self.judgement.standard.ancestors]
        filed = self.judgement.dataset["judged_item"].filter(
            pl.col("county_code") == self.county,
            pl.col("school_year") == self.judgement.year,
            pl.col("item") == row["item"],
        )
        notes = dict(filed.select("standard", "note").iter_rows())
        return next((notes[name] or "" for name in own if name in notes), "")

    def branch_points(self, part: str, branch: str) -> Figure:
        """分值 of a branch of a scored part."""
        entry = self.part(part)
        points = entry.groups[branch].points if entry else None
        return Figure(f"branch_points/{part}/{branch}", points, "分", 2, absent="未见", about="分值", origin="标准")

    def branch_earned(self, part: str, branch: str) -> Figure:
        """The subtotal of a branch of a scored part; unknown while something below it is open."""
        found = self.judgement.scores.get((self.county, part))
        subtotal = found.branches.get(branch) if found else None
        bounds = subtotal.bounds if subtotal is not None and subtotal.seen else None
        return self._points(f"branch_score/{self.county}/{part}/{branch}", bounds, "得分小计")

    def score_bounds(self, part: str) -> tuple[Figure, Figure]:
        """The lowest and the highest that a scored part may come to while some of it is open."""
        found = self.judgement.scores.get((self.county, part))
        low = found.bounds.low if found else None
        high = found.bounds.high if found else None
        at = f"{self.county}/{part}"
        return (
            Figure(f"{self.before}score_low/{at}", low, "分", 2, absent="未评定", about="最低得分", origin="事项"),
            Figure(f"{self.before}score_high/{at}", high, "分", 2, absent="未评定", about="最高得分", origin="事项"),
        )

    def reason(self, row: Row) -> Reason | None:
        """The judge's own reasoning on an item."""
        return self._reasons.get((row["part"], row["item"]))

    @cached_property
    def _reasons(self) -> dict[tuple[str, str], Reason]:
        found: dict[tuple[str, str], Reason] = {}

        def walk(reason: Reason) -> None:
            keys = reason.key.split("/")
            if len(keys) == 3 and keys[0] == self.county:
                found[keys[1], keys[2]] = reason
            for child in reason.children:
                walk(child)

        walk(county_reasons(self.judgement, self.county))
        return found

    def _absent(self, check: Row, indicator: Indicator) -> str:
        if indicator.level != "county":
            return "逐校判定"
        frame = self.judgement.judged_checks.of("county").filter(pl.col("county_code") == self.county)
        absent = frame[f"{check['check']}__absent"][0] if f"{check['check']}__absent" in frame.columns else None
        return Absence(absent).zh if absent else "没有数据"

    def _points(self, at: str, bounds: Bounds | None, about: str, mark: Decimal | None = None) -> Figure:
        exact: Fraction | None = bounds.exact if bounds else None
        digits = 2 if exact is None or mark is None else digits_beside(exact, mark, 2)
        return Figure(f"{self.before}{at}", exact, "分", digits, absent="未评定", about=about, origin="事项")
