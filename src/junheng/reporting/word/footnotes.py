"""The part of the footnotes, which begins with the line above them."""

from __future__ import annotations

from lxml import etree

from junheng.reporting.word.xml import Element, W, add, w


def new_notes() -> Element:
    """The root, with the separators that Word wants; notes are numbered from one."""
    root = etree.Element(w("footnotes"), nsmap={"w": W})
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        paragraph = add(add(root, "footnote", type=kind, id=number), "p")
        add(add(paragraph, "pPr"), "spacing", before=0, after=0, line=240, lineRule="auto")
        add(add(paragraph, "r"), kind)
    return root
