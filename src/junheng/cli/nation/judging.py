"""``junheng nation judge``: every county of the store, year by year."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path

import click
import polars as pl

from junheng.base.errors import JunhengError
from junheng.base.outcome import Outcome
from junheng.cli.nation.options import nation_option, region_option
from junheng.cli.nation.progress import watched
from junheng.cli.options import SchoolYear, engine_options, format_option, standard_option
from junheng.cli.rows import show_rows
from junheng.engine.protocol import Engine
from junheng.standards.errors import StandardNotInForceError
from junheng.store.errors import NationalYearMissingError, NationEmptyError
from junheng.store.national import NationalStore
from junheng.workflow.nation import JudgedYear, judge_nation

_OUTCOMES = {str(outcome): outcome.zh for outcome in Outcome}
_YEARS = {"year": "学年", "counties": "县", **_OUTCOMES, "seconds": "用时（秒）", "how": "说明"}
_VERDICTS = {
    "school_year": "学年",
    "county_code": "县代码",
    "county_name": "县",
    "outcome": "结论",
    "schools": "学校（按学段）",
    "met": "达标",
    "unmet": "未达标",
    "unknown": "无法判定",
    "pupils": "在校生",
}


@click.command()
@nation_option
@standard_option
@click.option(
    "--year", "years", type=SchoolYear(), multiple=True, metavar="学年", help="判定的学年，可重复；缺省全部。"
)
@region_option
@click.option("--again", is_flag=True, help="没有变化的学年也重新判定。")
@format_option("table", "json", "csv")
@engine_options
def judge(
    folder: Path,
    standard: str,
    years: tuple[int, ...],
    region: str,
    again: bool,
    form: str,
    engine: AbstractContextManager[Engine],
) -> None:
    """逐年判定库中全部县，结果留在库旁供监测使用。每个学年按当年 12 月 31 日判定。

    数据、标准和程序都没有变化的学年不重判。某一学年判定不了时说明原因，其余照常，退出码为 1；
    没有指定学年时，早于标准施行的学年只作说明。
    只判一部分县（--region）时结果不留存。json 和 csv 为各县的结论，一县一学年一行。

    \b
        junheng nation judge --nation 全国库
        junheng nation judge --nation 全国库 --year 2025 --format csv
        junheng nation explain 330106 --year 2025 --nation 全国库
    """
    store = NationalStore(folder)
    if not store.loads:
        raise NationEmptyError(folder=folder)
    wanted = years or tuple(store.years(region=region))
    if not wanted:  # rosters alone, or no such region
        raise NationalYearMissingError(folder=folder, year="任何", region=region or "全国", known="（无）")
    judged: list[dict[str, object]] = []
    verdicts: list[dict[str, object]] = []
    failed = 0
    with engine as running:
        for year in watched(wanted, "判定", len(wanted)):
            try:
                found = judge_nation(store, standard=standard, years=[year], region=region, engine=running, again=again)
                for entry in found:
                    judged.append(_year(entry))
                    verdicts += _verdicts(entry, form) if form != "table" else []
            except JunhengError as error:
                # Of all years that were loaded, some may be older than the standard.
                failed += bool(years) or not isinstance(error, StandardNotInForceError)
                click.echo(f"{year} 学年没有判定：{error}", err=True)
    if form == "table":
        if judged:
            show_rows(form, f"按 {standard} 逐年判定", _YEARS, judged, right=("counties", *_OUTCOMES, "seconds"))
    else:
        show_rows(form, "各县结论", _VERDICTS, verdicts)
    sys.exit(1 if failed else 0)


def _year(entry: JudgedYear) -> dict[str, object]:
    counts = dict(entry.counties["outcome"].value_counts().iter_rows())
    return {
        "year": entry.about.year,
        "counties": entry.counties.height,
        **{name: counts.get(name, 0) for name in _OUTCOMES},
        "seconds": f"{entry.seconds:.1f}",
        "how": "" if entry.fresh else "没有变化，未重判",
    }


def _verdicts(entry: JudgedYear, form: str) -> list[dict[str, object]]:
    """A row a county; programs get the outcomes' own names, people their words."""
    counties = entry.counties.select(list(_VERDICTS)).sort("county_code")
    return (counties.with_columns(pl.col("outcome").replace(_OUTCOMES)) if form == "csv" else counties).to_dicts()
