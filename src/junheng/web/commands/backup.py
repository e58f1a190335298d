"""``junheng web backup``: one file with everything an installation keeps."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.web.commands.errors import NothingInstalledError
from junheng.web.commands.installation import on_installation, say


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="文件已存在时覆盖。")
@on_installation
def backup(file: Path, force: bool) -> None:
    """把数据库、数据快照、文件和密钥备份到一个文件；服务不用停。

    备份含全部数据和签名密钥，请放在别人读不到的地方。

    \b
        junheng web backup 备份.tar
    """
    from django.conf import settings

    from junheng.web.commands.archive import write_backup
    from junheng.web.commands.migrations import has_tables

    if file.exists() and not force:
        raise click.UsageError(f"{file} 已存在。要覆盖请加 --force，或换一个文件名。")
    if not has_tables():
        raise NothingInstalledError(home=settings.HOME)
    written = write_backup(file)
    say(f"已备份到 {file}：{written.files} 个文件，{written.size / 2**20:.1f} MB。请另存到别的机器上。")
