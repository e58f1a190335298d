"""Tables: heads on every page, rows kept whole, spans, shades, caption above and note below."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise

from junheng.reporting.report.blocks import Cell, Table
from junheng.reporting.report.grid import Slot, slots
from junheng.reporting.report.runs import Figure, Note
from junheng.reporting.report.table_fit import fitted
from junheng.reporting.word.draft import Draft, plain
from junheng.reporting.word.shades import shade
from junheng.reporting.word.xml import Element, add, printable

# The style of the words of a table, by their size in points.
_STYLES = {
    12.0: "表格文字",
    10.5: "表格文字（五号）",
    9.0: "表格文字（小五）",
    7.5: "表格文字（六号）",
    6.5: "表格文字（小六）",
}
_ALIGN = {"left": "left", "centre": "center", "right": "right"}


def write_table(draft: Draft, table: Table, width: int, *, title_row: bool = False) -> None:
    """Write a table as wide as the text, in twips.

    Heads stay with the first row, totals with the last, the note with the table; a low table stays whole.

    Args:
        title_row: caption and unit stand in rows of the table that repeat on every page, as forms have them.
    """
    if not title_row:
        _write_caption(draft, table)
    elif draft.break_before or draft.below_table:
        draft.paragraph("分隔")  # two tables with nothing between them would grow into one
    table, fit = fitted(table, width / 20)
    style, widths = _STYLES[fit.size], _whole_twips(fit.widths)
    node = add(draft.body, "tbl")
    _write_properties(node, draft, table, width)
    grid = add(node, "tblGrid")
    for twips in widths:
        add(grid, "gridCol", w=twips)
    if title_row:
        _write_title_rows(draft, node, table, width)
    rows = len(table.rows)
    for index, places in enumerate(slots(table)):
        row = add(node, "tr")
        rule = add(row, "trPr")
        if index not in fit.tall:
            add(rule, "cantSplit")
        is_head, is_total = index < table.head, index >= rows - table.total
        if is_head:
            add(rule, "tblHeader")
        keep = (
            bool(table.note)
            if index == rows - 1
            else is_head or fit.whole or index in fit.kept or index >= rows - table.total - 1
        )
        look = "表头" if is_head else "合计" if is_total else ""
        for slot in places:
            span = widths[slot.column : slot.column + slot.cell.columns]
            _write_cell(draft, row, slot, sum(span), style, look=look, keep=keep)
    if table.note:
        draft.line(draft.paragraph("表注"), table.note)
    else:
        draft.below_table = True


def _whole_twips(points: Iterable[float]) -> list[int]:
    """Whole twips of the same sum."""
    ends = [round(end * 20) for end in accumulate(points)]
    return [end - start for start, end in pairwise([0, *ends])]


def _write_caption(draft: Draft, table: Table) -> None:
    """What stands above; two tables without captions would grow into one, so something always does."""
    if table.caption:
        draft.line(draft.paragraph("表题", keep=True), table.caption)
    if table.unit:
        draft.words(draft.paragraph("表单位", keep=True), _unit(table))
    if not table.caption and not table.unit:
        draft.paragraph("分隔", keep=True)


def _write_properties(node: Element, draft: Draft, table: Table, width: int) -> None:
    properties = add(node, "tblPr")
    add(properties, "tblStyle", val=draft.styles["公文表格"])
    add(properties, "tblW", w=width, type="dxa")
    add(properties, "jc", val="center")
    add(properties, "tblLayout", type="fixed")
    add(properties, "tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    if table.caption:
        add(properties, "tblCaption", val=printable(plain(table.caption)))


def _write_title_rows(draft: Draft, node: Element, table: Table, width: int) -> None:
    caption = (("表题", table.caption),) if table.caption else ()
    unit = (("表单位", (_unit(table),)),) if table.unit else ()
    lines = (*caption, *unit)
    for at, (style, text) in enumerate(lines):
        row = add(node, "tr")
        rule = add(row, "trPr")
        add(rule, "cantSplit")
        add(rule, "tblHeader")
        properties = add(add(row, "tc"), "tcPr")
        add(properties, "tcW", w=width, type="dxa")
        add(properties, "gridSpan", val=len(table.widths))
        borders = add(properties, "tcBorders")
        open_sides = ("top", "left", "right") if at == len(lines) - 1 else ("top", "left", "bottom", "right")
        for side in open_sides:
            add(borders, side, val="nil")
        draft.line(draft.paragraph(style, parent=properties.getparent(), keep=True, before=0), text)


def _write_cell(draft: Draft, row: Element, slot: Slot, width: int, style: str, *, look: str, keep: bool) -> None:
    cell = slot.cell
    node = add(row, "tc")
    properties = add(node, "tcPr")
    add(properties, "tcW", w=width, type="dxa")
    if cell.columns > 1:
        add(properties, "gridSpan", val=cell.columns)
    if slot.spans_rows:
        add(properties, "vMerge", val="continue" if slot.goes_on else "restart")
    if cell.outcome is not None:
        add(properties, "shd", val="clear", color="auto", fill=shade(cell.outcome))
    add(properties, "vAlign", val="center")
    paragraph = draft.paragraph(style, parent=node, keep=keep, align=_align(cell))
    if not slot.goes_on:
        draft.line(paragraph, cell.text, bare=cell.bare, look=look)


def _align(cell: Cell) -> str:
    """Figures to the right, words to the left, labels in the middle; left is what the style says."""
    if cell.align is not None:
        return _ALIGN[cell.align]
    if cell.label:
        return "center"
    said = [run for run in cell.text if not isinstance(run, Note)]
    return "right" if said and all(isinstance(run, Figure) for run in said) else ""


def _unit(table: Table) -> str:
    return f"单位：{table.unit}"
