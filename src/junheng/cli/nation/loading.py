"""``junheng nation load`` and ``list``: what goes into the national store, and what is in it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from junheng.base.errors import JunhengError
from junheng.cli.nation.options import nation_option
from junheng.cli.nation.progress import watched
from junheng.cli.options import format_option
from junheng.cli.rows import show_rows
from junheng.store.errors import NationalYearMissingError, NationEmptyError
from junheng.store.national import FILING, FISCAL, NationalStore
from junheng.workflow.judging import DatasetRefusedError, tables_for
from junheng.workflow.nation import Arrival, Replaced, each_within, load_into, snapshots_by_age

_FINDINGS_SHOWN = 5
_SHRUNK_SHOWN = 10


@click.command()
@nation_option
@click.argument("sources", nargs=-1, metavar="[数据]…")
@click.option("--each", is_flag=True, help="文件夹里的每个文件、每个子文件夹各是一份数据；缺省整个文件夹合成一份。")
@click.option("--snapshots", is_flag=True, help="汇入数据仓里的全部快照，先入仓的在前；单独一所学校的快照会被拒绝。")
@click.option("--standard", "standards", multiple=True, metavar="标准", help="连同这一标准自带的表册和列，可重复。")
def load(folder: Path, sources: tuple[str, ...], each: bool, snapshots: bool, standards: tuple[str, ...]) -> None:
    """把县数据（文件、文件夹或快照编号）汇入全国库。

    每份数据先检查，有错误的不入库，说明原因，其余照常入库；有被拒绝的，退出码为 1。
    同一个县同一学年以后入库的为准。已在库中的不再入库，所以中断之后把同样的命令再执行一次即可。

    \b
        junheng nation load 甲县.xlsx 乙县.xlsx --nation 全国库
        junheng nation load 各县报表/ --each --nation 全国库
    """
    wanted = [*(snapshots_by_age() if snapshots else []), *_expanded(sources, each=each)]
    if not wanted:
        raise click.UsageError("请写要汇入的文件、文件夹或快照编号，或加 --snapshots 汇入数据仓里的全部快照。")
    before = {entry.number for entry in NationalStore(folder).loads}
    arrivals: list[Arrival] = []
    try:
        for arrival in load_into(folder, watched(wanted, "入库", len(wanted)), standards=standards):
            arrivals.append(arrival)
            if arrival.refused is not None:
                _show_refused(arrival.source, arrival.refused)
    finally:  # what was loaded before the disk was full stays loaded
        _show_loads(arrivals, before)
    _remark_on_schools_twice(NationalStore(folder), arrivals)
    refused = sum(arrival.refused is not None for arrival in arrivals)
    if refused:
        click.echo(f"共 {len(arrivals)} 份数据，{refused} 份没有入库，原因见上。", err=True)
    sys.exit(1 if refused else 0)


def _expanded(sources: Sequence[str], *, each: bool) -> list[str]:
    if not each:
        return list(sources)
    return [found for source in sources for found in (each_within(source) if Path(source).is_dir() else [source])]


def _show_refused(source: str, error: JunhengError) -> None:
    """Why a source was not loaded, with the first cells, as ``junheng check`` says it."""
    if not isinstance(error, DatasetRefusedError):
        click.echo(f"没有入库：{source}\n  {error}", err=True)
        return
    click.echo(f"没有入库：{source} 有 {len(error.findings)} 处错误", err=True)
    for finding in error.findings[:_FINDINGS_SHOWN]:
        value = f"“{finding.value}” " if finding.value else ""
        click.echo(f"  {finding.cell}：{value}{finding.message}（{finding.check}）", err=True)
    if len(error.findings) > _FINDINGS_SHOWN:
        click.echo(f"  …… 用“junheng check {source}”查看全部", err=True)


def _show_loads(arrivals: Sequence[Arrival], before: set[int]) -> None:
    """What the new loads brought; what was there already; then whatever a person should look at."""
    loads = {arrival.load.number: arrival.load for arrival in arrivals if arrival.load is not None}
    for number, entry in sorted(loads.items()):
        if number not in before:
            years = "、".join(map(str, entry.covers.get(FILING, {})))
            words = f"{len(entry.sources)} 份数据，{len(entry.counties)} 个县，{years or '无'} 学年，{entry.rows} 行。"
            click.echo(f"第 {number} 次入库：{entry.label}；{words}")
    if known := [arrival for arrival in arrivals if arrival.known]:
        click.echo(f"已在库中，没有再入库：{len(known)} 份。")
    replaced = [entry for arrival in arrivals for entry in arrival.replaced]
    if replaced:
        click.echo(f"替换了库中原有的 {len(replaced)} 个县次（一县一学年为一个县次）。")
    _remark_on_fewer_schools([entry for entry in replaced if entry.now < entry.before])
    for arrival in arrivals:
        for year, counties in arrival.left_out.items():
            words = f"{'、'.join(counties)} 的 {year} 学年没有“学段情况”，该学年的其他数据没有入库。"
            click.echo(f"注意：{Path(arrival.source).name} 中 {words}", err=True)


def _remark_on_fewer_schools(shrunk: Sequence[Replaced]) -> None:
    for entry in shrunk[:_SHRUNK_SHOWN]:
        words = f"{entry.county} 县 {entry.year} 学年由 {entry.before} 所学校变为 {entry.now} 所，请核对是否完整。"
        click.echo(f"注意：{words}", err=True)
    if len(shrunk) > _SHRUNK_SHOWN:
        click.echo(f"…… 学校变少的县次共 {len(shrunk)} 个。", err=True)


def _remark_on_schools_twice(store: NationalStore, arrivals: Sequence[Arrival]) -> None:
    """Said now, not only when the year is judged, which it cannot be."""
    loads = [arrival.load for arrival in arrivals if arrival.load is not None]
    schools = tables_for()["school"]
    for year in sorted({year for load in loads for year in load.covers.get(FILING, {})}):
        try:
            store.check_schools(schools, year)
        except JunhengError as error:
            click.echo(f"注意：{error}", err=True)


_KINDS = {FILING: "填报", FISCAL: "财政"}
_LOADS = {
    "number": "次序",
    "loaded_at": "入库时间（UTC）",
    "label": "来源",
    "kinds": "内容",
    "years": "学年",
    "counties": "县",
    "rows": "行",
    "bytes": "字节",
    "name": "名称",
}


@click.command("list")
@nation_option
@click.option("--counties", is_flag=True, help="各县各学年有多少所学校，来自哪里；缺省列出历次入库。")
@click.option("--region", default="", metavar="代码", help="与 --counties 同用：只列代码以此开头的县。")
@format_option("table", "json", "csv")
def list_loads(folder: Path, counties: bool, region: str, form: str) -> None:
    """列出历次入库；加 --counties 列出各县各学年的学校数，没有数据的空着。"""
    store = NationalStore(folder)
    if not store.loads:
        raise NationEmptyError(folder=folder)
    if counties:
        _list_counties(store, region, form)
        return
    rows = [
        {
            "number": entry.number,
            "loaded_at": entry.loaded_at.removesuffix("+00:00").replace("T", " "),
            "label": entry.label,
            "kinds": "、".join(dict.fromkeys(_KINDS.get(kind, "花名册") for kind in entry.covers)),
            "years": _span(sorted({year for kind in entry.covers if kind != FISCAL for year in entry.covers[kind]})),
            "counties": len(entry.counties),
            "rows": entry.rows,
            "bytes": entry.size,
            "name": entry.name if form != "table" else entry.name[:12],
        }
        for entry in store.loads
    ]
    show_rows(form, f"全国库 {folder} 的历次入库", _LOADS, rows, right=("number", "counties", "rows", "bytes"))


def _list_counties(store: NationalStore, region: str, form: str) -> None:
    by_year = {year: store.sizes(year) for year in store.years()}
    codes = sorted({code for sizes in by_year.values() for code in sizes if code.startswith(region)})
    if not codes:  # rosters alone, or no such region
        raise NationalYearMissingError(folder=store.folder, year="任何", region=region or "全国", known="（无）")
    rows = []
    for code in codes:
        held = [year for year in by_year if code in by_year[year]]
        load, source = store.holder(code, held[-1])
        sizes = {str(year): by_year[year].get(code) for year in by_year}
        rows.append({"county_code": code, **sizes, "load": load.number, "label": source.label})
    heads = {"county_code": "县代码", **{str(year): str(year) for year in by_year}}
    heads |= {"load": "最近学年的入库次序", "label": "最近学年的来源"}
    show_rows(form, f"全国库 {store.folder} 各县各学年的学校数", heads, rows, right=(*map(str, by_year), "load"))


def _span(years: Sequence[int]) -> str:
    """2017—2026 where none lacks between, else one by one."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}—{years[-1]}"
    return "、".join(map(str, years))
