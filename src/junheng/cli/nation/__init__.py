"""``junheng nation``: many counties and years together – load, judge, watch, forecast."""

from __future__ import annotations

import click

from junheng.cli.nation.judging import judge
from junheng.cli.nation.loading import list_loads, load


@click.group()
def nation() -> None:
    """省、全国：把各县各年的数据汇入一个库，逐年判定、监测、预测。

    库是一个文件夹，按学年和省份存放；县里的数据照旧，入库只增不改。
    """


for command in (load, list_loads, judge):
    nation.add_command(command)
