"""Runs of an open Word file, cut so that a comment can hang on exactly the characters of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from junheng.documents.package import Element
from junheng.documents.word import Run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class Placed:
    """Characters ``start`` to ``end`` of the document and the element that shows them (``w:t``, ``w:tab``, …)."""

    start: int
    end: int
    node: Element

    @property
    def holder(self) -> Element:
        """What a comment can be put around: the outermost run or formula.

        Inside a text box or a formula Word takes no comments; they hang on the run or formula that holds it.
        """
        found = self.node
        for above in self.node.iterancestors():
            if above.tag == f"{W}r" or above.tag.startswith(_M):
                found = above
        return found


def cut(runs: Sequence[Run], nodes: Mapping[Element, Element], offsets: Iterable[int]) -> list[Placed]:
    """Cut runs in two wherever one of ``offsets`` lies in or between the elements of a run.

    Formatting stays with both halves; no character is added or lost.

    Args:
        runs: as ``read_word_text`` gives them.
        nodes: its elements → the same elements of the tree that is changed.

    Returns:
        The stretches after cutting, in text order.
    """
    pieces: list[Placed] = []
    wanted = sorted(set(offsets))
    # From the end, so that what stands before a cut keeps its element.
    for run in reversed(runs):
        piece = Placed(run.start, run.end, nodes[run.node])
        while wanted and wanted[-1] >= piece.end:
            wanted.pop()
        while wanted and wanted[-1] >= piece.start:
            offset = wanted.pop()
            after = _split(piece, offset)
            if after is not None:
                pieces.append(after)
        if piece.start < piece.end:
            pieces.append(piece)
    pieces.reverse()
    return pieces


def _split(piece: Placed, offset: int) -> Placed | None:
    """Move what stands from ``offset`` on into a run of its own; None where the run cannot or need not be cut."""
    run = piece.node.getparent()
    if run is None or run.tag != f"{W}r" or piece.holder is not run:
        return None
    inside = offset > piece.start
    if not inside and all(before.tag == f"{W}rPr" for before in piece.node.itersiblings(preceding=True)):
        return None
    if inside and piece.node.tag != f"{W}t":
        return None
    following = etree.Element(run.tag, run.attrib, nsmap=run.nsmap)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        following.append(deepcopy(properties))
    rest = list(piece.node.itersiblings())
    if inside:
        text = piece.node.text or ""
        second = etree.SubElement(following, piece.node.tag)
        piece.node.text, second.text = text[: offset - piece.start], text[offset - piece.start :]
        for half in (piece.node, second):
            half.set(_SPACE, "preserve")
        moved = Placed(offset, piece.end, second)
    else:
        following.append(piece.node)
        moved = Placed(offset, piece.end, piece.node)
    following.extend(rest)
    run.addnext(following)
    piece.end = offset
    return moved
