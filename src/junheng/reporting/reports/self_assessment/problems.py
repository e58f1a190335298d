"""存在的问题 and 下一步打算: from what is not met to the measures filed or suggested for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Name, Quote, Text, listed, say
from junheng.reporting.wording.parts import label_of
from junheng.reporting.wording.phrases import joined
from junheng.reporting.wording.problems import (
    NO_OFFICE,
    Problem,
    alike_problems,
    allowed_gaps,
    open_questions,
    problem_paragraphs,
    problems,
    subject_words,
)


def problem_chapter(facts: Facts) -> Iterator[Block]:
    """A section for each part that has problems; then what cannot be judged yet."""
    now = facts.now
    found, open_ones = problems(now), open_questions(now)
    if not found:
        yield Paragraph(("自查未发现未达到要求的事项。" if not open_ones else "已能判定的事项中未发现未达到要求的。",))
    if allowed := allowed_gaps(now):
        yield Paragraph(allowed)
    for part in dict.fromkeys(problem.part for problem in found):
        yield Heading((label_of(now, part), "方面"), level=2)
        for text in problem_paragraphs([problem for problem in found if problem.part == part]):
            yield Paragraph(text)
    if open_ones:
        yield Heading(("尚不能判定的事项",), level=2)
        yield Paragraph(("以下事项因数据未填报、未认定或要求未见，目前不能判定，补齐后再作结论。",))
        for part in dict.fromkeys(problem.part for problem in open_ones):
            for text in problem_paragraphs([problem for problem in open_ones if problem.part == part]):
                yield Paragraph(text)


def next_steps(facts: Facts) -> Iterator[Block]:
    """The table from problem to measure; says plainly where nothing was filed."""
    now = facts.now
    listed_ones = [*problems(now), *open_questions(now)]
    yield from _plans(facts)
    if not listed_ones:
        yield Paragraph(("继续按年度对照标准自查和监测，对接近限值的指标及早补强，保持现有水平。",))
        return
    yield Paragraph(_introduction(listed_ones))
    yield measures_table(now, listed_ones)


def measures_table(year: CountyYear, found: Sequence[Problem]) -> Table:
    """Problem, gap, responsible office, measure; the part once for its problems."""
    rows = []
    for part in dict.fromkeys(problem.part for problem in found):
        own = alike_problems([problem for problem in found if problem.part == part])
        for at, alike in enumerate(own):
            problem, subjects = alike[0], subject_words(alike)
            first = (cell(label_of(year, part), rows=len(own), label=True),) if at == 0 else ()
            rows.append(
                (
                    *first, cell(*subjects), cell(*problem.gap), cell(*problem.office),
                    cell(*problem.planned),
                )
            )  # fmt: skip
    head = heads("方面", "存在的问题", "差距", "责任科室", "措施")
    return Table("measures", ("问题与措施对应表",), (1.4, 3, 4.6, 1.6, 3.6), (head, *rows), landscape=True)


def _introduction(found: Sequence[Problem]) -> Text:
    text: Text = ("针对以上问题，按下表逐项落实。",)
    if any(problem.suggestion and not problem.measure for problem in found):
        text = (*text, "表中注明“建议”的措施由缺口推算，供研究确定，不是已经作出的安排。")
    if not any(problem.measure for problem in found):
        text = (*text, "各项整改措施尚未填报。")
    offices = dict.fromkeys(run for problem in found for run in problem.office if isinstance(run, Name))
    if offices:
        text = (*text, *say("已明确责任的单位有{offices}。", offices=listed(offices)))
    elif all(problem.office == (NO_OFFICE,) for problem in found):
        text = (*text, "责任科室尚未填报，须尽快明确。")
    return text


def _plans(facts: Facts) -> Iterator[Paragraph]:
    titles: list[Text] = [("《", Quote(str(plan["title"]["zh"])), "》") for plan in facts.plans if "title" in plan]
    if titles:
        yield Paragraph(("已编制", *joined(titles, "、"), "，具体项目和安排见该方案。"))
