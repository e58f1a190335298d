"""Every criterion of the standard with what self-inspection found; a scored part by its tree, with subtotals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Heading, Paragraph
from junheng.reporting.reports.criteria.computed import balance_table, resource_table
from junheng.reporting.reports.criteria.items import criteria_table
from junheng.reporting.wording.parts import label_of, part_clause, verdict
from junheng.standards.model import PART_NAMES
from junheng.verdict.judge import BALANCE, RESOURCES


def conclusion(facts: Facts) -> Iterator[Block]:
    """The whole, in one sentence."""
    yield Paragraph((*verdict(facts.now), "。逐条自评情况如下。"))


def resources(facts: Facts) -> Iterator[Block]:
    """The indicators of every school; nothing where the standard does not judge schools."""
    now = facts.now
    if now.standard.school_rule is None or not now.standard.resources or not now.schools.rows:
        return
    yield Heading((label_of(now, RESOURCES),))
    yield Paragraph((*part_clause(now, RESOURCES), "。"))
    yield resource_table(now)


def balance(facts: Facts) -> Iterator[Block]:
    """The coefficients that decide."""
    now = facts.now
    if not any(row["outcome"] for row in now.balance.rows):
        return
    yield Heading((label_of(now, BALANCE),))
    yield Paragraph((*part_clause(now, BALANCE), "。"))
    yield balance_table(now)


def _part(part: str) -> Callable[[Facts], Iterator[Block]]:
    def chapter(facts: Facts) -> Iterator[Block]:
        now = facts.now
        if now.items.part(part) is None or not now.items.rows(part):
            return
        yield Heading((label_of(now, part),))
        yield Paragraph((label_of(now, part), "方面，", *part_clause(now, part), "。"))
        yield criteria_table(now, part)

    return chapter


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "conclusion": conclusion,
    "resources": resources,
    "balance": balance,
    **{part: _part(part) for part in PART_NAMES},
}
