"""对账表: the reconciliation as an Excel workbook.

Sheets: 总览, 各项对账 (one row per form and item; what differs is shaded), 逐校差异 (with the cells), 学校 (read =
stored + rejected), 报表检查 (what the forms' own sums and identities gave).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.reporting.reconciliation import Amount, Reconciliation, Status, stage_word
from junheng.reporting.sheet_height import fit_height
from junheng.reporting.sheet_style import CELL, GOOD, HEAD, OPEN, TEXT, TITLE, WRONG, lay_out, workbook

_FILLS = {Status.AGREES: GOOD, Status.DIFFERS: WRONG, Status.UNREAD: OPEN}


def write_reconciliation_book(found: Reconciliation, path: str | Path) -> None:
    """Write the reconciliation.

    Raises:
        OSError: the place cannot be written to.
    """
    with workbook(path) as book:
        pages = _Pages(book, found)
        pages.overview()
        pages.items()
        pages.differences()
        pages.schools()
        pages.findings()


class _Pages:
    """One workbook being written: its formats, and one method a sheet."""

    def __init__(self, book: Workbook, found: Reconciliation) -> None:
        self.book, self.found = book, found
        self.title: Format = book.add_format(TITLE)
        self.plain: Format = book.add_format(TEXT)
        self.head: Format = book.add_format(HEAD)
        self.text: Format = book.add_format(CELL)
        self.wrapped: Format = book.add_format(CELL | {"text_wrap": True})
        self.count: Format = book.add_format(CELL | {"num_format": "#,##0"})
        self.area: Format = book.add_format(CELL | {"num_format": "#,##0.00"})
        self.filled = {status: book.add_format(CELL | {"bg_color": colour}) for status, colour in _FILLS.items()}
        self.wrong_count, self.wrong_area = (
            book.add_format(CELL | {"num_format": form, "bg_color": _FILLS[Status.DIFFERS]})
            for form in ("#,##0", "#,##0.00")
        )

    def _sheet(self, name: str, note: str, heads: Sequence[tuple[str, float]], rows: int, frozen: int) -> Worksheet:
        """A sheet with a title row, a head row, and A4 landscape pages that repeat the head."""
        sheet = self.book.add_worksheet(name)
        sheet.write(0, 0, f"{name}　{note}", self.title)
        sheet.set_row(0, 26)
        sheet.set_row(1, 34)
        for column, (head, width) in enumerate(heads):
            sheet.write(1, column, head, self.head)
            sheet.set_column(column, column, width)
        lay_out(sheet, 1)
        sheet.freeze_panes(2, frozen)
        if rows:
            sheet.autofilter(1, 0, rows + 1, len(heads) - 1)
        sheet.write(rows + 3, 0, f"共 {rows} 行。", self.plain)
        return sheet

    def _amount(
        self, sheet: Worksheet, row: int, column: int, amount: Amount, unit: str, *, wrong: bool = False
    ) -> None:
        whole = amount is None or (amount == amount.to_integral_value() and unit not in ("㎡", "元"))
        form = (self.wrong_count if whole else self.wrong_area) if wrong else (self.count if whole else self.area)
        if amount is None:
            sheet.write_blank(row, column, None, form)
        else:
            sheet.write_number(row, column, float(amount), form)

    def overview(self) -> None:
        found = self.found
        sheet = self.book.add_worksheet("总览")
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 70)
        sheet.write(0, 0, "统计报表与系统对账", self.title)
        sheet.set_row(0, 30)
        agrees = found.conclusion + ("" if found.agrees else "，见“各项对账”“逐校差异”“学校”“报表检查”")
        facts = [
            ("结论", agrees),
            ("报表", found.name),
            ("学年", "、".join(f"{year}—{year + 1}" for year in found.school_years) or "未读到"),
            ("对账项目", f"{len(found.items)} 项（每张表每个指标一项）"),
            *((status.zh, f"{found.count(status)} 项") for status in Status),
            ("报表中的学校", f"{len(found.schools)} 所 = 已读入 {found.stored} 所 + 未收 {found.rejected} 所"),
            *(("不能对账完的原因", obstacle) for obstacle in found.obstacles),
            ("报表检查发现", f"{len(found.findings)} 条，见“报表检查”"),
            ("读过的文件", "、".join(found.files)),
        ]
        outcome = self.filled[Status.AGREES if found.agrees else Status.DIFFERS]
        for row, (label, value) in enumerate(facts, start=2):
            sheet.write(row, 0, label, self.head)
            sheet.write(row, 1, value, outcome if label == "结论" else self.wrapped)
            fit_height(sheet, row, [value], [70])
        notes = (
            "“报表合计”由各校报表的格子相加，“系统合计”由读入后的数据表相加，两者各算各的。",
            "金额按元、面积按平方米列出；报表按万元填的已换算。",
            "“表印合计”是汇总导出表自带的合计行。",
        )
        for row, note in enumerate(notes, start=len(facts) + 3):
            sheet.write(row, 0, note, self.plain)

    def items(self) -> None:
        heads = [
            ("报表", 14), ("指标", 26), ("报表中的文字", 46), ("学段", 7), ("单位", 6), ("学校数", 8), ("报表合计", 16),
            ("系统合计", 16), ("差", 12), ("表印合计", 16), ("结果", 9), ("不符学校", 9), ("未读的格子", 40),
        ]  # fmt: skip
        items = self.found.items
        sheet = self._sheet("各项对账", "系统合计＝报表合计", heads, len(items), 2)
        for row, item in enumerate(items, start=2):
            wrong = item.status is Status.DIFFERS
            for column, text in enumerate((item.form, item.label, item.words, stage_word(item.stage), item.unit)):
                sheet.write(row, column, text, self.text)
            sheet.write(row, 5, item.schools, self.count)
            self._amount(sheet, row, 6, item.printed, item.unit)
            self._amount(sheet, row, 7, item.kept, item.unit, wrong=bool(item.differing))
            self._amount(sheet, row, 8, item.difference, item.unit, wrong=bool(item.differing))
            self._amount(sheet, row, 9, item.total, item.unit, wrong=item.total_differs)
            sheet.write(row, 10, item.status.zh, self.filled[item.status])
            sheet.write(row, 11, len(item.differing) or "", self.wrong_count if wrong else self.count)
            unread = "、".join(item.unread)
            sheet.write(row, 12, unread, self.wrapped)
            fit_height(sheet, row, [unread], [40])

    def differences(self) -> None:
        heads = [
            ("报表", 14), ("指标", 26), ("学校标识码", 14), ("学校", 28), ("学段", 7), ("单位", 6), ("报表", 14),
            ("系统", 14), ("差", 12), ("报表的格子", 50),
        ]  # fmt: skip
        rows = [(item, school) for item in self.found.items for school in item.differing]
        sheet = self._sheet("逐校差异", "不符或未读的学校和格子", heads, len(rows), 3)
        for row, (item, school) in enumerate(rows, start=2):
            texts = (item.form, item.label, school.school_code, school.school_name, stage_word(school.stage), item.unit)
            for column, text in enumerate(texts):
                sheet.write(row, column, text, self.text)
            for column, amount in enumerate((school.printed, school.kept, school.difference), start=6):
                self._amount(sheet, row, column, amount, item.unit)
            cells = "、".join(school.cells)
            sheet.write(row, 9, cells, self.wrapped)
            fit_height(sheet, row, [cells], [50])

    def schools(self) -> None:
        heads = [("学校标识码", 14), ("学校", 30), ("报表数", 8), ("报表", 70), ("有数的格", 9), ("结果", 9)]
        schools = self.found.schools
        note = f"读到 {len(schools)} ＝ 已读入 {self.found.stored} ＋ 未收 {self.found.rejected}"
        sheet = self._sheet("学校", note, heads, len(schools), 2)
        for row, school in enumerate(schools, start=2):
            sheet.write(row, 0, school.school_code, self.text)
            sheet.write(row, 1, school.school_name, self.text)
            sheet.write(row, 2, len(school.forms), self.count)
            forms = "、".join(school.forms)
            sheet.write(row, 3, forms, self.wrapped)
            fit_height(sheet, row, [forms], [70])
            sheet.write(row, 4, school.figures, self.count)
            status = Status.AGREES if school.kept else Status.UNREAD
            sheet.write(row, 5, "已读入" if school.kept else "未收", self.filled[status])

    def findings(self) -> None:
        heads = [("编号", 10), ("程度", 8), ("位置", 34), ("发现", 100)]
        findings = self.found.findings
        sheet = self._sheet("报表检查", "表内关系、表号、学年、重复等，以及读入的错误", heads, len(findings), 0)
        for row, finding in enumerate(findings, start=2):
            for column, text in enumerate((finding.check, finding.severity.zh, finding.cell, finding.message)):
                sheet.write(row, column, text, self.wrapped)
            fit_height(sheet, row, [finding.cell, finding.message], [34, 100])
