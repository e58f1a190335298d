"""班额情况通报: the mean class size of each stage, and how it moved since the year before."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts, change, size
from junheng.reporting.report.blocks import Block, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Text, say


def sizes(facts: Facts) -> Iterator[Block]:
    """A sentence for each stage that is true of its figures, then all of them in a table."""
    rows = []
    for stage in facts.now.schools.stages:
        now = _mean(facts.now, stage)
        yield Paragraph(_sentence(facts, stage, now))
        rows.append((cell(stage.zh), cell(facts.now.filed.total("classes", stage).figure), cell(now)))
    head = heads("学段", "班数（个）", "平均班额（人）")
    yield Table("sizes", ("各学段平均班额",), (1, 1, 1), (head, *rows))


def _mean(year: CountyYear, stage: Stage) -> Figure:
    return year.filed.per("pupils", "classes", stage, unit="人")


def _sentence(facts: Facts, stage: Stage, now: Figure) -> Text:
    if now.value is None:
        return say("{stage}的数据不全，不能计算平均班额。", stage=stage.zh)
    before = _mean(facts.years[-2], stage) if len(facts.years) > 1 else None
    moved = change(now, before) if before is not None and before.value is not None else None
    if moved is None or moved.value is None:
        return say("{stage}平均班额{now}。", stage=stage.zh, now=now)
    if moved.value == 0:
        return say("{stage}平均班额{now}，与上年持平。", stage=stage.zh, now=now)
    word = "增加" if moved.value > 0 else "减少"
    return say("{stage}平均班额{now}，比上年{word}{size}。", stage=stage.zh, now=now, word=word, size=size(moved))


CHAPTERS = {"sizes": sizes}
