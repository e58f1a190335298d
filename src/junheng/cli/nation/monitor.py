"""``junheng nation monitor``: the counties of the national store over the years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.monitoring import monitoring_options, show
from junheng.cli.nation.options import nation_option, region_option
from junheng.cli.options import standard_option
from junheng.monitoring.monitoring import Monitoring
from junheng.store.national import NationalStore
from junheng.workflow.monitoring import monitor as monitor_counties
from junheng.workflow.nation import stale_years


@click.command()
@nation_option
@standard_option
@region_option
@monitoring_options
def monitor(folder: Path, standard: str, region: str, **shown: Any) -> None:  # noqa: ANN401  # what ``show`` takes
    """监测：库中判定过的各县各学年，看走势、预警、排名、分布、不均衡的分解、阶段目标。

    先用 junheng nation judge 判定；这里不再判定。

    \b
        junheng nation monitor --nation 全国库
        junheng nation monitor --nation 全国库 --region 33 --what warnings
        junheng nation monitor --nation 全国库 --what ranking --measure share:met_share
        junheng nation monitor --nation 全国库 --format xlsx -o 监测册.xlsx
    """

    def watch() -> Monitoring:
        watched = monitor_counties(NationalStore(folder), standard=standard, region=region)
        _say_stale(folder, standard)
        return watched

    show(watch, (str(folder), standard), **shown)


def _say_stale(folder: Path, standard: str) -> None:
    """Which years were judged of something that has changed since: a line a reason."""
    by_reason: dict[str, list[int]] = {}
    for year, why in stale_years(folder, standard=standard).items():
        by_reason.setdefault(why.zh, []).append(year)
    for reason, years in by_reason.items():
        listed = "、".join(map(str, years))
        click.echo(f"注意：{listed} 学年{reason}，请用 junheng nation judge 重新判定。", err=True)
