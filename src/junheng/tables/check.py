"""Run every declared check over a dataset and say what was found, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.tables.checks import Check, Fault, Filed, kinds
from junheng.tables.dataset import Dataset
from junheng.tables.errors import TableDefinitionError
from junheng.tables.finding import Finding, Severity
from junheng.tables.model import Tables

_OWN = frozenset({"code", "kind", "severity", "label", "text"})


def declared(tables: Tables) -> list[Check]:
    """The checks of ``checks.yaml`` and of a user's own folder, in their order.

    Raises:
        TableDefinitionError: a declaration lacks what every check has, or names a kind that is not there.
    """
    checks = []
    for number, entry in enumerate(tables.checks, start=1):
        code = str(entry.get("code", f"第 {number} 条"))
        try:
            label = entry["label"]
            assert isinstance(label, Mapping)
            check = Check(
                code=code,
                kind=str(entry["kind"]),
                severity=Severity(str(entry["severity"])),
                label=Label(label["zh"], label["en"]),
                text=str(entry["text"]),
                options={name: value for name, value in entry.items() if name not in _OWN},
            )
        except (KeyError, ValueError, AssertionError) as error:
            raise TableDefinitionError(file="checks.yaml", line=code, reason=f"缺少或写错：{error}") from error
        if check.kind not in kinds():
            known = "、".join(sorted(kinds()))
            raise TableDefinitionError(file="checks.yaml", line=code, reason=f"没有 {check.kind} 这种检查；有 {known}")
        checks.append(check)
    return checks


def check_dataset(dataset: Dataset, *, rejected: Mapping[str, pl.DataFrame] | None = None) -> list[Finding]:
    """All findings of all declared checks.

    Args:
        dataset: tables from a file or from anywhere else.
        rejected: by table, the keys of rows that were filed but did not read; rows that refer to them are not to blame.
    """
    filed = Filed(dataset, rejected or {})
    notes = _Notes(dataset)
    return [
        _finding(check, fault, filed, notes)
        for check in declared(dataset.tables)
        for fault in kinds()[check.kind](check, filed)
    ]


class _Notes:
    """What people explained (填报说明), and how rows are called in messages."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._notes: dict[str, list[str | None]] = {}
        self._keys: dict[str, list[str]] = {}
        school = dataset.frames.get("school")
        self._names: dict[object, str] = (
            {} if school is None else dict(school.select("school_code", "school_name").drop_nulls().iter_rows())
        )

    def of(self, table: str, row: int | None) -> str | None:
        if row is None or "note" not in self._dataset.tables[table].columns:
            return None
        if table not in self._notes:
            self._notes[table] = self._dataset[table]["note"].to_list()
        return self._notes[table][row]

    def who(self, table: str, row: int | None) -> str:
        """城关小学 2025 小学: the row by its key, schools by their names."""
        if row is None:
            return ""
        if table not in self._keys:
            self._keys[table] = [
                self._called(table, key)
                for key in self._dataset[table].select(self._dataset.tables[table].key).iter_rows()
            ]
        return self._keys[table][row]

    def _called(self, table: str, key: tuple[object, ...]) -> str:
        definition = self._dataset.tables[table]
        words = []
        for name, value in zip(definition.key, key, strict=True):
            codes = definition.columns[name].codes
            if definition.columns[name].sensitivity == "personal":
                continue  # the cell says whose row it is to those who have the file
            if name == "school_code":
                words.append(self._names.get(value, f"学校 {value}"))
            elif codes is not None and isinstance(value, str):
                words.append(codes.zh(value))
            elif value is not None and name != "county_code":
                words.append(
                    f"{value} {'学年' if name == 'school_year' else '年'}" if name.endswith("year") else str(value)
                )
        return " ".join(words)


def _finding(check: Check, fault: Fault, filed: Filed, notes: _Notes) -> Finding:
    severity = fault.severity or check.severity
    definition = filed.table(fault.table)
    column = definition.columns.get(fault.column)
    cell = filed.cell(fault.table, fault.row, fault.column) if fault.row is not None else _sheet(filed, fault.table)
    value = ""
    if fault.row is not None and column is not None:
        written = filed.dataset[fault.table][fault.row, fault.column]
        value = plain(written, 16) if isinstance(written, Decimal) else filed.shown(fault.table, fault.column, written)
    who = notes.who(fault.table, fault.row)
    parts = {"label": column.label.zh if column else "", "table": definition.label.zh} | dict(fault.parts)
    message = (f"{who}：" if who else "") + (fault.text or check.text).format(**parts)
    if severity is Severity.EXPLAIN:
        note = fault.explained if fault.explained is not None else notes.of(fault.table, fault.row)
        if note:
            severity, message = Severity.HINT, f"{message}（已说明：{note}）"
        elif "note" in definition.columns:
            message += f"确实如此的，请在本行“{definition.columns['note'].label.zh}”栏写明原因。"
    return Finding(check.code, severity, cell, value, message, fault.example, fault.cause or fault.column)


def _sheet(filed: Filed, table: str) -> str:
    origin = filed.dataset.origins.get(table)
    return origin.sheet if origin else filed.table(table).label.zh
