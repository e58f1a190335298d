"""Every error a user can meet: its sentence in both languages, and what it means."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import junheng
from junheng.base.errors import JunhengError, all_errors
from reference.language import Language
from reference.page import Page, page, plain

# What the command line says of itself; these have no class, for there is nobody to catch them.
_OF_THE_COMMAND_LINE = {
    "JH-C001": (
        "程序出错。数据没有改动；技术细节在提示的文件里，请连同命令报告。",
        "The program failed; nothing was changed. The details stand in the file that the message names.",
    ),
    "JH-C002": (
        "文件读写失败：路径、权限或磁盘空间。",
        "A file could not be read or written: path, rights or disk space.",
    ),
}


def every_error() -> list[type[JunhengError]]:
    """All error classes, once every module has been imported."""
    for module in pkgutil.walk_packages(junheng.__path__, "junheng."):
        importlib.import_module(module.name)
    return all_errors()


def pages(language: Language) -> Iterator[Page]:
    say = language.say
    intro = say(
        "程序拒绝执行时给出的错误，都有编码、原因和下一步。数据本身的问题见[检查发现](findings.md)。{花括号}处由程序填入。",
        "What the program says when it refuses: each has a code, a reason and the next step. What is wrong inside data "
        "stands under [findings](findings.md). {Braces} are filled by the program.",
    )
    blocks = [intro]
    for error in every_error():
        blocks += [
            f"## {error.code}",
            say(plain(error.zh), plain(error.en)),
            f"`{error.__module__}.{error.__name__}`" + say("：", ": ") + plain(inspect.getdoc(error) or ""),
        ]
    for code, texts in _OF_THE_COMMAND_LINE.items():
        blocks += [f"## {code}", say(*texts)]
    blocks += [
        say("## 退出码", "## Exit codes"),
        say(
            "0 完成；1 被拒绝（数据有错误，或出现上面的错误）；2 命令用法不对；"
            "3 用了 `--fail-on-unmet` 而有县未达标或无法判定。",
            "0 done; 1 refused (errors in the data, or an error above); 2 wrong usage; 3 with `--fail-on-unmet` when a "
            "county does not pass.",
        ),
    ]
    yield page("errors.md", language, say("错误编码", "Error codes"), "src/junheng/**/errors.py", *blocks)
