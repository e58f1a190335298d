"""标准目录: everything one standard asks, as one would print it and lay it on the table of a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from junheng.base.exact import plain
from junheng.indicators.words import Words
from junheng.standards.gaps import gaps
from junheng.standards.indicator import Indicator
from junheng.standards.item import Item, ItemPart
from junheng.standards.limit import BalanceLimit
from junheng.standards.model import Standard
from junheng.standards.source import Source
from junheng.standards.tally import tally
from junheng.standards.words import CONFIDENCE, PURPOSES, STAGES, deduction_in_words, school_rule_in_words
from junheng.tables.model import Tables
from junheng.verdict.sentences import cite

# A mark beside every rule, readable in black and white.
MARKS = {"seen": "●", "inferred": "◐", "general": "○"}
MARKS_IN_WORDS = "　".join(f"{mark} {CONFIDENCE[name]}" for name, mark in MARKS.items()) + "，引用前须核对"

INDICATOR_HEADS = ("序号", "指标", "算法", "小学", "初中", "差异系数", "分值", "可信", "依据")
ITEM_HEADS = ("序号", "事项", "怎样判定", "分值", "扣分与佐证材料", "可信", "依据")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; a heading has only its text, in the first cell."""

    kind: Literal["heading", "group", "row"]
    cells: tuple[str, ...]


def filled(heads: Sequence[str], lines: Sequence[Line]) -> tuple[tuple[str, ...], list[Line]]:
    """A list without the columns that no row of it fills."""
    rows = [line.cells for line in lines if line.kind == "row"]
    kept = [place for place in range(len(heads)) if any(cells[place] for cells in rows)]
    narrowed = [
        Line(line.kind, tuple(line.cells[place] for place in kept)) if line.kind == "row" else line for line in lines
    ]
    return tuple(heads[place] for place in kept), narrowed


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is printed of one standard."""

    title: str
    facts: tuple[tuple[str, str], ...]
    indicators: tuple[Line, ...]
    items: tuple[Line, ...]
    gaps: tuple[str, ...]


def catalogue(standard: Standard, tables: Tables) -> Catalogue:
    """Gather what a standard asks, all its dates included.

    Args:
        tables: with the columns that the standard names.
    """
    words = Words(tables)
    return Catalogue(
        title=f"{standard.label.zh}（{standard.id}）",
        facts=tuple(_facts(standard, words)),
        indicators=tuple(_indicators(standard, words)),
        items=tuple(_items(standard, words)),
        gaps=tuple(dict.fromkeys(f"{gap.label}{gap.missing}" for gap in gaps(standard))),
    )


def _facts(standard: Standard, words: Words) -> Iterator[tuple[str, str]]:
    force, known = standard.in_force, tally(standard)
    yield "用途", PURPOSES[standard.purpose]
    until = f"，至 {force.ends} 止" if force.ends else ""
    yield "有效期", f"自 {force.since} 起{until}；最近核对 {force.checked_on}"
    yield "依据", cite(standard, force.source)
    if standard.ancestors:
        yield "在其上叠加", "、".join(standard.ancestors)
    yield "学段", "、".join(STAGES[stage] for stage in standard.stages) or "不分学段"
    for entry in standard.leave_out:
        yield "不计入", f"{entry.label.zh}（{words.condition(entry.where)}）{_mark(entry.source)}"
    if rule := standard.school_rule:
        yield "学校达标规则", f"{school_rule_in_words(rule, len(standard.counted()))} {_mark(rule.source)}"
    if balance := standard.balance_rule:
        text = "每项差异系数都不超过限值" if balance.rule == "each" else "各项差异系数的平均值不超过限值"
        limits = "；".join(_cv(limit) for limit in balance.limits)
        yield "校际均衡规则", f"{text}{f'：{limits}' if limits else ''} {_mark(balance.source)}"
    for relaxation in standard.relaxations.values():
        yield "可选宽限（缺省不启用）", f"{relaxation.label.zh} {_mark(relaxation.source)}"
    counts = "、".join(f"{getattr(known, name)} 条{word}" for name, word in CONFIDENCE.items())
    yield "可信程度", f"{known.rules} 条规则中 {counts}；未见 {known.gaps} 处"


def _indicators(standard: Standard, words: Words) -> Iterator[Line]:
    counted = standard.counted()
    number = 0
    for name, indicator in standard.resources.items():
        number += name in counted
        sources = [entry.source for entry in (*indicator.thresholds, *indicator.balance)]
        unit = f"（{indicator.unit}）" if indicator.unit else ""
        yield Line(
            "row",
            (
                str(number) if name in counted else "子项",
                indicator.label.zh + unit,
                words.formula(indicator, standard.resources),
                *(_limits(standard, indicator, stage, words) for stage in ("primary", "junior")),
                "\n".join(_cv(limit) for limit in indicator.balance),
                "" if indicator.points is None else plain(indicator.points),
                _marks(sources),
                "\n".join(dict.fromkeys(_place(standard, source) for source in sources)),
            ),
        )


def _limits(standard: Standard, indicator: Indicator, stage: str, words: Words) -> str:
    if stage not in standard.stages:
        return ""
    several = len(indicator.thresholds) > 1
    said = ((entry.since, words.limits(entry, stage, "", "；\n")) for entry in indicator.thresholds)
    return "\n".join(f"自 {since}：{text}" if several else text for since, text in said if text)


def _cv(limit: BalanceLimit) -> str:
    entries = ((STAGES[stage], limit.limit(stage)) for stage in ("primary", "junior"))
    return "，".join(f"{stage} ≤ {value}" for stage, value in entries if value is not None)


def _items(standard: Standard, words: Words) -> Iterator[Line]:
    for _, part in standard.parts():
        yield Line("heading", (f"{part.label.zh}：{_part_rule(part)} {_mark(part.source)}",))
        under: tuple[str, ...] = ()
        for item in part.items.values():
            path = tuple(
                branch.label.zh + ("" if branch.points is None else f"（{plain(branch.points)} 分）")
                for branch in part.path(item)
            )
            if path and path != under:
                yield Line("group", (" › ".join(path),))
            under = path
            yield Line("row", _item(standard, part, item, words))


def _part_rule(part: ItemPart) -> str:
    if part.rule == "all":
        return "各项都要达到"
    total = "满分未见" if part.total is None else f"满分 {plain(part.total)} 分"
    marks = "；".join(f"自 {score.since} ≥ {plain(score.at_least)} 分合格" for score in part.pass_score)
    return f"计分，{total}，{marks or '合格分未见'}"


def _item(standard: Standard, part: ItemPart, item: Item, words: Words) -> tuple[str, ...]:
    ways = [*(["人工认定"] if item.judged else []), *(["各校按办学基本标准判定"] if item.gate else [])]
    for check in item.checks.values():
        limits = "；".join(words.threshold(threshold, check.unit) for threshold in check.thresholds)
        ways.append(f"计算 {check.label.zh}：{words.formula(check, item.checks)}，要求 {limits}")
    checks = ((deduction, item.checks[deduction.check]) for deduction in item.deductions)
    lost = [f"{check.label.zh}：{deduction_in_words(deduction, check.unit)}" for deduction, check in checks]
    if item.evidence:
        lost.append("佐证材料：" + "；".join(label.zh for label in item.evidence))
    points = "未见" if item.points is None and part.rule == "score" else ""
    return (
        str(item.number or ""),
        item.label.zh,
        "\n".join(ways),
        points if item.points is None else plain(item.points),
        "\n".join(lost),
        _mark(item.source),
        _place(standard, item.source),
    )


def _place(standard: Standard, source: Source) -> str:
    """The document by its number, where it has one, and the article: the sheet is narrow."""
    document = standard.ledger.get(source.document)
    name = (document.number or f"《{document.title}》") if document else source.document
    return f"{name}{source.place}"


def _mark(source: Source) -> str:
    return MARKS[source.confidence]


def _marks(sources: list[Source]) -> str:
    return "".join(dict.fromkeys(_mark(source) for source in sources))
