"""``junheng monitor`` and ``junheng nation monitor``: counties over the years, on the screen or as files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from junheng.base.exact import plain
from junheng.base.terms import Stage
from junheng.cli.console import console, new_table
from junheng.cli.options import Command, SchoolYear, force_option, format_option, may_write
from junheng.intake.template import write_workbook
from junheng.monitoring.distribution import REGIONS
from junheng.monitoring.monitoring import Monitoring
from junheng.monitoring.targets import Targets, read_targets
from junheng.reporting.csv_text import csv_text
from junheng.reporting.monitoring_book import write_monitoring_book
from junheng.reporting.monitoring_tables import VIEWS, MonitoringTable, outcome_text, tables_of
from junheng.tables.catalogue import target_tables

_SHOWN = 40  # rows of a table on the screen
_HELP = f"看什么，可重复，缺省总览：{'；'.join(f'{name} {word}' for name, word in VIEWS.items())}。"


def monitoring_options(command: Command) -> Command:
    """What is shown of a Monitoring, and how."""
    options: Sequence[Callable[[Command], Command]] = (
        click.option("--what", "views", type=click.Choice(list(VIEWS)), multiple=True, help=_HELP),
        click.option("--year", "at", type=SchoolYear(), metavar="学年", help="只有一个学年的表看哪一学年，缺省最近。"),
        click.option(
            "--measure",
            "measures",
            multiple=True,
            metavar="监测项",
            help="按什么排名：cv:指标:学段、check:指标 或 share:met_share，可重复；缺省全部差异系数和达标学校占比。",
        ),
        click.option(
            "--by", type=click.Choice(["town", *reversed(REGIONS)]), default="county", show_default=True,
            help="汇总、完成率和达标情况按什么地区。",
        ),
        click.option(
            "--targets", type=click.Path(path_type=Path), metavar="目标.xlsx", help="阶段目标，与 --what targets 同用。"
        ),
        format_option("table", "json", "csv", "xlsx"),
        click.option(
            "-o", "--output", type=click.Path(path_type=Path),
            help="写入文件；csv 有几张表时写入文件夹。xlsx 必须写文件，不指定 --what 时写全部。",
        ),
        force_option,
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def show(
    watch: Callable[[], Monitoring],
    inputs: Sequence[str | None],
    *,
    views: Sequence[str],
    at: int | None,
    measures: Sequence[str],
    by: str,
    targets: Path | None,
    form: str,
    output: Path | None,
    force: bool,
) -> None:
    """Show or write the views that were asked for.

    Args:
        watch: makes the Monitoring, once all options are seen to be right.
        inputs: what it is read from, so that it is not written over.
    """
    if "targets" in views and targets is None:
        raise click.UsageError("看阶段目标要有目标表：请加 --targets 目标.xlsx（空表用 junheng targets 写出）。")
    if targets is not None and views and "targets" not in views:
        raise click.UsageError("--targets 与 --what targets 同用。")
    if measures and views != ("ranking",):
        raise click.UsageError("--measure 与 --what ranking 同用。")
    if form == "xlsx" and output is None:
        raise click.UsageError("xlsx 须写入文件，请加 -o 监测册.xlsx。")
    if form == "xlsx" and output is not None and output.suffix.lower() != ".xlsx":
        raise click.UsageError("监测册是 .xlsx 文件，请把文件名写成 监测册.xlsx 的样子。")
    if form == "table" and output is not None:
        raise click.UsageError("写入文件请加 --format csv、json 或 xlsx。")
    ranked = [_measure(text) for text in measures]
    if output is not None:
        may_write(output, (*inputs, str(targets) if targets else None), force=force)
    planned = read_targets(targets) if targets else None
    wanted = views or _by_default(form, planned)
    watched = watch()
    tables = [
        table for what in wanted for table in tables_of(what, watched, year=at, measures=ranked, targets=planned, by=by)
    ]
    _write(tables, form, output, watched)


def _by_default(form: str, targets: Targets | None) -> list[str]:
    if form == "xlsx":
        return [name for name in VIEWS if name != "targets" or targets is not None]
    return ["overview"] if targets is None else ["targets"]


def _measure(text: str) -> tuple[str, str, str | None]:
    kind, _, rest = text.partition(":")
    name, _, stage = rest.partition(":")
    if not name or (stage and stage not in [*Stage]):
        raise click.UsageError(f"--measure {text} 看不懂，请写成 cv:指标编号:primary 或 check:指标编号 的样子。")
    return kind, name, stage or None


def _write(tables: Sequence[MonitoringTable], form: str, output: Path | None, watched: Monitoring) -> None:
    if form == "table":
        for table in tables:
            _print(table)
        return
    if form == "xlsx" and output is not None:
        write_monitoring_book(tables, output)
    elif form == "csv" and len(tables) > 1:
        if output is None:
            raise click.UsageError(f"这里有 {len(tables)} 张表，请加 -o 文件夹，每张表写一个 .csv 文件。")
        output.mkdir(parents=True, exist_ok=True)
        for table in tables:
            (output / f"{table.name}.csv").write_text(_csv(table), encoding="utf-8-sig", newline="")
    else:
        text = _csv(tables[0]) if form == "csv" else _json(tables, watched)
        if output is None:
            click.echo(text, nl=not text.endswith("\n"))
        else:
            output.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8", newline="")
    if output is not None:
        click.echo(f"已写入 {output}。", err=True)


def _print(table: MonitoringTable) -> None:
    right = tuple(column.head for column in table.columns if column.kind not in ("text", "wrapped", "outcome"))
    drawn = new_table(table.title, *(column.head for column in table.columns), right=right)
    kinds = [column.kind for column in table.columns]
    for number, row in enumerate(table.rows()):
        if number == _SHOWN:
            break
        drawn.add_row(*(_text(kind, value) for kind, value in zip(kinds, row, strict=True)))
    screen = console()
    if table.frame.is_empty():
        screen.print(f"{table.title}：没有。", markup=False)
        return
    screen.print(drawn)
    if table.frame.height > _SHOWN:
        rest = f"只列出前 {_SHOWN} 行，共 {table.frame.height} 行；全部请用 --format csv 或 xlsx。"
        screen.print(rest, markup=False)
    if table.note:
        screen.print(f"注：{table.note}", markup=False)


def _text(kind: str, value: object) -> str:
    if kind == "outcome":
        return outcome_text(value)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{plain(value * 100, 1)}%" if kind == "percent" else plain(value, 4 if kind == "cv" else 2)
    return str(value)


def _csv(table: MonitoringTable) -> str:
    """Shares stay shares: 0.125, not 12.5%."""
    kinds = [column.kind for column in table.columns]
    rows = [
        [outcome_text(value) if kind == "outcome" else _number(value) for kind, value in zip(kinds, row, strict=True)]
        for row in table.rows()
    ]
    return csv_text([column.head for column in table.columns], rows)


def _number(value: object) -> object:
    return plain(value, 12) if isinstance(value, float) else value


def _json(tables: Sequence[MonitoringTable], watched: Monitoring) -> str:
    document: dict[str, Any] = {"standard": watched.standard.id, "region": watched.region, "years": watched.years}
    document["tables"] = {table.name: table.frame.to_dicts() for table in tables}
    return json.dumps(document, ensure_ascii=False, indent=2, default=str)


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="目标.xlsx",
    help="写出的空表。",
)  # fmt: skip
@force_option
def targets(output: Path, force: bool) -> None:
    """写出阶段目标的空表：各地区各学年应达标的县占比，或各县计划达标的学年。

    \b
        junheng targets -o 目标.xlsx
    """
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError("目标表是 .xlsx 文件，请把文件名写成 目标.xlsx 的样子。")
    may_write(output, (), force=force)
    write_workbook(output, target_tables(), title="阶段目标")
    click.echo(f"已写入 {output}。", err=True)
