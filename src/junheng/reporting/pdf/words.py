"""Lines of a report as data: words, and footnotes among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias
from unicodedata import category

from junheng.reporting.report.runs import Figure, Note, Text

Runs: TypeAlias = list[str | dict[str, Any]]

# A code without a place to break is given some, or it would run over the margin.
_CODE = re.compile(r"[!-~]{25,}")
_PART = 8
_BLANKS = "\t\r\n\v\f\u2028\u2029"


def runs_data(text: Text, *, bare: bool = False) -> Runs:
    """The line: words, ``{"note": line}`` for a footnote, ``{"joint": True}`` where a long code may be broken.

    ``bare`` figures go without their unit, which stands in the head of the column.
    """
    data: Runs = []
    words = ""
    for run in text:
        if isinstance(run, Note):
            data += [*_breakable(words), {"note": runs_data(run.text)}]
            words = ""
        else:
            words += printable(run.number if bare and isinstance(run, Figure) else str(run))
    return [*data, *_breakable(words)]


def printable(words: str) -> str:
    """What can be set on one line: no control characters, no halves of characters."""
    return "".join(" " if char in _BLANKS else char for char in words if char in _BLANKS or _is_set(char))


def _is_set(char: str) -> bool:
    return category(char) not in ("Cc", "Cs")


def _breakable(words: str) -> Iterator[str | dict[str, Any]]:
    done = 0
    for code in _CODE.finditer(words):
        for at in range(code.start() + _PART, code.end(), _PART):
            yield words[done:at]
            yield {"joint": True}
            done = at
    if words[done:]:
        yield words[done:]
