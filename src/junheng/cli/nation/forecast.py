"""``junheng nation forecast``: pupils of all counties of the store."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.forecast import check_output, forecast_options, show_backtest, show_forecast
from junheng.cli.nation.options import nation_option, region_option
from junheng.store.national import NationalStore
from junheng.workflow.forecast import backtest as run_backtest
from junheng.workflow.forecast import forecast as run_forecast


@click.command()
@nation_option
@region_option
@forecast_options
@click.option(
    "--judged", is_flag=True, help="资源不变，逐年再判定：哪些学校哪年跌破哪条标准；请同时用 --region 限定省、市或县。"
)
def forecast(
    folder: Path,
    region: str,
    years: int,
    entry: Path | None,
    standard: str,
    ratios: tuple[tuple[str, float], ...],
    tested: bool,
    what: str | None,
    form: str,
    output: Path | None,
    force: bool,
    judged: bool,
) -> None:
    """预测库中各县各校的学生数，给出区间，并推算班级、学位、教师。

    升级率向同县、全国同类学校靠拢；限定了 --region 时，参照的是它所在的省。

    \b
        junheng nation forecast --nation 全国库 --region 33
        junheng nation forecast --nation 全国库 --backtest
        junheng nation forecast --nation 全国库 --region 330181 --judged --format xlsx -o 预测.xlsx
    """
    check_output(form, output, (None if entry is None else str(entry),), force=force)
    store = NationalStore(folder)
    if tested and form != "xlsx":
        show_backtest(run_backtest(store, horizons=years, region=region), form, output)
        return
    found = run_forecast(
        store,
        years=years,
        region=region,
        entry=entry,
        standard=standard,
        judged=judged or what in ("falls", "coefficients"),
        pupils_per_teacher=dict(ratios),
    )
    show_forecast(found, what, form, output, run_backtest(store, horizons=years, region=region) if tested else None)
