"""``junheng nation check``, ``compact`` and ``withdraw``: keep the national store sound."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from junheng.cli.nation.options import nation_option
from junheng.cli.nation.progress import watched
from junheng.cli.options import SchoolYear, format_option
from junheng.store.compacting import compact as compact_store
from junheng.store.errors import NationEmptyError
from junheng.store.integrity import Damage, conflicts, damages, leftovers
from junheng.store.national import NationalStore
from junheng.workflow.judging import tables_for


@click.command()
@nation_option
@format_option("table", "json")
def check(folder: Path, form: str) -> None:
    """逐个文件核对全国库：都在，内容与入库时一致，各学年都能打开。有问题时退出码为 1。

    已全部被以后的入库替换的文件坏了，中断的入库留下没有人读的文件，只作报告，不算问题。
    """
    store = _nation(folder)
    found: list[Damage] = []
    files = 0
    for load, damaged in watched(damages(store), "核对", len(store.loads)):
        files += len(load.files)
        found += damaged
    harmful = any(damage.needed for damage in found)
    wrong = [] if harmful else [str(error) for error in conflicts(store, tables_for())]
    left = leftovers(store)
    if form == "json":
        damage = [{"load": d.load.number, "file": d.file, "reason": d.reason, "needed": d.needed} for d in found]
        document = {
            "loads": len(store.loads),
            "files": files,
            "damaged": damage,
            "conflicts": wrong,
            "leftovers": [str(path) for path in left],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _show(store, found, wrong, files)
        if left:
            size = sum(path.stat().st_size for path in left)
            words = "没有人读它们；没有别的入库正在进行时可以删去，重复同一次入库也会用上。"
            click.echo(f"中断的入库留下 {len(left)} 个文件（{size} 字节）。{words}")
    sys.exit(1 if harmful or wrong else 0)


def _show(store: NationalStore, found: list[Damage], wrong: list[str], files: int) -> None:
    for damage in found:
        mark, rest = ("✗", "") if damage.needed else ("·", "；其中的数据已全部被以后的入库替换，不影响判定")
        words = f"第 {damage.load.number} 次入库（{damage.load.label}）的 {damage.file} {damage.reason}{rest}。"
        click.echo(f"{mark} {words}")
    for error in wrong:
        click.echo(f"✗ {error}")
    again = sorted({damage.load.label for damage in found if damage.needed})
    if again:
        words = f"请从备份恢复这些文件，或把来源再入库一次：{'；'.join(again)}。"
        click.echo(f"{files} 个文件中 {len(found)} 个有问题。{words}")
    elif not wrong:
        click.echo(f"✓ {len(store.loads)} 次入库，{files} 个文件，现在有效的都与入库时一致，各学年都能打开。")


@click.command()
@nation_option
def compact(folder: Path) -> None:
    """把现在有效的数据重写成一次入库：历次零散入库的上万个小文件并成少数几个，读得快。

    数据、来源和各学年的名称都不变，判定过的不必重判；原来的文件留着，什么也不删。
    """
    store = _nation(folder)
    before = sum(len(load.files) for load in store.loads)
    load = compact_store(store)
    if load is None:
        click.echo("有效的数据本来就在一次入库里，不必整理。")
    else:
        click.echo(f"第 {load.number} 次入库：原来 {before} 个文件中有效的数据并成 {len(load.files)} 个文件。")


@click.command()
@nation_option
@click.argument("counties", nargs=-1, required=True, metavar="县代码…")
@click.option(
    "--year", "years", type=SchoolYear(), multiple=True, required=True, metavar="学年", help="撤下的学年，可重复。"
)
@click.option("--because", default="", metavar="原因", help="写进入库记录的原因，如 县代码变更为 330113。")
def withdraw(folder: Path, counties: tuple[str, ...], years: tuple[int, ...], because: str) -> None:
    """撤下一些县某学年的数据（如县代码变更、入错库），此后不再判定；原来的文件和记录留着，再入库即恢复。"""
    store = _nation(folder)
    for year in years:
        for county in counties:
            store.holder(county, year)  # all or none: a wrong code is said before anything is withdrawn
    for year in years:
        load = store.withdraw(year, counties, label=f"撤下：{because}" if because else "撤下")
        click.echo(f"第 {load.number} 次入库：撤下 {'、'.join(counties)} 的 {year} 学年。")


def _nation(folder: Path) -> NationalStore:
    store = NationalStore(folder)
    if not store.loads:
        raise NationEmptyError(folder=folder)
    return store
