"""Which blocks of a report share upright pages, and which lying ones: the same in every paged form of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeGuard

from junheng.reporting.report.blocks import Block, Heading, PageBreak, Paragraph, Table
from junheng.reporting.report.runs import words_of

_LEAD = 120  # characters: a paragraph between a heading and its table that only leads to it


def sections(blocks: Sequence[Block]) -> list[tuple[bool, list[Block]]]:
    """Runs of blocks with whether they lie: wide tables, what leads to them and the small print below.

    A section begins a page by itself, so breaks at its beginning and its end are left out.
    """
    lying = [isinstance(block, Table) and block.landscape for block in blocks]
    for at in range(1, len(blocks)):
        lying[at] = lying[at] or (lying[at - 1] and _is(blocks[at], "note"))
    for at in range(len(blocks) - 2, -1, -1):
        lying[at] = lying[at] or (lying[at + 1] and _leads(blocks, at))
    found: list[tuple[bool, list[Block]]] = []
    for lies, group in groupby(zip(lying, blocks, strict=True), key=lambda pair: pair[0]):
        shared = [block for _, block in group]
        while shared and isinstance(shared[0], PageBreak):
            del shared[0]
        while shared and isinstance(shared[-1], PageBreak):
            del shared[-1]
        if found and shared and isinstance(first := shared[0], Heading):
            shared[0] = replace(first, new_page=False)
        if shared:
            found.append((lies, shared))
    return found


def _leads(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block goes with the lying one below it: alone it would leave an empty page behind."""
    block, below = blocks[at], blocks[at + 1]
    if isinstance(block, PageBreak):
        return True
    if isinstance(block, Heading):
        return not isinstance(below, PageBreak)
    between = (at == 0 or isinstance(blocks[at - 1], Heading)) and isinstance(below, Table)  # title or heading above
    return between and _is(block, "body", "note") and len(words_of(block.text)) <= _LEAD


def _is(block: Block, *kinds: str) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.kind in kinds
