"""表Ⅳ: the work of the county government, scored down its tree, and the vetoes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from junheng.base.outcome import Outcome
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.items import Items, Row
from junheng.reporting.report.blocks import Block, Cell, Table, cell, heads
from junheng.reporting.report.runs import Quote, Run, Text, listed, say
from junheng.reporting.reports.application_2012.page import blank_table
from junheng.reporting.wording.phrases import conclusion_word
from junheng.standards.indicator import Indicator
from junheng.standards.item import ItemPart
from junheng.verdict.item_words import finding_words

_PART = "government"
_FEW = 2  # computed checks of one item that are all told
_CAPTION = "表Ⅳ　县级人民政府推进义务教育均衡发展工作评估"


def government(facts: Facts) -> Iterator[Block]:
    """Every item under its branch with points and score, the whole score against the pass mark."""
    own = facts.now.items
    part = own.part(_PART)
    if part is None:
        yield blank_table("form_4", _CAPTION, "政府工作评估", "所用标准没有政府工作评估的指标，本表未填报。")
        return
    yield Table(
        "form_4",
        (_CAPTION,),
        (1.7, 0.8, 8, 1.0, 1.2, 1.4, 3.8),
        (
            heads("类别", "序号", "指标", "分值", "得分", "认定", "说明"),
            *_items(facts, own, part),
            _score(own, part),
        ),
        note=_unseen(part),
        landscape=True,
        total=1,
    )


def _items(facts: Facts, own: Items, part: ItemPart) -> Iterator[tuple[Cell, ...]]:
    for branch, rows in groupby(own.rows(_PART), key=lambda row: part.items[row["item"]].group):
        below = list(rows)
        for at, row in enumerate(below):
            first = (_branch(own, part, branch, len(below)),) if at == 0 else ()
            yield (*first, *_item(facts, own, row))


def _branch(own: Items, part: ItemPart, branch: str, rows: int) -> Cell:
    """The branches that the items stand under, with the points of the lowest where they are known."""
    if not branch:
        return cell("—", rows=rows, label=True)
    item = next(item for item in part.items.values() if item.group == branch)
    labels = " / ".join(above.label.zh for above in part.path(item))
    points = own.branch_points(_PART, branch)
    shown: Text = ("（", points, "）") if points.value is not None else ()
    return cell(Quote(labels), *shown, rows=rows, label=True)


def _item(facts: Facts, own: Items, row: Row) -> tuple[Cell, ...]:
    item = own.item(row)
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    found = finding_words(facts.now.judgement, row["finding"]) or (outcome.zh if outcome else "不涉及")
    return (
        cell(Quote("" if item.number is None else str(item.number)), align="centre"),
        cell(Quote(item.label.zh)),
        cell(own.points(row), align="right"),
        cell(own.earned(row), align="right"),
        cell(Quote(found), align="centre", outcome=outcome),
        cell(*_because(own, row)),
    )


def _because(own: Items, row: Row) -> Text:
    """What was written of an item, then what was computed; that nothing was filed where there is neither."""
    written, computed = words(own, row), _computed(own, row)
    return (*written, *(("；",) if written and computed else ()), *computed) or ("未填报",)


def words(own: Items, row: Row) -> Text:
    """What was written of an item: the note, the plan, who answers for it."""
    pieces = [
        (lead, text)
        for lead, text in (("", own.note(row)), ("整改：", row["plan"]), ("责任科室：", row["responsible"]))
        if text
    ]
    runs: list[str | Quote] = []
    for lead, text in pieces:
        runs += ["；"] if runs else []
        runs += [lead] if lead else []
        runs.append(Quote(text))
    return tuple(runs)


def _score(own: Items, part: ItemPart) -> tuple[Cell, ...]:
    mark, score = own.pass_mark(_PART), own.score(_PART)
    outcome = own.outcome(_PART)
    return (
        cell("总分（合格线", mark, "）", columns=4, label=True),
        cell(score, align="right"),
        cell(outcome.zh, align="centre", outcome=outcome),
        cell(*_open(own, part)),
    )


def _open(own: Items, part: ItemPart) -> Text:
    """Between what the score lies while some of it is open."""
    low, high = own.score_bounds(_PART)
    if own.score(_PART).value is not None or low.value is None:
        return ()
    if high.value is None:
        return say("现有依据至少{low}", low=low)
    if not low.value and high.value == part.total:
        return ("各项均未评定",)
    return say("现有依据在{low}至{high}之间", low=low, high=high)


def _unseen(part: ItemPart) -> Text:
    text = "分值由省、县规定，标准没有给出的写“未见”；没有评分的写“未评定”，不按零分计。"
    return (text, *(("省级评分表的评价要点没有全部见到，此处列国家指标。",) if part.unseen else ()))


def vetoes(facts: Facts) -> Iterator[Block]:
    """The vetoes: whether each is free of what it names, and on what that rests."""
    own = facts.now.items
    rows = sorted(own.rows("vetoes"), key=lambda row: own.item(row).number or 0)
    if not rows:
        yield blank_table("form_4_vetoes", "表Ⅳ（附）　一票否决事项", "一票否决事项", "所用标准没有一票否决事项。")
        return
    yield Table(
        "form_4_vetoes",
        ("表Ⅳ（附）　一票否决事项",),
        (0.8, 6, 2, 4),
        (heads("序号", "事项", "结论", "依据和说明"), *(_veto(own, at, row) for at, row in enumerate(rows, 1))),
    )


def _veto(own: Items, at: int, row: Row) -> tuple[Cell, ...]:
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    return (
        cell(Quote(str(at)), align="centre"),
        cell(Quote(own.item(row).label.zh)),
        cell(conclusion_word("vetoes", outcome), align="centre", outcome=outcome),
        cell(*_because(own, row)),
    )


def _computed(own: Items, row: Row) -> Text:
    """What the computed checks of an item came to; where there are many, only those that are not met."""
    checks = [(check, indicator, Outcome(check["outcome"])) for check, indicator in own.checks(row) if check["outcome"]]
    told = checks if len(checks) <= _FEW else [entry for entry in checks if entry[-1] is not Outcome.MET]
    if checks and not told:
        return ("按数据测算，各项均达标",)
    alone = len(checks) == 1  # then the item itself says what it is
    return listed((_check(own, check, indicator, outcome, alone=alone) for check, indicator, outcome in told), "；")


def _check(own: Items, check: Row, indicator: Indicator, outcome: Outcome, *, alone: bool) -> Text:
    label: Run = "测算值" if alone else Quote(indicator.label.zh)
    if indicator.level == "county":
        value = own.check_value(check, indicator)
        return say("{label}：{value}（{said}）", label=label, value=value, said=outcome.zh)
    rows, unmet, unknown = own.check_missed(check, indicator)
    return say("{label}：涉及{rows}，未达到{unmet}，无法判定{unknown}", label=label, rows=rows, unmet=unmet,
               unknown=unknown)  # fmt: skip
