"""The heads of the export with one row per school: where they stand, and which column of ours each means."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from junheng.intake import limits, rules
from junheng.intake.cells import MergedCell, Raw, is_blank, typed
from junheng.intake.forms.caption import folded, is_of_caption
from junheng.intake.forms.mapping import FormField, Generation, Term, comparable, load_forms
from junheng.intake.forms.words import names
from junheng.intake.heads import Heads, grouped, head_texts, levels
from junheng.intake.sheet import Sheet, letters
from junheng.intake.wording import compact, is_column_number, key_of
from junheng.tables.finding import Finding
from junheng.tables.model import Column, Need, Table, Tables

COUNTY = "county_name"
_HEAD_ROWS = 15
_CODE = re.compile(r"^(?=.*\d)[0-9A-Za-z_-]{4,64}$")
_TOTAL = re.compile(r"合计|总计|小计")
_LEAST = 3  # a code and two figures make an export; less may be anything


class FlatHeads(NamedTuple):
    """Where a column of schools' codes stands, the first row below its head, and whether that is the official word."""

    column: int
    first_row: int
    official: bool


class Taken(NamedTuple):
    """One field of the mapping, and the columns of the sheet that it is made of, by the names they are read under."""

    field: FormField
    terms: tuple[tuple[Term, str], ...]


@dataclass
class Choice:
    """What of an export is read: the columns, as heads of a table of their own, and the fields that they make."""

    heads: Heads
    taken: list[Taken]
    lacking: list[tuple[FormField, str]] = field(default_factory=list)  # with the words that were looked for
    wider: list[tuple[FormField, int]] = field(default_factory=list)  # with the column of a total that holds more
    findings: list[Finding] = field(default_factory=list)


def flat_heads(sheet: Sheet) -> FlatHeads | None:
    """Where a column of schools' codes stands, the first row below its head, and whether that is the official word."""
    words = _code_words()
    rows = [row[: limits.FORM_COLUMNS] for row in sheet.rows[: 2 * _HEAD_ROWS]]
    totals = [_total_at(row) for row in rows]
    for at, row in enumerate(rows[:_HEAD_ROWS]):
        for index, cell in enumerate(row):
            if not isinstance(cell, str) or key_of(cell) not in words:
                continue
            below = _first_row(rows, totals, at, index)
            if below is not None:
                return FlatHeads(index, below, "机构" in cell)
    return None


def _total_at(row: Sequence[Raw]) -> int | None:
    """The first column whose cell says 合计."""
    return next((index for index, cell in enumerate(row) if _TOTAL.search(compact(typed(cell)))), None)


def _first_row(rows: Sequence[Sequence[Raw]], totals: Sequence[int | None], head: int, column: int) -> int | None:
    """The first row of figures below a head of codes: it has a code there, or a total left of it."""
    for at in range(head + 1, min(len(rows), head + _HEAD_ROWS)):
        cell = rows[at][column] if column < len(rows[at]) else None
        if isinstance(cell, MergedCell):
            continue
        total = totals[at]
        if _CODE.match(compact(folded(typed(cell)))) or (total is not None and total <= column):
            return at
        if not is_blank(cell) and not is_column_number(typed(cell)):
            return None
    return None


@lru_cache(maxsize=1)
def _code_words() -> frozenset[str]:
    return frozenset(
        key_of(path[-1])
        for generation in load_forms().values()
        for field in generation.flat.fields
        if field.to == "school.school_code"
        for term in field.terms
        for path in term.head
    )


def recognises(sheet: Sheet, heads: FlatHeads, generation: Generation) -> int:
    """How many of a generation's columns the sheet has; 0 when they are too few to be an export."""
    paths = [path for path, _, _ in _paths(sheet, heads.first_row)]
    neutral = generation.neutral_words
    fields = generation.flat.fields
    found = sum(any(_columns(term, paths, neutral) for term in entry.terms) for entry in fields)
    return found if found >= _LEAST else 0


def _columns(term: Term, paths: Sequence[tuple[str, ...]], neutral: Collection[str]) -> list[int]:
    """The columns that a term may mean, by its first wording that is there."""
    for wanted in term.head:
        path = comparable(wanted)
        found = [index for index, printed in enumerate(paths) if names(printed, path, neutral)]
        if found:
            return [index for index in found if paths[index] == path] or found
    return []


def choose(sheet: Sheet, heads: FlatHeads, generation: Generation, tables: Tables, stages: Collection[str]) -> Choice:
    """Find the columns of all fields that schools of these stages have.

    They are read as one table, whose columns have names of their own where a field is made of several or two fields
    share a column.
    """
    described = _paths(sheet, heads.first_row)
    paths = [path for path, _, _ in described]
    columns: dict[str, Column] = {}
    table = Table("export", tables["school"].label, tables["school"].row, ("school_code",), columns)
    texts = {index: " ".join(words) for index, (_, words, _) in enumerate(described)}
    last = heads.first_row - 1
    made = Heads(table, last, last, {}, {}, texts, {}, [], {})
    choice = Choice(made, [])
    county = FormField(to=f"county.{COUNTY}", terms=(Term(head=generation.flat.county_name),), optional=True)
    for entry in (*generation.flat.fields, county):
        if stages and entry.stage and entry.stage.value not in stages:
            continue
        own = tables[entry.table].columns[entry.column]
        if any(field.table == entry.table and field.column in entry.with_columns for field, _ in choice.taken):
            continue
        found = [(term, _columns(term, paths, generation.neutral_words)) for term in entry.terms]
        twice = next((places for _, places in found if len(places) > 1), None)
        if twice:
            cells = "、".join(letters(index) for index in twice)
            cell = sheet.address(last, twice[1])
            head = texts[twice[1]]
            choice.findings.append(
                rules.HEAD_TWICE.finding(cell, head, column=own.label.zh, cells=cells, cause=own.name)
            )
            continue
        absent = [term for term, places in found if not places and not (term.optional and len(found) > 1)]
        if absent:
            total = _columns(Term(head=entry.wider), paths, generation.neutral_words)
            if total:
                choice.wider.append((entry, total[0]))
            elif not entry.optional:
                choice.lacking.append((entry, " ".join(absent[0].head[0])))
            continue
        terms = []
        for term, places in found:
            if places:
                name = _unused(own.name, columns)
                need = Need.KEY if entry.to == "school.school_code" else Need.OPTIONAL
                columns[name] = replace(own, name=name, need=need, required_when={})
                made.columns[name] = places[0]
                made.units[name] = described[places[0]][2]
                terms.append((term, name))
        choice.taken.append(Taken(entry, tuple(terms)))
    return choice


def _unused(name: str, columns: Collection[str]) -> str:
    while name in columns:
        name += "'"
    return name


def _paths(sheet: Sheet, first_row: int) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Of each column: the words of its head as they are compared, as printed, and its unit."""
    texts = head_texts(sheet)[:first_row]
    width = max((len(row) for row in texts), default=0)
    of_heads = {at for at, row in enumerate(texts) if not _speaks_of_all(row) and not _numbers_columns(row)}
    rows = grouped(sheet, texts, of_heads)
    found = []
    for index in range(width):
        parts, unit = levels(rows, index)
        printed = tuple(dict.fromkeys(row[index] for row in rows if row[index]))
        found.append((comparable(parts), printed, unit))
    return found


def _speaks_of_all(row: Sequence[str]) -> bool:
    """Whether a row is a title or a caption."""
    filled = [text for text in row if text]
    first = next((index for index, text in enumerate(row) if text), 0)
    return (len(set(filled)) <= 1 and first <= 1) or (len(filled) <= 4 and any(is_of_caption(text) for text in filled))


def _numbers_columns(row: Sequence[str]) -> bool:
    words = [text for text in row if text]
    return len(words) >= 3 and all(is_column_number(word) for word in words)
