"""What is measured: what each measure is called, its unit, and how its figures are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from junheng.base.exact import digits_beside, plain
from junheng.base.outcome import Outcome
from junheng.base.terms import Label
from junheng.indicators.county import EXTREMES
from junheng.monitoring.observed import CV, ROWS
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard
from junheng.standards.words import SIGNS
from junheng.tables.catalogue import load_tables
from junheng.tables.model import ColumnType
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.items import each_check
from junheng.verdict.judge import BALANCE, RESOURCES

SHARE, SHARE_OF_SCHOOLS = "share", "met_share"
VERDICT = "verdict"
_WHOLES = {RESOURCES: Label("资源配置", "Resources"), BALANCE: Label("校际均衡", "Balance between schools")}
_OUTCOMES = {"met": "met", "tolerated": "tolerated", "unmet": "not met", "unknown": "cannot be judged"}
_PERCENT = "%"


@dataclass(frozen=True)
class Measured:
    """The measures of a standard."""

    standard: Standard

    @cached_property
    def checks(self) -> dict[str, Indicator]:
        return {name: check for _, _, _, name, check in each_check(self.standard)}

    def label(self, kind: str, name: str) -> Label:
        """What a measure, a part (``kind`` part) or an indicator (``kind`` indicator) is called."""
        if kind == "part":
            entry = getattr(self.standard, name, None)
            return _WHOLES.get(name) or (entry.label if entry else Label(name, name))
        if kind == SHARE:
            return Label("达标学校占比", "Share of schools that meet the resource rules")
        if kind == CV:
            if name == COMPOSITE:
                return Label("综合差异系数", "mean coefficient of variation")
            label = self.standard.resources[name].label
            return Label(f"{label.zh}差异系数", f"{label.en}: coefficient of variation")
        if name in self.standard.resources:
            return self.standard.resources[name].label
        label = self.checks[name].label if name in self.checks else Label(name, name)
        return Label(f"{label.zh}不符合要求的学校", f"Schools that miss: {label.en}") if kind == ROWS else label

    def unit(self, kind: str, name: str) -> str:
        if kind == ROWS:
            return "所（按学段计）"
        if kind in (CV, SHARE):
            return ""
        found = self.standard.resources.get(name) or self.checks.get(name)
        return found.unit if found else ""

    def figure(
        self, kind: str, name: str, value: float | None, language: str = "zh", *, limit: float | None = None
    ) -> str:
        """A value as it is written in a sentence, with its unit; with the digits that tell it from its limit."""
        if value is None:
            return "无数据" if language == "zh" else "no data"
        unit = self.unit(kind, name)
        if language != "zh" and unit and unit != _PERCENT:
            unit = " (schools by stage)" if kind == ROWS else f" {unit}"
        # Numbers without a unit are shares and coefficients.
        return f"{plain(value, digits_beside(value, limit, 2 if unit else 4))}{unit}"

    def limit(self, kind: str, name: str, operator: str | None, limit: float | None, language: str = "zh") -> str:
        if kind == ROWS:
            return "每所学校都须符合" if language == "zh" else "every school must"
        if operator is None or limit is None:
            return "没有限值" if language == "zh" else "none"
        return f"{SIGNS[operator]}{self.figure(kind, name, limit, language)}"  # type: ignore[index]  # an Operator

    def traits(self) -> pl.DataFrame:
        """kind check, name, highest (the best there is: 100 of a percentage; else blank), whole (grades: 1, 2, 3)."""
        tables = load_tables(*(Path(folder) for folder in self.standard.tables_folders))
        rows = []
        for name, check in self.checks.items():
            columns = check.formula.amount.columns()
            counted = all(
                table.columns[column].type is ColumnType.COUNT
                for table in tables.tables.values()
                for column in columns & set(table.columns)
            )
            whole = check.formula.kind in EXTREMES and bool(columns) and counted
            highest = 100.0 if check.unit == _PERCENT else None
            rows.append({"kind": "check", "name": name, "highest": highest, "whole": whole})
        schema = {"kind": pl.String, "name": pl.String, "highest": pl.Float64, "whole": pl.Boolean}
        return pl.DataFrame(rows, schema=schema)


def outcome_word(outcome: str | None, language: str = "zh") -> str:
    if outcome is None:
        return "未判定" if language == "zh" else "not judged"
    return Outcome(outcome).zh if language == "zh" else _OUTCOMES[outcome]
