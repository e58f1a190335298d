"""``junheng report verify`` and ``refresh``: a Word report that others have edited, and the data it was made from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from junheng import workflow
from junheng.cli.console import console, new_table
from junheng.cli.options import Day, force_option, may_write
from junheng.planning.contract import read_plan
from junheng.reporting.texts import read_texts


def _source_options(command: Callable[..., None]) -> Callable[..., None]:
    """What the report is to be made from again."""
    for option in (
        click.option(
            "--plan", "plans", multiple=True, type=click.Path(path_type=Path), help="生成时用过的方案文件，可重复。"
        ),
        click.option("--report", "name", default="", metavar="文件夹", help="自己的报告的文件夹，装好的报告不用写。"),
        click.option("--texts", type=click.Path(path_type=Path), help="生成时用过的“自己的话”文件。"),
        click.option("--earlier", multiple=True, metavar="数据", help="生成时另给过的以前年度数据，可重复。"),
        click.option("--school", default="", metavar="学校", help="学校标识码或全称。"),
        click.option("--county", default="", metavar="县", help="县代码或名称。"),
        click.option("--on", "day", type=Day(), help="评估日期，如 2025-12-31。"),
        click.option("--standard", default="", metavar="标准", help="评估标准。"),
        click.argument("data", metavar="[数据]", required=False),
        click.argument("file", metavar="报告.docx", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    ):
        command = option(command)
    return command


@click.command()
@_source_options
@click.pass_context
def verify(ctx: click.Context, /, file: Path, **source: Any) -> None:  # noqa: ANN401 - options, passed on
    """核对一份 Word 报告里的数：数据变了没有更新的、手工改过的、现在没有的，逐处列出。

    标准、评估日期、县和学校在报告文件里记着，不用再写。全部相符时退出码为 0，否则为 1。

    \b
        junheng report verify 自评报告.docx 县数据.xlsx
    """
    found = _verify(file, **source)
    if found.differences:
        table = new_table(f"{file.name}：与数据不符的数", "位置", "是什么", "报告写的", "现在应为", "原因")
        for one in found.differences:
            now = "（不再出现）" if one.now is None else one.now.text
            row = (one.marked.place, one.marked.figure.about, one.marked.text or "（空）", now, _reason(one))
            table.add_row(*map(escape, row))
        console().print(table)
    if found.removed:
        click.echo(f"另有 {len(found.removed)} 个数已从报告中删去，没有核对。", err=True)
    for line in found.small_print:
        click.echo(f"末尾的“数据与依据”与这次核对用的不同：{line}", err=True)
    count = len(found.marked.figures)
    click.echo(f"核对 {count} 处，不符 {len(found.differences)} 处。", err=True)
    ctx.exit(0 if found.agrees else 1)


@click.command()
@_source_options
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="更新后的报告（.docx），不能是原文件。"
)
@force_option
def refresh(file: Path, output: Path, *, force: bool, **source: Any) -> None:  # noqa: ANN401 - options, passed on
    """按现在的数据更新一份 Word 报告里的数和末尾的“数据与依据”，别的文字一概不动，改了哪些逐处列出。

    数变了，话是否还成立（如“全部达标”）要由人看过再报出。

    \b
        junheng report refresh 自评报告.docx 县数据.xlsx -o 自评报告-更新.docx
    """
    used = (str(file), source["data"], *source["earlier"], *map(str, source["plans"]))
    may_write(output, used, force=force)
    done = workflow.refresh_report(file, output, _verify(file, **source).rebuilt)
    if done.changed:
        table = new_table(f"{output.name}：更新的数", "位置", "是什么", "原来", "现在")
        for one in done.changed:
            table.add_row(*map(escape, (one.before.place, one.before.figure.about, one.before.text, one.text)))
        console().print(table)
    for was in done.gone:
        click.echo(f"没有更新（现在没有这个数）：{was.place}：{was.text}", err=True)
    if done.edited:
        click.echo(f"其中 {len(done.edited)} 处曾被手工改过，已换成按数据算的数，请核对。", err=True)
    if done.small_print:
        click.echo("末尾的“数据与依据”已按这次的数据、评估日期和校验码更新。", err=True)
    changed, same = len(done.changed), len(done.unchanged)
    click.echo(f"已写入 {output}：更新 {changed} 处，未变 {same} 处。请通读，看文字是否仍与数字相符。", err=True)


def _verify(
    file: Path,
    data: str | None,
    name: str,
    standard: str,
    day: date | None,
    county: str,
    school: str,
    earlier: tuple[str, ...],
    plans: tuple[Path, ...],
    texts: Path | None,
) -> workflow.Verification:
    return workflow.verify_report(
        file,
        data,
        name=name,
        standard=standard,
        on=day,
        county=county,
        school=school,
        earlier=earlier,
        plans=[read_plan(plan) for plan in plans],
        writer=read_texts(texts) if texts else workflow.NO_WRITER,
    )


def _reason(one: workflow.Difference) -> str:
    if one.now is None:
        return "报告里不再有这个数"
    if one.edited:
        return "手工改过，数据也变了" if one.stale else "手工改过"
    return "数据或规则变了"
