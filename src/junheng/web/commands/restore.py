"""``junheng web restore``: an installation again, from its backup."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.web.commands.installation import on_installation, say


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@on_installation
def restore(file: Path) -> None:
    """从备份恢复到一个空的安装；逐个核对文件的校验值，有一个不对就什么也不恢复。

    \b
        junheng web restore 备份.tar --home /srv/junheng
    """
    from django.conf import settings

    from junheng.web.commands.archive import read_backup

    read = read_backup(file)
    say(f"已恢复 {read.files} 个文件到 {settings.HOME}。请运行 junheng web migrate 和 junheng web check，再启动服务。")
