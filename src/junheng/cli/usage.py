"""Wrong usage, in Chinese: click itself speaks English."""

from __future__ import annotations

import click


def in_chinese(error: click.ClickException) -> str:
    """The message of a wrong use of the command line, with where to read how it is used."""
    if not isinstance(error, click.UsageError):
        return error.format_message()
    command = error.ctx.command_path if error.ctx else "junheng"
    return f"用法错误：{_what(error)}\n查看用法：{command} --help"


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
        return f"{_name(error)}：{error.message}"
    if error.message.startswith("No such command"):
        group = error.ctx.command if error.ctx else None
        known = list(group.commands) if isinstance(group, click.Group) else []
        return f"没有这个命令。可用的命令：{'、'.join(sorted(known))}。"
    if error.message.startswith("Got unexpected extra argument"):
        return "参数太多，请核对；含空格的文件名要加引号。"
    return error.message


def _name(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return f"选项 {error.param.opts[0]}"
    return f"参数 {error.param.human_readable_name}" if error.param else "参数"
