"""``junheng web check``: whether an installation is sound, and what to do where it is not."""

from __future__ import annotations

import sys

import click

from junheng.web.commands.installation import on_installation, say


@click.command()
@on_installation
def check() -> None:
    """检查安装：数据库、审计链、数据快照、填报版本、磁盘和安全设置；逐项说明要做什么。

    有问题时退出码为 1。

    \b
        junheng web check
    """
    from junheng.web.commands.health import all_checks

    failed = doubtful = 0
    for one in all_checks():
        failed += one.is_failure
        doubtful += one.is_doubtful
        click.echo(f"{one.mark} {one.name}：{one.words}")
    say(f"✗ 要处理的 {failed} 项，△ 请注意的 {doubtful} 项。" if failed or doubtful else "✓ 全部正常。")
    sys.exit(1 if failed else 0)
