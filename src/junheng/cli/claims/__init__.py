"""``junheng claims``: the figures of reports that people wrote."""

from __future__ import annotations

import click

from junheng.cli.claims.check import check
from junheng.cli.claims.compare import compare
from junheng.cli.claims.score import score


@click.group()
def claims() -> None:
    """核对：人写的报告里的数字，前后是否一致，算得是否对，说达到的标准是否真的达到。

    \b
        junheng claims check 自查报告.docx
        junheng claims check 自查报告.docx --format docx
        junheng claims compare 自查报告.docx 汇报材料.docx
    """


for command in (check, compare, score):
    claims.add_command(command)
