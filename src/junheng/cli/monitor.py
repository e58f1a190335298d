"""``junheng monitor``: one file with several school years, over the years."""

from __future__ import annotations

from typing import Any

import click

from junheng.cli.monitoring import monitoring_options, show
from junheng.cli.options import data_argument, standard_option
from junheng.workflow.monitoring import monitor as watch


@click.command()
@data_argument
@standard_option
@monitoring_options
def monitor(data: str, standard: str, **shown: Any) -> None:  # noqa: ANN401  # what ``show`` takes
    """监测：数据中各学年逐年判定，看走势、预警、分布、不均衡从何而来。

    每个学年按当年 12 月 31 日判定。全国库用 junheng nation monitor。

    \b
        junheng monitor 县数据.xlsx
        junheng monitor 县数据.xlsx --what warnings --what trends
        junheng monitor 县数据.xlsx --format xlsx -o 监测册.xlsx
    """
    show(lambda: watch(data, standard=standard), (data, standard), **shown)
