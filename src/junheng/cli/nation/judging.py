"""``junheng nation judge``: every county of the store, year by year."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.nation.options import nation_option
from junheng.cli.options import SchoolYear, standard_option
from junheng.workflow.nation import judge_nation


@click.command()
@nation_option
@standard_option
@click.option(
    "--year", "years", type=SchoolYear(), multiple=True, metavar="学年", help="判定的学年，可重复；缺省全部。"
)
def judge(folder: Path, standard: str, years: tuple[int, ...]) -> None:
    """逐年判定库中全部县，结果留在库旁供监测使用。每个学年按当年 12 月 31 日判定。"""
    for judgement in judge_nation(folder, standard=standard, years=years):
        counts = dict(judgement.counties["outcome"].value_counts().iter_rows())
        click.echo(f"{judgement.year} 学年：{counts}")
