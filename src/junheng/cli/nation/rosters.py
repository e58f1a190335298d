"""``junheng nation rosters``: rosters in the national store."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import click

from junheng.base.errors import JunhengError
from junheng.cli.nation.options import nation_option, region_option
from junheng.cli.options import SchoolYear, engine_options, force_option, may_write
from junheng.engine.choose import EMBEDDED
from junheng.engine.protocol import Engine
from junheng.reporting.rosters.comparison import Status
from junheng.reporting.rosters.sheets import as_csv, comparison_sheet, sums_sheets
from junheng.store.national import NationalStore
from junheng.workflow import rosters as workflow

_WHAT = {"teacher": "教职工", "class": "班级"}
years_option = click.option(
    "--year", "years", type=SchoolYear(), multiple=True, metavar="学年", help="哪些学年，可重复；缺省全部。"
)
folder_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="每个学年写成 .csv 文件的文件夹。"
)


@click.group()
def rosters() -> None:
    """花名册：汇入全国库，逐年汇总，与填报核对。库里没有姓名，教职工编号只存加密的摘要。"""


@rosters.command()
@nation_option
@click.argument("sources", nargs=-1, required=True, metavar="花名册…")
def load(folder: Path, sources: tuple[str, ...]) -> None:
    """把花名册汇入全国库；重复入库不会改变什么，同县同学年再入库的以后一次为准。

    一份有错误时说明原因，其余照常入库，退出码为 1。
    """
    known, refused = {entry.number for entry in NationalStore(folder).loads}, 0
    for source in sources:
        try:
            for entry in workflow.load_rosters_into(folder, [source]):
                ((kind, years),) = entry.covers.items()
                counties = {code for codes in years.values() for code in codes}
                again = "，已在库中" if entry.number in known else ""
                words = f"{len(counties)} 个县，{_WHAT[kind]} {entry.rows} 行{again}。"
                click.echo(f"第 {entry.number} 次入库：{entry.label}；{words}")
        except JunhengError as error:
            click.echo(str(error), err=True)
            refused += 1
    sys.exit(1 if refused else 0)


@rosters.command("sum")
@nation_option
@years_option
@region_option
@folder_option
@force_option
@engine_options
def sum_up(
    folder: Path,
    years: tuple[int, ...],
    region: str,
    output: Path | None,
    force: bool,
    engine: AbstractContextManager[Engine],
) -> None:
    """逐年把花名册汇总成各校的数；空着的得不出来，不当作 0。

    \b
        junheng nation rosters sum --nation 全国库 --year 2025 -o 汇总
    """
    _may_write(output, folder, years, ("学段情况", "全校"), force=force)
    with engine as running:
        for year, sums in workflow.sum_national_rosters(folder, years=years, region=region, engine=_streaming(running)):
            counts = [
                f"{label} {(sums.schools if name == 'teacher' else sums.stages)[f'{name}__rows'].sum()} 行"
                for name, label in _WHAT.items()
                if f"{name}__rows" in sums.stages.columns
            ]
            click.echo(
                f"{year} 学年：{sums.stages['school_code'].n_unique()} 所学校，{'，'.join(counts)}；"
                f"得不出来的数 {workflow.open_amounts(sums)} 个，登记在几所学校的 {workflow.people_twice(sums)} 人。"
            )
            if unplaced := workflow.unplaced_people(sums):
                click.echo(f"其中 {unplaced} 行没有填任教学段，不知道算在哪个学段：这些学校的各学段都得不出来。")
            for name, _, columns, rows in sums_sheets(sums, None):
                _write(output, year, name, as_csv((name, "", columns, rows)))


@rosters.command()
@nation_option
@years_option
@region_option
@folder_option
@force_option
@engine_options
def compare(
    folder: Path,
    years: tuple[int, ...],
    region: str,
    output: Path | None,
    force: bool,
    engine: AbstractContextManager[Engine],
) -> None:
    """逐年把花名册的汇总与各县填报核对，不一致的逐校逐项写成文件。"""
    _may_write(output, folder, years, ("核对",), force=force)
    with engine as running:
        for year, found in workflow.compare_national_rosters(
            folder, years=years, region=region, engine=_streaming(running)
        ):
            counts = "，".join(f"{status.zh} {found.count(status)}" for status in Status)
            click.echo(f"{year} 学年：一致 {found.agreeing}，{counts}。")
            _write(output, year, "核对", as_csv(comparison_sheet(found)))


def _streaming(engine: Engine) -> Engine | None:
    """The embedded engine streams persons, so that they need not fit in memory."""
    return None if engine.name == EMBEDDED else engine


def _may_write(output: Path | None, folder: Path, years: tuple[int, ...], names: Sequence[str], *, force: bool) -> None:
    """Asked before the work: see that no file of ``names`` in a year is there already."""
    if output is not None:
        for year in years or {year for kind in _WHAT for year in NationalStore(folder).years(kind)}:
            for name in names:
                may_write(_file(output, year, name), (), force=force)


def _write(output: Path | None, year: int, name: str, text: str) -> None:
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        _file(output, year, name).write_text(text, encoding="utf-8-sig", newline="")
        click.echo(f"已写入 {_file(output, year, name)}。", err=True)


def _file(output: Path, year: int, name: str) -> Path:
    return output / f"{year}_{name}.csv"
