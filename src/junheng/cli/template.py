"""``junheng template``: the workbook that a county fills."""

from __future__ import annotations

from pathlib import Path

import click

from junheng import workflow
from junheng.cli.options import force_option, may_write, standard_option

_OFFICES = ("school", "county", "finance", "personnel", "inspector")


@click.command()
@standard_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写入的 .xlsx 文件。"
)
@click.option("--from", "data", metavar="数据", help="用已有数据预填，供核对和续填。")
@click.option(
    "--supplement", "forms", metavar="年报文件夹", help="只生成补充表：统计报表没有而标准要用的内容，逐校列好。"
)
@click.option(
    "--for", "office", type=click.Choice(_OFFICES), help="只列由某一类单位填报的列（学校、县、财政、人社、督学）。"
)
@force_option
def template(standard: str, output: Path, data: str | None, forms: str | None, office: str | None, force: bool) -> None:
    """生成填报模板：只列该标准用得到的列，带填报说明、下拉选项和范围检查。

    \b
        junheng template --standard CN/youzhi_2017 -o 填报模板.xlsx
        junheng template --supplement 年报/ -o 补充表.xlsx
    """
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError("模板是 .xlsx 文件，请把文件名写成 填报模板.xlsx 的样子。")
    if forms is not None and (data is not None or office is not None):
        raise click.UsageError("--supplement 不能与 --from、--for 同用。")
    # The supplement is meant to lie among the forms; that it is there already is asked about like any other file.
    may_write(output, (data, standard), force=force)
    if forms is not None:
        workflow.supplement(forms, output, standard=standard)
        click.echo(f"已写入 {output}。填好后与报表放在同一个文件夹里。", err=True)
        return
    dataset = workflow.load(data, standards=[standard]) if data else None
    workflow.template(standard, output, dataset=dataset, filled_by=office)
    click.echo(f"已写入 {output}。", err=True)
