"""``junheng nation load`` and ``list``."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.nation.options import nation_option
from junheng.store.national import NationalStore
from junheng.workflow.nation import load_into


@click.command()
@nation_option
@click.argument("sources", nargs=-1, required=True, metavar="数据…")
def load(folder: Path, sources: tuple[str, ...]) -> None:
    """把县数据（文件、文件夹或快照编号）汇入全国库；重复入库不会改变什么。"""
    for entry in load_into(folder, sources):
        counties = {code for years in entry.covers.values() for codes in years.values() for code in codes}
        click.echo(f"第 {entry.number} 次入库：{entry.label}，{len(counties)} 个县，{sum(entry.files.values())} 行。")


@click.command("list")
@nation_option
def list_loads(folder: Path) -> None:
    """列出已入库的数据。"""
    for entry in NationalStore(folder).loads:
        years = "、".join(map(str, entry.covers.get("filing", {})))
        click.echo(f"{entry.number}\t{entry.loaded_at}\t{entry.name[:12]}\t{entry.label}\t{years}")
