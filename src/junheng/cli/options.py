"""Options that mean the same on every command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from junheng.workflow import DEFAULT_STANDARD

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A calendar day."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2025-12-31 的样子。", param, ctx)


class SchoolYear(click.ParamType[int]):
    """The year a school year starts."""

    name = "学年"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401
        if not (str(value).isdecimal() and len(str(value)) == 4):
            self.fail(f"“{value}”不是学年，请写起始年，如 2025。", param, ctx)
        return int(value)


data_argument = click.argument("data", metavar="数据")

standard_option = click.option(
    "--standard",
    default=DEFAULT_STANDARD,
    show_default=True,
    metavar="标准",
    help="评估标准的编号，或自己的标准文件夹（如 ./我的标准）。",
)
on_option = click.option("--on", "day", type=Day(), required=True, help="评估日期，如 2025-12-31。")


def judging_options(command: Command) -> Command:
    """What a judgement depends on."""
    for option in reversed(
        (
            data_argument,
            standard_option,
            on_option,
            click.option(
                "--year",
                type=SchoolYear(),
                metavar="学年",
                help="判定的学年（起始年）。缺省为评估日期前最近一个已填报的学年。",
            ),
            click.option("--relax", multiple=True, metavar="条款", help="启用一条宽限条款，可重复。缺省都不启用。"),
            click.option("--gate", metavar="标准", help="同时按这一办学基本标准判定每所学校（先决条件）。"),
        )
    ):
        command = option(command)
    return command


def format_option(*formats: str) -> Callable[[Command], Command]:
    """``--format``: how results are written."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="输出格式。",
    )
