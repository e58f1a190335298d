"""One quantity in two units: 教学仪器设备值 in 元 here and in 万元 there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from junheng.reporting.lint.document import Document, Line
from junheng.reporting.lint.finding import Finding, around

ID, LABEL = "units", "同一项数用了不同单位"

# A kind of unit: what its members differ in. Sizes mislead by thousands; spellings only look careless.
_SIZES = (("亿元", "万元", "千元", "元"), ("公顷", "亩", "平方公里"))
_SPELLINGS = (("平方米", "㎡", "m²", "m2", "平米"),)
_UNITS = sorted({unit for kind in (*_SIZES, *_SPELLINGS) for unit in kind}, key=len, reverse=True)
_HEAD = re.compile(rf"^(?P<label>[\u4e00-\u9fff、]{{2,20}})[（(](?:单位[：:])?(?P<unit>{'|'.join(_UNITS)})[）)]$")
_SPOKEN = re.compile(
    r"(?P<label>[\u4e00-\u9fff]{4,20}?)(?:达到?|为|共计|合计|是)?[ ]?\d[\d,，.]*"
    rf"(?P<unit>{'|'.join(_UNITS)})(?![\u4e00-\u9fff]?/)"
)
_LEADING = re.compile(r"^(?:其中|全[县市区校]|现有|共有|累计|投入)+")
_AREA = re.compile(r"\d[ ]?(?P<unit>平方米|㎡|m²|m2|平米)")


class _Use(NamedTuple):
    line: Line
    start: int
    end: int
    unit: str


def find(document: Document) -> Iterator[Finding]:
    """Column heads of one label and different units within a table; one paragraph with two spellings of an area."""
    yield from _heads(document)
    for line in document.lines:
        yield from _within(line)


def _heads(document: Document) -> Iterator[Finding]:
    first: dict[tuple[int, str], _Use] = {}
    for line in document.lines:
        match = _HEAD.match(line.own.strip()) if line.table else None
        if match is None:
            continue
        use = _Use(line, *match.span(), match["unit"])
        before = first.setdefault((line.table, match["label"]), use)
        if _differ(before.unit, use.unit):
            yield _finding(use, f"“{match['label']}”在同一张表里有{before.unit}也有{use.unit}。")


def _within(line: Line) -> Iterator[Finding]:
    """In one paragraph: one quantity named twice in different units, or areas spelled in two ways."""
    first: dict[str, _Use] = {}
    for match in _SPOKEN.finditer(line.own):
        label = _LEADING.sub("", match["label"])
        use = _Use(line, match.start(), match.end(), match["unit"])
        before = first.setdefault(label, use)
        if _differ(before.unit, use.unit):
            yield _finding(use, f"“{label}”先用{before.unit}，这里用{use.unit}。")
    spelled = list(_AREA.finditer(line.own))
    for match in spelled:
        if match["unit"] != spelled[0]["unit"]:
            use = _Use(line, match.start(), match.end(), match["unit"])
            yield _finding(use, f"同一段里面积单位有“{spelled[0]['unit']}”也有“{match['unit']}”。")
            return


def _differ(one: str, other: str) -> bool:
    """Whether two units measure the same thing in different words."""
    return one != other and any(one in kind and other in kind for kind in (*_SIZES, *_SPELLINGS))


def _finding(use: _Use, why: str) -> Finding:
    quote = around(use.line.text, use.start, use.end)
    next_step = "统一成一种单位，并核对数字是不是跟着换算了。"
    return Finding(ID, LABEL, use.line.place, quote, why, next_step, "请核对")
