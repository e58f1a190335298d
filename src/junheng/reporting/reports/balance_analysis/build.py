"""The 差异系数 explained: method, results, which schools drive them, what would lower them, groups and years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.charts.cv_bars import cv_bars
from junheng.reporting.facts.balance import Row
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Chart, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Quote, Run, Text, listed, say
from junheng.reporting.reports.balance_analysis.drivers import drivers, rankings, remedies
from junheng.reporting.reports.balance_analysis.groups import groups
from junheng.reporting.reports.balance_analysis.years import years
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.blocking import blocking_schools
from junheng.verdict.sentences import cite


def method(facts: Facts) -> Iterator[Block]:
    """The formula in words, the weights, what decides, where it is from."""
    now = facts.now
    rule = now.standard.balance_rule
    if rule is None or not now.balance.rows:
        return
    weights = (
        "计算平均值和标准差时，每所学校按本学段在校生数加权：学校学生越多，占的分量越大。"
        if now.standard.weighted
        else "计算平均值和标准差时，每所学校的分量相同，不按学生数加权。"
    )
    means = "差异系数反映一个县学校之间资源配置的差异程度，等于各校指标值的标准差除以全县平均值，数值越小越均衡。"
    yield Paragraph((means, weights))
    formula, symbols = (
        ("CV＝S÷X̄，X̄＝Σ(Pᵢ×Xᵢ)÷ΣPᵢ，S²＝Σ[Pᵢ×(Xᵢ−X̄)²]÷ΣPᵢ",
         "式中，CV为差异系数，S为标准差，X̄为全县平均值，Pᵢ为第i所学校本学段在校生数，Xᵢ为该校的指标值。")
        if now.standard.weighted
        else ("CV＝S÷X̄，X̄＝ΣXᵢ÷n，S²＝Σ(Xᵢ−X̄)²÷n",
              "式中，CV为差异系数，S为标准差，X̄为全县平均值，Xᵢ为第i所学校的指标值，n为学校数。")
    )  # fmt: skip
    yield Paragraph((Quote(formula),), "centre")
    yield Paragraph((Quote(symbols),))
    decides = {
        "each": "小学、初中分学段计算，每项差异系数都不得超过限值。",
        "mean": "小学、初中分学段计算，各项差异系数的平均值为综合差异系数，综合差异系数不得超过限值，单项只作列示。",
    }
    yield Paragraph((decides[rule.rule], "有学校缺少数据的，所得结果只反映已有数据的学校，不据以判定。"))
    if rule.source is not None:  # its place says what of the method is from where
        said = cite(now.standard, rule.source.model_copy(update={"place": f"：{rule.source.place}"}))
        yield Paragraph(("依据：", Quote(said), "。"), "note")


def gate(facts: Facts) -> Iterator[Block]:
    """Whether the schools meet the basic standard that goes before: of another standard judged beside, or as found."""
    judgement = facts.now.judgement
    if judgement.gate is None:
        return
    label = Quote(judgement.gate.standard.label.zh)
    outcome = judgement.gate.outcome(facts.county)
    if outcome is Outcome.UNMET:
        schools = blocking_schools(judgement, facts.county)
        names = [facts.now.spread.called(name or code) for code, name in schools.iter_rows()]
        if names:
            yield Paragraph(
                say("先决条件《{label}》未达到：{count}学校未达标，为{names}。这些学校达标以前，差异系数的结论不能单独用于申报。",
                    label=label, count=facts.now.spread.blocking(), names=listed(names))
            )  # fmt: skip
        else:
            yield Paragraph(say("先决条件《{label}》未达到。", label=label))
    elif outcome is Outcome.UNKNOWN:
        yield Paragraph(say("先决条件《{label}》因数据不全或规定未见，目前无法判定。", label=label))
    else:
        yield Paragraph(say("先决条件《{label}》已达到。", label=label))


def results(facts: Facts) -> Iterator[Block]:
    """How many coefficients keep their limits; all of them in a chart and a table."""
    now = facts.now
    if not now.balance.rows:
        return
    for stage in now.schools.stages:
        if sentence := stage_sentence(facts, stage):
            yield Paragraph(sentence)
    drawn = [
        {
            "indicator": now.balance.label(row),
            "stage": Stage(row["stage"]).zh,
            "cv": now.balance.cv(row).value,
            "limit": row["limit"],
            "outcome": row["outcome"],
        }
        for row in now.balance.rows
    ]
    if any(row["cv"] is not None for row in drawn):
        spec = cv_bars(drawn)
        yield Chart("cvs", ("各项指标校际差异系数与限值",), spec, says=spec["description"])
    rows = tuple(
        (
            cell(Stage(row["stage"]).zh, align="centre"),
            cell(_label(facts, row)),
            cell(now.balance.schools(row)),
            cell("—", align="centre") if row["indicator"] == COMPOSITE else cell(now.balance.mean(row)),
            cell("—", align="centre") if row["indicator"] == COMPOSITE else cell(now.balance.deviation(row)),
            cell(now.balance.cv(row)),
            cell(now.balance.limit(row)),
            cell(outcome.zh if outcome else "只列示", outcome=outcome, align="centre"),
        )
        for row in now.balance.rows
        for outcome in [now.balance.outcome(row)]
    )
    head = heads("学段", "指标", "学校数", "全县平均值", "标准差", "差异系数", "限值", "结论")
    yield Table("cv", ("校际差异系数测算表",), (1, 4.5, 1.1, 1.8, 1.6, 1.5, 1.2, 1.4), (head, *rows))


def _label(facts: Facts, row: Row) -> Run:
    """The indicator with its unit, as tables name it."""
    if row["indicator"] == COMPOSITE:
        return "综合差异系数"
    entry = facts.now.standard.resources[row["indicator"]]
    return Quote(f"{entry.label.zh}（{entry.unit}）" if entry.unit else entry.label.zh)


def stage_sentence(facts: Facts, stage: Stage) -> Text:
    """How the coefficients of one stage stand against their limits."""
    balance = facts.now.balance
    composite = balance.find(stage, COMPOSITE)
    if composite is not None:
        return (*_composite(facts, composite), *_unknown(facts, stage))
    decided = balance.count(stage)
    if not decided.value:
        return ()
    unmet, unknown = balance.count(stage, Outcome.UNMET), balance.count(stage, Outcome.UNKNOWN)
    if unmet.value == 0 and unknown.value == 0:
        return say("{stage}{all}差异系数均不超过限值。", stage=stage.zh, all=decided)
    if unknown.value == decided.value:
        return say("{stage}{all}差异系数都因有学校缺少数据，不能判定。", stage=stage.zh, all=decided)
    over = [
        say("{label}{cv}（限值{limit}）", label=Quote(balance.label(row)), cv=balance.cv(row), limit=balance.limit(row))
        for row in balance.of_stage(stage)
        if row["outcome"] == Outcome.UNMET
    ]
    clauses = []
    if met := balance.count(stage, Outcome.MET).value:
        clauses.append(say("{count}不超过限值", count=balance.count(stage, Outcome.MET)))
    if over:
        clauses.append(say("{count}超过限值，为{over}", count=unmet, over=listed(over)))
    if unknown.value:
        clauses.append(say("{count}因有学校缺少数据，不能判定", count=unknown))
    joined = listed(clauses, "；" if met and over else "，")
    return say("{stage}{all}差异系数中，{clauses}。", stage=stage.zh, all=decided, clauses=joined)


def _composite(facts: Facts, row: Row) -> Text:
    balance, stage = facts.now.balance, Stage(row["stage"]).zh
    cv, limit = balance.cv(row), balance.limit(row)
    if cv.value is None:
        return say("{stage}综合差异系数因{why}，不能判定。", stage=stage, why=cv)
    words = {Outcome.MET: "不超过", Outcome.UNMET: "超过"}
    outcome = balance.outcome(row)
    if outcome not in words:
        return say("{stage}综合差异系数为{cv}，限值未见，不能判定。", stage=stage, cv=cv)
    return say("{stage}综合差异系数为{cv}，{word}限值{limit}。", stage=stage, cv=cv, word=words[outcome], limit=limit)


def _unknown(facts: Facts, stage: Stage) -> Text:
    """Of a mean of coefficients: those that are only partly known."""
    balance = facts.now.balance
    partly = [
        (Quote(balance.label(row)), "（", balance.absent(row), "缺数据）")
        for row in balance.of_stage(stage)
        if row["absent"] and row["indicator"] != COMPOSITE
    ]
    return ("其中", *listed(partly), "。") if partly else ()


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "method": method,
    "gate": gate,
    "results": results,
    "drivers": drivers,
    "remedies": remedies,
    "groups": groups,
    "years": years,
    "rankings": rankings,
}
