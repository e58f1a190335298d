"""Wrong usage and help, in Chinese: click itself speaks English."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

_HEADINGS = {"Options": "选项", "Commands": "命令"}
_EXTRAS = {"[required]": "[必填]", "[default: ": "[缺省：", "; required]": "；必填]"}

# What click says of a value (in single quotes, or in double ones where it has a single one), and what we say.
_VALUES = [
    (re.compile(said, re.DOTALL), ours)
    for said, ours in (
        (r"['\"](?P<value>.*)['\"] does not exist\.$", "找不到“{value}”。请核对路径和文件名（含扩展名）。"),
        (r"['\"](?P<value>.*)['\"] is a directory\.$", "“{value}”是文件夹，这里要写文件。"),
        (r"['\"](?P<value>.*)['\"] is a file\.$", "“{value}”是文件，这里要写文件夹。"),
        (r"['\"](?P<value>.*)['\"] is not readable\.$", "没有读“{value}”的权限。"),
        (r"['\"](?P<value>.*)['\"] is not a valid integer(?: range)?\.$", "“{value}”不是整数。"),
        (r"['\"](?P<value>.*)['\"] is not a valid float(?: range)?\.$", "“{value}”不是数。"),
        (r"^(?P<value>\S+) is not in the range (?P<range>.*)\.$", "{value} 超出范围（{range}）。"),
    )
]


class _ChineseFormatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "用法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, _extras(words)) for term, words in rows], col_max, col_spacing)


class _ChineseContext(click.Context):
    formatter_class = _ChineseFormatter


def help_in_chinese(command: click.Command) -> None:
    """Let a command, and all commands below it, show their help in Chinese."""
    command.context_class = _ChineseContext
    option = command.get_help_option(click.Context(command, help_option_names=["-h", "--help"]))
    if option is not None:
        option.help = "显示帮助。"
    if isinstance(command, click.Group):
        for child in command.commands.values():
            help_in_chinese(child)


def _extras(words: str) -> str:
    for english, chinese in _EXTRAS.items():
        words = words.replace(english, chinese)
    return words


def in_chinese(error: click.ClickException) -> str:
    """The message of a wrong use of the command line, with where to read how it is used."""
    # A group of commands without a command asks for its help.
    if not isinstance(error, click.UsageError) or isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    command = error.ctx.command_path if error.ctx else "junheng"
    return f"用法错误：{_what(error)}\n查看用法：{command} --help"


def _of_a_value(error: click.BadParameter) -> str:
    """What click says of a file, a folder or a number; empty when it is about something else."""
    for said, ours in _VALUES:
        if found := said.search(error.message):
            return ours.format_map(found.groupdict())
    return ""


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        close = f"是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}。{close}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error)}。"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要写一个值。"
    if isinstance(error, click.BadParameter):
        if isinstance(error.param, click.Parameter) and isinstance(error.param.type, click.Choice):
            return f"{_name(error)} 只能是：{'、'.join(str(choice) for choice in error.param.type.choices)}。"
        return f"{_name(error)}：{_of_a_value(error) or error.message}"
    if error.message.startswith("No such command"):
        group = error.ctx and error.ctx.command
        known = group.list_commands(error.ctx) if error.ctx and isinstance(group, click.Group) else []
        return f"没有这个命令。可用的命令：{'、'.join(sorted(known))}。"
    if error.message.startswith("Got unexpected extra argument"):
        return "参数太多，请核对；含空格的文件名要加引号。"
    return error.message


def _name(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return f"选项 {error.param.opts[0]}"
    return f"参数 {error.param.human_readable_name}" if error.param else "参数"
