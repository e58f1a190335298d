"""``junheng plan compare``: plans and changed workbooks side by side with today."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from junheng import workflow
from junheng.base.outcome import Outcome
from junheng.cli.console import console, new_table, words
from junheng.cli.options import Day, force_option, format_option
from junheng.cli.plan.files import as_json, may_write_all, written
from junheng.planning.contract import read_plan
from junheng.planning.resources.document import verdict
from junheng.reporting.errors import DifferentCountiesError
from junheng.reporting.plan_comparison import (
    PlanComparison,
    check_comparable,
    compare_plans,
    write_comparison_book,
)

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("plans", metavar="方案.json…", type=_FILE, nargs=-1, required=True)
@click.option("--data", metavar="数据", help="“现状”按这份县数据重新判定；缺省取第一个方案的方案前（含假定值）。")
@click.option(
    "--scenario",
    "scenarios",
    multiple=True,
    metavar="名称=工作簿.xlsx",
    help="再列一种设想：把县数据另存一份、改几个数，判定后并列。可重复。",
)
@click.option("--on", "day", type=Day(), help="--data、--scenario 的评估日期；缺省与第一个方案相同。")
@click.option("--standard", metavar="标准", help="--data、--scenario 的评估标准；缺省与第一个方案相同。")
@click.option("-o", "--output", type=_FILE, metavar="对照.xlsx", help="对照表写入 .xlsx 文件。")
@format_option("table", "json")
@force_option
def compare(
    plans: tuple[Path, ...],
    data: str | None,
    scenarios: tuple[str, ...],
    day: date | None,
    standard: str | None,
    output: Path | None,
    form: str,
    force: bool,
) -> None:
    """几份方案和现状并列：结论、差异系数、花费、措施；轮岗和划片各有各的项目。

    \b
        junheng plan compare 方案1.json 方案2.json
        junheng plan compare 方案.json --data 县数据.xlsx --scenario 只建校舍=改过的县数据.xlsx
    """
    files = dict(map(_named, scenarios))
    named = {plan.stem: plan for plan in plans}
    if len(named) < len(plans) or len(files) < len(scenarios) or named.keys() & files:
        raise click.UsageError("方案和设想的名字有重复的，分不清哪一列是哪一个。请改文件名，或换 --scenario 的名称。")
    may_write_all({".xlsx": output}, (*map(str, plans), data, *files.values()), force=force)
    documents = {name: read_plan(plan) for name, plan in named.items()}
    check_comparable(documents, with_verdicts=data is not None or bool(files))
    first = documents[plans[0].stem]
    today = None if data is None else _verdict(data, first, day, standard)
    judged = {name: _verdict(file, first, day, standard) for name, file in files.items()}
    found = compare_plans(documents, today=today, scenarios=judged)
    if form == "json":
        click.echo(as_json(found.document()), nl=False)
    else:
        _show(found)
    if output is not None:
        write_comparison_book(found, output)
        written(output)


def _named(text: str) -> tuple[str, str]:
    name, equals, file = text.partition("=")
    if not (name.strip() and equals and file.strip()):
        raise click.UsageError(f"--scenario 要写成 名称=工作簿.xlsx，这里是“{text}”。")
    return name.strip(), file.strip()


def _verdict(file: str, plan: dict[str, Any], day: date | None, standard: str | None) -> dict[str, Any]:
    """What the judge says of a file's county, by the standard and on the day of the plan."""
    judgement = workflow.judge(
        file, standard=standard or plan["standard"], on=day or plan["day"], year=plan["year"] if day is None else None
    )
    county = plan["county"]["code"]
    names = dict(judgement.counties.select("county_code", "county_name").iter_rows())
    if county not in names:
        raise DifferentCountiesError(counties="、".join((plan["county"]["name"] or county, *names.values())))
    return verdict(judgement, county)


def _show(found: PlanComparison) -> None:
    screen = console()
    for section in found.sections:
        table = new_table(section.title, "", *found.sides, right=found.sides)
        for line in section.lines:
            cells = [_outcome(value) if line.is_outcome else value for value in line.values]
            table.add_row(line.label, *cells)
        screen.print(table)
    for note in found.notes:
        screen.print(f"注意：{note}", markup=False)


def _outcome(value: str) -> Text:
    return words(Outcome(value) if value else None)
