"""``junheng plan inputs``: the workbooks in which a county says what its planners must know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from junheng import workflow
from junheng.cli.options import SchoolYear, data_argument, force_option, on_option, standard_option
from junheng.cli.plan.files import may_write_all, written

_output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="输入.xlsx",
    help="输入表写入 .xlsx 文件。",
)


@click.group()
def inputs() -> None:
    """写出方案的输入表：单价、上限、预算、花名册、地块、规则，填好后交给 plan。"""


@inputs.command("resources")
@data_argument
@on_option
@standard_option
@click.option(
    "--year", type=SchoolYear(), metavar="学年", help="判定的学年（起始年）。缺省为评估日期前最近一个已填报的学年。"
)
@click.option("--county", metavar="县代码", help="数据中有几个县时，求哪一个县的方案。")
@_output_option
@force_option
def resources_inputs(
    data: str, day: date, standard: str, year: int | None, county: str | None, output: Path, force: bool
) -> None:
    """填平补齐的输入表：与标准有关的措施和假定的单价，没有填报的数各一行。

    单价是假定，须按当地核实后在“单价已核实”填“是”。

    \b
        junheng plan inputs resources 县数据.xlsx --on 2025-12-31 -o 输入.xlsx
    """
    may_write_all({".xlsx": output}, (data, standard), force=force)
    workflow.write_resource_inputs(data, output, on=day, standard=standard, year=year, county=county)
    written(output)


@inputs.command("rotation")
@click.argument("data", metavar="[数据]", required=False)
@_output_option
@force_option
def rotation_inputs(data: str | None, output: Path, force: bool) -> None:
    """交流轮岗的输入表：学校、教师花名册、岗位、距离、规则。给了县数据，学校就已列好。

    \b
        junheng plan inputs rotation 县数据.xlsx -o 轮岗.xlsx
    """
    may_write_all({".xlsx": output}, (data,), force=force)
    from junheng.planning.rotation.workbook import write_inputs  # an extra: judging needs no solver

    write_inputs(output, dataset=None if data is None else workflow.load(data))
    written(output)


@inputs.command("zoning")
@_output_option
@force_option
def zoning_inputs(output: Path, force: bool) -> None:
    """学区划片的输入表：地块、生源、学校、学位、路程、相邻、规则。

    \b
        junheng plan inputs zoning -o 划片.xlsx
    """
    may_write_all({".xlsx": output}, (), force=force)
    from junheng.planning.zoning.inputs import write_inputs  # an extra: judging needs no solver

    write_inputs(output)
    written(output)
