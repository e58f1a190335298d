"""``junheng report``: official documents made from the data."""

from __future__ import annotations

import click

from junheng.cli.report.lint import lint
from junheng.cli.report.listing import list_command
from junheng.cli.report.make import make
from junheng.cli.report.marked import refresh, verify


@click.group()
def report() -> None:
    """报告：自查自评、申报表、差异系数分析、学校报告、省级汇总等正式文档。

    \b
        junheng report list
        junheng report make self_assessment 县数据.xlsx --on 2025-12-31 -o 自评报告.docx
        junheng report verify 自评报告.docx 县数据.xlsx
        junheng report lint 自评报告.docx
    """


for command in (list_command, make, verify, refresh, lint):
    report.add_command(command)
