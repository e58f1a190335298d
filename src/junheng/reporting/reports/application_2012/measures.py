"""表Ⅶ: what was done and what came of it, in the words of those who filed it."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Table, cell, heads
from junheng.reporting.report.runs import Quote
from junheng.reporting.reports.application_2012.page import blank_table
from junheng.reporting.wording.phrases import conclusion_word

_CAPTION = "表Ⅶ　推进义务教育均衡发展的主要措施和成效"


def measures(facts: Facts) -> Iterator[Block]:
    """Notes and plans of the items; what the county writes of itself follows as its own words."""
    own = facts.now.items
    rows = [(row, own.note(row)) for name, _ in facts.now.standard.parts() for row in own.rows(name)]
    told = [(row, note) for row, note in rows if note or row["plan"]]
    if not told:
        why = "没有填报认定说明和整改措施；主要措施和成效请由县里用自己的话补写。"
        yield blank_table("form_7", _CAPTION, "主要措施和成效", why)
        return
    yield Table(
        "form_7",
        (_CAPTION,),
        (4, 1.5, 4, 4, 2),
        (
            heads("事项", "结论", "认定说明", "整改措施", "责任科室"),
            *(
                (
                    cell(Quote(own.item(row).label.zh)),
                    cell(
                        conclusion_word(row["part"], row["outcome"]),
                        align="centre",
                        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
                    ),
                    cell(Quote(note or "未填报")),
                    cell(Quote(row["plan"] or ("未填报" if row["outcome"] == Outcome.UNMET else "—"))),
                    cell(Quote(row["responsible"] or "未填报")),
                )
                for row, note in told
            ),
        ),
        note=("认定说明和整改措施照录填报的原文；县里自己写的措施和成效附后。",),
        landscape=True,
    )
