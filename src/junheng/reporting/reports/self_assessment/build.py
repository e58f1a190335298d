"""The county's account of itself: what there is, what the judge found, what is lacking, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.charts.cv_bars import cv_bars
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Chart, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, listed, say
from junheng.verdict.sentences import part_label


def basics(facts: Facts) -> Iterator[Block]:
    """Schools, pupils, classes and teachers of the county, by stage."""
    now = facts.now
    yield Paragraph(
        say(
            "{county}现有义务教育阶段学校{schools}，其中教学点{points}、一贯制学校{continuous}、民办学校{private}。",
            county=now.name,
            schools=now.filed.schools(),
            points=now.filed.schools("points"),
            continuous=now.filed.schools("continuous"),
            private=now.filed.schools("private"),
        )
    )
    for stage in now.schools.stages:
        yield Paragraph(
            say(
                "{stage}在校生{pupils}，教学班{classes}，平均班额{size}，专任教师{teachers}。",
                stage=stage.zh,
                pupils=now.filed.total("pupils", stage).text,
                classes=now.filed.total("classes", stage).text,
                size=now.filed.per("pupils", "classes", stage, unit="人"),
                teachers=now.filed.total("teachers", stage).text,
            )
        )


def conclusion(facts: Facts) -> Iterator[Block]:
    """The verdict, then each part of the standard: true sentences for met, unmet and unknown."""
    now = facts.now
    words = {
        Outcome.MET: "自评达到",
        Outcome.UNMET: "自评未达到",
        Outcome.UNKNOWN: "因有数据未填报或事项未认定，目前还不能判定是否达到",
    }
    yield Paragraph(
        say("对照《{standard}》，{county}{verdict}该标准。", standard=Quote(now.standard.label.zh), county=now.name,
            verdict=words[now.outcome])
    )  # fmt: skip
    for stage in now.schools.stages if now.standard.school_rule else ():
        yield Paragraph(_schools(facts, stage))
    rows = tuple(
        (cell(Quote(part_label(now.judgement, part))), cell(outcome.zh, outcome=outcome, align="centre"))
        for part, outcome in now.parts.items()
    )
    yield Table("parts", ("各部分自评结论",), (3, 1), (heads("部分", "结论"), *rows))


def _schools(facts: Facts, stage: Stage) -> Text:
    schools = facts.now.schools
    unmet, unknown = schools.count(stage, Outcome.UNMET), schools.count(stage, Outcome.UNKNOWN)
    passed = schools.count(stage, Outcome.MET, Outcome.TOLERATED)
    clauses = [say("{count}达标", count=passed)]
    clauses += [say("{count}未达标", count=unmet)] if unmet.value else []
    clauses += [say("{count}无法判定", count=unknown)] if unknown.value else []
    return say("参加判定的{stage}{all}，{clauses}。", stage=stage.zh, all=schools.count(stage), clauses=listed(clauses))


def balance(facts: Facts) -> Iterator[Block]:
    """Every coefficient beside its limit, with a chart."""
    now = facts.now
    if not now.balance.rows:
        return
    rows = tuple(
        (
            cell(Stage(row["stage"]).zh),
            cell(Quote(now.balance.label(row))),
            cell(now.balance.mean(row)),
            cell(now.balance.cv(row)),
            cell(now.balance.limit(row)),
            cell(outcome.zh if outcome else "只列示", outcome=outcome, align="centre"),
        )
        for row in now.balance.rows
        for outcome in [now.balance.outcome(row)]
    )
    head = heads("学段", "指标", "全县平均值", "差异系数", "限值", "结论")
    drawn = [
        {
            "indicator": now.balance.label(row),
            "stage": Stage(row["stage"]).zh,
            "cv": row["cv"],
            "limit": row["limit"],
            "outcome": row["outcome"],
        }
        for row in now.balance.rows
    ]
    spec = cv_bars(drawn)
    yield Chart("balance_chart", ("各指标校际差异系数与限值",), spec, says=spec["description"])
    yield Table(
        "balance", ("校际差异系数",), (1, 5, 2, 2, 1.4, 1.8), (head, *rows), note=("全县平均值的单位见指标名称。",)
    )


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "basics": basics,
    "conclusion": conclusion,
    "balance": balance,
}
