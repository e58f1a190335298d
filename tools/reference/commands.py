"""Every command, from click itself; the English words beside it in ``commands_en.yaml``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import yaml

from junheng.cli import cli
from reference.language import Language
from reference.page import Page, code, page, plain, table

_TYPES = {
    "directory": "文件夹",
    "file": "文件",
    "filename": "文件",
    "float range": "数",
    "integer": "整数",
    "integer range": "整数",
    "path": "文件",
    "text": "文字",
}
_ENGLISH: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "commands_en.yaml").read_text(encoding="utf-8"))


def _english(*path: str) -> str:
    """The English words that stand under ``path``."""
    found: Any = _ENGLISH
    for step in path:
        if step not in found:
            raise SystemExit(f"commands_en.yaml: say in English what {' / '.join(path)} is")
        found = found[step]
    return str(found)


def every_command() -> list[tuple[str, click.Command]]:
    """All commands and groups with the words one types, those of the extras too."""

    def walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield name, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for own in sorted(command.list_commands(context)):
                child = command.get_command(context, own)
                if child is not None:
                    yield from walk(f"{name} {own}", child)

    return list(walk("junheng", cli))


def pages(language: Language) -> Iterator[Page]:
    say = language.say
    intro = say(
        "数据写到标准输出，说明写到标准错误。退出码：0 完成，1 被拒绝，2 用法不对，3 用了 `--fail-on-unmet` 而未达标。"
        "数据仓缺省在用户目录下，可用环境变量 `JUNHENG_STORE` 指定；输出不到终端时表格宽 140 列，可用 `COLUMNS` 改。",
        "Data go to standard output, words to standard error. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 not "
        "passed with `--fail-on-unmet`. The store lies below the user's data folder unless `JUNHENG_STORE` names "
        "another; tables are 140 columns wide when the output is no terminal, unless `COLUMNS` says otherwise. The "
        "program speaks Chinese; this page says the same in English.",
    )
    blocks = [intro]
    for name, command in every_command():
        blocks += [f"## {name}", *_command(name, command, language)]
    yield page("cli.md", language, say("命令行", "Command line"), "src/junheng/cli", *blocks)


def _command(name: str, command: click.Command, language: Language) -> Iterator[str]:
    say = language.say
    words, _, example = inspect.cleandoc(command.help or "").partition("\b")
    if language is Language.EN:
        words = _english("commands", name)
    yield plain(" ".join(words.split()) if language is Language.EN else words.strip())
    pieces = command.collect_usage_pieces(click.Context(command, info_name=name))
    yield f"```text\n{name} {' '.join(pieces)}\n```"
    example = example.strip("\n")
    if example.strip():
        yield say("例：", "For example:") + "\n\n```sh\n" + "\n".join(_examples(example)) + "\n```"
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    heads = [say("选项", "Option"), say("取值", "Value"), say("缺省", "Default"), say("含义", "Meaning")]
    yield table(heads, [_option(name, option, language) for option in options])


def _examples(text: str) -> Iterator[str]:
    """The indented lines are commands, the others say what they are for."""
    for line in text.splitlines():
        if line.strip().startswith("junheng"):
            yield line.strip()


def _option(command: str, option: click.Option, language: Language) -> tuple[str, ...]:
    say = language.say
    names = ", ".join(code(name) for name in option.opts)
    value = ""
    if not option.is_flag:
        value = (
            "、".join(code(choice) for choice in option.type.choices) if isinstance(option.type, click.Choice) else ""
        )
        value = value or plain(option.metavar or say(_TYPES.get(option.type.name, option.type.name), option.type.name))
    default = say("必填", "required") if option.required else ""
    if option.show_default and option.default is not None:
        default = code(str(option.default))
    meaning = option.help or ""
    if language is Language.EN:
        own = _ENGLISH["options"].get(command, {})
        meaning = own.get(option.name) or _english("options", "all", str(option.name))
        value = value.replace("、", ", ")
        value = _ENGLISH["values"].get(value, value)
    if option.multiple:
        default = say("可重复", "may be repeated")
    return names, value, default, plain(meaning)
