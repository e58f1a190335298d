"""``junheng plan``: the cheapest way to the standard, teachers' rotation, school zones."""

from __future__ import annotations

import click

from junheng.cli.plan.compare import compare
from junheng.cli.plan.export import export
from junheng.cli.plan.inputs import inputs
from junheng.cli.plan.resources import resources
from junheng.cli.plan.rotation import rotation
from junheng.cli.plan.show import show
from junheng.cli.plan.zoning import zoning


@click.group()
def plan() -> None:
    """方案：最省钱的达标办法（填平补齐）、教师交流轮岗、学区划片。

    每个方案都由同一套判定程序重新判定，并给出离最优至多差多少的证明。
    """


for command in (inputs, resources, rotation, zoning, show, export, compare):
    plan.add_command(command)
