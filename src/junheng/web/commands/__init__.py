"""``junheng web …``: what runs an installation. Django is imported only when one of these commands runs."""

from __future__ import annotations

import click

from junheng.web.commands.backup import backup
from junheng.web.commands.check import check
from junheng.web.commands.create_admin import create_admin
from junheng.web.commands.demo import demo
from junheng.web.commands.mail import mail
from junheng.web.commands.migrate import migrate
from junheng.web.commands.nation_load import nation_load
from junheng.web.commands.restore import restore
from junheng.web.commands.serve import serve
from junheng.web.commands.worker import worker


@click.group()
def web() -> None:
    """网页版：安装、运行、备份和检查。

    \b
    先看示例；正式使用时先建库、建管理员，再启动服务和后台任务：
        junheng web demo --serve
        junheng web migrate
        junheng web create-admin admin
        junheng web serve
        junheng web worker
    """


for command in (migrate, create_admin, serve, worker, backup, restore, check, mail, nation_load, demo):
    web.add_command(command)

__all__ = ["web"]
