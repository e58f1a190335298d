"""教师交流轮岗方案 as a document: how many go, what it fills, how far, each school's balance, and who."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.plan import Row, set_close
from junheng.reporting.facts.rotation_plan import NEED, SCHOOL, RotationPlan
from junheng.reporting.plan_words import stage_word
from junheng.reporting.report.blocks import Block, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Name, Quote, listed, say
from junheng.reporting.wording.plans import grounds_of


def _plan(facts: Facts) -> RotationPlan:
    return RotationPlan(facts.plan("rotation"))


def answer(facts: Facts) -> Iterator[Block]:
    """How many go, and what it fills."""
    plan = _plan(facts)
    whose = (plan.county or "本县",)
    if not plan.people:
        yield Paragraph(say("{whose}本次没有安排教师交流。", whose=whose))
    else:
        moved = plan.share("backbone_moved")
        backbone = ("，其中骨干教师", moved) if moved.value else ()
        yield Paragraph(
            say(
                "{whose}本次安排交流教师{moved}，占符合条件的教师（{eligible}）的{share}{backbone}。",
                whose=whose,
                moved=plan.share("moved"),
                eligible=plan.share("eligible"),
                share=plan.share("share"),
                backbone=backbone,
            )
        )
    if not plan.needs:
        return
    if plan.lacking.value:
        words = "交流前各校共缺{lacked}，交流后还有{lacking}没有补上，须用招聘、走教等办法解决。"
        yield Paragraph(say(words, lacked=plan.lacked, lacking=plan.lacking))
    elif plan.lacked.value:
        yield Paragraph(say("交流前各校共缺{lacked}，交流后全部补上。", lacked=plan.lacked))


def shares(facts: Facts) -> Iterator[Block]:
    """The shares beside what is asked."""
    plan = _plan(facts)
    rows = (
        (cell("符合交流条件的教师"), cell(plan.share("eligible")), cell("—"), cell("—")),
        (
            cell("交流的教师，占符合条件的"),
            cell(plan.share("moved")),
            cell(plan.share("share")),
            cell(plan.share("least_share")),
        ),
        (
            cell("其中骨干教师，占交流教师"),
            cell(plan.share("backbone_moved")),
            cell(plan.share("backbone_share")),
            cell(plan.share("least_backbone_share")),
        ),
    )
    head = heads("项目", "人数（人）", "比例（%）", "要求至少（%）")
    note = ("比例截去两位以后的小数，不进位。",)
    yield Table("rotation_shares", ("交流比例",), (4, 2, 2, 2), (head, *rows), note=note)


def needs(facts: Facts) -> Iterator[Block]:
    """What the schools need of each kind, before and after."""
    plan = _plan(facts)
    if not plan.kinds_of_need:
        return
    rows = tuple(
        (cell(Quote(label)), *(cell(plan.need_of_kind(label, name)) for name in NEED)) for label in plan.kinds_of_need
    )
    head = heads("需要什么", *(f"{words}（人）" for words in NEED.values()))
    note = (
        "各列是各校之和：有的学校多、有的学校少，全县人数够也会有学校缺；"
        "“还缺”只加各校缺的，不用别校多的抵补。一名教师可以补几样缺口，各行不能相加。",
    )
    yield Table("rotation_needs", ("各类需求与交流前后",), (5, 2, 2, 2, 2), (head, *rows), note=note)


def unfilled(facts: Facts) -> Iterator[Block]:
    """What stays unfilled, school by school, with the reason."""
    plan = _plan(facts)
    if not plan.unfilled:
        return
    rows = tuple(
        (
            cell(_school(plan, row)),
            cell(stage_word(row["stage"]), align="centre"),
            cell(Quote(row["label"]["zh"])),
            *(cell(plan.unfilled_need(number, name)) for name in NEED),
            cell(Quote((row.get("why") or {}).get("zh", ""))),
        )
        for number, row in enumerate(plan.unfilled, start=1)
    )
    head = heads("学校", "学段", "需要什么", *(f"{words}（人）" for words in NEED.values()), "原因")
    widths = (3, 1.1, 3, 1.3, 1.4, 1.4, 1.3, 2.5)
    yield Table("rotation_unfilled", ("没有补上的缺口",), widths, (head, *rows))


def _school(plan: RotationPlan, row: Row) -> Name:
    return plan.place({"name": row["school_name"], "code": row["school_code"]})


def ways(facts: Facts) -> Iterator[Block]:
    """How far people go, and where to."""
    plan = _plan(facts)
    if not plan.people:
        return
    clauses = []
    if plan.way("mean_km").value is not None:
        clauses.append(say("平均路程{mean}，最远{most}", mean=plan.way("mean_km"), most=plan.way("max_km")))
    if plan.way("to_own_town").value:
        clauses.append(say("{count}回到家庭所在乡镇", count=plan.way("to_own_town")))
    if plan.way("to_hardship").value:
        backbone = plan.way("backbone_to_hardship")
        more = say("（其中骨干{count}）", count=backbone) if backbone.value else ()
        clauses.append(say("{count}到边远困难学校{more}", count=plan.way("to_hardship"), more=more))
    if plan.way("from_hardship").value:
        clauses.append(say("{count}从边远困难学校交流出来", count=plan.way("from_hardship")))
    if clauses:
        yield Paragraph(say("交流教师{clauses}。", clauses=listed(clauses, "；")))


def schools(facts: Facts) -> Iterator[Block]:
    """What each school gives and gets."""
    plan = _plan(facts)
    if not plan.schools:
        return
    rows = tuple((cell(_school(plan, row)), *(cell(plan.school(row, name)) for name in SCHOOL)) for row in plan.schools)
    total = (cell("合计", label=True), *(cell(plan.school_total(name)) for name in SCHOOL))
    head = heads("学校", *(f"{words}（人）" for words in SCHOOL.values()))
    widths = (4, *(1.5 for _ in SCHOOL))
    yield Table("rotation_schools", ("各校进出",), widths, (head, *rows, total), total=1)


def grounds(facts: Facts) -> Iterator[Block]:
    """What the plan rests on and how good it is known to be."""
    yield from grounds_of(_plan(facts))


def people(facts: Facts) -> Iterator[Block]:
    """Who goes where, and why."""
    plan = _plan(facts)
    if not plan.people:
        return
    rows = tuple(
        (
            cell(plan.person(row)),
            cell(Quote(row["stage"]["zh"]), align="centre"),
            cell(Quote(row["subject"]["zh"]), align="centre"),
            cell("是" if row["attributes"].get("backbone") else "否", align="centre"),
            cell(plan.place(row["from"])),
            cell(plan.place(row["to"])),
            cell(plan.km(number)),
            cell(Quote(set_close(row["reason"]["zh"]))),
        )
        for number, row in enumerate(plan.people, start=1)
    )
    head = heads("教师", "学段", "学科", "骨干", "现任教学校", "交流到", "路程（公里）", "理由")
    yield Table("rotation_people", ("交流教师名单",), (1.6, 1.1, 1.6, 1, 3, 3, 1.5, 4.5), (head, *rows), landscape=True)


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "answer": answer,
    "shares": shares,
    "needs": needs,
    "unfilled": unfilled,
    "ways": ways,
    "schools": schools,
    "grounds": grounds,
    "people": people,
}
