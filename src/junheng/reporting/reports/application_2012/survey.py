"""表Ⅵ: the satisfaction survey; questionnaires and visits are kept apart, and parents from the others."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.survey import Survey
from junheng.reporting.report.blocks import Block, Cell, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, say
from junheng.reporting.reports.application_2012.page import blank_table

_HEAD = heads("调查方式", cell("调查对象", columns=2, label=True), "发放（走访）数", "有效数", "满意数", "满意度（%）")
_METHODS = ("questionnaire", "visit")
_PARENTS, _ALL = "parents", "all"


def survey(facts: Facts) -> Iterator[Block]:
    """表Ⅵ."""
    sample = say("按常住人口应发问卷不少于{needed}。", needed=facts.now.survey.needed)
    yield survey_table(facts, "表Ⅵ　公众对义务教育均衡发展的满意度", sample)


def survey_table(facts: Facts, caption: str, sample: Text = ()) -> Table:
    """The same under another caption, for other forms.

    Args:
        sample: how many had to be asked: what is known of that was seen for the form of 2012 only.
    """
    own = facts.now.survey
    if not own.methods:
        return blank_table("form_6", caption, "满意度调查", "没有填报本学年的满意度调查结果。")
    rows = [row for method in _METHODS for row in _method(own, method)]
    return Table(
        "form_6",
        (caption,),
        (1.8, 1.2, 2.4, 2.2, 2, 2, 2.2),
        (_HEAD, *rows),
        note=("满意度为满意数占有效数的比例，问卷与实地走访分开计算。", *sample),
    )


def _method(own: Survey, method: str) -> list[tuple[Cell, ...]]:
    """The parents, the other groups, and all together; one line that says so where nothing was filed."""
    groups = [group for group in own.groups(method) if group != _ALL]
    label = own.method_label(method)
    if not own.groups(method):
        return [(cell(Quote(label), label=True), cell("未填报", columns=6, align="centre"))]
    others = [group for group in groups if group != _PARENTS]
    rows: list[tuple[Cell, ...]] = []
    if _PARENTS in groups:
        parents = cell(Quote(own.group_label(_PARENTS)), columns=2, label=True)
        rows.append((parents, *_figures(own, method, _PARENTS)))
    for at, group in enumerate(others):
        head = (cell("其他", rows=len(others), label=True),) if at == 0 else ()
        rows.append((*head, cell(Quote(own.group_label(group)), label=True), *_figures(own, method, group)))
    rows.append((cell("合计", columns=2, label=True), *_figures(own, method, _ALL)))
    rows[0] = (cell(Quote(label), rows=len(rows), label=True), *rows[0])
    return rows


def _figures(own: Survey, method: str, group: str) -> tuple[Cell, ...]:
    share = own.satisfied_share(method, group)
    counts = (own.asked(method, group), own.valid(method, group), own.satisfied(method, group))
    return (*(cell(count, align="right") for count in counts), cell(share, align="right"))
