"""From a sheet with known heads to typed rows: which rows are data, what cells say, what is left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from junheng.base.exact import plain
from junheng.intake import rules
from junheng.intake.cells import (
    Fault,
    HeadUnit,
    MergedCell,
    Raw,
    is_blank,
    read_cell,
    read_column,
    typed,
)
from junheng.intake.heads import Heads, Names
from junheng.intake.sheet import Sheet, letters
from junheng.intake.template import MARKS
from junheng.intake.wording import bare_unit, clean, compact, is_column_number, key_of
from junheng.tables.finding import Finding
from junheng.tables.model import Column, ColumnType, Need
from junheng.tables.units import as_filed, how_many

_TOTAL = re.compile(r"^(?:全[县区市校]|本[县区市校]|各校|学校)?(?:合计|总计|小计|总和|共计|计)(?:数)?[:：]?$")
_FOOTNOTE = re.compile(
    r"^(?:注|备注|说明|附注|填表说明|填表人|填报人|制表人?|审核人?|负责人|单位负责人|联系电话|填报日期|填表日期)[:：\d]"
)
_AS_FILED = HeadUnit("", Fraction(1))
_DEFINITIONS = "模板的说明行"  # part of the template, so nobody needs telling
_TYPED = frozenset(ColumnType) - {ColumnType.TEXT}


@dataclass(frozen=True, slots=True)
class Tally:
    """How the rows of one sheet add up: ``read = kept + rejected``; blank and left-out rows are beside it.

    ``left_out`` are totals, notes below the table, repeated heads: named one by one in the findings.
    """

    file: str
    sheet: str
    table: str
    read: int
    kept: int
    rejected: int
    blank: int
    left_out: int

    def without(self, rows: int) -> Tally:
        """The same when so many of the rows turned out to lack what a row must have."""
        return replace(self, kept=self.kept - rows, rejected=self.rejected + rows) if rows else self


@dataclass(frozen=True)
class SheetRows:
    """The rows of one sheet that read, their row numbers, and the keys of those that did not.

    ``totals`` are the (zero-based) total rows, which were left out.
    """

    sheet: Sheet
    heads: Heads
    columns: dict[str, list[object]]
    rows: list[int]
    rejected_keys: list[tuple[object, ...]]
    findings: list[Finding]
    tally: Tally
    totals: list[int]

    @property
    def letters(self) -> dict[str, str]:
        return {name: letters(index) for name, index in self.heads.columns.items()}


def read_rows(sheet: Sheet, heads: Heads, names: Names, *, shared: bool = False) -> SheetRows:
    """Read all rows below the heads.

    Where the table is ``shared`` with other sheets, these may hold what a row must have: only the key is asked for.
    """
    asked = (Need.KEY,) if shared else (Need.KEY, Need.MUST)
    findings = list(_about_heads(sheet, heads, names))
    units = {}
    for name, index in heads.columns.items():
        units[name], unit_findings = _head_unit(sheet, heads, heads.table.columns[name], index)
        findings += unit_findings
    chosen = _choose(sheet, heads, findings)
    data = chosen.data
    values: dict[str, list[object]] = {}
    wrong: set[int] = set()
    for name, index in heads.columns.items():
        column = heads.table.columns[name]
        raw = [row[index] if index < len(row) else None for row in (sheet.rows[number] for number in data)]
        values[name], faults = read_column(column, raw, units[name])
        findings += _cell_findings(sheet, heads, column, data, raw, faults)
        unread = {position for position, fault in faults if fault.rule.severity is rules.ERROR}
        wrong |= unread
        if column.need in asked:
            blank = [at for at, value in enumerate(values[name]) if value is None and at not in unread]
            wrong.update(blank)
            findings += [
                rules.BLANK.finding(sheet.address(data[at], index), typed(raw[at]), column=column.label.zh, cause=name)
                for at in blank
            ]
    missing = _missing(sheet, heads, asked) if data else []
    findings += missing
    if missing or heads.twice:
        wrong.update(range(len(data)))
    findings += _totals(sheet, heads, chosen.totals, data, values, wrong)
    kept = [position for position in range(len(data)) if position not in wrong]
    keys = [tuple(values[name][at] for name in heads.table.key if name in values) for at in sorted(wrong)]
    if wrong:
        values = {name: [column_values[at] for at in kept] for name, column_values in values.items()}
    tally = Tally(
        sheet.file, sheet.place, heads.table.name, len(data), len(kept), len(wrong), chosen.blank, chosen.left_out
    )
    return SheetRows(sheet, heads, values, [data[at] + 1 for at in kept], keys, findings, tally, chosen.totals)


# Heads


def _about_heads(sheet: Sheet, heads: Heads, names: Names) -> Iterator[Finding]:
    for name, places in heads.twice.items():
        label = heads.table.columns[name].label.zh
        cells = "、".join(letters(index) for index in places)
        where = sheet.address(heads.last, places[1])
        yield rules.HEAD_TWICE.finding(where, heads.texts[places[1]], column=label, cells=cells, cause=name)
    for index in heads.unknown:
        text = heads.texts[index]
        if not text and not any(index < len(row) and not is_blank(row[index]) for row in sheet.rows[heads.last + 1 :]):
            continue
        near = get_close_matches(key_of(text)[:50], names.labels, 1, 0.6) if text else []
        hint = f"是不是“{names.labels[near[0]]}”？" if near else "写成模板中的表头才会读。"
        where = sheet.address(heads.last, index)
        yield rules.HEAD_UNKNOWN.finding(where, text, head=text or "（空白）", near=hint, cause=text)


def _missing(sheet: Sheet, heads: Heads, asked: Sequence[Need]) -> list[Finding]:
    return [
        rules.COLUMN_MISSING.finding(sheet.place, column=column.header, cause=column.name)
        for column in heads.table.columns.values()
        if column.need in asked and column.name not in heads.columns
    ]


def _head_unit(sheet: Sheet, heads: Heads, column: Column, index: int) -> tuple[HeadUnit, list[Finding]]:
    """What one unit of the head is in kept units. A head that leaves open 元 or 万元 is not guessed at."""
    word = heads.units[column.name]
    if not column.type.is_number or (not word and not column.form_unit):
        return _AS_FILED, []
    if not word:
        return HeadUnit("", Fraction(1), missing=True), []
    size = how_many(column.unit, word) if column.unit else None
    cell, text = sheet.address(heads.last, index), heads.texts[index]
    if size is None:
        found = rules.HEAD_UNIT.finding(
            cell, text, head=text, word=word, unit=column.unit or "无单位的数", header=column.header, cause=column.name
        )
        return _AS_FILED, [found]
    unit = HeadUnit(word, size)
    if unit.exact:
        return unit, []
    rounded = rules.HEAD_ROUNDED.finding(
        cell, text, word=word, unit=column.unit, size=plain(size, 4), cause=column.name
    )
    return unit, [rounded]


# Rows


@dataclass
class _Chosen:
    data: list[int]
    totals: list[int]
    blank: int
    left_out: int


def _choose(sheet: Sheet, heads: Heads, findings: list[Finding]) -> _Chosen:
    """Tell data rows from blanks, totals, notes and repeated heads. What is left out is said, blanks are counted."""
    chosen = _Chosen([], [], 0, 0)
    read = sorted(heads.columns.items(), key=lambda item: item[1])
    content = [(name, index) for name, index in read if name not in heads.table.key]
    keys = [(name, index) for name, index in read if name in heads.table.key]
    only_keys: list[int] = []
    numbers = range(len(sheet.rows) - 1, -1, -1)
    last_filled = next((number for number in numbers if not _all_blank(sheet.rows[number])), -1)
    for number in range(heads.last + 1, last_filled + 1):
        row = sheet.rows[number]
        if _all_blank(row):
            chosen.blank += 1
            continue
        what = _what_else(sheet, heads, row, number)
        if what == "合计":
            chosen.totals.append(number)
            chosen.left_out += 1
        elif what == _DEFINITIONS:
            continue
        elif what:
            chosen.left_out += 1
            cell = sheet.address(number, 0)
            findings.append(rules.ROW_LEFT_OUT.finding(cell, _start(row), row=number + 1, what=what, cause=what))
        elif all(_blank_at(row, index) for _, index in read):
            chosen.blank += 1
        elif content and all(_blank_at(row, index) for _, index in content) and _has_gap(row, keys):
            only_keys.append(number)
            chosen.blank += 1
        else:
            chosen.data.append(number)
    if only_keys:
        cell = sheet.address(only_keys[0], keys[0][1])
        shown = _ranges(only_keys)
        findings.append(
            rules.ONLY_KEYS.finding(cell, _start(sheet.rows[only_keys[0]]), count=len(only_keys), rows=shown)
        )
    return chosen


def _all_blank(row: Sequence[Raw]) -> bool:
    return all(cell is None or cell == "" or is_blank(cell) for cell in row)


def _blank_at(row: Sequence[Raw], index: int) -> bool:
    return index >= len(row) or is_blank(row[index])


def _has_gap(row: Sequence[Raw], keys: Sequence[tuple[str, int]]) -> bool:
    return any(_blank_at(row, index) for _, index in keys)


def _start(row: Sequence[Raw]) -> str:
    return next((typed(cell)[:80] for cell in row if not is_blank(cell)), "")


def _ranges(numbers: Sequence[int]) -> str:
    """Zero-based row numbers as people say them: 3—26、30."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [f"{low + 1}—{high + 1}" if high > low else str(low + 1) for low, high in spans[:5]]
    return "、".join(shown) + ("等" if len(spans) > 5 else "")


def _what_else(sheet: Sheet, heads: Heads, row: Sequence[Raw], number: int) -> str:
    """What a row is when it is not data; empty when it is."""
    first = next((index for index, cell in enumerate(row) if not is_blank(cell)), 0)
    cell = row[first] if first < len(row) else None
    cell = cell.value if isinstance(cell, MergedCell) else cell
    if isinstance(cell, str):
        word = compact(cell)
        if _TOTAL.match(word) and not _is_code(heads, first, cell):
            return "合计"
        if _FOOTNOTE.match(word) and sum(not is_blank(other) for other in row) <= 6 and _keys_do_not_read(heads, row):
            return "表下的说明"
        if key_of(cell) == key_of(heads.texts.get(first, "")) and _repeats_heads(heads, row):
            return "重复的表头"
    if number <= heads.last + 2:
        return _below_heads(heads, row)
    return ""


def _is_code(heads: Heads, index: int, cell: str) -> bool:
    """Whether 合计 is what this column is meant to hold (满意度 has a group of that name)."""
    for name, place in heads.columns.items():
        if place == index:
            codes = heads.table.columns[name].codes
            return codes is not None and codes.read(cell) is not None
    return False


def _keys_do_not_read(heads: Heads, row: Sequence[Raw]) -> bool:
    for name in heads.table.key:
        index = heads.columns.get(name)
        if index is None or _blank_at(row, index):
            continue
        value, fault = read_cell(heads.table.columns[name], row[index], _AS_FILED)
        if value is not None and fault is None and heads.table.columns[name].type is not ColumnType.TEXT:
            return False
    return True


def _repeats_heads(heads: Heads, row: Sequence[Raw]) -> bool:
    same = sum(
        index < len(row) and isinstance(row[index], str) and key_of(str(row[index])) == key_of(heads.texts[index])
        for index in heads.columns.values()
    )
    return same >= 2 and 2 * same > sum(not is_blank(cell) for cell in row)


def _below_heads(heads: Heads, row: Sequence[Raw]) -> str:
    """The rows right under a head that explain it: definitions, units, column numbers."""
    filled = {index: cell for index, cell in enumerate(row) if not is_blank(cell)}
    by_index = {index: heads.table.columns[name] for name, index in heads.columns.items()}
    told = [index for index, cell in filled.items() if index in by_index and _defines(by_index[index], cell)]
    if told and 2 * len(told) > len(filled):
        return _DEFINITIONS
    if any(isinstance(cell, str) and cell.strip().startswith(MARKS) for cell in filled.values()):
        return _DEFINITIONS  # of another of our templates, which defines its columns in words of its own
    words = [compact(typed(cell)) for cell in filled.values()]
    numbers = [int(word) for word in words if len(word) <= 3 and word.isascii() and word.isdigit()]
    in_step = bool(numbers) and numbers[0] <= 4 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if len(words) >= 3 and in_step and all(is_column_number(word) for word in words):
        return "栏次行"
    if words and all(bare_unit(word) or word in ("-", "/") for word in words):
        return "单位行"
    asked = [(by_index[i], cell) for i, cell in filled.items() if i in by_index and by_index[i].type in _TYPED]
    worded = all(isinstance(cell, str) and len(clean(cell)) >= 4 for _, cell in asked)
    if len(asked) >= 3 and worded and all(read_cell(column, cell, _AS_FILED)[0] is None for column, cell in asked):
        return "说明行"
    return ""


def _defines(column: Column, cell: Raw) -> bool:
    if not isinstance(cell, str):
        return False
    text, told = key_of(cell), key_of(column.definition.zh)
    return bool(told) and text.endswith(told)


# Cells


def _cell_findings(
    sheet: Sheet,
    heads: Heads,
    column: Column,
    data: Sequence[int],
    raw: Sequence[Raw],
    faults: Sequence[tuple[int, Fault]],
) -> Iterator[Finding]:
    index = heads.columns[column.name]
    for position, fault in faults:
        if fault.rule is rules.HEAD_WITHOUT_UNIT:
            continue
        cell, value = sheet.address(data[position], index), typed(raw[position])
        yield fault.rule.finding(cell, value, example=fault.example, cause=column.name, **fault.parts)
    headless = next((fault for _, fault in faults if fault.rule is rules.HEAD_WITHOUT_UNIT), None)
    if headless:  # one head is to blame, not each cell
        cell = sheet.address(heads.last, index)
        parts = {**headless.parts, "head": heads.texts[index]}
        yield headless.rule.finding(cell, heads.texts[index], example=column.header, cause=column.name, **parts)


# Totals


def _totals(
    sheet: Sheet,
    heads: Heads,
    totals: Sequence[int],
    data: Sequence[int],
    values: dict[str, list[object]],
    wrong: set[int],
) -> Iterator[Finding]:
    """Say which total rows were left out; one total over rows that all read is held against their sum."""
    for number in totals:
        row = sheet.rows[number]
        differing = []
        compared = 0
        for name, index in heads.columns.items():
            column = heads.table.columns[name]
            if (
                not column.type.is_number
                or name in heads.table.key
                or _blank_at(row, index)
                or len(totals) > 1
                or wrong
            ):
                continue
            written, fault = read_total(column, row[index], heads)
            if fault is None and isinstance(written, int | Decimal):
                total = sum((value for value in values[name] if isinstance(value, int | Decimal)), Decimal(0))
                compared += 1
                if total != written:
                    differing.append((column, index, total))
        checked = f"，{compared} 栏与各行之和相符" if compared and not differing else ""
        first = next(index for index, cell in enumerate(row) if not is_blank(cell))
        yield rules.TOTAL_LEFT_OUT.finding(sheet.address(number, first), _start(row), row=number + 1, checked=checked)
        for column, index, total in differing:
            yield rules.TOTAL_DIFFERS.finding(
                sheet.address(number, index),
                typed(row[index]),
                column=column.label.zh,
                value=typed(row[index]),
                sum=as_filed(total, column.unit, column.form_unit),
                cause=column.name,
            )


def read_total(column: Column, raw: Raw, heads: Heads) -> tuple[object, Fault | None]:
    """A cell of a total row; sums may exceed what one row may hold."""
    word = heads.units[column.name]
    size = how_many(column.unit, word) if word else None
    if word and size is None:
        return None, None
    unit = HeadUnit(word, size or Fraction(1), missing=not word and bool(column.form_unit))
    return read_cell(replace(column, maximum=None), raw, unit)
