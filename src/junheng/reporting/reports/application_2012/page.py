"""What all forms share: a page for every table, and tables that say that nothing was filed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.outcome import Outcome
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, PageBreak, Table, cell, heads
from junheng.reporting.report.runs import Quote

Chapter = Callable[[Facts], Iterable[Block]]


def own_pages(chapter: Chapter) -> Chapter:
    """The chapter with a page of its own for every table."""

    def made(facts: Facts) -> Iterator[Block]:
        for block in chapter(facts):
            if isinstance(block, Table):
                yield PageBreak()
            yield block

    return made


def blank_table(key: str, caption: str, subject: str, why: str) -> Table:
    """A table of one line that says that nothing was filed, and why."""
    row = (cell(subject, label=True), cell("未填报", align="centre", outcome=Outcome.UNKNOWN))
    return Table(key, (Quote(caption),), (2, 3), (heads("项目", "内容"), row), note=(why,))
