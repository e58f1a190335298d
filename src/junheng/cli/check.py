"""``junheng check``: everything that is wrong or doubtful in a workbook, at once."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from junheng import workflow
from junheng.cli.console import SEVERITY_STYLES, console, new_table
from junheng.cli.options import data_argument, format_option, standard_option
from junheng.intake.read import Reading
from junheng.tables.finding import Severity, by_cause

_SHOWN = 5
_COUNTS = ("读到", "保留", "未收", "空行", "合计等")


@click.command()
@data_argument
@standard_option
@click.option("--all", "every", is_flag=True, help="逐条列出全部发现；缺省每个原因列前 5 处。")
@format_option("table", "json")
def check(data: str, standard: str, every: bool, form: str) -> None:
    """检查填报数据，一次列出全部问题，按原因归并。

    数据可以是 .xlsx、.csv 或装有它们的文件夹。有错误时退出码为 1。

    \b
        junheng check 县数据.xlsx
        junheng check 各校报表/ --all
    """
    reading = workflow.check(data, standard=standard)
    if form == "json":
        document = {
            "findings": [asdict(finding) for finding in reading.findings],
            "tally": [asdict(tally) for tally in reading.tally],
            "files": [asdict(file) for file in reading.files],
            "blocked": reading.blocked,
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        show(reading, every=every)
    sys.exit(1 if reading.blocked else 0)


def show(reading: Reading, *, every: bool, ready: str = "可以入库和判定。", refused: str = "不能入库和判定") -> None:
    """The tally and the findings, grouped by cause; ``ready`` and ``refused`` say what may be done with the data."""
    screen, tables = console(), reading.dataset.tables
    table = new_table("读入核对", "文件", "工作表", "表册", *_COUNTS, right=_COUNTS)
    for tally in reading.tally:
        numbers = (tally.read, tally.kept, tally.rejected, tally.blank, tally.left_out)
        label = tables[tally.table].label.zh
        table.add_row(tally.file, tally.sheet, label, *(str(number) for number in numbers))
    screen.print(table)
    groups = by_cause(reading.findings)
    for group in groups:
        first = group[0]
        screen.print()
        many = f"（{len(group)} 处）" if len(group) > 1 else ""
        screen.print(f"{first.severity.zh} {first.check}{many}", style=SEVERITY_STYLES[first.severity], markup=False)
        for finding in group if every else group[:_SHOWN]:
            value = f"“{finding.value}” " if finding.value else ""
            example = f" 例：{finding.example}" if finding.example else ""
            screen.print(f"  {finding.cell}：{value}{finding.message}{example}", markup=False)
        if not every and len(group) > _SHOWN:
            screen.print(f"  …… 还有 {len(group) - _SHOWN} 处同样的问题（--all 全部列出）", markup=False)
    counts = {severity: sum(f.severity is severity for f in reading.findings) for severity in Severity}
    words = "，".join(f"{severity.zh} {count}" for severity, count in counts.items())
    end = f"有错误，{refused}；请改正后再查。" if reading.blocked else ready
    screen.print(f"\n共 {len(groups)} 组 {len(reading.findings)} 处：{words}。{end}", markup=False)
