"""``junheng plan resources``: the cheapest additions after which the county passes, and the proof."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from junheng import workflow
from junheng.base.exact import plain
from junheng.cli.options import SchoolYear, data_argument, force_option, format_option, on_option, standard_option
from junheng.cli.plan.files import as_json, may_write_all, written
from junheng.cli.plan.resource_summary import show_resources
from junheng.cli.plan.searching import watching
from junheng.planning.resources.errors import InputsRefusedError
from junheng.reporting.plan_book import write_plan_book

_FILE = click.Path(path_type=Path, dir_okay=False)
_FINDINGS = 20


@click.command()
@data_argument
@on_option
@click.option(
    "--inputs", required=True, metavar="输入.xlsx", help="单价、上限、预算（junheng plan inputs resources 写出）。"
)
@standard_option
@click.option(
    "--year", type=SchoolYear(), metavar="学年", help="判定的学年（起始年）。缺省为评估日期前最近一个已填报的学年。"
)
@click.option("--relax", multiple=True, metavar="条款", help="启用一条宽限条款，可重复。缺省都不启用。")
@click.option("--county", metavar="县代码", help="数据中有几个县时，求哪一个县的方案。")
@click.option("--seconds", type=click.FloatRange(min=1), default=60.0, show_default=True, help="至多搜索多少秒。")
@click.option(
    "--gap",
    type=click.FloatRange(min=0, max=1),
    default=0.001,
    show_default=True,
    help="与已证明的下界相差多少（相对）就停，0.001 即千分之一。",
)
@click.option("-o", "--output", type=_FILE, help="方案写入 .json 文件，供 show、export、compare 使用。")
@click.option("--xlsx", type=_FILE, help="方案册写入 .xlsx 文件。")
@format_option("table", "json")
@force_option
def resources(
    data: str,
    day: date,
    inputs: str,
    standard: str,
    year: int | None,
    relax: tuple[str, ...],
    county: str | None,
    seconds: float,
    gap: float,
    output: Path | None,
    xlsx: Path | None,
    form: str,
    force: bool,
) -> None:
    """填平补齐：各校增配、调配什么，花费最少而全县达标，并证明不可能更省多少。

    方案写回数据，由同一套判定程序重新判定，通过才给出。搜索时按 Ctrl-C，给出目前最好的方案。

    \b
        junheng plan inputs resources 县数据.xlsx --on 2025-12-31 -o 输入.xlsx
        junheng plan resources 县数据.xlsx --on 2025-12-31 --inputs 输入.xlsx -o 方案.json --xlsx 方案.xlsx
    """
    may_write_all({".json": output, ".xlsx": xlsx}, (data, inputs, standard), force=force)
    try:
        with watching(lambda value: f"{plain(value, 2)} 万元") as watch:
            plan = workflow.plan_resources(
                data,
                inputs=inputs,
                on=day,
                standard=standard,
                year=year,
                relax=relax,
                county=county,
                seconds=seconds,
                gap=gap,
                tell=watch.step,
            )
            document = plan.document()
    except InputsRefusedError as error:
        for finding in error.findings[1:_FINDINGS]:  # the error itself tells the first
            click.echo(f"{finding.cell}：{finding.message}", err=True)
        raise
    # First to where it is kept: whoever reads the screen may stop reading.
    if output is not None:
        output.write_text(as_json(document), encoding="utf-8")
    if xlsx is not None:
        write_plan_book(document, xlsx)
    if form == "json":
        click.echo(as_json(document), nl=False)
    else:
        show_resources(document)
    if watch.stopped:
        click.echo("已按 Ctrl-C 停止：方案可行，与最优之差见上。", err=True)
    for file in filter(None, (output, xlsx)):
        written(file)
