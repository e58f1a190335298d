"""结果册: the verdict as an Excel workbook that opens in WPS and Excel.

Sheets: 总览, 学校判定 (a failing cell is shaded, as in the official 表Ⅱ), 办学基本标准 (the same by the basic standard,
where one was asked for), 差异系数 (as 表Ⅲ), 差异来源, 差距清单, 事项, 分级得分 (of a scored tree), 分组比较, 依据.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from junheng.base.exact import plain
from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.indicators.rows import DERIVED
from junheng.reporting.rule_places import place_words
from junheng.reporting.sheet_height import fit_height
from junheng.reporting.sheet_style import CELL, GOOD, HEAD, OPEN, TEXT, TITLE, TOLERATED, WRONG, lay_out, workbook
from junheng.standards.indicator import Indicator
from junheng.standards.item import Item, ItemPart
from junheng.standards.words import threshold_in_words
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.drivers import drivers
from junheng.verdict.findings import OUTCOMES
from junheng.verdict.groups import GroupBy, compare_groups
from junheng.verdict.item_words import finding_words
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages
from junheng.verdict.limits import limit_for
from junheng.verdict.notices import notices
from junheng.verdict.reason import Reason
from junheng.verdict.reasons import county_reasons
from junheng.verdict.schools import grade
from junheng.verdict.scores import SCORE_COLUMNS, each_branch, floats
from junheng.verdict.sentences import cite, indicator_label, limit_words, part_label, summary
from junheng.verdict.wholes import is_whole

_FILLS = {"met": GOOD, "tolerated": TOLERATED, "unmet": WRONG, "unknown": OPEN}
_GROUPS: tuple[tuple[GroupBy, str], ...] = (("location", "城乡"), ("town", "乡镇"), ("school_kind", "办学类型"))


def write_result_book(judgement: Judgement, path: str | Path) -> None:
    """Write the result book.

    Raises:
        OSError: the place cannot be written to.
    """
    with workbook(path) as book:
        _write_sheets(book, judgement)


def _write_sheets(book: Workbook, judgement: Judgement) -> None:
    """Only the sheets that the standard has something for: a checklist has no schools, a basic standard no items."""
    sheets, standard = _Book(book, judgement), judgement.standard
    sheets.overview()
    if standard.resources:
        sheets.schools("学校判定")
    if judgement.gate is not None:
        _Book(book, judgement.gate).schools("办学基本标准")
    if standard.balance_rule:
        sheets.balance()
        sheets.drivers()
    if standard.school_rule:
        sheets.shortages()
    if any(standard.parts()):
        sheets.items()
    if any(subtotal.seen for score in judgement.scores.values() for subtotal in score.branches.values()):
        sheets.branches()
    if standard.resources:
        for by, label in _GROUPS:
            sheets.groups(by, label)
    sheets.sources()


class _Book:
    """One workbook being written: its formats, and one method a sheet."""

    def __init__(self, book: Workbook, judgement: Judgement) -> None:
        self.book, self.judgement, self.standard = book, judgement, judgement.standard
        self.title: Format = book.add_format(TITLE)
        self.plain: Format = book.add_format(TEXT | {"text_wrap": True, "valign": "top"})
        self.head: Format = book.add_format(HEAD)
        self.text: Format = book.add_format(CELL)
        self.wrapped: Format = book.add_format(CELL | {"text_wrap": True, "valign": "top"})
        self.number: Format = book.add_format(CELL | {"num_format": "#,##0.00##"})
        self.count: Format = book.add_format(CELL | {"num_format": "#,##0"})
        self.percent: Format = book.add_format(CELL | {"num_format": "0.00%"})
        self.coefficient: Format = book.add_format(CELL | {"num_format": "0.000000"})
        over = CELL | {"num_format": "0.000000", "bg_color": _FILLS["unmet"]}
        self.coefficient_over: Format = book.add_format(over)
        self.filled = {o: book.add_format(CELL | {"bg_color": c}) for o, c in _FILLS.items()}
        self.two: Format = book.add_format(CELL | {"num_format": "#,##0.00"})
        self.filled_two, self.filled_count = (
            {o: book.add_format(CELL | {"bg_color": c, "num_format": form}) for o, c in _FILLS.items()}
            for form in ("#,##0.00", "#,##0")
        )

    def _sheet(self, name: str, heads: Sequence[tuple[str, float]], note: str, head_height: float = 34) -> Worksheet:
        """A sheet with a title row, a head row, and A4 landscape pages that repeat the head."""
        sheet = self.book.add_worksheet(name)
        sheet.write(0, 0, f"{name}　{note}", self.title)
        sheet.set_row(0, 26)
        sheet.set_row(1, head_height)
        for column, (head, width) in enumerate(heads):
            sheet.write(1, column, head, self.head)
            sheet.set_column(column, column, width)
        lay_out(sheet, 1)
        return sheet

    def _finish(self, sheet: Worksheet, rows: int, columns: int, frozen: int = 0) -> None:
        sheet.freeze_panes(2, frozen)
        if rows:
            sheet.autofilter(1, 0, rows + 1, columns - 1)
        sheet.write(rows + 3, 0, f"共 {rows} 行。", self.plain)

    def _outcome(self, sheet: Worksheet, row: int, column: int, outcome: str | None, called: str = "") -> None:
        """An outcome in our word, or in the document's where it has one."""
        if outcome is None:
            sheet.write_blank(row, column, None, self.text)
        else:
            sheet.write(row, column, called or Outcome(outcome).zh, self.filled[outcome])

    def _score(self, sheet: Worksheet, row: int, column: int, found: Mapping[str, Any]) -> None:
        """A score, or the two numbers between which it lies: ``60 — 85``, ``≥ 60``."""
        low, high = found["score_low"], found["score_high"]
        if low is None or low == high:
            self._number(sheet, row, column, found.get("score") if low is None else low)
        else:
            text = f"≥ {plain(low, 2)}" if high is None else f"{plain(low, 2)} — {plain(high, 2)}"
            sheet.write(row, column, text, self.text)

    def _number(self, sheet: Worksheet, row: int, column: int, value: float | None, form: Format | None = None) -> None:
        if value is None:
            sheet.write_blank(row, column, None, form or self.number)
        elif isfinite(value):
            sheet.write_number(row, column, value, form or self.number)
        else:
            sheet.write(row, column, "无配备", form or self.text)

    def overview(self) -> None:
        judgement = self.judgement
        heads = [("县代码", 12), ("县", 24), ("部分", 22), ("结论", 12), ("得分", 14)]
        sheet = self._sheet("总览", heads, f"{self.standard.label.zh}　{judgement.year} 学年")
        names = dict(judgement.counties.select("county_code", "county_name").iter_rows())
        row = 2
        for county, outcome in judgement.counties.select("county_code", "outcome").iter_rows():
            sheet.write(row, 0, county, self.text)
            sheet.write(row, 1, names[county] or "", self.text)
            sheet.write(row, 2, "县结论", self.head)
            self._outcome(sheet, row, 3, outcome)
            sheet.write_blank(row, 4, None, self.text)
            row += 1
            for part in judgement.parts.filter(pl.col("county_code") == county).iter_rows(named=True):
                sheet.write(row, 0, county, self.text)
                sheet.write(row, 1, names[county] or "", self.text)
                sheet.write(row, 2, part_label(judgement, part["part"]), self.text)
                self._outcome(sheet, row, 3, part["outcome"])
                self._score(sheet, row, 4, part)
                row += 1
        row += 1
        for county in judgement.counties["county_code"]:
            text = summary(judgement, county)
            sheet.merge_range(row, 0, row, 4, text, self.plain)
            sheet.set_row(row, 16 * (len(text) // 42 + 1))
            row += 1
        unverified = sum(source.confidence != "seen" for _, source in self.standard.sources())
        facts = [
            ("评估标准", f"{self.standard.id}　{self.standard.label.zh}"),
            ("评估日期", judgement.day.isoformat()),
            ("学年", f"{judgement.year}—{judgement.year + 1}"),
            ("宽限条款", "、".join(self.standard.relaxations[r].label.zh for r in judgement.relax) or "未启用"),
            ("数据快照", judgement.snapshot or "未入库"),
            ("软件版本", f"junheng {judgement.version}"),
            ("提醒", "\n".join(notices(judgement)) or "无"),
            ("未见原文的规则", f"{unverified} 条，见“依据”表"),
        ]
        for label, value in facts:
            sheet.write(row, 0, label, self.head)
            sheet.merge_range(row, 1, row, 4, value, self.wrapped)
            row += 1
        sheet.freeze_panes(2, 0)

    def schools(self, name: str) -> None:
        """One row per school and stage; below the heads of indicators stands their limit by stage."""
        names = [n for n in self.standard.resources if f"{n}__value" in self.judgement.rows.columns]
        about = [
            ("县代码", 10),
            ("学校标识码", 14),
            ("学校", 26),
            ("学段", 7),
            ("乡镇", 12),
            ("城乡", 7),
            ("在校生数", 9),
        ]
        rule = self.standard.school_rule
        scored = [("得分", 14.0)] if rule is not None and rule.score is not None else []
        heads = [*about, ("结论", 11 + 8 * bool(rule and rule.grades)), *scored]
        first = len(heads)
        heads += [(self._head_of(n), 18.0) for n in names]
        sheet = self._sheet(name, heads, "未达标的格子为红底，余项容许为黄底，缺数据为灰底", 112)
        whole = {n for n in names if self._counts(self.standard.resources[n])}
        lists = self.judgement.dataset.tables.code_lists
        rows = self.judgement.rows
        for index, row in enumerate(rows.iter_rows(named=True), start=2):
            texts = [
                row["county_code"],
                row["school_code"],
                row["school_name"] or "",
                Stage(row["stage"]).zh,
                row["town"] or "",
                lists["location"].zh(row["location"]),
            ]
            for column, text in enumerate(texts):
                sheet.write(index, column, text, self.text)
            self._number(sheet, index, 6, row["pupils"], self.count)
            if row["left_out"] is not None:
                sheet.write(index, 7, "不计入", self.text)
            else:
                called = grade(self.standard, row["outcome"])
                words = f"{Outcome(row['outcome']).zh}（{called}）" if called else ""
                self._outcome(sheet, index, 7, row["outcome"], words)
            if scored:
                self._score(sheet, index, 8, row)
            for column, n in enumerate(names, start=first):
                outcome = row[f"{n}__outcome"] if row["left_out"] is None else None
                blank, filled = (self.count, self.filled_count) if n in whole else (self.two, self.filled_two)
                self._number(sheet, index, column, row[f"{n}__value"], filled[outcome] if outcome else blank)
        self._finish(sheet, rows.height, len(heads), frozen=4)

    def _counts(self, indicator: Indicator) -> bool:
        """Whether its values are whole: persons, rooms or copies, not so many a pupil."""
        return indicator.formula.kind == "amount" and is_whole(indicator, self.judgement.dataset.tables)

    def _in_order(self, rows: pl.DataFrame) -> pl.DataFrame:
        """By county, stage and indicator as the standard lists them, not by the letters of their ids."""
        if rows.is_empty():
            return rows
        names = {name: place for place, name in enumerate([*self.standard.resources, COMPOSITE])}
        stages = {stage: place for place, stage in enumerate(Stage)}
        return rows.sort(
            "county_code",
            pl.col("stage").cast(pl.String).replace_strict(stages, default=None),
            pl.col("indicator").cast(pl.String).replace_strict(names, default=None),
            maintain_order=True,
        )

    def _head_of(self, name: str) -> str:
        indicator = self.standard.resources[name]
        words = []
        for stage in self.standard.stages:
            limit = limit_for(indicator, {"stage": stage})
            if limit:
                words.append(f"{Stage(stage).zh} {limit_words(limit, '')}")
        return "\n".join([f"{indicator.label.zh}（{indicator.unit}）", *words])

    def balance(self) -> None:
        heads = [
            ("县代码", 10), ("学段", 7), ("指标", 40), ("学校数", 8), ("缺数据", 8), ("全县平均", 12), ("标准差", 12),
            ("差异系数", 11), ("限值", 8), ("结论", 11), ("不加权（对照）", 12),
        ]  # fmt: skip
        note = "按学生数加权" if self._weighted() else "不加权"
        sheet = self._sheet("差异系数", heads, note)
        rows = self._in_order(self.judgement.balance)
        for index, row in enumerate(rows.iter_rows(named=True), start=2):
            sheet.write(index, 0, row["county_code"], self.text)
            sheet.write(index, 1, Stage(row["stage"]).zh, self.text)
            sheet.write(index, 2, indicator_label(self.judgement, row["indicator"]), self.text)
            self._number(sheet, index, 3, row["schools"], self.count)
            self._number(sheet, index, 4, row["absent"], self.count)
            self._number(sheet, index, 5, row["mean"])
            self._number(sheet, index, 6, row["sd"])
            over = row["outcome"] == Outcome.UNMET
            self._number(sheet, index, 7, row["cv"], self.coefficient_over if over else self.coefficient)
            self._number(sheet, index, 8, row["limit"])
            self._outcome(sheet, index, 9, row["outcome"])
            self._number(sheet, index, 10, row["plain_cv"], self.coefficient)
        self._finish(sheet, rows.height, len(heads), frozen=3)

    def _weighted(self) -> bool:
        rule = self.standard.balance_rule
        return rule is None or rule.weights == "pupils"

    def drivers(self) -> None:
        heads = [
            ("县代码", 10), ("学段", 7), ("指标", 40), ("位次", 6), ("学校标识码", 14), ("学校", 26), ("在校生数", 9),
            ("数值", 12), ("全县平均", 12), ("占离差平方和", 12),
        ]  # fmt: skip
        sheet = self._sheet("差异来源", heads, "每个差异系数占离差平方和最多的十所学校")
        rows = drivers(self.judgement)
        for index, row in enumerate(rows.iter_rows(named=True), start=2):
            sheet.write(index, 0, row["county_code"], self.text)
            sheet.write(index, 1, Stage(row["stage"]).zh, self.text)
            sheet.write(index, 2, indicator_label(self.judgement, row["indicator"]), self.text)
            self._number(sheet, index, 3, row["place"], self.count)
            sheet.write(index, 4, row["school_code"], self.text)
            sheet.write(index, 5, row["school_name"] or "", self.text)
            self._number(sheet, index, 6, row["pupils"], self.count)
            self._number(sheet, index, 7, row["value"])
            self._number(sheet, index, 8, row["mean"])
            self._number(sheet, index, 9, row["share"], self.percent)
        self._finish(sheet, rows.height, len(heads), frozen=3)

    def shortages(self) -> None:
        heads = [
            ("县代码", 10), ("学校标识码", 14), ("学校", 26), ("学段", 7), ("指标", 40), ("数值", 12), ("要求", 12),
            ("结论", 11), ("到达标差", 12), ("到余项底线差", 12), ("单位", 7),
        ]  # fmt: skip
        sheet = self._sheet("差距清单", heads, "负数为超出上限的数量；一贯制学校为本学段应分摊的数量")
        rows = shortages(self.judgement)
        for index, row in enumerate(rows.iter_rows(named=True), start=2):
            texts = [row["county_code"], row["school_code"], row["school_name"] or "", Stage(row["stage"]).zh]
            texts.append(indicator_label(self.judgement, row["indicator"]))
            for column, text in enumerate(texts):
                sheet.write(index, column, text, self.text)
            indicator = self.standard.resources[row["indicator"]]
            form = self.count if self._counts(indicator) else self.two
            self._number(sheet, index, 5, row["value"], form)
            self._number(sheet, index, 6, row["limit"], form)
            self._outcome(sheet, index, 7, row["outcome"])
            form = self.count if is_whole(indicator, self.judgement.dataset.tables) else self.two
            self._number(sheet, index, 8, row["lack"], form)
            self._number(sheet, index, 9, row["lack_to_rest"], form)
            sheet.write(index, 10, row["unit"], self.text)
        self._finish(sheet, rows.height, len(heads), frozen=3)

    def items(self) -> None:
        """One row per item; columns that no item of the standard needs are left out."""
        rows = self.judgement.items
        parts: dict[str, ItemPart] = dict(self.standard.parts())
        shown: list[tuple[str, float]] = [("县代码", 10), ("部分", 18)]
        shown += [("一级指标", 18)] if any(part.groups for part in parts.values()) else []
        shown += [("序号", 6), ("事项", 46), ("结论", 11), ("认定", 9)]
        scored = any(part.rule == "score" for part in parts.values())
        shown += [("分值", 8), ("得分", 14)] if scored or rows["score"].is_not_null().any() else []
        shown += [("数值", 40), ("要求", 40), ("未达到的学校", 40)]
        shown += [("责任科室", 16)] if rows["responsible"].is_not_null().any() else []
        shown += [("整改措施", 40)] if rows["plan"].is_not_null().any() else []
        heads = [*shown, ("依据", 60.0)]
        sheet = self._sheet("事项", heads, "没有人认定、也算不出的事项为“无法判定”")
        reasons = {
            reason.key: reason
            for county in self.judgement.counties["county_code"]
            for reason in _below(county_reasons(self.judgement, county))
        }
        places = {head: column for column, (head, _) in enumerate(heads)}
        for index, row in enumerate(rows.iter_rows(named=True), start=2):
            item = parts[row["part"]].items[row["item"]]
            reason = reasons.get(f"{row['county_code']}/{row['part']}/{row['item']}")
            values, limits, schools = self._check_words(item, reason)
            found = finding_words(self.judgement, row["finding"])
            texts = {
                "县代码": row["county_code"],
                "部分": parts[row["part"]].label.zh,
                "一级指标": "／".join(branch.label.zh for branch in parts[row["part"]].path(item)),
                "事项": item.label.zh,
                "数值": values,
                "要求": limits,
                "未达到的学校": schools,
                "责任科室": row["responsible"] or "",
                "整改措施": row["plan"] or "",
                "依据": cite(self.standard, item.source),
            }
            texts = {head: text for head, text in texts.items() if head in places}
            for head, text in texts.items():
                sheet.write(index, places[head], text, self.text if head in ("县代码", "部分") else self.wrapped)
            self._number(sheet, index, places["序号"], item.number, self.count)
            if row["outcome"] is None:
                sheet.write(index, places["结论"], "不计入", self.text)
            else:
                self._outcome(sheet, index, places["结论"], row["outcome"], _passing_words(row["outcome"], found))
            said = None if row["finding"] is None else OUTCOMES.get(row["finding"])
            sheet.write(index, places["认定"], found, self.filled[said] if said else self.text)
            if "分值" in places:
                self._number(sheet, index, places["分值"], None if item.points is None else float(item.points))
                self._score(sheet, index, places["得分"], row)
            fit_height(sheet, index, [*texts.values()], [heads[places[head]][1] for head in texts])
        self._finish(sheet, rows.height, len(heads))

    def branches(self) -> None:
        """The subtotals of scored trees, from the top down."""
        heads = [("县代码", 10), ("部分", 22), ("指标", 60), ("分值", 10), ("不计的分值", 11), ("得分", 16)]
        sheet = self._sheet("分级得分", heads, "各级指标所属事项得分之和，未按满分折算")
        index = 2
        for (county, part), score in self.judgement.scores.items():
            entry: ItemPart = getattr(self.standard, part)
            for name, branch, depth in each_branch(entry):
                subtotal = score.branches[name]
                texts = [county, entry.label.zh, "　" * (depth - 1) + branch.label.zh]
                for column, text in enumerate(texts):
                    sheet.write(index, column, text, self.text)
                self._number(sheet, index, 3, None if subtotal.points is None else float(subtotal.points))
                self._number(sheet, index, 4, float(subtotal.left_out))
                self._score(sheet, index, 5, dict(zip(SCORE_COLUMNS, floats(subtotal.bounds), strict=True)))
                index += 1
        self._finish(sheet, index - 2, len(heads))

    def _check_words(self, item: Item, reason: Reason | None) -> tuple[str, str, str]:
        """What the checks of an item found, what they ask for, and the schools that fail: a line for each check."""
        values, limits, schools = [], [], []
        tables = self.judgement.dataset.tables
        for found in reason.children if reason else ():
            check = item.checks.get(found.key.rsplit("/", 1)[-1])
            if check is None:
                continue
            name = f"{found.title}：" if len(item.checks) > 1 else ""
            values.append(name + found.value)
            if found.missed:
                schools.append(name + found.missed)
            if check.thresholds:
                limits.append(
                    name
                    + threshold_in_words(
                        check.thresholds[-1],
                        check.unit,
                        lambda column: DERIVED[column] if column in DERIVED else tables.column(column).label.zh,
                        lambda column, code: (
                            codes.zh(code) if column not in DERIVED and (codes := tables.column(column).codes) else code
                        ),
                    )
                )
        return "\n".join(values), "\n".join(limits), "\n".join(schools)

    def groups(self, by: GroupBy, label: str) -> None:
        heads = [
            ("县代码", 10), ("学段", 7), (label, 16), ("指标", 40), ("学校数", 8), ("学生数", 10), ("平均", 12),
            ("最低", 12), ("最高", 12), ("未达要求校数", 11), ("无法判定校数", 11),
        ]  # fmt: skip
        sheet = self._sheet(f"按{label}比较", heads, "平均按学生数加权")
        rows = self._in_order(compare_groups(self.judgement, by))
        lists = self.judgement.dataset.tables.code_lists
        for index, row in enumerate(rows.iter_rows(named=True), start=2):
            group = lists[by].zh(row["group"]) if by in lists else row["group"]
            texts = [row["county_code"], Stage(row["stage"]).zh, group or "（未填）"]
            texts.append(indicator_label(self.judgement, row["indicator"]))
            for column, text in enumerate(texts):
                sheet.write(index, column, text, self.text)
            fields = ("schools", "pupils", "mean", "lowest", "highest", "missed", "unknown")
            for column, field in enumerate(fields, start=4):
                whole = field in ("schools", "pupils", "missed", "unknown")
                self._number(sheet, index, column, row[field], self.count if whole else self.number)
        self._finish(sheet, rows.height, len(heads))

    def sources(self) -> None:
        heads: list[tuple[str, float]] = [("规则", 50), ("依据", 70), ("文中数字", 30)]
        sheet = self._sheet("依据", heads, "推断和一般了解的规则未见原文，用前请核对")
        rows: list[tuple[Any, ...]] = [
            (place_words(self.standard, p), cite(self.standard, s), s.printed) for p, s in self.standard.sources()
        ]
        for index, texts in enumerate(rows, start=2):
            for column, text in enumerate(texts):
                sheet.write(index, column, text, self.wrapped)
            fit_height(sheet, index, texts, [width for _, width in heads])
        self._finish(sheet, len(rows), len(heads))


def _below(reason: Reason) -> Iterator[Reason]:
    """Every step of the reasoning below one."""
    for child in reason.children:
        yield child
        yield from _below(child)


def _passing_words(outcome: str, found: str) -> str:
    """What people found says better than “余项容许” that an item is met only basically."""
    return found if outcome == Outcome.TOLERATED else ""
