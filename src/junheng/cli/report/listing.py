"""``junheng report list``: which reports there are."""

from __future__ import annotations

import click

from junheng.cli.console import console, new_table
from junheng.reporting.definition import Definition
from junheng.reporting.library import list_reports

_SCOPES = {"county": "一个县", "school": "一所学校", "counties": "多个县", "plan": "方案"}


@click.command("list")
def list_command() -> None:
    """列出全部报告：名称、写给谁、要哪些数据。"""
    table = new_table("可以生成的报告", "编号", "名称", "对象", "内容", "另外需要")
    for maker in list_reports():
        definition = maker.definition
        about = definition.about.zh
        table.add_row(maker.id, definition.label.zh, _SCOPES[definition.scope], about, _needs(definition))
    console().print(table)


def _needs(definition: Definition) -> str:
    needs = definition.needs
    words = [f"标准 {'、'.join(definition.standards)}"] if definition.standards else []
    words += [f"以前 {needs.earlier} 个学年"] if needs.earlier else []
    words += [f"--plan {needs.plan} 方案"] if needs.plan else []
    words += ["--school"] if definition.scope == "school" else []
    return "；".join(words)
