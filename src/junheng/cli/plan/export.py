"""``junheng plan export``: a kept plan as a book, or as a list of tasks."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.options import force_option
from junheng.cli.plan.files import may_write_all, written
from junheng.planning.contract import read_plan
from junheng.reporting.plan_book import write_plan_book
from junheng.reporting.plan_tasks import write_tasks

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("plan", metavar="方案.json", type=_FILE)
@click.option("--xlsx", type=_FILE, metavar="方案.xlsx", help="写出方案册。")
@click.option(
    "--tasks", type=_FILE, metavar="任务.csv", help="写出任务清单（.csv 或 .xlsx），责任人、期限、完成情况留空。"
)
@force_option
def export(plan: Path, xlsx: Path | None, tasks: Path | None, force: bool) -> None:
    """把写成文件的方案做成 Excel 方案册，或分到人的任务清单。

    \b
        junheng plan export 方案.json --xlsx 方案.xlsx
        junheng plan export 方案.json --tasks 任务.csv
    """
    if xlsx is None and tasks is None:
        raise click.UsageError("写出什么？请加 --xlsx 方案.xlsx 或 --tasks 任务.csv。")
    may_write_all({".xlsx": xlsx, ".csv .xlsx": tasks}, (str(plan),), force=force)
    document = read_plan(plan)
    if xlsx is not None:
        write_plan_book(document, xlsx)
        written(xlsx)
    if tasks is not None:
        write_tasks(document, tasks)
        written(tasks)
