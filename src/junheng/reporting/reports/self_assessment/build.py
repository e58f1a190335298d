"""The county's account of itself: what there is, what the judge found, what is lacking, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block
from junheng.reporting.reports.self_assessment.annexes import left_out, matrix, unseen_rules
from junheng.reporting.reports.self_assessment.balance import balance
from junheng.reporting.reports.self_assessment.basics import basics
from junheng.reporting.reports.self_assessment.conclusion import conclusion
from junheng.reporting.reports.self_assessment.parts import part_chapter
from junheng.reporting.reports.self_assessment.problems import next_steps, problem_chapter
from junheng.reporting.reports.self_assessment.resources import resources
from junheng.reporting.reports.self_assessment.trend import trend
from junheng.standards.model import PART_NAMES

CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "basics": basics,
    "conclusion": conclusion,
    "resources": resources,
    "balance": balance,
    **{part: part_chapter(part) for part in PART_NAMES},
    "trend": trend,
    "problems": problem_chapter,
    "next_steps": next_steps,
    "matrix": matrix,
    "left_out": left_out,
    "unseen_rules": unseen_rules,
}
