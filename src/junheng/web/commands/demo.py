"""``junheng web demo``: an example installation to look at and to try."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from junheng.web.commands.errors import NotEmptyError, WorkbookMissingError
from junheng.web.commands.installation import on_installation, say

if TYPE_CHECKING:
    from junheng.web.demo.people import SignIn

_EXAMPLE = Path("examples/county.xlsx")


@click.command()
@click.option("--serve", is_flag=True, help="装好后启动网页服务和后台任务，直到按 Ctrl-C。")
@click.option("--port", type=int, default=8000, show_default=True, help="网页服务的端口。")
@click.option(
    "--workbook",
    type=click.Path(dir_okay=False, path_type=Path),
    help="示例县的工作簿；缺省为源码目录的 examples/county.xlsx。",
)
@click.option("--password", help="所有示例人员共用的密码，供自动测试；缺省各人随机，只显示一次。")
@on_installation
def demo(serve: bool, port: int, workbook: Path | None, password: str | None) -> None:
    """装入示例县（合成数据）：三个学年、每种角色一个人，可直接登录试用。

    只装入空的安装；已经装过示例的，只换发示例人员的密码。

    \b
        junheng web demo --serve
    """
    show(build(workbook, password or ""))
    if serve:
        from junheng.web.commands.together import run_together

        run_together(port)


def build(workbook: Path | None, password: str) -> list[SignIn]:
    """Build the example, or give its people new passwords where it is there already."""
    from django.conf import settings
    from django.utils import timezone

    from junheng import workflow
    from junheng.web.commands.migrate import apply_migrations
    from junheng.web.demo.building import build_demo, is_demo, is_empty
    from junheng.web.demo.example_report import write_example_report
    from junheng.web.demo.people import renew_passwords
    from junheng.web.demo.watching import watch_example

    apply_migrations()
    if is_demo():
        say("示例已经装好，这次只换发示例人员的密码。")
        return renew_passwords(password=password)
    if not is_empty():
        raise NotEmptyError(home=settings.HOME)
    file = find_workbook(workbook)
    say(f"正在装入 {file.name}：三个学年的填报、审核和判定，约需半分钟……")
    made = build_demo(workflow.check(file).dataset, today=timezone.localdate(), password=password)
    watch_example()
    write_example_report(made.period.county, made.people["officer"])
    return made.sign_ins


def find_workbook(named: Path | None) -> Path:
    """The workbook that was named, else that of the working copy.

    Raises:
        WorkbookMissingError: there is none.
    """
    tried = [named] if named else [_EXAMPLE, Path(__file__).parents[4] / _EXAMPLE]
    for file in tried:
        if file.is_file():
            return file
    raise WorkbookMissingError(file=tried[0])


def show(sign_ins: list[SignIn]) -> None:
    """Print who can sign in; the passwords are kept nowhere."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="示例人员（密码只显示这一次，再运行本命令会换发）", title_justify="left")
    for head in ("用户名", "密码", "角色", "地区"):
        table.add_column(head, overflow="fold")
    for entry in sign_ins:
        table.add_row(entry.username, entry.password, entry.role, entry.place)
    Console(width=None if sys.stdout.isatty() else 140).print(table)
