"""``junheng snapshots``: what is in the store."""

from __future__ import annotations

import json

import click

from junheng.cli.console import console, new_table
from junheng.store.snapshot import Store


@click.command()
def snapshots() -> None:
    """列出已入库的数据快照。快照编号可以代替文件用于 judge 和 explain。"""
    store = Store.default()
    table = new_table(f"数据仓 {store.folder}", "快照", "名称", "行数", "来源文件", right=("行数",))
    for home in store.snapshots():
        manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
        files = "、".join(file["name"] for file in manifest["files"])
        table.add_row(home.name[:16], manifest["name"], str(sum(manifest["rows"].values())), files)
    console().print(table)
