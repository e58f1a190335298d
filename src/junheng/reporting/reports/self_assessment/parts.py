"""The parts made of items (申报条件, 政府保障, 教育质量, 社会认可, 一票否决), each a chapter under its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from junheng.base.outcome import Outcome
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.items import Row
from junheng.reporting.report.blocks import Block, Cell, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, listed, say
from junheng.reporting.wording.items import finding, item_label, with_note
from junheng.reporting.wording.parts import label_of, part_clause
from junheng.reporting.wording.phrases import conclusion_word


def part_chapter(part: str) -> Callable[[Facts], Iterator[Block]]:
    """The chapter of one part; nothing where the standard has no such part."""

    def chapter(facts: Facts) -> Iterator[Block]:
        now = facts.now
        if now.items.part(part) is None or not now.items.rows(part):
            return
        yield Heading((label_of(now, part),))
        yield Paragraph((label_of(now, part), "方面，", *part_clause(now, part), "。"))
        yield items_table(now, part)
        if part == "satisfaction":
            yield from survey(now)

    return chapter


def items_table(year: CountyYear, part: str) -> Table:
    """Every item with what self-inspection found; points and score where the part is scored."""
    entry = year.items.part(part)
    scored = entry is not None and entry.rule == "score"
    rows = [_row(year, part, row, scored=scored) for row in year.items.rows(part)]
    points = ("分值（分）", "得分（分）") if scored else ()
    head = heads("事项", "自查情况", *points, "结论")
    widths = (3, 6, 1.1, 1.1, 1.5) if scored else (3, 7, 1.5)
    return Table(f"items_{part}", (label_of(year, part), "自评情况"), widths, (head, *rows))


def _row(year: CountyYear, part: str, row: Row, *, scored: bool) -> tuple[Cell, ...]:
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    said = with_note(year, row) if outcome is Outcome.UNMET else finding(year, row)
    points = (cell(year.items.points(row)), cell(year.items.earned(row))) if scored else ()
    word = conclusion_word(part, outcome)
    return (cell(item_label(year, row)), cell(*said, "。"), *points, cell(word, outcome=outcome, align="centre"))


def survey(year: CountyYear) -> Iterator[Block]:
    """By method and group: asked, valid, satisfied."""
    asked = year.survey
    lines: list[tuple[Cell, ...]] = []
    for method in asked.methods:
        groups = asked.groups(method)
        for at, group in enumerate(groups):
            first = (cell(Quote(asked.method_label(method)), rows=len(groups), label=True),) if at == 0 else ()
            lines.append(
                (
                    *first,
                    cell(Quote(asked.group_label(group)), label=group == "all"),
                    cell(asked.asked(method, group)),
                    cell(asked.valid(method, group)),
                    cell(asked.returned_share(method, group)),
                    cell(asked.satisfied(method, group)),
                    cell(asked.satisfied_share(method, group)),
                )
            )
    if not lines:
        return
    for method in asked.methods:
        if sentence := survey_words(year, method):
            yield Paragraph((*sentence, "。"))
    head = heads("方式", "对象", "发放或走访（份）", "有效（份）", "有效率（%）", "满意（份）", "满意率（%）")
    yield Table("survey", ("满意度调查结果",), (1.4, 1.6, 1.6, 1.3, 1.3, 1.3, 1.3), (head, *lines))


def survey_words(year: CountyYear, method: str) -> Text:
    """How many were asked, what share is satisfied, which group most and least."""
    asked = year.survey
    label = Quote(asked.method_label(method))
    if asked.satisfied_share(method).value is None:
        return ()
    text = say("{label}共调查{asked}，有效{valid}，满意率{share}", label=label, asked=asked.asked(method),
               valid=asked.valid(method), share=asked.satisfied_share(method))  # fmt: skip
    known = [
        (share, group)
        for group in asked.groups(method)
        if group != "all" and (share := asked.satisfied_share(method, group)).value is not None
    ]
    if len(known) > 1:
        ordered = sorted(known, key=lambda one: one[0].value or 0)
        ends = [(Quote(asked.group_label(group)), "（", share, "）") for share, group in (ordered[-1], ordered[0])]
        text = (*text, *say("，其中满意率最高的是{ends}", ends=listed(ends, "，最低的是")))
    return text
