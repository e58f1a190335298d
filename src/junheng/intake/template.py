"""The workbook that people fill in, made from the table definitions; filled workbooks read back as they were."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from junheng.intake.errors import CannotWriteError
from junheng.intake.sheet import letters
from junheng.intake.wording import key_of
from junheng.tables.model import CodeList, Column, ColumnType, Need, Table, Tables
from junheng.tables.units import in_unit

GUIDE, CODES = "填报说明", "代码表"
# Sheets of the template that hold no data; the reader passes them by.
OWN_SHEETS = frozenset(key_of(name) for name in (GUIDE, CODES))
# The 认定事项 sheet is the worksheet of the offices: 一级指标, 二级指标, 内容, 责任科室, 后续举措.
ITEM_HEADS = {
    "branch": "一级指标（只读）",
    "sub_branch": "二级指标（只读）",
    "label": "事项内容（只读）",
    "evidence": "佐证材料（只读）",
    "points": "分值（只读）",
}
_ITEM_WIDTHS = {"branch": 16, "sub_branch": 16, "label": 44, "evidence": 34, "points": 8}
_HELPER_WIDTHS = {ITEM_HEADS[name]: width for name, width in _ITEM_WIDTHS.items()}
_LINE = 15.0  # points of height of a line of text
NAME_HEAD = "学校名称（只读）"

_BLANK_ROWS = 2000  # rows below the data that keep formats and range checks
_LONGEST_SHEET_NAME = 31
_COLOURS = {Need.KEY: "#F8CBAD", Need.MUST: "#F8CBAD", Need.EXPECTED: "#FFE699", Need.OPTIONAL: "#DDEBF7"}
_NEEDS = {Need.KEY: "必填", Need.MUST: "必填", Need.EXPECTED: "应填", Need.OPTIONAL: "选填"}
# What the definition under every head of a template begins with.
MARKS = tuple(f"【{word}】" for word in dict.fromkeys(_NEEDS.values()))
_WIDTHS = {ColumnType.TEXT: 24, ColumnType.CODE: 16, ColumnType.CODE_LIST: 16, ColumnType.DATE: 13}
_FORMATS = {ColumnType.CODE: "@", ColumnType.TEXT: "@", ColumnType.DATE: "yyyy-mm-dd", ColumnType.YEAR: "0"}


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """One item that people judge, as the template shows it.

    Attributes:
        standard, item: ids, which the reader wants back.
        label: what the item says.
        branch, sub_branch: the branches of the part's tree that it stands under, the lower ones together.
        evidence: 佐证材料 that the document asks for.
        points: the most it can earn, empty where that is not known or it earns none.
    """

    standard: str
    item: str
    label: str
    branch: str = ""
    sub_branch: str = ""
    evidence: str = ""
    points: str = ""


def write_workbook(
    path: Path,
    tables: Tables,
    *,
    columns: Mapping[str, Collection[str]] | None = None,
    frames: Mapping[str, pl.DataFrame] | None = None,
    judged_items: Sequence[JudgedItem] = (),
    title: str = "",
    known: Mapping[str, pl.DataFrame] | None = None,
) -> None:
    """Write the template, filled with ``frames`` where given.

    Args:
        path: the .xlsx to write.
        tables: the tables to make sheets of.
        columns: by table, the columns to show; keys and required ones always are. Tables it does not name are left out.
        frames: rows to fill in, in kept units; they are written in the units people file in.
        judged_items: rows for people's findings.
        title: the heading of the first sheet.
        known: by table and column, which cells of ``frames`` were said elsewhere. The workbook is then a supplement:
            nothing but keys and ``columns`` is shown, and what is known cannot be filled.

    Raises:
        CannotWriteError: the place cannot be written to.
    """
    filled = frames or {}
    try:
        # The first sheet's links and the lists' ranges need nothing that only a finished file knows, so rows stream.
        book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
        styles = _Styles(book)
        shown = [table for table in tables.tables.values() if columns is None or table.name in columns]
        _write_guide(book.add_worksheet(GUIDE), styles, shown, title, is_supplement=known is not None)
        lists = _used_lists(shown)
        for table in shown:
            wanted = columns[table.name] if columns is not None else table.columns
            elsewhere = None if known is None else known.get(table.name, pl.DataFrame())
            items = judged_items if table.name == "judged_item" else ()
            sheet = book.add_worksheet(_sheet_name(table))
            _TableSheet(sheet, styles, table, wanted, filled, lists, elsewhere, items).write()
        _write_codes(book.add_worksheet(CODES), styles, lists)
        book.close()
    except (OSError, XlsxWriterException) as error:
        raise CannotWriteError(file=path, reason=getattr(error, "strerror", None) or str(error)) from error


def _sheet_name(table: Table) -> str:
    name = "".join(" " if sign in "[]:*?/\\" else sign for sign in table.label.zh).strip("' ")
    return name[:_LONGEST_SHEET_NAME] or table.name[:_LONGEST_SHEET_NAME]


class _Styles:
    """The few formats of the workbook, made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        head = base | {"bold": True, "text_wrap": True, "align": "center", "border": 1}
        self.heads = {need: book.add_format(head | {"bg_color": colour}) for need, colour in _COLOURS.items()}
        self.helper_head = book.add_format(head | {"bg_color": "#D9D9D9", "italic": True})
        self.definition = book.add_format(
            base | {"font_size": 9, "font_color": "#595959", "text_wrap": True, "valign": "top", "border": 1}
        )
        self.helper = book.add_format(base | {"font_color": "#7F7F7F", "text_wrap": True})
        self.title = book.add_format(base | {"bold": True, "font_size": 16})
        self.strong = book.add_format(base | {"bold": True})
        self.text = book.add_format(base | {"text_wrap": True, "valign": "top"})
        self.boxed = {
            kind: book.add_format(
                base | {"border": 1, "text_wrap": True} | ({"num_format": _FORMATS[kind]} if kind in _FORMATS else {})
            )
            for kind in ColumnType
        }
        self.boxed_helper = book.add_format(base | {"font_color": "#595959", "text_wrap": True, "border": 1})
        self.cells = {
            kind: book.add_format(base | ({"num_format": _FORMATS[kind]} if kind in _FORMATS else {}))
            for kind in ColumnType
        }
        # In a supplement every cell is locked but those that are asked for.
        self.asked = {
            kind: book.add_format(
                base | {"locked": False} | ({"num_format": _FORMATS[kind]} if kind in _FORMATS else {})
            )
            for kind in ColumnType
        }
        self.known = book.add_format(base | {"bg_color": "#EDEDED", "num_format": "@"})


def _used_lists(shown: Sequence[Table]) -> dict[str, tuple[CodeList, int]]:
    """Code lists of the shown tables, each with its column on the sheet of codes."""
    lists = {c.codes.name: c.codes for table in shown for c in table.columns.values() if c.codes is not None}
    return {name: (codes, 3 * number) for number, (name, codes) in enumerate(sorted(lists.items()))}


def _write_codes(
    sheet: xlsxwriter.worksheet.Worksheet, styles: _Styles, lists: Mapping[str, tuple[CodeList, int]]
) -> None:
    for codes, column in lists.values():
        sheet.set_column(column, column, 18)
        sheet.set_column(column + 1, column + 1, 12)
        sheet.write_row(0, column, ("可填", "代码"), styles.strong)
        for row, code in enumerate(codes.codes.values(), start=1):
            sheet.write_string(row, column, code.label.zh, styles.text)
            sheet.write_string(row, column + 1, code.code, styles.text)
    sheet.freeze_panes(1, 0)


def _write_guide(
    sheet: xlsxwriter.worksheet.Worksheet, styles: _Styles, shown: Sequence[Table], title: str, *, is_supplement: bool
) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 100)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, title or "县域义务教育学校数据填报", styles.title)
    row = 2
    for need, colour in ((Need.MUST, "橙色"), (Need.EXPECTED, "黄色"), (Need.OPTIONAL, "蓝色")):
        told = {
            Need.MUST: "必填：空着就不能提交",
            Need.EXPECTED: "应填：空着要在“填报说明”栏写明原因，与它有关的指标将无法判定",
            Need.OPTIONAL: "选填：有就填，没有可空着",
        }[need]
        sheet.write_string(row, 0, colour, styles.heads[need])
        sheet.write_string(row, 1, told, styles.text)
        row += 1
    sheet.write_string(row, 0, "灰色", styles.helper_head)
    sheet.write_string(row, 1, "只供对照，不读入，不必填", styles.text)
    row += 2
    for word, told in (*(_SUPPLEMENT_RULES if is_supplement else ()), *_RULES):
        sheet.write_string(row, 0, word, styles.strong)
        sheet.write_string(row, 1, told, styles.text)
        row += 1
    row += 1
    sheet.write_string(row, 0, "工作表", styles.strong)
    sheet.write_string(row, 1, "每行是什么；由哪些列确定一行（不能重复）", styles.strong)
    for table in shown:
        row += 1
        keys = "、".join(table.columns[name].label.zh for name in table.key)
        sheet.write_url(row, 0, f"internal:'{_sheet_name(table)}'!A1", string=_sheet_name(table))
        sheet.write_string(row, 1, f"{table.row.zh}。确定一行：{keys}。", styles.text)


_SUPPLEMENT_RULES = (
    ("补充表", "只列统计报表没有的内容，与报表放在同一个文件夹里，一起检查和判定。"),
    ("灰格", "代码、学年、学段已填好；其余灰格是报表已有或不用填的，不能改。报表的数要改，请改报表。"),
)
_RULES = (
    ("表头", "请不要改表头和工作表名。列的顺序可以变，不用的选填列可以删。表头下的灰字是指标解释。"),
    ("单位", "以表头括号内的单位为准，格内只填数字。表头写“万元”就按万元填，不要填成元。"),
    ("零和空", "没有，填 0；没有统计、不清楚，空着，并在该行“填报说明”栏写明原因。空着不会当作 0。"),
    ("学年", "填学年开始的年份：2025 指 2025—2026 学年。学生、教师、校舍等以 9 月 1 日为时点。"),
    ("代码", "学校标识码、县代码按文本填写，不要带空格，不要让表格软件变成科学计数法。"),
    ("公式", "可以用公式，保存前请重新计算；有 #DIV/0! 等错误的格不能提交。"),
    ("合计行", "不必填合计行；填了也不会当作一所学校。"),
    ("须说明", "检查结果为“须说明”的，数据属实就在该行“填报说明”栏写一句原因，不必改数。"),
    ("艺术教师", "“艺术专任教师（不含音乐美术）”只填综合艺术课教师；新报表中“艺术”是音乐与美术的小计，不要填在这里。"),
    ("室内体育用房", "教学及辅助用房面积含室内体育用房，判定时自动减去，请两栏都按报表填。"),
)


@dataclass(frozen=True)
class _Shown:
    """A column of a sheet: one of the table's, or a grey one for the eye."""

    column: Column | None
    head: str


class _TableSheet:
    """One table's sheet."""

    def __init__(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        styles: _Styles,
        table: Table,
        wanted: Collection[str],
        frames: Mapping[str, pl.DataFrame],
        lists: Mapping[str, tuple[CodeList, int]],
        known: pl.DataFrame | None,
        judged_items: Sequence[JudgedItem],
    ) -> None:
        self.sheet, self.styles, self.table, self.lists, self.known = sheet, styles, table, lists, known
        self.frames, self.judged_items = frames, judged_items
        self.frame = frames.get(table.name, table.empty())
        always = set(table.key) | {"note"}
        if known is None:
            always |= {column.name for column in table.columns.values() if column.need in (Need.KEY, Need.MUST)}
            always |= {name for name in self.frame.columns if self.frame[name].null_count() < self.frame.height}
        self.shown: list[_Shown] = []
        for column in table.columns.values():
            if column.name in always or column.name in wanted:
                self.shown.append(_Shown(column, column.header))
            if column.name == "item" and table.name == "judged_item":
                self.shown += [_Shown(None, head) for head in self._item_heads]
            if column.name == "school_code" and (table.name != "school" or known is not None) and self._has_names:
                self.shown.append(_Shown(None, NAME_HEAD))

    @property
    def _has_names(self) -> bool:
        schools = self.frames.get("school")
        return schools is not None and not schools.is_empty() and {"school_code", "school_name"} <= set(schools.columns)

    @property
    def _item_heads(self) -> list[str]:
        """What is said of the items, as far as any of them has it."""
        asked = self.judged_items
        return [head for name, head in ITEM_HEADS.items() if name == "label" or any(getattr(i, name) for i in asked)]

    def write(self) -> None:
        self._write_heads()
        rows = self.frame.height
        for index, shown in enumerate(self.shown):
            if shown.column is not None:
                if shown.column.name in self.frame.columns:
                    self._write_cells(index, shown.column)
                self._write_checks(index, shown.column, 2 + rows + len(self.judged_items) + _BLANK_ROWS)
            elif shown.head == NAME_HEAD:
                self._write_names(index)
        if self.table.name == "judged_item":
            self._write_items()
        if self._is_closed:
            self.sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})

    @property
    def _is_closed(self) -> bool:
        """Whether the sheet has all its rows, and only what is asked for can be filled."""
        return self.known is not None and "school_code" in self.table.key

    def _style(self, column: Column, row: int) -> object:
        """The format of a cell of the frame's rows."""
        if self.known is None or not self._is_closed:
            return self.styles.cells[column.type]
        is_known = column.name in self.table.key or (column.name in self.known and self.known[column.name][row])
        return self.styles.known if is_known else self.styles.asked[column.type]

    def _write_heads(self) -> None:
        sheet = self.sheet
        keys = 0
        for index, shown in enumerate(self.shown):
            column = shown.column
            style = self.styles.heads[column.need] if column else self.styles.helper_head
            sheet.write_string(0, index, shown.head, style)
            if column is None:
                sheet.write_string(1, index, "只供对照", self.styles.definition)
                sheet.set_column(index, index, _HELPER_WIDTHS.get(shown.head, 30), self.styles.helper)
                continue
            sheet.write_string(1, index, f"【{_NEEDS[column.need]}】{column.definition.zh}", self.styles.definition)
            width = max(_WIDTHS.get(column.type, 11), min(2 * len(shown.head) + 2, 22))
            sheet.set_column(index, index, width, self.styles.cells[column.type])
            keys = index + 1 if column.need is Need.KEY and index <= 4 else keys
        sheet.set_row(0, 36)
        sheet.set_row(1, 60)
        sheet.freeze_panes(2, keys)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)

    def _write_cells(self, index: int, column: Column) -> None:
        sheet = self.sheet
        for row, value in enumerate(self.frame[column.name].to_list(), start=2):
            style = self._style(column, row - 2)
            if value is None:
                if self._is_closed:
                    sheet.write_blank(row, index, None, style)
                continue
            match value:
                case bool():
                    sheet.write_string(row, index, "是" if value else "否", style)
                case int() | Decimal():
                    self._write_number(row, index, in_unit(value, column.unit, column.form_unit), style)
                case date():
                    sheet.write_datetime(row, index, value, style)
                case _:
                    text = column.codes.zh(value) if column.codes else str(value)
                    sheet.write_string(row, index, text, style)

    def _write_number(self, row: int, index: int, value: Decimal, style: object) -> None:
        """As a number where a cell can hold it exactly, else as its digits."""
        number = float(value)
        if Decimal(f"{number:.16G}") == value and Decimal(repr(number)) == value:
            self.sheet.write_number(row, index, number, style)
        else:
            self.sheet.write_string(row, index, format(value.normalize(), "f"), style)

    def _write_names(self, index: int) -> None:
        if "school_code" not in self.frame.columns:
            return
        names = dict(self.frames["school"].select("school_code", "school_name").iter_rows())
        for row, code in enumerate(self.frame["school_code"].to_list(), start=2):
            if name := names.get(code):
                self.sheet.write_string(row, index, name, self.styles.helper)

    def _write_items(self) -> None:
        """Items that the frame does not hold yet get a row; the county and year too where there is but one."""
        places = {(shown.column.name if shown.column else shown.head): n for n, shown in enumerate(self.shown)}
        filed: dict[tuple[str, str], list[int]] = {}
        if {"standard", "item"} <= set(self.frame.columns):
            for row, key in enumerate(self.frame.select("standard", "item").iter_rows(), start=2):
                filed.setdefault(key, []).append(row)
        county, year = self._only("county", "county_code"), self._latest_year()
        row = 2 + self.frame.height
        for item in self.judged_items:
            for known in filed.get((item.standard, item.item), ()):
                self._write_about(known, places, item)
            if (item.standard, item.item) in filed:
                continue
            boxed = self.styles.boxed
            for index, shown in enumerate(self.shown):
                if shown.column:
                    self.sheet.write_blank(row, index, None, boxed[shown.column.type])
            self.sheet.write_string(row, places["standard"], item.standard, boxed[ColumnType.TEXT])
            self.sheet.write_string(row, places["item"], item.item, boxed[ColumnType.TEXT])
            self._write_about(row, places, item)
            if county:
                self.sheet.write_string(row, places["county_code"], str(county), boxed[ColumnType.CODE])
            if year:
                self.sheet.write_number(row, places["school_year"], year, boxed[ColumnType.YEAR])
            row += 1

    def _write_about(self, row: int, places: Mapping[str, int], item: JudgedItem) -> None:
        """The grey cells that say what an item is about, in a row as high as the longest of them."""
        lines = 1
        for name, head in ITEM_HEADS.items():
            if head in places:
                text = getattr(item, name)
                self.sheet.write_string(row, places[head], text, self.styles.boxed_helper)
                # A Chinese character is as wide as two cells of the column's width.
                lines = max(lines, sum(-(-2 * len(line) // _ITEM_WIDTHS[name]) for line in text.split("\n")))
        self.sheet.set_row(row, _LINE * lines + 5)

    def _only(self, table: str, column: str) -> object:
        frame = self.frames.get(table)
        return frame[column][0] if frame is not None and frame.height == 1 and column in frame.columns else None

    def _latest_year(self) -> int | None:
        years = [
            frame["school_year"].max()
            for frame in self.frames.values()
            if "school_year" in frame.columns and not frame.is_empty()
        ]
        return max((year for year in years if isinstance(year, int)), default=None)

    def _write_checks(self, index: int, column: Column, last_row: int) -> None:
        """Drop-downs and ranges; the definition shows when the cell is chosen."""
        rule: dict[str, object] = {
            "validate": "any",
            "input_title": column.label.zh[:32],
            "input_message": f"【{_NEEDS[column.need]}】{column.definition.zh}"[:255],
            "error_title": column.label.zh[:32],
        }
        if column.codes is not None:
            at = letters(self.lists[column.codes.name][1])
            source = f"='{CODES}'!${at}$2:${at}${len(column.codes.codes) + 1}"
            rule |= {"validate": "list", "source": source, "error_message": "请从下拉列表中选择。"}
        elif column.type is ColumnType.FLAG:
            rule |= {"validate": "list", "source": ["是", "否"], "error_message": "请填“是”或“否”。"}
        elif column.type.is_number or column.type is ColumnType.YEAR:
            low, high = (self._limit(column, value) for value in (column.minimum, column.maximum))
            kind = "decimal" if column.type is ColumnType.DECIMAL else "integer"
            if low is not None and high is not None:
                told = f"请填 {low}—{high} 之间的{'数' if kind == 'decimal' else '整数'}。"
                rule |= {
                    "validate": kind,
                    "criteria": "between",
                    "minimum": low,
                    "maximum": high,
                    "error_message": told,
                }
            elif low is not None:
                told = f"请填不小于 {low} 的{'数' if kind == 'decimal' else '整数'}。"
                rule |= {"validate": kind, "criteria": ">=", "value": low, "error_message": told}
        elif column.type is ColumnType.DATE:
            rule |= {
                "validate": "date",
                "criteria": "between",
                "minimum": date(1900, 1, 1),
                "maximum": date(2199, 12, 31),
                "error_message": "请填到日的日期，如 2025-09-01。",
            }
        self.sheet.data_validation(2, index, last_row, index, rule)

    @staticmethod
    def _limit(column: Column, value: int | None) -> int | float | None:
        if value is None:
            return None
        filed = in_unit(value, column.unit, column.form_unit)
        return int(filed) if filed == int(filed) else float(filed)
