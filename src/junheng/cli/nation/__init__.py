"""``junheng nation``: many counties and years together – load, judge, watch, forecast."""

from __future__ import annotations

import click

from junheng.cli.nation.county import explain, take
from junheng.cli.nation.forecast import forecast
from junheng.cli.nation.judging import judge
from junheng.cli.nation.keeping import check, compact, withdraw
from junheng.cli.nation.loading import list_loads, load
from junheng.cli.nation.monitor import monitor
from junheng.cli.nation.rosters import rosters


@click.group()
def nation() -> None:
    """省、全国：把各县各年的数据汇入一个库，逐年判定、监测、预测。

    库是一个文件夹，按学年和省份存放；县里的数据照旧，入库只增不改。
    """


for command in (load, list_loads, check, judge, explain, take, withdraw, compact, rosters, monitor, forecast):
    nation.add_command(command)
