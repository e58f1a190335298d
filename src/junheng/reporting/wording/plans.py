"""What every document on a plan says of its grounds: how good it is known to be, and what a reader has to know."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.reporting.facts.plan import Plan
from junheng.reporting.report.blocks import Block, Paragraph
from junheng.reporting.report.runs import Quote, say


def grounds_of(plan: Plan) -> Iterator[Block]:
    """How near to the best a plan is proven to be, then its notes."""
    if plan.proven == "optimal":
        yield Paragraph(("本方案由运筹优化求得，已证明没有更好的方案。",))
    elif plan.gap.value is not None:
        yield Paragraph(say("本方案由运筹优化求得，已证明与最优方案至多相差{gap}。", gap=plan.gap))
    else:
        yield Paragraph(("本方案由运筹优化求得，可行，但没有证明离最优有多远。",))
    for note in plan.notes:
        yield Paragraph((Quote(note),))
