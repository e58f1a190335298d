"""``junheng explain``: the whole reasoning, to the filed cell and the article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

import click

from junheng import workflow
from junheng.cli.options import format_option, judging_options, standard_option
from junheng.verdict.errors import NotInJudgementError
from junheng.verdict.judgement import Judgement
from junheng.verdict.reason import Reason

_MARKS = {"met": "✓", "tolerated": "△", "unmet": "✗", "unknown": "?"}
STAGES = {"小学": "primary", "初中": "junior"}


@click.command()
@judging_options(standard_option)
@click.option("--school", metavar="学校", help="学校标识码或学校全称。缺省说明全县。")
@click.option("--stage", type=click.Choice(["primary", "junior", *STAGES]), help="只看一个学段。")
@click.option("--indicator", metavar="指标", help="指标的编号或名称，如 pe_arts_teachers_per_100。")
@format_option("text", "json")
def explain(
    data: str,
    standard: str,
    day: date,
    year: int | None,
    relax: tuple[str, ...],
    gate: str | None,
    school: str | None,
    stage: str | None,
    indicator: str | None,
    form: str,
) -> None:
    """说明判定的理由：数值、公式、填报的单元格、标准的条文。

    \b
        junheng explain 县数据.xlsx --on 2025-12-31 --school 3202000001 --indicator pe_arts_teachers_per_100
    """
    if indicator and not school:
        raise click.UsageError("看一项指标的理由要指定学校，请加 --school。")
    judgement = workflow.judge(data, standard=standard, on=day, year=year, relax=relax, gate=gate)
    show_reasons(judgement, school=school, indicator=indicator, stage=stage, form=form)


def show_reasons(
    judgement: Judgement, *, school: str | None, indicator: str | None, stage: str | None, form: str
) -> None:
    """Print the reasons of a judgement: of all its counties, of a school, or of an indicator of a school."""
    if indicator:
        indicator = _indicator_id(judgement, indicator)
    if stage:
        stage = STAGES.get(stage, stage)
    reasons = workflow.explain(judgement, school=school, indicator=indicator, stage=stage)
    if form == "json":
        click.echo(json.dumps([asdict(reason) for reason in reasons], ensure_ascii=False, indent=2))
        return
    for reason in reasons:
        for line in _lines(reason):
            click.echo(line)
    snapshot = judgement.snapshot[:12] or "未入库"
    told = f"标准 {judgement.standard.id}，评估日期 {judgement.day}，{judgement.year} 学年，快照 {snapshot}"
    click.echo(f"\n{told}", err=True)


def _indicator_id(judgement: Judgement, given: str) -> str:
    """The id of an indicator that was given by its id or by its label."""
    ids = {indicator.label.zh: name for name, indicator in judgement.standard.resources.items()}
    if given not in ids.values() and given not in ids:
        known = "\n".join(f"  {label} = {name}" for label, name in ids.items())
        raise NotInJudgementError(what="指标", name=given, known=f"可用的指标（名称 = 编号）：\n{known}")
    return ids.get(given, given)


def _lines(reason: Reason, depth: int = 0) -> Iterator[str]:
    indent = "　" * depth
    outcome = f"{_MARKS[reason.outcome]} {reason.outcome.zh}　" if reason.outcome else ""
    yield f"{indent}{outcome}{reason.title}：{reason.because}"
    if reason.source:
        yield f"{indent}　　依据：{reason.source}"
    for cell in reason.cells:
        # One of several files names its file in brackets already.
        place = f"　{cell.cell}" if cell.cell.startswith("[") else f"　[{cell.cell}]" if cell.cell else ""
        yield f"{indent}　　{cell.label} = {cell.value} {cell.unit}".rstrip() + place
    for child in reason.children:
        yield from _lines(child, depth + 1)
