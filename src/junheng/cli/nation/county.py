"""``junheng nation explain`` and ``take``: one county out of the national store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from junheng.cli.explain import STAGES, show_reasons
from junheng.cli.nation.options import nation_option
from junheng.cli.options import Day, SchoolYear, format_option, standard_option
from junheng.workflow.nation_county import judge_county
from junheng.workflow.nation_county import take as take_county


@click.command()
@nation_option
@click.argument("county", metavar="县代码")
@click.option("--year", type=SchoolYear(), required=True, metavar="学年", help="哪个学年的判定。")
@standard_option
@click.option("--on", "day", type=Day(), help="评估日期；缺省为该学年的 12 月 31 日，与 nation judge 相同。")
@click.option("--school", metavar="学校", help="学校标识码或学校全称。缺省说明全县。")
@click.option("--stage", type=click.Choice(["primary", "junior", *STAGES]), help="只看一个学段。")
@click.option("--indicator", metavar="指标", help="指标的编号或名称，如 pe_arts_teachers_per_100。")
@format_option("text", "json")
def explain(
    folder: Path,
    county: str,
    year: int,
    standard: str,
    day: date | None,
    school: str | None,
    stage: str | None,
    indicator: str | None,
    form: str,
) -> None:
    """说明库中一个县的判定理由，与 junheng explain 相同；只读这一个县的数据。

    入库前的快照还在数据仓里、内容又与库中一致时，理由写到填报的单元格。

    \b
        junheng nation explain 330106 --year 2025 --nation 全国库
        junheng nation explain 330106 --year 2025 --school 第一小学 --nation 全国库
    """
    if indicator and not school:
        raise click.UsageError("看一项指标的理由要指定学校，请加 --school。")
    judgement = judge_county(folder, county, year, standard=standard, day=day)
    show_reasons(judgement, school=school, indicator=indicator, stage=stage, form=form)


@click.command()
@nation_option
@click.argument("county", metavar="县代码")
@click.option(
    "--year", "years", type=SchoolYear(), multiple=True, required=True, metavar="学年", help="取出的学年，可重复。"
)
@click.option("--standard", "standards", multiple=True, metavar="标准", help="连同这一标准自带的表册和列，可重复。")
def take(folder: Path, county: str, years: tuple[int, ...], standards: tuple[str, ...]) -> None:
    """取出一个县的数据存为快照，输出快照编号；此后 judge、plan、report 等命令都可以用它。

    \b
        junheng judge $(junheng nation take 330106 --year 2025 --nation 全国库) --on 2025-12-31
    """
    dataset = take_county(folder, county, years, standards=standards)
    click.echo(f"{dataset.name} {'、'.join(map(str, sorted(years)))} 学年已存为快照：", err=True)
    click.echo(dataset.snapshot)
