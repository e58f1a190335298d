"""``junheng judge``: judge a county by a standard, or by several, and say why."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import click

from junheng import workflow
from junheng.base.outcome import Outcome
from junheng.cli.judgement import show_all
from junheng.cli.options import (
    engine_options,
    force_option,
    format_option,
    judging_options,
    may_write,
    several_standards_option,
)
from junheng.engine.protocol import Engine
from junheng.reporting.result import long_csv, result_document
from junheng.reporting.result_book import write_result_book
from junheng.reporting.several import book_name, long_csv_of_all, results_document, write_result_books
from junheng.standards.library import load_standard
from junheng.verdict.judgement import Judgement
from junheng.workflow import DEFAULT_STANDARD


@click.command()
@judging_options(several_standards_option)
@click.option("--applying", is_flag=True, help="按数据中县代码适用的全部评估标准判定，并以本省办学基本标准为先决条件。")
@format_option("table", "json", "csv", "xlsx")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="写入文件；缺省输出到屏幕。xlsx 必须写文件，按几个标准判定时写入文件夹。",
)
@click.option("--fail-on-unmet", is_flag=True, help="有县未达标或无法判定时退出码为 3，供脚本使用。")
@force_option
@engine_options
def judge(
    data: str,
    standards: tuple[str, ...],
    day: date,
    year: int | None,
    relax: tuple[str, ...],
    gate: str | None,
    applying: bool,
    form: str,
    output: Path | None,
    fail_on_unmet: bool,
    force: bool,
    engine: AbstractContextManager[Engine],
) -> None:
    """按标准判定一个县（或多个县）是否达标。

    数据可以是 .xlsx、.csv、文件夹，或已入库的快照编号。
    csv 为指标长表，xlsx 为结果册，json 的结构见 junheng schema result（按几个标准判定时为 results）。

    \b
        junheng judge 县数据.xlsx --on 2025-12-31
        junheng judge 县数据.xlsx --standard CN/youzhi_2017 --on 2025-12-31 --format xlsx -o 结果册.xlsx
        junheng judge 县数据.xlsx --standard CN/jiben_2012 --standard CN/youzhi_2017 --on 2025-12-31
        junheng judge 县数据.xlsx --applying --on 2025-12-31
    """
    if applying and (standards or gate):
        raise click.UsageError("--applying 自动选定标准，不能与 --standard、--gate 同用。")
    wanted = list(dict.fromkeys(standards)) or [DEFAULT_STANDARD]
    if applying:
        wanted, gate = workflow.applying_to(data, on=day)
    files = _files(form, output, wanted)
    for file in files:
        may_write(file, (data, *wanted, gate), force=force)
    with engine as running:
        judgements = workflow.judge_all(
            data, standards=wanted, on=day, year=year, relax=relax, gate=gate, engine=running
        )
    if form == "table":
        show_all(judgements)
    elif form == "xlsx" and output is not None:
        if len(judgements) > 1:
            write_result_books(judgements, output)
        else:
            write_result_book(judgements[0], output)
    else:
        text = _as_text(judgements, form)
        if output is None:
            click.echo(text, nl=not text.endswith("\n"))
        else:
            # With the mark at its start Excel and WPS know a CSV file as UTF-8.
            output.write_text(text, encoding="utf-8-sig" if form == "csv" else "utf-8")
    for file in files:
        click.echo(f"已写入 {file}。", err=True)
    passes = all(Outcome(outcome).passes for judgement in judgements for outcome in judgement.counties["outcome"])
    sys.exit(3 if fail_on_unmet and not passes else 0)


def _files(form: str, output: Path | None, standards: Sequence[str]) -> list[Path]:
    """The files that will be written."""
    if form == "table" and output is not None:
        raise click.UsageError("table 只显示在屏幕上；写入文件请加 --format json、csv 或 xlsx。")
    if form != "xlsx":
        return [] if output is None else [output]
    several = len(standards) > 1
    if output is None:
        raise click.UsageError(
            "按几个标准判定，每个标准一册，请加 -o 文件夹。" if several else "结果册要写入文件，请加 -o 结果册.xlsx。"
        )
    is_book = output.suffix.lower() == ".xlsx"
    if several and is_book:
        raise click.UsageError("按几个标准判定，每个标准一册，-o 后面请写文件夹的名字。")
    if not several and not is_book:
        raise click.UsageError("结果册是 .xlsx 文件，请把文件名写成 结果册.xlsx 的样子。")
    return [output / book_name(load_standard(name).id) for name in standards] if several else [output]


def _as_text(judgements: Sequence[Judgement], form: str) -> str:
    if form == "csv":
        return long_csv(judgements[0]) if len(judgements) == 1 else long_csv_of_all(judgements)
    document = result_document(judgements[0]) if len(judgements) == 1 else results_document(judgements)
    return document.model_dump_json(indent=2)
