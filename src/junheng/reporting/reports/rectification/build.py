"""整改: what was wrong, what was to be done, what came of it, what comes next; against the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts, change, size
from junheng.reporting.facts.items import Row
from junheng.reporting.facts.turns import Turn, Turns
from junheng.reporting.report.blocks import Block, Cell, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Name, Quote, Text, listed, say, words_of
from junheng.reporting.reports.self_assessment.problems import measures_table
from junheng.reporting.wording.items import finding
from junheng.reporting.wording.parts import label_of, school_year, verdict
from junheng.reporting.wording.phrases import conclusion_word, counted, joined, quoted, several
from junheng.reporting.wording.problems import NO_OFFICE, allowed_gaps, open_questions, problems

_RESULTS: dict[Turn, str] = {"resolved": "已达到", "remaining": "仍未达到", "open": "尚不能判定"}
_PASSED = (Outcome.MET, Outcome.TOLERATED)

_FEW = 10  # schools that are named in a sentence


def overview(facts: Facts) -> Iterator[Block]:
    """The verdict of both years, and how much of what was not met then is met now."""
    now = facts.now
    yield Paragraph((*verdict(now), "。"))
    turns = _turns(facts)
    if turns is None:
        yield Paragraph(("没有以前年度的判定数据，整改前后不能对照，以下只列目前存在的问题和已填报的措施。",))
        return
    before = turns.before
    yield (
        Paragraph((*verdict(before), "。"))
        if before.outcome is not now.outcome
        else Paragraph(say("{year}的结论与此相同。", year=school_year(before)))
    )
    yield Paragraph((school_year(before), *_summary(turns), "。"))


def _turns(facts: Facts) -> Turns | None:
    return Turns(facts.now, facts.years[-2]) if len(facts.years) > 1 else None


def _summary(turns: Turns) -> Text:
    total, new = turns.item_count("unmet_before"), turns.item_count("new")
    added = say("另有{new}新出现未达到的情况", new=new) if new.value else ()
    if not total.value:
        return joined([("没有已查明未达到要求的事项",), added])
    told = _results(total, [(word, turns.item_count(turn)) for turn, word in _RESULTS.items()])
    return joined([say("未达到要求的事项{total}，本年{told}", total=total, told=told), added])


def _results(total: Figure, results: list[tuple[str, Figure]]) -> Text:
    """``2项已达到，3项仍未达到``; where all came to the same ``均仍未达到``."""
    for word, count in results:
        if count.value == total.value and total.value != 1:
            return ("均", word)
    return counted([(f"{{count}}{word}", count) for word, count in results])


def items(facts: Facts) -> Iterator[Block]:
    """问题 → 措施 → 结果 of the items that were not met the year before."""
    turns = _turns(facts)
    if turns is None or not turns.items("unmet_before"):
        return
    found = [(turn, row) for turn in _RESULTS for row in turns.items(turn)]
    filed = any(_plan(turns, row) or _office(turns, row) for _, row in found)
    lines = [_item_line(turns, turn, row, filed=filed) for turn, row in found]
    measures = (("整改措施", 3.0), ("责任科室", 1.5)) if filed else ()  # empty columns say nothing
    columns = (("存在的问题", 2.6), ("以前的情况", 4.0), *measures, ("整改结果", 4.0), ("结论", 1.4))
    yield Paragraph(say("下列事项在{year}未达到要求。", year=school_year(turns.before)))
    yield _without_plans(turns, [row for _, row in found])
    widths = tuple(width for _, width in columns)
    rows = (heads(*(label for label, _ in columns)), *lines)
    yield Table("rectified_items", ("事项整改情况",), widths, rows, landscape=True)


def _old_row(turns: Turns, row: Row) -> Row:
    return next(old for old in turns.before.items.rows(row["part"]) if old["item"] == row["item"])


def _plan(turns: Turns, row: Row) -> str:
    return str(_old_row(turns, row)["plan"] or row["plan"] or "")


def _office(turns: Turns, row: Row) -> str:
    return str(row["responsible"] or _old_row(turns, row)["responsible"] or "")


def _item_line(turns: Turns, turn: Turn, row: Row, *, filed: bool) -> tuple[Cell, ...]:
    old = _old_row(turns, row)
    item = turns.before.items.item(old)
    plan, office = _plan(turns, row), _office(turns, row)
    measures = (
        cell(Quote(plan) if plan else "未填报"),
        cell(Name(office, "office") if office else NO_OFFICE),
    )
    gone = turn == "open" and row is old
    note = turns.before.items.note(old).rstrip("。；")
    was = (*finding(turns.before, old), *(("；", Quote(note)) if note else ()))
    outcome = None if gone or not row["outcome"] else Outcome(row["outcome"])
    return (
        cell(Quote(item.label.zh)),
        cell(*was, "。"),
        *(measures if filed else ()),
        cell(*(("本年标准中没有这一事项",) if gone else _result(turns, old, row)), "。"),
        cell(conclusion_word(row["part"], outcome), outcome=outcome, align="centre"),
    )


def _result(turns: Turns, old: Row, row: Row) -> Text:
    found = finding(turns.now, row)
    return ("与以前相同",) if words_of(found) == words_of(finding(turns.before, old)) else found


def _without_plans(turns: Turns, rows: list[Row]) -> Paragraph:
    """Says plainly for which items no measure was filed."""
    missing = [Quote(turns.before.items.item(_old_row(turns, row)).label.zh) for row in rows if not _plan(turns, row)]
    if not missing:
        return Paragraph(("各项均填报了整改措施。",))
    who: Text = ("各项均",) if len(missing) == len(rows) else ("其中", *quoted(missing, len(missing)))
    return Paragraph((*who, "没有填报整改措施，结果按两年数据对照得出。"))


def schools(facts: Facts) -> Iterator[Block]:
    """Which schools came to meet the standard, which still miss it."""
    turns = _turns(facts)
    if turns is None or turns.now.standard.school_rule is None:
        return
    lines = []
    for stage in turns.now.schools.stages:
        total = turns.school_count(stage, "unmet_before")
        resolved = turns.schools(stage, "resolved")
        if total.value:
            yield Paragraph((*_stage(turns, stage, total), "。"))
        for row in resolved:
            old = next(own for own in turns.before.schools.of_stage(stage) if own["school_code"] == row["school_code"])
            missed = turns.before.schools.missed(old)
            now_missed = turns.now.schools.missed(row)
            gained = [Quote(_label(turns.before, name)) for name in missed if name not in now_missed]
            lines.append(
                (
                    cell(turns.now.schools.name(row)),
                    cell(stage.zh, align="centre"),
                    cell(turns.before.schools.missed_count(old)),
                    cell(turns.now.schools.missed_count(row)),
                    cell(*(listed(gained) or ("—",))),
                )
            )
    if lines:
        head = heads("学校", "学段", "原未达到项数", "现未达到项数", "已补齐的指标")
        yield Table("resolved_schools", ("由未达标变为达标的学校",), (3, 0.9, 1.4, 1.4, 6), (head, *lines))


def _label(year: CountyYear, name: str) -> str:
    return year.standard.resources[name].label.zh


def _stage(turns: Turns, stage: Stage, total: Figure) -> Text:
    results = [
        ("已达标", turns.school_count(stage, "resolved")),
        ("仍未达标", turns.school_count(stage, "remaining")),
        ("不能判定或不再参加判定", turns.school_count(stage, "open")),
    ]
    text = say(
        "{year}未达标的{stage}{total}，本年{told}",
        year=school_year(turns.before),
        stage=stage.zh,
        total=total,
        told=_results(total, results),
    )
    names = [turns.now.schools.name(row) for row in turns.schools(stage, "remaining")]
    if not 0 < len(names) <= _FEW:
        return text
    if len(names) == total.value:
        return (*text, "（", *listed(names), "）")
    return (*text, "，仍未达标的为", *listed(names))


def balance(facts: Facts) -> Iterator[Block]:
    """Coefficients that were over their limit, and what became of them."""
    turns = _turns(facts)
    if turns is None:
        return
    lines = []
    for old in turns.before.balance.rows:
        row = turns.now.balance.find(Stage(old["stage"]), old["indicator"])
        if old["outcome"] != Outcome.UNMET or row is None:
            continue
        was, now = turns.before.balance.cv(old), turns.now.balance.cv(row)
        by = change(now, was)
        word = "不能比较" if by.value is None else "没有变化" if by.value == 0 else "缩小" if by.value < 0 else "扩大"
        outcome = turns.now.balance.outcome(row)
        lines.append(
            (
                cell(Stage(row["stage"]).zh, align="centre"),
                cell(Quote(turns.now.balance.label(row))),
                cell(was), cell(now), cell(turns.now.balance.limit(row)),
                cell(word, *((size(by),) if by.value else ()), align="centre"),
                cell(outcome.zh if outcome else "只列示", outcome=outcome, align="centre"),
            )
        )  # fmt: skip
    if not lines:
        return
    yield Paragraph(say("下列差异系数在{year}超过限值。", year=school_year(turns.before)))
    head = heads("学段", "指标", cell(school_year(turns.before), label=True), cell(school_year(turns.now), label=True),
                 "限值", "变化", "结论")  # fmt: skip
    yield Table(
        "rectified_balance", ("超过限值的差异系数变化情况",), (0.9, 4.4, 1.4, 1.4, 1.1, 1.6, 1.4), (head, *lines)
    )


def new_problems(facts: Facts) -> Iterator[Block]:
    """What was not unmet the year before and is now."""
    turns = _turns(facts)
    if turns is None:
        return
    for row in turns.items("new"):
        label = Quote(turns.now.items.item(row).label.zh)
        yield Paragraph((label_of(turns.now, row["part"]), "中，“", label, "”：", *finding(turns.now, row), "。"))
    for stage in turns.now.schools.stages:
        rows = turns.schools(stage, "new")
        if rows:
            names = [turns.now.schools.name(row) for row in rows]
            count = turns.school_count(stage, "new")
            yield Paragraph(
                say("{stage}新出现未达标学校{count}：{names}。", stage=stage.zh, count=count, names=several(names, 8))
            )


def outlook(facts: Facts) -> Iterator[Block]:
    """What is still open, with the measure filed or suggested; says where nothing was filed."""
    now = facts.now
    if allowed := allowed_gaps(now):
        yield Paragraph(allowed)
    left = [*problems(now), *open_questions(now)]
    if not left:
        yield Paragraph(("各项要求均已达到，继续按年度监测，防止反弹。",))
        return
    if not problems(now):
        said = "目前没有已查明未达到要求的事项，尚不能判定的须补报数据或组织认定。"
    elif not any(problem.measure for problem in left):
        said = "目前存在的问题均未填报整改措施，须由责任科室逐项明确措施和时限。"
    else:
        said = "已填报措施的按计划推进，未填报的由责任科室尽快明确措施和时限。"
    yield Paragraph((said, "下表注明“建议”的措施由缺口推算，供研究确定。"))
    yield measures_table(now, left)


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "overview": overview,
    "items": items,
    "schools": schools,
    "balance": balance,
    "new_problems": new_problems,
    "outlook": outlook,
}
