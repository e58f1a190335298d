"""The schools of 表Ⅱ of the application of 2012: which are listed, which pass, and what each indicator asks.

A stage of a 一贯制学校 or 完全中学 is a row of its own. Schools of anybody but this county's government and 小学教学点
are not listed, whatever the basic standard that judged them takes in; that 特殊教育学校 are not either is general
knowledge, the rest was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.digits import digits_beside
from junheng.reporting.facts.schools import Schools
from junheng.reporting.report.runs import Figure, Text

Row = Mapping[str, Any]

MIXED = ("312", "314", "345", "341", "343")
_POINT = "218"
_SPECIAL = ("511", "512", "513", "514", "518", "519")
PASSED = (Outcome.MET, Outcome.TOLERATED)


@dataclass(frozen=True)
class FormSchools:
    """The rows of a form on schools, of one county.

    Attributes:
        everything: all rows judged are listed (优质均衡), and not only those of 表Ⅱ (办学基本标准).
    """

    schools: Schools
    everything: bool = False

    @cached_property
    def rows(self) -> list[Row]:
        return [row for row in self.schools.rows if not self._why(row)]

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that count and concern any of the rows, as the standard lists them."""
        counted = self.schools.judgement.standard.counted()
        return tuple(name for name in counted if any(row[f"{name}__outcome"] for row in self.rows))

    @cached_property
    def left_out(self) -> dict[str, int]:
        """Why rows are not listed, and how many; what the basic standard does not judge comes last."""
        found: dict[str, int] = {}
        judgement, county = self.schools.judgement, self.schools.county
        for row in judgement.rows.filter(pl.col("county_code") == county).iter_rows(named=True):
            why = self._why(row) or ("标准不判定的学校" if row["left_out"] is not None else "")
            if why:
                found[why] = found.get(why, 0) + 1
        return found

    def left_out_count(self, why: str) -> Figure:
        """How many rows are not listed for one reason of ``left_out``."""
        return Figure(
            f"{self.schools.before}form_left_out/{self.schools.county}/{why}",
            self.left_out[why],
            "所",
            about=f"未列入的{why}",
            origin="学校名录",
        )

    def of_stage(self, stage: Stage) -> list[Row]:
        return [row for row in self.rows if row["stage"] == stage]

    def name(self, row: Row) -> Text:
        """The school, with 小学部 or 初中部 where it has several stages."""
        name = self.schools.name(row)
        return (name, f"（{Stage(row['stage']).zh}部）") if row["school_kind"] in MIXED else (name,)

    def count(self, stage: Stage, *outcomes: Outcome, indicator: str = "") -> Figure:
        """How many rows of a stage are listed, or have one of these outcomes, all in all or in one indicator."""
        column = f"{indicator}__outcome" if indicator else "outcome"
        found = [row for row in self.of_stage(stage) if not outcomes or row[column] in outcomes]
        which = "+".join(outcome.value for outcome in outcomes) or "listed"
        at = "/".join(filter(None, (self.schools.county, stage.value, indicator, which)))
        what = "、".join(outcome.zh for outcome in outcomes) or "列入的"
        return Figure(
            f"{self.schools.before}form_schools/{at}",
            len(found),
            "所",
            about=f"{stage.zh}{what}学校数",
            origin="学校判定",
        )

    def share(self, stage: Stage) -> Figure:
        """达标率: the passing rows of a stage in per cent of those listed.

        None where no row is listed, or where not one of them could be judged: unknown is not 0 %.
        """
        part, whole = int(self.count(stage, *PASSED).value or 0), len(self.of_stage(stage))
        open_ones = self.count(stage, Outcome.UNKNOWN).value
        found = Fraction(100 * part, whole) if whole and open_ones != whole else None
        return Figure(
            f"{self.schools.before}form_share/{self.schools.county}/{stage.value}",
            found,
            "%",
            2 if found is None else digits_beside(found, 100, 2),
            absent="无法判定" if whole else "没有学校",
            about=f"{stage.zh}达标率",
            origin="学校判定",
        )

    def passes(self, row: Row) -> Figure | None:
        """The 1 of a school that passes; None for one that does not or of which it is not known."""
        if row["outcome"] not in PASSED:
            return None
        return Figure(
            f"{self.schools.before}form_pass/{row['school_code']}/{row['stage']}",
            1,
            about=f"{row['school_name']}办学条件达标",
            origin="学校判定",
        )

    def met(self, row: Row) -> Figure:
        """How many of the indicators that count the row meets."""
        counted = self.schools.judgement.standard.counted()
        return Figure(
            f"{self.schools.before}form_met/{row['school_code']}/{row['stage']}",
            sum(row[f"{name}__outcome"] == Outcome.MET for name in counted),
            "项",
            about=f"{row['school_name']}达到的指标数",
            origin="学校判定",
        )

    def value(self, row: Row, indicator: str) -> Figure | str:
        """The value of one indicator; of one that bundles several (any two of four rooms) there is only the outcome."""
        if self._bundle(indicator):
            found = row[f"{indicator}__outcome"]
            return Outcome(found).zh if found else "不适用"
        return self.schools.value(row, indicator)

    def limit(self, stage: Stage, indicator: str) -> Figure:
        """The limit that all listed rows of a stage share; none where it depends on the school."""
        limits = [self.schools.limit(row, indicator) for row in self.of_stage(stage)]
        values = {limit.value for limit in limits}
        same = limits[0] if len(values) == 1 and not self._bundle(indicator) else None
        entry = self.schools.judgement.standard.resources[indicator]
        return Figure(
            f"{self.schools.before}form_limit/{self.schools.county}/{stage.value}/{indicator}",
            None if same is None else same.value,
            entry.unit,
            4,
            absent=self._no_limit(indicator, limits, len(values)),
            about=f"{stage.zh}{entry.label.zh}标准值",
            origin="标准",
        )

    def _bundle(self, indicator: str) -> bool:
        return self.schools.judgement.standard.resources[indicator].formula.kind == "some_of"

    def _no_limit(self, indicator: str, limits: Sequence[Figure], different: int) -> str:
        """Why no one limit can be printed for a stage."""
        if self._bundle(indicator):
            return "各分项"
        if different > 1:
            return "因校而定"
        return limits[0].absent if limits else "没有学校"

    @property
    def not_seen(self) -> Figure:
        """How many indicators of the basic standard count whose content was not found."""
        standard = self.schools.judgement.standard
        count = standard.school_rule.not_seen if standard.school_rule else 0
        at = f"{self.schools.before}form_not_seen/{standard.id}"
        return Figure(at, count, "项", about="内容未见的指标数", origin="标准")

    def _why(self, row: Row) -> str:
        """Why a row is not listed; empty when it is."""
        if self.everything:
            return ""
        if row["operator"] == "private":
            return "民办学校"
        if row["operator"] not in ("county", None):
            return "非本县政府举办的公办学校"
        if row["school_kind"] == _POINT:
            return "小学教学点"
        return "特殊教育学校" if row["school_kind"] in _SPECIAL else ""
