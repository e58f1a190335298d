"""Figures of the schools judged: how many, by outcome; of one row its values, limits and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Absence, Stage
from junheng.reporting.facts.digits import digits_beside, fewest
from junheng.reporting.facts.money import in_wan
from junheng.reporting.report.runs import Figure, Name
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages
from junheng.verdict.limits import limit_for
from junheng.verdict.schools import grade

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Schools:
    """The rows (school and stage) of one county in one year."""

    judgement: Judgement
    county: str
    before: str

    @cached_property
    def rows(self) -> list[Row]:
        """The rows in scope, as the judge lists them: primary and junior of a mixed school are two."""
        return list(self.judgement.in_scope.filter(pl.col("county_code") == self.county).iter_rows(named=True))

    @cached_property
    def left_out(self) -> list[Row]:
        """The rows that the standard does not judge; ``left_out`` names the reason."""
        own = self.judgement.rows.filter(pl.col("county_code") == self.county, pl.col("left_out").is_not_null())
        return list(own.iter_rows(named=True))

    @cached_property
    def stages(self) -> list[Stage]:
        """The stages that the standard judges."""
        return [Stage(stage) for stage in self.judgement.standard.stages]

    def of_stage(self, stage: Stage, *outcomes: Outcome) -> list[Row]:
        """The rows of one stage, only those of the outcomes named if any are."""
        return [row for row in self.rows if row["stage"] == stage and (not outcomes or row["outcome"] in outcomes)]

    def count(self, stage: Stage, *outcomes: Outcome) -> Figure:
        """How many rows of a stage are judged, or have one of these outcomes."""
        which = "+".join(outcome.value for outcome in outcomes) or "judged"
        what = "、".join(outcome.zh for outcome in outcomes) or "参加判定"
        return Figure(
            f"{self.before}schools/{self.county}/{stage.value}/{which}",
            len(self.of_stage(stage, *outcomes)),
            "所",
            about=f"{stage.zh}{what}学校数",
            origin="学校判定",
        )

    def share(self, stage: Stage, *outcomes: Outcome) -> Figure:
        """The share of a stage's rows that have one of these outcomes, in per cent.

        None where there are no rows, or where not one of them could be judged: unknown is not 0 %.
        """
        total, part = len(self.of_stage(stage)), len(self.of_stage(stage, *outcomes))
        known = part or total > len(self.of_stage(stage, Outcome.UNKNOWN))
        which = "+".join(outcome.value for outcome in outcomes)
        return Figure(
            f"{self.before}share/{self.county}/{stage.value}/{which}",
            Fraction(100 * part, total) if known else None,
            "%",
            digits=_percent_digits(part, total),
            absent="无法判定" if total else "没有学校",
            about=f"{stage.zh}{'、'.join(outcome.zh for outcome in outcomes)}学校占比",
            origin="学校判定",
        )

    def missing_indicator(self, stage: Stage, indicator: str, *outcomes: Outcome) -> Figure:
        """How many rows of a stage have one of these outcomes in one indicator."""
        found = [row for row in self.of_stage(stage) if row[f"{indicator}__outcome"] in outcomes]
        which = "+".join(outcome.value for outcome in outcomes)
        label = self.judgement.standard.resources[indicator].label.zh
        return Figure(
            f"{self.before}schools/{self.county}/{stage.value}/{indicator}/{which}",
            len(found),
            "所",
            about=f"{stage.zh}{label}{'、'.join(outcome.zh for outcome in outcomes)}学校数",
            origin="学校判定",
        )

    def name(self, row: Row) -> Name:
        return Name(row["school_name"] or row["school_code"], "school")

    def grade(self, row: Row) -> str:
        """What the document calls the row's outcome (合格、基本合格), else 达标 and the like."""
        return grade(self.judgement.standard, row["outcome"]) or Outcome(row["outcome"]).zh

    def pupils(self, row: Row) -> Figure:
        return Figure(
            f"{self.before}school/{row['school_code']}/{row['stage']}/pupils",
            row["pupils"],
            "人",
            about="在校生数",
            origin="学段情况表",
        )

    def value(self, row: Row, indicator: str) -> Figure:
        """The value of one indicator; printed with as many digits as tell it from its limit."""
        entry = self.judgement.standard.resources[indicator]
        value, absent = row[f"{indicator}__value"], row[f"{indicator}__absent"]
        finite = value is not None and value != float("inf")
        return Figure(
            f"{self.before}school/{row['school_code']}/{row['stage']}/{indicator}/value",
            value,
            entry.unit,
            digits=digits_beside(value, row[f"{indicator}__limit"], fewest(value)) if finite else 2,
            absent=Absence(absent).zh if absent else "不适用",
            about=f"{row['school_name']}{Stage(row['stage']).zh}{entry.label.zh}",
            origin="学校判定",
        )

    def limit(self, row: Row, indicator: str) -> Figure:
        """The limit that holds for the row; none where there is none or it was not found."""
        entry = self.judgement.standard.resources[indicator]
        found = limit_for(entry, row)
        return Figure(
            f"{self.before}school/{row['school_code']}/{row['stage']}/{indicator}/limit",
            None if found is None else found.value,
            entry.unit,
            digits=4,
            absent="未见限值" if entry.thresholds else "不设限",
            about=f"{entry.label.zh}限值",
            origin="标准",
        )

    @cached_property
    def _lacks(self) -> dict[tuple[str, str, str], Row]:
        own = shortages(self.judgement).filter(pl.col("county_code") == self.county)
        return {(row["school_code"], row["stage"], row["indicator"]): row for row in own.iter_rows(named=True)}

    def missed(self, row: Row) -> list[str]:
        """The indicators of the row that are missed, tolerated ones included, as the standard lists them."""
        key = (row["school_code"], row["stage"])
        return [name for name in self.judgement.standard.resources if (*key, name) in self._lacks]

    def missed_count(self, row: Row) -> Figure:
        """How many indicators the row misses, tolerated ones included."""
        at = f"{self.before}school/{row['school_code']}/{row['stage']}/missed"
        return Figure(at, len(self.missed(row)), "项", about="未达到限值的指标数", origin="差距清单")

    def lack(self, row: Row, indicator: str) -> Figure:
        """What is lacking to the limit, in what can be bought or appointed; negative where there is too much."""
        found = self._lacks[row["school_code"], row["stage"], indicator]
        value, unit, digits = in_wan(found["lack"], found["unit"])
        return Figure(
            f"{self.before}school/{row['school_code']}/{row['stage']}/{indicator}/lack",
            value,
            unit,
            digits,
            absent="不能计算",
            about=f"{self.judgement.standard.resources[indicator].label.zh}差额",
            origin="差距清单",
        )

    def total_lack(self, stage: Stage, indicator: str) -> Figure:
        """What all rows of a stage lack together; what some have too much of is not set off against it."""
        return self._total("lack", stage, indicator, 1)

    def total_excess(self, stage: Stage, indicator: str) -> Figure:
        """What all rows of a stage have above an upper limit, together."""
        return self._total("excess", stage, indicator, -1)

    def _total(self, name: str, stage: Stage, indicator: str, sign: int) -> Figure:
        own = [row for (_, at, key), row in self._lacks.items() if at == stage and key == indicator]
        known = [sign * Fraction(str(row["lack"])) for row in own if row["lack"] is not None]
        label = self.judgement.standard.resources[indicator].label.zh
        whole = sum((value for value in known if value > 0), Fraction(0)) if len(known) == len(own) else None
        total, unit, digits = in_wan(whole, own[0]["unit"] if own else "")
        return Figure(
            f"{self.before}{name}/{self.county}/{stage.value}/{indicator}",
            total,
            unit,
            digits,
            absent="有学校不能计算",
            about=f"{stage.zh}{label}{'差额' if sign > 0 else '超出'}合计",
            origin="差距清单",
        )


def _percent_digits(part: int, total: int) -> int:
    """One decimal; more where it would print 100 % for less than all, or 0 % for more than none."""
    if not total or part in (0, total):
        return 1
    share = Fraction(100 * part, total)
    return max(digits_beside(share, 100, 1), digits_beside(share, 0, 1))
