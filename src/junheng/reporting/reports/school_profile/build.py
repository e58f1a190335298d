"""A school on one illustrated page: size and conditions in words, the indicators as a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.terms import Stage
from junheng.reporting.charts.attainment import attainment
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Chart, Paragraph
from junheng.reporting.report.runs import Quote
from junheng.reporting.reports.school_report.build import conditions, features, identity, pupils


def portrait(facts: Facts) -> Iterator[Block]:
    """Who the school is, how large, what it has."""
    school = facts.now.each_school.of(facts.school)
    yield Paragraph(identity(school))
    stages = [stage for stage in school.filed_stages if stage is not Stage.SENIOR]
    told = [*(pupils(school, stage) for stage in stages), conditions(school)]
    yield from (Paragraph(sentence) for sentence in told if sentence)


def chart(facts: Facts) -> Iterator[Block]:
    """Every indicator that has a limit, in per cent of it."""
    school = facts.now.each_school.of(facts.school)
    rows = [bar for row in school.rows for bar in school.bars(row)]
    if any(row["percent"] is not None for row in rows):
        spec = attainment(rows)
        caption = ("对照《", Quote(school.standard.label.zh), "》各项指标数值占要求的百分比")
        yield Chart("attainment", caption, spec, says=spec["description"])


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {"portrait": portrait, "features": features, "chart": chart}
