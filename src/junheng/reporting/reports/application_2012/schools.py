"""表Ⅱ: how many schools meet the province's basic standard, and every school with its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.form_schools import PASSED, FormSchools, Row
from junheng.reporting.report.blocks import Block, Cell, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, listed, say
from junheng.reporting.reports.application_2012.page import blank_table

_COUNTED = (PASSED, (Outcome.UNMET,), (Outcome.UNKNOWN,))
# 表Ⅱ is made for ten indicators and two more still fit; a standard with more goes on in a further table.
_MOST = 12


def schools_summary(facts: Facts) -> Iterator[Block]:
    """表Ⅱ-1: by stage, how many schools meet each indicator, and how many are listed and pass."""
    form = facts.now.form_schools
    if form is None:
        yield _not_judged("form_2_1", "表Ⅱ-1　办学基本标准达标情况汇总")
        return
    stages = form.schools.stages
    foot = _foot(form, stages)
    yield Table(
        "form_2_1",
        (Quote("表Ⅱ-1　办学基本标准达标情况汇总"),),
        (4, *(1.6 for _ in range(4 * len(stages)))),
        (
            (cell("指标", rows=2, label=True), *(cell(stage.zh, columns=4, label=True) for stage in stages)),
            heads(*(head for _ in stages for head in ("标准值", "达到", "未达到", "不能判定"))),
            *(_indicator(form, name, stages) for name in form.indicators),
            *foot,
        ),
        head=2,
        unit="所",
        note=_note(form),
        total=len(foot),
    )


def _indicator(form: FormSchools, name: str, stages: Sequence[Stage]) -> tuple[Cell, ...]:
    cells = [cell(*_label(form, name), label=True, align="left")]
    for stage in stages:
        cells.append(cell(form.limit(stage, name), align="centre"))
        counts = [form.count(stage, *outcomes, indicator=name) for outcomes in _COUNTED]
        cells += [cell(count, align="right") for count in counts]
    return tuple(cells)


def _foot(form: FormSchools, stages: Sequence[Stage]) -> list[tuple[Cell, ...]]:
    """Listed, passing, failing and open schools, and the share that passes."""
    lines = (
        ("列入学校数", [form.count(stage) for stage in stages]),
        ("达标学校数", [form.count(stage, *PASSED) for stage in stages]),
        ("未达标学校数", [form.count(stage, Outcome.UNMET) for stage in stages]),
        ("不能判定学校数", [form.count(stage, Outcome.UNKNOWN) for stage in stages]),
        ("达标率（%）", [form.share(stage) for stage in stages]),
    )
    return [
        (cell(label, label=True, align="left"), *(cell(figure, columns=4, align="centre") for figure in figures))
        for label, figures in lines
    ]


def each_school(facts: Facts) -> Iterator[Block]:
    """表Ⅱ-2: every listed school, its value of each indicator, and a 1 where it passes."""
    form = facts.now.form_schools
    if form is None:
        yield _not_judged("form_2_2", "表Ⅱ-2　学校办学基本标准达标情况")
        return
    names = form.indicators
    for stage in form.schools.stages:
        rows = form.of_stage(stage)
        for part, begin in enumerate(range(0, max(len(names), 1), _MOST)):
            more = "（续）" if part else ""
            if rows:
                yield _list(form, stage, rows, names[begin : begin + _MOST], f"form_2_2_{stage.value}_{part}", more)


def _list(form: FormSchools, stage: Stage, rows: Sequence[Row], names: Sequence[str], key: str, more: str) -> Table:
    limits = (cell("标准值", columns=2, label=True), *(cell(form.limit(stage, name), align="centre") for name in names))
    return Table(
        key,
        (Quote(f"表Ⅱ-2　学校办学基本标准达标情况（{stage.zh}）{more}"),),
        (0.7, 4, *(1.5 for _ in names), 1.2),
        (
            (
                cell("序号", label=True),
                cell("学校", label=True),
                *(cell(*_label(form, name), label=True) for name in names),
                cell("达标记“", Quote("1"), "”", label=True),
            ),
            (*limits, cell("")),
            *(_school(form, at, row, names) for at, row in enumerate(rows, 1)),
        ),
        head=2,
        note=("带底色的格为未达到标准值或不能判定的指标。一贯制学校小学部、初中部和完全中学初中部各列一行。",),
        landscape=True,
    )


def _school(form: FormSchools, at: int, row: Row, names: Sequence[str]) -> tuple[Cell, ...]:
    outcome = Outcome(row["outcome"])
    passed = form.passes(row)
    return (
        cell(Quote(str(at)), align="centre"),
        Cell(form.name(row)),
        *(_value(form, row, name) for name in names),
        cell(outcome.zh if passed is None else passed, align="centre", outcome=None if passed else outcome),
    )


def _value(form: FormSchools, row: Row, name: str) -> Cell:
    found = row[f"{name}__outcome"]
    shaded = Outcome(found) if found in (Outcome.UNMET, Outcome.UNKNOWN, Outcome.TOLERATED) else None
    return cell(form.value(row, name), outcome=shaded, align="right")


def _label(form: FormSchools, name: str) -> Text:
    entry = form.schools.judgement.standard.resources[name]
    return (Quote(entry.label.zh), *(("（", Quote(entry.unit), "）") if entry.unit else ()))


def _note(form: FormSchools) -> Text:
    standard = form.schools.judgement.standard
    text: list[Text] = [say("办学基本标准：{label}。", label=Quote(standard.label.zh))]
    if form.left_out:
        reasons = listed((f"{why}", form.left_out_count(why)) for why in form.left_out)
        text.append(say("未列入本表的学校（按学段计）：{reasons}。", reasons=reasons))
    if form.not_seen.value:
        text.append(say("该标准另有{unseen}的内容未见，没有列出。", unseen=form.not_seen))
    return tuple(run for line in text for run in line)


def _not_judged(key: str, caption: str) -> Table:
    return blank_table(
        key, caption, "办学基本标准", "没有选定本省的办学基本标准，本表未填报。请在判定时同时选定（门槛标准）。"
    )
