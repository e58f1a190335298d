"""Rows of one table from several sheets: rows of the same key are one row, put together column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import polars as pl

from junheng.intake import rules
from junheng.intake.wording import key_of
from junheng.tables.dataset import Origin
from junheng.tables.finding import Finding
from junheng.tables.model import Column, ColumnType, Need, Table
from junheng.tables.units import as_filed

_NOTE = "note"


@dataclass(frozen=True)
class Piece:
    """Rows of one table as one sheet has them: typed values by column, and where each stands.

    Attributes:
        letters: of the columns that are columns of the sheet too; a row's cell is the letter and the row's number.
        rows: the number of each row on the sheet.
        cells: by row, the cells of a form, where a column of ours is any cell (``D17``).
        wanting: why a column that the row must have is blank here, where more can be said than that.
        of_form: whether the sheet is an official form, in which a column that is not there cannot be put.
    """

    file: str
    place: str
    columns: Mapping[str, Sequence[object]]
    letters: Mapping[str, str]
    rows: Sequence[int]
    cells: Sequence[Mapping[str, str]] = ()
    wanting: Mapping[tuple[int, str], Finding] = field(default_factory=dict)
    of_form: bool = False

    def has(self, at: int, column: str) -> bool:
        return column in self.letters or (bool(self.cells) and column in self.cells[at])

    def cell(self, at: int, column: str) -> str:
        """``D17`` of the row at that place; empty when the sheet has no such column."""
        if self.cells and column in self.cells[at]:
            return self.cells[at][column]
        letter = self.letters.get(column)
        return f"{letter}{self.rows[at]}" if letter else ""

    def address(self, at: int, column: str) -> str:
        cell = self.cell(at, column)
        return f"{self.place}!{cell}" if cell else self.place

    def value(self, at: int, column: str) -> object:
        values = self.columns.get(column)
        return values[at] if values else None


@dataclass(frozen=True)
class Joined:
    """The table's rows in key order with their addresses, and what was found and left out when they were joined."""

    frame: pl.DataFrame
    origin: Origin | None
    findings: list[Finding]
    rejected: list[tuple[object, ...]]  # keys of rows that lack what a row must have
    lost: Counter[int]  # by piece, how many of its rows these were


Source = tuple[int, int]  # a piece, and the place of a row in it
Line = list[Source]


def join(table: Table, pieces: Sequence[Piece]) -> Joined:
    """Put the rows of all sheets together.

    Equal values agree, a blank is filled by the other sheet, two values for one cell are an error that names both.
    A key that one sheet repeats is left as it stands: which of its rows is meant is for whoever filled it to say.
    """
    if not pieces:
        return Joined(table.empty(), None, [], [], Counter())
    findings: list[Finding] = []
    rejected: list[tuple[object, ...]] = []
    lost: Counter[int] = Counter()
    lines = _lines(table, pieces)
    if len(pieces) > 1 or pieces[0].of_form:
        lines, lacking = _complete(table, pieces, lines)
        findings += _lacking(table, pieces, lacking)
        for line, _ in lacking:
            rejected.append(_key(table, pieces, line[0]))
            lost.update(part for part, _ in line)
    columns: dict[str, pl.Series] = {}
    cells: dict[int, dict[str, tuple[int, str]]] = {}
    starts = [0, *accumulate(len(piece.rows) for piece in pieces)]
    main = [starts[line[0][0]] + line[0][1] for line in lines]
    together = [row for row, line in enumerate(lines) if len(line) > 1]
    for name, dtype in table.schema.items():
        stacked = [value for piece in pieces for value in piece.columns.get(name) or [None] * len(piece.rows)]
        values = [stacked[place] for place in main]
        for row in together:
            values[row], source = _agreed(table, table.columns[name], pieces, lines[row], findings)
            if source and source != lines[row][0] and (cell := pieces[source[0]].cell(source[1], name)):
                cells.setdefault(row, {})[name] = (source[0], cell)
        columns[name] = pl.Series(name, values, dtype=dtype)
    for row, line in enumerate(lines):
        part, at = line[0]
        for name, cell in (pieces[part].cells[at] if pieces[part].cells else {}).items():
            cells.setdefault(row, {}).setdefault(name, (part, cell))
    frame = pl.DataFrame(columns, schema=table.schema).with_row_index("__at").sort(*table.key, "__at")
    order = frame["__at"].to_list()
    origin = _origin(pieces, [lines[at] for at in order], cells, order)
    return Joined(frame.drop("__at"), origin, findings, rejected, lost)


def _lines(table: Table, pieces: Sequence[Piece]) -> list[Line]:
    """Which rows are one row: those of one key, unless a sheet has that key twice."""
    if len(pieces) == 1:
        return [[(0, at)] for at in range(len(pieces[0].rows))]
    by_key: dict[tuple[object, ...], Line] = {}
    for part, piece in enumerate(pieces):
        for at in range(len(piece.rows)):
            by_key.setdefault(_key(table, pieces, (part, at)), []).append((part, at))
    lines: list[Line] = []
    for line in by_key.values():
        repeated = len({part for part, _ in line}) < len(line)
        lines += [[source] for source in line] if repeated else [line]
    return lines


def _key(table: Table, pieces: Sequence[Piece], source: Source) -> tuple[object, ...]:
    part, at = source
    return tuple(pieces[part].value(at, name) for name in table.key)


def _agreed(
    table: Table, column: Column, pieces: Sequence[Piece], line: Line, findings: list[Finding]
) -> tuple[object, Source | None]:
    """The one value of a joined row's column and the sheet it is taken from; with no value, one that asks for it."""
    filled = [
        (value, source) for source in line if (value := pieces[source[0]].value(source[1], column.name)) is not None
    ]
    if not filled:
        return None, next((source for source in line if pieces[source[0]].has(source[1], column.name)), None)
    value, first = filled[0]
    if column.name == _NOTE:  # every office explains what it filled
        return "；".join(dict.fromkeys(str(said) for said, _ in filled)), first
    for other, (part, at) in filled[1:]:
        if _same(column, other, value):
            continue
        findings.append(
            rules.VALUES_DIFFER.finding(
                pieces[part].address(at, column.name),
                _shown(column, other),
                who=_called(table, pieces, line[0]),
                column=column.label.zh,
                value=_shown(column, other),
                other=_shown(column, value),
                other_cell=pieces[first[0]].address(first[1], column.name),
                cause=column.name,
            )
        )
    return value, first


def _same(column: Column, one: object, other: object) -> bool:
    if column.type is ColumnType.TEXT:
        return key_of(str(one)) == key_of(str(other))
    return one == other


def _shown(column: Column, value: object) -> str:
    if column.codes is not None:
        return column.codes.zh(str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return as_filed(value, column.unit, column.form_unit)


def _called(table: Table, pieces: Sequence[Piece], source: Source) -> str:
    key = zip(table.key, _key(table, pieces, source), strict=True)
    return " ".join(_shown(table.columns[name], value) for name, value in key)


def _complete(
    table: Table, pieces: Sequence[Piece], lines: Sequence[Line]
) -> tuple[list[Line], list[tuple[Line, list[str]]]]:
    """Rows that have what a row must have, and the others with what they lack."""
    must = [column.name for column in table.columns.values() if column.need is Need.MUST]
    whole: list[Line] = []
    lacking: list[tuple[Line, list[str]]] = []
    for line in lines:
        blank = [name for name in must if all(pieces[part].value(at, name) is None for part, at in line)]
        if blank:
            lacking.append((line, blank))
        else:
            whole.append(line)
    return whole, lacking


def _lacking(table: Table, pieces: Sequence[Piece], lacking: Sequence[tuple[Line, list[str]]]) -> list[Finding]:
    """A blank cell is named; a column that is nowhere is said once for a sheet."""
    findings: list[Finding] = []
    nowhere: dict[tuple[str, str], list[tuple[Piece, str]]] = {}
    alone: dict[str, dict[str, None]] = {}
    with_forms = any(piece.of_form for piece in pieces)
    said: set[Finding] = set()
    for line, names in lacking:
        for name in names:
            told = [found for part, at in line if (found := pieces[part].wanting.get((at, name)))]
            asking = [(part, at) for part, at in line if pieces[part].has(at, name)]
            if told:
                said.add(told[0])
            elif asking:
                cell = pieces[asking[0][0]].address(asking[0][1], name)
                findings.append(rules.BLANK.finding(cell, column=table.columns[name].label.zh, cause=name))
            else:
                piece = pieces[line[0][0]]
                shown = _called(table, pieces, line[0])
                if with_forms and not piece.of_form:
                    alone.setdefault(piece.place, {})[shown] = None
                else:
                    nowhere.setdefault((piece.place, name), []).append((piece, shown))
    for (sheet, name), rows in nowhere.items():
        column = table.columns[name]
        if rows[0][0].of_form:
            shown = _first([row for _, row in rows])
            label = table.label.zh
            found = rules.NOT_IN_FORMS.finding(
                sheet, column=column.label.zh, count=len(rows), rows=shown, table=label, cause=name
            )
        else:
            found = rules.COLUMN_MISSING.finding(sheet, column=column.header, cause=name)
        findings.append(found)
    for sheet, rows_alone in alone.items():
        words = _first(list(rows_alone))
        found = rules.NOT_IN_ANY_FORM.finding(sheet, table=table.label.zh, count=len(rows_alone), rows=words)
        findings.append(found)
    return findings + sorted(said, key=lambda finding: finding.cell)


def _first(shown: Sequence[str]) -> str:
    return "、".join(shown[:5]) + ("等" if len(shown) > 5 else "")


def _origin(
    pieces: Sequence[Piece], lines: Sequence[Line], cells: Mapping[int, Mapping[str, tuple[int, str]]], order: list[int]
) -> Origin:
    first = pieces[0]
    rows = tuple(pieces[line[0][0]].rows[line[0][1]] for line in lines)
    if len(pieces) == 1 and not cells:
        return Origin(first.file, first.place, first.letters, rows)
    letters = {name: letter for piece in reversed(pieces) for name, letter in piece.letters.items()}
    for piece in pieces:
        for named in piece.cells:
            for name, cell in named.items():
                letters.setdefault(name, cell.rstrip("0123456789"))
    return Origin(
        "、".join(dict.fromkeys(piece.file for piece in pieces)),
        first.place,
        letters,
        rows,
        tuple((piece.place, piece.letters) for piece in pieces),
        tuple(line[0][0] for line in lines),
        {row: cells[at] for row, at in enumerate(order) if at in cells},
    )
