"""The first page of a form: who applies, by which standard, on which data."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Table, cell
from junheng.reporting.report.runs import Name, Quote, Run


def cover_table(facts: Facts, more: Sequence[tuple[str, Run]], note: str) -> Table:
    """Labels and what was filed; ``more`` stands after the standard, ``note`` says how far the form is known."""
    now, writer = facts.now, facts.writer
    day, written = now.judgement.day, writer.written_on
    lines: list[tuple[str, Run]] = [
        ("申报县（市、区）", now.name),
        ("县代码", Quote(now.county)),
        ("申报单位（盖章）", Name(writer.office, "office") if writer.office else "未填报"),
        ("申报日期", Quote(f"{written.year}年{written.month}月{written.day}日") if written else "未填报"),
        ("依据的标准", Quote(now.standard.label.zh)),
        *more,
        ("数据学年", Quote(f"{now.year}—{now.year + 1}学年")),
        ("评估日期", Quote(f"{day.year}年{day.month}月{day.day}日")),
    ]
    rows = [(cell(label, label=True), cell(value, align="centre")) for label, value in lines]
    rows.append((cell("县级自评结论", label=True), cell(now.outcome.zh, align="centre", outcome=now.outcome)))
    return Table("cover", ("申报信息",), (2, 4), tuple(rows), head=0, note=(note,))
