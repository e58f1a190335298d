"""Who does what: every requirement of the standard with its office, where it stands and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from junheng.base.outcome import Outcome
from junheng.indicators.words import Words
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.items import Row
from junheng.reporting.report.blocks import Block, Cell, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Name, Quote, Text, listed, words_of
from junheng.reporting.wording.items import finding, item_label, requirements
from junheng.reporting.wording.parts import balance_clause, label_of, stage_clause
from junheng.reporting.wording.phrases import conclusion_word, joined
from junheng.reporting.wording.problems import NO_OFFICE, Problem, problems, resource_gaps
from junheng.verdict.judge import BALANCE, RESOURCES

# 二级指标, 评估内容与标准, 责任科室, 预计达成情况及后续举措, 备注
_Line = tuple[Text, Text, Text, Text, Text]


def tasks(facts: Facts) -> Iterator[Block]:
    """One table; the part (一级指标) spans its rows."""
    now = facts.now
    rows: list[tuple[Cell, ...]] = []
    for part in now.parts:
        lines = list(_lines(now, part))
        for at, line in enumerate(lines):
            first = (cell(label_of(now, part), rows=len(lines), label=True),) if at == 0 else ()
            rows.append((*first, *(cell(*text) for text in line)))
    if not rows:
        return
    yield Paragraph(("“责任科室”“后续举措”空缺的项目须由牵头部门明确后填入；达成情况按现有数据判定。",), "note")
    head = heads("一级指标", "二级指标", "评估内容与标准", "责任科室", "预计达成情况及后续举措", "备注")
    yield Table("tasks", ("责任科室任务分解表",), (1.4, 2.6, 3.2, 1.3, 6, 1.6), (head, *rows), landscape=True)


def _lines(year: CountyYear, part: str) -> Iterator[_Line]:
    found = [problem for problem in problems(year) if problem.part == part]
    if part == RESOURCES:
        yield from _indicators(year, list(resource_gaps(year)))
    elif part == BALANCE:
        clauses = [clause for stage in year.schools.stages if (clause := balance_clause(year, stage))]
        asked = Quote("各学段校际差异系数不超过限值")
        if clauses:
            yield (("校际差异系数",), (asked,), (NO_OFFICE,), (*joined(clauses), "。", *_measures(found)), ())
    else:
        yield from (_item(year, part, row) for row in year.items.rows(part))


def _indicators(year: CountyYear, found: Sequence[Problem]) -> Iterator[_Line]:
    words = Words(year.judgement.dataset.tables)
    for name in year.standard.counted():
        indicator = year.standard.resources[name]
        asked = words.threshold(indicator.thresholds[0], indicator.unit) if indicator.thresholds else "要求未见"
        label = Quote(indicator.label.zh)
        own = [problem for problem in found if label in problem.subject]
        text: Text = joined((problem.stage, *problem.gap) for problem in own) or _no_problem(year, name)
        yield ((label,), (Quote(asked),), (NO_OFFICE,), (*text, "。", *_measures(own)), ())
    schools = joined(stage_clause(year, stage) for stage in year.schools.stages)
    yield (("学校达标",), ("各校按学校达标规则综合判定",), (NO_OFFICE,), (*schools, "。"), ())


def _no_problem(year: CountyYear, name: str) -> Text:
    """That no school misses an indicator; or that some cannot be judged."""
    outcomes = {row[f"{name}__outcome"] for row in year.schools.rows}
    if str(Outcome.UNKNOWN) in outcomes:
        return ("能判定的学校均达到要求" if str(Outcome.MET) in outcomes else "尚不能判定",)
    return ("各校均达到要求" if str(Outcome.MET) in outcomes else "没有学校涉及",)


def _item(year: CountyYear, part: str, row: Row) -> _Line:
    item = year.items.item(row)
    asked = listed(requirements(year, row), "；") or (Quote(item.label.zh),)
    entry = year.items.part(part)
    path = "、".join(branch.label.zh for branch in entry.path(item)) if entry else ""
    label: Text = (*((Quote(path), "：") if path else ()), item_label(year, row))
    office: Text = (Name(row["responsible"], "office"),) if row["responsible"] else (NO_OFFICE,)
    word, found = conclusion_word(part, row["outcome"]), finding(year, row)
    state: Text = (*found, "。") if words_of(found) == f"自查认定为{word}" else (word, "：", *found, "。")
    if row["plan"]:
        state = (*state, "后续举措：", Quote(row["plan"].rstrip("。")), "。")
    elif row["outcome"] == Outcome.UNMET:
        state = (*state, "后续举措尚未填报。")
    note = year.items.note(row)
    return (label, asked, office, state, (Quote(note),) if note else ())


def _measures(found: Iterable[Problem]) -> Text:
    told = list(dict.fromkeys((problem.stage, *problem.suggestion) for problem in found if problem.suggestion))
    return ("建议：", *joined(told), "。") if told else ()


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {"tasks": tasks}
