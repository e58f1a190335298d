"""Styles of a Word file: which of them make a paragraph a title, a heading or an entry of the contents."""

from __future__ import annotations

import re
from collections.abc import Mapping

from junheng.documents.document import Kind
from junheng.documents.package import Element, Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)


def styles_of(package: Package, main: str) -> dict[str, tuple[Kind | None, int]]:
    """Id of a paragraph style → what it makes of a paragraph, and its level; None for the list of contents."""
    part = next(iter(package.related(main, "styles")), None)
    if part is None:
        return {}
    styles = {style.get(f"{_W}styleId", ""): style for style in package.root(part).findall(f"{_W}style")}
    return {name: _meaning(name, styles) for name in styles}


def _meaning(name: str, styles: Mapping[str, Element]) -> tuple[Kind | None, int]:
    """What a style or the one that it is based on says it is."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        style = styles[name]
        label = style.find(f"{_W}name")
        words = "" if label is None else label.get(f"{_W}val", "").strip()
        if words.casefold() in ("title", "标题"):
            return Kind.TITLE, 0
        if words.casefold().startswith(("toc ", "目录")):
            return None, 0
        level = int(match[1]) if (match := _HEADING_NAME.match(words)) else outline_of(style.find(f"{_W}pPr"))
        if level:
            return Kind.HEADING, level
        base = style.find(f"{_W}basedOn")
        name = "" if base is None else base.get(f"{_W}val", "")
    return Kind.BODY, 0


def outline_of(properties: Element | None) -> int:
    """The level of a heading, 1 to 9, that paragraph properties give; 0 for none."""
    level = None if properties is None else properties.find(f"{_W}outlineLvl")
    value = "" if level is None else level.get(f"{_W}val", "")
    return int(value) + 1 if re.fullmatch(r"[0-8]", value) else 0
