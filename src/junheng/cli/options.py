"""Options that mean the same on every command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from junheng.engine.choose import EMBEDDED, LOCAL, SPARK, engine_for
from junheng.reporting.errors import OutputExistsError, OutputIsInputError
from junheng.workflow import DEFAULT_STANDARD

Command = TypeVar("Command", bound=Callable[..., Any])


# 2025-12-31, 2025/12/31, 2025.12.31, 2025年12月31日, 20251231
_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))")
# What a folder of data or a standard is read from.
_INPUTS = {".xlsx", ".xlsm", ".xls", ".csv", ".yaml", ".yml"}


class Day(click.ParamType[date]):
    """A calendar day."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        if isinstance(value, date):
            return value
        # Full-width digits and signs come out of Chinese input methods.
        found = _DAY.fullmatch(unicodedata.normalize("NFKC", str(value)).strip())
        if found is None:
            self.fail(f"“{value}”不是日期，请写成 2025-12-31 的样子。", param, ctx)
        year, _, *rest = found.groups()
        month, day = (int(digits) for digits in rest if digits)
        try:
            return date(int(year), month, day)
        except ValueError:
            wrong = f"{month} 月没有 {day} 日" if 1 <= month <= 12 else f"没有 {month} 月"
            if (month, day) == (2, 29):
                wrong = f"{int(year)} 年 2 月没有 29 日"
            self.fail(f"“{value}”不是日期：{wrong}。", param, ctx)


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


force_option = click.option("--force", is_flag=True, help="输出文件已存在时覆盖它。")


def may_write(output: Path, inputs: Iterable[str | None], *, force: bool) -> None:
    """See that writing ``output`` loses nothing: asked before the work, not after it.

    Raises:
        OutputIsInputError: it is one of ``inputs``, or a file in a folder among them; no option allows that.
        OutputExistsError: it exists, and ``force`` was not given.
    """
    if not output.exists():
        return
    for given in inputs:
        if given is None or not Path(given).exists():
            continue  # an id of a standard, a snapshot
        if output.samefile(given) or (
            Path(given).is_dir()
            and output.suffix.lower() in _INPUTS
            and Path(given).resolve() in output.resolve().parents
        ):
            raise OutputIsInputError(path=output)
    # A folder cannot be replaced by a file: that is said when it is written to.
    if not force and not output.is_dir():
        raise OutputExistsError(path=output)


several_standards_option = click.option(
    "--standard",
    "standards",
    multiple=True,
    metavar="标准",
    help=f"评估标准的编号或标准文件夹，可重复，一次按几个标准判定。缺省 {DEFAULT_STANDARD}。",
)


def _only_one(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> str | None:
    """A second basic standard must not silently take the place of the first."""
    if len(given) > 1:
        raise click.UsageError(f"--gate 只能写一个，这里写了 {len(given)} 个（{'、'.join(given)}）。请分别判定。")
    return given[0] if given else None


year_option = click.option(
    "--year",
    type=SchoolYear(),
    metavar="学年",
    help="判定的学年（起始年）。缺省为评估日期前最近一个已填报的学年。",
)
relax_option = click.option("--relax", multiple=True, metavar="条款", help="启用一条宽限条款，可重复。缺省都不启用。")
gate_option = click.option(
    "--gate",
    metavar="标准",
    multiple=True,
    callback=_only_one,
    help="同时按这一办学基本标准判定每所学校（先决条件）。",
)


def judging_options(which: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """What a judgement depends on; ``which`` is the option that names the standard, or several."""

    def decorate(command: Command) -> Command:
        for option in reversed(
            (
                data_argument,
                which,
                on_option,
                year_option,
                relax_option,
                gate_option,
            )
        ):
            command = option(command)
        return command

    return decorate


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--engine``, ``--master``, ``--conf``; the command gets ``engine``, a context manager that gives the engine."""

    @wraps(command)
    def choosing(*, engine: str, master: str | None, conf: tuple[str, ...], **given: object) -> object:
        if engine == EMBEDDED and (master or conf):
            raise click.UsageError("--master、--conf 是 Spark 的选项，请同时写 --engine spark。")
        settings = dict(_setting(entry) for entry in conf)
        return command(engine=engine_for(engine, master=master or LOCAL, conf=settings), **given)

    for option in (
        click.option(
            "--conf",
            multiple=True,
            metavar="名称=值",
            help="Spark 的一项设置，可重复，如 spark.driver.memory=8g。",
        ),
        click.option(
            "--master",
            metavar="地址",
            help=f"Spark 在哪里计算：{LOCAL}（本机，缺省）、spark://主机:7077、yarn、k8s://…。",
        ),
        click.option(
            "--engine",
            type=click.Choice([EMBEDDED, SPARK]),
            default=EMBEDDED,
            show_default=True,
            help="计算引擎：本机内存，或 Spark（多台机器）。结论相同。",
        ),
    ):
        choosing = option(choosing)
    return choosing


def _setting(entry: str) -> tuple[str, str]:
    name, sign, value = entry.partition("=")
    if not sign or not name.startswith("spark."):
        raise click.UsageError(f"--conf “{entry}”要写成 spark.名称=值 的样子，如 spark.driver.memory=8g。")
    return name, value


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
