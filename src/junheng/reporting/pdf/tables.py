"""Tables as data: cells with how they are drawn, by the measures that Word has too."""

from __future__ import annotations

from typing import Any, TypeAlias

from junheng.reporting.pdf.words import printable, runs_data
from junheng.reporting.report.blocks import Cell, Table
from junheng.reporting.report.grid import slots
from junheng.reporting.report.runs import Figure, Note, words_of
from junheng.reporting.report.table_fit import ABOVE, BESIDE, fitted

Data: TypeAlias = dict[str, Any]

_WIDTH = {False: 442.2, True: 637.8}  # pt: 156 mm, and 225 mm on a lying page
_HELD = 600  # characters of a note


def table_data(table: Table) -> Data:
    """What the template draws: columns, rows of cells, size of letters."""
    table, fit = fitted(table, _WIDTH[table.landscape])
    last_row, totals = len(table.rows) - 1, len(table.rows) - table.total
    rows = [
        [
            _cell(
                slot.cell,
                bold=row < table.head or row >= totals,
                breakable=row in fit.tall or (slot.spans_rows and row not in fit.kept),
            )
            for slot in places
            if not slot.goes_on
        ]
        for row, places in enumerate(slots(table))
    ]
    return {
        "kind": "table",
        "caption": runs_data(table.caption),
        "unit": f"单位：{printable(table.unit)}" if table.unit else "",
        "note": runs_data(table.note),
        # It stays with the last row, unless both together might be taller than a page.
        "held": last_row >= table.head and last_row not in fit.tall and len(words_of(table.note)) <= _HELD,
        "whole": fit.whole and len(words_of(table.note)) <= _HELD and not _has_footnote(table),
        "widths": fit.widths,
        "size": fit.size,
        "pitch": fit.pitch,
        "beside": BESIDE,
        "above": ABOVE,
        "head": rows[: table.head],
        "body": rows[table.head :],
    }


def _has_footnote(table: Table) -> bool:
    """A block that goes overleaf for its footnote leaves the heading above behind (typst 0.15)."""
    texts = (table.note, *(cell.text for row in table.rows for cell in row))
    return any(isinstance(run, Note) for text in texts for run in text)


def _cell(cell: Cell, *, bold: bool, breakable: bool) -> Data:
    """A cell; what is as it mostly is, is left out: tables of thousands of rows are drawn too."""
    runs = runs_data(cell.text, bare=cell.bare)
    data: Data = {"text": runs, "align": _align(cell)}
    if cell.rows > 1:
        data["rowspan"] = cell.rows
    if cell.columns > 1:
        data["colspan"] = cell.columns
    if cell.outcome is not None:
        data["outcome"] = cell.outcome.value
    if bold:
        data["bold"] = True
    if breakable:
        data["breakable"] = True
    return data


def _align(cell: Cell) -> str:
    if cell.align is not None:
        return {"left": "left", "centre": "center", "right": "right"}[cell.align]
    if cell.label:
        return "center"
    said = [run for run in cell.text if not isinstance(run, Note)]
    return "right" if said and all(isinstance(run, Figure) for run in said) else "left"
