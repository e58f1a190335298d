"""对账: what stands in the statistics forms against what the tables hold after reading, by item and by school.

The sums of the forms are made from their figures, those of the system from the dataset: neither is taken from the
other.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import polars as pl

from junheng.base.exact import plain
from junheng.base.terms import Stage
from junheng.intake import rules
from junheng.intake.forms.figure import FormFigure
from junheng.intake.read import Reading
from junheng.reporting.errors import NoFormsError
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding

_DIGITS = 16
_ABOUT_FORMS = frozenset(rule.code for rule in rules.all_rules() if rule.code >= rules.VALUES_DIFFER.code)
Amount = Decimal | None
Who = tuple[str, str]  # school, stage


class Status(StrEnum):
    """How an item of a form compares with the tables."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNREAD = "unread"

    @property
    def zh(self) -> str:
        return {"agrees": "相符", "differs": "不符", "unread": "未读"}[self.value]


@dataclass(frozen=True)
class SchoolDifference:
    """A school whose figure is not what the tables hold."""

    school_code: str
    school_name: str
    stage: str
    printed: Decimal
    kept: Amount
    cells: tuple[str, ...]

    @property
    def difference(self) -> Amount:
        return None if self.kept is None else self.kept - self.printed


@dataclass(frozen=True)
class ReconciledItem:
    """One column that a form fills, over all schools whose forms print a figure for it.

    Attributes:
        words: the words of the form, as printed.
        schools: schools with a printed figure.
        printed: their sum in the forms.
        kept: the sum of the same schools in the tables; None where the tables have none of them.
        total: the total that the form itself prints below its rows, where it does.
        differing: the schools that differ.
    """

    generation: str
    form: str
    table: str
    column: str
    label: str
    stage: str
    unit: str
    words: str
    schools: int
    printed: Decimal
    kept: Amount
    total: Amount
    differing: tuple[SchoolDifference, ...]

    @property
    def difference(self) -> Amount:
        return None if self.kept is None else self.kept - self.printed

    @property
    def total_differs(self) -> bool:
        return self.total is not None and self.total != self.printed

    @property
    def status(self) -> Status:
        if self.kept is None:
            return Status.UNREAD
        return Status.DIFFERS if self.differing or self.total_differs else Status.AGREES


@dataclass(frozen=True)
class SchoolRead:
    """A school that filed forms: how many, and whether the tables have it."""

    school_code: str
    school_name: str
    forms: tuple[str, ...]
    figures: int
    kept: bool


@dataclass(frozen=True)
class Reconciliation:
    """The reconciliation of one folder of forms: ``schools`` are those that forms name, read = stored + rejected."""

    name: str
    files: tuple[str, ...]
    generations: tuple[str, ...]
    school_years: tuple[int, ...]
    items: tuple[ReconciledItem, ...]
    schools: tuple[SchoolRead, ...]
    findings: tuple[Finding, ...]

    @property
    def stored(self) -> int:
        return sum(school.kept for school in self.schools)

    @property
    def rejected(self) -> int:
        return len(self.schools) - self.stored

    def count(self, status: Status) -> int:
        return sum(item.status is status for item in self.items)

    @property
    def agrees(self) -> bool:
        """Whether every item agrees and every school is in the tables."""
        return self.count(Status.AGREES) == len(self.items) and not self.rejected


def reconcile(reading: Reading) -> Reconciliation:
    """Hold the figures of the forms against the tables they were read into.

    Raises:
        NoFormsError: nothing of what was read is a statistics form.
    """
    if not reading.figures:
        raise NoFormsError(name=reading.dataset.name)
    dataset = reading.dataset
    names = dict(dataset["school"].select("school_code", "school_name").iter_rows())
    groups: dict[tuple[str, str, str, str, str], list[FormFigure]] = {}
    for figure in reading.figures:
        key = (figure.generation, figure.form, figure.table, figure.column, figure.stage)
        if figure.column in dataset.tables[figure.table].columns and _is_amount(dataset, figure):
            groups.setdefault(key, []).append(figure)
    held = _Held(dataset)
    return Reconciliation(
        name=dataset.name,
        files=tuple(file.name for file in reading.files),
        generations=tuple(dict.fromkeys(figure.generation for figure in reading.figures)),
        school_years=tuple(sorted(set(dataset["school_year"]["school_year"].drop_nulls()))),
        items=tuple(item for figures in groups.values() if (item := _item(dataset, figures, held, names)) is not None),
        schools=_schools(reading.figures, names),
        findings=tuple(finding for finding in reading.findings if finding.check in _ABOUT_FORMS),
    )


def _is_amount(dataset: Dataset, figure: FormFigure) -> bool:
    return dataset.tables[figure.table].columns[figure.column].type.is_number


def _item(
    dataset: Dataset, figures: Sequence[FormFigure], held: _Held, names: Mapping[str, str]
) -> ReconciledItem | None:
    """The item that figures of one form, column and stage make; None where no school has any."""
    first = figures[0]
    column = dataset.tables[first.table].columns[first.column]
    printed: dict[Who, Decimal] = {}
    cells: dict[Who, list[str]] = {}
    totals = [figure.value for figure in figures if figure.school_code is None and figure.value is not None]
    for figure in figures:
        if figure.school_code is None or figure.value is None:
            continue
        who = (figure.school_code, figure.stage)
        printed[who] = printed.get(who, Decimal(0)) + figure.value
        cells.setdefault(who, []).append(figure.cell)
    if not printed:
        return None
    kept = {who: held.amount(first.table, first.column, who) for who in printed}
    differing = tuple(
        SchoolDifference(code, names.get(code) or "", stage, amount, kept[code, stage], tuple(cells[code, stage]))
        for (code, stage), amount in printed.items()
        if kept[code, stage] != amount
    )
    found = [amount for amount in kept.values() if amount is not None]
    return ReconciledItem(
        generation=first.generation,
        form=first.form,
        table=first.table,
        column=first.column,
        label=column.label.zh,
        stage=first.stage,
        unit=column.unit,
        words=" + ".join(dict.fromkeys(" > ".join(figure.words) for figure in figures if figure.school_code)),
        schools=len(printed),
        printed=sum(printed.values(), Decimal(0)),
        kept=sum(found, Decimal(0)) if found else None,
        total=sum(map(Decimal, totals), Decimal(0)) if totals else None,
        differing=differing,
    )


class _Held:
    """What the tables hold, by school and stage, over the years that were read."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._amounts: dict[tuple[str, str], dict[Who, Decimal]] = {}

    def amount(self, table: str, column: str, who: Who) -> Amount:
        if (table, column) not in self._amounts:
            self._amounts[table, column] = self._read(table, column)
        return self._amounts[table, column].get(who)

    def _read(self, table: str, column: str) -> dict[Who, Decimal]:
        frame = self._dataset[table]
        stage = pl.col("stage") if "stage" in frame.columns else pl.lit("")
        rows = frame.select("school_code", stage.alias("stage"), column).drop_nulls(column)
        found: dict[Who, Decimal] = {}
        for code, of_stage, value in rows.iter_rows():
            found[code, of_stage] = found.get((code, of_stage), Decimal(0)) + value
        return found


def _schools(figures: Iterable[FormFigure], names: Mapping[str, str]) -> tuple[SchoolRead, ...]:
    forms: dict[str, dict[str, int]] = {}
    for figure in figures:
        if figure.school_code is not None:
            counts = forms.setdefault(figure.school_code, {})
            counts[figure.form] = counts.get(figure.form, 0) + (figure.value is not None)
    return tuple(
        SchoolRead(code, names.get(code) or "", tuple(counts), sum(counts.values()), code in names)
        for code, counts in sorted(forms.items())
    )


# Documents

COLUMNS = (
    "generation", "form", "words", "table", "column", "label", "stage", "unit", "schools", "printed", "kept",
    "difference", "total", "status",
)  # fmt: skip


def as_json(found: Reconciliation) -> str:
    """The reconciliation as a document; amounts are text, so that no digit is lost."""
    document: dict[str, Any] = {
        "name": found.name,
        "files": found.files,
        "generations": found.generations,
        "school_years": found.school_years,
        "agrees": found.agrees,
        "schools": {"read": len(found.schools), "stored": found.stored, "rejected": found.rejected},
        "items": [
            _row(item) | {"differing": [_difference(school) for school in item.differing]} for item in found.items
        ],
        "rejected_schools": [school.school_code for school in found.schools if not school.kept],
        "findings": [
            {"check": f.check, "severity": f.severity, "cell": f.cell, "message": f.message} for f in found.findings
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_csv(found: Reconciliation) -> str:
    """One row per form and item."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    writer.writerows(_row(item) for item in found.items)
    return buffer.getvalue()


def _row(item: ReconciledItem) -> dict[str, Any]:
    amounts = {name: amount_text(getattr(item, name)) for name in ("printed", "kept", "difference", "total")}
    return {name: amounts[name] if name in amounts else getattr(item, name) for name in COLUMNS}


def _difference(school: SchoolDifference) -> dict[str, Any]:
    return {
        "school_code": school.school_code,
        "school_name": school.school_name,
        "stage": school.stage,
        "printed": amount_text(school.printed),
        "kept": amount_text(school.kept),
        "cells": school.cells,
    }


def amount_text(amount: Amount) -> str | None:
    return None if amount is None else plain(amount, _DIGITS)


def stage_word(stage: str) -> str:
    """学段, or 全校 where a figure is of the whole school."""
    return Stage(stage).zh if stage else "全校"
