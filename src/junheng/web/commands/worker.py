"""``junheng web worker``: runs the jobs."""

from __future__ import annotations

import click

from junheng.web.commands.installation import on_installation, say
from junheng.web.commands.migrations import require_migrated


@click.command()
@click.option("--once", is_flag=True, help="做完排队的任务就退出，供定时任务和测试。")
@on_installation
def worker(once: bool) -> None:
    """运行后台任务：判定、导入、导出。可以同时开几个；被中断的任务会自动接着做。

    \b
        junheng web worker
    """
    from junheng.web.jobs.worker import Worker

    require_migrated()
    if not once:
        say("后台任务已启动（按 Ctrl-C 停止）。")
    Worker().run(once=once)
