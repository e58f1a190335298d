"""对账: what stands in the statistics forms against what the tables hold after reading, by item and by school.

The sums of the forms are made from their figures, those of the system from the dataset: neither is taken from the
other. What stands in the forms and did not read counts too: nothing agrees because it was refused.
"""

from __future__ import annotations

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
from junheng.intake.read import Reading, Tally
from junheng.reporting.csv_text import csv_text
from junheng.reporting.errors import NoFormsError
from junheng.reporting.unread import (
    UnreadCell,
    equal_files,
    once,
    refusals,
    refused_rows,
    unread_cells,
    was_not_read,
)
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding

_DIGITS = 16
_ABOUT_FORMS = frozenset(rule.code for rule in rules.all_rules() if rule.code >= rules.VALUES_DIFFER.code)
_REFUSING_FORMS = _ABOUT_FORMS - {rules.VALUES_DIFFER.code, rules.FORM_UNKNOWN.code}
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
        printed: their sum in the forms; None where no school's figure was read.
        kept: the sum of the same schools in the tables; None where the tables have none of them.
        total: the total that the form itself prints below its rows, where it does.
        differing: the schools that differ.
        unread: the cells of this column that did not read, or the sheet that lacks its words.
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
    printed: Amount
    kept: Amount
    total: Amount
    differing: tuple[SchoolDifference, ...]
    unread: tuple[str, ...]

    @property
    def difference(self) -> Amount:
        return None if self.kept is None or self.printed is None else self.kept - self.printed

    @property
    def total_differs(self) -> bool:
        """Whether the form's own total is not the sum of its rows; no wonder where one of these did not read."""
        return self.total is not None and not self.unread and self.total != self.printed

    @property
    def status(self) -> Status:
        if self.kept is None:
            return Status.UNREAD
        if self.differing:
            return Status.DIFFERS
        if self.unread:
            return Status.UNREAD
        return Status.DIFFERS if self.total_differs else Status.AGREES


@dataclass(frozen=True)
class SchoolRead:
    """A school that the forms name: how many it filed, and whether the tables have it.

    Of a refused row nothing is known but where it stands: then the code is empty and the name says where.
    """

    school_code: str
    school_name: str
    forms: tuple[str, ...]
    figures: int
    kept: bool


@dataclass(frozen=True)
class Reconciliation:
    """The reconciliation of one folder of forms: ``schools`` are those that forms name, read = stored + rejected.

    Attributes:
        refused: the exports with refused rows, and how their rows add up.
        repeated: files that are the same file, and sheets that hold the same figures of a school; the first counts.
        comparable: whether there is one school year: else no sums are compared.
        findings: what the forms' own checks gave, and whatever blocks the reading.
    """

    name: str
    files: tuple[str, ...]
    generations: tuple[str, ...]
    school_years: tuple[int, ...]
    items: tuple[ReconciledItem, ...]
    schools: tuple[SchoolRead, ...]
    refused: tuple[Tally, ...]
    repeated: tuple[tuple[str, ...], ...]
    comparable: bool
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
    def obstacles(self) -> tuple[str, ...]:
        """Why the reconciliation could not be carried through, one sentence each."""
        errors = sum(finding.blocks for finding in self.findings)
        return (
            *(() if self.comparable else ("报表不是同一学年的，合计不能相比，没有对账。请把各年的报表分开放。",)),
            *(f"同一文件或同一张表交了两次：{'、'.join(names)}，只按一份计。请只留一份。" for names in self.repeated),
            *(
                f"{tally.sheet}：读到 {tally.read} 行 = 已读入 {tally.kept} + 未收 {tally.rejected}。"
                for tally in self.refused
            ),
            *((f"读入有 {errors} 处错误，改正后再对账。",) if errors else ()),
        )

    @property
    def agrees(self) -> bool:
        """Whether all was read, every item agrees and every school is in the tables."""
        return not self.obstacles and self.count(Status.AGREES) == len(self.items) and not self.rejected

    @property
    def conclusion(self) -> str:
        if self.agrees:
            return "全部相符"
        return "不能对账完" if self.obstacles else "有不符或未读"


def reconcile(reading: Reading) -> Reconciliation:
    """Hold the figures of the forms against the tables they were read into.

    Raises:
        NoFormsError: nothing of what was read is a statistics form.
    """
    refused = refusals(reading)
    if not reading.figures and not refused and not any(f.check in _REFUSING_FORMS for f in reading.findings):
        raise NoFormsError(name=reading.dataset.name)
    dataset = reading.dataset
    repeated = equal_files(reading.files)
    figures, again = once(reading.figures, repeated)
    comparable = not any(finding.check == rules.FORM_YEARS_DIFFER.code for finding in reading.findings)
    return Reconciliation(
        name=dataset.name,
        files=tuple(file.name for file in reading.files),
        generations=tuple(dict.fromkeys(figure.generation for figure in figures)),
        school_years=tuple(sorted(set(dataset["school_year"]["school_year"].drop_nulls()))),
        items=_items(reading, figures) if comparable else (),
        schools=_schools(reading, figures),
        refused=tuple(refused),
        repeated=(*repeated, *again),
        comparable=comparable,
        findings=tuple(f for f in reading.findings if f.check in _ABOUT_FORMS or was_not_read(f)),
    )


Key = tuple[str, str, str, str, str]  # generation, form, table, column, stage


def _key(of: FormFigure | UnreadCell) -> Key:
    return of.generation, of.form, of.table, of.column, of.stage


def _items(reading: Reading, figures: Sequence[FormFigure]) -> tuple[ReconciledItem, ...]:
    """Items in the order of the forms; one that only stands in cells that did not read is an item too."""
    dataset = reading.dataset
    unread: dict[Key, list[UnreadCell]] = {}
    for cell in unread_cells(reading, figures):
        unread.setdefault(_key(cell), []).append(cell)
    groups: dict[Key, list[FormFigure]] = {}
    for figure in figures:
        if _is_amount(dataset, figure):
            groups.setdefault(_key(figure), []).append(figure)
    held = _Held(dataset)
    names = _names(dataset)
    keys = dict.fromkeys((*groups, *(key for key, cells in unread.items() if _is_amount(dataset, cells[0]))))
    made = (_item(dataset, key, groups.get(key, ()), unread.get(key, ()), held, names) for key in keys)
    return tuple(item for item in made if item is not None)


def _names(dataset: Dataset) -> dict[str, str]:
    return dict(dataset["school"].select("school_code", "school_name").iter_rows())


def _is_amount(dataset: Dataset, of: FormFigure | UnreadCell) -> bool:
    column = dataset.tables[of.table].columns.get(of.column) if of.table in dataset.tables.tables else None
    return column is not None and column.type.is_number


def _item(
    dataset: Dataset,
    key: Key,
    figures: Sequence[FormFigure],
    unread: Sequence[UnreadCell],
    held: _Held,
    names: Mapping[str, str],
) -> ReconciledItem | None:
    """The item that one form, column and stage make; None where no school has any figure of it."""
    generation, form, table, name, stage = key
    column = dataset.tables[table].columns[name]
    # Where one of several cells did not read, the sum of the others is no figure of the school.
    partial = {(cell.school_code, cell.stage) for cell in unread}
    printed: dict[Who, Decimal] = {}
    cells: dict[Who, list[str]] = {}
    totals = [figure.value for figure in figures if figure.school_code is None and figure.value is not None]
    for figure in figures:
        if figure.school_code is None or figure.value is None or (figure.school_code, figure.stage) in partial:
            continue
        who = (figure.school_code, figure.stage)
        printed[who] = printed.get(who, Decimal(0)) + figure.value
        cells.setdefault(who, []).append(figure.cell)
    if not printed and not unread:
        return None
    kept = {who: held.amount(table, name, who) for who in printed}
    differing = tuple(
        SchoolDifference(code, names.get(code) or "", stage, amount, kept[code, stage], tuple(cells[code, stage]))
        for (code, stage), amount in printed.items()
        if kept[code, stage] != amount
    )
    found = [amount for amount in kept.values() if amount is not None]
    return ReconciledItem(
        generation=generation,
        form=form,
        table=table,
        column=name,
        label=column.label.zh,
        stage=stage,
        unit=column.unit,
        words=" + ".join(dict.fromkeys(" > ".join(figure.words) for figure in figures if figure.school_code)),
        schools=len(printed),
        printed=sum(printed.values(), Decimal(0)) if printed else None,
        kept=sum(found, Decimal(0)) if found else None,
        total=sum(map(Decimal, totals), Decimal(0)) if totals else None,
        differing=differing,
        unread=tuple(dict.fromkeys(cell.cell for cell in unread)),
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


def _schools(reading: Reading, figures: Iterable[FormFigure]) -> tuple[SchoolRead, ...]:
    """The schools that the forms name, those whose rows were refused included."""
    names = _names(reading.dataset)
    forms: dict[str, dict[str, int]] = {}
    for figure in figures:
        if figure.school_code is not None:
            counts = forms.setdefault(figure.school_code, {})
            counts[figure.form] = counts.get(figure.form, 0) + (figure.value is not None)
    # Rows of a school that is not in the list of schools: it was filed, and its entry was refused.
    for table in ("school_year", "stage_year"):
        for code in reading.dataset[table]["school_code"].drop_nulls():
            if code not in names:
                forms.setdefault(code, {})
    known = (
        SchoolRead(code, names.get(code) or "", tuple(counts), sum(counts.values()), code in names)
        for code, counts in sorted(forms.items())
    )
    return (*known, *_nameless(reading))


def _nameless(reading: Reading) -> list[SchoolRead]:
    """Refused rows of exports beyond those of schools that another sheet names with the same stage."""
    refused = refusals(reading)
    read = {(figure.school_code, figure.stage) for figure in reading.figures}
    filed = set(reading.dataset["stage_year"].select("school_code", "stage").iter_rows())
    count = sum(tally.rejected for tally in refused) - len(filed - read)
    places = [f"{place} 第 {row} 行" for place, row in refused_rows(reading, reading.figures)]
    places += [tally.sheet for tally in refused for _ in range(tally.rejected)]
    return [SchoolRead("", f"{place}（未收，标识码未读）", (), 0, kept=False) for place in places[: max(0, count)]]


# Documents

COLUMNS = (
    "generation", "form", "words", "table", "column", "label", "stage", "unit", "schools", "printed", "kept",
    "difference", "total", "status", "unread_cells",
)  # fmt: skip


def as_json(found: Reconciliation) -> str:
    """The reconciliation as a document; amounts are text, so that no digit is lost."""
    document: dict[str, Any] = {
        "name": found.name,
        "files": found.files,
        "generations": found.generations,
        "school_years": found.school_years,
        "agrees": found.agrees,
        "conclusion": found.conclusion,
        "obstacles": found.obstacles,
        "repeated_files": found.repeated,
        "schools": {"read": len(found.schools), "stored": found.stored, "rejected": found.rejected},
        "items": [
            _row(item) | {"differing": [_difference(school) for school in item.differing], "unread": item.unread}
            for item in found.items
        ],
        "rejected_schools": [school.school_code or school.school_name for school in found.schools if not school.kept],
        "rejected_rows": [
            {"file": t.file, "sheet": t.sheet, "read": t.read, "kept": t.kept, "rejected": t.rejected}
            for t in found.refused
        ],
        "findings": [
            {"check": f.check, "severity": f.severity, "cell": f.cell, "message": f.message} for f in found.findings
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_csv(found: Reconciliation) -> str:
    """One row per form and item."""
    return csv_text(COLUMNS, (tuple(_row(item).values()) for item in found.items))


def _row(item: ReconciledItem) -> dict[str, Any]:
    amounts = {name: amount_text(getattr(item, name)) for name in ("printed", "kept", "difference", "total")}
    others = {"unread_cells": len(item.unread)}
    return {name: (amounts | others)[name] if name in amounts | others else getattr(item, name) for name in COLUMNS}


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
