"""``junheng forecast``: pupils of the years to come, and what follows from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import polars as pl

from junheng.base.terms import Stage
from junheng.cli.console import console, new_table
from junheng.cli.options import Command, data_argument, force_option, may_write, standard_option
from junheng.monitoring.forecast.backtest import Backtest
from junheng.monitoring.forecast.forecast import MOST_YEARS, Forecast
from junheng.reporting.csv_text import csv_text
from junheng.reporting.forecast_book import write_forecast_book
from junheng.reporting.forecast_table import LISTS, Listing, backtest_list, forecast_list, table_of, without_county
from junheng.workflow.forecast import backtest as run_backtest
from junheng.workflow.forecast import forecast as run_forecast
from junheng.workflow.forecast import forecast_template

_FILE = click.Path(path_type=Path, dir_okay=False)
_SHOWN = 40  # rows of a table on the screen


class TeacherRatio(click.ParamType[tuple[str, float]]):
    """``小学=19``: pupils per teacher of a stage."""

    name = "学段=人数"

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, float]:
        if isinstance(value, tuple):
            return value
        stage, _, number = str(value).replace("＝", "=").partition("=")
        stages = {word: str(s) for s in (Stage.PRIMARY, Stage.JUNIOR) for word in (str(s), s.zh)}
        try:
            ratio = float(number)
        except ValueError:
            ratio = 0.0
        if stage.strip() not in stages or not 0 < ratio < 1000:
            self.fail(f"“{value}”不是师生比，请写成 小学=19 或 初中=13.5 的样子。", param, ctx)
        return stages[stage.strip()], ratio


def forecast_options(command: Command) -> Command:
    """What a forecast and its output depend on, of a county and of a nation."""
    options: tuple[Callable[[Command], Command], ...] = (
        click.option(
            "--years",
            type=int,
            default=5,
            show_default=True,
            metavar="年数",
            help=f"往后预测几年，1～{MOST_YEARS}。",
        ),
        click.option(
            "--entry",
            type=click.Path(path_type=Path),
            metavar="输入.xlsx",
            help="已知的入学人数、出生人数、净迁入、撤并新建。",
        ),
        standard_option,
        click.option(
            "--pupils-per-teacher",
            "ratios",
            type=TeacherRatio(),
            multiple=True,
            metavar="学段=人数",
            help="每名教师负担多少学生，如 小学=19，可重复；不写则各校保持现在的师生比。",
        ),
        click.option("--backtest", "tested", is_flag=True, help="回测：用以前各年往后预测，与后来填报的数比。"),
        click.option(
            "--show",
            "what",
            type=click.Choice(list(LISTS)),
            help="列出哪一张表：" + "，".join(f"{name} {title}" for name, title in LISTS.items()) + "。",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(["table", "csv", "json", "xlsx"]),
            default="table",
            show_default=True,
            help="输出格式；xlsx 要用 -o 指定文件。",
        ),
        click.option("-o", "--output", type=_FILE, metavar="文件", help="写入文件（.csv、.json 或 .xlsx）。"),
        force_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@data_argument
@forecast_options
@click.option("--judged", is_flag=True, help="资源不变，逐年再判定：哪些学校哪年跌破哪条标准。")
def forecast(
    data: str,
    years: int,
    entry: Path | None,
    standard: str,
    ratios: tuple[tuple[str, float], ...],
    tested: bool,
    what: str | None,
    form: str,
    output: Path | None,
    force: bool,
    judged: bool,
) -> None:
    """预测各校各年级学生数，给出区间，并推算班额、学位、教师和达标情况。

    数据里要有两个以上学年的“学段情况”。区间来自对以前各年的回测；样本不够时不给区间。

    \b
        junheng forecast 县数据.xlsx --years 5
        junheng forecast 县数据.xlsx --backtest
        junheng forecast 县数据.xlsx --judged --format xlsx -o 预测.xlsx
        junheng forecast 县数据.xlsx --entry 输入.xlsx --show schools --format csv
        junheng forecast-inputs -o 输入.xlsx
    """
    check_output(form, output, (data, None if entry is None else str(entry)), force=force)
    if tested and form != "xlsx":
        show_backtest(run_backtest(data, horizons=years), form, output)
        return
    judged = judged or what in ("falls", "coefficients")
    found = run_forecast(
        data, years=years, entry=entry, standard=standard, judged=judged, pupils_per_teacher=dict(ratios)
    )
    show_forecast(found, what, form, output, run_backtest(data, horizons=years) if tested else None)


@click.command("forecast-inputs")
@click.option("-o", "--output", type=_FILE, required=True, metavar="输入.xlsx", help="输入表写入 .xlsx 文件。")
@force_option
def forecast_inputs(output: Path, force: bool) -> None:
    """写出预测的输入表：入学人数、出生人数、净迁入、撤并新建；知道什么填什么。

    \b
        junheng forecast-inputs -o 输入.xlsx
    """
    check_output("xlsx", output, (), force=force)
    forecast_template(output)
    click.echo(f"已写入 {output}。", err=True)


def check_output(form: str, output: Path | None, inputs: tuple[str | None, ...], *, force: bool) -> None:
    """See that the output can be written before the work."""
    if form == "xlsx" and output is None:
        raise click.UsageError("写成 Excel 请用 -o 指定文件，如 -o 预测.xlsx。")
    if output is None:
        return
    if form == "table":
        raise click.UsageError("写入文件请加 --format csv、json 或 xlsx。")
    if output.suffix.casefold() != f".{form}":
        raise click.UsageError(f"{output} 要以 .{form} 结尾。")
    if not output.absolute().parent.is_dir():
        raise click.UsageError(f"没有 {output.parent} 这个文件夹，写不进去。请先建好，或换一个地方。")
    may_write(output, inputs, force=force)


def show_forecast(
    found: Forecast, what: str | None, form: str, output: Path | None, tested: Backtest | None = None
) -> None:
    """Print a forecast, or write it."""
    if form == "xlsx" and output is not None:
        write_forecast_book(found, output, backtest=tested)
        click.echo(f"已写入 {output}。", err=True)
        return
    if form == "table":
        shown = [what] if what else ["counties", "needs", *(["falls"] if found.indicator_labels else [])]
        for name in shown:
            _print(without_county(forecast_list(found, name), found.county_names))
        for note in found.notes:
            console().print(f"注：{note.zh}", markup=False)
        return
    if form == "csv":
        heads, rows = table_of(forecast_list(found, what or "schools"))
        _out(csv_text(heads, rows), output, "utf-8-sig")
    else:
        _out(json.dumps(_document(found, what), ensure_ascii=False, indent=1, default=str) + "\n", output, "utf-8")
    for note in found.notes:
        click.echo(f"注：{note.zh}", err=True)


def show_backtest(found: Backtest, form: str, output: Path | None) -> None:
    if form == "table":
        _print(backtest_list(found, sizes=False), every=True)
        for note in found.notes:
            console().print(f"注：{note.zh}", markup=False)
        return
    if form == "csv":
        _out(csv_text(*table_of(backtest_list(found))), output, "utf-8-sig")
    else:
        document = {"origins": found.origins, "rows": found.table.to_dicts(), "notes": [n.zh for n in found.notes]}
        _out(json.dumps(document, ensure_ascii=False, indent=1) + "\n", output, "utf-8")


def _document(found: Forecast, what: str | None) -> dict[str, Any]:
    names = [what] if what else list(LISTS)
    number = pl.selectors.float().round(4)
    return {
        "base_year": found.base_year,
        "years": found.years,
        "origins": found.origins,
        "notes": [note.zh for note in found.notes],
        "history": found.history.with_columns(number).to_dicts(),
        **{name: getattr(found, name).with_columns(number).to_dicts() for name in names},
    }


def _print(listing: Listing, *, every: bool = False) -> None:
    rows = listing.rows.height
    if not rows:
        console().print(f"{listing.title}：没有。", markup=False)
        return
    heads, cells = table_of(listing, None if every else _SHOWN)
    right = tuple(field.head for field in listing.fields if field.kind != "text")
    table = new_table(listing.title, *heads, right=right)
    for line in cells:
        table.add_row(*line)
    console().print(table)
    if rows > len(cells):
        console().print(f"共 {rows} 行，这里列出前 {len(cells)} 行；全部请用 --format csv 或 xlsx。", markup=False)


def _out(text: str, output: Path | None, encoding: str) -> None:
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding=encoding, newline="")
        click.echo(f"已写入 {output}。", err=True)
