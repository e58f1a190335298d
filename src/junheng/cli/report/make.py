"""``junheng report make``: write a report as Word, PDF or Excel."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from junheng import workflow
from junheng.cli.options import Day, force_option, gate_option, may_write, relax_option, year_option
from junheng.planning.contract import read_plan
from junheng.reporting.library import load_report
from junheng.reporting.redact import Mask
from junheng.reporting.texts import read_texts

_MASKS = {"names": Mask(figures=False), "figures": Mask(names=False), "all": Mask()}


@click.command()
@click.argument("name", metavar="报告")
@click.argument("data", metavar="[数据]", required=False)
@click.option(
    "--standard", metavar="标准", help="评估标准的编号或标准文件夹；缺省为报告所用的标准，都能用的取 CN/youzhi_2017。"
)
@click.option("--on", "day", type=Day(), help="评估日期，如 2025-12-31。只用方案的报告不用写。")
@year_option
@relax_option
@gate_option
@click.option("--county", default="", metavar="县", help="数据有几个县时，写哪一个（县代码或名称）。")
@click.option("--school", default="", metavar="学校", help="写一所学校的报告：学校标识码或全称。")
@click.option("--earlier", multiple=True, metavar="数据", help="以前年度的数据，可重复；缺省用数据里的以前学年。")
@click.option("--plan", "plans", multiple=True, type=click.Path(path_type=Path), help="方案文件（.json），可重复。")
@click.option("--texts", type=click.Path(path_type=Path), help="自己的话：YAML 文件，落款、主送、各章补充的段落。")
@click.option("--redact", "masked", is_flag=False, flag_value="all", type=click.Choice(list(_MASKS)),
              help="脱敏版：names 隐去名称，figures 隐去数字，all（或不写）都隐去。")  # fmt: skip
@click.option("-o", "--output", "outputs", multiple=True, required=True, type=click.Path(path_type=Path),
              help="写入的文件，按结尾决定格式：.docx、.pdf、.xlsx；可重复。")  # fmt: skip
@click.option(
    "--template", type=click.Path(path_type=Path), help="Word 样式模板（.docx）：沿用其中的样式、页边距和页眉。"
)
@force_option
def make(
    name: str,
    data: str | None,
    standard: str | None,
    day: date | None,
    year: int | None,
    relax: tuple[str, ...],
    gate: str | None,
    county: str,
    school: str,
    earlier: tuple[str, ...],
    plans: tuple[Path, ...],
    texts: Path | None,
    masked: str | None,
    outputs: tuple[Path, ...],
    template: Path | None,
    force: bool,
) -> None:
    """生成报告，写成 Word、PDF 或 Excel。

    \b
        junheng report make self_assessment 县数据.xlsx --on 2025-12-31 -o 自评报告.docx -o 自评报告.pdf
        junheng report make school_sheet 县数据.xlsx --on 2025-12-31 --school 示例县第一小学 -o 一校一表.docx
    """
    maker = load_report(name)
    for output in outputs:
        if output.suffix.lower().removeprefix(".") not in maker.definition.formats:
            known = "、".join(f".{form}" for form in maker.definition.formats)
            raise workflow.UnknownFormatError(path=output.name, report=maker.label, known=known)
        if not output.absolute().parent.is_dir():  # said before the work, not after it
            raise click.UsageError(f"没有 {output.parent} 这个文件夹，写不进去。请先建好，或换一个地方。")
        may_write(output, (data, *earlier, *map(str, plans), str(texts) if texts else None), force=force)
    if data is not None and day is None:
        raise click.UsageError("有数据就要写明评估日期，如 --on 2025-12-31。")
    if data is None and maker.definition.scope != "plan":
        raise click.UsageError(
            f"“{maker.label}”要用数据：请写 junheng report make {name} 县数据.xlsx --on 2025-12-31 …"
        )
    report = workflow.make_report(
        name,
        data,
        standard=standard,
        on=day,
        year=year,
        relax=relax,
        gate=gate,
        earlier=earlier,
        county=county,
        school=school,
        plans=[read_plan(plan) for plan in plans],
        writer=read_texts(texts) if texts else workflow.NO_WRITER,
        mask=_MASKS[masked] if masked else None,
    )
    for output in outputs:
        written = workflow.write_report(report, output, template=template or maker.template)
        click.echo(_line(written), err=True)
        for notice in written.notices:
            click.echo(f"提醒：{notice}", err=True)
    click.echo(f"校验码 {report.checksum[:16]}；快照 {report.provenance.snapshot[:12] or '未入库'}。", err=True)


def _line(written: workflow.Written) -> str:
    """What was written, and how much of it: a file that was cut off shows."""
    size = [f"{written.pages} 页"] if written.pages else []
    size += [f"表格共 {written.rows} 行"] if written.rows is not None else []
    return f"已写入 {written.path}{f'（{size[0]}）' if size else ''}。"
