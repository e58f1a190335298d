"""``junheng plan show``: a kept plan as it was shown when it was made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from junheng.cli.console import console
from junheng.cli.plan.resource_summary import show_resources
from junheng.cli.plan.rotation import show_rotation
from junheng.cli.plan.zoning import show_zoning
from junheng.planning.contract import read_plan


@click.command()
@click.argument("plan", metavar="方案.json", type=click.Path(path_type=Path, dir_okay=False))
def show(plan: Path) -> None:
    """再看一份写成文件的方案（填平补齐、交流轮岗、学区划片都可以）。

    \b
        junheng plan show 方案.json
    """
    show_plan(read_plan(plan))


def show_plan(document: dict[str, Any]) -> None:
    """Print the summary of a plan of any kind."""
    match document["kind"]:
        case "resources":
            show_resources(document)
        case "rotation":
            show_rotation(document)
        case "zoning":
            show_zoning(console(), document)
