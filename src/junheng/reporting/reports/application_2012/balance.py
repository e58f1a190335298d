"""表Ⅲ: mean, standard deviation and 差异系数 of every indicator, by stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from junheng.base.terms import Stage
from junheng.reporting.facts.balance import Balance
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Cell, Table, cell, heads
from junheng.reporting.report.runs import Quote
from junheng.reporting.reports.application_2012.page import blank_table
from junheng.verdict.balance import COMPOSITE

Row = Mapping[str, Any]
_MISSING = "未填报"


def balance(facts: Facts) -> Iterator[Block]:
    """One table, both stages side by side; the composite, its limit and the conclusion at its foot."""
    yield _table(facts, "form_3", "表Ⅲ　义务教育校际均衡情况", each=False)


def each_coefficient(facts: Facts, caption: str) -> Table:
    """The same where every coefficient decides: with its own limit and conclusion."""
    return _table(facts, "coefficients", caption, each=True)


def _table(facts: Facts, key: str, caption: str, *, each: bool) -> Table:
    own = facts.now.balance
    names = dict.fromkeys(row["indicator"] for row in own.rows if row["indicator"] != COMPOSITE)
    if not names:
        return blank_table(key, caption, "校际差异系数", "没有可以计算差异系数的学校数据，本表未填报。")
    stages = facts.now.schools.stages
    wide = 5 if each else 3
    columns = ("全县平均值", "标准差", "差异系数", *(("限值", "结论") if each else ()))
    body = [
        (
            cell(Quote(str(at)), align="centre"),
            cell(Quote(facts.now.standard.resources[name].label.zh), label=True, align="left"),
            cell(Quote(facts.now.standard.resources[name].unit), align="centre"),
            *(item for stage in stages for item in _cells(own, stage, name, each)),
        )
        for at, name in enumerate(names, 1)
    ]
    foot = _foot(own, stages, each)
    return Table(
        key,
        (caption,),
        (0.7, 4.2, 1.7, *((1.5, 1.3, 1.3, 1.0, 1.2) if each else (1.6, 1.5, 1.5)) * len(stages)),
        (
            (
                cell("序号", rows=2, label=True),
                cell("指标", rows=2, label=True),
                cell("单位", rows=2, label=True),
                *(cell(stage.zh, columns=wide, label=True) for stage in stages),
            ),
            heads(*columns * len(stages)),
            *body,
            *foot,
        ),
        head=2,
        note=("全县平均值为总量除以学生总数；标准差、差异系数按学生数加权；综合差异系数为各项差异系数的平均值。",),
        landscape=True,
        total=len(foot),
    )


def _cells(own: Balance, stage: Stage, name: str, each: bool) -> Iterator[Cell]:
    row = own.find(stage, name)
    if row is None:
        yield from (cell(_MISSING, align="centre") for _ in range(5 if each else 3))
        return
    outcome = own.outcome(row)
    yield from (cell(own.mean(row)), cell(own.deviation(row)), cell(own.cv(row), outcome=outcome))
    if each:
        yield cell(own.limit(row), align="right")
        yield cell(outcome.zh if outcome else "只列示", outcome=outcome, align="centre")


def _foot(own: Balance, stages: Sequence[Stage], each: bool) -> list[tuple[Cell, ...]]:
    """The composite where the standard has one; its limit and the conclusion where it is what decides."""
    if not any(own.find(stage, COMPOSITE) for stage in stages):
        return []
    return [_composite(own, stages, each), *(() if each else (_limits(own, stages), _conclusions(own, stages)))]


def _composite(own: Balance, stages: Sequence[Stage], each: bool) -> tuple[Cell, ...]:
    cells: list[Cell] = [cell("综合差异系数", columns=3, label=True)]
    for stage in stages:
        row = own.find(stage, COMPOSITE)
        cells.append(cell("", columns=2))
        cells.append(cell(own.cv(row), outcome=own.outcome(row)) if row else cell(_MISSING, align="centre"))
        if each:
            cells.append(cell("只列示，不作判定", columns=2, align="centre"))
    return tuple(cells)


def _limits(own: Balance, stages: Sequence[Stage]) -> tuple[Cell, ...]:
    found = [own.find(stage, COMPOSITE) for stage in stages]
    cells = (cell(own.limit(row), columns=3) if row else cell(_MISSING, columns=3, align="centre") for row in found)
    return (cell("综合差异系数限值（不高于）", columns=3, label=True), *cells)


def _conclusions(own: Balance, stages: Sequence[Stage]) -> tuple[Cell, ...]:
    cells = [cell("结论", columns=3, label=True)]
    for stage in stages:
        row = own.find(stage, COMPOSITE)
        outcome = own.outcome(row) if row else None
        cells.append(cell(outcome.zh if outcome else _MISSING, columns=3, align="centre", outcome=outcome))
    return tuple(cells)
