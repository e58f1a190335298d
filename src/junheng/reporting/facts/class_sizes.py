"""Sizes of classes: the mean, the largest, 大班额 (56 pupils and more) and 超大班额 (66 and more), by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.base.terms import Stage
from junheng.reporting.facts.filed import Filed
from junheng.reporting.report.runs import Figure

_LARGE = ("classes_60", "classes_65", "classes_over_65")
_HUGE = ("classes_over_65",)


@dataclass(frozen=True)
class ClassSizes:
    """The classes of one county in one year; unknown as soon as one school did not file."""

    filed: Filed

    def mean(self, stage: Stage) -> Figure:
        """平均班额."""
        return self.filed.per("pupils", "classes", stage, unit="人")

    def count(self, stage: Stage) -> Figure:
        """班数."""
        return self._classes("count", "班数", ("classes",), stage)

    def large(self, stage: Stage) -> Figure:
        """Classes of 56 pupils and more."""
        return self._classes("large", "大班额班级数", _LARGE, stage)

    def huge(self, stage: Stage) -> Figure:
        """Classes of 66 pupils and more."""
        return self._classes("huge", "超大班额班级数", _HUGE, stage)

    def largest(self, stage: Stage) -> Figure:
        """The largest class of all schools."""
        sizes = [row["largest_class"] for row in self._rows(stage)]
        return self._figure("largest", max(sizes) if sizes and None not in sizes else None, "人", "最大班额", stage)

    def _classes(self, which: str, words: str, columns: Sequence[str], stage: Stage) -> Figure:
        values = [row[column] for row in self._rows(stage) for column in columns]
        known = bool(values) and None not in values
        return self._figure(which, sum(values) if known else None, "个", words, stage)

    def _figure(self, which: str, value: int | None, unit: str, words: str, stage: Stage) -> Figure:
        at = f"{self.filed.before}classes/{self.filed.county}/{stage.value}/{which}"
        absent = "有学校未填报" if self._rows(stage) else "没有学校"
        return Figure(at, value, unit, absent=absent, about=f"{stage.zh}{words}", origin="学段情况表")

    def _rows(self, stage: Stage) -> list[Mapping[str, Any]]:
        return [row for row in self.filed.rows if row["stage"] == stage]
