"""Groups of commands that an extra brings, such as ``junheng web``: found by name, imported only when asked for."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

import click

from junheng.base.errors import JunhengError
from junheng.cli.usage import help_in_chinese


class ExtraMissingError(JunhengError):
    """A group of commands was asked for whose packages are not installed."""

    code = "JH-C003"
    zh = (
        "命令 junheng {name} 需要附加软件包，这里缺少 {module}。请运行 pip install 'junheng[{name}]' 安装，再重试。"
        "在源码目录中改为运行 make setup。"
    )
    en = (
        "junheng {name} needs packages that are not installed ({module} is missing). Run pip install 'junheng[{name}]' "
        "(in a working copy: make setup) and try again."
    )


@cache
def _offered() -> dict[str, EntryPoint]:
    """The groups, by name; the name is also that of the extra with what the group needs."""
    return {entry.name: entry for entry in entry_points(group="junheng.commands")}


class ExtensibleGroup(click.Group):
    """A group that also has the groups of installed packages, by the entry point ``junheng.commands``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_offered()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        known = super().get_command(ctx, cmd_name)
        if known is not None or cmd_name not in (offered := _offered()):
            return known
        command: click.Command = offered[cmd_name].load()
        help_in_chinese(command)
        self.add_command(command, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            name, module = str(ctx.invoked_subcommand), str(error.name)
            # One of our own modules that is not there is a fault of ours, not of the installation.
            if name not in _offered() or module.partition(".")[0] == "junheng":
                raise
            raise ExtraMissingError(name=name, module=module) from error
