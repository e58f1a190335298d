"""资源配置: how many schools reach each of the seven indicators, and every school with its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.form_schools import FormSchools, Row
from junheng.reporting.report.blocks import Block, Cell, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text
from junheng.reporting.reports.application_2012.page import blank_table

_SUMMARY, _LIST = "表三　资源配置达标情况汇总", "表四　学校资源配置达标情况"
_COUNTED = ((Outcome.MET,), (Outcome.TOLERATED,), (Outcome.UNMET,), (Outcome.UNKNOWN,))


def attainment(facts: Facts) -> Iterator[Block]:
    """By indicator and stage: how many schools reach the limit, nearly reach it, miss it, cannot be judged."""
    form = facts.now.listed_schools
    if not form.rows:
        yield blank_table("attainment", _SUMMARY, "学校资源配置", "没有可以判定的学校。")
        return
    stages = form.schools.stages
    foot = _foot(form, stages)
    yield Table(
        "attainment",
        (_SUMMARY,),
        (4.4, *(1.3 for _ in range(5 * len(stages)))),
        (
            (cell("指标", rows=2, label=True), *(cell(stage.zh, columns=5, label=True) for stage in stages)),
            heads(*(head for _ in stages for head in ("要求", "达到", "余项容许", "未达到", "无法判定"))),
            *(_indicator(form, name, stages) for name in form.indicators),
            *foot,
        ),
        head=2,
        unit="所",
        note=("一贯制学校、完全中学的各学部分别计为一所；余项容许指没有达到要求但不低于标准为余项规定的底线。",),
        landscape=True,
        total=len(foot),
    )


def _indicator(form: FormSchools, name: str, stages: Sequence[Stage]) -> tuple[Cell, ...]:
    cells = [cell(*_label(form, name), label=True, align="left")]
    for stage in stages:
        cells.append(cell(form.limit(stage, name), align="centre"))
        cells += [cell(form.count(stage, *outcomes, indicator=name), align="right") for outcomes in _COUNTED]
    return tuple(cells)


def _foot(form: FormSchools, stages: Sequence[Stage]) -> list[tuple[Cell, ...]]:
    lines = (
        ("参加判定的学校", [form.count(stage) for stage in stages]),
        ("达标学校", [form.count(stage, Outcome.MET, Outcome.TOLERATED) for stage in stages]),
        ("未达标学校", [form.count(stage, Outcome.UNMET) for stage in stages]),
        ("无法判定的学校", [form.count(stage, Outcome.UNKNOWN) for stage in stages]),
        ("达标率（%）", [form.share(stage) for stage in stages]),
    )
    return [
        (cell(label, label=True, align="left"), *(cell(figure, columns=5, align="centre") for figure in figures))
        for label, figures in lines
    ]


def each_school(facts: Facts) -> Iterator[Block]:
    """Every school of a stage: its values, how many indicators it reaches, what follows."""
    form = facts.now.listed_schools
    for stage in form.schools.stages:
        caption = f"{_LIST}（{stage.zh}）"
        rows = form.of_stage(stage)
        if rows:
            yield _list(form, stage, rows, caption)
        else:
            yield blank_table(f"schools_{stage.value}", caption, f"{stage.zh}学校", "没有可以判定的学校。")


def _list(form: FormSchools, stage: Stage, rows: Sequence[Row], caption: str) -> Table:
    names = form.indicators
    return Table(
        f"schools_{stage.value}",
        (caption,),
        (0.8, 4.4, 1.1, *(1.5 for _ in names), 1.1, 1.4),
        (
            heads(
                "序号",
                "学校",
                "学生数（人）",
                *(cell(*_label(form, name), label=True) for name in names),
                "达到项数",
                "结论",
            ),
            (
                cell("要求", columns=3, label=True),
                *(cell(form.limit(stage, name), align="centre", label=True) for name in names),
                cell("", columns=2, label=True),
            ),
            *(_school(form, at, row, names) for at, row in enumerate(rows, 1)),
        ),
        head=2,
        note=("带底色的格为未达到要求、余项容许或无法判定的指标。",),
        landscape=True,
    )


def _school(form: FormSchools, at: int, row: Row, names: Sequence[str]) -> tuple[Cell, ...]:
    outcome = Outcome(row["outcome"])
    return (
        cell(Quote(str(at)), align="centre"),
        Cell(form.name(row)),
        cell(form.schools.pupils(row)),
        *(_value(form, row, name) for name in names),
        cell(form.met(row), align="centre"),
        cell(Quote(form.schools.grade(row)), align="centre", outcome=outcome),
    )


def _value(form: FormSchools, row: Row, name: str) -> Cell:
    found = row[f"{name}__outcome"]
    return cell(
        form.value(row, name), outcome=Outcome(found) if found and found != Outcome.MET else None, align="right"
    )


def _label(form: FormSchools, name: str) -> Text:
    entry = form.schools.judgement.standard.resources[name]
    return (Quote(entry.label.zh), *(("（", Quote(entry.unit), "）") if entry.unit else ()))
