"""A spoken report: short paragraphs, no tables; what only people know comes from the writer's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.terms import Stage
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Heading, Paragraph
from junheng.reporting.report.runs import Name, Quote, Text, listed, say
from junheng.reporting.reports.self_assessment.basics import premises_words, schools_words, stage_words
from junheng.reporting.reports.work_report.practices import practices
from junheng.reporting.reports.work_report.standing import standing
from junheng.reporting.totals import COMPULSORY
from junheng.reporting.wording.parts import label_of
from junheng.reporting.wording.phrases import joined
from junheng.reporting.wording.problems import (
    Problem,
    allowed_gaps,
    open_questions,
    problem_paragraphs,
    problems,
)


def opening(facts: Facts) -> Iterator[Block]:
    """The salutation, unless the writer addresses somebody, and what is reported."""
    if not facts.writer.to:
        yield Paragraph(("尊敬的各位领导、各位专家：",), "address")
    text = "现就{county}对照“{standard}”推进各项工作的情况汇报如下，不当之处，请批评指正。"
    yield Paragraph(say(text, county=facts.now.name, standard=Quote(facts.now.standard.label.zh)))


def basics(facts: Facts) -> Iterator[Block]:
    """Schools, pupils, teachers and premises in three paragraphs."""
    now = facts.now
    if not now.standard.stages or not now.filed.schools().value:
        return
    stages = [Stage(stage) for stage in COMPULSORY if now.filed.schools(stage=stage).value]
    told = joined(stage_words(now, stage) for stage in stages)
    yield Paragraph((*schools_words(now), "。", *((*told, "。") if told else ())))
    if premises := premises_words(now):
        yield Paragraph((*premises, "。"))


def problem_words(facts: Facts) -> Iterator[Block]:
    """A paragraph for each part with problems, then what is not known yet."""
    now = facts.now
    found, open_ones = problems(now), open_questions(now)
    if not found and not open_ones:
        yield Paragraph(("对照标准自查，没有发现未达到要求的事项。",))
    if allowed := allowed_gaps(now):
        yield Paragraph(allowed)
    for part in dict.fromkeys(problem.part for problem in found):
        yield Heading((label_of(now, part), "方面仍有差距"), level=2)
        for text in problem_paragraphs([problem for problem in found if problem.part == part]):
            yield Paragraph(text)
    if open_ones:
        yield Heading(("部分事项尚不能作出结论",), level=2)
        subjects = listed([problem.subject for problem in open_ones], "；")
        yield Paragraph(("因数据未填报、未认定或要求未见，以下事项目前还不能判定：", *subjects, "。"))


def next_steps(facts: Facts) -> Iterator[Block]:
    """What was filed to be done, by office; what is only suggested; what nobody has a measure for."""
    now = facts.now
    found = [*problems(now), *open_questions(now)]
    filed = [problem for problem in found if problem.measure]
    for problem in filed:
        who = ("由", *problem.office, "负责，") if isinstance(problem.office[0], Name) else ()
        yield Paragraph(("针对“", *problem.subject, "”，", *who, *problem.measure, "。"))
    suggested = [problem for problem in found if problem.suggestion and not problem.measure and not problem.open]
    for stage in dict.fromkeys(problem.stage for problem in suggested):
        own = [problem for problem in suggested if problem.stage == stage]
        yield Paragraph(_suggestions(stage, own))
    bare = [problem for problem in found if not problem.measure and not problem.suggestion]
    if bare:
        subjects = listed([("“", *problem.subject, "”") for problem in bare], "")
        yield Paragraph(("对", *subjects, "，尚未填报整改措施，将尽快明确责任科室和完成时限。"))
    if any(problem.open for problem in found):
        yield Paragraph(("对尚不能判定的事项，尽快补报数据、组织认定，再作结论。",))
    if not found:
        yield Paragraph(("继续按年度对照标准自查和监测，对接近限值的指标及早补强，保持现有水平。",))


def _suggestions(stage: str, own: list[Problem]) -> Text:
    """``初步测算，小学还须…``: a shortage worked out, not a decision."""
    if not stage:
        told = joined((*problem.subject, "，建议", *problem.suggestion) for problem in own)
        return (*told, "。")
    told = joined((problem.subject[1], "，", *problem.suggestion) for problem in own)
    return (stage, "按缺口测算的补短板任务为：", *told, "。")


def closing(facts: Facts) -> Iterator[Block]:
    """The last line of a spoken report."""
    yield Paragraph(say("以上是{county}的汇报，恳请各位领导、专家指导。", county=facts.now.name))


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "opening": opening,
    "basics": basics,
    "standing": standing,
    "practices": practices,
    "problems": problem_words,
    "next_steps": next_steps,
    "closing": closing,
}
