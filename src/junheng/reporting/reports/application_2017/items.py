"""Parts made of items: what was computed, what people found, and what follows."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.items import Row
from junheng.reporting.report.blocks import Cell, Table, cell, heads
from junheng.reporting.report.runs import Quote, Run, Text, say
from junheng.reporting.reports.application_2012.page import blank_table
from junheng.reporting.reports.application_2012.work import words
from junheng.reporting.wording.phrases import conclusion_word
from junheng.standards.indicator import Indicator
from junheng.standards.words import SIGNS
from junheng.verdict.item_words import finding_words
from junheng.verdict.sentences import part_label


def items_table(facts: Facts, part: str, caption: str) -> Table:
    """Every item of a part as the standard lists them; how many are met, missed and open at its foot."""
    own = facts.now.items
    rows = own.rows(part)
    if not rows:
        return blank_table(f"items_{part}", caption, "事项", "所用标准没有这一部分的事项。")
    return Table(
        f"items_{part}",
        (caption,),
        (0.8, 4.6, 5, 1.5, 3.2, 1.5),
        (
            heads("序号", "事项", "数值和要求", "人工认定", "认定说明", "结论"),
            *(_item(facts.now, row) for row in rows),
            _foot(facts.now, part),
        ),
        note=("“不需认定”的事项只由数据判定；没有数据或没有认定的写“未填报”，结论为无法判定，不算达到也不算未达到。",),
        landscape=True,
        total=1,
    )


def _item(now: CountyYear, row: Row) -> tuple[Cell, ...]:
    item = now.items.item(row)
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    return (
        cell(Quote("" if item.number is None else str(item.number)), align="centre"),
        cell(Quote(item.label.zh)),
        Cell(tuple(_checks(now, row)) or ("—",), align=None if item.checks else "centre"),
        cell(Quote(_found(now, row)), align="centre"),
        Cell(words(now.items, row) or ("未填报" if item.judged else "—",), align="left"),
        cell(_word(row["part"], outcome), align="centre", outcome=outcome),
    )


def _found(now: CountyYear, row: Row) -> str:
    """What people found; of a veto whether it happened, for 达到 beside 以考试方式招生 would say that it did."""
    if row["finding"] and row["part"] == "vetoes" and row["outcome"]:
        return conclusion_word("vetoes", row["outcome"])
    return finding_words(now.judgement, row["finding"]) or ("未填报" if now.items.item(row).judged else "不需认定")


def _word(part: str, outcome: Outcome | None) -> str:
    return conclusion_word(part, outcome) if part == "vetoes" or outcome is None else outcome.zh


def _checks(now: CountyYear, row: Row) -> Iterator[Run]:
    """Every computed check of an item, one after another."""
    for at, (check, indicator) in enumerate(now.items.checks(row)):
        if at:
            yield "；"
        yield from _check(now, check, indicator)


def _check(now: CountyYear, check: Row, indicator: Indicator) -> Iterator[Run]:
    label = Quote(indicator.label.zh)
    if indicator.level == "county":
        value, limit = now.items.check_value(check, indicator), now.items.check_limit(check, indicator)
        operator = now.checks.operator(indicator)
        wanted: Text = ("（要求", Quote(SIGNS[operator]), limit, "）") if operator and limit.value is not None else ()
        yield from (label, "：", value, *wanted)
    elif indicator.level == "county_stage":
        yield from (label, "：")
        for at, one in enumerate(now.checks.by_stage(check, indicator)):
            sign: Text = (Quote(SIGNS[one.operator]),) if one.operator else ()
            yield from ("，" if at else "", one.stage.zh, one.value, "（要求", *sign, one.limit, "）")
    else:
        rows, unmet, unknown = now.items.check_missed(check, indicator)
        yield from say("{label}：涉及{rows}", label=label, rows=rows)
        yield from ("，未达到", unmet) if unmet.value else ()
        yield from ("，无法判定", unknown) if unknown.value else ()
        yield from ("，均达到",) if rows.value and not unmet.value and not unknown.value else ()


def _foot(now: CountyYear, part: str) -> tuple[Cell, ...]:
    counts = [(outcome, now.items.count(part, outcome)) for outcome in Outcome]
    text: list[Run] = []
    for outcome, count in counts:
        if count.value:
            text += ["，" if text else "", _word(part, outcome), count]
    outcome = now.items.outcome(part)
    return (
        cell(Quote(part_label(now.judgement, part)), columns=2, label=True),
        Cell(tuple(text) or ("没有涉及本县的事项",), columns=3, align="centre"),
        cell(_word(part, outcome), align="centre", outcome=outcome),
    )
