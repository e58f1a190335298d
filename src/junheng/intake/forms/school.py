"""One form of one school: what it fills of which table, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from junheng.base.exact import plain
from junheng.intake import limits, rules
from junheng.intake.cells import HeadUnit, read_cell, typed
from junheng.intake.forms.figure import FormFigure, sum_of_cells
from junheng.intake.forms.grid import Grid, Place, PlaceTwiceError
from junheng.intake.forms.hierarchy import hierarchy_problems
from junheng.intake.forms.listing import Listing
from junheng.intake.forms.mapping import Form, FormField, Generation, Term
from junheng.intake.sheet import Sheet, letters
from junheng.tables.finding import Finding, Severity
from junheng.tables.model import Column, Tables
from junheng.tables.units import how_many

_AS_FILED = HeadUnit("", Fraction(1))


class Filled(NamedTuple):
    """A typed value and its cell (``D17``)."""

    value: object
    cell: str


class NotFound(NamedTuple):
    """A column whose words are not in the form."""

    table: str
    stage: str
    column: str
    words: tuple[str, ...]
    wider: Finding | None  # a total that holds more stands there instead


@dataclass
class SchoolForm:
    """What one sheet says of one school; by table and stage (empty where it is of the whole school)."""

    sheet: Sheet
    generation: str
    number: str
    label: str
    code: str
    year: int
    filled: dict[tuple[str, str], dict[str, Filled]] = field(default_factory=dict)
    figures: list[FormFigure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    not_found: list[NotFound] = field(default_factory=list)

    def school(self, column: str) -> str:
        """What the form says of the school itself; empty when it says nothing."""
        filled = self.filled.get(("school", ""), {}).get(column)
        return str(filled.value) if filled and filled.value is not None else ""


class FormReader:
    """Reads the forms of one generation."""

    def __init__(self, name: str, generation: Generation, tables: Tables) -> None:
        self.name, self.generation, self.tables = name, generation, tables

    def read(self, sheet: Sheet, number: str, code: str, year: int, units: Sequence[str]) -> SchoolForm:
        """Read a sheet as the form of that number.

        Args:
            units: units that the caption gives for all of the form.
        """
        form = self.generation.forms[number]
        read = SchoolForm(sheet, self.name, number, f"{self.generation.prefix}{number}", code, year)
        grid = form.layout == "grid"
        layout = Grid(sheet, form, self.generation.neutral_words) if grid else Listing(sheet, form)
        for entry, stage in form.placed():
            self._take(read, layout, entry, stage.value if stage else "", units)
        for row, column in layout.strays():
            cell, value = sheet.address(row, column), sheet.shown(row, column)
            where = letters(column)
            read.findings.append(
                rules.FORM_SHIFTED.finding(cell, value, form=read.label, row=row + 1, column=where, cause=sheet.place)
            )
        if isinstance(layout, Grid):
            read.findings += _sums(read.label, form, layout)
        read.findings = _at_most(read)
        return read

    def _take(
        self, read: SchoolForm, layout: Grid | Listing, entry: FormField, stage: str, units: Sequence[str]
    ) -> None:
        """One column of ours, from the cells that it is made of."""
        table = self.tables[entry.table]
        column = table.columns[entry.column]
        if any(name in read.filled.get((entry.table, stage), {}) for name in entry.with_columns):
            return
        try:
            places, lacking = _places(layout, entry.terms)
            if lacking and entry.otherwise:
                instead, lacking_there = _places(layout, entry.otherwise)
                places, lacking = (places, lacking) if lacking_there else (instead, ())
            wider = layout.place(Term(row=entry.wider)) if lacking and entry.wider else ""
        except PlaceTwiceError as error:
            cells = "、".join(error.cells[:6])
            parts = {"form": read.label, "what": error.what, "words": error.words, "cells": cells}
            found = rules.FORM_PLACE_TWICE.finding(error.cells[0], error.words, cause=read.sheet.place, **parts)
            if found not in read.findings:
                read.findings.append(found)
            return
        if lacking:
            told = self._wider_total(read, entry, wider) if isinstance(wider, Place) else None
            if told or not entry.optional:
                read.not_found.append(NotFound(entry.table, stage, entry.column, lacking, told))
            return
        values = [(sign, place, self._value(read, entry, column, place, units)) for sign, place in places]
        if column.type.is_number:
            self._figures(read, entry, column, stage, values)
        value = sum_of_cells(column, [(sign, value) for sign, _, value in values])
        into = read.filled.setdefault((entry.table, stage), {})
        into[entry.column] = Filled(value, _cell(values[0][1]))
        if entry.with_columns and value is not None:
            into.update(dict.fromkeys(entry.with_columns, Filled(0, _cell(values[0][1]))))
            words = " ".join(values[0][1].words)
            others = "、".join(f"“{table.columns[name].label.zh}”" for name in entry.with_columns)
            parts = {"words": words, "column": column.label.zh, "others": others}
            cell = read.sheet.address(values[0][1].row, values[0][1].column)
            read.findings.append(rules.COUNTED_TOGETHER.finding(cell, typed(values[0][1].raw), cause=words, **parts))

    def _wider_total(self, read: SchoolForm, entry: FormField, place: Place) -> Finding:
        table = self.tables[entry.table]
        column, words = table.columns[entry.column], " ".join(place.words)
        parts = {"words": words, "column": column.label.zh, "table": table.label.zh, "header": column.header}
        cell = read.sheet.address(place.row, place.column)
        return rules.TOTAL_HOLDS_MORE.finding(cell, typed(place.raw), cause=column.name, **parts)

    def _value(self, read: SchoolForm, entry: FormField, column: Column, place: Place, units: Sequence[str]) -> object:
        cell, shown = read.sheet.address(place.row, place.column), typed(place.raw)
        words = " ".join(place.words)
        unit = _AS_FILED
        if column.type.is_number:
            word = place.unit or next((u for u in units if u != "个" and how_many(column.unit, u) is not None), "")
            size = how_many(column.unit, word) if word else None
            if word and size is None:
                parts = {"head": words, "word": word, "unit": column.unit, "header": column.header}
                read.findings.append(rules.HEAD_UNIT.finding(cell, shown, cause=column.name, **parts))
                return None
            unit = HeadUnit(word, size or Fraction(1), missing=not word and bool(column.form_unit))
        value, fault = read_cell(column, place.raw, unit)
        if fault is not None:
            rule, told = fault.rule, dict(fault.parts)
            if rule is rules.HEAD_WITHOUT_UNIT:
                told["head"] = words
            if rule is rules.NOT_IN_LIST and column.name == "school_kind":
                rule = rules.FORM_KIND_UNKNOWN
            read.findings.append(rule.finding(cell, shown, example=fault.example, cause=column.name, **told))
        if entry.first is not None and isinstance(value, str):
            return value[: int(entry.first)]
        return value

    def _figures(
        self,
        read: SchoolForm,
        entry: FormField,
        column: Column,
        stage: str,
        values: Sequence[tuple[int, Place, object]],
    ) -> None:
        for sign, place, value in values:
            number = sign * value if isinstance(value, int | Decimal) else None
            read.figures.append(
                FormFigure(
                    read.generation,
                    read.label,
                    place.words,
                    entry.table,
                    column.name,
                    read.code,
                    stage,
                    number,
                    column.unit,
                    read.sheet.address(place.row, place.column),
                )
            )


def _cell(place: Place) -> str:
    return f"{letters(place.column)}{place.row + 1}"


def _places(layout: Grid | Listing, terms: Sequence[Term]) -> tuple[list[tuple[int, Place]], tuple[str, ...]]:
    """The cells of all terms, and which words of them are not there; a term that may be absent is then left out."""
    found: list[tuple[int, Place]] = []
    lacking: list[str] = []
    for term in terms:
        place = layout.place(term)
        if isinstance(place, Place):
            found.append((term.sign, place))
        elif not term.optional or len(terms) == 1:
            lacking.append(place)
    return found, tuple(dict.fromkeys(lacking))


def _at_most(read: SchoolForm) -> list[Finding]:
    """The findings of a form, the gravest first to stay; how many more there were is said."""
    over = len(read.findings) - limits.FORM_FINDINGS
    if over <= 0:
        return read.findings
    order = list(Severity)
    kept = sorted(read.findings, key=lambda finding: order.index(finding.severity))[: limits.FORM_FINDINGS]
    more = rules.FORM_FINDINGS_LEFT_OUT.finding(
        read.sheet.place, form=read.label, kept=limits.FORM_FINDINGS, count=over, cause=read.sheet.place
    )
    return [*kept, more]


def _sums(label: str, form: Form, grid: Grid) -> Iterator[Finding]:
    """What does not add up in the form."""
    ways: tuple[Literal["rows", "heads"], ...] = ("rows", "heads")
    for along in ways:
        for line in grid.lines(along):
            for problem in hierarchy_problems(line.values, form, along):
                own = problem.whole.split(" > ")
                words = (*own, *line.words.split()) if along == "rows" else (*line.words.split(), *own)
                whole = " ".join(dict.fromkeys(words))
                parts = "、".join(f"{name.split(' > ')[-1]} {plain(line.values[name], 4)}" for name in problem.parts)
                yield rules.FORM_SUM_DIFFERS.finding(
                    line.cells[problem.whole],
                    plain(problem.printed, 4),
                    form=label,
                    whole=whole,
                    parts=parts,
                    sum=plain(problem.sum, 4),
                    difference=plain(abs(problem.difference), 4),
                    cause=problem.whole,
                )
